"""Who has spoken from a seat, and for whom: "X for Y, office, under: Z"."""

from __future__ import annotations

from collections.abc import Mapping

from governance.consultation.queries import Asked
from governance.people.models import Person
from governance.refusals import Sentence, say
from governance.web.cases.reading import Reading
from governance.web.views import Words

INSTRUMENTS: Mapping[str, Sentence] = {
    "delegation": say("a delegation of this question"),
    "own notice of absence": say("an absence that was notified here"),
}


def instrument_of(instrument: str) -> Words:
    """By which instrument somebody acts for another, in words."""
    return INSTRUMENTS.get(instrument) or instrument


def speaker(reading: Reading, asked: Asked, capacity: Words) -> Words:
    """Whoever answered, with the right by which they did; before that, whoever was asked."""
    answer = asked.answer
    standing = answer.standing if answer is not None else {}
    if answer is None or not standing:
        return say("{name}, {capacity}", name=asked.person.name, capacity=capacity)
    by = reading.session.get(Person, answer.by_id or "")
    principal = reading.session.get(Person, standing.get("for") or "")
    name = by.name if by else asked.person.name
    if standing["kind"] == "successor" or principal is None:
        return say("{name}, {capacity}", name=name, capacity=capacity)
    return say(
        "{name} for {principal}, {capacity}, under: {instrument}",
        name=name,
        principal=principal.name,
        capacity=capacity,
        instrument=instrument_of(standing["instrument"]),
    )
