"""`mandate consultation show, list, answer, extend, pause, change, count …`: conduct a question."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from governance.acts import Verb, perform
from governance.cli.appointment import say_done
from governance.cli.asked import (
    counted_in,
    length,
    paragraphs_in,
    parts_in,
    person_called,
    proposals_in,
    scores_in,
)
from governance.cli.counting import day
from governance.cli.desk import actor_of, open_house
from governance.cli.questions import say_difference, say_list, say_question
from governance.cli.saying import Json
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.casters import casting_for
from governance.consultation.changing import CHANGE, CONFIRM_CHANGE, Change, Confirmed
from governance.consultation.ending import (
    CLOSE,
    DRAW_LOT,
    WITHDRAW,
    Closing,
    Lot,
    Withdrawn,
)
from governance.consultation.extending import ASK_EXTENSION, EXTEND, MoreTime, Wanted
from governance.consultation.pausing import PAUSE, RESUME, RunOn, Stop
from governance.consultation.proposing import SETTLE_PROPOSAL, Settled
from governance.consultation.rounds import NEXT_ROUND, NextRound
from governance.consultation.taking_back import TAKE_BACK, BackAgain
from governance.consultation.tellers import COUNT, Counted
from governance.consultation.telling import (
    list_consultations,
    readable,
    tell_consultation,
    tell_difference,
)

Id = Annotated[str, typer.Argument(metavar="ID", help="The id of a question.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept confidentially.")]
Text = Annotated[str, typer.Option("--text", help="Your reason; kept confidentially.")]
Until = Annotated[str, typer.Option("--until", metavar="DATE", help="The last day, inclusive.")]
State = Annotated[str, typer.Option("--state", help="open, tied, closed or withdrawn; empty: all.")]
Position = Annotated[str, typer.Option("--position", metavar="KEY", help="The answer.")]
Chosen = Annotated[
    list[str] | None, typer.Option("--choose", metavar="KEY", help="Whom you choose.")
]
Seen = Annotated[
    int | None, typer.Option("--version", metavar="N", help="The version that you have read.")
]
Scores = Annotated[
    Path | None,
    typer.Option("--scores", metavar="FILE", help="CSV: candidate, criterion, score."),
]
Proposals = Annotated[
    Path | None,
    typer.Option("--proposals", metavar="FILE", help="JSON or CSV: anchor, old, new, reason."),
]
Number = Annotated[int, typer.Argument(metavar="N", help="The number of the proposal.")]


def list_them(state: State = "", in_json: Json = False) -> None:
    """List the questions that you were asked or have put, the newest first.

    Example: mandate consultation list --state open
    """
    with open_house() as house:
        found = list_consultations(house, actor_of(house), state=state)
    say_list(found, in_json=in_json)


def show(consultation: Id, in_json: Json = False) -> None:
    """Show a question: clock and timeline, roll, answers where they may be seen, proposals.

    Example: mandate consultation show 0123456789abcdef0123456789abcdef --json
    """
    with open_house() as house:
        told = tell_consultation(house, actor_of(house), consultation)
    say_question(told, in_json=in_json)


def show_difference(
    consultation: Id,
    since: Annotated[int, typer.Option("--since", metavar="N", help="From this version.")] = 1,
    until: Annotated[int, typer.Option("--to", metavar="N", help="To this version.")] = 0,
    in_json: Json = False,
) -> None:
    """Show what changed in the content between two versions, word by word.

    Example: mandate consultation difference 0123456789abcdef0123456789abcdef --since 1
    """
    with open_house() as house:
        told = tell_difference(house, actor_of(house), consultation, since, until)
    say_difference(told, in_json=in_json)


def answer(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    consultation: Id,
    position: Position,
    choose: Chosen = None,
    text: Text = "",
    version: Seen = None,
    scores: Scores = None,
    proposals: Proposals = None,
    in_json: Json = False,
) -> None:
    """Answer a question: a position, scores from a file, or marked changes of its text.

    A ballot that is secret for ever is cast by the same command; nothing says afterwards what
    was on the paper.

    For example:

    mandate consultation answer 0123456789abcdef0123456789abcdef --position yes

    mandate consultation answer 0123456789abcdef0123456789abcdef --position scored --scores mine.csv
    """
    filled = scores_in(scores)
    changes = proposals_in(proposals)
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            asked = readable(session, actor, consultation).consultation
        seen = asked.content_version if version is None else version
        given = GivenAnswer(
            position, tuple(choose or ()), text, seen, scores=filled, proposals=changes
        )
        receipt = perform(house, actor, ANSWER, asked.id, given)
    cast = receipt is not None and receipt.facts.get("took_part")
    say_done(receipt, "Your paper is cast." if cast else "Answered.", in_json=in_json)


def take_back(consultation: Id, in_json: Json = False) -> None:
    """Take your answer back, for the minutes that the rule gives.

    Example: mandate consultation take-back 0123456789abcdef0123456789abcdef
    """
    _act(consultation, TAKE_BACK, BackAgain(), "Taken back.", in_json=in_json)


def extend(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    consultation: Id,
    reason: Reason,
    days: Annotated[int, typer.Option("--days", min=0, help="By calendar days.")] = 0,
    working_days: Annotated[int, typer.Option("--working-days", min=0, help="By these.")] = 0,
    hours: Annotated[int, typer.Option("--hours", min=0, help="By hours.")] = 0,
    until: Until = "",
    in_json: Json = False,
) -> None:
    """Give everybody more time, with a reason; everybody is told.

    Example: mandate consultation extend ID --working-days 5 --reason "The file came late."
    """
    given = MoreTime(reason, length(days, working_days, hours, until), day(until, "--until"))
    _act(consultation, EXTEND, given, "Extended.", in_json=in_json)


def ask_extension(consultation: Id, reason: Reason, in_json: Json = False) -> None:
    """Ask for more time, as somebody who was asked; the rule may stop the clock for it.

    Example: mandate consultation ask-extension ID --reason "The capital has not answered."
    """
    _act(consultation, ASK_EXTENSION, Wanted(reason), "More time is asked for.", in_json=in_json)


def pause(
    consultation: Id,
    reason: Reason,
    owner: Annotated[
        str, typer.Option("--awaiting", metavar="EMAIL", help="Whose information is awaited.")
    ] = "",
    until: Until = "",
    in_json: Json = False,
) -> None:
    """Let the clock stand still while information is awaited, within the limit of the rule.

    Example: mandate consultation pause ID --reason "A reference is awaited." --until 2026-12-04
    """
    with open_house() as house:
        given = Stop(reason, person_called(house, owner), day(until, "--until"))
    _act(consultation, PAUSE, given, "The clock stands still.", in_json=in_json)


def resume(
    consultation: Id,
    reason: Annotated[str, typer.Option("--reason", help="Why; kept confidentially.")] = "",
    in_json: Json = False,
) -> None:
    """Let the clock run on; everybody gets the time back.

    Example: mandate consultation resume ID --reason "The reference has come."
    """
    _act(consultation, RESUME, RunOn(reason), "The clock runs on.", in_json=in_json)


def change(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    consultation: Id,
    kind: Annotated[str, typer.Option("--class", help="editorial or substantive.")],
    reason: Reason,
    content: Annotated[
        Path | None, typer.Option("--content", metavar="FILE", help="JSON: the parts that differ.")
    ] = None,
    text: Annotated[
        Path | None,
        typer.Option("--text", metavar="FILE", help="The new text, a paragraph a block."),
    ] = None,
    in_json: Json = False,
) -> None:
    """Change the content of an open question; the rule says what earlier answers are worth.

    Example: mandate consultation change ID --class editorial --reason "Spelling." --text new.txt
    """
    parts: dict[str, Any] = parts_in(content) if content is not None else {}
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            asked = readable(session, actor, consultation).consultation
        if text is not None:
            parts["text"] = paragraphs_in(text, asked.content.get("text", ()))
        receipt = perform(house, actor, CHANGE, asked.id, Change(kind, parts, reason))
    say_done(receipt, "Changed.", in_json=in_json)


def confirm_change(
    consultation: Id,
    version: Annotated[int, typer.Option("--version", metavar="N", help="The proposed version.")],
    in_json: Json = False,
) -> None:
    """Confirm, as a second person, a change that waits for one.

    Example: mandate consultation confirm-change ID --version 2
    """
    _act(consultation, CONFIRM_CHANGE, Confirmed(version), "Confirmed.", in_json=in_json)


def teller(
    consultation: Id,
    counted: Annotated[
        list[str] | None,
        typer.Option("--count", metavar="POSITION=N", help="Papers with this position."),
    ] = None,
    candidates: Annotated[
        list[str] | None,
        typer.Option("--votes", metavar="CANDIDATE=N", help="Votes for this candidate."),
    ] = None,
    in_json: Json = False,
) -> None:
    """Enter, as a teller, what you counted. Agreement makes the outcome; disagreement is shown.

    Example: mandate consultation teller ID --count yes=112 --count no=41 --count abstain=9
    """
    given = Counted(counted_in(counted, "--count"), counted_in(candidates, "--votes"))
    _act(consultation, COUNT, given, "Your count is entered.", in_json=in_json)


def close(consultation: Id, in_json: Json = False) -> None:
    """Close a vote that no deadline closes: who has not answered will not any more.

    Example: mandate consultation close 0123456789abcdef0123456789abcdef
    """
    _act(consultation, CLOSE, Closing(), "Closed.", in_json=in_json)


def draw_lot(
    consultation: Id,
    words: Annotated[str, typer.Option("--words", help="Said in the open; part of the seed.")] = "",
    in_json: Json = False,
) -> None:
    """Draw the lot that the rule asks for; anybody can draw it again from the recorded seed.

    Example: mandate consultation draw-lot ID --words "as called out by the youngest member"
    """
    _act(consultation, DRAW_LOT, Lot(words), "The lot is drawn.", in_json=in_json)


def cast(
    consultation: Id,
    position: Position,
    choose: Chosen = None,
    text: Text = "",
    in_json: Json = False,
) -> None:
    """Break a tie, as whoever the rule names: the ID is that of the tied question.

    For example:

    mandate consultation cast 0123456789abcdef0123456789abcdef --position yes
    """
    with open_house() as house:
        actor = actor_of(house)
        put = casting_for(house, actor, consultation)
        given = GivenAnswer(position, tuple(choose or ()), text, put.content_version)
        receipt = perform(house, actor, ANSWER, put.id, given)
    say_done(receipt, "The casting vote is given.", in_json=in_json)


def next_round(consultation: Id, in_json: Json = False) -> None:
    """Put the question again, where its outcome asks for another round or a second call.

    Example: mandate consultation next-round 0123456789abcdef0123456789abcdef
    """
    _act(consultation, NEXT_ROUND, NextRound(), "The next round is open.", in_json=in_json)


def withdraw(consultation: Id, reason: Reason, in_json: Json = False) -> None:
    """Withdraw a question: nothing follows from it.

    Example: mandate consultation withdraw ID --reason "The post was abolished."
    """
    _act(consultation, WITHDRAW, Withdrawn(reason), "Withdrawn.", in_json=in_json)


def settle(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    consultation: Id,
    number: Number,
    how: Annotated[
        str,
        typer.Option("--as", help="accept_editorial, accept_substantive, refuse, refer or note."),
    ],
    reason: Annotated[str, typer.Option("--reason", help="Why; needed to refuse.")] = "",
    referred_to: Annotated[str, typer.Option("--to", help="To whom it is referred.")] = "",
    in_json: Json = False,
) -> None:
    """Settle a proposal to a text, once.

    Example: mandate consultation settle ID 3 --as refuse --reason "It changes what was decided."
    """
    given = Settled(number, how, reason, referred_to)
    _act(consultation, SETTLE_PROPOSAL, given, "Settled.", in_json=in_json)


def _act(
    consultation: str, verb: Verb[Any, Any], given: object, told: str, *, in_json: bool
) -> None:
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            asked = readable(session, actor, consultation).consultation
        receipt = perform(house, actor, verb, asked.id, given)
    say_done(receipt, told, in_json=in_json)
