"""Office documents are archives: how much is in them, what hides in them. Pure.

Nothing is written anywhere. Each part is unpacked only to be counted, and counting stops at the
limit, so that an archive that says less than it holds is found too.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping

from governance.appointments.evidence.faults import ANEW, Fault
from governance.refusals import say

MEGABYTE = 1024 * 1024
MOST_PARTS = 2000
MOST_UNPACKED = 100 * MEGABYTE
MOST_RATIO = 200  # text packs to a twentieth; a hundred thousandth is a bomb
SMALL = MEGABYTE  # below it no ratio is dangerous
CHUNK = 256 * 1024
# What must be in it for it to be what its name says.
HEART: Mapping[str, str] = {
    "docx": "word/document.xml",
    "odt": "content.xml",
    "xlsx": "xl/workbook.xml",
}
ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
RUNS = re.compile(
    r"(^|/)(vbaProject.*\.bin|vbaData\.xml|macrosheets/.+|activeX/.+|embeddings/.+"
    r"|Basic/.+|Scripts/.+|Object \d+/.+|ctrlProps/.+|customUI/.+)$",
    re.IGNORECASE,
)
REACHES_OUT = re.compile(
    rb"<[^>]*(attachedTemplate|oleObject|frame|subDocument|externalLinkPath)[^>]*"
    rb"TargetMode\s*=\s*[\"']External",
    re.IGNORECASE,
)
DTD = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def look_into_archive(content: bytes, ending: str) -> None:
    """Raises Fault where a document is no document, a bomb, or carries what can run."""
    if not content.startswith(b"PK\x03\x04"):
        raise _broken()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _names(parts)
            _is_the_document(parts, ending)
            _ends_where_it_ends(content, archive)
            _weigh(archive, parts, len(content))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise _broken() from error
    except RuntimeError as error:  # what zipfile says of an encrypted part
        raise _locked() from error


def _names(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS:
        raise Fault(
            "archive_is_small_enough",
            say("the document holds {n} parts, the limit is {most}", n=len(parts), most=MOST_PARTS),
            ANEW,
        )
    if any(part.flag_bits & 1 for part in parts):
        raise _locked()
    names = [part.filename for part in parts]
    if any(_leads_out(name) for name in names) or len(set(names)) != len(names):
        raise Fault(
            "archive_stays_within_itself",
            say("the document holds parts whose names lead out of it, or stand twice"),
            ANEW,
        )
    if any(RUNS.search(name) for name in names):
        raise Fault(
            "file_runs_nothing",
            say("the document carries macros, scripts or embedded files"),
            say("Save it without them: as a plain .docx, .odt or .xlsx, or as PDF."),
        )


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name


def _is_the_document(parts: list[zipfile.ZipInfo], ending: str) -> None:
    if HEART[ending] not in {part.filename for part in parts}:
        raise Fault(
            "file_is_what_its_name_says",
            say("the file ends in .{ending} and is another kind of archive", ending=ending),
            ANEW,
        )


def _ends_where_it_ends(content: bytes, archive: zipfile.ZipFile) -> None:
    """Nothing is hung on behind the archive, and no comment hides another file."""
    end = content.rfind(b"PK\x05\x06")
    if archive.comment or end + 22 != len(content):
        raise Fault(
            "file_is_one_thing", say("something is hung on behind the end of the document"), ANEW
        )


def _weigh(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], packed: int) -> None:
    said = sum(part.file_size for part in parts)
    if said > MOST_UNPACKED or (said > SMALL and said > packed * MOST_RATIO):
        raise _bomb()
    total = 0
    for part in parts:
        total += _unpack(archive, part, MOST_UNPACKED - total)
        if total > SMALL and total > packed * MOST_RATIO:
            raise _bomb()


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """How large a part is when it is unpacked; it is looked at on the way."""
    size, tail = 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            if size == 0:
                _begins_well(chunk)
            size += len(chunk)
            if size > left:
                raise _bomb()
            _reaches_nowhere(part.filename, tail + chunk)
            tail = chunk[-512:]
    return size


def _begins_well(chunk: bytes) -> None:
    if chunk.startswith(ARCHIVES):
        raise Fault(
            "archive_holds_no_archive", say("an archive is packed within the document"), ANEW
        )
    if chunk.startswith(PROGRAMS):
        raise Fault("file_runs_nothing", say("a program is packed within the document"), ANEW)


def _reaches_nowhere(name: str, text: bytes) -> None:
    if name.endswith((".rels", ".xml")) and DTD.search(text):
        raise Fault(
            "document_declares_nothing",
            say("a part of the document declares entities of its own"),
            ANEW,
        )
    if name.endswith(".rels") and REACHES_OUT.search(text):
        raise Fault(
            "document_reaches_nowhere",
            say("the document loads a template or an object from elsewhere"),
            ANEW,
        )


def _bomb() -> Fault:
    return Fault(
        "archive_is_no_bomb",
        say("the document unpacks to far more than its size: it would fill the disk"),
        ANEW,
    )


def _broken() -> Fault:
    return Fault("file_is_whole", say("the document is damaged and cannot be read"), ANEW)


def _locked() -> Fault:
    return Fault(
        "file_is_not_locked",
        say("the file is locked with a password"),
        say("Save it without a password; it is kept encrypted here."),
    )
