"""`mandate question`: what may be done with a question beside answering it."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from governance.acts import Verb, perform
from governance.appointments.telling import tell_question
from governance.cli.answer import find_by_name
from governance.cli.appointment import say_done
from governance.cli.desk import actor_of, open_house
from governance.cli.saying import Json
from governance.consultation.models import Invitation
from governance.consultation.standing.conflicts import DECLARED
from governance.consultation.standing.delegating import DELEGATE, TAKE_BACK, Handing, TakingBack
from governance.consultation.standing.drafting import DRAFT, Prepared
from governance.consultation.standing.informing import (
    ASK_INFORMATION,
    TELL_INFORMATION,
    Telling,
    Wanting,
)
from governance.consultation.standing.models import Information
from governance.consultation.standing.recusing import RECUSE, SteppingBack
from governance.refusals import Reason, refuse

commands = typer.Typer(
    help="Delegate a question, ask for information, step back, prepare an answer.",
    no_args_is_help=True,
    add_completion=False,
)

Question = Annotated[
    str, typer.Argument(metavar="REF", help="The case's reference, or the id of the question.")
]
Text = Annotated[str, typer.Option("--text", help="In words; kept confidentially.")]
To = Annotated[str, typer.Option("--to", metavar="EMAIL", help="To whom.")]


@commands.command("delegate")
def delegate(*, question: Question, to: To, text: Text = "", in_json: Json = False) -> None:
    """Hand one question to a named person, once, where its rule allows it.

    Example: mandate question delegate INT-2026-0001 --to emeka.nwachukwu@organisation.example
    """
    _act(question, DELEGATE, Handing(to, text), "The question is delegated.", in_json=in_json)


@commands.command("take-delegation-back")
def take_back(*, question: Question, in_json: Json = False) -> None:
    """Answer the question yourself again.

    Example: mandate question take-delegation-back INT-2026-0001
    """
    _act(question, TAKE_BACK, TakingBack(), "You answer it yourself again.", in_json=in_json)


@commands.command("ask")
def ask(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    question: Question,
    text: Text,
    of: Annotated[str, typer.Option("--of", metavar="EMAIL", help="Empty: who asked.")] = "",
    name: Annotated[str, typer.Option("--name", help="Of somebody from outside.")] = "",
    language: Annotated[str, typer.Option("--language", help="Theirs: en, fr, es, ar.")] = "en",
    in_json: Json = False,
) -> None:
    """Ask for information before you answer; everybody asked sees what is told.

    Example: mandate question ask INT-2026-0001 --text "Which budget line?"
    """
    given = Wanting(text, of, name, language)
    _act(question, ASK_INFORMATION, given, "The information is asked for.", in_json=in_json)


@commands.command("tell")
def tell(
    *,
    information: Annotated[str, typer.Argument(metavar="ID", help="Of the request.")],
    text: Text,
    in_json: Json = False,
) -> None:
    """Tell what you were asked for. It decides nothing.

    Example: mandate question tell 0123456789abcdef0123456789abcdef --text "Line 4.2."
    """
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            wanted = session.get(Information, information)
        if wanted is None or wanted.of_id != actor.person_id:
            raise refuse(
                "no such information is asked of you",
                rule="known_information",
                cure="Open the link of your mail.",
                reason=Reason.MISSING,
            )
        given = Telling(information, text)
        receipt = perform(house, actor, TELL_INFORMATION, wanted.consultation_id, given)
    say_done(receipt, "It is told to everybody who is asked.", in_json=in_json)


@commands.command("recuse")
def recuse(
    *,
    question: Question,
    ground: Annotated[str, typer.Option("--ground", help=f"One of: {', '.join(DECLARED)}.")],
    text: Text = "",
    in_json: Json = False,
) -> None:
    """Step back from a question; the roll is counted without you, your alternate is called.

    Example: mandate question recuse INT-2026-0001 --ground family
    """
    _act(question, RECUSE, SteppingBack(ground, text), "You have stepped back.", in_json=in_json)


@commands.command("prepare")
def prepare(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    invitation: Annotated[str, typer.Argument(metavar="ID", help="Of the office's invitation.")],
    position: Annotated[
        str, typer.Option("--position", metavar="KEY", help="The answer that is prepared.")
    ] = "",
    choose: Annotated[
        list[str] | None,
        typer.Option(
            "--choose",
            metavar="CANDIDACY",
            help="Whom the prepared answer chooses; give several times.",
        ),
    ] = None,
    text: Text = "",
    note: Annotated[str, typer.Option("--note", help="For the office alone.")] = "",
    in_json: Json = False,
) -> None:
    """Draft an answer for an office that you assist; its holder alone may send it.

    Example: mandate question prepare 0123456789abcdef0123456789abcdef --note "All is checked."
    """
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            kept = session.get(Invitation, invitation)
        if kept is None:
            raise refuse(
                "there is no such invitation",
                rule="known_invitation",
                cure="See the alarms and lists of the office.",
                reason=Reason.MISSING,
            )
        given = Prepared(invitation, position, tuple(choose or ()), text, note)
        receipt = perform(house, actor, DRAFT, kept.consultation_id, given)
    say_done(receipt, "The draft is kept.", in_json=in_json)


def _act(name: str, verb: Verb[Any, Any], given: object, said: str, *, in_json: bool) -> None:
    with open_house() as house:
        actor, key = find_by_name(house, name)
        asked = tell_question(house, actor, key)
        receipt = perform(house, actor, verb, asked["id"], given)
    say_done(receipt, said, in_json=in_json)
