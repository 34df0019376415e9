"""A PDF is looked through object by object: scripts, actions, files within it. Pure."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pikepdf

from governance.appointments.evidence.faults import ANEW, Fault
from governance.refusals import Sentence, say

MOST_OBJECTS = 200_000
DEEPEST = 40
END = re.compile(rb"%%EOF[\s\x00]*$")
# Actions that do something beyond leading to a page or to an address that the reader clicks.
ACTS: dict[str, Sentence] = {
    "/GoToE": say("the PDF opens a file that is within it"),
    "/ImportData": say("the PDF takes data from elsewhere"),
    "/JavaScript": say("the PDF carries a script"),
    "/Launch": say("the PDF starts a program"),
    "/Movie": say("the PDF plays a film or a sound"),
    "/Rendition": say("the PDF plays a film or a sound"),
    "/RichMediaExecute": say("the PDF carries interactive media"),
    "/Sound": say("the PDF plays a film or a sound"),
    "/SubmitForm": say("the PDF sends data elsewhere"),
}
KEYS: dict[str, Sentence] = {
    "/EF": say("a file is embedded in the PDF"),
    "/EmbeddedFiles": say("a file is embedded in the PDF"),
    "/JavaScript": ACTS["/JavaScript"],
    "/JS": ACTS["/JavaScript"],
    "/RichMedia": say("the PDF carries interactive media"),
    "/RichMediaContent": say("the PDF carries interactive media"),
    "/XFA": say("the PDF carries an interactive form that can run scripts"),
}
CURE = say("Print it to a new, plain PDF, and send that one.")


def look_into_pdf(content: bytes, _: str) -> None:
    """Raises Fault where a PDF is locked, damaged, or can do anything but be read."""
    if not END.search(content[-1024:]):
        raise Fault(
            "file_is_one_thing", say("the PDF is cut off, or something hangs behind its end"), ANEW
        )
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise Fault("file_is_one_thing", say("the file is two kinds of file at once"), ANEW)
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise _locked()
            _look(pdf)
    except pikepdf.PasswordError as error:
        raise _locked() from error
    except (pikepdf.PdfError, RecursionError, ValueError, RuntimeError) as error:
        because = say("the PDF is damaged and cannot be read")
        raise Fault("file_is_whole", because, ANEW) from error


def _look(pdf: pikepdf.Pdf) -> None:
    if len(pdf.objects) > MOST_OBJECTS:
        because = say(
            "the PDF holds {n} objects, the limit is {most}", n=len(pdf.objects), most=MOST_OBJECTS
        )
        raise Fault("pdf_is_small_enough", because, CURE)
    if not len(pdf.pages):
        raise Fault("file_has_content", say("the PDF has no page"), ANEW)
    for each in (pdf.trailer, *pdf.objects):
        for found in _dictionaries(each, 0):
            _must_be_quiet(found)


def _dictionaries(held: Any, depth: int) -> Iterator[Any]:
    """Every dictionary written within an object; what it points at is an object of its own."""
    if depth > DEEPEST:
        raise Fault("file_is_whole", say("the PDF is nested too deeply to be read"), ANEW)
    if isinstance(held, pikepdf.Dictionary | pikepdf.Stream):
        yield held
        within = [value for _, value in held.items()]
    elif isinstance(held, pikepdf.Array):
        within = list(held)
    else:
        return
    for each in within:
        if isinstance(each, pikepdf.Object) and not each.is_indirect:
            yield from _dictionaries(each, depth + 1)


def _must_be_quiet(found: Any) -> None:
    for key in found.keys():  # noqa: SIM118 -- a pikepdf dictionary is no mapping
        if key in KEYS:
            raise Fault("file_runs_nothing", KEYS[key], CURE)
    kind = found.get("/S")
    if isinstance(kind, pikepdf.Name) and str(kind) in ACTS:
        raise Fault("file_runs_nothing", ACTS[str(kind)], CURE)
    if str(found.get("/Subtype", "")) == "/FileAttachment":
        raise Fault("file_runs_nothing", KEYS["/EF"], CURE)


def _locked() -> Fault:
    return Fault(
        "file_is_not_locked",
        say("the file is locked with a password"),
        say("Save it without a password; it is kept encrypted here."),
    )
