"""Between meetings: a decision in writing, or by silence. Its votes are a consultation.

What is carried is numbered and stands in the register as if the body had met; a member may ask for
a meeting instead, as the rules allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_
from sqlmodel import col, select

from governance.access.actor import CLOCK
from governance.acts import Moment, Verb, Written, perform
from governance.committees.after.decisions import Taken, record_decision
from governance.committees.after.models import Decision
from governance.committees.authority import not_for_them, only_the_clock, roles_in
from governance.committees.calendars import day_of
from governance.committees.electing import ELECTIONS, Standing, seat_the_elected, standing_for
from governance.committees.law import law_of, pattern_of
from governance.committees.lifecycle import CHAIR, MEMBER, SECRETARY
from governance.committees.local import local
from governance.committees.models import Committee
from governance.committees.rolls_in_writing import (
    bodies_named,
    candidates_are_told,
    nobody_is_asked_twice,
    roll_of,
    rule_of,
    together,
)
from governance.consultation.models import FOR_EVER, Consultation
from governance.consultation.models import OPEN as OPEN_BALLOT
from governance.consultation.opening import Asked, Question, open_consultation
from governance.consultation.rounds import follows, open_next
from governance.house import House
from governance.refusals import Reason, refuse
from governance.rulebook.decisions import ELECTED, FURTHER_ROUND
from governance.rulebook.parts import Period
from governance.rulebook.proceedings.law import Proceedings

STEP = "written"
USUAL = {"written": Period(working_days=10), "silence": Period(hours=72)}


@dataclass(frozen=True)
class InWriting:
    """What is put in writing: the text, by vote or by silence, and on which subject.

    `organs`: keys of other bodies that must carry it too. An election names its `candidates`,
    and what they stand for: so many `seats`, the seats of these keys (`for_seats`), an `office`.
    """

    text: Mapping[str, str]
    by: str = "written"  # written, silence
    subject: str = "all"
    title: str = ""
    within: Mapping[str, int] | None = None
    organs: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    seats: int = 1
    for_seats: tuple[str, ...] = ()
    office: str = ""
    secret: bool = False

    @property
    def elects(self) -> bool:
        """Whether somebody is elected."""
        return bool(self.candidates or self.for_seats or self.office)

    @property
    def about(self) -> str:
        """Whose rules hold: those on its subject, on elections where no other is named."""
        return ELECTIONS if self.elects and self.subject == "all" else self.subject


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
    for body in bodies_named(moment, committee, given.organs):
        if not {SECRETARY, CHAIR} & roles_in(moment.session, body.id, moment.actor, moment.now):
            raise not_for_them({SECRETARY, CHAIR})
    return f"role:{role}"


def _parameter(given: InWriting) -> str:
    return "silence_procedure" if given.by == "silence" else "written_procedure"


def open_body(moment: Moment, committee: Committee | None, given: InWriting) -> Written[Committee]:
    """Put the question to every member with a right to vote, of one body or of several."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    _is_complete(given)
    standing = _standing(moment, committee, given)
    asked, rule = _whom_and_how(moment, committee, given, standing)
    number = _rounds(moment, committee) + 1
    consultation = open_consultation(
        moment,
        Question(
            owner=("committee", committee.id),
            step_key=f"{STEP}-{number}",
            round=1,
            reference=f"{committee.key}/W{number}"[:60],
            question=dict(given.text),
            asked_by=moment.actor.person_id,
            rule=rule,
            level="session",
            content={
                "title": given.title,
                "by": given.by,
                **(
                    {"candidates": list(standing.candidates), "election": standing.plain()}
                    if standing
                    else {}
                ),
            },
            asked=asked,
            secrecy=FOR_EVER if given.secret else OPEN_BALLOT,
        ),
    )
    return Written(
        {"consultation": consultation.id, "asked": len(asked), "by": given.by,
         "within": rule["within"], "article": rule["article"], "organs": list(given.organs)},
        committee)  # fmt: skip


def _is_complete(given: InWriting) -> None:
    if given.by not in USUAL or not any(each.strip() for each in given.text.values()):
        raise refuse(
            "what is decided in writing has a text, and is decided by vote or by silence",
            rule="writing_is_complete",
            cure="Write the text, and choose written or silence.",
            where="text",
            reason=Reason.INPUT,
        )
    if given.by == "silence" and (given.organs or given.elects or given.secret):
        raise refuse(
            "by silence one body agrees to a text, openly",
            rule="writing_is_complete",
            cure="Choose written for an election, a secret ballot, or several bodies.",
            where="by",
            reason=Reason.INPUT,
        )


def _standing(moment: Moment, committee: Committee, given: InWriting) -> Standing | None:
    """Who stands for what; None where nobody is elected."""
    if not given.elects:
        return None
    standing = standing_for(
        moment, committee, law_of(moment.session, committee),
        given.candidates, given.for_seats, given.office, given.seats,
    )  # fmt: skip
    candidates_are_told(standing)
    return standing


def _whom_and_how(
    moment: Moment, committee: Committee, given: InWriting, standing: Standing | None
) -> tuple[tuple[Asked, ...], dict[str, Any]]:
    """The rolls of all bodies, and the one rule under which they are counted."""
    bodies = [committee, *bodies_named(moment, committee, given.organs)]
    asked: tuple[Asked, ...] = ()
    rules: list[tuple[Committee, dict[str, Any]]] = []
    for body in bodies:
        organ = body.key if len(bodies) > 1 else ""
        mine = roll_of(moment, body, given.about, votes=given.by == "written", organ=organ)
        rules.append((body, rule_of(moment, body, given.about, mine, standing)))
        asked += mine
    nobody_is_asked_twice(moment.session, asked)
    rule = together(rules[0], rules[1:]) if len(rules) > 1 else rules[0][1]
    return asked, _in_writing(law_of(moment.session, committee), moment, committee, given, rule)


def _in_writing(
    rules: Proceedings,
    moment: Moment,
    committee: Committee,
    given: InWriting,
    rule: dict[str, Any],
) -> dict[str, Any]:
    """The same rule with the time to answer, and for silence with what silence means."""
    ruling = rules.ruling(_parameter(given), day_of(committee, moment.now), given.about)
    least = ruling.value.at_least if ruling else USUAL[given.by]
    within = dict(given.within) if given.within else least.plain
    rule = {**rule, "on_late": "fail", "within": within}
    if given.secret:
        rule["may_change"] = False  # a paper that is cast cannot be found again
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
    if ruling is not None and rule["kind"] != "organs":
        rule["article"] = str(ruling.article)
    return rule


def _rounds(moment: Moment, committee: Committee) -> int:
    """How many questions the body has put in writing; further rounds of one are not counted."""
    query = (
        select(func.count())
        .select_from(Consultation)
        .where(
            col(Consultation.owner_kind) == "committee",
            col(Consultation.owner_id) == committee.id,
            or_(col(Consultation.round) == 1, col(Consultation.step_key) == STEP),
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
    found = asked.outcome or {}
    result, elected = found.get("result"), found.get("chosen", ())
    facts: dict[str, Any] = {"consultation": asked.id, "result": result}
    kept = asked.content.get("election")
    standing = Standing.from_plain(kept) if kept else None
    if result == FURTHER_ROUND and standing is not None and standing.fills and follows(asked):
        facts["next_round"] = open_next(moment, asked).id
    elif result in {"carried", ELECTED} or (standing is not None and elected and _ends(asked)):
        facts["decision"] = _decide(moment, committee, asked)
        if standing is not None:
            facts["seated"] = seat_the_elected(
                moment,
                committee,
                standing,
                elected,
                rules=law_of(moment.session, committee),
                decision=facts["decision"],
            )
    return Written(facts, committee)


def _ends(asked: Consultation) -> bool:
    return asked.followed_by is None and not follows(asked)


def _decide(moment: Moment, committee: Committee, asked: Consultation) -> str:
    """What was carried is numbered."""
    here = local(moment.now, committee.zone)
    decision = record_decision(
        moment,
        committee,
        Taken(
            title=str(asked.content.get("title") or next(iter(asked.question.values())))[:300],
            text=_decided(asked),
            how=str(asked.content.get("by", "written")),
            consultation_id=asked.id,
            rule=asked.rule,
            outcome=asked.outcome or {},
            places={"year": here.year, "month": here.month, "day": here.day},
        ),
        pattern_of(law_of(moment.session, committee), here.date()),
    )
    return decision.number


def _decided(asked: Consultation) -> str:
    """What was decided, in words: the text; after an election, with whoever is elected."""
    text = str(next(iter(asked.question.values())))
    chosen = (asked.outcome or {}).get("chosen") or ()
    return f"{text}\n{', '.join(chosen)}" if chosen else text


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
