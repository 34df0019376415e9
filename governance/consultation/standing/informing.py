"""Somebody wants to know more before they answer; whoever is asked tells it, to everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from governance.access.actor import Level
from governance.acts import Moment, Verb, Written
from governance.consultation.forms import TEXT_LIMIT
from governance.consultation.models import Consultation, Invitation
from governance.consultation.pausing import run_on, wait_for_information
from governance.consultation.standing.delegating import asked_here, must_be_open
from governance.consultation.standing.lifecycle import InformationLifecycle
from governance.consultation.standing.models import Information, Way
from governance.consultation.standing.ways import make_way
from governance.database import new_id
from governance.lifecycle import fire
from governance.people.models import Person
from governance.people.queries import by_email
from governance.record.outbox import Notice
from governance.refusals import Reason, refuse

INFORMANT = "informant"
SIGNED_IN = frozenset({Level.SESSION, Level.FRESH})


@dataclass(frozen=True)
class Wanting:
    """What somebody wants to know, and of whom: an address, or nothing for who put the question.

    With a `name`, somebody from outside may be asked who is not registered yet.
    """

    text: str
    of: str = ""
    name: str = ""
    language: str = "en"
    invitation: str = ""


@dataclass(frozen=True)
class Telling:
    """What is told, to which request."""

    information: str
    text: str


def whoever_may_answer(moment: Moment, consultation: Consultation | None, given: Wanting) -> str:
    """Everybody who may answer the question may ask before they do."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    found = asked_here(moment, consultation, given.invitation)
    return f"{found.right.kind}:{found.invitation.capacity or 'invitation'}"


def ask(moment: Moment, consultation: Consultation | None, given: Wanting) -> Written[Consultation]:
    """Ask for information; the clock stands still meanwhile where the rule says so."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    must_be_open(consultation)
    _is_written(given.text)
    mine = asked_here(moment, consultation, given.invitation).invitation
    of = _informant(moment, consultation, given)
    text = moment.seal(f"consultation:{consultation.id}", given.text)
    wanted = Information(
        id=new_id(),
        consultation_id=consultation.id,
        invitation_id=mine.id,
        by_id=str(moment.actor.person_id),
        of_id=of.id,
        question=text["sealed"],
        asked_at=moment.now,
    )
    moment.session.add(wanted)
    way = make_way(moment, mine, of.id, INFORMANT) or _way(moment.session, mine, of)
    moment.tell(("consultation", consultation.id), _asking(consultation, wanted, way))
    facts: dict[str, Any] = {"information": wanted.id, "of": of.id, "text": text}
    facts |= wait_for_information(moment, consultation, of.id, text["sealed"])
    return Written(facts, consultation)


def informant_may(moment: Moment, consultation: Consultation | None, given: Telling) -> str:
    """Whoever was asked for the information, by their link or signed in. It decides nothing."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    actor = moment.actor
    wanted = moment.session.get(Information, given.information)
    if (
        wanted is not None
        and wanted.consultation_id == consultation.id
        and wanted.of_id == actor.person_id
        and (
            actor.level in SIGNED_IN or _came_by_its_link(moment.session, actor.invitation, wanted)
        )
    ):
        return "informant"
    raise refuse(
        "this information was asked of somebody else",
        rule="informant_was_asked",
        article="Mandate, consultations",
        cure="Open the link of your own mail.",
        reason=Reason.AUTHORITY,
    )


def tell(
    moment: Moment, consultation: Consultation | None, given: Telling
) -> Written[Consultation]:
    """Keep what was told, and tell everybody who is asked that it is there."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    must_be_open(consultation)
    _is_written(given.text)
    wanted = moment.session.get_one(Information, given.information)
    wanted.state = fire(InformationLifecycle, wanted.state, "tell")
    text = moment.seal(f"consultation:{consultation.id}", given.text)
    wanted.answer, wanted.answered_at = text["sealed"], moment.now
    for invitation in _asked(moment.session, consultation):
        moment.tell(("consultation", consultation.id), _told(consultation, wanted, invitation))
    moment.session.flush()
    facts: dict[str, Any] = {"information": wanted.id, "text": text}
    asked = of_question(moment.session, consultation.id)
    awaited = [each for each in asked if each.state == "asked"]
    if consultation.paused_at is not None and not awaited:
        facts["runs_on"] = run_on(moment, consultation, "")
    return Written(facts, consultation)


def of_question(session: Session, consultation: str) -> list[Information]:
    """Everything that was asked about a question, in the order in which it was asked."""
    query = select(Information).where(col(Information.consultation_id) == consultation)
    return list(session.exec(query.order_by(col(Information.asked_at), col(Information.id))))


def _informant(moment: Moment, consultation: Consultation, given: Wanting) -> Person:
    if not given.of:
        asker = moment.session.get(Person, consultation.asked_by or "")
        if asker is None:
            raise _nobody("nobody put this question in person", "Give the address of somebody.")
        return asker
    found = by_email(moment.session, given.of)
    if found is not None and found.left_at is None:
        return found
    address = given.of.strip().lower()
    if not given.name.strip() or "@" not in address or found is not None:
        raise _nobody(
            "nobody is registered under this address",
            "Give the registered address, or the name of somebody from outside as well.",
        )
    outside = Person(
        id=new_id(),
        family_name=given.name.strip()[:120],
        email=address[:254],
        language=given.language,
    )
    moment.session.add(outside)
    moment.session.flush()
    return outside


def _nobody(because: str, cure: str) -> Exception:
    return refuse(because, rule="informant_is_known", cure=cure, where="of", reason=Reason.INPUT)


def _is_written(text: str) -> None:
    if not text.strip():
        raise refuse(
            "nothing is written",
            rule="text_is_there",
            cure="Write it in one or two sentences.",
            where="text",
            reason=Reason.INPUT,
        )
    if len(text) > TEXT_LIMIT:
        raise refuse(
            "the text has {n} characters, {limit} are the most",
            rule="text_fits",
            cure="Shorten it, or attach a paper.",
            where="text",
            reason=Reason.INPUT,
            n=len(text),
            limit=TEXT_LIMIT,
        )


def _way(session: Session, invitation: Invitation, person: Person) -> Way:
    query = select(Way).where(
        col(Way.invitation_id) == invitation.id,
        col(Way.person_id) == person.id,
        col(Way.part) == INFORMANT,
    )
    return session.exec(query).one()


def _came_by_its_link(session: Session, key: str | None, wanted: Information) -> bool:
    way = session.get(Way, key or "")
    return way is not None and (way.invitation_id, way.part) == (wanted.invitation_id, INFORMANT)


def _asked(session: Session, consultation: Consultation) -> list[Invitation]:
    query = select(Invitation).where(
        col(Invitation.consultation_id) == consultation.id, col(Invitation.recused_at).is_(None)
    )
    return list(session.exec(query.order_by(col(Invitation.id))))


def _asking(consultation: Consultation, wanted: Information, way: Way) -> Notice:
    return Notice(
        key=f"information:{wanted.id}",
        person_id=wanted.of_id,
        template="information",
        facts={"reference": consultation.reference, "way": way.id},
    )


def _told(consultation: Consultation, wanted: Information, invitation: Invitation) -> Notice:
    return Notice(
        key=f"told:{wanted.id}:{invitation.id}",
        person_id=invitation.person_id,
        template="information_told",
        facts={
            "invitation": invitation.id,
            "question": consultation.question,
            "reference": consultation.reference,
        },
    )


ASK_INFORMATION: Verb[Consultation, Wanting] = Verb(
    "consultation:ask_information", Consultation, "consultation", whoever_may_answer, ask
)
TELL_INFORMATION: Verb[Consultation, Telling] = Verb(
    "consultation:tell_information", Consultation, "consultation", informant_may, tell
)
