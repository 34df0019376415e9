"""What the demonstration's body did before the demonstration begins: its meetings, and a vacancy.

Nothing is written but by the acts of the product, one after the other, at the instants of the file.
The letters of those days count as taken then, and are not sent again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pendulum
from pendulum import DateTime
from ruamel.yaml import YAML
from sqlmodel import col, select

from governance import app
from governance.access.actor import operator
from governance.acts import Verb, perform
from governance.clock import OwnedClock
from governance.committees import seats
from governance.committees.after import actions
from governance.committees.founding import FOUND, Founding
from governance.committees.meeting import (
    agenda,
    ballots,
    convening,
    declaring,
    dispatch,
    holding,
    motions,
    noting,
    rolls,
)
from governance.committees.meeting.roll import Roll, RollLine
from governance.committees.minutes import circulating, drafting
from governance.committees.minutes.models import Minutes
from governance.committees.models import Committee
from governance.handing_over import HANDED_OVER
from governance.house import House, nothing_to_wake
from governance.people.queries import by_email
from governance.record.models import Outbox
from governance.rulebook.linting.proceedings import read_body
from governance.rulebook.proceedings.body import Body

STARTS, NOTICE, SATURDAY = "14:00", 21, 5


def found_bodies(house: House) -> bool:
    """Found the body of the demonstration in the past where it is not there; whether it was not.

    The demonstration of an organisation of one's own may have no past.
    """
    if not _file_of(house).exists():
        return False
    past = _past_of(house)
    with house.database.reading() as session:
        key = past.told["body"]
        if session.exec(select(Committee.id).where(col(Committee.key) == key)).first() is not None:
            return False
    past.at(past.told["founded"], "08:00")
    past.act(FOUND, None, Founding(past.aged()))
    return True


def tell_history(house: House) -> None:
    """Let the body do what its file tells, from its first meeting to the one ahead."""
    past = _past_of(house)
    with house.database.reading() as session:
        query = select(Committee.id).where(col(Committee.key) == past.told["body"])
        past.body = session.exec(query).one()
    past.tell()


def _file_of(house: House) -> Path:
    return house.settings.rulebook_folder / "demonstration" / "history.yaml"


def _past_of(house: House) -> _Past:
    file = _file_of(house)
    told = YAML(typ="safe", pure=True).load(file.read_text("utf-8"))
    path = file.parent / "bodies" / f"{told['body']}.yaml"
    law = read_body(path).body
    if law is None:
        message = f"{path} has faults: `mandate committee rules check {path}` names them."
        raise ValueError(message)
    clock = OwnedClock(house.clock.now())
    past = replace(house, clock=clock, wake=nothing_to_wake)
    return _Past(past, clock, clock.now(), told, law)


@dataclass
class _Past:
    """The acts of the past, in the order of their days."""

    house: House
    clock: OwnedClock
    first: DateTime
    told: Mapping[str, Any]
    law: Body
    body: str = ""

    def tell(self) -> None:
        """Everything that the file tells."""
        held = [each for each in self.told["meetings"] if "convened" not in each]
        for each in held:
            self.hold(each)
        gone = self.told["resigned"]
        self.at(gone["day"], "08:00")
        self.act(seats.UNSEAT, self.body, seats.Leaving(gone["seat"], because=gone["because"]))
        self.taken()
        for each in self.told["meetings"]:
            if each not in held:
                self.at(each["convened"], "08:00")
                self.prepare(each)

    def aged(self) -> Body:
        """The body with its terms and its sunset counted from the first day."""
        ends = self.told["terms"]
        day = self.first.date()
        members = [
            each.model_copy(update={"until": day.add(months=ends[_key(each.seat)])})
            if _key(each.seat) in ends
            else each
            for each in self.law.members
        ]
        mandate = self.law.mandate and self.law.mandate.model_copy(
            update={
                "approved_by": self.told["approved_by"],
                "sunset": day.add(months=self.told["sunset_after"]),
            }
        )
        return self.law.model_copy(update={"members": members, "mandate": mandate})

    def hold(self, told: Mapping[str, Any]) -> None:
        """One meeting: convened in time, held, closed; its minutes as far as they went."""
        self.at(told["day"] - NOTICE, "08:00")
        meeting = self.prepare(told)
        self.at(told["day"] - 8, "08:00")
        self.act(dispatch.CIRCULATE, meeting, None)
        self.taken()
        self.at(told["day"], STARTS)
        absent = told.get("absent", ())
        lines = (
            RollLine(n, e.name, "apologies" if _key(e.seat) in absent else "present")
            for n, e in enumerate(self.law.members, 1)
            if e.capacity == "member"
        )
        self.act(rolls.TAKE_ROLL, meeting, rolls.RollTaken(Roll("roll", None, tuple(lines))))
        self.act(holding.OPEN, meeting, holding.Opened())
        for number, item in enumerate(told["items"], 1):
            self.clock.advance(minutes=3)
            for verb, given in self.item(str(number), item, meeting):
                self.clock.advance(minutes=4)
                subject = self.body if verb is actions.OPEN else meeting
                self.act(verb, subject, given)
        self.clock.advance(minutes=5)
        self.act(holding.GO_ON, meeting, holding.SessionStep("close"))
        self.taken()
        self.minutes(told, meeting)

    def prepare(self, told: Mapping[str, Any]) -> str:
        """Plan and convene, with what stands on the agenda."""
        starts = f"{self.day(told['day']).format('YYYY-MM-DD')} {STARTS}"
        meeting: str = self.act(convening.PLAN, self.body, convening.Planning(starts))["meeting"]
        self.act(convening.CONVENE, meeting, convening.Convening())
        for item in told["items"]:
            category = "decision" if "motion" in item or "convened" in told else "discussion"
            self.act(agenda.PROPOSE, meeting, agenda.Proposal(item["title"], category))
        return meeting

    def item(
        self, number: str, told: Mapping[str, Any], meeting: str
    ) -> Iterator[tuple[Verb[Any, Any], object]]:
        """What happened with one item."""
        yield agenda.STEP, agenda.ItemStep(number, "open")
        yield noting.NOTE, noting.Noted(told["note"], number)
        if "motion" in told:
            mover, seconder = "legal-affairs", "regional-coordination"
            yield motions.MOVE, motions.Moving(number, told["motion"], mover, seconder)
            yield ballots.PUT, ballots.Putting(1)
            yield ballots.COUNT, ballots.Counting(1, told["votes"])
            yield declaring.DECLARE, declaring.Declaring(1)
        if "action" in told:
            due = self.day(told["action"]["due"]).date()
            with self.house.database.reading() as session:
                owner = by_email(session, told["action"]["owner"])
            assert owner is not None  # noqa: S101 -- everybody of the file is in the organisation
            yield (
                actions.OPEN,
                actions.NewAction(told["action"]["text"], owner.id, due_on=due, meeting_id=meeting),
            )

    def minutes(self, told: Mapping[str, Any], meeting: str) -> None:
        """A draft; or circulated, and adopted by silence when the window has passed."""
        with self.house.database.reading() as session:
            minutes = session.exec(select(Minutes.id).where(col(Minutes.meeting_id) == meeting))
            key = minutes.one()
        self.at(told["day"] + 3, "08:00")
        self.act(drafting.ASSEMBLE, key, drafting.Nothing())
        if told["minutes"] == "circulated":
            self.act(drafting.SUBMIT, key, drafting.Nothing())
            self.act(circulating.CIRCULATE, key, circulating.Circulated())
            self.taken()
            self.at(told["day"] + 14, "08:00")
            self.taken()

    def act(self, verb: Verb[Any, Any], subject: str | None, given: object) -> dict[str, Any]:
        """Act as whoever keeps the installation; gives the facts of the entry."""
        receipt = perform(self.house, operator(), verb, subject, given)
        assert receipt is not None  # noqa: S101 -- each of these acts writes
        return {**receipt.facts, "subject": receipt.subject_id}

    def taken(self) -> None:
        """Every letter of that day was taken, and what follows from it by time is done."""
        with self.house.database.reading() as session:
            query = select(Outbox).where(
                col(Outbox.handed_over_at).is_(None), col(Outbox.cancelled_because).is_(None)
            )
            letters = list(session.exec(query))
        for each in letters:
            HANDED_OVER[each.subject_kind](self.house, each)
        while app.sweep_deadlines(self.house, 50):
            pass
        for due in app.claim_due(self.house, 50):
            app.advance_one(self.house, due)

    def at(self, day: int, time: str) -> DateTime:
        """Go to an hour of a day, where the body is."""
        hour, minute = map(int, time.split(":"))
        here = self.day(day).at(hour, minute)
        self.clock.set(here.in_timezone("UTC"))
        return self.clock.now()

    def day(self, day: int) -> DateTime:
        """A working day, so many days from the first day."""
        found = pendulum.instance(self.first + timedelta(days=day)).in_timezone("Europe/Paris")
        return found if found.weekday() < SATURDAY else found.next(pendulum.TUESDAY)


def _key(name: str) -> str:
    return "-".join(name.casefold().split())
