"""The templates as one snapshot: what is hashed is what is rendered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.pofile import read_po

from governance.documents.language import LANGUAGES
from governance.documents.letters import FONTS
from governance.documents.schema import KINDS
from governance.refusals import Reason, refuse
from governance.settings import ROOT

TEMPLATES = ROOT / "templates"
BASE = "letters/base.html"
BARE = "letters/bare.html"
PARTS = (
    "letters/by_hand.html",
    "letters/letterhead.html",
    "letters/opening.html",
    "letters/parts.html",
    "letters/signature.html",
)
PATTERNS = (
    *("letters/**/*.html", "papers/**/*.html", "print/*"),
    "locale/*/LC_MESSAGES/documents.po",
)
PROGRAM = "print/record.typ"
STYLE = "print/preview.css"


@dataclass(frozen=True, eq=False)
class Templates:
    """Every file that a document is made from, by its path, as it was read.

    Compared by identity, so that what is compiled from a snapshot is kept beside it.
    """

    files: Mapping[str, bytes]

    def text(self, path: str) -> str:
        """A file as text."""
        return self.files[path].decode("utf-8")

    def used(self, kind: str, language: str) -> list[str]:
        """The paths that the record of one kind in one language depends on."""
        words = (*prose(kind, language), catalogue(language))
        wanted = (BASE, *PARTS, structure(kind), *words, PROGRAM)
        return sorted(path for path in wanted if path in self.files)

    def sha256(self, kind: str, language: str) -> str:
        """One hash over path and content of all that is used."""
        return _hash_of((path, self.files[path]) for path in self.used(kind, language))

    def labels(self, language: str) -> dict[str, str]:
        """The short words of a language by their English; nothing for English itself."""
        path = catalogue(language)
        if path not in self.files:
            return {}
        entries = read_po(BytesIO(self.files[path]), locale=language)
        return {str(entry.id): str(entry.string) for entry in entries if entry.id}


def structure(kind: str) -> str:
    """Where the structure of a kind stands, one for all languages."""
    return f"{KINDS[kind].folder}/{kind}.html"


def prose(kind: str, language: str) -> tuple[str, str]:
    """Where the words of a kind stand in one language: its own, and those of all letters."""
    own = f"{KINDS[kind].folder}/text/{language}/{kind}.html"
    return (own, f"letters/text/{language}/common.html")


def catalogue(language: str) -> str:
    """Where the short words of a language stand."""
    return f"locale/{language}/LC_MESSAGES/documents.po"


@lru_cache(maxsize=1)
def ours() -> Templates:
    """The templates of the product, read once in the life of a process."""
    return read(TEMPLATES)


def read(*folders: Path) -> Templates:
    """The templates of these folders; a later folder's file takes the place of an earlier one's."""
    files: dict[str, bytes] = {}
    for folder in folders:
        for pattern in PATTERNS:
            files |= {
                path.relative_to(folder).as_posix(): path.read_bytes()
                for path in sorted(folder.glob(pattern))
            }
    return Templates(files)


@lru_cache(maxsize=1)
def fonts_sha256() -> dict[str, str]:
    """The hash of each font file."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(FONTS.glob("*.ttf"))
    }


def must_exist(kind: str, language: str, templates: Templates) -> None:
    """Refuses a kind or a language that there is no text for."""
    if kind not in KINDS:
        raise refuse(
            "there is no kind of document called {kind}",
            rule="document_kind",
            cure="Choose one of: {kinds}.",
            reason=Reason.INPUT,
            kind=repr(kind),
            kinds=", ".join(KINDS),
        )
    written = [each for each in LANGUAGES if prose(kind, each)[0] in templates.files]
    if language not in written:
        raise refuse(
            "{document} is not written in {language}",
            rule="document_language",
            cure="Choose one of: {languages}.",
            reason=Reason.INPUT,
            document=KINDS[kind].name,
            language=repr(language),
            languages=", ".join(written),
        )


def digest(content: bytes) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _hash_of(files: Iterable[tuple[str, bytes]]) -> str:
    listing = [[path, hashlib.sha256(content).hexdigest()] for path, content in files]
    return hashlib.sha256(json.dumps(listing).encode("utf-8")).hexdigest()
