"""The quiet acts beside an answer, each on a page of its own: delegate, ask, step back, undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select
from starlette.responses import Response
from starlette.routing import Route

from governance.access.actor import Actor
from governance.acts import Verb, perform
from governance.consultation.extending import ASK_EXTENSION, Wanted
from governance.consultation.models import Consultation
from governance.consultation.standing.conflicts import DECLARED
from governance.consultation.standing.delegating import (
    DELEGATE,
    TAKE_BACK,
    Handing,
    TakingBack,
)
from governance.consultation.standing.informing import ASK_INFORMATION, Wanting
from governance.consultation.standing.models import Delegation
from governance.consultation.standing.queries import Entered
from governance.consultation.standing.recusing import RECUSE, SteppingBack
from governance.consultation.taking_back import TAKE_BACK as TAKE_ANSWER_BACK
from governance.consultation.taking_back import BackAgain
from governance.people.models import Person
from governance.refusals import Reason, Refused, Sentence, say
from governance.web.desk import Desk, field_of, open_to_all
from governance.web.question_views import Handing as Page
from governance.web.questions.entering import actor_at, entered, opened_for
from governance.web.questions.proving import ask
from governance.web.questions.telling import Opened
from governance.web.views import EMPTY, Act, Calm, Fact, Filled, Option, Words

FIELDS = {
    "delegate_is_known": "to",
    "delegate_may_answer": "to",
    "informant_is_known": "of",
    "known_ground": "ground",
    "reason_is_written": "text",
    "text_fits": "text",
    "text_is_there": "text",
}
ASKED = frozenset({"asked", "successor"})
NOT_FURTHER = say("only whoever was asked may do this, not who acts for them")
GROUNDS: Mapping[str, Sentence] = {
    "nationality": say("Same nationality as somebody whom it is about"),
    "family": say("Family of somebody whom it is about"),
    "own_case": say("My own case or benefit"),
    "own_line": say("My own line of report"),
    "other": say("Another reason"),
}


@dataclass(frozen=True)
class Kind:
    """One of the acts: its words, what it does, and what is said when it is done."""

    title: Sentence
    verb: Sentence
    explained: tuple[Sentence, ...]
    done: Sentence
    act: Verb[Consultation, Any]
    given: Callable[[Desk, Entered], object]


KINDS: Mapping[str, Kind] = {
    "delegate": Kind(
        say("Delegate this question"),
        say("Delegate"),
        (
            say("The person gets a link of their own and answers for you, in this question only."),
            say("A question is delegated once and not further; you can take it back."),
        ),
        say("The question is delegated"),
        DELEGATE,
        lambda desk, found: Handing(desk.text("to"), desk.text("text"), found.invitation.id),
    ),
    "ask": Kind(
        say("Ask for information"),
        say("Ask"),
        (
            say("Everybody who has to answer sees what you ask and what is told."),
            say("The clock stands still meanwhile where the rule of the question says so."),
        ),
        say("The information is asked for"),
        ASK_INFORMATION,
        lambda desk, found: Wanting(
            desk.text("text"),
            desk.text("of"),
            desk.text("name"),
            desk.language,
            found.invitation.id,
        ),
    ),
    "more-time": Kind(
        say("Ask for more time"),
        say("Ask for more time"),
        (
            say("Whoever put the question is told, and may extend the time for everybody."),
            say("The clock stands still meanwhile where the rule of the question says so."),
        ),
        say("More time is asked for"),
        ASK_EXTENSION,
        lambda desk, _: Wanted(desk.text("text")),
    ),
    "recuse": Kind(
        say("Step back from this question"),
        say("Step back"),
        (
            say("The roll is counted without you; your alternate or deputy is called."),
            say("The ground is on record. What you write is kept confidentially."),
        ),
        say("You have stepped back"),
        RECUSE,
        lambda desk, found: SteppingBack(
            desk.text("ground") or "other", desk.text("text"), found.invitation.id
        ),
    ),
}


def look(desk: Desk) -> Response:
    """The page of one act."""
    found = entered(desk)
    actor = actor_at(desk, found)
    if actor is None:
        return ask(desk, "decide", found.person_id)
    return _page(desk, actor, found, EMPTY)


def act(desk: Desk) -> Response:
    """Do it; or the same page again with everything typed and why not."""
    found = entered(desk)
    actor = actor_at(desk, found)
    if actor is None:
        return ask(desk, "decide", found.person_id)
    kind = _kind(desk)
    try:
        given = kind.given(desk, found)
        perform(desk.house, actor, kind.act, found.invitation.consultation_id, given)
    except Refused as refused:
        if refused.reason in {Reason.INPUT, Reason.RULE}:
            filled = desk.filled(field_of(refused, FIELDS))
            return _page(desk, actor, found, filled, status=422)
        return desk.refused(refused)
    return _done(desk, actor, found, kind)


def take_back_delegation(desk: Desk) -> Response:
    """Answer it oneself again."""
    found = entered(desk)
    actor = actor_at(desk, found)
    if actor is None:
        return ask(desk, "decide", found.person_id)
    given = TakingBack(found.invitation.id)
    perform(desk.house, actor, TAKE_BACK, found.invitation.consultation_id, given)
    return desk.go(f"/decide/{desk.path['token']}")


def take_answer_back(desk: Desk) -> Response:
    """Take the answer back while nothing has left; the question is open for another."""
    found = entered(desk)
    actor = actor_at(desk, found)
    if actor is None:
        return ask(desk, "decide", found.person_id)
    given = BackAgain(found.invitation.id)
    perform(desk.house, actor, TAKE_ANSWER_BACK, found.invitation.consultation_id, given)
    return desk.go(f"/decide/{desk.path['token']}")


def _kind(desk: Desk) -> Kind:
    return KINDS[desk.request.url.path.rpartition("/")[2]]


def _page(desk: Desk, actor: Actor, found: Entered, filled: Filled, status: int = 200) -> Response:
    kind, name = _kind(desk), desk.request.url.path.rpartition("/")[2]
    back = f"/decide/{desk.path['token']}"
    with desk.house.database.reading() as session:
        opened = opened_for(desk, session, actor, found)
        if opened.right is None or opened.consultation.state != "open":
            return desk.go(back)
        is_theirs = opened.right.kind in ASKED
        handed = _handed(opened) if name == "delegate" else ""
        acts_for_another = name == "delegate" and not is_theirs
        view = Page(
            kind=name,
            action=f"{back}/{name}",
            back=back,
            question=opened.reading.text(opened.consultation.question),
            title=kind.title,
            explained=kind.explained,
            verb=kind.verb,
            options=tuple(Option(key, GROUNDS[key]) for key in DECLARED)
            if name == "recuse"
            else (),
            blocked=NOT_FURTHER if acts_for_another else handed,
            filled=filled,
            may_take_back=bool(handed) and is_theirs,
        )
    return desk.page("handing", view, status=status)


def _handed(opened: Opened) -> Words:
    query = select(Delegation).where(
        col(Delegation.invitation_id) == opened.mine.invitation.id,
        col(Delegation.taken_back_at).is_(None),
    )
    kept = opened.reading.session.exec(query).first()
    person = opened.reading.session.get(Person, kept.to_id) if kept else None
    return say("Delegated to {name}", name=person.name) if person else ""


def _done(desk: Desk, actor: Actor, found: Entered, kind: Kind) -> Response:
    with desk.house.database.reading() as session:
        opened = opened_for(desk, session, actor, found)
        facts = (
            Fact(say("Question"), opened.reading.text(opened.consultation.question)),
            Fact(say("Case"), opened.consultation.reference),
        )
    still = opened.right is not None and opened.consultation.state == "open"
    way = (
        Act(say("Back to the question"), f"/decide/{desk.path['token']}")
        if still
        else Act(say("See what waits for me"), "/waiting")
    )
    return desk.page("calm", Calm(kind.done, kind.explained[:1], facts, act=way, tone="ok"))


routes: list[Route] = [
    *(
        Route(f"/decide/{{token}}/{name}", open_to_all(handler), methods=[method])
        for name in KINDS
        for handler, method in ((look, "GET"), (act, "POST"))
    ),
    Route("/decide/{token}/take-back", open_to_all(take_answer_back), methods=["POST"]),
    Route("/decide/{token}/delegate/back", open_to_all(take_back_delegation), methods=["POST"]),
]
