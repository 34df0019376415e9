"""Somebody says how they want to be told: channels, a daily mail, quiet hours, zone, language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import available_timezones

from sqlmodel import Session, col, select

from governance.access.actor import Level
from governance.acts import Moment, Verb, Written
from governance.language import LANGUAGES
from governance.notices.channels import offered, why_not
from governance.notices.hours import is_hour
from governance.people.models import Person, Preference, Reach
from governance.refusals import Finding, Reason, Refused, Verdict, refuse, say
from governance.settings import Settings

SIGNED_IN = frozenset({Level.SESSION, Level.FRESH})
ADDRESS_LIMIT = 500


@dataclass(frozen=True)
class Preferred:
    """What somebody prefers. An empty address leaves the one that is kept; "-" removes it."""

    language: str
    zone: str = ""
    digest_at: str = ""
    quiet_from: str = ""
    quiet_until: str = ""
    channels: tuple[str, ...] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)


def oneself(moment: Moment, person: Person | None, _: object) -> str:
    """How somebody is told is their own affair."""
    actor = moment.actor
    if person is not None and actor.person_id == person.id and actor.level in SIGNED_IN:
        return "self"
    raise refuse(
        "how somebody is told is their own affair",
        rule="own_affairs",
        article="Mandate, roles",
        cure="Sign in as that person.",
        reason=Reason.AUTHORITY,
    )


def prefer(moment: Moment, person: Person | None, given: Preferred) -> Written[Person]:
    """Keep it. Addresses are sealed, and the record says only which channels there are."""
    assert person is not None  # noqa: S101 -- the door locks the subject first
    reached = reach_of(moment.session, person.id)
    if faults := list(_faults(moment.house.settings, given, set(reached))):
        raise Refused(faults, Reason.INPUT)
    kept = moment.session.get(Preference, person.id)
    if kept is None:
        kept = Preference(person_id=person.id, changed_at=moment.now)
        moment.session.add(kept)
    person.language = given.language
    kept.zone, kept.digest_at = given.zone, given.digest_at
    kept.quiet_from, kept.quiet_until = given.quiet_from, given.quiet_until
    kept.channels, kept.changed_at = sorted(set(given.channels)), moment.now
    for channel, address in given.addresses.items():
        _keep(moment, person, channel, address.strip(), reached.get(channel))
    return Written(
        {
            "channels": kept.channels,
            "digest": bool(given.digest_at),
            "language": given.language,
            "quiet_hours": bool(given.quiet_from),
        },
        person,
    )


def reach_of(session: Session, person_id: str) -> dict[str, Reach]:
    """By which channels beside mail somebody is reached."""
    query = select(Reach).where(col(Reach.person_id) == person_id)
    return {each.channel: each for each in session.exec(query)}


def tell_preferences(session: Session, person: Person, settings: Settings) -> dict[str, Any]:
    """How somebody is told, as plain data; addresses are never given back."""
    kept = session.get(Preference, person.id)
    return {
        "language": person.language,
        "zone": kept.zone if kept else "",
        "digest_at": kept.digest_at if kept else "",
        "quiet_from": kept.quiet_from if kept else "",
        "quiet_until": kept.quiet_until if kept else "",
        "channels": kept.channels if kept else [],
        "reached_by": sorted(reach_of(session, person.id)),
        "offered": list(offered(settings)),
    }


def _keep(moment: Moment, person: Person, channel: str, address: str, there: Reach | None) -> None:
    if not address:
        return
    if address == "-":
        if there is not None:
            moment.session.delete(there)
        return
    sealed = moment.seal(f"person:{person.id}", address)["sealed"]
    if there is None:
        there = Reach(person_id=person.id, channel=channel, address=sealed, changed_at=moment.now)
        moment.session.add(there)
    there.address, there.changed_at = sealed, moment.now


def _faults(settings: Settings, given: Preferred, reached: set[str]) -> Iterator[Finding]:
    yield from _of_hours(given)
    yield from _of_channels(settings, given, reached)


def _of_hours(given: Preferred) -> Iterator[Finding]:
    if given.language not in LANGUAGES:
        yield _fault("language", given.language, "Choose one of: {known}.", ", ".join(LANGUAGES))
    if given.zone and given.zone not in available_timezones():
        yield _fault("zone", given.zone, "Write a zone such as {known}.", "Africa/Abidjan")
    for name in ("digest_at", "quiet_from", "quiet_until"):
        hour = getattr(given, name)
        if hour and not is_hour(hour):
            yield _fault(name, hour, "Write an hour such as {known}.", "07:30")
    if bool(given.quiet_from) != bool(given.quiet_until):
        empty = "quiet_until" if given.quiet_from else "quiet_from"
        yield _fault(empty, "", "Give both hours, or neither.", "")


def _of_channels(settings: Settings, given: Preferred, reached: set[str]) -> Iterator[Finding]:
    there = offered(settings)
    for channel in given.channels:
        address = given.addresses.get(channel, "").strip()
        if channel not in there:
            known = ", ".join(there) or "mail"
            yield _fault("channels", channel, "This installation has: {known}.", known)
        elif address == "-" or (not address and channel not in reached):
            yield _fault(channel, "", "Give the address on this channel.", "")
    for channel, address in given.addresses.items():
        if address.strip() in {"", "-"}:
            continue
        why = why_not(settings, channel, address.strip())
        if why or len(address) > ADDRESS_LIMIT:
            yield _fault(channel, "…", "{known}.", why or "it is too long")


def _fault(name: str, value: str, cure: str, known: str) -> Finding:
    because = (
        say('"{value}" is not understood here', value=value[:60]) if value else say("it is empty")
    )
    return Finding(
        "preference_is_understood", "", Verdict.FAIL, because, say(cure, known=known), name
    )


PREFER: Verb[Person, Preferred] = Verb("person:prefer", Person, "person", oneself, prefer)
