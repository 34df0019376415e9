"""Whether a file is ours, whole and unaltered, what it was made from, and whether again the same.

A file is accepted only where its seal is whole, covers the entire file, is the only one, and the
register knows the hash of exactly these bytes. Anything else is refused, in sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from governance.documents.proof.seal import Reading, read, sha256
from governance.house import House
from governance.record.filekeys import Erased
from governance.refusals import Refused, Sentence, say
from governance.registry.drafting import facts_of
from governance.registry.house_style import kind_named, style_of
from governance.registry.issuing import kept_templates, rendered
from governance.registry.models import Issue, Paper

PDF = b"%PDF-"
LANGUAGES: Mapping[str, Sentence] = {
    "ar": say("Arabic"),
    "en": say("English"),
    "fr": say("French"),
    "es": say("Spanish"),
}


@dataclass(frozen=True)
class Verdict:
    """What is to be said about a file. `is_ours` is False for every file that is not as issued."""

    is_ours: bool
    sentences: tuple[Sentence, ...]
    facts: Mapping[str, Any]


def verify(house: House, content: bytes, *, again: bool = True) -> Verdict:
    """The verdict on a file; `again` renders it anew, which takes a moment."""
    digest = sha256(content)
    if not content.startswith(PDF):
        return _refused(digest, say("This is not a PDF file, so it is not one of our records."))
    seal = read(content)
    with house.database.reading() as session:
        issued = session.exec(select(Issue).where(col(Issue.sha256) == digest)).first()
        if issued is None:
            return _refused(digest, *_not_ours(seal, _altered_from(session, content)))
        if not seal.is_whole:
            return _refused(digest, *_not_ours(seal, None))
        paper = session.get_one(Paper, issued.paper_id)
        return _accepted(house, session, paper, issued, seal, again=again)


def _refused(digest: str, *sentences: Sentence) -> Verdict:
    return Verdict(False, sentences, {"ours": False, "sha256": digest})


def _not_ours(seal: Reading, original: Issue | None) -> tuple[Sentence, ...]:
    said = [
        say("This file is not as we issued it: the register does not know it. Do not rely on it.")
    ]
    if seal.problem.pattern:
        said.append(say("Its seal does not hold: {problem}.", problem=seal.problem))
    elif not seal.has_seal:
        said.append(say("It carries no seal."))
    else:
        said.append(say("Its seal is whole, but it is not one that we put on a document of ours."))
    if original is not None:
        said.append(
            say(
                "It begins like our document {number}, and was altered after that was issued.",
                number=original.number,
            )
        )
    return tuple(said)


def _altered_from(session: Session, content: bytes) -> Issue | None:
    """The issued document whose unsealed record this file begins with, if there is one."""
    lengths = session.exec(select(Issue.record_length).distinct()).all()
    for length in lengths:
        if len(content) >= length:
            found = session.exec(
                select(Issue).where(
                    col(Issue.record_sha256) == sha256(content[:length]),
                    col(Issue.record_length) == length,
                )
            ).first()
            if found is not None:
                return found
    return None


def _accepted(  # noqa: PLR0913 -- what a verdict rests on, all named
    house: House, session: Session, paper: Paper, issued: Issue, seal: Reading, *, again: bool
) -> Verdict:
    same = _renders_the_same(house, session, paper, issued) if again else None
    said = [
        say(
            "This file is ours: document {number}, {kind}, dated {date}.",
            number=issued.number,
            kind=kind_named(style_of(house.settings).templates, paper.kind, paper.language),
            date=issued.dated,
        ),
        say("It is whole: one seal covers the entire file."),
        say("It is unaltered: the register knows exactly these bytes."),
        _standing(session, paper),
        say(
            "It was rendered in {language} from templates {templates}, with Typst {typst}.",
            language=LANGUAGES[paper.language],
            templates=issued.templates[:12],
            typst=issued.provenance["versions"]["typst"],
        ),
        _AGAIN[same],
    ]
    return Verdict(True, tuple(said), _plain(paper, issued, seal, same))


_AGAIN: Mapping[bool | None, Sentence] = {
    True: say("Rendered again just now, it gives the same bytes."),
    False: say(
        "Rendered again with the versions installed now, it gives other bytes; the issued file "
        "counts."
    ),
    None: say("It was not rendered again: its facts are erased, or nobody asked."),
}


def _standing(session: Session, paper: Paper) -> Sentence:
    if paper.state == "annulled":
        return say("It was annulled later, and is no longer in force.")
    if paper.state == "superseded":
        newer = session.get(Paper, paper.superseded_by) if paper.superseded_by else None
        return say(
            "It was superseded by document {number}, and is no longer in force.",
            number=newer.number if newer else "–",
        )
    return say("It is in force.")


def _renders_the_same(house: House, session: Session, paper: Paper, issued: Issue) -> bool | None:
    """Whether the same facts and templates give the same record; None where they are gone."""
    templates = kept_templates(session, issued.templates)
    if templates is None or not issued.facts:
        return None
    try:
        facts = facts_of(house, session, issued.facts)
        salt = bytes.fromhex(issued.salt)
        made = rendered(paper.kind, paper.language, facts, salt, templates)
    except (Erased, FileNotFoundError):
        return None
    except (Refused, KeyError):
        return False
    return made.sha256 == issued.record_sha256


def _plain(paper: Paper, issued: Issue, seal: Reading, same: bool | None) -> dict[str, Any]:
    return {
        "ours": True,
        "whole": True,
        "unaltered": True,
        "in_force": paper.state not in {"annulled", "superseded"},
        "state": paper.state,
        "number": issued.number,
        "kind": paper.kind,
        "language": paper.language,
        "date": issued.dated.isoformat(),
        "sha256": issued.sha256,
        "same_bytes_again": same,
        "seal": {"signer": seal.signer, "at": seal.at, "certificate_sha256": seal.certificate},
        "rendered_from": dict(issued.provenance),
    }
