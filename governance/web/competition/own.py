"""A candidate's own page, by the link of their mail and a code: stage, what is owed, their data."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from starlette.responses import Response
from starlette.routing import Route

from governance.access.actor import Actor
from governance.acts import perform
from governance.appointments.lifecycle import CandidacyLifecycle
from governance.appointments.models import Candidacy
from governance.appointments.own.acts import CORRECT, TAKE_BACK, Corrected, TakenBack
from governance.appointments.own.link import candidacy_of_token
from governance.appointments.own.queries import OwnFile, own_file, tell_own
from governance.lifecycle import why_not
from governance.refusals import Reason, Refused, refuse, say
from governance.web.cases.asked import refused_fields, status_of
from governance.web.cases.marks import GOES_ON
from governance.web.cases.reading import Reading, reading_for
from governance.web.competition.forecast import parse_day
from governance.web.competition.views import OwnPage
from governance.web.desk import Desk, open_to_all
from governance.web.questions.proving import ask
from governance.web.views import EMPTY, Document, Fact, Filled, Mark, Option, Stage, Words

STATES: dict[str, Mark] = {
    "nominated": Mark("now", say("Received; it will be examined")),
    "eligible": Mark("now", say("Eligible; checks follow")),
    "declarations": Mark("now", say("Your declarations are awaited")),
    "checks": Mark("now", say("Checks are under way")),
    "review": Mark("now", say("Checks are under way")),
    "cleared": Mark("now", say("Checks are closed; the selection follows")),
    "cleared_with_conditions": Mark("now", say("Checks are closed; the selection follows")),
    "shortlisted": Mark("now", say("Under consideration")),
    "chosen": Mark("ok", say("An offer is made to you, or prepared")),
    "appointed": Mark("ok", say("Appointed")),
    "ineligible": Mark("none", say("Not continued; you are written to")),
    "refused": Mark("none", say("Not continued; you are written to")),
    "declined": Mark("none", say("You declined the offer")),
    "withdrawn": Mark("none", say("Withdrawn at your wish")),
}
ENDED = frozenset({"appointed", "ineligible", "refused", "declined", "withdrawn"})
FIELDS = ("given_names", "family_name", "nationality", "birth_date", "employer", "language")


def show(desk: Desk) -> Response:
    """Where the candidate stands, what they owe, and what is held."""
    actor, candidacy = _whose(desk)
    if actor is None:
        return ask(desk, "candidacy", candidacy.person_id)
    return desk.page("own", _page(desk, actor, candidacy))


def export(desk: Desk) -> Response:
    """Everything that is held, structured, as a file to keep."""
    actor, candidacy = _whose(desk)
    if actor is None:
        return ask(desk, "candidacy", candidacy.person_id)
    told = tell_own(desk.house, actor, candidacy.id)
    name = f"{told['candidacy']['case']}-my-data.json"
    return Response(
        json.dumps(told, ensure_ascii=False, indent=2, default=str),
        media_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def correct(desk: Desk) -> Response:
    """Put one's data right."""
    actor, candidacy = _whose(desk)
    if actor is None:
        return ask(desk, "candidacy", candidacy.person_id)
    try:
        with desk.house.database.reading() as session:
            file = own_file(session, actor, candidacy.id)
        given = _corrected(desk, file)
        perform(desk.house, actor, CORRECT, candidacy.case_id, given)
    except Refused as refused:
        return _again(desk, actor, candidacy, refused)
    return desk.go(f"/candidacy/{desk.path['token']}?done=corrected")


def take_back(desk: Desk) -> Response:
    """Withdraw from the competition."""
    actor, candidacy = _whose(desk)
    if actor is None:
        return ask(desk, "candidacy", candidacy.person_id)
    if desk.text("sure") != "yes":
        fault = refuse(
            "the box is not ticked",
            rule="said_so",
            cure="Tick it if you want to withdraw.",
            where="sure",
            reason=Reason.INPUT,
        )
        return _again(desk, actor, candidacy, fault)
    try:
        given = TakenBack(candidacy.id, desk.text("reason"))
        perform(desk.house, actor, TAKE_BACK, candidacy.case_id, given)
    except Refused as refused:
        return _again(desk, actor, candidacy, refused)
    return desk.go(f"/candidacy/{desk.path['token']}?done=withdrawn")


def _corrected(desk: Desk, file: OwnFile) -> Corrected:
    typed = {name: desk.text(name) for name in FIELDS}
    person, facts = file.person, file.candidacy.facts
    born = parse_day(typed["birth_date"], "birth_date")
    return Corrected(
        file.candidacy.id,
        given_names=_if_new(typed["given_names"], person.given_names),
        family_name=_if_new(typed["family_name"], person.family_name),
        language=_if_new(typed["language"], person.language),
        nationality=_if_new(typed["nationality"].upper(), person.nationality or ""),
        birth_date=born if born != person.birth_date else None,
        employer=_if_new(typed["employer"], str(facts.get("current_employer") or "")),
    )


def _if_new(typed: str, kept: str) -> str | None:
    return typed if typed and typed != kept else None


def _whose(desk: Desk) -> tuple[Actor | None, Candidacy]:
    """The candidacy of the link, and its candidate if they have proven that they are."""
    with desk.house.database.reading() as session:
        candidacy = candidacy_of_token(desk.house, session, desk.path["token"])
    if candidacy is None:
        raise refuse(
            "this link leads to no candidacy",
            rule="known_link",
            cure="Open it again from the mail, complete to the last letter.",
            reason=Reason.MISSING,
        )
    linked, signed_in = desk.by_link, desk.actor
    if linked is not None and linked.invitation == candidacy.id:
        return linked, candidacy
    own = signed_in is not None and signed_in.person_id == candidacy.person_id
    return (signed_in if own else None), candidacy


def _again(desk: Desk, actor: Actor, candidacy: Candidacy, refused: Refused) -> Response:
    filled = desk.filled(refused_fields(refused))
    page = replace(_page(desk, actor, candidacy), refused=refused.findings, filled=filled)
    return desk.page("own", page, status=status_of(refused))


def _page(desk: Desk, actor: Actor, candidacy: Candidacy) -> OwnPage:
    with desk.house.database.reading() as session:
        file = own_file(session, actor, candidacy.id)
        reading = reading_for(desk.house, session, actor, file.rulebook, desk.language)
    base = f"/candidacy/{desk.path['token']}"
    person, over = file.person, _is_over(file)
    return OwnPage(
        name=person.name,
        post=Fact(file.case.reference, reading.text(file.post.title)),
        state=_state(file),
        stages=_stages(file, reading),
        owed=tuple(
            _owed(each.question, each.invitation, each.last_day, desk, reading)
            for each in file.owed
        ),
        documents=tuple(
            Document(say("A letter to you"), f"/letters/{_letter(desk, each.id)}", "PDF")
            for each in file.documents
            if each.kind == "regret"
        ),
        action=base,
        export_href=f"{base}/data.json",
        languages=tuple(Option(code, reading.tongue(code)) for code in ("en", "fr", "es", "ar")),
        may_withdraw=not over and not why_not(CandidacyLifecycle, file.candidacy.state, "withdraw"),
        is_over=over,
        examined=file.candidacy.state != "nominated",
        done=_done(desk),
        filled=Filled(
            {
                "given_names": person.given_names,
                "family_name": person.family_name,
                "nationality": person.nationality or "",
                "birth_date": person.birth_date.isoformat() if person.birth_date else "",
                "employer": str(file.candidacy.facts.get("current_employer") or ""),
                "language": person.language,
            },
            EMPTY.faults,
        ),
    )


def _is_over(file: OwnFile) -> bool:
    return file.case.state not in GOES_ON


def _state(file: OwnFile) -> Mark:
    """Where the candidate stands; after the end, how it ended for whoever was still there."""
    if not _is_over(file) or file.candidacy.state in ENDED:
        return STATES[file.candidacy.state]
    if file.case.state == "completed":
        return Mark("none", say("The competition has ended; somebody else was chosen"))
    return Mark("none", say("The competition has ended without an appointment"))


def _done(desk: Desk) -> Words:
    said = {"corrected": say("Your data are corrected."), "withdrawn": say("You have withdrawn.")}
    return said.get(desk.request.query_params.get("done", ""), "")


def _stages(file: OwnFile, reading: Reading) -> tuple[Stage, ...]:
    """The stages as far as they concern every candidate: passed, present, to come."""
    shown = [each for each in file.procedure.stages if each.verb not in {"finish", "weigh"}]
    over = _is_over(file)
    told = []
    for each in shown:
        passed = each.key in file.case.passed
        here = each.key == file.case.stage and not over
        told.append(
            Stage(reading.text(each.title), "now" if here else "done" if passed else "todo")
        )
    return tuple(told)


def _owed(
    question: dict[str, str], invitation: str, last_day: str, desk: Desk, reading: Reading
) -> Fact:
    token = desk.house.keys.token(f"invitation:{invitation}")
    until: Words = say("until {day}", day=date.fromisoformat(last_day)) if last_day else ""
    return Fact(reading.text(question), until, f"/decide/{token}")


def _letter(desk: Desk, document: str) -> str:
    return desk.house.keys.token(f"document:{document}")


routes = [
    Route("/candidacy/{token}", open_to_all(show), methods=["GET"]),
    Route("/candidacy/{token}/data.json", open_to_all(export), methods=["GET"]),
    Route("/candidacy/{token}/correct", open_to_all(correct), methods=["POST"]),
    Route("/candidacy/{token}/withdraw", open_to_all(take_back), methods=["POST"]),
]
