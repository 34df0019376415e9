"""Who reads, in which language and zone: what turns rows and law into words for one person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from pendulum import DateTime
from sqlmodel import Session

from governance.access.actor import Actor
from governance.calendar.days import Calendar, calendar_in
from governance.calendar.left import time_left
from governance.house import House
from governance.people.models import Person
from governance.people.states import State, load_states
from governance.record.filekeys import Erased
from governance.refusals import Finding, Sentence, Verdict, say
from governance.rulebook.parts import Text
from governance.rulebook.schema import Rulebook
from governance.web import words
from governance.web.views import Moment

Titles = Text | Mapping[str, str] | None


@dataclass(frozen=True)
class Reading:
    """What words are made for: a language, a place with its zone, a law, an instant."""

    house: House
    session: Session
    rulebook: Rulebook
    language: str
    now: DateTime
    zone: str
    place: str

    def text(self, titles: Titles, fallback: str = "") -> str:
        """Words of the rulebook, or kept from it, in the reader's language."""
        if titles is None:
            return fallback
        kept = titles.root if isinstance(titles, Text) else titles
        spoken: Mapping[Any, str] = kept
        first = next(iter(spoken.values()), fallback)
        return spoken.get(self.language) or spoken.get("en") or first

    def moment(self, at: datetime) -> Moment:
        """An instant in the reader's own zone."""
        return Moment(at, self.zone, self.place)

    def due(self, at: datetime, calendar: str) -> Moment:
        """A deadline in the zone in which it was counted; its instant is the first too late."""
        law = self.rulebook.calendar(calendar)
        if law is None:
            return Moment(at, self.zone, self.place, exclusive=True)
        return Moment(at, law.zone, self.text(law.title), exclusive=True)

    def left(self, due_at: datetime, calendar: str) -> Sentence:
        """How much time is left, in working days of a calendar."""
        return time_left(self.now, due_at, self.calendar(calendar)).sentence

    def calendar(self, key: str) -> Calendar:
        """A calendar that is kept here."""
        return calendar_in(key, self.house.calendars)

    def day(self, when: date) -> str:
        """A date in words."""
        return words.day(when, self.language)

    def day_of(self, at: datetime) -> str:
        """The day of an instant where the reader is."""
        return self.day(DateTime.instance(at).in_timezone(self.zone).date())

    def last_day(self, at: datetime) -> str:
        """The last whole or begun day before an instant that is the first too late."""
        return self.day_of(at - timedelta(microseconds=1))

    def country(self, alpha3: str | None) -> str:
        """The name of a country, by its alpha-3 code."""
        if not alpha3:
            return "–"
        state = _states(self.house.settings.rulebooks).get(alpha3)
        if state is None:
            return alpha3
        return str(_locale(self.language).territories.get(state.alpha2) or state.name)

    def tongue(self, code: str) -> str:
        """The name of a language, by its code."""
        return str(_locale(self.language).languages.get(code) or code)

    def listed(self, names: Iterable[str]) -> str:
        """Several names in a line, with the comma of the language."""
        comma = "\N{ARABIC COMMA} " if self.language == "ar" else ", "
        return comma.join(names)

    def opened(self, sealed: str) -> str | Sentence:
        """A confidential text; a word in its place where it was erased."""
        if not sealed:
            return ""
        try:
            return self.house.keys.open(self.session, sealed)
        except Erased:
            return say("This text was erased.")

    def plain(self, sealed: str) -> str:
        """The same as plain text."""
        return words.sentence(self.opened(sealed), self.language)

    def said(self, told: str | Sentence) -> str:
        """Words in the reader's language."""
        return words.sentence(told, self.language)

    def finding(self, kept: Mapping[str, Any]) -> Finding:
        """A finding as it was kept in a row, with its pattern and facts again."""
        return Finding(
            kept["rule"],
            kept["article"],
            Verdict(kept["outcome"]),
            Sentence(kept["pattern"], self._facts(kept["facts"])),
            say(kept["cure"]),
        )

    def _facts(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """The facts of a finding with countries, languages and degrees named in words."""
        return {name: self._fact(name, fact) for name, fact in facts.items()}

    def _fact(self, name: str, fact: Any) -> Any:
        if name == "nationality":
            return self.country(fact)
        if name == "states" and isinstance(fact, str):
            return self.listed(self.country(each) for each in fact.split(", "))
        if name == "missing":
            return self.listed(self.tongue(each) for each in str(fact).split(", "))
        if name == "counted":
            return self.listed(self._counted(each) for each in str(fact).split(", "))
        return DEGREE_WORDS.get(fact, fact) if name in {"have", "need"} else fact

    def _counted(self, counted: str) -> str:
        key, _, number = counted.rpartition(" ")
        listed = self.rulebook.organisation.regions
        title = next((r.title for r in (listed.regions if listed else ()) if r.key == key), None)
        return f"{self.text(title, key)} {number}"


DEGREE_WORDS = {
    "none": say("no degree"),
    "secondary": say("secondary school"),
    "bachelor": say("bachelor’s degree"),
    "master": say("master’s degree"),
    "doctorate": say("doctorate"),
}


def reading_for(
    house: House, session: Session, actor: Actor, rulebook: Rulebook, language: str
) -> Reading:
    """How this actor reads: the zone of their duty station, the language of the page."""
    person = session.get(Person, actor.person_id) if actor.person_id else None
    calendar = rulebook.calendar(person.duty_station) if person else None
    zone = calendar.zone if calendar else "UTC"
    place = calendar.title.say(language) if calendar else "UTC"
    return Reading(house, session, rulebook, language, house.clock.now(), zone, place)


@lru_cache(maxsize=8)
def _states(folder: Path) -> dict[str, State]:
    return load_states(folder)


@lru_cache(maxsize=8)
def _locale(language: str) -> Locale:
    return Locale.parse(language)
