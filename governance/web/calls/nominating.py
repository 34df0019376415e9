"""`/nominate/{token}`: a National Central Bureau nominates by its link and a mailed code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session
from starlette.datastructures import UploadFile
from starlette.responses import Response
from starlette.routing import Route

from governance.access.actor import Actor
from governance.acts import perform
from governance.appointments.calls.queries import OpenCall, open_call
from governance.appointments.models import Candidacy, Case
from governance.appointments.nominations.form import FIELDS
from governance.appointments.nominations.link import Invited, invited_by_token
from governance.appointments.nominations.nominating import (
    NOMINATE,
    TAKE_BACK,
    Nominated,
    TakenBack,
    nominations_of,
)
from governance.people.queries import by_id
from governance.refusals import Finding, Reason, Refused, Sentence, refuse, say
from governance.rulebook.stages import Collect
from governance.web.calls.telling import NOTICE, country_words, fields_of, line_of
from governance.web.calls.views import CallLine, FormField
from governance.web.cases.asked import status_of
from governance.web.desk import Desk, field_of, open_to_all
from governance.web.questions.proving import ask
from governance.web.views import EMPTY, Filled, Option, Words

DONE: dict[str, Sentence] = {
    "nominated": say("The nomination is received. The person is told by mail."),
    "back": say("The nomination is taken back."),
}


@dataclass(frozen=True)
class NominationPage:
    """The call, what members may do in it, those nominated so far, and the form."""

    line: CallLine
    country: str
    action: str
    fields: tuple[FormField, ...]
    made: tuple[Option, ...]
    limits: tuple[Words, ...]
    notice: tuple[Words, ...]
    is_full: bool
    done: Words = ""
    refused: tuple[Finding, ...] = ()
    filled: Filled = EMPTY


def show(desk: Desk) -> Response:
    """The bureau's page, after a code."""
    invited, actor = _found(desk)
    if actor is None:
        return ask(desk, "nominate", invited.bureau.person_id)
    return _show(desk, invited)


def nominate(desk: Desk) -> Response:
    """Take the nomination, or say everything that stands in its way."""
    invited, actor = _found(desk)
    if actor is None:
        return ask(desk, "nominate", invited.bureau.person_id)
    given = Nominated(
        invited.bureau.country,
        {name: desk.text(name) for name in FIELDS},
        agreed=bool(desk.text("agreed")),
        paper=_paper(desk),
    )
    try:
        perform(desk.house, actor, NOMINATE, invited.call.case_id, given)
    except Refused as refused:
        return _again(desk, invited, refused)
    return desk.go(f"/nominate/{desk.path['token']}?done=nominated")


def take_back(desk: Desk) -> Response:
    """The nomination is taken back while the call is open."""
    invited, actor = _found(desk)
    if actor is None:
        return ask(desk, "nominate", invited.bureau.person_id)
    given = TakenBack(invited.bureau.country, desk.text("candidacy"))
    try:
        perform(desk.house, actor, TAKE_BACK, invited.call.case_id, given)
    except Refused as refused:
        return _again(desk, invited, refused)
    return desk.go(f"/nominate/{desk.path['token']}?done=back")


def _again(desk: Desk, invited: Invited, refused: Refused) -> Response:
    if refused.reason not in {Reason.INPUT, Reason.RULE, Reason.CONFLICT}:
        raise refused
    return _show(desk, invited, refused)


def _show(desk: Desk, invited: Invited, refused: Refused | None = None) -> Response:
    with desk.house.database.reading() as session:
        case = session.get_one(Case, invited.call.case_id)
        seen = open_call(session, case.reference, desk.house.clock.now())
        page = _page(desk, session, invited, seen, refused)
    return desk.page("nomination", page, status=status_of(refused) if refused else 200)


def _page(
    desk: Desk, session: Session, invited: Invited, seen: OpenCall, refused: Refused | None
) -> NominationPage:
    country = invited.bureau.country
    made = nominations_of(session, seen.case.id, country)
    people = by_id(session, (each.person_id for each in made))
    law = _stage(seen).nominations
    faults = field_of(refused, {"files_are_few": "file"}, "") if refused else {}
    values: dict[str, Any] = {"candidate_kind": "external", "letter_language": desk.language}
    values |= desk.filled().values if refused else {}
    return NominationPage(
        line=line_of(desk.house, seen, desk.language),
        country=country_words(desk.house, country, desk.language),
        action=f"/nominate/{desk.path['token']}",
        fields=(_address(), *_fields(desk)),
        made=tuple(Option(each.id, people[each.person_id].name) for each in made if _is_in(each)),
        limits=tuple(_limits(seen)),
        notice=NOTICE,
        is_full=bool(law and law.at_most is not None and len(made) >= law.at_most),
        done=DONE.get(desk.request.query_params.get("done", ""), "") if not refused else "",
        refused=tuple(each for each in refused.findings if not each.where) if refused else (),
        filled=Filled(values, faults),
    )


def _is_in(candidacy: Candidacy) -> bool:
    return candidacy.state == "nominated"


def _stage(seen: OpenCall) -> Collect:
    stage = seen.procedure.stage(seen.case.stage)
    assert isinstance(stage, Collect)  # noqa: S101 -- an open call stands at its collection
    return stage


def _limits(seen: OpenCall) -> list[Words]:
    law = _stage(seen).nominations
    if law is None:
        return []
    told: list[Words] = []
    if law.at_most is not None:
        told.append(say("Each member nominates at most: {n}.", n=law.at_most))
    if law.own_nationals:
        told.append(say("A member nominates its own nationals."))
    return [*told, str(law.article)] if told else []


def _address() -> FormField:
    return FormField(
        "email",
        say("Mail address of the person"),
        "email",
        hint=say("Their own: what is asked of candidates is asked there."),
        attributes={"maxlength": "254", "autocomplete": "off", "dir": "ltr"},
    )


def _fields(desk: Desk) -> tuple[FormField, ...]:
    """The fields of an application, without what a browser would fill in about its owner."""
    told = (*fields_of(desk.house, "you", desk.language), *fields_of(desk.house, "work", ""))
    return tuple(
        FormField(
            each.name,
            ASKED_OF.get(each.name, each.label),
            each.type,
            "" if each.name == "secondment_years" else each.hint,  # it speaks to an applicant
            each.options,
            {**each.attributes, "autocomplete": "off"} if not each.options else {},
        )
        for each in told
    )


ASKED_OF: dict[str, Sentence] = {
    "letter_language": say("Language of letters to the person"),
    "police_rank": say("Rank, for police officers"),
    "candidate_kind": say("Nominated as"),
}


def _paper(desk: Desk) -> tuple[str, bytes] | None:
    upload, content = desk.form.get("file"), desk.files.get("file", b"")
    if not isinstance(upload, UploadFile) or not (upload.filename or content):
        return None
    return (upload.filename or "", content)


def _found(desk: Desk) -> tuple[Invited, Actor | None]:
    """The bureau and call of a link; and who asks, if this browser has typed the mailed code."""
    with desk.house.database.reading() as session:
        invited = invited_by_token(desk.house, session, desk.path["token"])
    if invited is None:
        raise refuse(
            "this link leads to no call",
            rule="known_link",
            cure="Open it again from the mail, complete to the last letter.",
            reason=Reason.MISSING,
        )
    linked = desk.by_link
    is_it = (
        linked is not None
        and linked.invitation == invited.call.id
        and linked.person_id == invited.bureau.person_id
    )
    return invited, linked if is_it else None


routes: list[Route] = [
    Route("/nominate/{token}", open_to_all(show), methods=["GET"]),
    Route("/nominate/{token}", open_to_all(nominate), methods=["POST"]),
    Route("/nominate/{token}/back", open_to_all(take_back), methods=["POST"]),
]
