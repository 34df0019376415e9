"""Whatever officers, leaders and candidates try, in whatever order: what must hold, holds."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.access.actor import Level
from governance.acts import perform
from governance.appointments.candidates import IMPORT, WITHDRAW_CANDIDACY, Out
from governance.appointments.checks.excepting import ASK_EXCEPTION, ExceptionAsked
from governance.appointments.checks.recording import RECORD_CHECKS, Recorded
from governance.appointments.checks.ruling import PROPOSE_RULING, Proposal
from governance.appointments.checks.waiving import WAIVE_CHECK, Waived
from governance.appointments.launching import LAUNCH, Launch
from governance.appointments.models import Check, Document, GateException, Ruling
from governance.appointments.own.acts import TAKE_BACK, TakenBack
from governance.appointments.service.copying import COPY, Copy
from governance.appointments.service.models import Offer
from governance.appointments.together.acting import ORDER, TAKE_EFFECT, Which
from governance.appointments.together.wanted import Together
from governance.appointments.vetting import CONFIRM_ELIGIBILITY, JUSTIFY, Confirmed, Justified
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.record.models import Work
from governance.refusals import Refused
from tests.acts.conftest import At
from tests.acts.world import World, candidates_file, row

pytestmark = pytest.mark.slow

NAMES = ("Aalto", "Boonmee", "Dube")
PEOPLE = ("hr", "panel", "legal", "regions", "staff", "sg")
KINDS = ("identity", "degrees", "employment", "references", "misconduct", "interests", "security")


def _answer(world: World, person: str, position: str, name: str) -> None:
    for question in world.questions():
        chosen = (world.candidacy(name).id,) if position in ("appoint", "shortlist") else ()
        given = GivenAnswer(position, chosen, "for reasons", question.content_version)
        for invitation in world.invitations(question.id):
            actor = (
                world.as_(invitation.person_id, Level.LINK, invitation.id)
                if question.level == "link"
                else world.as_(person)
            )
            perform(world.house, actor, ANSWER, question.id, given)


def _check(world: World, result: str, name: str, kinds: tuple[str, ...]) -> None:
    mine = world.candidacy(name).id
    world.do("hr", RECORD_CHECKS, Recorded(tuple((mine, kind) for kind in kinds), result, "file"))


def _move(kind: str, name: str, person: str, position: str) -> Callable[[World], object]:
    moves: dict[str, Callable[[World], object]] = {
        "answer": lambda world: _answer(world, person, position, name),
        "confirm": lambda world: world.do("hr", CONFIRM_ELIGIBILITY, Confirmed()),
        "clear": lambda world: _check(world, "satisfactory", name, KINDS),
        "clear_one": lambda world: _check(world, "satisfactory", name, KINDS[:1]),
        "adverse": lambda world: _check(world, "adverse", name, KINDS[-1:]),
        "propose": lambda world: world.do("hr", PROPOSE_RULING, _proposal(world, name)),
        "waive": lambda world: world.do("staff", WAIVE_CHECK, _waiver(world, name)),
        "except": lambda world: world.do("hr", ASK_EXCEPTION, _exception(world, name)),
        "import": lambda world: world.do("hr", IMPORT, candidates_file(row("Late", "FIN"))),
        "justify": lambda world: world.do("hr", JUSTIFY, Justified("on balance")),
        "leave": lambda world: world.do(
            "hr", WITHDRAW_CANDIDACY, Out(world.candidacy(name).id, "")
        ),
        "together": lambda world: _together(world, position, name),
        "again": _again,
        "copy": lambda world: perform(world.house, world.as_("hr"), COPY, None, Copy(world.case)),
        "leave_alone": lambda world: _leave_alone(world, name),
        "wait": lambda world: world.clock.advance(days=11),
        "flows": lambda world: world.go_on(),
    }
    return moves[kind]


MOVES = st.builds(
    _move,
    st.sampled_from(
        ["answer"] * 6
        + ["flows"] * 5
        + ["clear"] * 3
        + ["propose"] * 2
        + ["confirm", "clear_one", "adverse", "justify", "leave", "wait"]
        + ["waive", "except", "import"]
        + ["together", "again", "copy", "leave_alone"]
    ),
    st.sampled_from(NAMES),
    st.sampled_from(PEOPLE),
    st.sampled_from(
        ["shortlist"] * 2
        + ["no_objection"] * 3
        + ["appoint"] * 2
        + ["object", "accept", "decline", "send_back"]
        + ["sign", "dispute", "ask_review", "overturn", "uphold", "grant"]
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12)
@given(
    start=st.sampled_from(["eligibility", "vetting", "selection", "consultation", "decision"]),
    moves=st.lists(MOVES, min_size=8, max_size=25),
)
def test_no_letter_without_vetting_and_never_two_appointed(
    sqlite_at: At, start: str, moves: list[Callable[[World], object]]
) -> None:
    """A letter implies that all checks are satisfactory; the case never gets stuck; one wins."""
    world = sqlite_at(start)
    for move in moves:
        with suppress(Refused):  # trying is free
            move(world)
        _must_hold(world)
    world.go_on()
    _must_hold(world)
    assert world.faults() == []
    assert all(each.stuck_because is None for each in world.rows(Work))


def _must_hold(world: World) -> None:
    states = [each.state for each in world.candidacies().values()]
    assert states.count("appointed") <= 1
    assert states.count("chosen") + states.count("appointed") <= 1
    lettered = {each.candidacy_id for each in world.rows(Document) if each.kind == "appointment"}
    checks = [each for each in world.rows(Check) if each.candidacy_id in lettered]
    granted = {each.candidacy_id for each in world.rows(GateException) if each.granted}
    closed = [each for each in checks if each.candidacy_id not in granted]
    assert {each.state for each in closed} <= {"satisfactory", "waived"}
    assert {each.candidacy_id for each in checks} == lettered
    for each in world.candidacies().values():
        if each.state in {"refused", "withdrawn", "ineligible", "review", "checks"}:
            assert each.id not in {offer.candidacy_id for offer in _good_offers(world)}
    assert len(_good_offers(world)) <= 1
    for ruling in world.rows(Ruling):
        assert ruling.signed_by != ruling.proposed_by


def _together(world: World, position: str, name: str) -> None:
    """An act for many, at once: everybody's check recorded, or somebody withdrawn."""
    act = "check" if position in ("shortlist", "appoint", "accept") else "withdraw"
    ids = [each.id for each in world.candidacies().values()]
    chosen = tuple(ids) if act == "check" else (world.candidacy(name).id,)
    wanted = Together(act, chosen, kind="identity", source="file", reason="They wrote to us.")
    receipt = world.do("hr", ORDER, wanted)
    world.do("hr", TAKE_EFFECT, Which(str(receipt.facts["together"])))


def _leave_alone(world: World, name: str) -> None:
    """A candidate withdraws on their own page."""
    mine = world.candidacy(name)
    actor = world.as_(mine.person_id, Level.LINK, mine.id)
    perform(world.house, actor, TAKE_BACK, world.case, TakenBack(mine.id))


def _again(world: World) -> None:
    """The same post, launched while its case goes on."""
    given = Launch(world.the_case().procedure, world.the_case().post)
    perform(world.house, world.as_("hr"), LAUNCH, None, given)


def _good_offers(world: World) -> list[Offer]:
    return [each for each in world.rows(Offer) if each.live_post is not None]


def _proposal(world: World, name: str) -> Proposal:
    return Proposal(world.candidacy(name).id, "refuse", "integrity", "for reasons")


def _waiver(world: World, name: str) -> Waived:
    return Waived(world.candidacy(name).id, "employment", "for reasons")


def _exception(world: World, name: str) -> ExceptionAsked:
    return ExceptionAsked(world.candidacy(name).id, ("degrees",), "for reasons")
