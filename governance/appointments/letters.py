"""Letters of a case: plain data from the law and the file, rendered, numbered, kept for ever."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, select

from governance.appointments.models import Candidacy, Document
from governance.appointments.stages.standing import Standing
from governance.calendar.counting import count
from governance.consultation.models import Consultation
from governance.database import new_id
from governance.documents.proof.seal import sha256
from governance.documents.render import Rendered, record
from governance.people.models import Person
from governance.people.queries import holder
from governance.record.models import Series
from governance.refusals import Reason, refuse
from governance.registry.house_style import letterhead_of, place_of, style_of
from governance.registry.issuing import Left, register
from governance.rulebook.parts import Period, Text
from governance.rulebook.periods import counting
from governance.rulebook.schema import Terms
from governance.rulebook.stages import Consult, Finish, Plan

FORMS = {"F": "ms", "M": "mr"}
BEFORE_INTERVIEW = (
    "nominated",
    "eligible",
    "ineligible",
    "declarations",
    "checks",
    "review",
    "refused",
)
ACCEPT_DAYS = 14


@dataclass(frozen=True)
class Issued:
    """A document that stands in the file; `is_new` where it was issued just now."""

    id: str
    kind: str
    language: str
    number: str
    sha256: str
    is_new: bool

    def on_record(self) -> dict[str, str]:
        """What the entry holds of it."""
        return {
            "document": self.id,
            "kind": self.kind,
            "language": self.language,
            "number": self.number,
            "sha256": self.sha256,
        }


def issue_document(
    standing: Standing, candidacy: Candidacy, kind: str, language: str, signed_by: str = "decider"
) -> Issued:
    """Issue a document once: the one of the same candidacy, kind, language, round stays."""
    there = _find(standing, candidacy, kind, language)
    if there is not None:
        return _issued(there, is_new=False)
    number = _number(standing)
    day = standing.moment.now.in_timezone(standing.calendar.zone).date()
    letter = _Letter(standing, candidacy, language, number, day, signed_by)
    salt = secrets.token_bytes(16)
    facts = DATA[kind](letter)
    templates = style_of(standing.moment.house.settings).templates
    rendered = record(kind, language, facts, day, salt=salt, templates=templates)
    sealed = _registered(letter, kind, rendered, facts, salt)
    return _issued(_keep(letter, kind, rendered, sealed, salt), is_new=True)


def _find(standing: Standing, candidacy: Candidacy, kind: str, language: str) -> Document | None:
    query = select(Document).where(
        col(Document.candidacy_id) == candidacy.id,
        col(Document.kind) == kind,
        col(Document.language) == language,
        col(Document.round) == standing.round,
    )
    return standing.moment.session.exec(query).first()


def _registered(
    letter: _Letter, kind: str, rendered: Rendered, facts: dict[str, Any], salt: bytes
) -> bytes:
    """The letter with its seal; the registry knows it from now on, and can prove it."""
    candidacy, standing = letter.candidacy, letter.standing
    _, sealed = register(
        standing.moment,
        Left(
            owner=("case", standing.case.id),
            key=f"{candidacy.id}:{kind}:{letter.language}:{standing.round}",
            kind=kind,
            language=letter.language,
            number=letter.number,
            dated=letter.day,
            rendered=rendered,
            facts=facts,
            salt=salt,
            addressee_id=candidacy.person_id,
            file=f"candidacy:{candidacy.id}",
        ),
    )
    return sealed


def _keep(letter: _Letter, kind: str, rendered: Rendered, sealed: bytes, salt: bytes) -> Document:
    standing = letter.standing
    document = Document(
        id=new_id(),
        case_id=standing.case.id,
        candidacy_id=letter.candidacy.id,
        kind=kind,
        language=letter.language,
        round=standing.round,
        number=letter.number,
        issued_at=standing.moment.now,
        html=rendered.html,
        pdf=sealed,
        sha256=sha256(sealed),
        provenance={
            **rendered.provenance,
            "register_salt": salt.hex(),
            **_balance(standing, letter.candidacy),
        },
    )
    standing.moment.session.add(document)
    return document


def _balance(standing: Standing, candidacy: Candidacy) -> dict[str, Any]:
    """The verdict on the balance under which somebody was chosen stays in the letter's file."""
    newest: dict[str, Any] = next(reversed(list(standing.case.verdicts.values())), {})
    return {"balance": newest[candidacy.id]} if candidacy.id in newest else {}


def _issued(document: Document, *, is_new: bool) -> Issued:
    return Issued(
        id=document.id,
        kind=document.kind,
        language=document.language,
        number=document.number,
        sha256=document.sha256,
        is_new=is_new,
    )


def _number(standing: Standing) -> str:
    key = f"document:{standing.case.id}"
    series = standing.moment.session.get(Series, key)
    if series is None:
        series = Series(key=key, last=0)
        standing.moment.session.add(series)
    series.last += 1
    return f"{standing.case.reference}/{series.last}"


@dataclass(frozen=True)
class _Letter:
    """What every letter of a case is written from."""

    standing: Standing
    candidacy: Candidacy
    language: str
    number: str
    day: date
    signed_by: str

    def say(self, text: Text) -> str:
        """In the letter's language."""
        return text.say(self.language)

    def person(self) -> Person:
        """To whom the letter goes."""
        return self.standing.moment.session.get_one(Person, self.candidacy.person_id)


def _common(letter: _Letter) -> dict[str, Any]:
    organisation, person = letter.standing.rulebook.organisation, letter.person()
    return {
        "organisation": letterhead_of(organisation, letter.language),
        "reference": letter.number,
        "place": place_of(organisation, letter.language),
        "date": letter.day.isoformat(),
        "addressee": {
            "name": person.name,
            "family_name": person.family_name,
            "form": FORMS.get(person.sex or "", "neutral"),
            "address": [],
        },
    }


def _signed(letter: _Letter) -> dict[str, Any]:
    standing = letter.standing
    office = standing.procedure.office_of(letter.signed_by) or ""
    key = office.removeprefix("office.")
    person = holder(standing.moment.session, key, standing.moment.now)
    named = standing.rulebook.office(office)
    if person is None or named is None:
        raise refuse(
            "nobody holds the office that signs this letter: {office}",
            rule="letter_has_a_signatory",
            cure="Enter who holds it.",
            reason=Reason.MISSING,
            office=key or letter.signed_by,
        )
    return {
        "signatory": {"name": person.name, "office": letter.say(named.title)},
        "contact": _terms(letter).contact,
        "copies": [],
        "post": _post(letter),
    }


def _post(letter: _Letter) -> dict[str, Any]:
    post = letter.standing.post
    station = letter.standing.rulebook.duty_station(post.duty_station)
    return {
        "title": letter.say(post.title),
        "duty_station": letter.say(station.title) if station else post.duty_station,
        "vacancy": letter.standing.case.reference,
    }


def _terms(letter: _Letter) -> Terms:
    terms = letter.standing.post.terms
    if terms is None:
        raise refuse(
            'the rulebook gives no terms of appointment for the post "{post}"',
            rule="post_has_terms",
            cure="Add its terms to posts.yaml, load the rulebook, and launch anew.",
            reason=Reason.MISSING,
            post=letter.standing.post.key,
        )
    return terms


def _appointment(letter: _Letter) -> dict[str, Any]:
    standing, terms = letter.standing, _terms(letter)
    entry = _entry_on_duty(letter)
    standing.case.entry_on_duty = entry
    term = standing.post.term
    return {
        **_common(letter),
        **_signed(letter),
        "decision": _decision(letter),
        "regulations": [letter.say(each) for each in terms.regulations],
        "nature": terms.nature,
        "releasing_employer": None,
        "entry_on_duty": entry.isoformat(),
        "until": (_bare(entry, term) - timedelta(days=1)).isoformat() if term else None,
        "probation": _period(terms.probation),
        "notice": _period(terms.notice),
        "notice_in_probation": _period(terms.notice_in_probation),
        "category": letter.say(terms.category),
        "level": standing.post.grade,
        "step": terms.step,
        "salary": terms.salary.model_dump(),
        "increment_after": _period(terms.increment_after),
        "special_conditions": [letter.say(each) for each in terms.special_conditions],
        "accept_by": _accept_by(letter).isoformat(),
    }


def _regret(letter: _Letter) -> dict[str, Any]:
    early = letter.candidacy.state in BEFORE_INTERVIEW
    kept = next(
        (
            each.retention.unsuccessful
            for each in letter.standing.procedure.ends
            if isinstance(each, Finish) and each.retention
        ),
        None,
    )
    return {
        **_common(letter),
        **_signed(letter),
        "stage": "before_interview" if early else "after_interview",
        "review": None,
        "retained_until": _bare(letter.day, kept).isoformat() if kept else None,
    }


DATA = {"appointment": _appointment, "regret": _regret}


def _decision(letter: _Letter) -> dict[str, Any]:
    standing = letter.standing
    query = (
        select(Consultation)
        .where(
            col(Consultation.owner_kind) == "case",
            col(Consultation.owner_id) == standing.case.id,
            col(Consultation.state) == "closed",
        )
        .order_by(col(Consultation.closed_at).desc())
    )
    decided = next(
        each
        for each in standing.moment.session.exec(query)
        if each.outcome and letter.candidacy.id in each.outcome["chosen"]
    )
    stage = standing.procedure.stage(decided.step_key)
    asked = stage.ask if isinstance(stage, Consult) else ()
    authority = standing.procedure.office_of(asked[0]) if asked else None
    office = standing.rulebook.office(authority or "")
    closed = decided.closed_at or standing.moment.now
    return {
        "reference": f"{standing.case.reference}/{decided.step_key}-{decided.round}",
        "date": closed.in_timezone(standing.calendar.zone).date().isoformat(),
        "authority": letter.say(office.title) if office else "",
        "article": decided.rule["article"],
    }


def _accept_by(letter: _Letter) -> date:
    """The last day to accept: the period that the procedure gives the chosen candidate."""
    asked = (
        each
        for each in letter.standing.procedure.stages
        if isinstance(each, Consult) and each.ask == ("chosen",) and each.within
    )
    period = next(asked).within or Period(days=ACCEPT_DAYS)
    return _later(letter, period, letter.day)


def _entry_on_duty(letter: _Letter) -> date:
    """The day that was wished for, while it lies ahead; otherwise as the procedure counts it."""
    case = letter.standing.case
    if case.wanted_on is not None and case.wanted_on > letter.day:
        return case.wanted_on
    return _later(letter, _entry_period(letter.standing), _accept_by(letter))


def _entry_period(standing: Standing) -> Period:
    plans = (each for each in standing.procedure.stages if isinstance(each, Plan))
    found = next((each.entry_on_duty for each in plans if each.entry_on_duty), None)
    return found or Period(months=2)


def _later(letter: _Letter, period: Period, start: date) -> date:
    return count(counting(period), start, letter.standing.calendar).last_day


def _bare(start: date, period: Period) -> date:
    """So long after a day, holidays not looked at: a term ends where the calendar says."""
    return counting(period).shifted(start)


def _period(period: Period | None) -> dict[str, Any] | None:
    return {"number": period.count, "unit": period.unit} if period else None
