"""Candidates come, are checked, leave; the gate before the letter; the balance."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import col, select

from governance.access.actor import Level
from governance.acts import perform
from governance.appointments.candidates import IMPORT, WITHDRAW_CANDIDACY, CandidateFile, Out
from governance.appointments.checks.recording import RECORD_CHECKS, Recorded
from governance.appointments.launching import WITHDRAW, Why
from governance.appointments.models import Check, Document
from governance.appointments.referees import ASK_REFEREE, Referee
from governance.appointments.vetting import CONFIRM_ELIGIBILITY, JUSTIFY, Confirmed, Justified
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.record.models import Deadline, Work
from governance.refusals import Reason, Refused
from tests.acts.conftest import At
from tests.acts.trying import fail_until_stuck, rules_of
from tests.acts.world import (
    CANDIDATES,
    candidates_file,
    row,
)

pytestmark = pytest.mark.slow

# --- candidates ----------------------------------------------------------------------------


def test_too_few_candidates_extend_the_call_once(at: At) -> None:
    """A fortnight more, once; then whoever came is considered."""
    world = at("applications")
    world.do("hr", IMPORT, candidates_file(CANDIDATES[0]))
    world.pass_days(45)
    (deadline,) = world.rows(Deadline)
    assert (deadline.working["extended"], deadline.generation, deadline.is_open) == (1, 2, True)
    assert world.the_case().stage == "applications"
    world.do("hr", IMPORT, candidates_file(CANDIDATES[1]))
    world.pass_days(16)
    assert world.the_case().stage == "eligibility"


def test_nobody_eligible_means_a_new_call(at: At) -> None:
    """A new window opens; those who were judged do not count towards the new one."""
    world = at("applications")
    poor = [row(f"Poor{n}", "FIN", years=3, born=f"1980-01-0{n}") for n in range(1, 4)]
    world.do("hr", IMPORT, candidates_file(*poor))
    world.pass_days(45)
    world.do("hr", CONFIRM_ELIGIBILITY, Confirmed("Too little experience."))
    world.go_on()
    case = world.the_case()
    assert (case.stage, case.rounds["applications"]) == ("applications", 2)
    assert set(world.states().values()) == {"ineligible"}
    world.do("hr", IMPORT, candidates_file(CANDIDATES[0]))
    world.pass_days(45)
    assert world.rows(Deadline)[0].working["extended"] == 1
    world.pass_days(16)
    assert world.the_case().stage == "eligibility"
    assert world.states()["Aalto"] == "nominated"


def test_the_same_person_twice_is_refused_with_the_whole_file(at: At) -> None:
    """By address or by name and birth date, in one file or in two: nothing is half imported."""
    world = at("applications")
    world.do("hr", IMPORT, candidates_file(CANDIDATES[0]))
    same_name = row("AALTO", "FIN", email="other@candidates.example")
    for again in (CANDIDATES[0], CANDIDATES[0].upper().replace("FR:C1;EN:C1", "fr:C1"), same_name):
        with pytest.raises(Refused) as refusal:
            world.do("hr", IMPORT, candidates_file(CANDIDATES[1], again))
        assert refusal.value.reason is Reason.INPUT
    assert list(world.states()) == ["Aalto"]
    entries = b"".join(entry.body for entry in world.entries())
    assert b"Aalto" not in entries
    assert b"candidates.example" not in entries


def test_candidacies_are_not_taken_after_the_call(at: At) -> None:
    """Nor in the seconds between the deadline and the sweep."""
    world = at("applications")
    world.do("hr", IMPORT, candidates_file(*CANDIDATES[:3]))
    world.clock.advance(days=45)
    for _ in range(2):
        with pytest.raises(Refused) as refusal:
            world.do("hr", IMPORT, candidates_file(CANDIDATES[3]))
        assert rules_of(refusal.value) == {"window_for_candidacies"}
        world.go_on()
    assert world.the_case().stage == "eligibility"


def test_what_is_on_file_of_a_person_stands_and_what_is_not_is_filled_in(at: At) -> None:
    """A colleague who applies is judged by their own birth date, not by a missing one."""
    world = at("applications")
    world.do(
        "hr", IMPORT, candidates_file(row("Nobody", "FIN", email="nobody@organisation.example"))
    )
    candidacy = world.candidacy("Nobody")
    from governance.people.models import Person

    with world.reading() as session:
        person = session.get_one(Person, candidacy.person_id)
    assert (person.id, person.nationality, str(person.birth_date)) == (
        "nobody",
        "PER",
        "1975-06-14",
    )


def test_a_withdrawn_candidate_can_come_back_only_in_another_case(at: At) -> None:
    """Taking a candidacy back is final, and twice is out of turn."""
    world = at("vetting")
    out = Out(world.candidacy("Dube").id, "family reasons")
    world.do("hr", WITHDRAW_CANDIDACY, out)
    with pytest.raises(Refused) as refusal:
        world.do("hr", WITHDRAW_CANDIDACY, out)
    assert refusal.value.reason is Reason.TURN
    world.record_checks("satisfactory", "Aalto", "Boonmee", "Cherkaoui")
    world.go_on()
    assert world.the_case().stage == "selection"
    assert len(world.open_question().content["candidates"]) == 3


def test_an_empty_file_is_refused_and_changes_nothing(at: At) -> None:
    """What cannot be read is told as such."""
    world = at("applications")
    for content in (b"", b"\xff\xfe\x00", b"family_name\nX"):
        with pytest.raises(Refused) as refusal:
            world.do("hr", IMPORT, CandidateFile(content))
        assert refusal.value.reason is Reason.INPUT
    assert world.states() == {}


# --- vetting and the gate ------------------------------------------------------------------


def test_an_adverse_check_is_weighed_once_all_are_closed(at: At) -> None:
    """Nobody is refused by one officer, nobody cleared with an adverse finding; the case waits."""
    world = at("vetting")
    world.record_checks("adverse", "Aalto", kinds=("misconduct",))
    assert world.states()["Aalto"] == "checks"
    world.record_checks("satisfactory")
    world.go_on()
    assert world.states()["Aalto"] == "review"
    assert world.the_case().stage == "vetting"


def test_a_closed_check_stays_closed(at: At) -> None:
    """A result is recorded once; the second attempt names the check."""
    world = at("vetting")
    check = ((world.candidacy("Aalto").id, "identity"),)
    world.do("hr", RECORD_CHECKS, Recorded(check, "adverse", "passport office"))
    with pytest.raises(Refused) as refusal:
        world.do("hr", RECORD_CHECKS, Recorded(check, "satisfactory", "passport office"))
    assert rules_of(refusal.value) == {"check_is_open"}
    unknown = Recorded(((world.candidacy("Aalto").id, "horoscope"),), "adverse", "stars")
    with pytest.raises(Refused) as refusal:
        world.do("hr", RECORD_CHECKS, unknown)
    assert refusal.value.reason is Reason.MISSING


def test_checks_of_another_case_cannot_be_recorded_here(at: At) -> None:
    """A candidacy is looked for in the case that is open."""
    world = at("vetting")
    given = Recorded((("f" * 32, "identity"),), "satisfactory", "on file")
    with pytest.raises(Refused):
        world.do("hr", RECORD_CHECKS, given)
    with pytest.raises(Refused):
        world.do("hr", WITHDRAW_CANDIDACY, Out("f" * 32, ""))


def test_no_letter_leaves_before_every_check_is_closed_and_valid(at: At) -> None:
    """Even if the rows said chosen: open, adverse or expired checks stop the letter."""
    for state in ("ordered", "adverse", "disputed", "expired"):
        world = at("decision")
        with world.house.database.deciding() as session:
            wanted = col(Check.candidacy_id) == world.candidacy("Aalto").id
            degrees = col(Check.kind) == "degrees"
            check = session.exec(select(Check).where(wanted, degrees)).first()
            assert check is not None
            check.state = state
        world.answer("sg", "appoint", "Aalto")
        fail_until_stuck(world)
        assert world.rows(Document) == []
        assert world.the_case().stage == "letter"
        stuck = world.rows(Work)[0].stuck_because
        assert "open, adverse or out of date" in stuck
        assert "(Degrees)" in stuck
        assert world.faults() == []


def test_a_check_that_runs_out_before_the_letter_is_closed_anew_first(at: At) -> None:
    """The chosen candidate is vetted again; the letter leaves when that is done, and not before."""
    world = at("decision")
    with world.house.database.deciding() as session:
        wanted = col(Check.candidacy_id) == world.candidacy("Aalto").id
        check = session.exec(select(Check).where(wanted)).first()
        assert check is not None
        check.valid_until = date(2026, 12, 1)
        kind = check.kind
    world.answer("sg", "appoint", "Aalto")
    world.go_on()
    assert (world.states()["Aalto"], world.rows(Document)) == ("review", [])
    world.record_checks("satisfactory", "Aalto", kinds=(kind,))
    world.go_on()
    assert world.states()["Aalto"] == "chosen"
    assert {each.kind for each in world.rows(Document)} == {"appointment"}


def test_a_reference_is_asked_once_and_only_while_somebody_is_vetted(at: At) -> None:
    """Not for who has withdrawn, not twice, and not in a case that has ended."""
    world = at("vetting")
    aalto, dube = world.candidacy("Aalto").id, world.candidacy("Dube").id
    world.do("hr", ASK_REFEREE, Referee(aalto, "Ada Referee", "ada@university.example"))
    with pytest.raises(Refused):
        world.do("hr", ASK_REFEREE, Referee(aalto, "Ada Referee", "ada@university.example"))
    world.do("hr", WITHDRAW_CANDIDACY, Out(dube, ""))
    with pytest.raises(Refused) as refusal:
        world.do("hr", ASK_REFEREE, Referee(dube, "Ada Referee", "ada@university.example"))
    assert rules_of(refusal.value) == {"check_is_open"}
    world.do("hr", WITHDRAW, Why("The post was cut."))
    boonmee = world.candidacy("Boonmee").id
    with pytest.raises(Refused) as refusal:
        world.do("hr", ASK_REFEREE, Referee(boonmee, "Ada Referee", "ada@university.example"))
    assert refusal.value.reason is Reason.TURN


def test_a_reference_that_came_is_judged_by_an_officer(at: At) -> None:
    """The referee's answer is information: the check is received, not passed."""
    world = at("vetting")
    aalto = world.candidacy("Aalto").id
    world.do("hr", ASK_REFEREE, Referee(aalto, "Ada Referee", "ada@university.example"))
    world.go_on()
    (invitation,) = world.invitations(world.open_question().id)
    actor = world.as_(invitation.person_id, Level.LINK, invitation.id)
    given = GivenAnswer("recommend", (), "An excellent colleague.")
    perform(world.house, actor, ANSWER, world.open_question().id, given)
    world.go_on()
    states = {each.state for each in world.rows(Check) if each.kind == "references"}
    assert states == {"received", "ordered"}
    world.record_checks("satisfactory")
    world.go_on()
    assert world.the_case().stage == "selection"


# --- balance -------------------------------------------------------------------------------


def test_an_adverse_balance_waits_for_a_justification(at: At) -> None:
    """Two nationals of one state among the directors: binding nobody, but not passed over."""
    world = at("selection")
    world.answer("panel", "shortlist", "Dube")
    world.go_on()
    case = world.the_case()
    assert case.stage == "representation"
    (findings,) = case.verdicts["representation:1"].values()
    assert {each["rule"]: each["outcome"] for each in findings} == {
        "distinct_countries": "fail",
        "distinct_regions": "fail",
    }
    with pytest.raises(Refused):
        world.do("hr", JUSTIFY, Justified("  "))
    world.do("hr", JUSTIFY, Justified("The best of the field by far."))
    world.go_on()
    assert world.the_case().stage == "consultation"
