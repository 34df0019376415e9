"""Put documents for approval, one or many in one act; the consultation engine decides.

Whoever approves is shown every document of the bundle; one answer approves or sends back all of
it. What follows is due work: each document is issued in a transaction of its own, each once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.consultation.opening import Asked, Question, open_consultation
from governance.database import new_id
from governance.lifecycle import fire
from governance.people.models import Person
from governance.refusals import Reason, Refused, refuse
from governance.registry.drafting import Draft, Review, draft, is_registrar, reviewed
from governance.registry.house_style import names_of, style_of
from governance.registry.lifecycle import BundleLifecycle
from governance.registry.models import Bundle, Paper
from governance.registry.rules import Issuing

OWNER = "bundle"
STEP = "approval"
ARTICLE = "Mandate, approval of documents"
QUESTION = {
    "en": "Do you approve these documents: {title}?",
    "fr": "Approuvez-vous ces documents\N{NO-BREAK SPACE}: {title}\N{NO-BREAK SPACE}?",
    "es": "¿Aprueba estos documentos: {title}?",
    "ar": "هل توافقون على هذه الوثائق: {title}؟",
}
ALL_OF_THEM = {
    "en": "All documents put for your approval: {n}",
    "fr": "Tous les documents soumis à votre approbation\N{NO-BREAK SPACE}: {n}",
    "es": "Todos los documentos sometidos a su aprobación: {n}",
    "ar": "جميع الوثائق المعروضة لموافقتكم: {n}",
}
LISTED = 20  # so many stand beside the question themselves; the rest on the bundle's page
RULE: dict[str, Any] = {
    "kind": "single",
    "article": ARTICLE,
    "on_late": "keep",
    "may_change": False,
    "within": None,
    "positions": [
        {"key": "approve"},
        {"key": "send_back", "needs_text": True},
    ],
    "titles": {
        "approve": {"en": "Approve", "fr": "Approuver", "es": "Aprobar", "ar": "الموافقة"},
        "send_back": {
            "en": "Send back",
            "fr": "Renvoyer",
            "es": "Devolver",
            "ar": "الإعادة",
        },
    },
}


@dataclass(frozen=True)
class Gathering:
    """Many documents drafted in one act, such as the regrets of one call."""

    title: str
    drafts: tuple[Draft, ...]
    key: str = ""


@dataclass(frozen=True)
class Asking:
    """Reviewed documents put for one signature: to whom, under which name."""

    title: str
    papers: tuple[str, ...]
    approver_id: str
    key: str = ""


def papers_of(session: Session, bundle_id: str, *states: str) -> list[Paper]:
    """The documents of a bundle in their order, of these states only where any are named."""
    query = select(Paper).where(col(Paper.bundle_id) == bundle_id)
    if states:
        query = query.where(col(Paper.state).in_(states))
    return list(session.exec(query.order_by(col(Paper.place), col(Paper.id))))


def _ask_body(moment: Moment, _: Bundle | None, given: Asking) -> Written[Bundle]:
    papers = _reviewed(moment, given.papers)
    bundle = _bundle(moment, given.title, given.key, len(papers))
    for place, paper in enumerate(papers, start=1):
        paper.bundle_id, paper.place = bundle.id, place
    ask(moment, bundle, papers, given.approver_id)
    return Written(_on_record(bundle, papers), bundle)


def ask(moment: Moment, bundle: Bundle, papers: Sequence[Paper], approver_id: str) -> None:
    """Open the consultation about a bundle's documents, inside an act."""
    bundle.state = fire(BundleLifecycle, bundle.state, "ask")
    approver = moment.session.get(Person, approver_id)
    if approver is None:
        raise refuse(
            "nobody is known who could approve",
            rule="approver_is_known",
            cure="Name somebody who is registered here.",
            reason=Reason.MISSING,
        )
    open_consultation(
        moment,
        Question(
            owner=(OWNER, bundle.id),
            step_key=STEP,
            round=1,
            reference=f"{OWNER}-{bundle.id[:8]}",
            question={
                language: words.format(title=bundle.title) for language, words in QUESTION.items()
            },
            asked_by=moment.actor.person_id,
            rule=RULE,
            level="session",
            content={
                "barred": [moment.actor.person_id] if moment.actor.person_id else [],
                "candidates": [],
                "documents": _beside(moment, bundle, papers),
                "papers": [[paper.id, paper.version, paper.kind] for paper in papers],
                "title": {"en": bundle.title},
            },
            asked=(Asked(approver.id, "", approver.duty_station),),
        ),
    )


def _beside(moment: Moment, bundle: Bundle, papers: Sequence[Paper]) -> list[dict[str, Any]]:
    """What stands beside the question: the bundle's page, and its first documents by name."""
    said = {language: words.format(n=len(papers)) for language, words in ALL_OF_THEM.items()}
    templates = style_of(moment.house.settings).templates
    whole = {"title": said, "href": f"/documents/bundles/{bundle.id}", "form": ""}
    each = [
        {
            "title": names_of(templates, paper.kind),
            "href": f"/documents/{paper.id}",
            "form": paper.language.upper(),
        }
        for paper in papers[:LISTED]
    ]
    return [whole, *each]


def _reviewed(moment: Moment, ids: Sequence[str]) -> list[Paper]:
    query = select(Paper).where(col(Paper.id).in_(set(ids))).with_for_update()
    found = {paper.id: paper for paper in moment.session.exec(query)}
    wrong = [id_ for id_ in ids if id_ not in found or found[id_].state != "reviewed"]
    if wrong or not ids:
        raise refuse(
            "{n} of these documents are not reviewed",
            rule="bundle_is_reviewed",
            cure="Have each document reviewed by somebody else, then put them together.",
            n=len(wrong),
        )
    return [found[id_] for id_ in dict.fromkeys(ids)]


def _gather_body(moment: Moment, _: Bundle | None, given: Gathering) -> Written[Bundle] | None:
    if given.key and _by_key(moment.session, given.key) is not None:
        return None  # the same act came twice: each is drafted once
    bundle = _bundle(moment, given.title, given.key, len(given.drafts))
    papers = [_drafted(moment, each, bundle.id, at) for at, each in enumerate(given.drafts, 1)]
    return Written(_on_record(bundle, papers), bundle)


def _drafted(moment: Moment, given: Draft, bundle_id: str, place: int) -> Paper:
    """One document of many; a fault in its facts names its row, and nothing is drafted."""
    try:
        return draft(moment, _placed(given, bundle_id, place))
    except Refused as refused:
        findings = [replace(each, where=f"row {place}, {each.where}") for each in refused.findings]
        raise Refused(findings, refused.reason) from None


def _release_body(moment: Moment, bundle: Bundle | None, _: None) -> Written[Bundle]:
    """Let documents go that need no approval; the clock issues them one by one."""
    assert bundle is not None  # noqa: S101 -- the door locks the subject first
    papers = papers_of(moment.session, bundle.id)
    unapproved = style_of(moment.house.settings).own.unapproved
    needs = any(paper.kind not in unapproved for paper in papers)
    bundle.state = fire(BundleLifecycle, bundle.state, "release", Issuing(needs))
    moment.owe(OWNER, bundle.id)
    return Written({"papers": len(papers)}, bundle)


@dataclass(frozen=True)
class Reviewer:
    """Whom a gathered bundle is put to for approval, after it was read."""

    approver_id: str


def _put_body(moment: Moment, bundle: Bundle | None, given: Reviewer) -> Written[Bundle]:
    """Somebody else has read the drafts of a bundle and puts them for approval together."""
    assert bundle is not None  # noqa: S101 -- the door locks the subject first
    papers = papers_of(moment.session, bundle.id, "drafted")
    for paper in papers:
        reviewed(moment, paper, Review(paper.version))
    ask(moment, bundle, papers, given.approver_id)
    return Written(_on_record(bundle, papers), bundle)


def _placed(given: Draft, bundle_id: str, place: int) -> Draft:
    return replace(given, bundle_id=bundle_id, place=place)


def _by_key(session: Session, key: str) -> Bundle | None:
    return session.exec(select(Bundle).where(col(Bundle.key) == key)).first()


def bundle_named(session: Session, key: str) -> str:
    """The bundle that was gathered under a key, or nothing."""
    found = _by_key(session, key)
    return found.id if found else ""


def _bundle(moment: Moment, title: str, key: str, size: int) -> Bundle:
    bundle = Bundle(
        id=new_id(),
        key=key or new_id(),
        title=title.strip()[:200] or "–",
        size=size,
        made_by=moment.actor.person_id,
        made_at=moment.now,
    )
    moment.session.add(bundle)
    moment.session.flush()
    return bundle


def _on_record(bundle: Bundle, papers: Sequence[Paper]) -> dict[str, Any]:
    kinds = sorted({paper.kind for paper in papers})
    return {"kinds": kinds, "papers": [paper.id for paper in papers], "size": bundle.size}


ASK: Verb[Bundle, Asking] = Verb("bundle:ask", Bundle, OWNER, is_registrar, _ask_body)
GATHER: Verb[Bundle, Gathering] = Verb("bundle:gather", Bundle, OWNER, is_registrar, _gather_body)
PUT: Verb[Bundle, Reviewer] = Verb("bundle:put", Bundle, OWNER, is_registrar, _put_body)
RELEASE: Verb[Bundle, None] = Verb("bundle:release", Bundle, OWNER, is_registrar, _release_body)
