"""A case stands still, goes on, or is launched once more: a page that says what happens, a POST."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlmodel import Session
from starlette.responses import Response
from starlette.routing import Route

from governance.acts import Moment, perform
from governance.appointments.authority import hr_officer
from governance.appointments.queries import CaseFile
from governance.appointments.service.copying import COPY, Copy
from governance.appointments.service.pausing import PAUSE, RESUME, Paused, newest_pause
from governance.refusals import Reason, Refused, say
from governance.web.cases.asked import act, after, opened, refused_fields, status_of, the_case
from governance.web.cases.fill_case import case_href
from governance.web.cases.reading import Reading
from governance.web.competition.forecast import parse_day
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import Fact
from governance.web.work_views import WithdrawPage

Build = Callable[[CaseFile, Reading], WithdrawPage]


def ask_pause(desk: Desk) -> Response:
    """What a pause does."""
    return _ask(desk, _pausing)


def pause(desk: Desk) -> Response:
    """Let the case stand still, with the reason."""
    return _done(desk, _pausing, lambda: _pause(desk))


def ask_resume(desk: Desk) -> Response:
    """What going on does."""
    return _ask(desk, _resuming)


def resume(desk: Desk) -> Response:
    """Go on: deadlines move by as many days as it stood still."""
    return _done(desk, _resuming, lambda: _resume(desk))


def ask_copy(desk: Desk) -> Response:
    """What a copy takes over, and what not."""
    return _ask(desk, _copying)


def copy(desk: Desk) -> Response:
    """Launch a case as this one was."""
    return _done(desk, _copying, lambda: _copy(desk))


def _pause(desk: Desk) -> str:
    act(desk, PAUSE, Paused(desk.text("reason")))
    return f"{desk.path['reference']}:paused"


def _resume(desk: Desk) -> str:
    act(desk, RESUME, None)
    return f"{desk.path['reference']}:resumed"


def _copy(desk: Desk) -> str:
    given = Copy(the_case(desk).id, parse_day(desk.text("wanted_on"), "wanted_on"))
    receipt = perform(desk.house, desk.me, COPY, None, given)
    return f"{receipt.facts['reference'] if receipt else ''}:copied"


def _done(desk: Desk, build: Build, do: Callable[[], str]) -> Response:
    try:
        reference, _, key = do().partition(":")
    except Refused as refused:
        if refused.reason is Reason.MISSING:
            raise
        return _ask(desk, build, refused)
    return after(desk, f"/appointments/{reference}", key)


def _ask(desk: Desk, build: Build, refused: Refused | None = None) -> Response:
    with opened(desk) as (file, reading):
        hr_officer(_moment(desk, reading.session), file.case, None)
        page = build(file, reading)
        if refused is not None:
            filled = desk.filled(refused_fields(refused))
            page = replace(page, refused=refused.findings, filled=filled)
    return desk.page("withdraw", page, status=status_of(refused) if refused else 200)


def _pausing(file: CaseFile, reading: Reading) -> WithdrawPage:
    open_ = sum(put.consultation.state == "open" for put in file.consultations)
    return WithdrawPage(
        title=say("Pause this appointment"),
        subject=_subject(file, reading),
        action=f"{case_href(file)}/pause",
        verb=say("Pause {number}", number=file.case.reference),
        happens=(
            say("Nothing goes on until it is resumed: no act, no deadline, no answer."),
            say("Open questions stand still with it, and their pages say so: {n}.", n=open_),
            say("When it is resumed, every deadline moves by as many days as it stood still."),
            say("The record stays, with your reason, which only HR and audit can read."),
        ),
        danger=False,
    )


def _resuming(file: CaseFile, reading: Reading) -> WithdrawPage:
    found = newest_pause(reading.session, file.case.id)
    since = reading.day_of(found.paused_at) if found else "–"
    return WithdrawPage(
        title=say("Resume this appointment"),
        subject=_subject(file, reading),
        action=f"{case_href(file)}/resume",
        verb=say("Resume {number}", number=file.case.reference),
        happens=(
            say("It has stood still since {day}.", day=since),
            say("Every deadline moves by as many days; begun days count in people’s favour."),
            say("Open questions go on, and whoever is asked has the time back."),
        ),
        danger=False,
        needs_reason=False,
    )


def _copying(file: CaseFile, reading: Reading) -> WithdrawPage:
    return WithdrawPage(
        title=say("Launch a case as this one was"),
        subject=_subject(file, reading),
        action=f"{case_href(file)}/copy",
        verb=say("Launch the copy"),
        happens=(
            say("Taken over: the post, its procedure, the weights, and who sat on the panel."),
            say("Not taken over: candidates, scores, answers, and what the call needs."),
            say("The law is the one in force now; members declare anew."),
        ),
        danger=False,
        needs_reason=False,
        day=say("Entry on duty wished"),
        day_hint=say("The first day in office, if all goes as planned. It may stay empty."),
    )


def _subject(file: CaseFile, reading: Reading) -> Fact:
    return Fact(file.case.reference, reading.text(file.post.title), case_href(file))


def _moment(desk: Desk, session: Session) -> Moment:
    return Moment(desk.house, session, desk.house.clock.now(), desk.me)


_WAYS = {"pause": (ask_pause, pause), "resume": (ask_resume, resume), "copy": (ask_copy, copy)}

routes = [
    route
    for key, (ask, do) in _WAYS.items()
    for route in (
        Route(f"/appointments/{{reference}}/{key}", for_the_signed_in(ask), methods=["GET"]),
        Route(f"/appointments/{{reference}}/{key}", for_the_signed_in(do), methods=["POST"]),
    )
]
