"""Items that come after proposals have closed: who lets them in, and by what majority.

Where the rules leave it to the body, the proposal to add the item is put to the meeting as any
question is: moved, counted under the majority that the rules ask, declared. The item enters the
agenda only if that is carried; otherwise it is held for the next meeting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from governance.acts import Moment
from governance.committees.authority import not_for_them, roles_in
from governance.committees.lifecycle import CHAIR
from governance.committees.local import local_day
from governance.committees.meeting.lifecycle import ItemLifecycle
from governance.committees.meeting.models import AgendaItem, Meeting
from governance.committees.meeting.voting import vote_rule
from governance.lifecycle import fire
from governance.refusals import Reason, Refused, Sentence, refuse, say
from governance.rulebook.proceedings.law import Proceedings

KIND, SUBJECT = "late_item", "late_items"
BODY, NOBODY, OFFICERS = "body", "nobody", "officers"
DEFAULT = "Mandate, default"
BOUNDS = ("more_than", "at_least", "at_most", "fewer_than", "base", "of", "also", "rounding")
UNANIMOUS: dict[str, Any] = {"at_least": "1/1", "base": "yes_no", "also": [{"at_least": 1}]}


@dataclass(frozen=True)
class Admission:
    """Who lets a late item in, and the article that says so."""

    by: str
    article: str


def admission_of(rules: Proceedings, meeting: Meeting) -> Admission:
    """By the rules; where these say nothing, by the officers until the agenda has gone out."""
    ruling = rules.ruling(SUBJECT, local_day(meeting.starts_at, meeting.zone))
    if ruling is not None:
        return Admission(ruling.value.admitted_by, str(ruling.article))
    out = meeting.agenda_version or meeting.opened_at is not None
    return Admission(BODY if out else OFFICERS, DEFAULT)


def may_enter(moment: Moment, meeting: Meeting, item: AgendaItem, rules: Proceedings) -> None:
    """Whether an officer may let a late item in without asking the meeting. Raises Refused."""
    if not item.is_late:
        return
    admission = admission_of(rules, meeting)
    if admission.by == BODY:
        raise refuse(
            "the item is late, and the meeting decides whether it enters the agenda ({article})",
            rule="late_items_are_put_to_the_meeting",
            article=admission.article,
            cure="In session, move that it be added, as a motion of the kind late_item; put and "
            "declare it.",
            reason=Reason.RULE,
        )
    if admission.by == NOBODY:
        raise _closed(admission)
    held = roles_in(moment.session, meeting.committee_id, moment.actor, moment.now)
    if admission.by == CHAIR and CHAIR not in held:
        raise not_for_them({CHAIR})


def may_be_moved(meeting: Meeting, item: AgendaItem, rules: Proceedings) -> None:
    """Whether it can be moved that this item be added. Raises Refused."""
    if not item.is_late or item.state != "proposed":
        raise refuse(
            "the item is not late, or it has been dealt with",
            rule="late_item_waits",
            cure="Name an item that was proposed late and waits.",
            where="item",
            reason=Reason.INPUT,
        )
    admission = admission_of(rules, meeting)
    if admission.by == NOBODY:
        raise _closed(admission)


def _closed(admission: Admission) -> Refused:
    return refuse(
        "the rules admit no item after proposals have closed ({article})",
        rule="late_items_are_not_admitted",
        article=admission.article,
        cure="Hold it for the next meeting.",
        reason=Reason.RULE,
    )


def late_rule(rules: Proceedings, on: date) -> dict[str, Any]:
    """The majority that lets a late item in, as a rule of the one engine."""
    rule = vote_rule(rules, on, SUBJECT)
    ruling = rules.ruling(SUBJECT, on)
    if ruling is None or not (ruling.value.majority or ruling.value.unanimous):
        return rule
    kept = {key: each for key, each in rule["counting"].items() if key not in BOUNDS}
    bound = (
        dict(UNANIMOUS)
        if ruling.value.unanimous
        else ruling.value.majority.model_dump(mode="json", exclude_defaults=True)
    )
    bound.setdefault("base", rule["counting"]["base"])
    return {**rule, "article": str(ruling.article), "counting": {**kept, **bound}}


def settle(item: AgendaItem, number: int, *, carried: bool) -> str:
    """What the declared result makes of the item; its new state."""
    if carried:
        item.state = fire(ItemLifecycle, item.state, "admit_late")
    else:
        item.state = fire(ItemLifecycle, item.state, "hold")
        item.because = f"motion {number}: not carried"
    return item.state


def admission_told(rules: Proceedings, meeting: Meeting) -> Sentence:
    """Who lets a late item in and by what majority, in a sentence."""
    admission = admission_of(rules, meeting)
    if admission.by == NOBODY:
        return say("late: the rules admit none ({article})", article=admission.article)
    if admission.by == CHAIR:
        return say("late: the chair admits it ({article})", article=admission.article)
    if admission.by == OFFICERS:
        return say("late: the chair or the secretary may still accept it")
    counting = late_rule(rules, local_day(meeting.starts_at, meeting.zone))["counting"]
    if counting.get("at_least") == UNANIMOUS["at_least"]:
        return say("late: the meeting admits it if nobody is against ({article})",
                   article=admission.article)  # fmt: skip
    if "at_least" in counting:
        return say("late: the meeting admits it by at least {share} ({article})",
                   share=str(counting["at_least"]), article=admission.article)  # fmt: skip
    return say("late: the meeting admits it by more than {share} ({article})",
               share=str(counting.get("more_than", "1/2")), article=admission.article)  # fmt: skip
