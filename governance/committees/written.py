"""Between meetings: a decision in writing, or by silence. Its votes are a consultation.

What is carried is numbered and stands in the register as if the body had met; a member may ask for
a meeting instead, as the rules allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from governance.access.actor import CLOCK
from governance.acts import Moment, Verb, Written, perform
from governance.committees.after.decisions import Taken, record_decision
from governance.committees.after.models import Decision
from governance.committees.authority import not_for_them, only_the_clock, roles_in
from governance.committees.calendars import calendar_key, day_of
from governance.committees.law import law_of, pattern_of
from governance.committees.lifecycle import CHAIR, MEMBER, SECRETARY
from governance.committees.local import local
from governance.committees.meeting.voting import vote_rule
from governance.committees.models import Committee, Sitting
from governance.committees.presiding import chair_of, sits_out, with_chair
from governance.committees.rows import register_from
from governance.committees.rules import roster
from governance.consultation.models import Consultation
from governance.consultation.opening import Asked, Question, open_consultation
from governance.house import House
from governance.refusals import Reason, refuse
from governance.rulebook.parts import Period
from governance.rulebook.proceedings.law import Proceedings

STEP = "written"
USUAL = {"written": Period(working_days=10), "silence": Period(hours=72)}


@dataclass(frozen=True)
class InWriting:
    """What is put in writing: the text, by vote or by silence, and on which subject."""

    text: Mapping[str, str]
    by: str = "written"  # written, silence
    subject: str = "all"
    title: str = ""
    within: Mapping[str, int] | None = None


def may_open(moment: Moment, committee: Committee | None, given: InWriting) -> str:
    """Whoever the rules let start it; the chair or the secretary where they do not say."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    held = roles_in(moment.session, committee.id, moment.actor, moment.now)
    ruling = law_of(moment.session, committee).ruling(
        _parameter(given), day_of(committee, moment.now)
    )
    wanted = {SECRETARY, CHAIR}
    if ruling is not None and getattr(ruling.value, "started_by", "") == "any_member":
        wanted.add(MEMBER)
    role = next(iter(sorted(held & wanted)), None)
    if role is None:
        raise not_for_them(wanted)
    return f"role:{role}"


def _parameter(given: InWriting) -> str:
    return "silence_procedure" if given.by == "silence" else "written_procedure"


def open_body(moment: Moment, committee: Committee | None, given: InWriting) -> Written[Committee]:
    """Put the question to every member with a right to vote."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    if given.by not in USUAL or not any(each.strip() for each in given.text.values()):
        raise refuse(
            "what is decided in writing has a text, and is decided by vote or by silence",
            rule="writing_is_complete",
            cure="Write the text, and choose written or silence.",
            where="text",
            reason=Reason.INPUT,
        )
    day = day_of(committee, moment.now)
    rules = law_of(moment.session, committee)
    rule = _rule(rules, day, given)
    register = register_from(moment.session, committee, rules)
    chair = chair_of(moment.session, committee.id, moment.now)
    without = chair if given.by == "written" and sits_out(rules, day, given.subject) else None
    person_of = _holders(moment, committee)
    calendar = calendar_key(committee)
    asked = tuple(
        Asked(person_of[each.key], each.represents or each.seat, calendar, seat=each.seat)
        for each in roster(register, day).entitled
        if each.key in person_of and person_of[each.key] != without
    )
    number = _rounds(moment, committee) + 1
    consultation = open_consultation(
        moment,
        Question(
            owner=("committee", committee.id),
            step_key=STEP,
            round=number,
            reference=f"{committee.key}/W{number}"[:60],
            question=dict(given.text),
            asked_by=moment.actor.person_id,
            rule=with_chair(rule, asked, chair),
            level="session",
            content={"title": given.title, "by": given.by},
            asked=asked,
        ),
    )
    return Written(
        {"consultation": consultation.id, "asked": len(asked), "by": given.by,
         "within": rule["within"], "article": rule["article"]}, committee)  # fmt: skip


def _rule(rules: Proceedings, day: Any, given: InWriting) -> dict[str, Any]:
    ruling = rules.ruling(_parameter(given), day, given.subject)
    least = ruling.value.at_least if ruling else USUAL[given.by]
    within = dict(given.within) if given.within else least.plain
    rule = {**vote_rule(rules, day, given.subject), "on_late": "fail", "within": within}
    if given.by == "silence":
        rule |= {
            "kind": "no_objection",
            "on_late": "tacit",
            "may_change": False,
            "positions": [
                {"key": "no_objection"},
                {"key": "object", "blocking": True, "needs_text": True},
            ],
        }
        rule.pop("counting")
    if ruling is not None:
        rule["article"] = str(ruling.article)
    return rule


def _holders(moment: Moment, committee: Committee) -> dict[str, str]:
    query = select(Sitting.id, Sitting.person_id).where(
        col(Sitting.committee_id) == committee.id, col(Sitting.role) == "holder"
    )
    return dict(moment.session.exec(query).all())


def _rounds(moment: Moment, committee: Committee) -> int:
    query = (
        select(func.count())
        .select_from(Consultation)
        .where(
            col(Consultation.owner_kind) == "committee", col(Consultation.owner_id) == committee.id
        )
    )
    return moment.session.exec(query).one()


def settle_body(moment: Moment, committee: Committee | None, key: str) -> Written[Committee] | None:
    """A decision in writing has closed: what was carried is numbered, what was not is noted."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    asked = moment.session.get_one(Consultation, key)
    done = select(Decision.id).where(col(Decision.consultation_id) == asked.id)
    settled = set(committee.facts.get("settled", ()))
    if asked.id in settled or moment.session.exec(done).first() is not None:
        return None
    moment.cites.append(asked.closing_entry)
    committee.facts = {**committee.facts, "settled": sorted({*settled, asked.id})}
    result = (asked.outcome or {}).get("result")
    facts: dict[str, Any] = {"consultation": asked.id, "result": result}
    if result == "carried":
        here = local(moment.now, committee.zone)
        decision = record_decision(
            moment,
            committee,
            Taken(
                title=str(asked.content.get("title") or next(iter(asked.question.values())))[:300],
                text=str(next(iter(asked.question.values()))),
                how=str(asked.content.get("by", "written")),
                consultation_id=asked.id,
                rule=asked.rule,
                outcome=asked.outcome or {},
                places={"year": here.year, "month": here.month, "day": here.day},
            ),
            pattern_of(law_of(moment.session, committee), here.date()),
        )
        facts["decision"] = decision.number
    return Written(facts, committee)


OPEN: Verb[Committee, InWriting] = Verb(
    "committee:put_in_writing", Committee, "committee", may_open, open_body
)
SETTLE: Verb[Committee, str] = Verb(
    "committee:settle_writing", Committee, "committee", only_the_clock, settle_body
)


def advance(house: House, committee_id: str) -> list[str]:
    """Settle every decision in writing that has closed; what was done, in words."""
    with house.database.reading() as session:
        query = select(Consultation.id).where(
            col(Consultation.owner_kind) == "committee",
            col(Consultation.owner_id) == committee_id,
            col(Consultation.state) == "closed",
        )
        closed = list(session.exec(query))
    done = [perform(house, CLOCK, SETTLE, committee_id, each) for each in closed]
    return [f"in writing: {each.facts['result']}." for each in done if each]
