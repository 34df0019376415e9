"""Candidates from a file: shown row by row first, then taken in whole or not at all."""

from __future__ import annotations

import base64
import binascii
import zlib

from starlette.responses import Response
from starlette.routing import Route

from governance.acts import Moment
from governance.appointments.authority import hr_officer
from governance.appointments.candidates import IMPORT, CandidateFile, dry_run
from governance.appointments.queries import CaseFile
from governance.refusals import Reason, Refused, refuse
from governance.web.cases.asked import act, after, opened, status_of
from governance.web.cases.fill_intake import import_page
from governance.web.cases.reading import Reading
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import Filled

MOST = 1024 * 1024
SAMPLE = "/demonstration/candidates.csv"


def ask(desk: Desk) -> Response:
    """The form that takes a file."""
    with opened(desk) as (file, reading):
        hr_officer(_moment(desk, reading), file.case, None)
        page = import_page(file, reading, sample_href=_sample(desk))
    return desk.page("candidates_import", page)


def take(desk: Desk) -> Response:
    """Read a file and show what it holds, or take in one that was shown."""
    return _take_in(desk) if desk.text("step") == "take" else _read(desk)


def _read(desk: Desk) -> Response:
    with opened(desk) as (file, reading):
        moment = _moment(desk, reading)
        hr_officer(moment, file.case, None)
        try:
            content = _uploaded(desk)
            rows = dry_run(moment, file.case, CandidateFile(content))
        except Refused as refused:
            return _faults(desk, file, reading, refused)
        carried = base64.b64encode(zlib.compress(content)).decode()
        page = import_page(file, reading, rows=rows, carried=carried)
    return desk.page("candidates_import", page)


def _take_in(desk: Desk) -> Response:
    try:
        act(desk, IMPORT, CandidateFile(_carried(desk)))
    except Refused as refused:
        with opened(desk) as (file, reading):
            return _faults(desk, file, reading, refused)
    return after(desk, f"/appointments/{desk.path['reference']}", "imported", "#candidates")


def _faults(desk: Desk, file: CaseFile, reading: Reading, refused: Refused) -> Response:
    """The same page with every fault, under the lines that have them."""
    at_the_field = {each.where: each.because for each in refused.findings if each.where == "file"}
    if at_the_field:
        filled = Filled({}, at_the_field)
        page = import_page(file, reading, sample_href=_sample(desk), filled=filled)
    else:
        page = import_page(file, reading, faults=refused.findings, sample_href=_sample(desk))
    return desk.page("candidates_import", page, status=status_of(refused))


def sample(desk: Desk) -> Response:
    """The invented candidates of the demonstration, to try an import with."""
    path = desk.house.settings.rulebook_folder / "demonstration" / "candidates.csv"
    if not desk.house.settings.demonstration or not path.exists():
        raise refuse(
            "there is no sample here",
            rule="demonstration_only",
            cure="Samples are part of the demonstration.",
            reason=Reason.MISSING,
        )
    headers = {"Content-Disposition": 'attachment; filename="candidates.csv"'}
    return Response(path.read_bytes(), media_type="text/csv; charset=utf-8", headers=headers)


def _sample(desk: Desk) -> str:
    return SAMPLE if desk.house.settings.demonstration else ""


def _uploaded(desk: Desk) -> bytes:
    content = desk.files.get("file", b"")
    if not content:
        raise refuse(
            "no file was chosen",
            rule="file_is_there",
            cure="Choose a file with one candidate a line.",
            where="file",
            reason=Reason.INPUT,
        )
    if len(content) > MOST:
        raise refuse(
            "the file is larger than one megabyte",
            rule="file_fits",
            cure="Split it, and import the parts one after the other.",
            where="file",
            reason=Reason.INPUT,
        )
    return content


def _carried(desk: Desk) -> bytes:
    """The file that was shown, as the page has carried it; it is read again before it is taken."""
    try:
        packed = base64.b64decode(desk.text("file_text"), validate=True)
        return zlib.decompressobj().decompress(packed, MOST)
    except (binascii.Error, zlib.error):
        raise refuse(
            "the file did not come back whole from the page",
            rule="file_is_whole",
            cure="Choose the file again.",
            where="file",
            reason=Reason.INPUT,
        ) from None


def _moment(desk: Desk, reading: Reading) -> Moment:
    return Moment(desk.house, reading.session, reading.now, desk.me)


_PATH = "/appointments/{reference}/import"

routes = [
    Route(_PATH, for_the_signed_in(ask), methods=["GET"]),
    Route(_PATH, for_the_signed_in(take), methods=["POST"]),
    Route(SAMPLE, for_the_signed_in(sample), methods=["GET"]),
]
