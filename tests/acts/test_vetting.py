"""Vetting: findings are heard, two people rule, a refusal can be reviewed, a check runs out."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from governance.access.actor import Level
from governance.acts import perform
from governance.appointments.candidates import IMPORT, WITHDRAW_CANDIDACY, Out
from governance.appointments.checks.attesting import ASK_HOME, HomeAsked
from governance.appointments.checks.excepting import ASK_EXCEPTION, ExceptionAsked
from governance.appointments.checks.reconsidering import REQUEST_REVIEW, ReviewRequest
from governance.appointments.checks.recording import RECORD_CHECKS, Recorded
from governance.appointments.checks.ruling import PROPOSE_RULING, Proposal
from governance.appointments.checks.waiving import WAIVE_CHECK, Waived
from governance.appointments.likeness.saying import SAY_SAME, Said, tell_likenesses
from governance.appointments.models import Candidacy, Check, Document, GateException, Ruling
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.models import Consultation
from governance.people.models import Grant
from governance.refusals import Reason, Refused
from tests.acts.conftest import At
from tests.acts.trying import rules_of
from tests.acts.world import World, candidates_file, row

pytestmark = pytest.mark.slow


def asked(world: World, step: str) -> Consultation:
    """The open question of the case whose step begins so."""
    (found,) = (each for each in world.questions() if each.step_key.startswith(step))
    return found


def say(world: World, step: str, position: str, text: str = "", person: str = "") -> None:
    """Whoever is asked at a step answers, by link where it is one."""
    question = asked(world, step)
    (invitation,) = world.invitations(question.id)
    who = person or invitation.person_id
    by_link = question.level == Level.LINK
    actor = world.as_(who, Level.LINK, invitation.id) if by_link else world.as_(who)
    perform(world.house, actor, ANSWER, question.id, GivenAnswer(position, (), text))
    world.go_on()


def adverse(world: World, name: str = "Aalto", kind: str = "misconduct") -> str:
    """One finding is adverse, all else is satisfactory; gives the candidacy."""
    world.record_checks("adverse", name, kinds=(kind,))
    world.record_checks("satisfactory")
    world.go_on()
    return world.candidacy(name).id


def propose(
    world: World, name: str = "Aalto", outcome: str = "refuse", conditions: str = ""
) -> None:
    """The officer proposes a ruling."""
    given = Proposal(
        world.candidacy(name).id, outcome, "integrity", "A sanction was kept silent.", conditions
    )
    world.do("hr", PROPOSE_RULING, given)
    world.go_on()


def the_ruling(world: World) -> Ruling:
    """The newest ruling."""
    return max(world.rows(Ruling), key=lambda each: int(each.number))


# --- findings and rulings ------------------------------------------------------------------


def test_nobody_is_refused_before_they_could_comment(at: At) -> None:
    """While the period runs no ruling can be proposed; when it is over, silence is no bar."""
    world = at("vetting")
    adverse(world)
    with pytest.raises(Refused) as refusal:
        propose(world)
    assert rules_of(refusal.value) == {"the_candidate_was_heard"}
    world.pass_days(16)
    propose(world)
    assert the_ruling(world).state == "proposed"
    assert world.states()["Aalto"] == "review"


def test_a_refusal_takes_two_signatures_and_a_reason_code(at: At) -> None:
    """Proposed by an officer, signed by the office named for it; then the case goes on."""
    world = at("vetting")
    adverse(world)
    say(world, "comment:", "dispute", "It was another person of that name.")
    assert {each.state for each in world.rows(Check) if each.kind == "misconduct"} == {
        "disputed",
        "satisfactory",
    }
    propose(world)
    assert world.states()["Aalto"] == "review"
    say(world, "ruling:", "sign")
    ruling = the_ruling(world)
    assert (ruling.state, ruling.proposed_by, ruling.signed_by) == ("signed", "hr", "legal")
    assert world.states()["Aalto"] == "refused"
    assert world.the_case().stage == "selection"
    assert world.candidacy("Aalto").id not in asked(world, "selection").content["candidates"]
    assert world.faults() == []


def test_whoever_proposes_does_not_sign(at: At) -> None:
    """An HR officer who holds the second signature lets another officer propose."""
    world = at("vetting")
    adverse(world)
    world.pass_days(16)
    with world.house.database.deciding() as session:
        session.add(Grant(person_id="legal", role="hr_officer"))
    given = Proposal(world.candidacy("Aalto").id, "refuse", "integrity", "So it is.")
    with pytest.raises(Refused) as refusal:
        world.do("legal", PROPOSE_RULING, given)
    assert rules_of(refusal.value) == {"two_people_have_signed"}
    assert world.states()["Aalto"] == "review"


def test_every_fault_of_a_proposal_is_told_at_once(at: At) -> None:
    """An unknown outcome, an unknown reason code, no words."""
    world = at("vetting")
    adverse(world)
    world.pass_days(16)
    with pytest.raises(Refused) as refusal:
        world.do(
            "hr", PROPOSE_RULING, Proposal(world.candidacy("Aalto").id, "banish", "smell", " ")
        )
    assert [each.where for each in refusal.value.findings] == ["outcome", "reason", "text"]
    assert refusal.value.reason is Reason.INPUT


def test_a_ruling_sent_back_leaves_the_review_open(at: At) -> None:
    """The second signatory may disagree; then another ruling is proposed."""
    world = at("vetting")
    adverse(world)
    say(world, "comment:", "accept")
    propose(world)
    say(world, "ruling:", "send_back", "The sanction was lifted.")
    assert the_ruling(world).state == "sent_back"
    assert world.states()["Aalto"] == "review"
    propose(world, outcome="clear_with_conditions", conditions="No work on finance for a year.")
    say(world, "ruling:", "sign")
    assert world.states()["Aalto"] == "cleared_with_conditions"
    assert world.the_case().stage == "selection"


def test_findings_are_read_by_nobody_on_the_chain(at: At) -> None:
    """Reasons and comments are sealed; the entries hold commitments and codes."""
    world = at("vetting")
    adverse(world)
    say(world, "comment:", "dispute", "It was another person of that name.")
    propose(world)
    bodies = b"".join(entry.body for entry in world.entries())
    assert b"another person" not in bodies
    assert b"kept silent" not in bodies


def test_a_refusal_is_reviewed_by_somebody_who_signed_nothing(at: At) -> None:
    """The candidate asks by link, the reviewer overturns, and the candidate is cleared."""
    world = at("vetting")
    adverse(world)
    world.pass_days(16)
    propose(world)
    say(world, "ruling:", "sign")
    say(world, "ask_review:", "ask_review", "I was acquitted.")
    question = asked(world, "review:")
    assert {"hr", "legal"} <= set(question.content["barred"])
    say(world, "review:", "overturn", "The judgment is on file.")
    ruling = the_ruling(world)
    assert (ruling.state, ruling.reconsidered_by) == ("overturned", "staff")
    assert world.states()["Aalto"] == "cleared"


def test_a_review_asked_for_on_paper_may_uphold_the_refusal(at: At) -> None:
    """An officer takes the letter in; the refusal stands, once and for all."""
    world = at("vetting")
    adverse(world)
    world.pass_days(16)
    propose(world)
    say(world, "ruling:", "sign")
    request = ReviewRequest(world.candidacy("Aalto").id, "A letter of 3 January.")
    world.do("hr", REQUEST_REVIEW, request)
    world.go_on()
    say(world, "review:", "uphold")
    assert (the_ruling(world).state, world.states()["Aalto"]) == ("upheld", "refused")
    with pytest.raises(Refused):
        world.do("hr", REQUEST_REVIEW, request)


def test_a_candidate_who_leaves_meanwhile_is_not_refused(at: At) -> None:
    """A signature that comes after the withdrawal moves nobody."""
    world = at("vetting")
    candidacy = adverse(world)
    world.pass_days(16)
    propose(world)
    world.do("hr", WITHDRAW_CANDIDACY, Out(candidacy, "family"))
    say(world, "ruling:", "sign")
    assert world.states()["Aalto"] == "withdrawn"
    assert world.faults() == []


# --- waivers and exceptions ----------------------------------------------------------------


def test_a_check_is_waived_by_the_named_office_alone(at: At) -> None:
    """Not by an HR officer, not without a reason, not where the rulebook is silent."""
    world = at("vetting")
    aalto = world.candidacy("Aalto").id
    for person, kind, reason in (("hr", "employment", "x"), ("staff", "security", "x")):
        with pytest.raises(Refused) as refusal:
            world.do(person, WAIVE_CHECK, Waived(aalto, kind, reason))
        assert refusal.value.reason is Reason.AUTHORITY
    with pytest.raises(Refused):
        world.do("staff", WAIVE_CHECK, Waived(aalto, "employment", " "))
    world.do("staff", WAIVE_CHECK, Waived(aalto, "employment", "The firm was wound up in 2019."))
    world.record_checks("satisfactory")
    world.go_on()
    assert world.states()["Aalto"] == "cleared"


def test_the_gate_opens_by_the_rulebooks_exception_alone(at: At) -> None:
    """Asked with a reason, granted by the office named, of the kinds named, and reported."""
    world = at("vetting")
    aalto = world.candidacy("Aalto").id
    with pytest.raises(Refused) as refusal:
        world.do("hr", ASK_EXCEPTION, ExceptionAsked(aalto, ("security",), "Urgent."))
    assert rules_of(refusal.value) == {"exception_is_in_the_rulebook"}
    kinds = ("identity", "employment", "references", "misconduct", "interests", "security")
    world.record_checks("satisfactory", "Aalto", kinds=kinds)
    world.record_checks("satisfactory", "Boonmee", "Cherkaoui", "Dube")
    assert world.states()["Aalto"] == "checks"
    world.do("hr", ASK_EXCEPTION, ExceptionAsked(aalto, ("degrees",), "The archive burned down."))
    world.go_on()
    say(world, "exception:", "grant", "The degree is beyond doubt.")
    assert world.states()["Aalto"] == "cleared"
    assert world.rows(GateException)[0].granted is True
    world.answer("panel", "shortlist", "Aalto")
    world.go_on()
    for leader in ("legal", "regions", "staff"):
        world.answer(leader, "no_objection")
    world.go_on()
    world.answer("sg", "appoint", "Aalto")
    world.go_on()
    assert {each.kind for each in world.rows(Document)} == {"appointment"}
    issued = [entry for entry in world.entries(f"case:{world.case}") if b'"issued"' in entry.body]
    assert b'"exception"' in issued[0].body


# --- validity ------------------------------------------------------------------------------


def test_a_check_that_expires_reopens_the_review(at: At) -> None:
    """Misconduct is good for six months: then whoever was cleared is vetted anew, as they stood."""
    world = at("consultation")
    world.pass_days(190)
    states = {each.state for each in world.rows(Check) if each.kind == "misconduct"}
    assert states == {"expired"}
    assert world.states()["Aalto"] == "review"
    assert world.candidacy("Aalto").held == "shortlisted"
    world.record_checks("satisfactory", "Aalto", kinds=("misconduct",))
    assert world.states()["Aalto"] == "shortlisted"
    assert world.faults() == []


def test_a_paper_that_ends_sooner_makes_the_check_end_sooner(at: At) -> None:
    """The earlier of both days: the rulebook's, and the one in the paper."""
    world = at("vetting")
    aalto = world.candidacy("Aalto").id
    day = date(2027, 2, 1)
    given = Recorded(((aalto, "identity"),), "satisfactory", "passport", valid_until=day)
    world.do("hr", RECORD_CHECKS, given)
    with world.reading() as session:
        query = select(Check).where(col(Check.candidacy_id) == aalto, col(Check.kind) == "identity")
        assert session.exec(query).one().valid_until == day
    past = Recorded(((aalto, "degrees"),), "satisfactory", "diploma", valid_until=date(2020, 1, 1))
    with pytest.raises(Refused) as refusal:
        world.do("hr", RECORD_CHECKS, past)
    assert [each.where for each in refusal.value.findings] == ["valid_until"]


# --- home administrations ------------------------------------------------------------------


def test_what_the_home_attests_is_asked_of_its_bureau(at: At) -> None:
    """Only where the rulebook says so, only with an address on file; the answer is judged."""
    world = at("vetting")
    aalto = world.candidacy("Aalto").id
    with pytest.raises(Refused) as refusal:
        world.do("hr", ASK_HOME, HomeAsked(aalto, "security"))
    assert rules_of(refusal.value) == {"check_is_open"}


def test_of_one_case_one_candidate_is_chosen(at: At) -> None:
    """The database itself refuses a second one, whatever a program tries."""
    world = at("decision")
    ids = [world.candidacy(name).id for name in ("Aalto", "Boonmee")]
    chosen = update(Candidacy).where(col(Candidacy.id).in_(ids)).values(state="chosen")
    with pytest.raises(IntegrityError), world.house.database.deciding() as session:
        session.exec(chosen)


# --- one person under two spellings --------------------------------------------------------


def test_likenesses_are_linked_by_a_person_and_nothing_is_merged(at: At) -> None:
    """Both candidacies remain; what was said is on file and can be said anew."""
    world = at("applications")
    same = row("Alto", "FIN", email="a.alto@candidates.example")
    world.do("hr", IMPORT, candidates_file(row("Aalto", "FIN"), same, row("Dube", "ZWE")))
    (pair,) = tell_likenesses(world.house, world.as_("hr"), world.case)
    assert (pair["grounds"], pair["said"]) == (
        ["name", "birth_date", "email"],
        "nothing yet",
    )
    one, other = pair["one"]["id"], pair["other"]["id"]
    world.do("hr", SAY_SAME, Said(one, other, is_same=True, why="One passport."))
    world.do("hr", SAY_SAME, Said(other, one, is_same=False, why="Two passports after all."))
    (pair,) = tell_likenesses(world.house, world.as_("hr"), world.case)
    assert pair["said"] == "two people"
    assert len(world.candidacies()) == 3
    with pytest.raises(Refused):
        tell_likenesses(world.house, world.as_("nobody"), world.case)
