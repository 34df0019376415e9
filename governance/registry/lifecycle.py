"""The life of a document, and of a bundle put for signature. Read this first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import State

from governance.lifecycle import Lifecycle
from governance.refusals import satisfies
from governance.registry.rules import (
    a_reason_is_given,
    approval_is_of_this_version,
    approval_was_given,
    kind_needs_no_approval,
    review_is_of_this_version,
    reviewer_did_not_draft,
    successor_is_issued,
)

REGISTRAR = "registrar"
REVIEWER = "reviewer"
CLOCK = "clock"
ADDRESSEE = "addressee"


class PaperLifecycle(Lifecycle):
    """A document is drafted, reviewed, approved, issued once and for all, and delivered."""

    drafted = State("Drafted", initial=True)
    reviewed = State("Reviewed")
    approved = State("Approved")
    issued = State("Issued")
    delivered = State("Delivered")
    acknowledged = State("Acknowledged")
    superseded = State("Superseded", final=True)
    annulled = State("Annulled", final=True)
    discarded = State("Discarded", final=True)

    revise = drafted.to(drafted) | reviewed.to(drafted)
    review = drafted.to(
        reviewed, validators=satisfies(reviewer_did_not_draft, review_is_of_this_version)
    )
    approve = reviewed.to(
        approved, validators=satisfies(approval_was_given, approval_is_of_this_version)
    )
    send_back = reviewed.to(drafted)
    issue = approved.to(issued) | drafted.to(issued, validators=satisfies(kind_needs_no_approval))
    deliver = issued.to(delivered) | delivered.to(delivered) | acknowledged.to(acknowledged)
    open = delivered.to(delivered) | acknowledged.to(acknowledged)
    acknowledge = issued.to(acknowledged) | delivered.to(acknowledged)
    supersede = (
        issued.to(superseded, validators=satisfies(successor_is_issued))
        | delivered.to(superseded, validators=satisfies(successor_is_issued))
        | acknowledged.to(superseded, validators=satisfies(successor_is_issued))
    )
    annul = (
        issued.to(annulled, validators=satisfies(a_reason_is_given))
        | delivered.to(annulled, validators=satisfies(a_reason_is_given))
        | acknowledged.to(annulled, validators=satisfies(a_reason_is_given))
    )
    discard = drafted.to(discarded) | reviewed.to(discarded) | approved.to(discarded)

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "acknowledge": frozenset({ADDRESSEE, REGISTRAR}),
        "annul": frozenset({REGISTRAR}),
        "approve": frozenset({CLOCK}),
        "deliver": frozenset({CLOCK, REGISTRAR}),
        "discard": frozenset({REGISTRAR}),
        "issue": frozenset({CLOCK, REGISTRAR}),
        "open": frozenset({ADDRESSEE}),
        "review": frozenset({REVIEWER}),
        "revise": frozenset({REGISTRAR}),
        "send_back": frozenset({CLOCK}),
        "supersede": frozenset({REGISTRAR}),
    }


class BundleLifecycle(Lifecycle):
    """Documents put together: approved by one act, then issued one after the other, each once."""

    gathered = State("Gathered", initial=True)
    put = State("Put for approval")
    issuing = State("Being issued")
    done = State("Issued", final=True)
    returned = State("Sent back", final=True)

    ask = gathered.to(put)
    approve = put.to(issuing)
    send_back = put.to(returned)
    release = gathered.to(issuing, validators=satisfies(kind_needs_no_approval))
    finish = issuing.to(done)

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "approve": frozenset({CLOCK}),
        "ask": frozenset({REGISTRAR}),
        "finish": frozenset({CLOCK}),
        "release": frozenset({REGISTRAR}),
        "send_back": frozenset({CLOCK}),
    }
