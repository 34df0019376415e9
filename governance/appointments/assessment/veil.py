"""Candidates behind codes: what says who somebody is, is not even read into the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from governance.appointments.models import Candidacy
from governance.appointments.queries import Candidate
from governance.people.models import Person

# What may be judged although nobody knows whose it is.
TELLING = ("degree", "languages", "police_years", "years_experience")


def veiled(candidates: Iterable[Candidate], codes: Mapping[str, str]) -> list[Candidate]:
    """The same candidates without name, sex, nationality, age, employer; in the order of codes."""
    found = [_veiled(each, codes[each.candidacy.id]) for each in candidates]
    return sorted(found, key=lambda each: each.person.family_name)


def _veiled(candidate: Candidate, code: str) -> Candidate:
    own = candidate.candidacy
    person = Person(id=own.id, family_name=code, email="")
    candidacy = Candidacy(
        id=own.id,
        case_id=own.case_id,
        person_id=own.id,
        state=own.state,
        facts={key: own.facts[key] for key in TELLING if key in own.facts},
        came_at=own.came_at,
    )
    return replace(candidate, person=person, candidacy=candidacy, checks=())
