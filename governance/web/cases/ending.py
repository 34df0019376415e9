"""Ends that cannot be taken back have a page that says what will happen; then one POST."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from governance.appointments.candidates import WITHDRAW_CANDIDACY, Out
from governance.appointments.launching import WITHDRAW, Why
from governance.appointments.queries import CaseFile
from governance.refusals import Refused, say
from governance.web.cases.asked import act, after, opened, refused_fields, status_of
from governance.web.cases.candidacy import found
from governance.web.cases.fill_case import candidate_href, case_href
from governance.web.cases.reading import Reading
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import EMPTY, Fact, Filled, Words
from governance.web.work_views import WithdrawPage


def ask_case(desk: Desk) -> Response:
    """What withdrawing the appointment does."""
    return _case_page(desk, None)


def withdraw_case(desk: Desk) -> Response:
    """Withdraw it, with a reason."""
    try:
        act(desk, WITHDRAW, Why(desk.text("reason")))
    except Refused as refused:
        return _case_page(desk, refused)
    return after(desk, f"/appointments/{desk.path['reference']}", "withdrawn")


def ask_candidacy(desk: Desk) -> Response:
    """What withdrawing a candidacy does."""
    return _candidacy_page(desk, None)


def withdraw_candidacy(desk: Desk) -> Response:
    """Take the candidate out of the competition, at their own wish."""
    candidacy_id = desk.path["candidacy"]
    try:
        act(desk, WITHDRAW_CANDIDACY, Out(candidacy_id, desk.text("reason")))
    except Refused as refused:
        return _candidacy_page(desk, refused)
    path = f"/appointments/{desk.path['reference']}/candidates/{candidacy_id}"
    return after(desk, path, "out")


def _case_page(desk: Desk, refused: Refused | None) -> Response:
    with opened(desk) as (file, reading):
        subject = Fact(file.case.reference, reading.text(file.post.title), case_href(file))
        page = WithdrawPage(
            title=say("Withdraw this appointment"),
            subject=subject,
            action=f"{case_href(file)}/withdraw",
            verb=say("Withdraw {number}", number=file.case.reference),
            happens=_happens_to_the_case(file),
            refused=refused.findings if refused else (),
            filled=_filled(desk, refused),
        )
    return desk.page("withdraw", page, status=status_of(refused) if refused else 200)


def _candidacy_page(desk: Desk, refused: Refused | None) -> Response:
    with opened(desk) as (file, reading):
        candidate = found(desk, file, desk.path["candidacy"])
        href, name = candidate_href(file, candidate.candidacy.id), candidate.person.name
        page = WithdrawPage(
            title=say("Withdraw the candidacy of {name}", name=name),
            subject=Fact(file.case.reference, reading.text(file.post.title), href),
            action=f"{href}/withdraw",
            verb=say("Withdraw this candidacy"),
            happens=_happens_to_the_candidacy(file, reading),
            refused=refused.findings if refused else (),
            filled=_filled(desk, refused),
        )
    return desk.page("withdraw", page, status=status_of(refused) if refused else 200)


def _filled(desk: Desk, refused: Refused | None) -> Filled:
    return desk.filled(refused_fields(refused)) if refused else EMPTY


def _happens_to_the_case(file: CaseFile) -> tuple[Words, ...]:
    questions = sum(put.consultation.state == "open" for put in file.consultations)
    return (
        say("The case ends here, at its present stage, without an appointment."),
        say("Open questions are withdrawn: {n}. Nobody can answer them any more.", n=questions),
        say("Mails that have not left yet are not sent. No letter goes to the candidates."),
        say("The record stays, with your reason, which only HR and audit can read."),
        say("This cannot be taken back. A new case can be launched for the post."),
    )


def _happens_to_the_candidacy(file: CaseFile, _: Reading) -> tuple[Words, ...]:
    questions = sum(put.consultation.state == "open" for put in file.consultations)
    return (
        say("Do this only at the candidate’s own wish."),
        say("The candidate leaves the open questions, which are shown anew: {n}.", n=questions),
        say("The record stays, with the reason, which only HR and audit can read."),
        say("This cannot be taken back in this case."),
    )


_CASE = "/appointments/{reference}/withdraw"
_CANDIDACY = "/appointments/{reference}/candidates/{candidacy}/withdraw"

routes = [
    Route(_CASE, for_the_signed_in(ask_case), methods=["GET"]),
    Route(_CASE, for_the_signed_in(withdraw_case), methods=["POST"]),
    Route(_CANDIDACY, for_the_signed_in(ask_candidacy), methods=["GET"]),
    Route(_CANDIDACY, for_the_signed_in(withdraw_candidacy), methods=["POST"]),
]
