"""The templates as one snapshot: what is hashed is what is rendered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.pofile import read_po

from governance.documents.kinds import own
from governance.documents.letters import FONTS
from governance.documents.schema import KINDS, LETTERS, PAPERS, Kind
from governance.language import LANGUAGES
from governance.refusals import Reason, Refused, refuse
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
    *("letters/**/*.html", "papers/**/*.html", "print/*", f"{own.FOLDER}/*.yaml"),
    "locale/*/LC_MESSAGES/documents.po",
)
# The structure of an own kind that has none of its own: a subject or title, the body, signatures.
PLAIN = {LETTERS: "letters/plain.html", PAPERS: "papers/plain.html"}
PACK = "pack"
PROGRAM = "print/record.typ"
STYLE = "print/preview.css"


@dataclass(frozen=True, eq=False)
class Templates:
    """Every file that a document is made from, by its path, as it was read.

    Compared by identity, so that what is compiled from a snapshot is kept beside it. `is_apart`
    says that this process was made to render what somebody else has written.
    """

    files: Mapping[str, bytes]
    is_apart: bool = False

    @cached_property
    def _own(self) -> tuple[dict[str, Kind], dict[str, Refused]]:
        """The organisation's own kinds, and those that have faults with what they are."""
        sound, broken = {}, {}
        for path in sorted(self.files):
            if path.startswith(f"{own.FOLDER}/"):
                try:
                    sound[own.name_of(path)] = own.read_kind(path, self.files[path], KINDS)
                except Refused as refused:
                    broken[own.name_of(path)] = refused
        return sound, {name: why for name, why in broken.items() if name not in KINDS}

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        """Our kinds, and the organisation's own."""
        return {**KINDS, **self._own[0]}

    @property
    def broken(self) -> Mapping[str, Refused]:
        """The own kinds that cannot be used, by name, and why."""
        return self._own[1]

    def text(self, path: str) -> str:
        """A file as text."""
        return self.files[path].decode("utf-8")

    def structure(self, kind: str) -> str:
        """Where the structure of a kind stands, one for all languages."""
        folder = self.kinds[kind].folder
        path = f"{folder}/{kind}.html"
        is_plain = self.kinds[kind].is_own and path not in self.files
        return PLAIN[folder] if is_plain else path

    def prose(self, kind: str, language: str) -> tuple[str, str]:
        """Where the words of a kind stand in one language: its own, and those of all letters."""
        own_words = f"{self.kinds[kind].folder}/text/{language}/{kind}.html"
        return (own_words, f"letters/text/{language}/common.html")

    def languages(self, kind: str) -> list[str]:
        """The languages in which a kind is written."""
        return [each for each in LANGUAGES if self.prose(kind, each)[0] in self.files]

    def used(self, kind: str, language: str) -> list[str]:
        """The paths that the record of one kind in one language depends on."""
        inner = [each for each in self.kinds if each != PACK] if kind == PACK else []
        of_kinds = [path for each in (kind, *inner) for path in self._of_kind(each, language)]
        wanted = {BASE, *PARTS, catalogue(language), PROGRAM, *of_kinds}
        wanted |= {BARE} if inner else set()
        return sorted(path for path in wanted if path in self.files)

    def _of_kind(self, kind: str, language: str) -> tuple[str, ...]:
        described = f"{own.FOLDER}/{kind}.yaml"
        return (described, self.structure(kind), *self.prose(kind, language))

    def is_ours(self, kind: str, language: str) -> bool:
        """Whether all that a record depends on is as we wrote it; then it may be rendered here."""
        mine = ours().files
        return all(mine.get(path) == self.files[path] for path in self.used(kind, language))

    @cached_property
    def digest(self) -> str:
        """One hash over all files."""
        return _hash_of(sorted(self.files.items()))

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
    must_be_known(kind, templates)
    written = templates.languages(kind)
    if language not in written:
        raise refuse(
            "{document} is not written in {language}",
            rule="document_language",
            cure="Choose one of: {languages}.",
            reason=Reason.INPUT,
            document=templates.kinds[kind].name,
            language=repr(language),
            languages=", ".join(written),
        )


def must_be_known(kind: str, templates: Templates) -> None:
    """Refuses what is not a kind; an own kind with faults, with all of them."""
    if kind in templates.broken:
        raise templates.broken[kind]
    if kind not in templates.kinds:
        raise refuse(
            "there is no kind of document called {kind}",
            rule="document_kind",
            cure="Choose one of: {kinds}.",
            reason=Reason.INPUT,
            kind=repr(kind),
            kinds=", ".join(templates.kinds),
        )


def digest(content: bytes) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _hash_of(files: Iterable[tuple[str, bytes]]) -> str:
    listing = [[path, hashlib.sha256(content).hexdigest()] for path, content in files]
    return hashlib.sha256(json.dumps(listing).encode("utf-8")).hexdigest()
