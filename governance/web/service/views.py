"""What the pages of offers, services and the roster show, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from governance.refusals import Finding
from governance.web.views import EMPTY, Fact, Filled, Mark, Moment, Option, Words


@dataclass(frozen=True)
class ServiceRow:
    """One service in the list."""

    reference: str
    href: str
    name: str
    office: Words
    kind: Words
    state: Mark
    ends: Words
    due: Mark | None = None


@dataclass(frozen=True)
class ServicesPage:
    """Who serves in which office, the newest first."""

    rows: tuple[ServiceRow, ...]
    states: tuple[Option, ...]
    kinds: tuple[Option, ...]
    state: str = ""
    kind: str = ""
    older: str = ""
    whole: bool = True
    may_act: bool = False


@dataclass(frozen=True)
class Planned:
    """One thing of the plan: what, by when, whether it is done, and the form that ends it."""

    key: str
    title: Words
    due: Words
    mark: Mark
    is_review: bool
    is_open: bool
    note: Words = ""


@dataclass(frozen=True)
class Way:
    """One act on a service with what stands in its way."""

    key: str
    verb: Words
    against: tuple[Finding, ...]
    note: Words = ""


@dataclass(frozen=True)
class ServicePage:
    """One service: its dates, its plan, what is due, and what may be done now."""

    reference: str
    name: str
    office: Words
    kind: Words
    state: Mark
    facts: tuple[Fact, ...]
    plan: tuple[Planned, ...]
    ways: tuple[Way, ...]
    action: str
    may_act: bool
    asks_oath: bool = False
    results: tuple[Option, ...] = ()
    record_href: str = ""
    done: Words = ""
    refused: tuple[Finding, ...] = ()
    filled: Filled = EMPTY


@dataclass(frozen=True)
class Condition:
    """A condition of an offer: open, or met on a day and known from a source."""

    key: str
    title: Words
    mark: Mark
    note: Words = ""
    is_open: bool = False


@dataclass(frozen=True)
class OfferRow:
    """One offer: to whom, how it stands, by when it is answered, and its conditions."""

    number: int
    name: str
    href: str
    mark: Mark
    facts: tuple[Fact, ...]
    conditions: tuple[Condition, ...]
    due: Moment | None = None
    left: Words = ""


@dataclass(frozen=True)
class OffersPage:
    """The offers of a case, who is next, and the service that came of it."""

    subject: Fact
    rows: tuple[OfferRow, ...]
    following: tuple[Fact, ...]
    services: tuple[Fact, ...]
    action: str
    may_act: bool
    none_yet: Words = ""
    done: Words = ""
    refused: tuple[Finding, ...] = ()
    filled: Filled = EMPTY


@dataclass(frozen=True)
class PlaceRow:
    """One place on the roster."""

    id: str
    name: str
    grade: str
    post: Words
    case: str
    mark: Mark
    until: Words
    is_open: bool


@dataclass(frozen=True)
class RosterPage:
    """Who may be drawn without a call, the place that ends first on top."""

    rows: tuple[PlaceRow, ...]
    grades: tuple[Option, ...]
    states: tuple[Option, ...]
    cases: tuple[Option, ...]
    state: str = "listed"
    grade: str = ""
    may_act: bool = False
    done: Words = ""
    refused: tuple[Finding, ...] = ()
    filled: Filled = EMPTY


@dataclass(frozen=True)
class ActingPage:
    """Letting somebody act in an office for a time, within the caps of the law."""

    offices: tuple[Option, ...]
    caps: Words
    article: str = ""
    refused: tuple[Finding, ...] = ()
    filled: Filled = EMPTY
