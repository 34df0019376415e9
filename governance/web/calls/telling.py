"""A call and the fields of its form in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from babel import Locale

from governance.appointments.applications.form import LETTER_LANGUAGES
from governance.appointments.calls.queries import OpenCall
from governance.appointments.rules import DEGREES
from governance.house import House
from governance.people.states import load_states
from governance.refusals import Sentence, say
from governance.web.calls.views import CallLine, FormField
from governance.web.views import Fact, Moment, Option, Words

NAMES = {"ar": "العربية", "en": "English", "es": "Español", "fr": "Français"}
DEGREE_WORDS: Mapping[str, Sentence] = {
    "none": say("No degree"),
    "secondary": say("Secondary school"),
    "bachelor": say("Bachelor or equal"),
    "master": say("Master or equal"),
    "doctorate": say("Doctorate"),
}
KIND_WORDS: Mapping[str, Sentence] = {
    "external": say("From outside the organisation"),
    "internal": say("Staff of the organisation"),
    "seconded": say("Seconded by my administration"),
    "roster": say("From the roster"),
}
CLEARANCE_WORDS: Mapping[str, Sentence] = {
    "none": say("No clearance"),
    "basic": say("Basic screening"),
    "enhanced": say("Enhanced screening"),
}


def line_of(house: House, seen: OpenCall, language: str) -> CallLine:
    """One call in short."""
    calendar = house.calendars[seen.procedure.calendar]
    law = seen.rulebook.calendar(seen.procedure.calendar)
    place = law.title.say(language) if law else ""
    station = seen.rulebook.duty_station(seen.post.duty_station)
    facts = [
        Fact(say("Grade"), seen.post.grade),
        Fact(say("Duty station"), station.title.say(language) if station else ""),
        Fact(say("Term"), period(seen.post.term) if seen.post.term else ""),
        Fact(say("Clearance"), CLEARANCE_WORDS[seen.post.clearance]),
        Fact(say("Funding"), seen.post.funding),
        Fact(
            say("Classified under"),
            seen.post.classification.reference if seen.post.classification else "",
        ),
    ]
    assert seen.call.closes_at is not None  # noqa: S101 -- it is asked for in the query
    return CallLine(
        title=seen.post.title.say(language),
        href=f"/calls/{seen.case.reference}",
        reference=seen.case.reference,
        facts=tuple(each for each in facts if each.value),
        closes=Moment(seen.call.closes_at, calendar.zone, place, exclusive=True),
    )


def period(term: Any) -> Words:
    """How long, in words."""
    table: Mapping[str, Sentence] = {
        "years": say("{n} years", n=term.count),
        "months": say("{n} months", n=term.count),
    }
    return table.get(term.unit, str(term))


def asked_of(seen: OpenCall, language: str) -> tuple[Words, ...]:
    """What the call asks of everybody, as sentences."""
    return tuple(_asked(rule, given, language) for rule, given in seen.asked)


def _languages(given: Mapping[str, Any], language: str) -> Words:
    comma = "\N{ARABIC COMMA} " if language == "ar" else ", "
    needed = comma.join(_tongue(each, language) for each in given.get("required", ()))
    if not given.get("at_least"):
        return say("You work in {languages}.", languages=needed)
    return say(
        "You work in {languages}, and in {n} official languages in all.",
        languages=needed,
        n=given["at_least"],
    )


def _degree(given: Mapping[str, Any], _: str) -> Words:
    wanted = str(given.get("at_least"))
    degree = DEGREE_WORDS.get(wanted, wanted)
    return say("You hold this degree or a higher one: {degree}.", degree=degree)


ASKED: Mapping[str, Callable[[Mapping[str, Any], str], Words]] = {
    "age_limit": lambda given, _: say(
        "On entry on duty you are under {n} years of age.", n=given.get("under", 0)
    ),
    "degree": _degree,
    "member_nationality": lambda _, __: say("You are a national of a member country."),
    "official_languages": _languages,
    "years_of_experience": lambda given, _: say(
        "You have served {n} years in a relevant function.", n=given.get("at_least", 0)
    ),
}


def _asked(rule: str, given: Mapping[str, Any], language: str) -> Words:
    told = ASKED.get(rule)
    return told(given, language) if told else rule.replace("_", " ")


def _country(alpha2: str, language: str) -> str:
    return str(Locale(language).territories.get(alpha2.upper(), ""))


def country_words(house: House, code: str, language: str) -> str:
    """The name of a country, by its code of three letters."""
    state = load_states(house.settings.rulebooks).get(code)
    return (_country(state.alpha2, language) or state.name) if state else code


def _tongue(code: str, language: str) -> str:
    return str(Locale(language).languages.get(code, code))


def fields_of(house: House, step: str, language: str) -> tuple[FormField, ...]:
    """The fields of a step."""
    return {"you": lambda: _you(house, language), "work": _work, "words": _motivation}.get(
        step, tuple
    )()


def _you(house: House, language: str) -> tuple[FormField, ...]:
    states = load_states(house.settings.rulebooks)
    named = sorted(
        (_country(each.alpha2, language) or each.name, code) for code, each in states.items()
    )
    return (
        FormField(
            "family_name",
            say("Family name"),
            attributes={"maxlength": "120", "autocomplete": "family-name", "dir": "auto"},
        ),
        FormField(
            "given_names",
            say("Given names"),
            attributes={"maxlength": "120", "autocomplete": "given-name", "dir": "auto"},
        ),
        FormField("birth_date", say("Date of birth"), "date", attributes={"autocomplete": "bday"}),
        FormField(
            "sex",
            say("Sex"),
            "select",
            options=(
                Option("", say("Not said")),
                Option("F", say("Female")),
                Option("M", say("Male")),
                Option("X", say("Other")),
            ),
        ),
        FormField(
            "nationality",
            say("Nationality"),
            "select",
            options=(Option("", say("Choose")), *(Option(code, name) for name, code in named)),
        ),
        FormField(
            "letter_language",
            say("Language of letters to you"),
            "select",
            options=tuple(Option(each, NAMES[each]) for each in LETTER_LANGUAGES),
        ),
    )


def _work() -> tuple[FormField, ...]:
    return (
        FormField(
            "degree",
            say("Highest degree"),
            "select",
            options=(
                Option("", say("Choose")),
                *(Option(each, DEGREE_WORDS[each]) for each in DEGREES),
            ),
        ),
        FormField(
            "years_experience",
            say("Years of relevant experience"),
            attributes={"inputmode": "numeric", "maxlength": "2", "dir": "ltr"},
        ),
        FormField(
            "languages",
            say("Languages"),
            hint=say("With levels of the European framework, such as: en:C2; fr:C1; ar:B2"),
            attributes={"maxlength": "200", "dir": "ltr"},
        ),
        FormField(
            "current_employer", say("Employer"), attributes={"maxlength": "200", "dir": "auto"}
        ),
        FormField(
            "police_rank",
            say("Rank, if you serve in the police"),
            attributes={"maxlength": "120", "dir": "auto"},
        ),
        FormField(
            "police_years",
            say("Years of police service"),
            attributes={"inputmode": "numeric", "maxlength": "2", "dir": "ltr"},
        ),
        FormField(
            "candidate_kind",
            say("You apply as"),
            "select",
            options=tuple(
                Option(each, KIND_WORDS[each]) for each in ("external", "internal", "seconded")
            ),
        ),
        FormField(
            "secondment_years",
            say("If seconded: for how many years"),
            hint=say(
                "Your administration agrees in writing, through your National Central Bureau."
            ),
            attributes={"inputmode": "numeric", "maxlength": "1", "dir": "ltr"},
        ),
    )


def _motivation() -> tuple[FormField, ...]:
    return (
        FormField(
            "motivation",
            say("Why you, and why this post"),
            "textarea",
            hint=say("It is kept encrypted, and read by those who assess candidates."),
            attributes={"maxlength": "6000", "rows": "12", "dir": "auto"},
        ),
    )


NOTICE: tuple[Sentence, ...] = (
    say(
        "We keep what you write, and the files that you give, for this selection "
        "alone. The purpose is to find out who may be appointed."
    ),
    say(
        "It is read by those who take part in this selection: human resources, the "
        "panel, those who are consulted and who decide. Findings about you are shown "
        "to you before they count."
    ),
    say(
        "Your words and files are kept encrypted. If you are not appointed, they are "
        "erased when the time that our rules set is over."
    ),
    say(
        "You may see what is held about you, correct it until the call closes, and "
        "withdraw at any time."
    ),
)
