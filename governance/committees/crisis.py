"""A crisis team: stood up at once, its log, its messages, its expedited decisions, its end.

The team is a body like any other, founded from a file whose seats are held by office. What it
decides holds at once and lapses unless its parent confirms it in time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from pendulum import DateTime
from sqlalchemy import or_
from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.committees.after.actions import NewAction, open_action
from governance.committees.after.decisions import Taken, known, record_decision
from governance.committees.authority import for_roles, not_for_them, roles_with_parent
from governance.committees.calendars import day_of
from governance.committees.law import law_of, pattern_of
from governance.committees.lifecycle import CHAIR, MEMBER, PARENT, SECRETARY, CommitteeLifecycle
from governance.committees.meeting.timing import after
from governance.committees.models import Committee, LogLine, Reading, Seat, Sitting
from governance.committees.people import has_address, person_of
from governance.committees.rules import needed
from governance.committees.sittings import sitting_at
from governance.committees.terms import set_term_clocks
from governance.database import new_id
from governance.lifecycle import fire
from governance.people.models import Person
from governance.record.outbox import Notice
from governance.refusals import Reason, refuse
from governance.rulebook.parts import Period
from governance.rulebook.proceedings.law import Ruling

LONGEST = 10_000
CONFIRMED_WITHIN = Period(days=7)
MESSAGE, REPORT = "message", "report"


@dataclass(frozen=True)
class Logged:
    """A line of the log. A message goes to the readers named, or to everybody in the body.

    A reader is a person's identifier or an address, such as `Desk <desk@partner.example>`.
    """

    text: str
    kind: str = "note"  # note, event, message
    readers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Read:
    """Somebody has read a message."""

    line: str


@dataclass(frozen=True)
class Expedited:
    """A decision under the expedited rules; `amount` is held against the cap, in whole units.

    `agreed` are the seats that agree, where the rules want so many.
    """

    title: str
    text: str
    amount: int = 0
    agreed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Confirmed:
    """The parent confirms an expedited decision, by a decision of its own."""

    number: str
    by: str


@dataclass(frozen=True)
class StandDown:
    """The team ends: its report, and its lessons as actions of the parent, or of its own."""

    report: str
    lessons: tuple[str, ...] = ()


def log_body(moment: Moment, committee: Committee | None, given: Logged) -> Written[Committee]:
    """Write a line with its instant; it is never changed. A message is sent to its readers."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    if not 0 < len(given.text.strip()) <= LONGEST:
        raise refuse(
            "a line of the log has between 1 and {limit} characters",
            rule="log_line_fits",
            cure="Divide it.",
            where="text",
            reason=Reason.INPUT,
            limit=LONGEST,
        )
    if committee.ended_at is not None:
        raise refuse(
            "this body has ended, and its log with it",
            rule="log_is_open",
            cure="Write to the body that took its place.",
            reason=Reason.TURN,
        )
    line, sealed = write_line(moment, committee, given.kind, given.text)
    readers = _readers(moment, committee, given) if given.kind == MESSAGE else []
    send(moment, committee, line, readers)
    return Written(
        {"line": line.id, "kind": line.kind, "readers": len(readers), "text": sealed}, committee
    )


def write_line(
    moment: Moment, committee: Committee, kind: str, text: str
) -> tuple[LogLine, dict[str, str]]:
    """A line of the log, its text sealed; gives what the entry may hold of it."""
    sealed = moment.seal(f"committee:{committee.id}", text)
    line = LogLine(
        id=new_id(),
        committee_id=committee.id,
        at=moment.now,
        by=moment.actor.person_id,
        kind=kind,
        text=sealed["sealed"],
    )
    moment.session.add(line)
    moment.session.flush()
    return line, sealed


def send(moment: Moment, committee: Committee, line: LogLine, readers: Iterable[Person]) -> None:
    """Note who is to read a message, and write to each who has an address."""
    for each in readers:
        moment.session.add(Reading(line_id=line.id, person_id=each.id))
        if has_address(each) and each.id != moment.actor.person_id:
            moment.tell(
                ("committee", committee.id),
                Notice(
                    key=f"crisis:{line.id}:{each.id}",
                    person_id=each.id,
                    template="crisis_message",
                    facts={"line": line.id, "body": committee.title, "reference": committee.key},
                ),
            )


def _readers(moment: Moment, committee: Committee, given: Logged) -> list[Person]:
    if not given.readers:
        return everybody(moment.session, committee, moment.now)
    found: dict[str, Person] = {}
    for each in given.readers:
        person = moment.session.get(Person, each)
        name, address = parseaddr(each)
        if person is None and "@" not in address:
            raise refuse(
                '"{reader}" is nobody who is known here, and no address',
                rule="reader_is_known",
                cure="Write an address, such as Desk <desk@partner.example>.",
                where="readers",
                reason=Reason.INPUT,
                reader=each[:80],
            )
        person = person or person_of(moment.session, name or address.partition("@")[0], address)
        found[person.id] = person
    return list(found.values())


def everybody(session: Session, committee: Committee, at: DateTime) -> list[Person]:
    """Everybody in the body at an instant, substitutes too, each once."""
    query = (
        select(Person)
        .join(Sitting, col(Sitting.person_id) == col(Person.id))
        .where(
            col(Sitting.committee_id) == committee.id,
            col(Sitting.since) <= at,
            or_(col(Sitting.until).is_(None), col(Sitting.until) > at),
        )
        .order_by(col(Person.id))
    )
    return list({each.id: each for each in session.exec(query)}.values())


def may_read(moment: Moment, committee: Committee | None, given: Read) -> str:
    """Whoever the message went to."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    if _reading(moment.session, given.line, moment.actor.person_id or "") is None:
        raise not_for_them({"reader"})
    return "reader"


def read_body(
    moment: Moment, committee: Committee | None, given: Read
) -> Written[Committee] | None:
    """Note when a message was read; a second time is nothing."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    row = _reading(moment.session, given.line, moment.actor.person_id or "")
    if row is None or row.read_at is not None:
        return None
    row.read_at = moment.now
    return Written({"line": given.line, "by": row.person_id}, committee)


def _reading(session: Session, line: str, person: str) -> Reading | None:
    query = select(Reading).where(col(Reading.line_id) == line, col(Reading.person_id) == person)
    return session.exec(query).first()


def may_decide(moment: Moment, committee: Committee | None, _: object) -> str:
    """The chair of the team, or the secretary who enters what the chair decided."""
    return for_roles(CHAIR, SECRETARY)(moment, committee, _)


def decide_body(
    moment: Moment, committee: Committee | None, given: Expedited
) -> Written[Committee]:
    """Decide at once, within the cap; it lapses unless it is confirmed in time."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    rules = law_of(moment.session, committee)
    ruling = rules.ruling("crisis", day_of(committee, moment.now))
    if ruling is None:
        raise refuse(
            "this body has no expedited rules",
            rule="expedited_rules",
            cure="Add the rule crisis to its rules of procedure, or decide in a meeting.",
        )
    cap = _cap(ruling.value.cap)
    if cap is not None and given.amount > cap:
        raise refuse(
            "{amount} is more than the {cap} that are decided this way",
            rule="expedited_rules",
            article=str(ruling.article),
            cure="Bring it before the parent body.",
            where="amount",
            amount=given.amount,
            cap=cap,
        )
    agreed = _agreed(moment, committee, given, ruling)
    within = ruling.value.confirm_within or CONFIRMED_WITHIN
    here = moment.now.in_timezone(committee.zone)
    decision = record_decision(
        moment,
        committee,
        Taken(
            title=given.title[:300],
            text=given.text,
            how="expedited",
            rule={"article": str(ruling.article), "cap": ruling.value.cap},
            outcome={"amount": given.amount, **agreed},
            confirm_by=after(moment, committee, moment.now, within),
            places={"year": here.year, "month": here.month, "day": here.day},
        ),
        pattern_of(rules, here.date()),
    )
    until = decision.confirm_by.isoformat() if decision.confirm_by else None
    return Written({"decision": decision.number, "confirm_by": until}, committee)


def _agreed(
    moment: Moment, committee: Committee, given: Expedited, ruling: Ruling[Any]
) -> dict[str, Any]:
    """Who agrees, where the rules want so many of the team. Raises Refused."""
    wanted = ruling.value.quorum
    if wanted is None:
        return {"agreed": list(given.agreed)} if given.agreed else {}
    held = {
        each.key
        for each in moment.session.exec(select(Seat).where(col(Seat.committee_id) == committee.id))
        if sitting_at(moment.session, each, moment.now)
    }
    agreed = sorted({each.strip().casefold() for each in given.agreed} & held)
    need = needed(wanted, len(held))
    if len(agreed) < need:
        raise refuse(
            "{n} of the team agree, {need} are needed",
            rule="expedited_rules",
            article=str(ruling.article),
            cure="Ask more of them, and name the seats that agree.",
            where="agreed",
            n=len(agreed),
            need=need,
        )
    return {"agreed": agreed, "needed": need}


def _cap(written: str) -> int | None:
    digits = "".join(each for each in written if each.isdigit())
    return int(digits) if digits else None


def may_confirm(moment: Moment, committee: Committee | None, _: object) -> str:
    """Secretary or chair of the parent; where there is none, of the team itself."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    held = roles_with_parent(moment.session, committee, moment.actor, moment.now, alone=True)
    if PARENT not in held:
        raise not_for_them({PARENT})
    return PARENT


def confirm_body(
    moment: Moment, committee: Committee | None, given: Confirmed
) -> Written[Committee]:
    """The parent confirms: the decision stands."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    decision = known(moment, committee, given.number)
    if decision.confirm_by is None or decision.ended_at is not None:
        raise refuse(
            "decision {number} waits for no confirmation",
            rule="waits_for_confirmation",
            cure="See the register of decisions.",
            reason=Reason.TURN,
            number=decision.number,
        )
    decision.confirmed_at = moment.now
    return Written({"decision": decision.number, "by": given.by[:200]}, committee)


def end_body(moment: Moment, committee: Committee | None, given: StandDown) -> Written[Committee]:
    """Stand down: the report is kept, the lessons are actions, the body is being wound up."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    if not given.report.strip():
        raise refuse(
            "a team does not stand down without its report",
            rule="reasons_are_given",
            cure="Write what happened, what was decided, what is left.",
            where="report",
            reason=Reason.INPUT,
        )
    committee.state = fire(CommitteeLifecycle, committee.state, "wind_up")
    _, sealed = write_line(moment, committee, REPORT, given.report)
    owner = committee
    if committee.parent_id is not None:
        owner = moment.session.get_one(Committee, committee.parent_id, with_for_update=True)
    numbers = [open_action(moment, owner, NewAction(each)).number for each in given.lessons]
    set_term_clocks(moment, committee)
    facts: dict[str, Any] = {"report": sealed, "lessons": numbers, "to": committee.state}
    return Written(facts, committee)


LOG: Verb[Committee, Logged] = Verb(
    "committee:log", Committee, "committee", for_roles(SECRETARY, CHAIR, MEMBER), log_body
)
READ: Verb[Committee, Read] = Verb("committee:read", Committee, "committee", may_read, read_body)
DECIDE: Verb[Committee, Expedited] = Verb(
    "committee:decide_expedited", Committee, "committee", may_decide, decide_body
)
CONFIRM: Verb[Committee, Confirmed] = Verb(
    "committee:confirm_expedited", Committee, "committee", may_confirm, confirm_body
)
STAND_DOWN: Verb[Committee, StandDown] = Verb(
    "committee:stand_down", Committee, "committee", for_roles(SECRETARY, CHAIR), end_body
)
