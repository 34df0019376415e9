"""Eligibility, vetting and the gates before a letter. Pure: no rows, no clock.

Predicates are named in the rulebook's vocabulary (rulebook/predicates.py); an organisation gives
them their numbers and cites its own article.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from governance.refusals import (
    Answer,
    Finding,
    Verdict,
    advisory,
    failed,
    passed,
    rule,
    undetermined,
)

OWN = "Mandate, appointments"
SINCE = date(2026, 1, 1)
OFFICIAL = ("ar", "en", "es", "fr")
DEGREES = ("none", "secondary", "bachelor", "master", "doctorate")


@dataclass(frozen=True)
class Applicant:
    """What eligibility looks at. `languages` maps a language to its level; `on` is the day."""

    nationality: str | None
    languages: Mapping[str, str]
    degree: str | None
    years_experience: int | None
    birth_date: date | None
    is_member: bool | None
    on: date


def member_nationality(person: Applicant, _: Mapping[str, Any]) -> Answer:
    """The candidate is a national of a member."""
    if person.nationality is None or person.is_member is None:
        return undetermined(
            "the nationality, or the list of members, is not on file",
            cure="Enter the nationality.",
        )
    if person.is_member:
        return passed("{nationality} is a member", nationality=person.nationality)
    return failed(
        "{nationality} is not a member",
        cure="Only nationals of members can be appointed.",
        nationality=person.nationality,
    )


def official_languages(person: Applicant, given: Mapping[str, Any]) -> Answer:
    """The candidate has the languages that the post asks for."""
    missing = [each for each in given.get("required", ()) if each not in person.languages]
    have = sum(language in person.languages for language in OFFICIAL)
    if missing:
        return failed("does not have: {missing}", missing=", ".join(missing))
    if have < given.get("at_least", 0):
        return failed(
            "{have} of the official languages, {need} are needed", have=have, need=given["at_least"]
        )
    return passed("has the languages that are asked for")


def years_of_experience(person: Applicant, given: Mapping[str, Any]) -> Answer:
    """The candidate has the years of experience that the post asks for."""
    need = given["at_least"]
    if person.years_experience is None:
        return undetermined("the years of experience are not on file", cure="Enter them.")
    if person.years_experience >= need:
        return passed("{have} years, {need} are needed", have=person.years_experience, need=need)
    return failed("{have} years, {need} are needed", have=person.years_experience, need=need)


def degree(person: Applicant, given: Mapping[str, Any]) -> Answer:
    """The candidate has the degree that the post asks for, or a higher one."""
    need = given["at_least"]
    if person.degree not in DEGREES:
        return undetermined("the degree is not on file", cure="Enter it.")
    if DEGREES.index(person.degree) >= DEGREES.index(need):
        return passed("has a {have}", have=person.degree)
    return failed("has a {have}, a {need} is needed", have=person.degree, need=need)


def age_limit(person: Applicant, given: Mapping[str, Any]) -> Answer:
    """The candidate is under the age limit on the day of entry on duty."""
    if person.birth_date is None:
        return undetermined("the date of birth is not on file", cure="Enter it.")
    age = age_on(person.birth_date, person.on)
    if age < given["under"]:
        return passed("{age} years, the limit is {limit}", age=age, limit=given["under"])
    return failed("{age} years, the limit is {limit}", age=age, limit=given["under"])


def age_on(born: date, day: date) -> int:
    """Whole years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


ELIGIBILITY: Mapping[str, Callable[[Applicant, Mapping[str, Any]], Answer]] = {
    "age_limit": age_limit,
    "degree": degree,
    "member_nationality": member_nationality,
    "official_languages": official_languages,
    "years_of_experience": years_of_experience,
}


def eligibility(
    person: Applicant, rules: Sequence[tuple[str, Mapping[str, Any], str]]
) -> list[Finding]:
    """What each named rule says of a person: (name, its numbers, its article) for each."""
    return [
        Finding(name, article, answer.verdict, answer.because, answer.cure)
        for name, given, article in rules
        for answer in (ELIGIBILITY[name](person, given),)
    ]


@dataclass(frozen=True)
class Sifted:
    """The findings of eligibility on one candidacy."""

    verdicts: tuple[Verdict, ...]


@rule(OWN, SINCE)
def every_rule_is_kept(case: Sifted) -> Answer:
    """Only who keeps every rule of eligibility is admitted."""
    if Verdict.UNDETERMINED in case.verdicts:
        return undetermined("a fact is missing", cure="Complete the candidate's data.")
    if Verdict.FAIL in case.verdicts:
        return failed("a rule of eligibility is broken", cure="Exclude the candidacy, with reason.")
    return passed("every rule of eligibility is kept")


@rule(OWN, SINCE)
def at_least_one_rule_is_broken(case: Sifted) -> Answer:
    """Nobody is excluded who keeps every rule."""
    if Verdict.FAIL in case.verdicts:
        return passed("a rule of eligibility is broken")
    return failed("no rule of eligibility is broken", cure="Admit the candidacy.")


@dataclass(frozen=True)
class Ending:
    """How a case ends."""

    appointed: int


@rule(OWN, SINCE)
def somebody_is_appointed(case: Ending) -> Answer:
    """A case is completed by exactly one appointment."""
    if case.appointed == 1:
        return passed("one candidate is appointed")
    return failed("{n} candidates are appointed", cure="Close the case instead.", n=case.appointed)


@dataclass(frozen=True)
class Launching:
    """What is known of a launch: the post, the procedure, who runs it."""

    procedure_of_post: str
    procedure: str
    running_reference: str | None
    vacant_offices: tuple[str, ...]
    wanted_on: date | None
    today: date
    barred_offices: tuple[str, ...] = ()
    undecided_offices: tuple[str, ...] = ()


@rule(OWN, SINCE)
def procedure_is_the_posts(case: Launching) -> Answer:
    """A post is filled by the procedure that the rulebook gives it."""
    if case.procedure == case.procedure_of_post:
        return passed("the procedure is the post's")
    return failed(
        'the procedure "{procedure}" is not the one for this post',
        cure='Use "{right}".',
        procedure=case.procedure,
        right=case.procedure_of_post,
    )


@rule(OWN, SINCE)
def post_is_not_being_filled(case: Launching) -> Answer:
    """One post, one running case."""
    if case.running_reference is None:
        return passed("no other case fills this post")
    return failed(
        "case {reference} is filling this post already",
        cure="Go on with it, or withdraw it first.",
        reference=case.running_reference,
    )


@rule(OWN, SINCE)
def every_office_asked_has_a_holder(case: Launching) -> Answer:
    """If nobody could decide, that is found at launch and not at the decision."""
    if not case.vacant_offices:
        return passed("every office that will be asked has a holder")
    return failed(
        "nobody holds: {offices}",
        cure="Enter the holders of these offices, or who acts for them.",
        offices=", ".join(case.vacant_offices),
    )


@rule(OWN, SINCE)
def somebody_is_there_to_decide(case: Launching) -> Answer:
    """Where everybody who may decide for an office is away, that is said before the launch."""
    if not case.undecided_offices:
        return passed("somebody is there to decide for every office")
    return advisory(
        "everybody who may decide is away now for: {offices}",
        cure="Have a substitute named before the question reaches the office.",
        offices=", ".join(case.undecided_offices),
    )


@rule(OWN, SINCE)
def launcher_does_not_decide(case: Launching) -> Answer:
    """Whoever launches a case does not hold an office that the law keeps apart from it."""
    if not case.barred_offices:
        return passed("the launcher holds no office that decides here")
    return failed(
        "whoever launches this case cannot also act in it as: {offices}",
        cure="Let another HR officer launch it.",
        offices=", ".join(case.barred_offices),
    )


@rule(OWN, SINCE)
def wanted_date_is_ahead(case: Launching) -> Answer:
    """The wanted day of entry on duty lies ahead."""
    if case.wanted_on is None or case.wanted_on > case.today:
        return passed("the wanted day lies ahead")
    return failed(
        "the wanted day {day} has passed", cure="Give a later day.", day=case.wanted_on.isoformat()
    )
