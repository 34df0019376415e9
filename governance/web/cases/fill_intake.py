"""From a file of candidates, or its faults, to the page that shows them line by line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from governance.appointments.intake import CandidateRow
from governance.appointments.queries import CaseFile
from governance.refusals import Finding, say
from governance.web.case_views import ImportPage, ImportRow
from governance.web.cases.fill_case import case_href
from governance.web.cases.reading import Reading
from governance.web.views import EMPTY, Fact, Filled

_LINE = re.compile(r"line (\d+)(?:, column (\w+))?")

COLUMNS = (
    Fact("family_name", say("Family name, as in the passport.")),
    Fact("given_names", say("Given names; may be empty.")),
    Fact("sex", say("F, M or X; may be empty.")),
    Fact("birth_date", say("Year, month, day: 1975-06-14.")),
    Fact("nationality", say("Three letters of ISO 3166: SEN.")),
    Fact("email", say("One address, each only once.")),
    Fact("languages", say("Codes with levels, parted by semicolons: fr:C2;en:C1.")),
    Fact("degree", say("none, secondary, bachelor, master or doctorate.")),
    Fact("years_experience", say("Whole years.")),
    Fact("police_rank", say("May be empty.")),
    Fact("police_years", say("Whole years; may be empty.")),
    Fact("current_employer", say("May be empty.")),
    Fact("nominated_by", say("The nominating country, like nationality; may be empty.")),
    Fact("letter_language", say("The language of letters: ar, en, es or fr.")),
)


def import_page(  # noqa: PLR0913 -- the states of one page, by name
    file: CaseFile,
    reading: Reading,
    *,
    rows: Sequence[CandidateRow] = (),
    faults: Iterable[Finding] = (),
    carried: str = "",
    sample_href: str = "",
    filled: Filled = EMPTY,
) -> ImportPage:
    """The upload; after it the rows that were read, or the faults by line."""
    told = list(faults)
    shown = _good(rows, reading) if rows else _bad(told)
    return ImportPage(
        action=f"{case_href(file)}/import",
        case=Fact(file.case.reference, reading.text(file.post.title), case_href(file)),
        columns=COLUMNS,
        sample_href=sample_href,
        rows=shown,
        faults=tuple(each for each in told if not _LINE.fullmatch(each.where)),
        carried=carried,
        read=bool(shown or told),
        filled=filled,
    )


def _good(rows: Iterable[CandidateRow], reading: Reading) -> tuple[ImportRow, ...]:
    return tuple(
        ImportRow(
            each.line,
            f"{each.given_names} {each.family_name}".strip(),
            reading.country(each.nationality),
        )
        for each in rows
    )


def _bad(faults: Iterable[Finding]) -> tuple[ImportRow, ...]:
    """The faulty lines only: what else the file holds is not shown before it can be read whole."""
    by_line: dict[int, list[Finding]] = {}
    for each in faults:
        if place := _LINE.fullmatch(each.where):
            by_line.setdefault(int(place[1]), []).append(_without_line(each, place[2] or ""))
    return tuple(ImportRow(line, "", "", tuple(found)) for line, found in sorted(by_line.items()))


def _without_line(fault: Finding, column: str) -> Finding:
    return Finding(fault.rule, "", fault.verdict, fault.because, fault.cure, where=column)
