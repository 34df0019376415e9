"""The lives of a body, of a seat in it, and of the filling of a seat. Read this file first.

A person's role, seat, voting right and presence are four facts with instants, kept as rows; the
chart of a seat says which of them was the last to change, and what may come next.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import State

from governance.lifecycle import Lifecycle

SECRETARY = "secretary"
CHAIR = "chair"
PARENT = "parent"
MEMBER = "member"
NOMINEE = "nominee"
CLOCK = "clock"


class CommitteeLifecycle(Lifecycle):
    """A committee or working group: proposed, chartered by its parent, active, and concluded."""

    idea = State("Idea", initial=True)
    proposed = State("Proposed")
    charter_review = State("Mandate under review")
    active = State("Active")
    dormant = State("Dormant")
    recharter_review = State("Renewal under review")
    closing = State("Being wound up")
    concluded = State("Concluded", final=True)
    abandoned = State("Abandoned", final=True)
    replaced = State("Replaced by another body", final=True)

    propose = idea.to(proposed)
    review = proposed.to(charter_review)
    establish = charter_review.to(active) | idea.to(active) | proposed.to(active)
    fall_dormant = active.to(dormant)
    wake = dormant.to(active)
    recharter = active.to(recharter_review) | dormant.to(recharter_review)
    renew = recharter_review.to(active)
    wind_up = active.to(closing) | dormant.to(closing) | recharter_review.to(closing)
    conclude = closing.to(concluded)
    abandon = idea.to(abandoned) | proposed.to(abandoned) | charter_review.to(abandoned)
    replace = (
        active.to(replaced)
        | dormant.to(replaced)
        | recharter_review.to(replaced)
        | closing.to(replaced)
    )

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "propose": frozenset({SECRETARY}),
        "review": frozenset({PARENT, SECRETARY}),
        "establish": frozenset({PARENT, SECRETARY}),
        "fall_dormant": frozenset({PARENT, CLOCK}),
        "wake": frozenset({PARENT, SECRETARY}),
        "recharter": frozenset({PARENT, SECRETARY}),
        "renew": frozenset({PARENT, SECRETARY}),
        "wind_up": frozenset({PARENT, SECRETARY}),
        "conclude": frozenset({PARENT, SECRETARY}),
        "abandon": frozenset({PARENT, SECRETARY}),
        "replace": frozenset({PARENT, SECRETARY}),
    }


class SeatLifecycle(Lifecycle):
    """A seat: vacant, nominated for, accepted, appointed to, served, on leave, vacant again."""

    vacant = State("Vacant", initial=True)
    nominated = State("Nominated")
    consent_asked = State("Consent asked")
    accepted = State("Accepted by the nominee")
    appointed = State("Appointed")
    serving = State("Serving")
    on_leave = State("On leave")
    vote_suspended = State("Voting right suspended")
    holding_over = State("Holding over")
    abolished = State("Abolished", final=True)

    nominate = vacant.to(nominated)
    ask_consent = nominated.to(consent_asked)
    consent = consent_asked.to(accepted)
    decline = consent_asked.to(vacant)
    appoint = vacant.to(appointed) | nominated.to(appointed) | accepted.to(appointed)
    begin = appointed.to(serving)
    grant_leave = serving.to(on_leave) | vote_suspended.to(on_leave) | holding_over.to(on_leave)
    come_back = on_leave.to(serving)
    suspend_vote = serving.to(vote_suspended) | holding_over.to(vote_suspended)
    restore_vote = vote_suspended.to(serving)
    hold_over = serving.to(holding_over) | vote_suspended.to(holding_over)
    end_term = (
        serving.to(vacant)
        | on_leave.to(vacant)
        | vote_suspended.to(vacant)
        | holding_over.to(vacant)
        | appointed.to(vacant)
    )
    resign = (
        serving.to(vacant)
        | on_leave.to(vacant)
        | vote_suspended.to(vacant)
        | holding_over.to(vacant)
        | appointed.to(vacant)
    )
    remove = (
        serving.to(vacant)
        | on_leave.to(vacant)
        | vote_suspended.to(vacant)
        | holding_over.to(vacant)
        | appointed.to(vacant)
    )
    lose_office = (
        serving.to(vacant)
        | on_leave.to(vacant)
        | vote_suspended.to(vacant)
        | holding_over.to(vacant)
    )
    abolish = vacant.to(abolished)

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "nominate": frozenset({SECRETARY, MEMBER}),
        "ask_consent": frozenset({SECRETARY}),
        "consent": frozenset({NOMINEE, SECRETARY}),
        "decline": frozenset({NOMINEE, SECRETARY}),
        "appoint": frozenset({PARENT, SECRETARY, CLOCK}),
        "begin": frozenset({SECRETARY, CLOCK}),
        "grant_leave": frozenset({CHAIR, SECRETARY}),
        "come_back": frozenset({MEMBER, SECRETARY, CLOCK}),
        "suspend_vote": frozenset({SECRETARY, CLOCK}),
        "restore_vote": frozenset({SECRETARY, CLOCK}),
        "hold_over": frozenset({CLOCK, SECRETARY}),
        "end_term": frozenset({CLOCK, SECRETARY}),
        "resign": frozenset({MEMBER, SECRETARY}),
        "remove": frozenset({PARENT, SECRETARY}),
        "lose_office": frozenset({CLOCK, SECRETARY}),
        "abolish": frozenset({PARENT, SECRETARY}),
    }


class FillingLifecycle(Lifecycle):
    """A vacant seat that an appointment fills: wanted, its case launched, the person seated."""

    wanted = State("Appointment wanted", initial=True)
    launched = State("Case launched")
    seated = State("Person seated")
    failed = State("Nobody was appointed", final=True)

    launch = wanted.to(launched)
    seat = launched.to(seated)
    fail = wanted.to(failed) | launched.to(failed) | seated.to(failed)

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "launch": frozenset({CLOCK}),
        "seat": frozenset({CLOCK}),
        "fail": frozenset({CLOCK}),
    }
