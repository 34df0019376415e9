"""An officer breaks a tie. They are asked as anybody is: by a question that the tied one owns.

So the casting vote has its notice, its page, its deadline, its substitutes and its record like
every other answer. Whoever is barred, away without a deputy, or silent to the end casts nothing;
then the rule on ties says what follows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.access.actor import CLOCK, Level
from governance.acts import Moment, Verb, Written, perform
from governance.consultation.casters import (
    Caster,
    article_of,
    barred_in,
    castings_of,
    organ_of,
    tie_of,
    ties_of,
    who_casts,
)
from governance.consultation.closing import close, finally_, law_in_force
from governance.consultation.lifecycle import ConsultationLifecycle
from governance.consultation.models import CASTING, TIED, ClockEvent, Consultation, Invitation
from governance.consultation.opening import Asked, Question, open_consultation
from governance.consultation.rules import Casting, DecisionRule, outcome
from governance.consultation.rules.law import Cast
from governance.consultation.timing import only_the_clock
from governance.consultation.voices import voices_in
from governance.consultation.windows import within_of
from governance.consultation.withdrawing import withdraw
from governance.house import House
from governance.lifecycle import fire
from governance.rulebook.majorities import Tie
from governance.rulebook.parts import LATE

IN_THE_ROOM = "in the room"  # `content.casting`: whoever presides casts on the spot


Named = Callable[[Session, str, DateTime, str], Caster]
Casters = Mapping[str, Caster]


@dataclass(frozen=True)
class Broken:
    """Whatever was cast by now is counted."""


def ask(
    moment: Moment, consultation: Consultation | None, given: Casters
) -> Written[Consultation] | None:
    """Put each tie to whoever casts; `given`, by tie, is who its owner says that is."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    if consultation.state != TIED or "casts" in consultation.rule:
        return None
    fire(ConsultationLifecycle, consultation.state, "ask_casting")
    casts, asked = {}, []
    for number, casting in enumerate(ties_of(consultation), start=1):
        caster = who_casts(moment, consultation, casting, given.get(casting.key))
        put = _put(moment, consultation, casting, caster, number) if caster.person_id else None
        if put is None:
            casts[casting.key] = {"chosen": [], "why": caster.why or "barred"}
        else:
            asked.append(put)
    consultation.rule = {**consultation.rule, "casts": casts}
    facts = {"ties": consultation.rule["ties"], "asked": asked, "casts": casts}
    moment.session.add(
        ClockEvent(consultation_id=consultation.id, kind="tied", at=moment.now, facts={})
    )
    moment.session.flush()
    if not asked:
        facts |= _settle(moment, consultation)
    return Written(facts, consultation)


def break_tie(
    moment: Moment, consultation: Consultation | None, _: Broken
) -> Written[Consultation] | None:
    """Take over what was cast, and close the question once nothing is awaited any more."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    if consultation.state != TIED or "casts" not in consultation.rule:
        return None
    casts = dict(consultation.rule["casts"])
    for put in castings_of(moment.session, consultation.id):
        key = put.content["casting"]["key"]
        cast = None if key in casts else _cast_in(moment, put)
        if cast is not None:
            casts[key] = {"chosen": list(cast.chosen), "why": cast.why}
            moment.cites += [put.closing_entry] if put.closing_entry else []
    if casts == consultation.rule["casts"]:
        return None
    consultation.rule = {**consultation.rule, "casts": casts}
    facts: dict[str, Any] = {"casts": casts}
    if len(casts) == len(ties_of(consultation)):
        facts |= _settle(moment, consultation)
    return Written(facts, consultation)


ASK: Verb[Consultation, Casters] = Verb(
    "consultation:ask_casting", Consultation, "consultation", only_the_clock, ask
)
BREAK: Verb[Consultation, Broken] = Verb(
    "consultation:break_tie", Consultation, "consultation", only_the_clock, break_tie
)


def advance(house: House, consultation_id: str, owners: Mapping[str, Named]) -> list[str]:
    """Ask whoever casts, or take over what they cast; what was done, in words."""
    with house.database.reading() as session:
        tied = session.get_one(Consultation, consultation_id)
        if tied.state != TIED or tied.content.get("casting") == IN_THE_ROOM:
            return []
        find = owners.get(tied.owner_kind)
        named = {
            each.key: find(session, tied.owner_id, house.clock.now(), organ_of(tied, each))
            for each in (ties_of(tied) if find else ())
            if find
        }
    if perform(house, CLOCK, ASK, consultation_id, named):
        return ["the casting vote is asked for."]
    return ["the tie is broken."] if perform(house, CLOCK, BREAK, consultation_id, Broken()) else []


def cast_here(
    moment: Moment, consultation: Consultation, chosen: Sequence[str]
) -> dict[str, Any] | None:
    """Whoever presides casts on the spot; with nothing chosen, they give no casting vote.

    Gives the outcome; None where a lot is to be drawn first.
    """
    (casting,) = ties_of(consultation)
    cast = {"chosen": list(chosen), "why": "" if chosen else "declined"}
    consultation.rule = {**consultation.rule, "casts": {casting.key: cast}}
    return _settle(moment, consultation).get("outcome")


def _settle(moment: Moment, consultation: Consultation) -> dict[str, Any]:
    """Close with the outcome, unless the rule now wants a lot that nobody has drawn yet."""
    voices = voices_in(moment.session, consultation)
    assert voices is not None  # noqa: S101 -- what fell tied had been counted
    law = law_in_force(consultation)
    settled = outcome(law, finally_(voices), moment.now)
    if settled.result is None:
        return {"awaits": "lot"}
    return {"outcome": close(moment, consultation, settled)}


def _put(
    moment: Moment, tied: Consultation, casting: Casting, caster: Caster, number: int
) -> str | None:
    """The question to whoever casts; None where the law keeps them and all deputies apart."""
    content = {
        **tied.content,
        "barred": sorted(barred_in(moment.session, tied)),
        "casting": {"of": tied.id, **casting.as_plain()},
    }
    if casting.between:
        content["candidates"] = list(casting.between)
    opened = open_consultation(
        moment,
        Question(
            owner=(CASTING, tied.id),
            step_key=tied.step_key,
            round=number,
            reference=tied.reference,
            question=tied.question,
            asked_by=tied.asked_by,
            rule=_rule(tied, casting),
            level=Level.SESSION if tied.level == Level.LINK else tied.level,
            content=content,
            asked=(Asked(caster.person_id, caster.capacity, _calendar(moment, tied, caster)),),
        ),
    )
    moment.session.flush()
    if not _is_asked(moment.session, opened):
        withdraw(moment, opened)
        return None
    return opened.id


def _rule(tied: Consultation, casting: Casting) -> dict[str, Any]:
    """One person answers for or against, or chooses among those who are tied."""
    law, tie = DecisionRule.from_plain(tied.rule), tie_of(tied, casting)
    if casting.between:
        paper = next(each for each in law.positions.values() if each.worth == "yes")
        choose = {"choose_at_least": casting.places, "choose_at_most": casting.places}
        positions = [{"key": paper.key, "meaning": paper.meaning, **choose}]
    else:
        positions = [
            {**each, "blocking": False}
            for each in tied.rule["positions"]
            if law.positions[each["key"]].worth in {"yes", "no"}
        ]
    within = _within(tied, tie)
    return {
        "kind": "choice" if casting.between else "single",
        "article": article_of(tied, casting),
        "positions": positions,
        "titles": tied.rule.get("titles", {}),
        "on_late": "fail" if within else "wait",
        "within": within,
        "may_change": False,
        "undo_minutes": tied.undo_minutes,
        "stewards": tied.rule.get("stewards", []),
    }


def _within(tied: Consultation, tie: Tie) -> dict[str, Any] | None:
    """The time to cast: the rule's on ties, otherwise as long as everybody had to answer."""
    if tie.within is not None:
        return {**tie.within.plain, "on_late": "fail"}
    within = within_of(tied.rule)
    if within is None or within.earlier_of or within.later_of or within.anchor != "delivery":
        return None
    return {**within.plain, "calendar_of": within.calendar_of, "on_late": "fail"}


def _calendar(moment: Moment, tied: Consultation, caster: Caster) -> str:
    rows = moment.session.exec(
        select(Invitation.person_id, Invitation.calendar).where(
            col(Invitation.consultation_id) == tied.id
        )
    )
    known = dict(rows.all())
    return known.get(caster.person_id) or next(iter(known.values()), "")


def _is_asked(session: Session, put: Consultation) -> bool:
    query = select(Invitation.id).where(
        col(Invitation.consultation_id) == put.id, col(Invitation.recused_at).is_(None)
    )
    return session.exec(query).first() is not None


def _cast_in(moment: Moment, put: Consultation) -> Cast | None:
    """What was cast in one tie, or why nothing was; None while it is awaited."""
    if put.state == "open":
        if _is_asked(moment.session, put):
            return None
        withdraw(moment, put)
        return Cast(why="stepped_back")
    if put.state == "withdrawn" or put.outcome is None:
        return Cast(why="withdrawn")
    if put.outcome["result"] == LATE:
        return Cast(why="late")
    return Cast(tuple(put.outcome["chosen"]) or (put.outcome["result"],))
