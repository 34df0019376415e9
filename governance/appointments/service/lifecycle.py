"""The lives of an offer, of a place on a roster, and of a service to its end. Read this first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import State

from governance.appointments.lifecycle import CLOCK, HR
from governance.appointments.service.rules import (
    ends_within_the_cap,
    every_condition_is_met,
    last_review_supports_confirmation,
    oath_is_taken,
    place_is_still_good,
    probation_may_be_prolonged,
)
from governance.lifecycle import Lifecycle
from governance.refusals import satisfies


class OfferLifecycle(Lifecycle):
    """An offer: made, then accepted, refused, lapsed or taken back; one at a time for a post."""

    made = State("Made", initial=True)
    accepted = State("Accepted")
    fulfilled = State("Fulfilled", final=True)
    refused = State("Refused", final=True)
    lapsed = State("Lapsed", final=True)
    taken_back = State("Taken back", final=True)

    accept = made.to(accepted)
    refuse = made.to(refused)
    lapse = made.to(lapsed)
    take_back = made.to(taken_back) | accepted.to(taken_back)
    meet = made.to(made) | accepted.to(accepted)
    fulfil = accepted.to(fulfilled, validators=satisfies(every_condition_is_met))

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "accept": frozenset({CLOCK}),
        "refuse": frozenset({CLOCK}),
        "lapse": frozenset({CLOCK}),
        "take_back": frozenset({HR, CLOCK}),
        "meet": frozenset({HR}),
        "fulfil": frozenset({CLOCK, HR}),
    }


class RosterLifecycle(Lifecycle):
    """A place on a roster: good until it is used, runs out, or is given up."""

    listed = State("On the roster", initial=True)
    used = State("Used", final=True)
    expired = State("Expired", final=True)
    removed = State("Removed", final=True)

    renew = listed.to(listed)
    use = listed.to(used, validators=satisfies(place_is_still_good))
    expire = listed.to(expired)
    remove = listed.to(removed)

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "renew": frozenset({HR}),
        "use": frozenset({HR}),
        "expire": frozenset({CLOCK}),
        "remove": frozenset({HR}),
    }


class ServiceLifecycle(Lifecycle):
    """A service in an office: expected, on probation, confirmed, ended. Acting and interim too."""

    expected = State("Expected", initial=True)
    probation = State("On probation")
    serving = State("Serving")
    ended = State("Ended", final=True)
    fallen_through = State("Never begun", final=True)

    enter_on_probation = expected.to(probation, validators=satisfies(oath_is_taken))
    enter = expected.to(serving, validators=satisfies(oath_is_taken))
    fall_through = expected.to(fallen_through)
    confirm = probation.to(serving, validators=satisfies(last_review_supports_confirmation))
    prolong_probation = probation.to(probation, validators=satisfies(probation_may_be_prolonged))
    extend = serving.to(serving, validators=satisfies(ends_within_the_cap))
    ratify = serving.to(serving)
    separate = probation.to(ended) | serving.to(ended)
    run_out = probation.to(ended) | serving.to(ended)

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "enter_on_probation": frozenset({HR, CLOCK}),
        "enter": frozenset({HR, CLOCK}),
        "fall_through": frozenset({HR}),
        "confirm": frozenset({HR}),
        "prolong_probation": frozenset({HR}),
        "extend": frozenset({HR}),
        "ratify": frozenset({CLOCK}),
        "separate": frozenset({HR}),
        "run_out": frozenset({CLOCK}),
    }
