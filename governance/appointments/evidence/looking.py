"""A file is looked through before it is kept: what it is, its name, what hides in it. Pure.

Nothing is ever opened by us for a reader, run, or shown within a page; this keeps out what would
harm whoever opens it later on their own machine.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from governance.appointments.evidence.archives import look_into_archive
from governance.appointments.evidence.faults import Fault, shown
from governance.appointments.evidence.papers import look_into_pdf
from governance.appointments.evidence.pictures import look_at_jpeg, look_at_png
from governance.refusals import Finding, Reason, Refused, Sentence, Verdict, say

OWN = "Mandate, evidence"
MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
LONGEST_NAME = 120
SIGNS = frozenset({"Cc", "Cf", "Zl", "Zp", "Co", "Cs"})
RESERVED = frozenset({"con", "prn", "aux", "nul"})


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken: what it begins with, and how it is looked through."""

    media_type: str
    begins: tuple[bytes, ...]
    look: Callable[[bytes, str], None]


KINDS: Mapping[str, Kind] = {
    "docx": Kind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (b"PK\x03\x04",),
        look_into_archive,
    ),
    "jpeg": Kind("image/jpeg", (b"\xff\xd8\xff",), look_at_jpeg),
    "jpg": Kind("image/jpeg", (b"\xff\xd8\xff",), look_at_jpeg),
    "odt": Kind("application/vnd.oasis.opendocument.text", (b"PK\x03\x04",), look_into_archive),
    "pdf": Kind("application/pdf", (b"%PDF-",), look_into_pdf),
    "png": Kind("image/png", (b"\x89PNG\r\n\x1a\n",), look_at_png),
    "xlsx": Kind(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        (b"PK\x03\x04",),
        look_into_archive,
    ),
}
# What a file of another kind begins with, so that its refusal can name it.
OTHERS: tuple[tuple[bytes, Sentence], ...] = (
    (b"MZ", say("a program for Windows")),
    (b"\x7fELF", say("a program for Linux")),
    (b"\xca\xfe\xba\xbe", say("a program for macOS or Java")),
    (b"\xcf\xfa\xed\xfe", say("a program for macOS")),
    (b"\xce\xfa\xed\xfe", say("a program for macOS")),
    (b"#!", say("a script")),
    (b"\xd0\xcf\x11\xe0", say("an old Office document or an installer")),
    (b"PK\x03\x04", say("a ZIP archive or an Office document")),
    (b"Rar!", say("a RAR archive")),
    (b"7z\xbc\xaf\x27\x1c", say("a 7-Zip archive")),
    (b"\x1f\x8b", say("a gzip archive")),
    (b"%PDF-", say("a PDF")),
    (b"\x89PNG", say("a PNG picture")),
    (b"\xff\xd8\xff", say("a JPEG picture")),
    (b"GIF8", say("a GIF picture")),
    (b"<svg", say("an SVG picture")),
    (b"<!DOCTYPE", say("a web page")),
    (b"<html", say("a web page")),
    (b"{\\rtf", say("an RTF document")),
)


@dataclass(frozen=True)
class Looked:
    """A file that may be kept."""

    name: str
    media_type: str
    size: int
    sha256: str


def look_through(name: str, content: bytes, most: int = MOST_BYTES) -> Looked:
    """What a file is; Refused, in words, where it may not be kept."""
    faults: list[Finding] = []
    try:
        plain = plain_name(name)
    except Fault as fault:
        faults.append(_finding(fault))
        plain = ""
    try:
        kind = _kind_of(name, content, most)
        kind.look(content, _ending(name))
    except Fault as fault:
        faults.append(_finding(fault))
    if faults:
        raise Refused(faults, Reason.INPUT)
    return Looked(plain, kind.media_type, len(content), hashlib.sha256(content).hexdigest())


def too_large(size: int, most: int = MOST_BYTES) -> Refused:
    """For a file whose size alone says no, so that it is not even read."""
    return Refused([_finding(_large(size, most))], Reason.INPUT)


def plain_name(name: str) -> str:
    """A file's name as it is kept: a name, no path, nothing unseen in it."""
    if not name.strip(" ."):
        raise Fault(
            "file_has_a_name", say("the file has no name"), say("Give it one, such as cv.pdf.")
        )
    if any(sign in name for sign in "/\\\x00") or name.startswith("..") or name[1:2] == ":":
        raise Fault(
            "file_name_is_no_path",
            say('the name of the file is a path: "{name}"', name=shown(name)),
            say("Give the file a plain name, such as cv.pdf."),
        )
    unseen = next((each for each in name if unicodedata.category(each) in SIGNS), None)
    if unseen is not None:
        raise Fault(
            "file_name_shows_what_it_is",
            say(
                "the name of the file holds an unseen character, {code}",
                code=f"U+{ord(unseen):04X}",
            ),
            say("Type the name anew."),
        )
    if len(name) > LONGEST_NAME:
        because = say("the name of the file has {n} characters", n=len(name))
        cure = say("Shorten it to {most}.", most=LONGEST_NAME)
        raise Fault("file_name_is_short_enough", because, cure)
    if name.split(".", 1)[0].strip().casefold() in RESERVED:
        because = say('a file cannot be called "{name}" on many machines', name=shown(name))
        raise Fault("file_name_is_a_name", because, say("Give it another name."))
    return unicodedata.normalize("NFC", name.strip())


def _kind_of(name: str, content: bytes, most: int) -> Kind:
    if not content:
        raise Fault("file_has_content", say("the file is empty"), say("Choose the right file."))
    if len(content) > most:
        raise _large(len(content), most)
    kind = KINDS.get(_ending(name))
    if kind is None:
        raise Fault(
            "file_kind_is_taken",
            say('files that end in "{ending}" are not taken', ending=shown(_ending(name) or "…")),
            _taken(),
        )
    if not content.startswith(kind.begins):
        raise _renamed(_ending(name), content)
    if b"%PDF-" in content[:1024] and not content.startswith(b"%PDF-"):
        raise _two_in_one()
    return kind


def _renamed(ending: str, content: bytes) -> Fault:
    real = next((what for start, what in OTHERS if content[:64].lstrip().startswith(start)), None)
    because = (
        say("the file ends in .{ending} and is {real}", ending=ending, real=real)
        if real is not None
        else say("the file ends in .{ending}, and what is in it is something else", ending=ending)
    )
    return Fault("file_is_what_its_name_says", because, _taken())


def _two_in_one() -> Fault:
    return Fault(
        "file_is_one_thing",
        say("the file is two kinds of file at once"),
        say("Save it anew from the program that you wrote it with."),
    )


def _large(size: int, most: int) -> Fault:
    return Fault(
        "file_is_small_enough",
        say(
            "the file has {size} MB, the limit is {most} MB",
            size=f"{size / MEGABYTE:.1f}",
            most=most // MEGABYTE,
        ),
        say("Make it smaller, for instance by scanning at a lower resolution."),
    )


def _taken() -> Sentence:
    return say("Send one of these: {kinds}.", kinds=", ".join(sorted({*KINDS} - {"jpeg"})))


def _ending(name: str) -> str:
    return name.rpartition(".")[2].strip().casefold() if "." in name else ""


def _finding(fault: Fault) -> Finding:
    return Finding(fault.rule, OWN, Verdict.FAIL, fault.because, fault.cure, "file")
