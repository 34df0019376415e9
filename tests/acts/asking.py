"""A question of its own, without a case: put to invented people, answered, swept, handed over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from governance import acts, app
from governance.access.actor import Actor, Level
from governance.acts import Moment, Receipt, Verb, perform
from governance.calendar.days import Calendar
from governance.clock import OwnedClock
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.models import Consultation, Invitation
from governance.consultation.opening import Asked, Question, open_consultation
from governance.database import Database
from governance.house import House, nothing_to_wake
from governance.people.models import Person
from governance.record import chain
from governance.record.filekeys import KeyRing
from governance.record.models import Outbox
from governance.settings import Settings

START = "2026-11-23T08:00:00+00:00"  # a Monday
CALENDARS: Mapping[str, Calendar] = {
    "utc": Calendar("utc", "Office hours in UTC", "UTC"),
    "lyon": Calendar("lyon", "Lyon", "Europe/Paris"),
    "abidjan": Calendar("abidjan", "Abidjan", "Africa/Abidjan"),
    "singapore": Calendar("singapore", "Singapore", "Asia/Singapore"),
    "buenos_aires": Calendar("buenos_aires", "Buenos Aires", "America/Argentina/Buenos_Aires"),
    "yaounde": Calendar("yaounde", "Yaoundé", "Africa/Douala"),
}
YES_NO = (
    {"key": "yes", "meaning": "yes"},
    {"key": "no", "meaning": "no"},
    {"key": "abstain", "meaning": "abstain"},
)
SILENCE = ({"key": "agree"}, {"key": "object", "blocking": True})


def a_rule(kind: str = "majority", **changes: Any) -> dict[str, Any]:
    """A rule as plain data; by a majority of votes, without a deadline, unless it is changed."""
    positions = {"no_objection": SILENCE, "majority": YES_NO}.get(kind, YES_NO)
    rule: dict[str, Any] = {
        "kind": kind,
        "article": "Rules, art. 1",
        "positions": [dict(each) for each in positions],
        "on_late": "fail",
        "within": None,
        "may_change": False,
    }
    if kind == "majority":
        rule["counting"] = {"base": "yes_no", "more_than": "1/2"}
    changed = rule | changes
    if changed["within"] is not None:
        changed["on_late"] = changed["within"].get("on_late", "fail")
    return changed


@dataclass
class Desk:
    """An organisation with people and one question."""

    house: House
    clock: OwnedClock
    people: list[str] = field(default_factory=list)
    question: str = ""

    def enrol(self, number: int, prefix: str = "p") -> list[str]:
        """So many more people; their keys."""
        keys = [f"{prefix}{each:03d}" for each in range(number)]
        with self.house.database.deciding() as session:
            session.add_all(
                Person(id=key, family_name=key, email=f"{key}@organisation.example") for key in keys
            )
        self.people += keys
        return keys

    def put(
        self,
        rule: dict[str, Any],
        *,
        asked: Sequence[Asked] = (),
        content: Mapping[str, Any] | None = None,
        step: str = "step",
        handed: bool = True,
        **more: Any,
    ) -> str:
        """Put a question to everybody enrolled, by "asker"; its notices are handed over."""
        everybody = asked or tuple(Asked(each, "", "utc") for each in self.people)
        question = Question(
            owner=("nobody", "f" * 32),
            step_key=step,
            round=1,
            reference="TEST-1",
            question={"en": "Shall it be done?"},
            asked_by="asker",
            rule=rule,
            level="session",
            content=dict(content or {}),
            asked=tuple(everybody),
            **more,
        )
        self.question = self.inside(lambda moment: open_consultation(moment, question).id)
        if handed:
            self.hand_over()
        return self.question

    def inside(self, act: Callable[[Moment], Any]) -> Any:
        """Do something as an owner would, inside its own act."""
        with self.house.database.deciding() as session:
            moment = Moment(self.house, session, self.clock.now(), self.as_("asker"))
            done = act(moment)
            acts._follow(moment)
        return done

    def as_(self, person: str, *roles: str) -> Actor:
        """Somebody who is signed in."""
        return Actor(person, Level.SESSION, "web", frozenset(roles))

    def do(self, person: str, verb: Verb[Any, Any], given: Any, question: str = "") -> Receipt:
        """Somebody acts on the question."""
        receipt = perform(self.house, self.as_(person), verb, question or self.question, given)
        assert receipt is not None
        return receipt

    def answer(self, person: str, position: str, *chosen: str, **more: Any) -> Receipt:
        """Somebody answers the content as it is now."""
        seen = more.pop("seen", None) or self.now().content_version
        return self.do(person, ANSWER, GivenAnswer(position, chosen, seen_version=seen, **more))

    def hand_over(self) -> int:
        """Every notice that is wanted is taken by the mail server."""
        rows = self.unsent()
        for notice in rows:
            app.HANDED_OVER[notice.subject_kind](self.house, notice)
        return len(rows)

    def unsent(self) -> list[Outbox]:
        """What is still to be sent."""
        with self.reading() as session:
            query = select(Outbox).where(
                col(Outbox.handed_over_at).is_(None), col(Outbox.cancelled_because).is_(None)
            )
            return list(session.exec(query.order_by(col(Outbox.key))))

    def sweep(self) -> list[str]:
        """The clock acts where a deadline has passed; what happened."""
        told: list[str] = []
        for progress in app.sweep_deadlines(self.house, 500):
            told += progress.sentences
        return told

    def at(self, instant: str) -> list[str]:
        """It is this instant, and the clock has acted."""
        import pendulum

        moment = pendulum.parse(instant)
        assert isinstance(moment, pendulum.DateTime)
        self.clock.set(moment)
        return self.sweep()

    def reading(self) -> Any:
        """A session that changes nothing."""
        return self.house.database.reading()

    def now(self) -> Consultation:
        """The question as it stands."""
        with self.reading() as session:
            found: Consultation = session.get_one(Consultation, self.question)
            return found

    def seats(self) -> dict[str, Invitation]:
        """The invitations by person."""
        with self.reading() as session:
            query = select(Invitation).where(col(Invitation.consultation_id) == self.question)
            return {each.person_id: each for each in session.exec(query)}

    def rows(self, model: Any) -> list[Any]:
        """All rows of a table."""
        with self.reading() as session:
            return list(session.exec(select(model)))

    def kinds(self) -> list[str]:
        """The kinds of the entries of the question, in order."""
        with self.reading() as session:
            return [each.kind for each in chain.trail(session, [f"consultation:{self.question}"])]

    def result(self) -> str | None:
        """The result, where it is settled."""
        outcome = self.now().outcome
        return outcome["result"] if outcome else None

    def faults(self) -> list[str]:
        """What is wrong with the record."""
        with self.reading() as session:
            return [str(fault) for fault in chain.verify(session)[1]]


def a_desk(url: str, folder: Path, people: int = 3) -> Desk:
    """A desk over a database, with an asker and so many people."""
    clock = OwnedClock(START)
    house = House(
        Database(url),
        clock,
        KeyRing(folder / "keys"),
        Settings(home=folder, database_url=url),
        CALENDARS,
        nothing_to_wake,
    )
    desk = Desk(house, clock)
    with house.database.deciding() as session:
        _asker(session)
    desk.enrol(people)
    return desk


def _asker(session: Session) -> None:
    for key in ("asker", "second"):
        session.add(Person(id=key, family_name=key, email=f"{key}@organisation.example"))
