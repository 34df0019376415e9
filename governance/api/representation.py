"""Representation: computations that keep nothing, and reviews of compositions."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints

from governance.acts import perform
from governance.api.identity import SignedIn, TheHouse
from governance.api.problems import problems
from governance.api.words import NO_NUL, Asked, Day, Done, IdInPath, Key, Long
from governance.house import House
from governance.refusals import Reason, refuse
from governance.representation.comparing import compared
from governance.representation.completing import complete
from governance.representation.composition import Composition, Member
from governance.representation.judge import verdict
from governance.representation.members_file import read_members
from governance.representation.ranges import STATUS
from governance.representation.reviews import acts, queries
from governance.representation.searching import Task
from governance.representation.staff_file import read_staff, selections
from governance.representation.view import View, at
from governance.rulebook.bodies.body import Body
from governance.rulebook.bodies.reading import load_body, load_shipped, read_law, shipped_keys

routes = APIRouter(tags=["representation"], prefix="/representation")
MOST_CANDIDATES, SECONDS = 600, 2.0

Text = Annotated[str, StringConstraints(max_length=1_000_000, pattern=NO_NUL)]
Cell = Annotated[str, StringConstraints(max_length=2000, pattern=NO_NUL)]
Column = Annotated[str, StringConstraints(max_length=60, pattern=NO_NUL)]
Rows = list[dict[Column, Cell]]
Fact = bool | int | Cell


class OfABody(Asked):
    """Of which body: the key of one that ships, or the text of a rulebook of your own."""

    body: Key | None = Field(None, examples=["itlos"])
    rulebook: Text | None = Field(None, description="YAML, as docs/representation.md says.")
    on: date | None = Field(None, description="The day; empty: today.", examples=["2026-11-28"])
    facts: dict[Column, Fact] = Field(default_factory=dict, max_length=50)


class ToCheck(OfABody):
    """A composition: rows by column, or the text of a CSV."""

    members: Rows | Text
    others: dict[Column, Rows | Text] = Field(default_factory=dict, max_length=10)
    before: Rows | Text | None = None


class ToComplete(ToCheck):
    """A composition and who may complete it."""

    candidates: Rows | Text
    seats: int | None = Field(None, ge=1, le=300)


class ToCompare(OfABody):
    """Two compositions."""

    before: Rows | Text
    after: Rows | Text


class ToRange(OfABody):
    """Staff by state, with midpoints or with the factors of them."""

    staff: Rows | Text
    base: int | None = Field(None, ge=1, le=1_000_000)


class Answer(BaseModel):
    """The whole answer, as the command line gives it with --json."""

    result: dict[str, Any]


def law_of(given: OfABody) -> Body:
    """The body that is asked about. Refused where there is not exactly one."""
    if (given.body is None) == (given.rulebook is None):
        raise refuse(
            "there is not exactly one body",
            rule="body_file",
            cure="Give body, or rulebook.",
            reason=Reason.INPUT,
        )
    return read_law(given.rulebook) if given.rulebook else load_shipped(str(given.body))


def text_of(rows: Rows | str) -> str:
    """Rows as the CSV that every door reads."""
    if isinstance(rows, str):
        return rows
    columns = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO(newline="")
    write = csv.DictWriter(out, columns or ["name", "state"], restval="", lineterminator="\n")
    write.writeheader()
    write.writerows(rows)
    return out.getvalue()


def view_of(house: House, law: Body, given: ToCheck) -> View:
    """The view of what was sent, by the schemes of this installation."""
    with house.database.reading() as session:
        own = queries.overlay(session)
    composition = read_members(text_of(given.members), law)
    return at(
        law,
        composition,
        given.on or house.clock.now().date(),
        facts=dict(given.facts),
        others={key: _other(key, law, rows) for key, rows in given.others.items()},
        before=read_members(text_of(given.before), law).members if given.before else None,
        overlay=own,
    )


def _other(key: str, law: Body, rows: Rows | str) -> tuple[Member, ...]:
    other = load_body(key) if key in shipped_keys() else law
    return read_members(text_of(rows), other).members


@routes.get("/bodies", operation_id="list_bodies")
def list_bodies() -> Answer:
    """The bodies that ship, with their rules."""
    laws = [load_body(key) for key in shipped_keys()]
    return Answer(
        result={
            each.body: {
                "title": {str(key): words for key, words in each.title.root.items()},
                "rules": [
                    {"id": x.id, "article": str(x.article), "says": str(x.says or "")}
                    for x in each.rules
                ],
            }
            for each in laws
        }
    )


@routes.post("/check", operation_id="check_composition", responses=problems(422))
def check(house: TheHouse, given: ToCheck) -> Answer:
    """Judge a composition: every rule with numbers, article, people and cure."""
    return Answer(result=verdict(view_of(house, law_of(given), given)).as_plain())


@routes.post("/compare", operation_id="compare_compositions", responses=problems(422))
def compare(house: TheHouse, given: ToCompare) -> Answer:
    """Two compositions: who left, who came, what became of each rule."""
    law = law_of(given)
    on = given.on or house.clock.now().date()
    first = read_members(text_of(given.before), law)
    second = read_members(text_of(given.after), law)
    facts = dict(given.facts)
    there = at(law, first, on, facts=facts).with_members(first.members)
    view = at(law, second, on, facts=facts, before=first.members)
    told = compared(first, Composition(view.members), verdict(there, cures=False), verdict(view))
    return Answer(result=told)


@routes.post("/complete", operation_id="complete_composition", responses=problems(422))
def complete_(house: TheHouse, given: ToComplete) -> Answer:
    """The best slates, or the smallest sets of rules that clash, in words."""
    law = law_of(given)
    candidates = read_members(text_of(given.candidates), law, what="candidates").members
    if len(candidates) > MOST_CANDIDATES:
        raise refuse(
            "{n} candidates are too many to choose from",
            rule="members_file",
            cure="Give at most {most}.",
            reason=Reason.INPUT,
            n=len(candidates),
            most=MOST_CANDIDATES,
        )
    task = Task(view_of(house, law, given), candidates, given.seats)
    return Answer(result=complete(task, SECONDS).as_plain())


@routes.post("/ranges", operation_id="desirable_ranges", responses=problems(422))
def ranges(house: TheHouse, given: ToRange) -> Answer:
    """Where each state stands: unrepresented, under, within or over its range."""
    law = law_of(given)
    on = given.on or house.clock.now().date()
    base = {"base": given.base} if given.base else {}
    found = read_staff(text_of(given.staff), law, on, {**given.facts, **base})
    states = [each.as_plain() for each in found.standings]
    counts = {key: sum(each.status == key for each in found.standings) for key in STATUS}
    return Answer(
        result={
            "body": law.body,
            "date": on.isoformat(),
            "rounded_midpoints": found.rounded,
            "states": states,
            "counts": counts,
            "selections": selections(found),
        }
    )


# --- reviews -------------------------------------------------------------------------------


class ToOpen(Asked):
    """A review that will be due."""

    body: Key = Field(examples=["interpol_executive_committee"])
    due_on: date
    election_on: date | None = None


class ToCompute(Asked):
    """The composition to review."""

    members: Rows | Text
    on: date | None = None
    facts: dict[Column, Fact] = Field(default_factory=dict, max_length=50)


class ToAnswer(Asked):
    """Why, in writing."""

    text: Long


class Reviewed(BaseModel):
    """A review as it stands."""

    id: str
    body: str
    state: str
    due_on: Day
    judged_on: Day | None
    line: str
    answer_by: Day | None
    verdict: dict[str, Any] | None
    answered: dict[str, Any] | None


class Reviews(BaseModel):
    """Reviews, the newest first."""

    reviews: list[Reviewed]


def _reviewed(review: Any) -> Reviewed:
    return Reviewed.model_validate(queries.as_plain(review), extra="ignore")


@routes.get("/reviews", operation_id="list_reviews", responses=problems(401))
def list_reviews(house: TheHouse, actor: SignedIn) -> Reviews:
    """The reviews that you may see."""
    with house.database.reading() as session:
        return Reviews(reviews=[_reviewed(each) for each in queries.reviews(session, actor)])


@routes.post("/reviews", operation_id="open_review", responses=problems(401, 403, 422))
def open_review(house: TheHouse, actor: SignedIn, given: ToOpen) -> Done:
    """Open a review of a body, due on a day."""
    load_shipped(given.body)
    wanted = acts.Opened(given.body, given.due_on, "", given.election_on)
    return Done.of(perform(house, actor, acts.OPEN, None, wanted))


ACTED = problems(401, 403, 404, 409, 422)


@routes.post("/reviews/{id_}/compute", operation_id="compute_review", responses=ACTED)
def compute_review(house: TheHouse, actor: SignedIn, id_: IdInPath, given: ToCompute) -> Done:
    """Judge the composition; the review is then compliant, or at risk."""
    wanted = acts.Computed(text_of(given.members), given.on, dict(given.facts))
    return Done.of(perform(house, actor, acts.COMPUTE, id_, wanted))


@routes.post("/reviews/{id_}/justify", operation_id="justify_review", responses=ACTED)
def justify_review(house: TheHouse, actor: SignedIn, id_: IdInPath, given: ToAnswer) -> Done:
    """Answer in writing for considerations that are not kept."""
    return Done.of(perform(house, actor, acts.JUSTIFY, id_, acts.Answered(given.text)))


@routes.post("/reviews/{id_}/waive", operation_id="waive_review", responses=ACTED)
def waive_review(house: TheHouse, actor: SignedIn, id_: IdInPath, given: ToAnswer) -> Done:
    """Waive the rules that are not kept, where each of them names you."""
    return Done.of(perform(house, actor, acts.WAIVE, id_, acts.Answered(given.text)))


@routes.post("/reviews/{id_}/block", operation_id="block_review", responses=ACTED)
def block_review(house: TheHouse, actor: SignedIn, id_: IdInPath) -> Done:
    """Stop a composition that cannot be answered for."""
    return Done.of(perform(house, actor, acts.BLOCK, id_, None))


@routes.post("/reviews/{id_}/decide", operation_id="decide_review", responses=ACTED)
def decide_review(house: TheHouse, actor: SignedIn, id_: IdInPath) -> Done:
    """Close a review that is compliant, justified or waived."""
    return Done.of(perform(house, actor, acts.DECIDE, id_, None))
