"""What the public templates are given: plain data, the same for whoever comes by."""

from __future__ import annotations

from dataclasses import dataclass, field

from governance.web.views import EMPTY, Fact, Filled, Moment, Option, Words


@dataclass(frozen=True)
class CallLine:
    """One open call in the list."""

    title: Words
    href: str
    reference: str
    facts: tuple[Fact, ...]
    closes: Moment


@dataclass(frozen=True)
class CallsPage:
    """The open calls."""

    calls: tuple[CallLine, ...]


@dataclass(frozen=True)
class CallPage:
    """One call, with the form that begins an application."""

    line: CallLine
    description: Words
    asked: tuple[Words, ...]
    languages: tuple[Fact, ...]
    takes_applications: bool
    letter_languages: tuple[Option, ...]
    filled: Filled = EMPTY


@dataclass(frozen=True)
class Step:
    """A step of the application: where it leads, and how it stands."""

    key: str
    title: Words
    href: str
    here: bool
    tone: str


@dataclass(frozen=True)
class FormField:
    """One field: how it is asked for."""

    name: str
    label: Words
    type: str = "text"
    hint: Words = ""
    options: tuple[Option, ...] = ()
    attributes: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Held:
    """A file that was given."""

    id: str
    name: str
    purpose: Words
    size: Words


@dataclass(frozen=True)
class ApplicationPage:
    """One step of an application."""

    line: CallLine
    action: str
    step: str
    title: Words
    steps: tuple[Step, ...]
    fields: tuple[FormField, ...] = ()
    files: tuple[Held, ...] = ()
    purposes: tuple[Option, ...] = ()
    notice: tuple[Words, ...] = ()
    version: str = ""
    agreed: Moment | None = None
    sent: Moment | None = None
    saved: Moment | None = None
    open_points: tuple[Fact, ...] = ()
    following: str = ""
    filled: Filled = EMPTY
