"""Draft, revise, review and discard a document. The facts are checked before they are kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from governance.access.actor import Level
from governance.acts import Moment, Verb, Written
from governance.database import new_id
from governance.documents import returned
from governance.documents.render import blocks, editable, notes, preview
from governance.documents.schema import PAPERS, known
from governance.documents.source import must_exist
from governance.house import House
from governance.lifecycle import fire
from governance.refusals import Finding, Reason, refuse
from governance.registry.house_style import style_of
from governance.registry.lifecycle import PaperLifecycle
from governance.registry.models import Paper, PaperVersion
from governance.registry.rules import Reviewing

REGISTRARS = frozenset({"hr_officer", "secretary", "committee_secretary", "registrar"})
DRAFT_NUMBER = "–"
WORDS_BACK = "words_back"  # beside the facts: what came back from a word processor, accepted
# Facts that the registry gives at the hour of issue: a draft need not know them.
GIVEN_AT_ISSUE = ("date", "reference")


@dataclass(frozen=True)
class Draft:
    """A document to be: what it is about, in which language, for whom, from which facts.

    `owner` is opaque; with the same `key` an owner gets the same document again, so that an owner
    may ask twice. `file` is the file of keys that erases the facts; empty: the document's own.
    """

    kind: str
    language: str
    facts: Mapping[str, Any]
    owner: tuple[str, str] = ("", "")
    key: str = ""
    addressee_id: str | None = None
    file: str = ""
    bundle_id: str | None = None
    place: int = 0


@dataclass(frozen=True)
class Revision:
    """The facts of a document's next version, in answer to the version that was seen."""

    facts: Mapping[str, Any]
    seen_version: int


@dataclass(frozen=True)
class Review:
    """Somebody else has read a version."""

    seen_version: int


def draft(moment: Moment, given: Draft) -> Paper:
    """Write a draft inside an owner's act; an owner's same key gives the draft that is there."""
    there = find(moment.session, given.owner, given.key) if given.key else None
    if there is not None:
        return there
    complete = checked(moment, given.kind, given.language, given.facts)
    paper = Paper(
        id=new_id(),
        owner_kind=given.owner[0],
        owner_id=given.owner[1],
        key=given.key or new_id(),
        kind=given.kind,
        language=given.language,
        addressee_id=given.addressee_id,
        bundle_id=given.bundle_id,
        place=given.place,
        drafted_by=moment.actor.person_id,
        drafted_at=moment.now,
    )
    moment.session.add(paper)
    moment.session.flush()
    _keep(moment, paper, complete, given.file or f"paper:{paper.id}")
    return paper


def find(session: Session, owner: tuple[str, str], key: str) -> Paper | None:
    """The document of an owner under a key, if it was drafted."""
    query = select(Paper).where(
        col(Paper.owner_kind) == owner[0], col(Paper.owner_id) == owner[1], col(Paper.key) == key
    )
    return session.exec(query).first()


def checked(moment: Moment, kind: str, language: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a draft, complete but for what is given at issue. Refused with every fault."""
    templates = style_of(moment.house.settings).templates
    must_exist(kind, language, templates)
    day = moment.now.date().isoformat()
    filled = {"date": day, "reference": DRAFT_NUMBER, **facts}
    clean = known(kind, filled, templates.kinds).facts.model_dump(mode="json")
    return {key: value for key, value in clean.items() if key in facts or key not in GIVEN_AT_ISSUE}


def notes_on(house: House, kind: str, facts: Mapping[str, Any]) -> tuple[Finding, ...]:
    """What is taken out of the facts when they are kept, such as direction characters."""
    day = house.clock.now().date().isoformat()
    filled = {"date": day, "reference": DRAFT_NUMBER, **facts}
    return notes(kind, filled, style_of(house.settings).templates)


def facts_of(house: House, session: Session, sealed_id: str) -> dict[str, Any]:
    """The facts of a version, opened. Raises Erased where the key of their file is destroyed."""
    opened: dict[str, Any] = json.loads(house.keys.open(session, sealed_id))
    return opened


def _keep(moment: Moment, paper: Paper, facts: dict[str, Any], file: str) -> None:
    told = moment.seal(file, json.dumps(facts, ensure_ascii=False, sort_keys=True))
    paper.facts = told["sealed"]
    moment.session.add(
        PaperVersion(
            paper_id=paper.id,
            version=paper.version,
            facts=paper.facts,
            made_by=moment.actor.person_id,
            made_at=moment.now,
        )
    )


@dataclass(frozen=True)
class Accepting:
    """An edited copy, and the name of exactly the words whose differences somebody has seen."""

    content: bytes
    seen: str


def facts_to_show(house: House, session: Session, paper: Paper) -> dict[str, Any]:
    """The facts of a draft as it can be rendered: without number, dated today."""
    facts = facts_of(house, session, paper.facts)
    facts.pop(WORDS_BACK, None)
    day = house.clock.now().date().isoformat()
    return {"date": day, "reference": paper.number or DRAFT_NUMBER, **facts}


def words_of(house: House, session: Session, paper: Paper) -> list[returned.Block] | None:
    """The words of an edited copy that somebody has accepted, where there are any."""
    kept = facts_of(house, session, paper.facts).get(WORDS_BACK)
    return returned.from_plain(kept) if kept else None


def shown(house: House, session: Session, paper: Paper) -> str:
    """A draft as a page, in the style in force now."""
    facts, words = facts_to_show(house, session, paper), words_of(house, session, paper)
    templates = style_of(house.settings).templates
    return preview(paper.kind, paper.language, facts, templates, words)


def editable_copy(house: House, session: Session, paper: Paper) -> bytes:
    """A draft for a word processor, with the words that were accepted last."""
    facts, words = facts_to_show(house, session, paper), words_of(house, session, paper)
    templates = style_of(house.settings).templates
    return editable(paper.kind, paper.language, facts, templates, words)


def compared(house: House, session: Session, paper: Paper, content: bytes) -> Compared:
    """What an edited copy says otherwise than the draft."""
    facts = facts_to_show(house, session, paper)
    templates = style_of(house.settings).templates
    kept = facts_of(house, session, paper.facts).get(WORDS_BACK)
    now = (
        returned.from_plain(kept) if kept else blocks(paper.kind, paper.language, facts, templates)
    )
    back = returned.read(content)
    return Compared(returned.fingerprint(back), returned.differences(now, back), back)


@dataclass(frozen=True)
class Compared:
    """The name of the words that came back, where they differ, and the words."""

    seen: str
    differences: list[returned.Difference]
    words: list[returned.Block]


def _accept_body(moment: Moment, paper: Paper | None, given: Accepting) -> Written[Paper] | None:
    assert paper is not None  # noqa: S101 -- the door locks the subject first
    kinds = style_of(moment.house.settings).templates.kinds
    if paper.kind not in kinds or kinds[paper.kind].folder != PAPERS:
        raise refuse(
            "only papers of a body come back from a word processor",
            rule="kind_comes_back",
            cure="Change the facts of a letter, or its text in the rulebook.",
        )
    found = compared(moment.house, moment.session, paper, given.content)
    if found.seen != given.seen:
        raise refuse(
            "these are not the words whose differences were seen",
            rule="differences_were_seen",
            cure="Compare the file again, read every difference, and accept that.",
            reason=Reason.CONFLICT,
        )
    if not found.differences:
        return None
    paper.state = fire(PaperLifecycle, paper.state, "revise")
    paper.version, paper.reviewed_by = paper.version + 1, None
    facts = facts_of(moment.house, moment.session, paper.facts)
    facts |= {WORDS_BACK: returned.as_plain(found.words)}
    _keep(moment, paper, facts, f"paper:{paper.id}")
    changed = {"differences": len(found.differences), "words": found.seen}
    return Written({"version": paper.version, **changed}, paper)


def is_registrar(moment: Moment, _: object, __: object) -> str:
    """Who keeps documents: by role, or with a shell on the installation."""
    if moment.actor.level == Level.OPERATOR:
        return "operator"
    if held := sorted(REGISTRARS & moment.actor.roles):
        return held[0]
    raise refuse(
        "you do not keep documents of this organisation",
        rule="keeps_documents",
        article="Mandate, the registry of documents",
        cure="Ask an HR officer or the secretary of the committee.",
        reason=Reason.AUTHORITY,
    )


def _draft_body(moment: Moment, _: Paper | None, given: Draft) -> Written[Paper]:
    paper = draft(moment, given)
    return Written({"kind": paper.kind, "language": paper.language, "version": 1}, paper)


def _revise_body(moment: Moment, paper: Paper | None, given: Revision) -> Written[Paper]:
    assert paper is not None  # noqa: S101 -- the door locks the subject first
    if given.seen_version != paper.version:
        raise refuse(
            "version {seen} was changed, and version {now} is the newest",
            rule="revision_is_of_this_version",
            cure="Read the newest version, and change that.",
            reason=Reason.CONFLICT,
            seen=given.seen_version,
            now=paper.version,
        )
    paper.state = fire(PaperLifecycle, paper.state, "revise")
    complete = checked(moment, paper.kind, paper.language, given.facts)
    paper.version += 1
    paper.reviewed_by = None
    _keep(moment, paper, complete, f"paper:{paper.id}")
    return Written({"version": paper.version}, paper)


def _review_body(moment: Moment, paper: Paper | None, given: Review) -> Written[Paper]:
    assert paper is not None  # noqa: S101 -- the door locks the subject first
    reviewed(moment, paper, given)
    return Written({"version": paper.version}, paper)


def reviewed(moment: Moment, paper: Paper, given: Review) -> None:
    """Somebody else has read a draft, inside an act."""
    reviewing = Reviewing(
        paper.drafted_by, moment.actor.person_id, given.seen_version, paper.version
    )
    paper.state = fire(PaperLifecycle, paper.state, "review", reviewing)
    paper.reviewed_by = moment.actor.person_id


def _discard_body(_: Moment, paper: Paper | None, because: str) -> Written[Paper]:
    assert paper is not None  # noqa: S101 -- the door locks the subject first
    paper.state = fire(PaperLifecycle, paper.state, "discard")
    paper.ended_because = because[:500]
    return Written({"version": paper.version}, paper)


ACCEPT: Verb[Paper, Accepting] = Verb(
    "document:accept", Paper, "document", is_registrar, _accept_body
)
DRAFT: Verb[Paper, Draft] = Verb("document:draft", Paper, "document", is_registrar, _draft_body)
REVISE: Verb[Paper, Revision] = Verb(
    "document:revise", Paper, "document", is_registrar, _revise_body
)
REVIEW: Verb[Paper, Review] = Verb("document:review", Paper, "document", is_registrar, _review_body)
DISCARD: Verb[Paper, str] = Verb("document:discard", Paper, "document", is_registrar, _discard_body)
