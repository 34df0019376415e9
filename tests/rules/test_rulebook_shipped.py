"""The law that is shipped: lawful, complete in four languages, pinned by its hash, compared."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pydantic
import pytest
from pydantic import TypeAdapter

from governance.calendar.days import Calendar
from governance.refusals import Refused
from governance.rulebook.calendars import calendars_of
from governance.rulebook.decisions import KINDS
from governance.rulebook.editors import json_schema
from governance.rulebook.linting.check import check
from governance.rulebook.loader import load
from governance.rulebook.parts import Article, Deadline, Period, Share, Text
from governance.rulebook.periods import counting
from governance.rulebook.predicates import PREDICATES, SHIPPED
from governance.rulebook.schema import Procedure, Rulebook
from governance.rulebook.stages import VERBS, Checks, Consult, Sift
from governance.rulebook.version import compare, compare_procedure, freeze, thaw
from governance.settings import ROOT

LAW = ROOT / "governance" / "rulebooks" / "interpol"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    """The shipped law, loaded."""
    return load(LAW)


@pytest.fixture(scope="module")
def procedure(rulebook: Rulebook) -> Procedure:
    """The procedure for regional directors."""
    found = rulebook.procedure("regional-director")
    assert found is not None
    return found


def test_every_shipped_rulebook_is_lawful() -> None:
    """No rulebook leaves the house with a fault in it."""
    beside = {"bodies", "schemes"}  # of any organisation: docs/representation.md
    folders = [x for x in LAW.parent.iterdir() if x.is_dir() and x.name not in beside]

    assert {folder.name: check(folder) for folder in folders} == {"interpol": []}


def test_the_walk_goes_from_call_to_entry_on_duty(procedure: Procedure) -> None:
    """Where everything goes well, a case passes each stage once, in reading order."""
    walk, well = [procedure.first.key], {"shortlist", "appoint", "accept", "carried"}
    while (stage := procedure.stage(walk[-1])).results:
        result = next((each for each in stage.results if each in well), stage.ordinary)
        target = stage.next_for(result or "")
        assert target is not None
        walk.append(target)

    assert walk == [
        "call",
        "applications",
        "eligibility",
        "vetting",
        "selection",
        "representation",
        "consultation",
        "decision",
        "letter",
        "acceptance",
        "entry_on_duty",
        "done",
    ]
    assert {each.verb for each in procedure.stages} == set(VERBS)


def test_a_declined_or_late_offer_goes_back_to_the_decision(procedure: Procedure) -> None:
    """Whoever declines, or lets the offer lapse, sends the case back to whoever decides."""
    acceptance = procedure.stage("acceptance")

    assert acceptance.next_for("decline") == acceptance.next_for("late") == "decision"
    assert acceptance.next_for("nonsense") is None


def test_the_consultation_is_a_silence_procedure_at_each_duty_station(
    procedure: Procedure,
) -> None:
    """Three leaders have five working days each, at home; one objection stops it."""
    stage = procedure.stage("consultation")
    assert isinstance(stage, Consult)

    assert len(stage.ask) == 3
    assert stage.within is not None
    assert (stage.within.unit, stage.within.count) == ("working_days", 5)
    assert (stage.within.calendar_of, stage.within.not_reached) == ("person", "no_consent")
    assert stage.results == ("carried", "lost")
    assert stage.results_by_clock == ("late", "carried")
    position = stage.rule.position("object")
    assert position is not None
    assert position.blocking
    assert position.needs_text


def test_a_rule_travels_as_plain_data(procedure: Procedure) -> None:
    """The room that puts the question gets the rule without knowing the rulebook's types."""
    stage = procedure.stage("decision")
    assert isinstance(stage, Consult)

    plain = stage.plain_rule()

    assert plain["kind"] == "choice"
    assert plain["on_late"] == "remind"
    assert plain["within"] == {"working_days": 10}
    assert plain["positions"][0] == {
        "key": "appoint",
        "blocking": False,
        "needs_text": False,
        "choose_at_least": 1,
        "choose_at_most": 1,
    }


def test_a_post_has_its_own_numbers(rulebook: Rulebook, procedure: Procedure) -> None:
    """Abidjan asks for French beside English; the other numbers stay the procedure's."""
    stage, post = procedure.stage("eligibility"), rulebook.post("regional-director-abidjan")
    assert isinstance(stage, Sift)
    assert post is not None

    given = {each.rule: each.given for each in stage.rules_for(post.criteria)}

    assert given["official_languages"] == {"required": ("en", "fr"), "at_least": 2}
    assert given["years_of_experience"] == {"at_least": 15}


def test_seven_checks_are_ordered_and_references_come_by_link(procedure: Procedure) -> None:
    """Each candidate has seven checks, a seconded officer the home's agreement beside them."""
    stage = procedure.stage("vetting")
    assert isinstance(stage, Checks)

    reference = stage.check("references")
    kinds = [each.kind for each in stage.required_of("basic", "external", "any-post")]
    seconded = [each.kind for each in stage.required_of("basic", "seconded", "any-post")]
    assert len(kinds) == 7
    assert set(seconded) - set(kinds) == {"home_agreement"}
    assert set(seconded) <= SHIPPED.checks
    assert reference is not None
    assert (reference.answered_by, reference.level) == ("referee", "link")
    assert stage.check("horoscope") is None


def test_names_lead_to_what_they_name(rulebook: Rulebook, procedure: Procedure) -> None:
    """Offices, calendars, regions and members are found by the names that rules use."""
    office = rulebook.office("office.director_bureau_abidjan")
    calendar = rulebook.calendar("abidjan")

    assert office is not None
    assert (office.region, office.group) == ("africa", "regional_bureaus")
    assert calendar is not None
    assert calendar.zone == "Africa/Abidjan"
    assert rulebook.calendar("atlantis") is None
    assert (rulebook.region_of("CIV"), rulebook.region_of("XXX")) == ("africa", None)
    assert (rulebook.is_member("FRA"), rulebook.is_member("PRK")) == (True, False)
    assert procedure.office_of("decider") == "office.secretary_general"
    assert procedure.office_of("chosen") is None
    assert [each.key for each in procedure.ends] == ["done", "closed"]
    assert rulebook.organisation.reference_of(2026, 12) == "INT-2026-0012"
    with pytest.raises(KeyError):
        procedure.stage("nonsense")


def test_every_member_has_one_region(rulebook: Rulebook) -> None:
    """All 196 members are in one of the four regions, so that balance can be counted."""
    members, regions = rulebook.organisation.members, rulebook.organisation.regions
    assert members is not None
    assert regions is not None

    placed = [country for region in regions.regions for country in region.countries]

    assert len(members.countries) == 196
    assert sorted(placed) == sorted(members.countries)


def test_calendars_can_be_counted_with(rulebook: Rulebook) -> None:
    """Each duty station's calendar knows its country's holidays."""
    calendars = calendars_of(rulebook)

    assert set(calendars) == {each.key for each in rulebook.organisation.calendars}
    assert all(isinstance(each, Calendar) for each in calendars.values())
    day = datetime(2026, 8, 7, tzinfo=ZoneInfo("Africa/Abidjan")).date()  # the national day
    assert calendars["lyon"].is_working(day)
    assert not calendars["abidjan"].is_working(day)


def test_a_period_of_the_law_can_be_counted() -> None:
    """A period keeps its unit and count on the way to the calendar."""
    counted = counting(Deadline(working_days=5, roll=False))

    assert (counted.amount, str(counted.unit), counted.roll) == (5, "working_days", False)
    assert str(Period(months=1)) == "1 month"
    assert str(Period(working_days=5)) == "5 working days"


def test_a_law_comes_back_from_its_bytes_unchanged(rulebook: Rulebook) -> None:
    """What a case pinned is what is read back, and the same law has the same hash."""
    version, canonical = freeze(rulebook)

    assert thaw(canonical, version) == rulebook
    assert freeze(thaw(canonical)) == (version, canonical)
    assert freeze(load(LAW))[0] == version


def test_changed_bytes_are_not_taken_for_the_law(rulebook: Rulebook) -> None:
    """A byte changed in a pinned law is found when the law is read."""
    version, canonical = freeze(rulebook)

    with pytest.raises(Refused, match="is not what was hashed"):
        thaw(canonical.replace(b'"at_least":15', b'"at_least":14'), version)


def test_two_versions_are_compared_in_words(rulebook: Rulebook, tmp_path: Path) -> None:
    """Whoever moves a case to newer law reads each difference as a sentence."""
    for path in LAW.glob("*.yaml"):
        text = path.read_text("utf-8")
        if path.name != "secretary-general.yaml":
            text = text.replace("{at_least: 15}", "{at_least: 12}")
        text = text.replace("grade: D1", "grade: D2")
        text = text.replace("      - distinct_countries\n", "")
        text = text.replace("within: {days: 42}", "within: {working_days: 30}")
        (tmp_path / path.name).write_text(text, "utf-8")
    newer = load(tmp_path)

    said = [str(each) for each in compare(rulebook, newer)]

    stages = "procedures.regional-director.stages"
    rules = f"{stages}.representation.rules"
    assert said == [
        "posts.regional-director-abidjan.grade: D2 instead of D1",
        f"{stages}.applications.within.days: no longer there (it was 42)",
        f"{stages}.applications.within.working_days: new (30)",
        f"{stages}.eligibility.rules.years_of_experience.given.at_least: 12 instead of 15",
        f"{rules}.distinct_countries: no longer there (it was distinct_countries)",
    ]
    assert len(compare_procedure(rulebook, newer, "regional-director")) >= 4
    assert compare(rulebook, rulebook) == []


def test_a_changed_order_is_a_difference(rulebook: Rulebook) -> None:
    """Stages in another order are told, though none is new."""
    law = rulebook.procedure("regional-director")
    assert law is not None
    turned = law.model_copy(update={"stages": tuple(reversed(law.stages))})
    procedures = tuple(turned if each is law else each for each in rulebook.procedures)

    [said] = compare(rulebook, rulebook.model_copy(update={"procedures": procedures}))

    assert str(said).startswith("procedures.regional-director.stages: the order is now closed,")


def test_fractions_are_exact() -> None:
    """A share is a fraction of whole numbers; a rounded one is refused with the cure."""
    share: TypeAdapter[Fraction] = TypeAdapter(Share)

    assert share.validate_python("3/10") == Fraction(3, 10)
    assert share.dump_json(Fraction(2, 3)) == b'"2/3"'
    for wrong in (0.3, "a third", "1/0"):
        with pytest.raises(pydantic.ValidationError, match='such as "3/10"'):
            share.validate_python(wrong)


def test_an_article_says_whose_rule_it_is() -> None:
    """A rule without an article says that the organisation set it itself, and why."""
    assert str(Article.model_validate("Constitution, art. 28")) == "Constitution, art. 28"
    assert str(Article(own="practice")) == "the organisation's own rule: practice"


def test_a_text_is_said_in_the_nearest_language() -> None:
    """Who reads a language that a text lacks reads the fallback."""
    text = Text({"en": "Call", "fr": "Appel"})

    assert (text.say("fr"), text.say("ar"), text.say("ar", "es")) == ("Appel", "Call", "Call")


def test_the_law_cannot_be_changed_in_memory(rulebook: Rulebook) -> None:
    """A loaded law is frozen: a program that would change it fails."""
    with pytest.raises(pydantic.ValidationError):
        rulebook.posts[0].grade = "D2"  # type: ignore[misc]


def test_editors_get_a_schema_with_all_verbs() -> None:
    """An editor that knows the JSON Schema can complete each verb."""
    schema = json_schema()

    parts = schema["$defs"]
    constants = {
        part["properties"]["verb"]["const"]
        for part in parts.values()
        if "verb" in part.get("properties", {})
    }
    assert constants == set(VERBS)
    assert schema["$schema"].endswith("2020-12/schema")


def test_the_format_is_documented() -> None:
    """Each named rule, kind of decision and word of the vocabulary stands in the documentation."""
    text = (ROOT / "docs" / "rulebook.md").read_text("utf-8")
    named = [each.name for each in PREDICATES] + [*KINDS, *VERBS]
    for name in ("needs", "sources", "checks", "selections", "tasks", "effects", "grants"):
        named += getattr(SHIPPED, name)

    assert [each for each in named if f"`{each}`" not in text] == []
    for each in PREDICATES:
        assert f"| `{each.name}` | {each.verb} | {each.sentence} |" in text
    for name, kind in KINDS.items():
        assert f"| `{name}` | {kind.sentence} |" in text
