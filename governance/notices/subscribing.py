"""A device is told by web push, or no longer: it is the reader's own act, on that device."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from governance.acts import Moment, Verb, Written
from governance.notices.channels import offered
from governance.notices.preferring import oneself, reach_of
from governance.notices.push import DEVICES, PUSH, Device, address_of, devices_in, why_not
from governance.people.models import Person, Preference, Reach
from governance.record.filekeys import KeyRing
from governance.refusals import Reason, refuse

ENDPOINT_LIMIT, KEY_LIMIT = 1000, 200


@dataclass(frozen=True)
class Subscribed:
    """What a browser hands over: where its push service listens, and its keys."""

    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True)
class Unsubscribed:
    """The device that is told no more; empty: all of them."""

    endpoint: str = ""


def subscribe(moment: Moment, person: Person | None, given: Subscribed) -> Written[Person]:
    """Keep the device, sealed; the channel is wanted from now on."""
    assert person is not None  # noqa: S101 -- the door locks the subject first
    device = Device(given.endpoint.strip(), given.p256dh.strip(), given.auth.strip())
    _can_be_told(moment, device)
    reach = reach_of(moment.session, person.id).get(PUSH)
    kept = _devices(moment.session, moment.house.keys, reach)
    others = tuple(each for each in kept if each.endpoint != device.endpoint)
    devices = (device, *others)[:DEVICES]
    _keep(moment, person, reach, devices)
    preference = moment.session.get(Preference, person.id)
    if preference is None:
        preference = Preference(person_id=person.id, changed_at=moment.now)
        moment.session.add(preference)
    preference.channels = sorted({*preference.channels, PUSH})
    preference.changed_at = moment.now
    return Written({"channel": PUSH, "devices": len(devices)}, person)


def unsubscribe(
    moment: Moment, person: Person | None, given: Unsubscribed
) -> Written[Person] | None:
    """Forget one device, or all; without any, the channel is not wanted any more."""
    assert person is not None  # noqa: S101 -- the door locks the subject first
    reach = reach_of(moment.session, person.id).get(PUSH)
    kept = _devices(moment.session, moment.house.keys, reach)
    left = tuple(each for each in kept if given.endpoint and each.endpoint != given.endpoint)
    if reach is None or len(left) == len(kept):
        if moment.actor.is_clock:
            return None  # forgotten meanwhile
        raise refuse(
            "this device is not told by web push",
            rule="device_is_known",
            cure="See how you are told: mandate notices preferences, or the page of it.",
            where="endpoint",
            reason=Reason.MISSING,
        )
    if left:
        _keep(moment, person, reach, left)
    else:
        moment.session.delete(reach)
        preference = moment.session.get(Preference, person.id)
        if preference is not None:
            preference.channels = [each for each in preference.channels if each != PUSH]
            preference.changed_at = moment.now
    return Written({"channel": PUSH, "devices": len(left)}, person)


def _oneself_or_the_clock(moment: Moment, person: Person | None, given: Unsubscribed) -> str:
    """The reader, on the device; the clock, for one that its push service says is gone."""
    return "clock" if moment.actor.is_clock and given.endpoint else oneself(moment, person, given)


SUBSCRIBE: Verb[Person, Subscribed] = Verb(
    "person:subscribe_device", Person, "person", oneself, subscribe
)
UNSUBSCRIBE: Verb[Person, Unsubscribed] = Verb(
    "person:unsubscribe_device", Person, "person", _oneself_or_the_clock, unsubscribe
)


def _can_be_told(moment: Moment, device: Device) -> None:
    settings = moment.house.settings
    why = "" if PUSH in offered(settings) else "this installation has no such channel"
    too_long = len(device.endpoint) > ENDPOINT_LIMIT or (
        max(len(device.p256dh), len(device.auth)) > KEY_LIMIT
    )
    why = why or ("it is too long" if too_long else why_not(settings, device))
    if why:
        raise refuse(
            "this device cannot be told: {why}",
            rule="device_can_be_told",
            cure="Use another browser, or ask your administrator which push services are allowed.",
            where="endpoint",
            reason=Reason.INPUT,
            why=why,
        )


def _devices(session: Session, keys: KeyRing, reach: Reach | None) -> tuple[Device, ...]:
    return devices_in(keys.open(session, reach.address)) if reach is not None else ()


def _keep(moment: Moment, person: Person, reach: Reach | None, devices: tuple[Device, ...]) -> None:
    sealed = moment.seal(f"person:{person.id}", address_of(devices))["sealed"]
    if reach is None:
        made = Reach(person_id=person.id, channel=PUSH, address=sealed, changed_at=moment.now)
        moment.session.add(made)
        return
    reach.address, reach.changed_at = sealed, moment.now
