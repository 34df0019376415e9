"""Questions: what waits for an answer, one question, the answer; and the trail of a case."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from governance.acts import perform
from governance.api.identity import SignedIn, TheHouse
from governance.api.problems import problems
from governance.api.told import Certified, Entry, Question, Waiting
from governance.api.words import Asked, Done, Id, IdInPath, Key, Long, Reference, Short
from governance.appointments.queries import sees_all
from governance.appointments.telling import (
    tell_question,
    tell_record,
    tell_waiting,
)
from governance.consultation.amending import Proposed
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.certificate import certificate_for

routes = APIRouter(tags=["questions"])
records = APIRouter(tags=["record"])


Score = Annotated[str, Field(max_length=20, examples=["4", "7/2"])]


class ToPropose(Asked):
    """A marked change of a text: the words at an anchor, and those in their place."""

    anchor: Annotated[str, Field(max_length=80)]
    old: Long = ""
    new: Long = ""
    reason: Long = ""


Chosen = Annotated[
    Short, Field(min_length=1, description="A candidacy; in a body's election, the name.")
]


class ToAnswer(Asked):
    """An answer, bound to the version of the papers that was read."""

    position: Key = Field(examples=["appoint"])
    seen_version: Annotated[int, Field(ge=1, le=2**31 - 1)] = Field(
        description="The question's `content_version` when it was read.", examples=[1]
    )
    chosen: list[Chosen] = Field(default_factory=list, max_length=500)
    text: Long = Field("", description="The reason; kept confidentially.")
    invitation: Id | None = Field(None, description="For which seat, where you have several.")
    scores: dict[Id, dict[Key, Score]] = Field(
        default_factory=dict, max_length=500, description="By candidate and criterion, exact."
    )
    proposals: list[ToPropose] = Field(default_factory=list, max_length=200)


@routes.get("/waiting", operation_id="list_waiting", responses=problems(401))
def list_waiting(house: TheHouse, actor: SignedIn) -> list[Waiting]:
    """What waits for your answer, the nearest deadline first."""
    return [Waiting.model_validate(each) for each in tell_waiting(house, actor)]


@routes.get(
    "/consultations/{consultation}",
    operation_id="show_consultation",
    response_model_exclude_unset=True,
    responses=problems(401, 404, 422),
)
def show_consultation(house: TheHouse, actor: SignedIn, consultation: IdInPath) -> Question:
    """One question, by its own id or that of your invitation to it."""
    return Question.model_validate(tell_question(house, actor, consultation))


@routes.get(
    "/consultations/{consultation}/certificate",
    operation_id="certify_consultation",
    responses=problems(401, 404, 422),
)
def certify_consultation(house: TheHouse, actor: SignedIn, consultation: IdInPath) -> Certified:
    """The certificate of a question: its rule, roll, count and working in sentences."""
    found = certificate_for(house, actor, consultation, sees_all=sees_all(actor))
    return Certified.model_validate(found.as_json())


@routes.post(
    "/consultations/{consultation}/answer",
    operation_id="answer_consultation",
    responses=problems(401, 403, 404, 409, 422),
)
def answer(house: TheHouse, actor: SignedIn, consultation: IdInPath, given: ToAnswer) -> Done:
    """Answer a question that was put to you.

    A token from a link (/challenges/link) answers that one question, where it asks for no more.
    """
    asked = tell_question(house, actor, consultation)
    act = GivenAnswer(
        given.position,
        tuple(given.chosen),
        given.text,
        given.seen_version,
        given.invitation or "",
        given.scores,
        tuple(Proposed(each.anchor, each.old, each.new, each.reason) for each in given.proposals),
    )
    return Done.of(perform(house, actor, ANSWER, asked["id"], act))


@records.get("/record/{reference}", operation_id="show_record", responses=problems(401, 404, 422))
def show_record(house: TheHouse, actor: SignedIn, reference: Reference) -> list[Entry]:
    """The trail of a case: every entry of its chain and of its questions, as it was hashed."""
    return [Entry.model_validate(each) for each in tell_record(house, actor, reference)]
