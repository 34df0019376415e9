"""The lives of a decision in the register and of an action. Read this file first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import State

from governance.committees.lifecycle import CHAIR, CLOCK, SECRETARY
from governance.lifecycle import Lifecycle

BODY = "body"
OWNER = "owner"


class DecisionLifecycle(Lifecycle):
    """A decision: recorded with its number, communicated, in force, until something newer."""

    recorded = State("Recorded", initial=True)
    communicated = State("Communicated")
    in_force = State("In force")
    superseded = State("Superseded", final=True)
    rescinded = State("Rescinded", final=True)
    expired = State("Expired", final=True)
    annulled = State("Annulled", final=True)
    lapsed = State("Lapsed without confirmation", final=True)

    communicate = recorded.to(communicated)
    come_into_force = recorded.to(in_force) | communicated.to(in_force)
    supersede = recorded.to(superseded) | communicated.to(superseded) | in_force.to(superseded)
    rescind = recorded.to(rescinded) | communicated.to(rescinded) | in_force.to(rescinded)
    expire = in_force.to(expired)
    annul = recorded.to(annulled) | communicated.to(annulled) | in_force.to(annulled)
    lapse = recorded.to(lapsed) | communicated.to(lapsed) | in_force.to(lapsed)

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "communicate": frozenset({SECRETARY, CLOCK}),
        "come_into_force": frozenset({SECRETARY, CLOCK}),
        "supersede": frozenset({BODY, SECRETARY}),
        "rescind": frozenset({BODY, SECRETARY}),
        "expire": frozenset({CLOCK}),
        "annul": frozenset({BODY, CHAIR}),
        "lapse": frozenset({CLOCK}),
    }


class ActionLifecycle(Lifecycle):
    """An action: opened by a decision, taken by its owner, done, verified; or overdue till then."""

    opened = State("Opened", initial=True)
    assigned = State("Accepted by its owner")
    in_progress = State("In progress")
    part_done = State("Part done")
    overdue = State("Overdue")
    reported = State("Reported as done")
    verified = State("Verified and closed", final=True)
    overtaken = State("Overtaken by events", final=True)
    cancelled = State("Cancelled by the body", final=True)

    accept = opened.to(assigned)
    give_back = opened.to(opened) | assigned.to(opened)
    start = opened.to(in_progress) | assigned.to(in_progress) | overdue.to(in_progress)
    report_part = (
        opened.to(part_done)
        | assigned.to(part_done)
        | in_progress.to(part_done)
        | overdue.to(part_done)
        | part_done.to(part_done)
    )
    report = (
        opened.to(reported)
        | assigned.to(reported)
        | in_progress.to(reported)
        | part_done.to(reported)
        | overdue.to(reported)
    )
    send_back = reported.to(in_progress)
    verify = reported.to(verified)
    fall_due = (
        opened.to(overdue) | assigned.to(overdue) | in_progress.to(overdue) | part_done.to(overdue)
    )
    extend = (
        opened.to(opened)
        | assigned.to(assigned)
        | in_progress.to(in_progress)
        | part_done.to(part_done)
        | overdue.to(in_progress)
    )
    overtake = (
        opened.to(overtaken)
        | assigned.to(overtaken)
        | in_progress.to(overtaken)
        | part_done.to(overtaken)
        | overdue.to(overtaken)
    )
    cancel = (
        opened.to(cancelled)
        | assigned.to(cancelled)
        | in_progress.to(cancelled)
        | part_done.to(cancelled)
        | overdue.to(cancelled)
    )

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "accept": frozenset({OWNER, SECRETARY}),
        "give_back": frozenset({OWNER}),
        "start": frozenset({OWNER, SECRETARY}),
        "report_part": frozenset({OWNER, SECRETARY}),
        "report": frozenset({OWNER, SECRETARY}),
        "send_back": frozenset({SECRETARY, CHAIR}),
        "verify": frozenset({SECRETARY, CHAIR, BODY}),
        "fall_due": frozenset({CLOCK}),
        "extend": frozenset({CHAIR, SECRETARY}),
        "overtake": frozenset({CHAIR, SECRETARY, BODY}),
        "cancel": frozenset({BODY, CHAIR, SECRETARY}),
    }
