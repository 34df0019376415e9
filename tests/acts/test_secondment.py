"""A seconded officer: limits, the home administration's word, the interview, the term."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest

from governance.acts import perform
from governance.appointments.assessment import meetings
from governance.appointments.calls.bureaus import SET_BUREAU, Address
from governance.appointments.candidates import IMPORT, CandidateFile
from governance.appointments.checks.attesting import ASK_HOME, HomeAsked
from governance.appointments.models import Check
from governance.appointments.service import engaging, lasting, offers
from governance.appointments.service.models import Service
from governance.appointments.vetting import CONFIRM_ELIGIBILITY, Confirmed
from governance.refusals import Refused
from tests.acts import competing
from tests.acts.competing import NAMES, the_service
from tests.acts.conftest import At
from tests.acts.world import HEADER, World, row


def seconded(name: str, country: str, years: int) -> str:
    """A line of a candidate who is seconded for so many years."""
    return f"{row(name, country)},seconded,{years}"


def called(world: World, *years: int) -> None:
    """A call whose candidates are seconded for these years, four of them."""
    competing.launch(world)
    countries = ("FIN", "THA", "MAR", "ZWE")
    lines = [seconded(*each) for each in zip(NAMES, countries, years, strict=True)]
    header = f"{HEADER},candidate_kind,secondment_years"
    content = "\n".join([header, *lines]).encode()
    world.do("hr", IMPORT, CandidateFile(content))
    world.go_on()
    world.clock.advance(days=30)
    world.go_on()


def agreed(world: World, *names: str) -> None:
    """The home administrations agree in writing, each through its bureau."""
    for name in names:
        candidacy = world.candidacy(name)
        country = candidacy.facts["nominated_by"]
        address = Address(country, f"bcn@{country.lower()}.example")
        perform(world.house, world.as_("hr"), SET_BUREAU, None, address)
        world.do("hr", ASK_HOME, HomeAsked(candidacy.id, "home_agreement"))
        world.go_on()
        world.answer_by_link("agree")
        world.go_on()
        (check,) = [
            each
            for each in world.rows(Check)
            if each.kind == "home_agreement" and each.candidacy_id == candidacy.id
        ]
        if check.state == "received":
            world.record_checks("satisfactory", name, kinds=("home_agreement",))


def test_a_secondment_outside_its_limits_is_found_at_eligibility(sqlite_at: At) -> None:
    """One to three years, by the article of the organisation."""
    world = sqlite_at("nothing")
    called(world, 2, 4, 1, 3)
    found = {
        name: {each["rule"]: each["outcome"] for each in candidacy.findings}
        for name, candidacy in world.candidacies().items()
    }
    assert found["Aalto"]["secondment_is_within_its_limits"] == "pass"
    assert found["Boonmee"]["secondment_is_within_its_limits"] == "fail"
    world.do("hr", CONFIRM_ELIGIBILITY, Confirmed())
    world.go_on()
    assert world.states()["Boonmee"] == "ineligible"


def test_nobody_is_interviewed_before_their_administration_has_agreed(sqlite_at: At) -> None:
    """Refused by the check's title in the law; a written test may be set meanwhile."""
    world = sqlite_at("nothing")
    called(world, 2, 2, 2, 2)
    world.do("hr", CONFIRM_ELIGIBILITY, Confirmed())
    world.go_on()
    world.record_checks("satisfactory", "Aalto", kinds=("identity",))
    aalto = world.candidacy("Aalto").id
    given = meetings.Slots(
        "interview",
        (aalto,),
        datetime.fromisoformat("2027-02-01T09:00"),
        45,
        "Europe/Paris",
    )
    with pytest.raises(Refused) as refused:
        world.do("hr", meetings.SET, given)
    (finding,) = refused.value.findings
    assert "not closed well: Agreement of the home administration" in str(finding.because)
    kept = json.loads(json.dumps(finding.as_kept()["facts"]))
    assert kept["checks"]["fr"] == "Accord de l’administration d’origine"
    agreed(world, "Aalto")
    world.do("hr", meetings.SET, given)


def test_a_secondment_ends_when_it_was_said_and_is_renewed_up_to_six_years(sqlite_at: At) -> None:
    """Not the post's term: the years that were agreed; three at most at a time, six in all."""
    world = sqlite_at("nothing")
    called(world, 3, 3, 3, 3)
    world.do("hr", CONFIRM_ELIGIBILITY, Confirmed())
    world.go_on()
    agreed(world, *NAMES)
    world.record_checks("satisfactory")
    world.go_on()
    competing.seated(world)
    for member in competing.PANEL:
        competing.score(world, member, **competing.SCORES)
    world.go_on()
    competing.ended_here(world)
    world.do("hr", offers.MEET, offers.Met("medical"))
    found = the_service(world)
    world.clock.advance(days=(found.begins_on - world.clock.now().date()).days + 1)
    world.do("hr", engaging.OATH, engaging.Sworn(), found.id)
    world.do("hr", engaging.ENTER, engaging.Entered(), found.id)
    for key in ("first_review", "final_review"):
        world.do("hr", lasting.TASK, lasting.TaskDone(key, "satisfactory"), found.id)
    world.do("hr", lasting.CONFIRM, None, found.id)
    found = the_service(world)
    assert _years(found, found.ends_on) == 3
    assert found.ends_on is not None
    six = found.ends_on.replace(year=found.ends_on.year + 3)
    with pytest.raises(Refused, match="may last until"):
        world.do("hr", lasting.EXTEND, lasting.Longer(six.replace(year=six.year + 1)), found.id)
    world.do("hr", lasting.EXTEND, lasting.Longer(six), found.id)
    with pytest.raises(Refused, match="may last until"):
        world.do("hr", lasting.EXTEND, lasting.Longer(six.replace(year=six.year + 1)), found.id)


def _years(found: Service, until: date | None) -> int:
    assert until is not None
    return round((until - found.begins_on).days / 365.25)
