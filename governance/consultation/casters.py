"""Which ties a question waits on, by which rule each is broken, and who casts in it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from governance.access.actor import Actor
from governance.acts import Moment
from governance.consultation.models import CASTING, Consultation, Invitation
from governance.consultation.queries import question_for
from governance.consultation.rules import Casting, DecisionRule, Voice
from governance.consultation.standing.models import Recusal
from governance.consultation.standing.queries import stand_in
from governance.house import House
from governance.people.models import Holding
from governance.people.queries import holder
from governance.refusals import Reason, refuse
from governance.rulebook.majorities import Tie


@dataclass(frozen=True)
class Caster:
    """Who casts, in which capacity; without a person, why nobody does."""

    person_id: str = ""
    capacity: str = ""
    why: str = ""


def ties_of(consultation: Consultation) -> tuple[Casting, ...]:
    """The ties of a question that fell tied."""
    return tuple(Casting.from_plain(each) for each in consultation.rule.get("ties", ()))


def castings_of(session: Session, consultation_id: str) -> list[Consultation]:
    """The questions by which the ties of a question are broken, in their order."""
    query = select(Consultation).where(
        col(Consultation.owner_kind) == CASTING, col(Consultation.owner_id) == consultation_id
    )
    return list(session.exec(query.order_by(col(Consultation.round))))


def casting_for(house: House, actor: Actor, key: str) -> Consultation:
    """The question by which an actor breaks a tie, by the id of the tied one or its own.

    Raises Refused where no casting vote is awaited that the actor may see.
    """
    with house.database.reading() as session:
        for put in castings_of(session, key):
            found = question_for(session, actor, put.id)
            if found is not None and put.state == "open":
                return found.consultation
        own = question_for(session, actor, key)
    if own is not None and own.consultation.owner_kind == CASTING:
        return own.consultation
    raise refuse(
        "no casting vote in this question is awaited from you",
        rule="casting_vote_is_awaited",
        article="Mandate, casting votes",
        cure="See what waits for you: mandate waiting, or the list on the first page.",
        reason=Reason.MISSING,
    )


def tie_of(consultation: Consultation, casting: Casting) -> Tie:
    """The rule on a tie: the organ's where there are several."""
    law = DecisionRule.from_plain(consultation.rule)
    organ = law.organs.get(organ_of(consultation, casting))
    return (organ or law.counting).tie


def organ_of(consultation: Consultation, casting: Casting) -> str:
    """In which of several organs a tie is; empty where there is one."""
    first = casting.key.split("/", maxsplit=1)[0]
    return first if first in consultation.rule.get("organs", {}) else ""


def article_of(consultation: Consultation, casting: Casting) -> str:
    """Under which article a tie is broken: the organ's on ties, the question's, the rule's."""
    rule = consultation.rule
    organs = rule.get("tie_articles", {})
    mine = organs.get(organ_of(consultation, casting)) or rule.get("tie_article")
    return str(mine or rule["article"])


def who_casts(
    moment: Moment, consultation: Consultation, casting: Casting, given: Caster | None
) -> Caster:
    """Whoever holds the office that the rule names; whom the owner says; a seat on the roll."""
    name = tie_of(consultation, casting).chair
    office = select(Holding.id).where(col(Holding.office) == name).limit(1)
    if moment.session.exec(office).first() is not None:
        return _of_office(moment, consultation, name)
    barred = barred_in(moment.session, consultation)
    if given is not None:
        return Caster(why="barred") if given.person_id in barred else given
    organ = organ_of(consultation, casting)
    on_the_roll = select(Invitation).where(
        col(Invitation.consultation_id) == consultation.id, col(Invitation.recused_at).is_(None)
    )
    for row in moment.session.exec(on_the_roll.order_by(col(Invitation.id))):
        capacity = row.seat or row.capacity
        voice = Voice(row.id, seat=capacity, group=row.party)
        if voice.is_called((name,)) and organ in {"", row.organ}:
            return Caster(row.person_id, capacity)
    return Caster(why="vacant")


def _of_office(moment: Moment, consultation: Consultation, office: str) -> Caster:
    """The holder, or the deputy of its standing instrument where the holder may not."""
    barred = barred_in(moment.session, consultation)
    person = holder(moment.session, office, moment.now)
    if person is None or person.id in barred:
        deputy = stand_in(moment.session, office, moment.now, barred)
        if deputy is None:
            return Caster(why="vacant" if person is None else "barred")
        person = deputy
    return Caster(person.id, office)


def barred_in(session: Session, consultation: Consultation) -> set[str]:
    """Who may not cast: whoever the law bars, and whoever stepped back from the tied question."""
    stepped_back = select(Recusal.person_id).where(col(Recusal.consultation_id) == consultation.id)
    return set(consultation.content.get("barred", ())) | set(session.exec(stepped_back))
