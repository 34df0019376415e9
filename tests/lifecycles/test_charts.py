"""Every chart: it builds, refuses aloud, names who may do what, and keeps its promises."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import CheckConstraint
from sqlmodel import SQLModel
from statemachine import State

import governance.tables  # noqa: F401 -- every table is known once this is imported
from governance.appointments.assessment.lifecycle import (
    AssessmentLifecycle,
    ExaminationLifecycle,
    PanelMemberLifecycle,
)
from governance.appointments.checks.rules import Ruling, Vetted
from governance.appointments.lifecycle import (
    ApplicationLifecycle,
    CallLifecycle,
    CandidacyLifecycle,
    CaseLifecycle,
    CheckLifecycle,
    RulingLifecycle,
)
from governance.appointments.rules import Ending, Sifted
from governance.appointments.service.lifecycle import (
    OfferLifecycle,
    RosterLifecycle,
    ServiceLifecycle,
)
from governance.appointments.together.lifecycle import TogetherLifecycle
from governance.committees.after.lifecycle import ActionLifecycle, DecisionLifecycle
from governance.committees.lifecycle import (
    CommitteeLifecycle,
    FillingLifecycle,
    SeatLifecycle,
)
from governance.committees.meeting.lifecycle import (
    ItemLifecycle,
    MeetingLifecycle,
    MotionLifecycle,
)
from governance.committees.minutes.lifecycle import MinutesLifecycle
from governance.consultation.lifecycle import ConsultationLifecycle, ProposalLifecycle
from governance.consultation.standing.lifecycle import InformationLifecycle
from governance.lifecycle import (
    Box,
    Lifecycle,
    finals,
    fire,
    initial,
    label,
    states_only,
    ways_on,
    why_not,
)
from governance.refusals import Answer as Told
from governance.refusals import (
    Finding,
    Reason,
    Refused,
    Verdict,
    failed,
    passed,
    rule,
    satisfies,
)
from governance.registry.lifecycle import BundleLifecycle, PaperLifecycle
from governance.representation.reviews.lifecycle import ReviewLifecycle
from tests.lifecycles.facts import FACTS, OF_ONE_CHART

CHARTS: tuple[type[Lifecycle], ...] = (
    CaseLifecycle,
    CandidacyLifecycle,
    CheckLifecycle,
    TogetherLifecycle,
    ConsultationLifecycle,
    ProposalLifecycle,
    CommitteeLifecycle,
    SeatLifecycle,
    FillingLifecycle,
    MeetingLifecycle,
    ItemLifecycle,
    MotionLifecycle,
    DecisionLifecycle,
    ActionLifecycle,
    MinutesLifecycle,
    InformationLifecycle,
    AssessmentLifecycle,
    PanelMemberLifecycle,
    ExaminationLifecycle,
    OfferLifecycle,
    RosterLifecycle,
    ServiceLifecycle,
    PaperLifecycle,
    BundleLifecycle,
    RulingLifecycle,
    CallLifecycle,
    ApplicationLifecycle,
    ReviewLifecycle,
)
TABLES = {
    "composition_review": ReviewLifecycle,
    "application": ApplicationLifecycle,
    "appointment_call": CallLifecycle,
    "vetting_ruling": RulingLifecycle,
    "appointment_case": CaseLifecycle,
    "candidacy": CandidacyLifecycle,
    "vetting_check": CheckLifecycle,
    "consultation": ConsultationLifecycle,
    "proposal": ProposalLifecycle,
    "committee": CommitteeLifecycle,
    "seat": SeatLifecycle,
    "seat_filling": FillingLifecycle,
    "meeting": MeetingLifecycle,
    "agenda_item": ItemLifecycle,
    "motion": MotionLifecycle,
    "decision": DecisionLifecycle,
    "committee_action": ActionLifecycle,
    "minutes": MinutesLifecycle,
    "information": InformationLifecycle,
    "assessment": AssessmentLifecycle,
    "panel_member": PanelMemberLifecycle,
    "assessment_meeting": ExaminationLifecycle,
    "offer": OfferLifecycle,
    "roster_place": RosterLifecycle,
    "service": ServiceLifecycle,
    "paper": PaperLifecycle,
    "bundle": BundleLifecycle,
}


def events_of(chart: type[Lifecycle]) -> set[str]:
    """The events that a chart knows."""
    return {str(event) for event in chart.events}


def states_of(chart: type[Lifecycle]) -> set[str]:
    """The states that a chart knows."""
    return {str(state.value) for state in chart.states}


@pytest.mark.parametrize("chart", CHARTS)
def test_every_chart_builds_and_stands_at_its_beginning(chart: type[Lifecycle]) -> None:
    """A chart is made of a box in any of its states."""
    assert chart(Box(None)).model.state == initial(chart)
    for state in states_of(chart):
        box = Box(state)
        chart(box)
        assert box.state == state


def test_no_chart_of_the_house_is_left_out_here() -> None:
    """Every lifecycle that exists is tested by these tests."""
    assert {each for each in Lifecycle.__subclasses__() if "governance" in each.__module__} == set(
        CHARTS
    )


@pytest.mark.parametrize("chart", CHARTS)
def test_the_authority_of_a_chart_names_exactly_its_events(chart: type[Lifecycle]) -> None:
    """No event without somebody who may bring it, nobody for an event that is not there."""
    assert set(chart.authority) == events_of(chart)
    assert all(chart.authority.values())


@pytest.mark.parametrize("chart", CHARTS)
def test_every_state_can_be_reached_and_left_unless_it_is_final(chart: type[Lifecycle]) -> None:
    """No dead ends, no islands."""
    reached, edge = {initial(chart)}, [initial(chart)]
    targets = {
        str(state.value): {str(each.target.value) for each in state.transitions if each.target}
        for state in chart.states
    }
    while edge:
        for target in targets[edge.pop()] - reached:
            reached.add(target)
            edge.append(target)
    assert reached == states_of(chart)
    assert {state for state, after in targets.items() if not after} == finals(chart)


@pytest.mark.parametrize("chart", CHARTS)
def test_what_is_out_of_turn_is_refused_aloud(chart: type[Lifecycle]) -> None:
    """The library's default would return None; here every illegal event is a refusal in words."""
    for state in states_of(chart):
        for event in events_of(chart) - set(ways_on(chart, state)):
            with pytest.raises(Refused) as refusal:
                fire(chart, state, event)
            assert refusal.value.reason is Reason.TURN
            assert label(chart, state) in str(refusal.value)


@pytest.mark.parametrize("chart", CHARTS)
def test_an_event_that_no_chart_knows_is_refused(chart: type[Lifecycle]) -> None:
    """A word that is no event moves nothing and is not swallowed."""
    with pytest.raises(Refused):
        fire(chart, initial(chart), "abracadabra")


@pytest.mark.parametrize("chart", CHARTS)
def test_why_not_and_fire_agree(chart: type[Lifecycle]) -> None:
    """What a button is told is what the act would be told, finding for finding."""
    for state in states_of(chart):
        for event in events_of(chart) - {"answer"}:
            for facts in OF_ONE_CHART.get((chart.__name__, event), FACTS.get(event, [None])):
                assert why_not(chart, state, event, facts) == _refusal(chart, state, event, facts)


def _refusal(chart: type[Lifecycle], state: str, event: str, facts: object) -> tuple[Finding, ...]:
    try:
        fire(chart, state, event, facts)
    except Refused as refusal:
        return refusal.findings
    return ()


@pytest.mark.parametrize(("table", "chart"), TABLES.items())
def test_a_state_column_takes_exactly_the_states_of_its_chart(
    table: str, chart: type[Lifecycle]
) -> None:
    """The CHECK is generated from the chart, and the column begins where the chart does."""
    rows = SQLModel.metadata.tables[table]
    (check,) = [
        each
        for each in rows.constraints
        if isinstance(each, CheckConstraint) and "lifecycle" in str(each.name)
    ]
    assert str(check.sqltext) == str(states_only(chart).sqltext)
    assert all(f"'{state}'" in str(check.sqltext) for state in states_of(chart))
    assert rows.c.state.type.length >= max(map(len, states_of(chart)))
    assert rows.c.state.default is not None
    assert rows.c.state.default.arg == initial(chart)


# --- the traps of the library --------------------------------------------------------------


@rule("Test, art. 1", since=date(2026, 1, 1))
def never(_: object) -> Told:
    """Nothing passes here."""
    return failed("no")


@rule("Test, art. 2", since=date(2026, 1, 1))
def nor_this(_: object) -> Told:
    """Nor here."""
    return failed("nor that")


@rule("Test, art. 3", since=date(2026, 1, 1))
def always(_: object) -> Told:
    """Everything passes here."""
    return passed("yes")


class Trap(Lifecycle):
    """A chart with a rule that refuses and an action that fails."""

    here = State("Here", initial=True)
    there = State("There", final=True)

    guarded = here.to(there, validators=satisfies(never, always, nor_this))
    fragile = here.to(there)

    def on_fragile(self) -> None:
        """Fails after the move has begun."""
        raise ZeroDivisionError


def test_every_fault_on_a_line_is_told() -> None:
    """A refusal names all rules that stand in the way, not the first."""
    findings = why_not(Trap, "here", "guarded")
    assert [(each.rule, each.article) for each in findings] == [
        ("never", "Test, art. 1"),
        ("nor_this", "Test, art. 2"),
    ]


def test_an_action_that_fails_moves_nothing() -> None:
    """With the library's defaults the state would have changed all the same."""
    box = Box("here")
    machine = Trap(box)
    with pytest.raises(ZeroDivisionError):
        machine.send("fragile", facts=None)
    assert box.state == "here"


def test_a_column_of_a_row_cannot_veto_a_move() -> None:
    """Charts get a box with a state and nothing else, so no guard is found on a row by its name."""
    assert Box.__slots__ == ("state",)
    with pytest.raises(AttributeError):
        Box("here").guarded = False  # type: ignore[attr-defined]


# --- random walks --------------------------------------------------------------------------

CLEARED = ("cleared", "cleared_with_conditions")
CANDIDACY_EVENTS = sorted(events_of(CandidacyLifecycle))
SOME_FACTS = st.one_of(
    st.builds(Sifted, st.tuples(st.sampled_from(list(Verdict)))),
    st.builds(
        Vetted,
        st.lists(st.sampled_from(sorted(states_of(CheckLifecycle))), max_size=4).map(tuple),
        st.one_of(
            st.none(),
            st.builds(
                Ruling,
                st.just("refuse"),
                st.sampled_from(["", "integrity"]),
                st.just("a"),
                st.sampled_from(["", "a", "b"]),
                st.booleans(),
            ),
        ),
        st.booleans(),
    ),
)


def _try(state: str, event: str, facts: object) -> str:
    wanted = {
        "admit": Sifted,
        "exclude": Sifted,
        "begin_review": Vetted,
        "clear": Vetted,
        "refuse": Vetted,
    }.get(event)
    if event in {"reopen", "reconsider"} or (wanted and not isinstance(facts, wanted)):
        return state
    try:
        return fire(CandidacyLifecycle, state, event, facts)
    except Refused:
        return state


@given(st.lists(st.tuples(st.sampled_from(CANDIDACY_EVENTS), SOME_FACTS), max_size=25))
def test_nobody_is_appointed_who_was_not_cleared(steps: list[tuple[str, object]]) -> None:
    """Whatever is tried in whatever order: appointed, chosen and shortlisted imply cleared before.

    Cleared implies that every check was satisfactory, and admitted that every rule was kept.
    """
    state, been = initial(CandidacyLifecycle), set()
    for event, facts in steps:
        after = _try(state, event, facts)
        if after in CLEARED and state == "review":
            assert isinstance(facts, Vetted)
            assert set(facts.checks) <= {"satisfactory", "waived"}
            assert facts.conditions is (after == "cleared_with_conditions")
        if after == "refused" and state == "review":
            assert isinstance(facts, Vetted)
            assert facts.ruling is not None
            assert facts.ruling.heard
            assert {facts.ruling.proposed_by, facts.ruling.signed_by} == {"a", "b"}
        if after == "eligible" and state == "nominated":
            assert isinstance(facts, Sifted)
            assert set(facts.verdicts) <= {Verdict.PASS, Verdict.EXCEPTION, Verdict.ADVISORY}
        state = after
        been.add(state)
    if been & {"shortlisted", "chosen", "appointed"}:
        assert {"eligible", "checks", "review"} <= been
        assert been & set(CLEARED)
    if "appointed" in been:
        assert "chosen" in been


def test_no_road_to_a_letter_avoids_vetting() -> None:
    """Take a gate out of the chart, and neither chosen nor appointed can be reached."""
    targets = {
        str(state.value): {str(each.target.value) for each in state.transitions if each.target}
        for state in CandidacyLifecycle.states
    }
    for gate in ({"eligible"}, {"checks"}, {"review"}, set(CLEARED), {"shortlisted"}, {"chosen"}):
        reached, edge = {"nominated"}, ["nominated"]
        while edge:
            for target in targets[edge.pop()] - reached - gate:
                reached.add(target)
                edge.append(target)
        assert "appointed" not in reached


@given(st.lists(st.sampled_from(sorted(states_of(CandidacyLifecycle))), max_size=6))
def test_a_case_is_completed_by_exactly_one_appointment(states: list[str]) -> None:
    """None, or two, do not complete a case, whatever the procedure says."""
    appointed = states.count("appointed")
    refused = why_not(CaseLifecycle, "running", "complete", Ending(appointed))
    assert bool(refused) is (appointed != 1)
