"""A bundle goes on: its consultation is read, then its documents are issued, each once.

Every document is issued in a transaction of its own. Who is killed between two of them has issued
the first and not the second; the next run goes on with the second.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from governance.access.actor import CLOCK
from governance.acts import Moment, Verb, Written, perform
from governance.consultation.models import Consultation
from governance.consultation.opening import find
from governance.house import House
from governance.lifecycle import fire
from governance.registry.approving import OWNER, STEP, papers_of
from governance.registry.delivering import send
from governance.registry.issuing import issue, on_record
from governance.registry.lifecycle import BundleLifecycle, PaperLifecycle
from governance.registry.models import Bundle, Paper
from governance.registry.rules import Approving

AT_ONCE = 50  # a run lets others in after so many; the bundle stays due


@dataclass(frozen=True)
class Came:
    """What one run came to."""

    issued: int
    left: int
    moved: bool


def advance(house: House, bundle_id: str) -> Came:
    """Go on with a bundle as far as one run goes; what is left stays due."""
    settled = perform(house, CLOCK, SETTLE, bundle_id, None)
    with house.database.reading() as session:
        bundle = session.get_one(Bundle, bundle_id)
        waiting = _waiting(session, bundle) if bundle.state == "issuing" else []
    for paper_id in waiting[:AT_ONCE]:
        perform(house, CLOCK, ISSUE_ONE, paper_id, None)
    left = len(waiting) - len(waiting[:AT_ONCE])
    if bundle.state == "issuing":
        perform(house, CLOCK, FINISH, bundle_id, None)
    return Came(len(waiting[:AT_ONCE]), left, settled is not None or bool(waiting))


def progress(session: Session, bundle_id: str) -> dict[str, int]:
    """How many documents of a bundle are in which state."""
    query = (
        select(Paper.state, func.count())
        .where(col(Paper.bundle_id) == bundle_id)
        .group_by(col(Paper.state))
    )
    return dict(session.exec(query).all())


def _waiting(session: Session, bundle: Bundle) -> list[str]:
    return [paper.id for paper in papers_of(session, bundle.id, "drafted", "approved")]


def _settle_body(moment: Moment, bundle: Bundle | None, _: None) -> Written[Bundle] | None:
    """Read the outcome of the bundle's consultation downwards."""
    assert bundle is not None  # noqa: S101 -- the door locks the subject first
    asked = find(moment.session, (OWNER, bundle.id), STEP, 1)
    if bundle.state != "put" or asked is None or asked.state != "closed" or not asked.outcome:
        return None
    moment.cites.append(asked.closing_entry)
    approved = asked.outcome["result"] == "approve"
    bundle.state = fire(BundleLifecycle, bundle.state, "approve" if approved else "send_back")
    for paper in papers_of(moment.session, bundle.id, "reviewed"):
        if approved:
            facts = Approving("approve", paper.version, _shown(asked, paper.id))
            paper.state = fire(PaperLifecycle, paper.state, "approve", facts)
        else:
            paper.state = fire(PaperLifecycle, paper.state, "send_back")
            paper.reviewed_by = None
    return Written({"result": asked.outcome["result"]}, bundle)


def _shown(asked: Consultation, paper_id: str) -> int:
    """The version of a document that was shown to whoever approved."""
    shown = {each[0]: int(each[1]) for each in asked.content.get("papers", [])}
    return shown.get(paper_id, 0)


def _issue_one_body(moment: Moment, paper: Paper | None, _: None) -> Written[Paper] | None:
    assert paper is not None  # noqa: S101 -- the door locks the subject first
    if paper.state not in {"drafted", "approved"}:
        return None  # another run was faster
    issued = issue(moment, paper)
    send(moment, paper)
    return Written(on_record(paper, issued), paper)


def _finish_body(moment: Moment, bundle: Bundle | None, _: None) -> Written[Bundle] | None:
    assert bundle is not None  # noqa: S101 -- the door locks the subject first
    if bundle.state != "issuing":
        return None
    if _waiting(moment.session, bundle):
        moment.owe(OWNER, bundle.id)
        return Written({"left": len(_waiting(moment.session, bundle))}, bundle)
    bundle.state = fire(BundleLifecycle, bundle.state, "finish")
    bundle.finished_at = moment.now
    return Written({"size": bundle.size}, bundle)


def _by_the_clock(_: Moment, __: object, ___: object) -> str:
    return "clock"


FINISH: Verb[Bundle, None] = Verb("bundle:finish", Bundle, OWNER, _by_the_clock, _finish_body)
ISSUE_ONE: Verb[Paper, None] = Verb(
    "document:issue", Paper, "document", _by_the_clock, _issue_one_body
)
SETTLE: Verb[Bundle, None] = Verb("bundle:settle", Bundle, OWNER, _by_the_clock, _settle_body)
