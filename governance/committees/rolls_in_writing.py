"""Who is asked in writing, and under which rule: the roll of one body, or of several at once.

Where several bodies must carry, each is an organ of the one question: its own members, under its
own rules, counted by itself. Whoever sits in two of them would be asked twice, and is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, col, select

from governance.acts import Moment
from governance.committees.calendars import calendar_key, day_of
from governance.committees.electing import Standing
from governance.committees.law import law_of
from governance.committees.meeting.voting import ballot_rule, vote_rule
from governance.committees.models import Committee, Sitting
from governance.committees.presiding import chair_of, sits_out, with_chair
from governance.committees.rows import register_from
from governance.committees.rules import roster
from governance.consultation.opening import Asked
from governance.people.models import Person
from governance.refusals import Reason, refuse


def roll_of(
    moment: Moment, committee: Committee, subject: str, *, votes: bool = True, organ: str = ""
) -> tuple[Asked, ...]:
    """Every member with a right to vote today, less a chair who sits out of votes."""
    rules, day = law_of(moment.session, committee), day_of(committee, moment.now)
    chair = chair_of(moment.session, committee.id, moment.now)
    without = chair if votes and sits_out(rules, day, subject) else None
    person_of = _holders(moment, committee)
    register = register_from(moment.session, committee, rules)
    return tuple(
        Asked(
            person_of[each.key],
            each.represents or each.seat,
            calendar_key(committee),
            seat=each.seat,
            organ=organ,
        )
        for each in roster(register, day).entitled
        if each.key in person_of and person_of[each.key] != without
    )


def rule_of(
    moment: Moment,
    committee: Committee,
    subject: str,
    asked: Sequence[Asked],
    standing: Standing | None,
) -> dict[str, Any]:
    """The body's rule on a subject, as plain data; for an election, a ballot for its seats."""
    rules, day = law_of(moment.session, committee), day_of(committee, moment.now)
    chair = chair_of(moment.session, committee.id, moment.now)
    rule = with_chair(vote_rule(rules, day, subject), asked, chair)
    if standing is None:
        return rule
    return ballot_rule(rule, list(standing.candidates), standing.places)


def together(
    own: tuple[Committee, dict[str, Any]], others: Sequence[tuple[Committee, dict[str, Any]]]
) -> dict[str, Any]:
    """One rule of several bodies that must all carry, each counted under its own."""
    _, rule = own
    everybody = (own, *others)
    organs = {each.key: {**told["counting"], "kind": told["kind"]} for each, told in everybody}
    article = "; ".join(f"{each.key}: {told['article']}" for each, told in everybody)
    ties = {each.key: told.get("tie_article", "") for each, told in everybody}
    plain = {key: value for key, value in rule.items() if key not in {"counting", "kind"}}
    plain |= {"kind": "organs", "article": article[:400], "organs": organs}
    return {**plain, "tie_articles": ties}


def bodies_named(moment: Moment, committee: Committee, keys: Sequence[str]) -> list[Committee]:
    """The other bodies that must carry too. Raises Refused where one is not there."""
    found = []
    for key in dict.fromkeys(each.strip().lower() for each in keys if each.strip()):
        body = moment.session.exec(select(Committee).where(col(Committee.key) == key)).first()
        if body is None or body.id == committee.id:
            raise refuse(
                '"{key}" is no other body',
                rule="known_body",
                cure="Name a body of this organisation: mandate committee list.",
                where="organs",
                reason=Reason.INPUT,
                key=key[:60],
            )
        found.append(body)
    return found


def nobody_is_asked_twice(session: Session, asked: Sequence[Asked]) -> None:
    """One person has one voice in a question: who sits in two of the bodies is named."""
    people = [each.person_id for each in asked]
    twice = sorted({each for each in people if people.count(each) > 1})
    if not twice:
        return
    names = [person.name for each in twice if (person := session.get(Person, each)) is not None]
    raise refuse(
        "{names} would be asked in two bodies, and has one voice in a question",
        rule="one_voice_in_a_question",
        article="Mandate, two organs",
        cure="Let another represent the seat in one of the bodies, then put the question.",
        where="organs",
        names=", ".join(names),
    )


def candidates_are_told(standing: Standing) -> None:
    """No more are elected than stand, where the election does not say for which seats it is."""
    if not standing.fills and not 1 <= standing.places <= len(standing.candidates):
        raise refuse(
            "{n} candidates for {seats} seats are no election",
            rule="election_is_complete",
            cure="Name every candidate once, and no more seats than candidates.",
            where="candidates",
            reason=Reason.INPUT,
            n=len(standing.candidates),
            seats=standing.places,
        )


def _holders(moment: Moment, committee: Committee) -> dict[str, str]:
    query = select(Sitting.id, Sitting.person_id).where(
        col(Sitting.committee_id) == committee.id,
        col(Sitting.role) == "holder",
        col(Sitting.since) <= moment.now,
        or_(col(Sitting.until).is_(None), col(Sitting.until) > moment.now),
    )
    return dict(moment.session.exec(query).all())
