"""`mandate consultation`: try a rule on answers, check it, see its format; explain an outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, ClassVar

import pendulum
import typer
from pydantic import TypeAdapter

from governance.cli.saying import DONE, Json, as_json, line
from governance.cli.trial.rule import Written, read_rule
from governance.cli.trial.table import read_table
from governance.cli.trial.telling import Tried
from governance.cli.trial.voices import rounds_of
from governance.cli.trouble import Commands, Place
from governance.consultation.rules import DecisionRule, Voice, outcome
from governance.consultation.rules.further import next_round
from governance.refusals import Reason, refuse
from governance.rulebook import decisions
from governance.rulebook.decisions import FURTHER_ROUND, KINDS, REVOTE


class Consultations(Commands):
    """The commands on rules are here; those on questions are read when they are wanted."""

    places: ClassVar[Mapping[str, Place]] = {
        name: Place("governance.cli.conducting", function, "Questions")
        for name, function in {
            "list": "list_them",
            "show": "show",
            "difference": "show_difference",
            "answer": "answer",
            "take-back": "take_back",
            "extend": "extend",
            "ask-extension": "ask_extension",
            "pause": "pause",
            "resume": "resume",
            "change": "change",
            "confirm-change": "confirm_change",
            "teller": "teller",
            "settle": "settle",
            "close": "close",
            "cast": "cast",
            "draw-lot": "draw_lot",
            "next-round": "next_round",
            "withdraw": "withdraw",
        }.items()
    }

    def list_commands(self, ctx: Any) -> list[str]:
        """Those on rules, then those on questions."""
        own = [each for each in self.commands if each not in self.places]
        return [*own, *super().list_commands(ctx)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command that is here, or one to be read."""
        if cmd_name in self.commands:
            return self.commands[cmd_name]
        return super().get_command(ctx, cmd_name)


commands = typer.Typer(
    name="consultation",
    cls=Consultations,
    no_args_is_help=True,
    add_completion=False,
    help="Rules of decision, tried on answers; questions, from the answer to the outcome.",
)

RuleFile = Annotated[Path, typer.Argument(metavar="RULE.yaml", help="A rule of decision.")]
AnswersFile = Annotated[
    Path,
    typer.Argument(
        metavar="ANSWERS.csv",
        help="Columns name, position; where needed present, entitled, weight, seat, and others.",
    ),
]
RollFile = Annotated[
    Path | None,
    typer.Option("--roll", metavar="ROLL.csv", help="Everybody entitled, answered or not."),
]
Closed = Annotated[
    bool, typer.Option("--closed", help="The time is over: who has not answered will not.")
]
Round = Annotated[int, typer.Option("--round", min=1, help="Which vote on the question it is.")]
Call = Annotated[int, typer.Option("--call", min=1, help="2: a second call, with its quorum.")]
Seed = Annotated[str, typer.Option("--seed", help="The seed, recorded in the open, for a lot.")]
Secret = Annotated[bool, typer.Option("--secret", help="The ballot is secret, for rules on ties.")]
Id = Annotated[
    str, typer.Argument(metavar="ID", help="The id of a question, as in mandate waiting.")
]
ANY_INSTANT = pendulum.datetime(2000, 1, 1)  # voices from a file have no deadlines


@commands.command("try")
def try_rule(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    rule: RuleFile,
    answers: AnswersFile,
    roll: RollFile = None,
    closed: Closed = False,
    round_: Round = 1,
    call: Call = 1,
    seed: Seed = "",
    secret: Secret = False,
    in_json: Json = False,
) -> None:
    """Try a rule of decision on answers. Touches no database, and needs no installation.

    Exit status: 0 carried (or elected), 1 not carried, 2 bad input, 3 undecided.

    Somebody without a position has not answered yet, and may still: with --closed, not any more.

    Example: mandate consultation try rule.yaml answers.csv --roll roll.csv --json
    """
    written = read_rule(rule)
    law = replace(DecisionRule.from_plain(written.plain), round=round_, call=call, seed=seed)
    law = replace(law, secrecy="secret_for_ever") if secret else law
    table = read_table(answers)
    enrolled = read_table(roll) if roll is not None else None
    rounds = rounds_of(written, table, enrolled, law)
    _fits(law, next(iter(rounds.values())))
    tried = _tried(written, law, rounds, closed=closed)
    ignored = (*table.ignored, *(enrolled.ignored if enrolled else ()))
    _tell(replace(tried, ignored=ignored), closed=closed, in_json=in_json)
    raise typer.Exit(tried.status)


@commands.command("explain")
def explain(consultation: Id, in_json: Json = False) -> None:
    """Explain a question and its outcome: rule, roll, base, needed, working, article.

    The sentences are the certificate of the question: as they were stored when it closed, or as
    the count stands while it is open.

    Example: mandate consultation explain 0123456789abcdef0123456789abcdef
    """
    from governance.cli.explaining import say_certificate  # noqa: PLC0415 -- trying needs no house

    say_certificate(consultation, in_json=in_json)


@commands.command("check")
def check_rule(rule: RuleFile, in_json: Json = False) -> None:
    """Check a rule of decision by itself: every fault with line and cure.

    Exit status: 0 it can be counted, 2 it cannot.

    Example: mandate consultation check rule.yaml
    """
    written = read_rule(rule)
    if in_json:
        as_json({"clean": True, "findings": [], "rule": written.plain})
    else:
        line(f"{rule} is in order. {KINDS[written.rule.kind].sentence}")
    raise typer.Exit(DONE)


@commands.command("schema")
def print_schema() -> None:
    """Print the format of a rule as JSON Schema, for editors.

    Example: mandate consultation schema > decision-rule.schema.json
    """
    schema = TypeAdapter(decisions.DecisionRule).json_schema(by_alias=True)
    draft = "https://json-schema.org/draft/2020-12/schema"
    as_json({"$schema": draft, **schema, "title": "Rule of decision"})


def _tried(
    written: Written, law: DecisionRule, rounds: dict[int, list[Voice]], *, closed: bool
) -> Tried:
    """One round after the other, each under what the round before has left."""
    tried: Tried | None = None
    plain: dict[str, Any] = {**written.plain, "round": min(rounds)}
    for number, voices in rounds.items():
        if tried is not None:
            if tried.outcome.result not in {REVOTE, FURTHER_ROUND}:
                raise _decided_before(tried, number)
            plain = {**next_round(plain, tried.outcome.as_plain("")), "round": number}
        of_round = DecisionRule.from_plain(plain)
        of_round = replace(of_round, call=law.call, seed=law.seed, secrecy=law.secrecy)
        over = closed or number < max(rounds)
        final = [replace(each, final=each.final or over) for each in voices]
        tried = Tried(written, of_round, outcome(of_round, final, ANY_INSTANT))
    assert tried is not None  # noqa: S101 -- there is always one round
    return tried


def _decided_before(tried: Tried, number: int) -> Exception:
    return refuse(
        "round {number} has answers, and the round before it did not call for another: {said}",
        rule="rounds_follow",
        cure="Remove the rows of the later round, or correct those of the earlier one.",
        where="column round",
        reason=Reason.INPUT,
        number=number,
        said=tried.sentence,
    )


def _fits(law: DecisionRule, voices: list[Voice]) -> None:
    """Somebody is asked; one person where one decides; and everybody whom the rule names."""
    asked = [each for each in voices if each.entitled and not each.recused]
    if not voices or (KINDS[law.kind].one_person and len(asked) != 1):
        raise refuse(
            "nobody is asked"
            if not voices
            else "kind: {kind} is decided by one person, and {n} may answer",
            rule="rule_fits_the_roll",
            cure="Add a row for each person."
            if not voices
            else "Leave one row, or write another kind, such as any_one.",
            reason=Reason.INPUT,
            kind=law.kind,
            n=len(asked),
        )
    _names(law, voices)


def _names(law: DecisionRule, voices: list[Voice]) -> None:
    """Whoever the rule names by a veto or as concurring is among those asked."""
    for counting in (law.counting, *law.organs.values()):
        for what, names in (("veto", counting.veto), ("concurring", counting.concurring)):
            for name in names:
                if not any(each.is_called((name,)) for each in voices):
                    raise refuse(
                        'the rule names "{name}" under {what}, and nobody of that name, seat or '
                        "group is among those asked",
                        rule="rule_fits_the_roll",
                        cure="Add them to the answers or the roll, or correct the rule.",
                        where=what,
                        reason=Reason.INPUT,
                        name=name,
                        what=what,
                    )


def _tell(tried: Tried, *, closed: bool, in_json: bool) -> None:
    if in_json:
        as_json(tried.as_json())
        return
    if tried.written.title:
        line(tried.written.title)
    line(f"Rule: {tried.law.kind}. {KINDS[tried.law.kind].sentence}")
    line(f"Article: {tried.law.article}" if tried.law.article else "No article is cited.")
    for each in tried.outcome.working:
        text = str(each)
        line(f"  {text}")
    line(tried.sentence)
    if tried.outcome.result is None and not closed and tried.outcome.numbers.get("awaited"):
        line("Who has not answered may still answer; --closed counts it as it stands.")
    if tried.ignored:
        line(f"Columns that say nothing here: {', '.join(tried.ignored)}.")
