"""`mandate representation review …`: a review of a composition, from opening to decision."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from governance.access.actor import Actor
from governance.acts import Verb, perform
from governance.cli.counting import day
from governance.cli.desk import actor_of, open_house
from governance.cli.representation import NOBODY, BodyName, Facts, Members, On
from governance.cli.representation_facts import given_from, read_csv
from governance.cli.saying import Json, as_json, line, table
from governance.house import House
from governance.refusals import Reason, refuse
from governance.representation.reviews import acts, queries
from governance.rulebook.bodies.reading import load_body

commands = typer.Typer(
    name="review",
    no_args_is_help=True,
    help="Reviews of a composition: due, computed, answered for in writing, decided.",
)

Id = Annotated[str, typer.Argument(metavar="REVIEW", help="Its id, as `list` prints it.")]
Due = Annotated[str, typer.Option("--due", metavar="DATE", help="The day on which it is due.")]
OfBody = Annotated[str, typer.Option("--body", metavar="BODY", help="Only those of this body.")]
Owner = Annotated[str, typer.Option("--owner", help="For which committee or case it is.")]
Election = Annotated[
    str, typer.Option("--election", metavar="DATE", help="The day of the next election.")
]
Text = Annotated[str, typer.Option("--text", help="Why; it is kept sealed.")]


@commands.command("open")
def open_review(
    body: BodyName, due: Due, owner: Owner = "", election: Election = "", in_json: Json = False
) -> None:
    """Open a review of a body that ships.

    Example: mandate representation review open itlos --due 2027-06-01
    """
    on = day(due, "--due")
    if on is None:
        raise refuse(
            "a review is due on a day",
            rule="review",
            cure="Give it with --due, such as --due 2027-06-01.",
            reason=Reason.INPUT,
            where="--due",
        )
    with open_house() as house:
        actor = actor_of(house)
        given = acts.Opened(body, on, owner, day(election, "--election"))
        receipt = perform(house, actor, acts.OPEN, None, given)
        assert receipt is not None  # noqa: S101 -- a person's act always writes
        _say(house, actor, receipt.subject_id, in_json=in_json)


@commands.command("list")
def list_reviews(body: OfBody = "", in_json: Json = False) -> None:
    """Show the reviews, the newest first.

    Example: mandate representation review list --body itlos
    """
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            found = [queries.as_plain(each) for each in queries.reviews(session, actor, body)]
    if in_json:
        as_json(found)
        return
    rows = [(each["id"], each["body"], each["due_on"], each["state"]) for each in found]
    table(("Review", "Body", "Due", "State"), rows)


@commands.command("show")
def show(review: Id, in_json: Json = False) -> None:
    """Show a review with the verdict that was computed.

    Example: mandate representation review show 0199…
    """
    with open_house() as house:
        _say(house, actor_of(house), review, in_json=in_json)


@commands.command("compute")
def compute(
    review: Id, members: Members, on: On = "", fact: Facts = NOBODY, in_json: Json = False
) -> None:
    """Judge the composition in a file; what is not kept must be answered for.

    Example: mandate representation review compute 0199… members.csv --on 2027-06-01
    """
    text = read_csv(members)
    with open_house() as house:
        law = load_body(_told(house, actor_of(house), review)["body"])
    facts = given_from(law, fact, NOBODY, NOBODY, None).facts
    _act(review, acts.COMPUTE, acts.Computed(text, day(on, "--on"), facts), in_json=in_json)


@commands.command("justify")
def justify(review: Id, text: Text, in_json: Json = False) -> None:
    """Justify in writing what considerations the composition does not keep.

    Example: mandate representation review justify 0199… --text "Nobody else stood."
    """
    _act(review, acts.JUSTIFY, acts.Answered(text), in_json=in_json)


@commands.command("waive")
def waive(review: Id, text: Text, in_json: Json = False) -> None:
    """Waive binding rules; only where each of them names who may, and by that role.

    Example: mandate representation review waive 0199… --text "Under article 12."
    """
    _act(review, acts.WAIVE, acts.Answered(text), in_json=in_json)


@commands.command("block")
def block(review: Id, in_json: Json = False) -> None:
    """Block a composition at risk until it is changed or waived.

    Example: mandate representation review block 0199…
    """
    _act(review, acts.BLOCK, None, in_json=in_json)


@commands.command("decide")
def decide(review: Id, in_json: Json = False) -> None:
    """Decide: compliant, justified in writing, or waived.

    Example: mandate representation review decide 0199…
    """
    _act(review, acts.DECIDE, None, in_json=in_json)


def _act(review: str, verb: Verb[Any, Any], given: object, *, in_json: bool) -> None:
    with open_house() as house:
        actor = actor_of(house)
        _told(house, actor, review)
        perform(house, actor, verb, review, given)
        _say(house, actor, review, in_json=in_json)


def _told(house: House, actor: Actor, review: str) -> dict[str, Any]:
    """A review as plain data. Refused alike where there is none and where not for them."""
    with house.database.reading() as session:
        found = queries.review_of(session, actor, review)
    if found is None:
        raise refuse(
            "there is no such review that you may see",
            rule="known_subject",
            cure="See the reviews: mandate representation review list.",
            reason=Reason.MISSING,
        )
    return queries.as_plain(found)


def _say(house: House, actor: Actor, review: str, *, in_json: bool) -> None:
    told = _told(house, actor, review)
    if in_json:
        as_json(told)
        return
    line(f"{told['id']}: {told['body']}, due {told['due_on']}: {told['state']}.")
    for each in (told["verdict"] or {}).get("rules", ()):
        line(f"  {each['id']}: {each['outcome']}. {each['because']}")
