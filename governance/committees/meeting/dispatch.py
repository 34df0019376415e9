"""The draft agenda fills itself, and goes out with its papers frozen and hashed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.committees.after.lifecycle import ActionLifecycle
from governance.committees.after.models import Action
from governance.committees.meeting.agenda import (
    Proposal,
    add_item,
    items_of,
    lies_ahead,
    number_items,
)
from governance.committees.meeting.convening import committee_of, may, rules_for
from governance.committees.meeting.lifecycle import ItemLifecycle, MeetingLifecycle
from governance.committees.meeting.models import AgendaItem, Meeting, Paper
from governance.committees.meeting.timing import set_clocks
from governance.committees.models import Committee
from governance.lifecycle import finals, fire


def draft_body(moment: Moment, meeting: Meeting | None, _: object) -> Written[Meeting] | None:
    """Fill the draft agenda: standing items, actions carried over, items deferred before."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    lies_ahead(meeting)
    committee = committee_of(moment.session, meeting)
    present = {each.came_from for each in items_of(moment, meeting)}
    added = []
    for proposal in (
        *_standing(committee),
        *_deferred(moment, meeting),
        *_actions(moment, committee),
    ):
        if proposal.came_from in present:
            continue
        item = add_item(moment, meeting, proposal)
        item.state = fire(ItemLifecycle, item.state, "accept")
        added.append(item.id)
    if not added:
        return None
    if not meeting.agenda_version:
        _routine_first(items_of(moment, meeting), added)
    number_items(moment, meeting)
    return Written({"items": added}, meeting)


def _routine_first(items: list[AgendaItem], added: list[str]) -> None:
    """What opens every meeting stands before the business of the day, if it was added just now."""

    def opens(item: AgendaItem) -> bool:
        return item.id in added and str(item.came_from).startswith("s:")

    ordered = sorted(items, key=lambda each: (not opens(each), each.position))
    for place, item in enumerate(ordered, 1):
        item.position = place


def _standing(committee: Committee) -> Iterable[Proposal]:
    titles = committee.facts.get("standing_items") or STANDING
    for key, title in titles.items():
        yield Proposal(title, "decision", minutes=5, origin="standing", came_from=f"s:{key}"[:32])


STANDING: Mapping[str, Mapping[str, str]] = {
    "opening": {"en": "Opening and quorum", "fr": "Ouverture et quorum",
                "es": "Apertura y quórum", "ar": "الافتتاح والنصاب"},
    "agenda": {"en": "Adoption of the agenda", "fr": "Adoption de l’ordre du jour",
               "es": "Aprobación del orden del día", "ar": "إقرار جدول الأعمال"},
    "minutes": {"en": "Minutes of the last meeting", "fr": "Procès-verbal de la dernière réunion",
                "es": "Acta de la reunión anterior", "ar": "محضر الاجتماع السابق"},
}  # fmt: skip


def _deferred(moment: Moment, meeting: Meeting) -> Iterable[Proposal]:
    query = (
        select(AgendaItem)
        .join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
        .where(
            col(Meeting.committee_id) == meeting.committee_id,
            col(Meeting.id) != meeting.id,
            col(AgendaItem.state).in_(("deferred", "held")),
        )
        .order_by(col(Meeting.starts_at), col(AgendaItem.position))
    )
    carried = (
        select(AgendaItem.came_from)
        .join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
        .where(col(Meeting.committee_id) == meeting.committee_id, col(AgendaItem.came_from) != "")
    )
    taken = set(moment.session.exec(carried))
    for each in moment.session.exec(query):
        if each.id not in taken:
            yield Proposal(
                each.title, each.category, each.access, each.minutes, "deferred", each.id
            )


def _actions(moment: Moment, committee: Committee) -> Iterable[Proposal]:
    query = select(Action.id).where(
        col(Action.committee_id) == committee.id,
        col(Action.state).not_in(finals(ActionLifecycle)),
    )
    if moment.session.exec(query).first() is not None:
        title = {"en": "Actions from earlier meetings", "fr": "Actions des réunions précédentes",
                 "es": "Acciones de reuniones anteriores",
                 "ar": "الإجراءات المنبثقة عن الاجتماعات السابقة"}  # fmt: skip
        yield Proposal(title, "information", origin="carried", came_from="s:actions")


def circulate_body(moment: Moment, meeting: Meeting | None, _: object) -> Written[Meeting]:
    """Circulate the agenda: a new version of it, its papers frozen and hashed."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    meeting.state = fire(MeetingLifecycle, meeting.state, "circulate")
    meeting.agenda_version += 1
    meeting.circulated_at = moment.now
    for item in items_of(moment, meeting):
        if item.state == "draft":
            item.state = fire(ItemLifecycle, item.state, "circulate")
    papers = moment.session.exec(select(Paper).where(col(Paper.meeting_id) == meeting.id)).all()
    for paper in papers:
        paper.frozen_at = paper.frozen_at or moment.now
    committee = committee_of(moment.session, meeting)
    set_clocks(moment, committee, meeting, rules_for(moment.session, meeting))
    hashes = sorted(each.sha256 for each in papers)
    return Written({"version": meeting.agenda_version, "papers": hashes}, meeting)


DRAFT: Verb[Meeting, object] = Verb(
    "meeting:draft_agenda", Meeting, "meeting", may("circulate"), draft_body
)
CIRCULATE: Verb[Meeting, object] = Verb(
    "meeting:circulate", Meeting, "meeting", may("circulate"), circulate_body
)
