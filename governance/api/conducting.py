"""Conducting a question: its clock, its content, its counts, its rounds, its end."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from pydantic import Field, model_validator

from governance.acts import perform
from governance.api.identity import SignedIn, TheHouse
from governance.api.problems import problems
from governance.api.words import Asked, Done, Id, IdInPath, Long, Short
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
from governance.house import House
from governance.rulebook.parts import Count, Part, Period

routes = APIRouter(prefix="/consultations", tags=["questions"])

PROBLEMS = problems(401, 403, 404, 409, 422)
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
Papers = dict[str, Annotated[int, Field(ge=0, le=100_000)]]


class Length(Part):
    """A length of time in exactly one unit."""

    hours: Count | None = None
    days: Count | None = None
    working_days: Count | None = None
    weeks: Count | None = None
    months: Count | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> Length:
        if len(self.model_dump(exclude_none=True)) != 1:
            raise ValueError("a length has one unit: hours, days, working_days, weeks or months")
        return self


class ToExtend(Asked):
    """More time for everybody: by a period, or until a day (inclusive)."""

    reason: Long
    by: Length | None = None
    until: date | None = None


class ToAskExtension(Asked):
    """More time is wanted."""

    reason: Long


class ToPause(Asked):
    """The clock stands still, until the rule's limit or an earlier day."""

    reason: Long
    owner: Id | None = Field(None, description="Whose information is awaited; empty: yours.")
    until: date | None = None


class ToResume(Asked):
    """The clock runs on."""

    reason: Long = ""


class ToChange(Asked):
    """A change of the content: the parts that differ, classed, with its reason."""

    kind: Literal["editorial", "substantive"]
    parts: dict[str, Any] = Field(min_length=1, max_length=50)
    reason: Long


class ToConfirm(Asked):
    """The version that a first person proposed."""

    version: Version


class ToCount(Asked):
    """What one teller counted."""

    positions: Papers = Field(min_length=1, max_length=50)
    candidates: Papers = Field(default_factory=dict, max_length=500)


class ToDraw(Asked):
    """What is said in the open while the lot is drawn; it goes into the seed."""

    words: Short = ""


class ToCast(Asked):
    """The casting vote: for or against, or whom of those who are tied."""

    position: Annotated[Short, Field(min_length=1)]
    chosen: list[Annotated[Short, Field(min_length=1)]] = Field(
        default_factory=list, max_length=500
    )
    text: Long = ""


class ToEnd(Asked):
    """Why a question is withdrawn."""

    reason: Long


class ToTakeBack(Asked):
    """For which seat, where one may answer for several."""

    invitation: Id | None = None


class ToSettle(Asked):
    """What becomes of a proposal to a text."""

    how: Literal["accept_editorial", "accept_substantive", "refuse", "refer", "note"]
    reason: Long = ""
    referred_to: Short = ""


@routes.get("", operation_id="list_consultations", responses=problems(401, 422))
def list_all(
    house: TheHouse,
    actor: SignedIn,
    state: Literal["", "open", "tied", "closed", "withdrawn"] = "",
) -> list[dict[str, Any]]:
    """The questions that you were asked or have put, the newest first."""
    return list_consultations(house, actor, state=state)


@routes.get(
    "/{consultation}/whole",
    operation_id="show_whole_consultation",
    responses=problems(401, 404, 422),
)
def show_whole(house: TheHouse, actor: SignedIn, consultation: IdInPath) -> dict[str, Any]:
    """A question with its clock, timeline, roll, proposals, counts and proof of silence."""
    return tell_consultation(house, actor, consultation)


@routes.get(
    "/{consultation}/difference", operation_id="compare_versions", responses=problems(401, 404, 422)
)
def difference(
    house: TheHouse,
    actor: SignedIn,
    consultation: IdInPath,
    since: Annotated[Version, Query()] = 1,
    until: Annotated[Version | None, Query()] = None,
) -> dict[str, Any]:
    """What changed in the content between two versions; up to the present one."""
    return tell_difference(house, actor, consultation, since, until or 0)


@routes.post("/{consultation}/take-back", operation_id="take_back_answer", responses=PROBLEMS)
def take_back(house: TheHouse, actor: SignedIn, consultation: IdInPath, given: ToTakeBack) -> Done:
    """Take your answer back, for the minutes that the rule gives."""
    act = BackAgain(given.invitation or "")
    return Done.of(perform(house, actor, TAKE_BACK, _id(house, actor, consultation), act))


@routes.post("/{consultation}/extend", operation_id="extend_consultation", responses=PROBLEMS)
def extend(house: TheHouse, actor: SignedIn, consultation: IdInPath, given: ToExtend) -> Done:
    """Give everybody more time."""
    by = Period.model_validate(given.by.model_dump(exclude_none=True)) if given.by else None
    act = MoreTime(given.reason, by, given.until)
    return Done.of(perform(house, actor, EXTEND, _id(house, actor, consultation), act))


@routes.post("/{consultation}/ask-extension", operation_id="ask_extension", responses=PROBLEMS)
def ask_extension(
    house: TheHouse, actor: SignedIn, consultation: IdInPath, given: ToAskExtension
) -> Done:
    """Ask for more time, as somebody who was asked."""
    act = Wanted(given.reason)
    return Done.of(perform(house, actor, ASK_EXTENSION, _id(house, actor, consultation), act))


@routes.post("/{consultation}/pause", operation_id="pause_consultation", responses=PROBLEMS)
def pause(house: TheHouse, actor: SignedIn, consultation: IdInPath, given: ToPause) -> Done:
    """Let the clock stand still while information is awaited."""
    act = Stop(given.reason, given.owner or "", given.until)
    return Done.of(perform(house, actor, PAUSE, _id(house, actor, consultation), act))


@routes.post("/{consultation}/resume", operation_id="resume_consultation", responses=PROBLEMS)
def resume(house: TheHouse, actor: SignedIn, consultation: IdInPath, given: ToResume) -> Done:
    """Let the clock run on; the time is given back."""
    act = RunOn(given.reason)
    return Done.of(perform(house, actor, RESUME, _id(house, actor, consultation), act))


@routes.post("/{consultation}/change", operation_id="change_consultation", responses=PROBLEMS)
def change(house: TheHouse, actor: SignedIn, consultation: IdInPath, given: ToChange) -> Done:
    """Change the content while people answer."""
    act = Change(given.kind, given.parts, given.reason)
    return Done.of(perform(house, actor, CHANGE, _id(house, actor, consultation), act))


@routes.post("/{consultation}/confirm-change", operation_id="confirm_change", responses=PROBLEMS)
def confirm(house: TheHouse, actor: SignedIn, consultation: IdInPath, given: ToConfirm) -> Done:
    """Confirm, as a second person, a change that waits for one."""
    act = Confirmed(given.version)
    return Done.of(perform(house, actor, CONFIRM_CHANGE, _id(house, actor, consultation), act))


@routes.post("/{consultation}/count", operation_id="enter_count", responses=PROBLEMS)
def count(house: TheHouse, actor: SignedIn, consultation: IdInPath, given: ToCount) -> Done:
    """Enter, as a teller, what you counted; the others' count is not shown before."""
    act = Counted(given.positions, given.candidates)
    return Done.of(perform(house, actor, COUNT, _id(house, actor, consultation), act))


@routes.post("/{consultation}/close", operation_id="close_consultation", responses=PROBLEMS)
def close(house: TheHouse, actor: SignedIn, consultation: IdInPath) -> Done:
    """Close a question that no deadline closes."""
    return Done.of(perform(house, actor, CLOSE, _id(house, actor, consultation), Closing()))


@routes.post("/{consultation}/draw-lot", operation_id="draw_lot", responses=PROBLEMS)
def draw(house: TheHouse, actor: SignedIn, consultation: IdInPath, given: ToDraw) -> Done:
    """Draw a lot in the open, where the rule asks for one; its seed goes on the record."""
    act = Lot(given.words)
    return Done.of(perform(house, actor, DRAW_LOT, _id(house, actor, consultation), act))


@routes.post("/{consultation}/cast", operation_id="cast_vote", responses=PROBLEMS)
def cast(house: TheHouse, actor: SignedIn, consultation: IdInPath, given: ToCast) -> Done:
    """Break a tie, as whoever the rule names: a position, or the candidates for the places."""
    put = casting_for(house, actor, consultation)
    act = GivenAnswer(given.position, tuple(given.chosen), given.text, put.content_version)
    return Done.of(perform(house, actor, ANSWER, put.id, act))


@routes.post("/{consultation}/next-round", operation_id="open_next_round", responses=PROBLEMS)
def next_round(house: TheHouse, actor: SignedIn, consultation: IdInPath) -> Done:
    """Put the question again, where its outcome asks for another round or a second call."""
    return Done.of(perform(house, actor, NEXT_ROUND, _id(house, actor, consultation), NextRound()))


@routes.post("/{consultation}/withdraw", operation_id="withdraw_consultation", responses=PROBLEMS)
def withdraw(house: TheHouse, actor: SignedIn, consultation: IdInPath, given: ToEnd) -> Done:
    """Withdraw a question."""
    act = Withdrawn(given.reason)
    return Done.of(perform(house, actor, WITHDRAW, _id(house, actor, consultation), act))


@routes.post(
    "/{consultation}/proposals/{number}/settle",
    operation_id="settle_proposal",
    responses=PROBLEMS,
)
def settle(
    house: TheHouse,
    actor: SignedIn,
    consultation: IdInPath,
    number: Annotated[int, Path(ge=1, le=100_000)],
    given: ToSettle,
) -> Done:
    """Settle a proposal to a text, once."""
    act = Settled(number, given.how, given.reason, given.referred_to)
    return Done.of(perform(house, actor, SETTLE_PROPOSAL, _id(house, actor, consultation), act))


def _id(house: House, actor: SignedIn, key: str) -> str:
    """The question's own id, from it or from an invitation; Refused where it may not be read."""
    with house.database.reading() as session:
        return readable(session, actor, key).consultation.id
