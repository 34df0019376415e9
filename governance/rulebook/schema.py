"""A rulebook: one organisation's offices, calendars, posts and procedures. Read this first."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from governance.rulebook.assessing import Acting, After, Assessing, Expedited, Secondment
from governance.rulebook.parts import (
    Article,
    Count,
    Country,
    Key,
    Language,
    OfficeRef,
    Part,
    Period,
    Slug,
    Text,
)
from governance.rulebook.posts import Classification, LanguageNeed
from governance.rulebook.stages import Asked, Finish, Stage, Value
from governance.rulebook.vetting import Clearance

Zone = Annotated[str, Field(pattern=r"^[A-Za-z_]+(/[A-Za-z_+\-0-9]+)*$", max_length=60)]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class OwnDay(Part):
    """A day on which this duty station differs from its country."""

    day: date
    reason: str = Field(min_length=1, max_length=200)
    source: str = Field("", max_length=200, description="The circular that says so.")


class WorkCalendar(Part):
    """Which days are worked at a duty station: the country's, less and plus its own."""

    key: Key
    title: Text
    zone: Zone
    country: Country
    weekend: tuple[Weekday, ...] = ("saturday", "sunday")
    closed: tuple[OwnDay, ...] = Field((), description="Not worked here, though the country does.")
    opened: tuple[OwnDay, ...] = Field((), description="Worked here, though the country does not.")


class DutyStation(Part):
    """A place of work and its calendar."""

    key: Key
    title: Text
    country: Country
    calendar: Key


class Deputising(Part):
    """A standing instrument of an office: who acts while its holder is away, barred or missing."""

    office: OfficeRef = Field(description="The office whose holder acts.")
    article: Article

    @property
    def key(self) -> str:
        """The key of the office."""
        return self.office.removeprefix("office.")


class Office(Part):
    """An office that somebody holds; rules name offices, never people."""

    key: Key
    title: Text
    duty_station: Key
    region: Key | None = Field(None, description="The region that the office serves, if one.")
    group: Key | None = Field(None, description="Offices weighed together, such as one rank.")
    deputies: tuple[Deputising, ...] = Field(
        (), description="Who acts when the holder cannot, in this order."
    )
    reports_to: OfficeRef | None = Field(None, description="The office above it.")

    @property
    def ref(self) -> str:
        """How procedures name it."""
        return f"office.{self.key}"


class Region(Part):
    """A region and its countries, for rules about balance."""

    key: Key
    title: Text
    countries: tuple[Country, ...] = ()


class Regions(Part):
    """How this organisation divides the world; with the article or its own reason."""

    article: Article
    regions: tuple[Region, ...] = Field(min_length=1)


class Members(Part):
    """The member countries."""

    article: Article
    countries: tuple[Country, ...] = Field(min_length=1)


class Letterhead(Part):
    """What stands at the head and foot of documents."""

    name: Text
    address: tuple[str, ...] = ()
    place: Text | None = Field(None, description="Where letters are dated; empty: no place.")
    colour: str = Field("#1d3c6b", pattern=r"^#[0-9a-fA-F]{6}$")
    footer: Text | None = None


class Organisation(Part):
    """Who the organisation is and where it works. The file `organisation.yaml`."""

    schema_version: Literal[1] = Field(alias="schema")
    organisation: Slug
    title: Text
    short: str = Field(min_length=1, max_length=40)
    languages: tuple[Language, ...] = Field(min_length=1)
    working_language: Language = "en"
    reference: str = Field(pattern=r"^[A-Z]+-\{year\}-\{number:0[1-9]d\}$")
    letterhead: Letterhead
    calendars: tuple[WorkCalendar, ...] = Field(min_length=1)
    duty_stations: tuple[DutyStation, ...] = Field(min_length=1)
    offices: tuple[Office, ...] = Field(min_length=1)
    regions: Regions | None = None
    members: Members | None = None
    acting: Acting | None = None
    secondment: Secondment | None = None

    def reference_of(self, year: int, number: int) -> str:
        """The reference of a case: `INT-2026-0012`."""
        return self.reference.format(year=year, number=number)


class Pay(Part):
    """What is paid. An exact sum, as text."""

    amount: str = Field(pattern=r"^[0-9]{1,9}(\.[0-9]{2})?$")
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    per: Literal["year", "month"] = "year"
    basis: Literal["net", "gross"] = "net"


class Terms(Part):
    """The terms of appointment that a letter must state."""

    nature: Literal["fixed_term", "continuing", "temporary", "secondment"] = "fixed_term"
    regulations: tuple[Text, ...] = Field(min_length=1, description="What governs the appointment.")
    category: Text
    step: str | None = None
    salary: Pay
    increment_after: Period | None = None
    probation: Period | None = None
    notice: Period
    notice_in_probation: Period | None = None
    special_conditions: tuple[Text, ...] = ()
    contact: str = Field(description="Who answers questions about the letter.")


class Post(Part):
    """A post that a procedure fills; its criteria go before the procedure's numbers."""

    key: Slug
    title: Text
    grade: str = Field(pattern=r"^[A-Z][A-Z0-9/.\-]{0,11}$")
    duty_station: Key
    office: OfficeRef
    procedure: Slug
    term: Period | None = None
    article: Article
    criteria: dict[Key, dict[Key, Value]] = Field(default_factory=dict)
    classification: Classification | None = None
    description: Text | None = Field(None, description="What the holder does: for the call.")
    languages: tuple[LanguageNeed, ...] = ()
    clearance: Clearance = "basic"
    funding: str = Field("", max_length=120, description="The budget line that pays for it.")
    terms: Terms | None = Field(None, description="Needed before a letter of appointment.")


class Posts(Part):
    """The posts that procedures may fill. The file `posts.yaml`."""

    schema_version: Literal[1] = Field(alias="schema")
    posts: tuple[Post, ...] = Field(min_length=1)


class Procedure(Part):
    """How a post is filled: stages, in reading order. One file each, named after its key."""

    schema_version: Literal[1] = Field(alias="schema")
    procedure: Slug
    title: Text
    article: Article
    since: date
    until: date | None = Field(None, description="Exclusive; empty: in force.")
    calendar: Key
    launcher: Key = Field(description="The grant that launching takes, such as hr_officer.")
    roles: dict[Key, OfficeRef] = Field(default_factory=dict)
    never_same_person: tuple[tuple[Asked, Asked], ...] = ()
    longest_days: Count | None = Field(None, description="From launch to letter; a target.")
    assessment: Assessing | None = None
    after: After | None = Field(None, description="What follows the decision.")
    expedited: Expedited | None = Field(None, description="It is an emergency's procedure.")
    stages: tuple[Stage, ...] = Field(min_length=2)

    @property
    def key(self) -> str:
        """The procedure's name, as on the command line."""
        return self.procedure

    @property
    def first(self) -> Stage:
        """The stage that a case begins in."""
        return self.stages[0]

    @property
    def ends(self) -> tuple[Stage, ...]:
        """The stages after which nothing follows."""
        return tuple(each for each in self.stages if isinstance(each, Finish))

    def stage(self, key: str) -> Stage:
        """The stage of this key; a KeyError where there is none."""
        for each in self.stages:
            if each.key == key:
                return each
        raise KeyError(key)

    def office_of(self, asked: str) -> str | None:
        """The office behind a name in `ask`: itself, a role's office, or None for a person."""
        return asked if asked.startswith("office.") else self.roles.get(asked)


class Rulebook(Part):
    """One organisation's law, whole. Its version is the hash of its canonical form."""

    organisation: Organisation
    posts: tuple[Post, ...]
    procedures: tuple[Procedure, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """The organisation's languages."""
        return self.organisation.languages

    def procedure(self, key: str) -> Procedure | None:
        """The procedure of this key."""
        return next((each for each in self.procedures if each.procedure == key), None)

    def post(self, key: str) -> Post | None:
        """The post of this key."""
        return next((each for each in self.posts if each.key == key), None)

    def office(self, ref: str) -> Office | None:
        """The office named `office.key` or `key`."""
        key = ref.removeprefix("office.")
        return next((each for each in self.organisation.offices if each.key == key), None)

    def duty_station(self, key: str) -> DutyStation | None:
        """The duty station of this key."""
        return next((each for each in self.organisation.duty_stations if each.key == key), None)

    def calendar(self, key: str) -> WorkCalendar | None:
        """The calendar of this key, or of the duty station of this key."""
        station = self.duty_station(key)
        wanted = station.calendar if station else key
        return next((each for each in self.organisation.calendars if each.key == wanted), None)

    def region_of(self, country: str) -> str | None:
        """The region of a country, where the organisation has said so."""
        listed = self.organisation.regions.regions if self.organisation.regions else ()
        return next((each.key for each in listed if country in each.countries), None)

    def is_member(self, country: str) -> bool | None:
        """Whether a country is a member; None where members are not on file."""
        members = self.organisation.members
        return country in members.countries if members else None
