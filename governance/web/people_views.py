"""What the pages about people show: absences, how one is told, what came back, who leaves."""

from __future__ import annotations

from dataclasses import dataclass

from governance.refusals import Finding
from governance.web.views import EMPTY, Fact, Filled, Moment, Option, Words


@dataclass(frozen=True)
class AbsenceRow:
    """One absence that is planned."""

    key: str
    since: Words
    until: Words
    acts: Words
    under: Words
    running: bool


@dataclass(frozen=True)
class AbsencePage:
    """The reader's absences, and the form for another."""

    rows: tuple[AbsenceRow, ...]
    offices: tuple[Option, ...]
    people: tuple[Option, ...]
    zone: str
    filled: Filled = EMPTY
    done: Words = ""
    findings: tuple[Finding, ...] = ()
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Channel:
    """A channel beside mail: whether it is wanted, whether an address is kept."""

    key: str
    title: Words
    hint: Words
    wanted: bool
    kept: bool
    has_address: bool = True


@dataclass(frozen=True)
class PreferencePage:
    """How the reader is told."""

    languages: tuple[Option, ...]
    zones: tuple[str, ...]
    channels: tuple[Channel, ...]
    feed: str
    own_zone: str
    push_key: str = ""
    push_kept: bool = False
    filled: Filled = EMPTY
    done: Words = ""


@dataclass(frozen=True)
class Undelivered:
    """A message that came back."""

    key: str
    person: str
    email: str
    notice: Words
    because: Words
    at: Moment


@dataclass(frozen=True)
class UndeliveredPage:
    """Everything that came back and is not settled; and what nobody can decide now."""

    rows: tuple[Undelivered, ...]
    alarms: tuple[Fact, ...]
    done: Words = ""


@dataclass(frozen=True)
class LeavingPage:
    """Everything that hangs on somebody, and who takes it over."""

    name: str
    email: str
    hanging: tuple[Fact, ...]
    people: tuple[Option, ...]
    filled: Filled = EMPTY


@dataclass(frozen=True)
class PeoplePage:
    """Where to go: one's own affairs, and for staff those of others."""

    own: tuple[Fact, ...]
    offices: tuple[Fact, ...]
    staff: bool
