"""The agenda: proposed items judged, standing and carried ones added, circulated with papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.committees.authority import not_for_them, roles_in
from governance.committees.lifecycle import CHAIR, MEMBER, SECRETARY
from governance.committees.meeting.convening import committee_of, may, rules_for
from governance.committees.meeting.late_items import OFFICERS, admission_of, may_enter
from governance.committees.meeting.lifecycle import ItemLifecycle
from governance.committees.meeting.models import AgendaItem, Meeting
from governance.committees.meeting.timing import proposals_close
from governance.committees.models import Sitting
from governance.committees.seeking import keep_item
from governance.database import new_id
from governance.lifecycle import finals, fire
from governance.refusals import Reason, Refused, refuse

CATEGORIES = ("decision", "discussion", "information", "consent")
ACCESS = ("open", "restricted", "closed")
NEEDS_REASON = frozenset({"refuse", "hold", "strike", "defer", "refer"})


@dataclass(frozen=True)
class Proposal:
    """An item for the agenda."""

    title: Mapping[str, str]
    category: str = "discussion"
    access: str = "open"
    minutes: int = 10
    origin: str = "proposed"
    came_from: str = ""


@dataclass(frozen=True)
class ItemStep:
    """A step in the life of an item; `to` is where it is deferred or referred to."""

    item: str
    event: str
    because: str = ""
    to: str = ""


@dataclass(frozen=True)
class Order:
    """The items of the agenda in their order, by identifier."""

    items: tuple[str, ...]


def may_propose(moment: Moment, meeting: Meeting | None, _: object) -> str:
    """A member, the chair or the secretary; an observer where the rules let them."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    held = roles_in(moment.session, meeting.committee_id, moment.actor, moment.now)
    role = next((each for each in (SECRETARY, CHAIR, MEMBER) if each in held), None)
    if role is None and _observes(moment, meeting):
        law = rules_for(moment.session, meeting).ruling("observers", moment.now.date())
        if law is not None and law.value.propose != "no":
            return "role:observer"
    if role is None:
        raise not_for_them({SECRETARY, CHAIR, MEMBER})
    return f"role:{role}"


def _observes(moment: Moment, meeting: Meeting) -> bool:
    query = select(Sitting.id).where(
        col(Sitting.committee_id) == meeting.committee_id,
        col(Sitting.person_id) == moment.actor.person_id,
    )
    return moment.session.exec(query).first() is not None


def propose_body(moment: Moment, meeting: Meeting | None, given: Proposal) -> Written[Meeting]:
    """Propose an item. The secretary's and chair's own stand on the draft agenda at once."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    _is_sayable(given)
    lies_ahead(meeting)
    committee = committee_of(moment.session, meeting)
    rules = rules_for(moment.session, meeting)
    late = (
        moment.now >= proposals_close(moment, committee, meeting, rules)
        and given.origin == "proposed"
    )
    item = add_item(moment, meeting, given, is_late=late)
    held = roles_in(moment.session, committee.id, moment.actor, moment.now)
    late_by = admission_of(rules, meeting).by
    if held & {SECRETARY, CHAIR} and not (late and late_by not in {OFFICERS, *held}):
        item.state = fire(ItemLifecycle, item.state, "accept")
    number_items(moment, meeting)
    return Written({"item": item.id, "late": late, "state": item.state}, meeting)


def add_item(
    moment: Moment, meeting: Meeting, given: Proposal, *, is_late: bool = False
) -> AgendaItem:
    """The row of a new item, after all others. The caller holds the lock of the meeting."""
    last = len(items_of(moment, meeting))
    item = AgendaItem(
        id=new_id(),
        meeting_id=meeting.id,
        position=last + 1,
        title=dict(given.title),
        category=given.category,
        access=given.access,
        minutes=given.minutes,
        origin="late" if is_late else given.origin,
        came_from=given.came_from,
        proposed_by=moment.actor.person_id,
        proposed_at=moment.now,
        is_late=is_late,
        deferrals=0,
    )
    moment.session.add(item)
    moment.session.flush()
    keep_item(moment.session, meeting, item)
    return item


def step_authority(moment: Moment, meeting: Meeting | None, given: ItemStep) -> str:
    """Whoever the chart of items names for the step."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    wanted = ItemLifecycle.authority.get(given.event, frozenset())
    held = roles_in(moment.session, meeting.committee_id, moment.actor, moment.now)
    role = next(iter(sorted(held & wanted)), None)
    if role is None:
        raise not_for_them(wanted or {"nobody"})
    return f"role:{role}"


def step_body(moment: Moment, meeting: Meeting | None, given: ItemStep) -> Written[Meeting]:
    """Take the step; one that is open becomes the meeting's current item."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    item = known_item(moment, meeting, given.item)
    if given.event in NEEDS_REASON and not given.because.strip():
        raise refuse(
            "this step is not taken without its reason",
            rule="reasons_are_given",
            cure="Write why in one line.",
            where="because",
            reason=Reason.INPUT,
        )
    if given.event == "defer":
        _may_defer(moment, meeting, item)
    if given.event in {"open", "decide", "close"}:
        is_in_session(meeting)
    if given.event in {"accept", "admit_late"}:
        may_enter(moment, meeting, item, rules_for(moment.session, meeting))
    before = item.state
    item.state = fire(ItemLifecycle, before, given.event)
    item.because = given.because[:400] or item.because
    if given.event == "open":
        item.opened_at, meeting.current_item = moment.now, item.id
    if item.state in finals(ItemLifecycle):
        item.closed_at = moment.now
        meeting.current_item = None if meeting.current_item == item.id else meeting.current_item
    number_items(moment, meeting)
    facts = {"item": item.id, "from": before, "to": item.state}
    return Written(facts | ({"goes_to": given.to} if given.to else {}), meeting)


def order_body(moment: Moment, meeting: Meeting | None, given: Order) -> Written[Meeting]:
    """Put the items in this order; those not named stay behind them."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    every = {each.id: each for each in items_of(moment, meeting)}
    for wanted in given.items:
        known_item(moment, meeting, wanted)
    rest = [each for each in every if each not in given.items]
    for position, key in enumerate([*given.items, *rest], 1):
        every[key].position = position
    number_items(moment, meeting)
    return Written({"items": list(given.items)}, meeting)


PROPOSE: Verb[Meeting, Proposal] = Verb(
    "meeting:propose_item", Meeting, "meeting", may_propose, propose_body
)
STEP: Verb[Meeting, ItemStep] = Verb(
    "meeting:item_step", Meeting, "meeting", step_authority, step_body
)
ORDER: Verb[Meeting, Order] = Verb(
    "meeting:order_agenda", Meeting, "meeting", may("circulate"), order_body
)


def items_of(moment: Moment, meeting: Meeting) -> list[AgendaItem]:
    """The items of a meeting in their order."""
    query = select(AgendaItem).where(col(AgendaItem.meeting_id) == meeting.id)
    return list(
        moment.session.exec(query.order_by(col(AgendaItem.position), col(AgendaItem.proposed_at)))
    )


def known_item(moment: Moment, meeting: Meeting, key: str) -> AgendaItem:
    """An item by its identifier or its number. Raises Refused."""
    found = next((e for e in items_of(moment, meeting) if key in (e.id, e.number)), None)
    if found is None:
        raise _no_such_item(key)
    return found


def _no_such_item(key: str) -> Refused:
    return refuse(
        'this meeting has no item "{key}"',
        rule="known_item",
        cure="See its agenda: mandate meeting show.",
        where="item",
        reason=Reason.INPUT,
        key=key[:40],
    )


OFF = frozenset({"proposed", "refused", "held", "struck", "withdrawn"})


def number_items(moment: Moment, meeting: Meeting) -> None:
    """Items on the agenda are numbered in their order, until the agenda is adopted."""
    if meeting.agenda_adopted_at is not None or meeting.agenda_version:
        number = max((int(e.number) for e in items_of(moment, meeting) if e.number), default=0)
        for item in items_of(moment, meeting):
            if item.state not in OFF and not item.number:
                number += 1
                item.number = str(number)
        return
    number = 0
    for item in items_of(moment, meeting):
        number += item.state not in OFF
        item.number = str(number) if item.state not in OFF else ""


def _is_sayable(given: Proposal) -> None:
    if not any(each.strip() for each in given.title.values()):
        because = "an item has a title"
    elif given.category not in CATEGORIES or given.access not in ACCESS:
        because = "an item is for decision, discussion, information or consent; open or closed"
    elif not 0 < given.minutes <= 24 * 60:
        because = "an item takes some minutes"
    else:
        return
    raise refuse(
        because,
        rule="item_is_complete",
        cure="Give its title, category, access and minutes.",
        where="item",
        reason=Reason.INPUT,
    )


def lies_ahead(meeting: Meeting) -> None:
    """Refused where the meeting is over."""
    if meeting.state in ("closed", "completed", "cancelled"):
        raise refuse(
            "the meeting is over",
            rule="meeting_lies_ahead",
            cure="Propose it for the next one.",
            reason=Reason.TURN,
        )


def is_in_session(meeting: Meeting) -> None:
    """Refused where the meeting is not in session."""
    if meeting.state != "in_session":
        raise refuse(
            "the meeting is not in session",
            rule="meeting_is_in_session",
            cure="Open it first: mandate meeting open.",
            reason=Reason.TURN,
        )


def _may_defer(moment: Moment, meeting: Meeting, item: AgendaItem) -> None:
    """An item is deferred as often as the rules let it."""
    before = _times(moment, item)
    ruling = rules_for(moment.session, meeting).ruling("deferral", moment.now.date())
    if ruling is not None and before >= ruling.value.times:
        raise refuse(
            "the item has been deferred {n} times, and the rules allow {limit}",
            rule="deferrals_are_limited",
            cure="Decide it, refer it, or let it be withdrawn.",
            n=before,
            limit=ruling.value.times,
            article=str(ruling.article),
        )
    item.deferrals = before + 1


def _times(moment: Moment, item: AgendaItem) -> int:
    older = moment.session.get(AgendaItem, item.came_from) if item.came_from else None
    return older.deferrals if older is not None else 0
