"""A certificate as a document: the facts that its kind asks for, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pendulum import DateTime

from governance.consultation.certificate import KIND_SAYS, LATE_SAYS, Certificate
from governance.consultation.models import FOR_EVER, Consultation
from governance.consultation.rules.limbs import BASE_SAYS
from governance.refusals import say
from governance.registry.house_style import letterhead_of, place_of
from governance.web.cases.marks import RULE_KINDS
from governance.web.cases.reading import Reading
from governance.web.certificates.wording import minute, result_of, said_by
from governance.web.questions.telling import asker_of, capacity_of, question_of

NOT_SAID = "–"
LONGEST = 500


def day_of(reading: Reading, at: DateTime) -> date:
    """The day of an instant where the reader is."""
    return DateTime.instance(at).in_timezone(reading.zone).date()


def facts_of(
    reading: Reading, consultation: Consultation, certificate: Certificate
) -> dict[str, Any]:
    """The facts of the kind `consultation_certificate`, for a question that is closed."""
    assert consultation.closed_at is not None  # noqa: S101 -- only what is closed is certified
    organisation = reading.rulebook.organisation
    head = letterhead_of(organisation, reading.language)
    closed = day_of(reading, consultation.closed_at).isoformat()
    is_secret = consultation.secrecy == FOR_EVER
    return {
        "organisation": head,
        "reference": consultation.reference,
        "place": place_of(organisation, reading.language),
        "date": closed,
        "question": reading.said(question_of(reading, consultation)),
        "subject_reference": consultation.reference,
        "asked_by": reading.said(asker_of(reading.session, consultation)),
        "opened": day_of(reading, consultation.opened_at).isoformat(),
        "closed": closed,
        "rule": _rule(reading, consultation, certificate),
        "is_secret": is_secret,
        "roll": [
            _voice(reading, consultation, each, is_secret=is_secret)
            for each in certificate.facts["asked"]
        ],
        "working": [
            reading.said(each)[:LONGEST] for each in (*certificate.working, *certificate.castings)
        ]
        or [NOT_SAID],
        "result": reading.said(result_of(reading, consultation))[:LONGEST],
        "entry": consultation.closing_entry or None,
        "signatory": {
            "name": head["name"],
            "office": reading.said(say("Secretariat, from the record")),
        },
    }


def _rule(reading: Reading, consultation: Consultation, certificate: Certificate) -> dict[str, Any]:
    rule = consultation.rule
    kind = rule["kind"]
    numbers = certificate.facts["numbers"]
    base_of = numbers.get("base_of", "")
    base = say("everybody who was asked")
    if base_of in BASE_SAYS and "base" in numbers:
        base = say(BASE_SAYS[base_of].pattern, n=numbers["base"])
    silence = LATE_SAYS.get(rule["on_late"]) if rule.get("within") else None
    return {
        "name": reading.said(RULE_KINDS.get(kind) or KIND_SAYS[kind]),
        "article": rule["article"] or NOT_SAID,
        "base": reading.said(base),
        "threshold": reading.said(_needed(numbers) or KIND_SAYS[kind]),
        "quorum": None,
        "silence": reading.said(silence) if silence else None,
    }


def _needed(numbers: Mapping[str, Any]) -> Any:
    if "needed" not in numbers or "base" not in numbers:
        return None
    return say("{needed} of {base}", needed=numbers["needed"], base=numbers["base"])


def _voice(
    reading: Reading, consultation: Consultation, person: Mapping[str, Any], *, is_secret: bool
) -> dict[str, Any]:
    said = reading.said(said_by(reading, consultation, person))
    at = minute(reading, person["answered_at"]) if person["answered_at"] else None
    return {
        "name": person["name"],
        "capacity": reading.said(capacity_of(reading, person["capacity"])) or NOT_SAID,
        "position": None if is_secret else said,
        "at": said if is_secret else at,
    }
