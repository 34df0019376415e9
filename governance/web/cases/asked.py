"""What these pages' handlers share: the file at hand, refusals by status, words after acts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from starlette.responses import Response

from governance.acts import Verb, perform
from governance.appointments.models import Case
from governance.appointments.queries import (
    CaseFile,
    CaseHead,
    case_by_reference,
    case_file,
    case_head,
)
from governance.record.models import Work
from governance.refusals import Refused, Sentence, say
from governance.web.cases.reading import Reading, reading_for
from governance.web.desk import Desk, is_hr
from governance.web.render import STATUS

G = TypeVar("G")

# What a page says after an act; the key stands in its address, so a reload says it again at most.
DONE: Mapping[str, Sentence] = {
    "launched": say("The appointment is launched."),
    "confirmed": say("Confirmed. The case goes on by itself once everything is there."),
    "imported": say("The candidates were taken in, and each is sent an acknowledgement."),
    "eligibility": say("Eligibility is confirmed. Checks are ordered by themselves."),
    "checks": say("The checks are recorded."),
    "evidence": say("The file is kept, sealed."),
    "ruling": say("Proposed; the second signatory is asked."),
    "referee": say("The referee is asked by mail."),
    "justified": say("The justification is on file. The case goes on by itself."),
    "task": say("The task is done."),
    "withdrawn": say("The appointment is withdrawn."),
    "out": say("The candidacy is withdrawn."),
    "paused": say("The appointment stands still until it is resumed."),
    "resumed": say("It goes on; every deadline moved by as many days as it stood still."),
    "copied": say("Launched as the other one was. The panel declares anew."),
}


@contextmanager
def opened(desk: Desk) -> Iterator[tuple[CaseFile, Reading]]:
    """The file of the case in the address, and how this person reads it. Raises Refused."""
    with desk.house.database.reading() as session:
        file = case_file(session, desk.me, desk.path["reference"])
        yield file, reading_for(desk.house, session, desk.me, file.rulebook, desk.language)


@contextmanager
def headed(desk: Desk) -> Iterator[tuple[CaseHead, Reading]]:
    """The case in the address with its law alone, and how this person reads. Raises Refused."""
    with desk.house.database.reading() as session:
        head = case_head(session, desk.me, desk.path["reference"])
        yield head, reading_for(desk.house, session, desk.me, head.rulebook, desk.language)


def act(desk: Desk, verb: Verb[Case, G], given: G) -> Case:
    """Perform an act on the case in the address; gives the case. Raises Refused."""
    case = the_case(desk)
    perform(desk.house, desk.me, verb, case.id, given)
    return case


def the_case(desk: Desk) -> Case:
    """The case in the address, if this person may see it. Raises Refused."""
    with desk.house.database.reading() as session:
        return case_by_reference(session, desk.me, desk.path["reference"])


def is_going_on(desk: Desk, case_id: str) -> bool:
    """Whether the case has something to go on with that the engine has not taken up yet."""
    with desk.house.database.reading() as session:
        work = session.get(Work, ("case", case_id))
    return work is not None and work.due_seq > work.done_seq and not work.stuck_because


def may_act(desk: Desk) -> bool:
    """Whether forms are offered to this person; each act asks again."""
    return is_hr(desk.actor)


def done(desk: Desk) -> Sentence | str:
    """What to say of the act that led here."""
    return DONE.get(desk.request.query_params.get("done", ""), "")


def after(desk: Desk, path: str, key: str, part: str = "") -> Response:
    """Look at a page after an act, and say there what was done."""
    return desk.go(f"{path}?done={key}{part}")


def status_of(refused: Refused) -> int:
    """The status of a refusal."""
    return STATUS[refused.reason]


def refused_fields(refused: Refused) -> dict[str, Any]:
    """The faults of a form by field, for findings that name one."""
    return {each.where: each.because for each in refused.findings if each.where}
