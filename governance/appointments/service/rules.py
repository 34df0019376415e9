"""What stands between a decision and a service, and what ends it. Pure: no rows, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from governance.refusals import Answer, failed, passed, rule, undetermined

OWN = "Mandate, service"
SINCE = date(2026, 1, 1)


@dataclass(frozen=True)
class Offering:
    """An offer about to be made: where the candidate stands, and what else is offered."""

    candidacy: str
    is_vetted: bool
    live_offer: str | None


@rule(OWN, SINCE)
def only_the_chosen_is_offered(case: Offering) -> Answer:
    """An offer goes to whom the decision chose, and to nobody who is out or not cleared."""
    if case.candidacy == "chosen" and case.is_vetted:
        return passed("the candidate is chosen, and every check is closed")
    return failed(
        "the candidate is not chosen, or a check is not closed",
        cure="Close the vetting and take the decision first.",
    )


@rule(OWN, SINCE)
def post_has_no_other_offer(case: Offering) -> Answer:
    """One post, one offer at a time."""
    if case.live_offer is None:
        return passed("no other offer is out for this post")
    return failed(
        "another offer for this post is still good: {reference}",
        cure="Wait for its answer, or take it back.",
        reference=case.live_offer,
    )


@dataclass(frozen=True)
class Fulfilling:
    """The conditions of an offer: how many there are, and how many are met."""

    conditions: int
    met: int


@rule(OWN, SINCE)
def every_condition_is_met(case: Fulfilling) -> Answer:
    """Nobody enters on duty before each condition of the offer is met."""
    if case.met >= case.conditions:
        return passed("every condition of the offer is met")
    return failed(
        "{n} conditions of the offer are not met",
        cure="Record each with: mandate appointment offer meet.",
        n=case.conditions - case.met,
    )


@dataclass(frozen=True)
class Entering:
    """An entry on duty: whether an oath is asked for, and whether it was taken."""

    oath_is_asked: bool
    oath_on: date | None
    begins_on: date
    today: date


@rule(OWN, SINCE)
def oath_is_taken(case: Entering) -> Answer:
    """Nobody enters on duty before the day has come and the oath or declaration is on file."""
    if case.today < case.begins_on:
        return failed(
            "the day of entry on duty is {day}", cure="Wait for it.", day=case.begins_on.isoformat()
        )
    if case.oath_is_asked and case.oath_on is None:
        return failed(
            "the oath or declaration is not on file",
            cure="Record it first: mandate appointment service oath.",
        )
    return passed("the day has come, and what must be sworn is on file")


@dataclass(frozen=True)
class Confirming:
    """A probation that is to end well: the results of its reviews, in their order."""

    reviews: Sequence[str]
    due: int


@rule(OWN, SINCE)
def last_review_supports_confirmation(case: Confirming) -> Answer:
    """A probation ends with a confirmation only after every review, the last one favourable."""
    open_ = case.due - len(case.reviews)
    if open_ > 0:
        return failed("{n} reviews of the probation are not held", cure="Hold them first.", n=open_)
    if case.reviews and case.reviews[-1] != "satisfactory":
        return failed(
            "the last review was not favourable",
            cure="Prolong the probation, or end the service with a reason.",
        )
    return passed("every review is held, and the last one is favourable")


@dataclass(frozen=True)
class Prolonging:
    """A probation that is to be longer: how often it was already, and how often it may be."""

    times: int
    at_most: int


@rule(OWN, SINCE)
def probation_may_be_prolonged(case: Prolonging) -> Answer:
    """A probation is prolonged no more often than the rulebook says."""
    if case.times < case.at_most:
        return passed(
            "prolonged {times} of {at_most} times", times=case.times, at_most=case.at_most
        )
    return failed(
        "the probation may be prolonged {at_most} times, and was",
        cure="Confirm the service, or end it.",
        at_most=case.at_most,
    )


@dataclass(frozen=True)
class Extending:
    """A service that is to last longer: its new end, the last day allowed, how often before."""

    ends_on: date
    cap_on: date | None
    times: int
    at_most: int | None
    present_end: date | None


@rule(OWN, SINCE)
def ends_within_the_cap(case: Extending) -> Answer:
    """No service lasts longer, or is extended more often, than the rulebook says."""
    if case.present_end is not None and case.ends_on <= case.present_end:
        return failed(
            "the new end {day} is no later than the present one",
            cure="Give a later day.",
            day=case.ends_on.isoformat(),
        )
    if case.at_most is not None and case.times >= case.at_most:
        return failed(
            "it may be extended {n} times, and was", cure="Open a new competition.", n=case.at_most
        )
    if case.cap_on is not None and case.ends_on > case.cap_on:
        return failed(
            "it may last until {cap}, and the new end is {day}",
            cure="Choose an earlier end.",
            cap=case.cap_on.isoformat(),
            day=case.ends_on.isoformat(),
        )
    return passed("within what the rulebook allows")


@dataclass(frozen=True)
class Seconding:
    """A secondment asked for: its length, its limits in months; days served, left, asked for."""

    months: int | None
    shortest: int
    longest: int
    in_all: int
    before: int
    left: int
    asked: int


@rule(OWN, SINCE)
def secondment_is_within_its_limits(case: Seconding) -> Answer:
    """Nobody is seconded for less, or for longer, than the rulebook says, at a time or in all."""
    if case.months is None:
        return undetermined(
            "for how many years the secondment would be is not on file", cure="Enter it."
        )
    if not case.shortest <= case.months <= case.longest:
        return failed(
            "a secondment of {months} months is asked for; it lasts from {shortest} to {longest}",
            cure="Agree on another length with the home administration.",
            months=case.months,
            shortest=case.shortest,
            longest=case.longest,
        )
    if case.asked > case.left:
        return failed(
            "{before} days were served in secondments, and {in_all} months are the most in all",
            cure="Choose a shorter secondment, or somebody else.",
            before=case.before,
            in_all=case.in_all,
        )
    return passed(
        "{months} months, after {before} days in secondments before",
        months=case.months,
        before=case.before,
    )


@dataclass(frozen=True)
class Placed:
    """A place on a roster: its last day, and today."""

    until: date
    today: date


@rule(OWN, SINCE)
def place_is_still_good(case: Placed) -> Answer:
    """Nobody is drawn from a roster whose place has run out."""
    if case.today <= case.until:
        return passed("good until {day}", day=case.until.isoformat())
    return failed(
        "the place on the roster ended on {day}",
        cure="Renew it where the rulebook allows, or open a call.",
        day=case.until.isoformat(),
    )


@dataclass(frozen=True)
class ActingFor:
    """A temporary service in an office: its span, the time served already, the caps in days."""

    days: int
    before: int
    longest: int | None
    in_all: int | None
    office_is_held: bool
    is_same_person: bool


@rule(OWN, SINCE)
def acting_time_is_within_its_cap(case: ActingFor) -> Answer:
    """Acting time is capped, for one service and in all for one person in one office."""
    if case.longest is not None and case.days > case.longest:
        return failed(
            "{days} days are asked for, and {longest} are the most at a time",
            cure="Choose an earlier end.",
            days=case.days,
            longest=case.longest,
        )
    if case.in_all is not None and case.before + case.days > case.in_all:
        return failed(
            "{before} days were served and {days} are asked for: {in_all} are the most in all",
            cure="Let somebody else act, or fill the post.",
            before=case.before,
            days=case.days,
            in_all=case.in_all,
        )
    return passed("{days} days, after {before} served before", days=case.days, before=case.before)


@rule(OWN, SINCE)
def nobody_acts_for_themselves(case: ActingFor) -> Answer:
    """Who holds an office does not act in it."""
    if not case.is_same_person:
        return passed("the office is held by somebody else, or by nobody")
    return failed("this person holds the office already", cure="Name somebody else.")
