"""The HR officer's acts on a case: one POST, one act, and back to the page."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import Response
from starlette.routing import Route

from governance.appointments.checks.recording import RECORD_CHECKS, Recorded
from governance.appointments.checks.ruling import PROPOSE_RULING, Proposal
from governance.appointments.launching import CONFIRM_NEED, Need
from governance.appointments.queries import CaseFile
from governance.appointments.referees import ASK_REFEREE, Referee
from governance.appointments.vetting import (
    COMPLETE_TASK,
    CONFIRM_ELIGIBILITY,
    JUSTIFY,
    Confirmed,
    Done,
    Justified,
)
from governance.refusals import Refused
from governance.web.cases import candidacy, case
from governance.web.cases.asked import act, after, opened
from governance.web.cases.fill_work import EVERYBODY, is_open
from governance.web.cases.marks import CLOSED
from governance.web.desk import Desk, for_the_signed_in


def confirm_need(desk: Desk) -> Response:
    """One more thing that the call needs is there."""
    given = Need(desk.text("need"), desk.text("note"))
    return _on_case(desk, lambda: act(desk, CONFIRM_NEED, given), "confirmed")


def confirm_eligibility(desk: Desk) -> Response:
    """Admit and exclude as the findings say."""
    given = Confirmed(desk.text("reason"))
    return _on_case(desk, lambda: act(desk, CONFIRM_ELIGIBILITY, given), "eligibility")


def justify(desk: Desk) -> Response:
    """Say why the shortlist goes forward all the same."""
    given = Justified(desk.text("text"))
    return _on_case(desk, lambda: act(desk, JUSTIFY, given), "justified")


def complete_task(desk: Desk) -> Response:
    """Tick off a task."""
    given = Done(desk.text("task"))
    return _on_case(desk, lambda: act(desk, COMPLETE_TASK, given), "task")


def record_checks(desk: Desk) -> Response:
    """Record one result for all checks that were ticked, from the grid or from one candidate."""
    given = Recorded(_ticked(desk), desk.text("result"), desk.text("source"), desk.text("note"))
    back = desk.text("candidacy")
    if back:
        return _on_candidate(desk, back, lambda: act(desk, RECORD_CHECKS, given), "checks")
    return _on_case(desk, lambda: act(desk, RECORD_CHECKS, given), "checks")


def ask_referee(desk: Desk) -> Response:
    """Ask a referee about a candidate."""
    back = desk.text("candidacy")
    given = Referee(back, desk.text("name"), desk.text("email"), desk.text("language") or "en")
    return _on_candidate(desk, back, lambda: act(desk, ASK_REFEREE, given), "referee")


def _on_case(desk: Desk, do: Callable[[], object], key: str) -> Response:
    try:
        do()
    except Refused as refused:
        return case.again(desk, refused)
    return after(desk, f"/appointments/{desk.path['reference']}", key)


def _on_candidate(desk: Desk, candidacy_id: str, do: Callable[[], object], key: str) -> Response:
    try:
        do()
    except Refused as refused:
        return candidacy.again(desk, candidacy_id, refused)
    path = f"/appointments/{desk.path['reference']}/candidates/{candidacy_id}"
    return after(desk, path, key)


def _ticked(desk: Desk) -> tuple[tuple[str, str], ...]:
    """(candidacy, kind) for every tick; a candidate's own tick means all their open checks.

    The tick for everybody means the open checks of all who are being vetted.
    """
    one_by_one = [_pair(each) for each in desk.texts("check")]
    whole = set(desk.texts("all"))
    if not whole:
        return tuple(dict.fromkeys(one_by_one))
    with opened(desk) as (file, _):
        return tuple(dict.fromkeys([*one_by_one, *_all_open(file, whole)]))


def _pair(value: str) -> tuple[str, str]:
    candidacy_id, _, kind = value.partition(":")
    return candidacy_id, kind


def _all_open(file: CaseFile, whole: set[str]) -> list[tuple[str, str]]:
    return [
        (check.candidacy_id, check.kind)
        for candidate in file.candidates
        if candidate.candidacy.id in whole or (EVERYBODY in whole and is_open(candidate))
        for check in candidate.checks
        if check.state not in CLOSED
    ]


def propose_ruling(desk: Desk) -> Response:
    """Propose what is made of an adverse finding; a second person is asked to sign."""
    back = desk.text("candidacy")
    given = Proposal(
        back,
        desk.text("outcome"),
        desk.text("reason_code"),
        desk.text("text"),
        desk.text("conditions"),
    )
    return _on_candidate(desk, back, lambda: act(desk, PROPOSE_RULING, given), "ruling")


_ACTS = {
    "ruling": propose_ruling,
    "checks": record_checks,
    "eligibility": confirm_eligibility,
    "justification": justify,
    "needs": confirm_need,
    "referee": ask_referee,
    "tasks": complete_task,
}

routes = [
    Route(f"/appointments/{{reference}}/{name}", for_the_signed_in(handler), methods=["POST"])
    for name, handler in _ACTS.items()
]
