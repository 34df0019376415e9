"""Issue a document: number it, render it, seal it, keep its bytes for ever. Each once."""

from __future__ import annotations

import hashlib
import io
import json
import secrets
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from governance.acts import Moment, Verb, Written
from governance.database import new_id
from governance.documents.own import numbered
from governance.documents.proof.seal import sealed, sha256
from governance.documents.render import Rendered, record
from governance.documents.returned import from_plain
from governance.documents.source import Templates
from governance.lifecycle import fire
from governance.record.models import Series
from governance.registry.delivering import send
from governance.registry.drafting import WORDS_BACK, Draft, draft, facts_of, is_registrar
from governance.registry.house_style import key_of, style_of
from governance.registry.lifecycle import PaperLifecycle
from governance.registry.models import Issue, Paper, TemplateSet
from governance.registry.rules import Issuing

_EPOCH = (2020, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Numbered:
    """A number that the owner has given; empty: the organisation's next one."""

    number: str = ""


@dataclass(frozen=True)
class Left:
    """A document that an owner has rendered and numbered itself, for the register."""

    owner: tuple[str, str]
    key: str
    kind: str
    language: str
    number: str
    dated: date
    rendered: Rendered
    facts: Mapping[str, Any]
    salt: bytes
    addressee_id: str | None = None
    file: str = ""


def issue(moment: Moment, paper: Paper, number: str = "") -> Issue:
    """Issue a document inside an act: approved, or of a kind that needs no approval."""
    style = style_of(moment.house.settings)
    needs = paper.kind not in style.own.unapproved
    paper.state = fire(PaperLifecycle, paper.state, "issue", Issuing(needs))
    day = today(moment)
    paper.number = number or _next_number(moment, paper.kind, day)
    facts = facts_of(moment.house, moment.session, paper.facts)
    facts |= {"reference": paper.number, "date": day.isoformat()}
    salt = secrets.token_bytes(16)
    made = rendered(paper.kind, paper.language, facts, salt, style.templates)
    pdf = seal(moment, made.pdf, facts["organisation"]["name"])
    paper.issued_at = moment.now
    issued = _kept(moment, paper, _Making(day, made, pdf, facts, salt), keep_pdf=True)
    _keep_templates(moment, style.templates, paper.kind, paper.language, made)
    return issued


def rendered(
    kind: str, language: str, facts: Mapping[str, Any], salt: bytes, templates: Templates
) -> Rendered:
    """The record of kept facts, with the words of an edited copy where one was accepted."""
    plain = {key: value for key, value in facts.items() if key != WORDS_BACK}
    back = from_plain(facts[WORDS_BACK]) if WORDS_BACK in facts else None
    day = date.fromisoformat(plain["date"])
    return record(kind, language, plain, day, salt=salt, templates=templates, words_back=back)


def register(moment: Moment, left: Left) -> tuple[Paper, bytes]:
    """Seal and register what an owner has rendered; the owner keeps the bytes that come back."""
    style = style_of(moment.house.settings)
    paper = Paper(
        id=new_id(),
        owner_kind=left.owner[0],
        owner_id=left.owner[1],
        key=left.key,
        kind=left.kind,
        language=left.language,
        state="issued",
        addressee_id=left.addressee_id,
        number=left.number,
        drafted_by=moment.actor.person_id,
        drafted_at=moment.now,
        issued_at=moment.now,
    )
    moment.session.add(paper)
    moment.session.flush()
    pdf = seal(moment, left.rendered.pdf, left.facts["organisation"]["name"])
    making = _Making(left.dated, left.rendered, pdf, left.facts, left.salt, left.file)
    _kept(moment, paper, making, keep_pdf=False)
    _keep_templates(moment, style.templates, left.kind, left.language, left.rendered)
    return paper, pdf


def seal(moment: Moment, pdf: bytes, organisation: str) -> bytes:
    """A record with the organisation's seal."""
    return sealed(pdf, key_of(moment.house.settings), organisation)


def today(moment: Moment) -> date:
    """The day where the organisation has its seat: its first calendar's."""
    calendar = next(iter(moment.house.calendars.values()), None)
    here = moment.now.in_timezone(calendar.zone) if calendar else moment.now
    return here.date()


@dataclass(frozen=True)
class _Making:
    dated: date
    rendered: Rendered
    pdf: bytes
    facts: Mapping[str, Any]
    salt: bytes
    file: str = ""


def _kept(moment: Moment, paper: Paper, making: _Making, *, keep_pdf: bool) -> Issue:
    file = making.file or f"paper:{paper.id}"
    facts = moment.seal(file, json.dumps(dict(making.facts), ensure_ascii=False, sort_keys=True))
    issued = Issue(
        paper_id=paper.id,
        number=paper.number,
        dated=making.dated,
        at=moment.now,
        pdf=making.pdf if keep_pdf else None,
        html=making.rendered.html if keep_pdf else "",
        text=making.rendered.text if keep_pdf else "",
        sha256=sha256(making.pdf),
        record_sha256=making.rendered.sha256,
        record_length=len(making.rendered.pdf),
        facts=facts["sealed"],
        salt=making.salt.hex(),
        templates=making.rendered.provenance["templates"],
        provenance=making.rendered.provenance,
    )
    moment.session.add(issued)
    moment.session.flush()
    return issued


def _next_number(moment: Moment, kind: str, day: date) -> str:
    settings = moment.house.settings
    pattern = style_of(settings).own.numbering.pattern_of(kind)
    mark = hashlib.sha256(pattern.encode()).hexdigest()[:16]
    key = f"paper:{day.year}:{mark}"
    series = moment.session.get(Series, key, with_for_update=True)
    if series is None:
        series = Series(key=key, last=0)
        moment.session.add(series)
    series.last += 1
    organisation = settings.organisation.upper()
    return numbered(
        pattern, kind=kind, number=series.last, organisation=organisation, year=day.year
    )


def _keep_templates(
    moment: Moment, templates: Templates, kind: str, language: str, made: Rendered
) -> None:
    """The templates that made it, once for each set of them."""
    digest = made.provenance["templates"]
    if moment.session.get(TemplateSet, digest) is not None:
        return
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in (*templates.used(kind, language), "print/preview.css"):
            packed.writestr(zipfile.ZipInfo(path, _EPOCH), templates.files[path])
    moment.session.add(TemplateSet(sha256=digest, files=out.getvalue(), first_used_at=moment.now))
    moment.session.flush()


def kept_templates(session: Session, digest: str) -> Templates | None:
    """The templates of a hash as they were, or None where they are not kept."""
    kept = session.get(TemplateSet, digest)
    if kept is None:
        return None
    with zipfile.ZipFile(io.BytesIO(kept.files)) as packed:
        return Templates({name: packed.read(name) for name in packed.namelist()})


def _issue_body(moment: Moment, paper: Paper | None, given: Numbered) -> Written[Paper]:
    assert paper is not None  # noqa: S101 -- the door locks the subject first
    issued = issue(moment, paper, given.number)
    return Written(on_record(paper, issued), paper)


def _draft_and_issue(moment: Moment, _: Paper | None, given: Draft) -> Written[Paper]:
    paper = draft(moment, given)
    issued = issue(moment, paper)
    send(moment, paper)
    return Written(on_record(paper, issued), paper)


def on_record(paper: Paper, issued: Issue) -> dict[str, Any]:
    """What an entry holds of an issued document: its number and its hash, nothing of its words."""
    return {
        "kind": paper.kind,
        "language": paper.language,
        "number": issued.number,
        "sha256": issued.sha256,
        "templates": issued.templates,
        "version": paper.version,
    }


DRAFT_AND_ISSUE: Verb[Paper, Draft] = Verb(
    "document:issue", Paper, "document", is_registrar, _draft_and_issue
)
ISSUE: Verb[Paper, Numbered] = Verb("document:issue", Paper, "document", is_registrar, _issue_body)
