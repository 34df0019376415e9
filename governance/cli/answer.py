"""`mandate answer` and `mandate waiting`: what waits for a person, and the answer."""

from __future__ import annotations

import re
import sys
from typing import Annotated

import typer

from governance.access.actor import Actor, Level
from governance.access.signing import challenge_for_link, enter, who
from governance.acts import perform
from governance.appointments.telling import Plain, no_such_question, tell_question, tell_waiting
from governance.cli.appointment import say_done
from governance.cli.casefile import show_question
from governance.cli.desk import VIA, actor_of, keep, kept, mail_code, open_house
from governance.cli.saying import Json, as_json, line, table, words
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.models import Consultation, Invitation
from governance.consultation.queries import by_token
from governance.house import House
from governance.refusals import Reason, refuse

KEY = re.compile(r"[0-9a-f]{32}")
LINK = re.compile(r"(?:https?://\S+/)?([0-9a-f]{64})/?")

Question = Annotated[
    str,
    typer.Argument(
        metavar="REF",
        help="The case's reference, the id of the question, or the link of the mail.",
    ),
]
Position = Annotated[
    str, typer.Option("--position", metavar="KEY", help="The answer; without it, what may be said.")
]
Chosen = Annotated[
    list[str] | None,
    typer.Option("--choose", metavar="CANDIDACY", help="Whom you choose; may be given again."),
]
Text = Annotated[str, typer.Option("--text", help="Your reason; kept confidentially.")]
Version = Annotated[
    int | None,
    typer.Option("--version", metavar="N", help="The version of the papers that you have read."),
]
OneTimeCode = Annotated[
    str, typer.Option("--code", help="The code that was mailed to you, for an answer by link.")
]


def waiting(in_json: Json = False) -> None:
    """List what waits for your answer, the nearest deadline first.

    Example: mandate waiting
    """
    with open_house() as house:
        found = tell_waiting(house, actor_of(house))
    if in_json:
        as_json(found)
        return
    rows = [
        (
            each["reference"],
            words(each["question"]),
            each["last_day"],
            ", ".join(each["positions"]),
            each["consultation"],
        )
        for each in found
    ]
    if rows:
        table(("Case", "Question", "Until", "Answers", "Id"), rows)
    else:
        line("Nothing waits for you.")


def answer(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    question: Question,
    position: Position = "",
    choose: Chosen = None,
    text: Text = "",
    version: Version = None,
    code: OneTimeCode = "",
    in_json: Json = False,
) -> None:
    """Answer a question that was put to you; without --position, see what may be answered.

    A question that was sent by link is answered with the link: a code is mailed to you first.

    For example:

    mandate answer INT-2026-0001 --position appoint --choose 0123456789abcdef0123456789abcdef

    mandate answer INT-2026-0001 --position send_back --text "One more reference is needed."

    mandate answer https://mandate.organisation.example/decide/TOKEN --position accept
    """
    with open_house() as house:
        found = LINK.fullmatch(question)
        actor, key = _by_link(house, found[1], code) if found else find_by_name(house, question)
        if actor is None:
            _say_code_is_on_its_way(in_json=in_json)
            return
        asked = tell_question(house, actor, key)
        if not position:
            _show(asked, in_json=in_json)
            return
        given = GivenAnswer(
            position,
            tuple(choose or ()),
            text,
            asked["content_version"] if version is None else version,
        )
        receipt = perform(house, actor, ANSWER, asked["id"], given)
    said = words(next(each["title"] for each in asked["positions"] if each["key"] == position))
    say_done(receipt, f"Answered: {said}.", in_json=in_json)


def find_by_name(house: House, name: str) -> tuple[Actor, str]:
    """Who is signed in, and the question of an id, or the one of a case that waits for them."""
    actor = actor_of(house)
    if KEY.fullmatch(name):
        return actor, name
    waits = [each for each in tell_waiting(house, actor) if each["reference"] == name.upper()]
    if len(waits) == 1:
        return actor, waits[0]["consultation"]
    if not waits:
        raise refuse(
            'nothing in "{name}" waits for your answer',
            rule="known_consultation",
            cure="See what waits for you: mandate waiting.",
            reason=Reason.MISSING,
            name=name[:60],
        )
    raise refuse(
        'several questions in "{name}" wait for your answer',
        rule="one_question",
        cure="Give the id of one: {ids}.",
        reason=Reason.INPUT,
        name=name[:60],
        ids=", ".join(each["consultation"] for each in waits),
    )


def _by_link(house: House, token: str, code: str) -> tuple[Actor | None, str]:
    """Who opened a link: proven by a code, or by the session where the question wants one."""
    with house.database.reading() as session:
        invitation = by_token(session, token)
        if invitation is None:
            raise no_such_question()
        wants = session.get_one(Consultation, invitation.consultation_id).level
    if wants != Level.LINK:
        return actor_of(house), invitation.id
    return _proven(house, invitation, code), invitation.id


def _proven(house: House, invitation: Invitation, code: str) -> Actor | None:
    """The actor of a link, or None where the code was sent just now and cannot be asked for."""
    mine = f"link:{invitation.id}"
    at_hand = kept(house.settings)
    if not code:
        asked = challenge_for_link(house, invitation.person_id, invitation.id)
        mail_code(house, asked)
        at_hand = {**at_hand, mine: asked.id}
        keep(house.settings, **at_hand)
        if not sys.stdin.isatty():
            return None
        line("A code is on its way to your registered address.")
        code = typer.prompt("Code")
    actor = who(house, enter(house, at_hand.get(mine, ""), code), VIA)
    keep(house.settings, **{key: each for key, each in at_hand.items() if key != mine})
    return actor


def _say_code_is_on_its_way(*, in_json: bool) -> None:
    if in_json:
        as_json({"code": "on its way to the registered address"})
    else:
        line("A code is on its way to your registered address.")
        line("Give the same command again with --code CODE.")


def _show(asked: Plain, *, in_json: bool) -> None:
    if in_json:
        as_json(asked)
    else:
        show_question(asked)
