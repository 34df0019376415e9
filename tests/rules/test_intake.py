"""Candidates from a file: all of them, or none and every fault by line and column."""

import csv
import io
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from governance.appointments.cells import COLUMNS
from governance.appointments.intake import CandidateRow, plain_name, read_candidates
from governance.people.states import load_states
from governance.refusals import Reason, Refused
from governance.settings import Settings

RULEBOOKS = Settings().rulebooks
STATES = {code: state.name for code, state in load_states(RULEBOOKS).items()}
SAMPLE = RULEBOOKS / "interpol" / "demonstration" / "candidates.csv"
TODAY = date(2026, 11, 23)
AMA = {
    "family_name": "Owusu",
    "given_names": "Ama Serwaa",
    "sex": "F",
    "birth_date": "1974-03-09",
    "nationality": "GHA",
    "email": "ama@police.example",
    "languages": "fr:C1;en:C2",
    "degree": "master",
    "years_experience": "20",
    "police_rank": "Commissioner",
    "police_years": "18",
    "current_employer": "Police Service",
    "nominated_by": "GHA",
    "letter_language": "en",
}


def file_of(*rows: Mapping[str, str], delimiter: str = ",") -> bytes:
    """A file of these rows, as a spreadsheet writes it."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def read(content: bytes, limit: int = 2000) -> list[CandidateRow]:
    """The candidates of a file, today."""
    return read_candidates(content, STATES, TODAY, limit=limit)


def refusal_of(content: bytes) -> Refused:
    """The refusal of a file that must not be taken."""
    with pytest.raises(Refused) as refusal:
        read(content)
    assert refusal.value.reason is Reason.INPUT
    assert all(finding.article and str(finding.cure) for finding in refusal.value.findings)
    return refusal.value


def test_the_sample_has_twelve_people_of_twelve_nations() -> None:
    """The demonstration's file is right, and varied enough to weigh a balance on."""
    rows = read(SAMPLE.read_bytes())
    states = load_states(RULEBOOKS)

    assert len(rows) == len({row.nationality for row in rows}) == 12
    assert {row.sex for row in rows} == {"F", "M"}
    assert {row.letter_language for row in rows} == {"ar", "en", "es", "fr"}
    assert all(states[row.nationality].interpol_member for row in rows)
    assert all(row.email.endswith((".example", "@example.org")) for row in rows)
    assert sum("fr" not in row.languages for row in rows) == 1
    assert sum(row.years_experience < 15 for row in rows) == 1


def test_the_states_are_those_of_the_source() -> None:
    """193 members of the United Nations and five more; 196 of them are members of INTERPOL."""
    states = load_states(RULEBOOKS)

    assert len(states) == 198
    assert sum(state.interpol_member for state in states.values()) == 196


def test_a_row_is_read_into_typed_values() -> None:
    """Dates are dates, years are numbers, languages have their levels."""
    (row,) = read(file_of(AMA))

    assert row == CandidateRow(
        line=2,
        family_name="Owusu",
        given_names="Ama Serwaa",
        sex="F",
        birth_date=date(1974, 3, 9),
        nationality="GHA",
        email="ama@police.example",
        languages={"fr": "C1", "en": "C2"},
        degree="master",
        years_experience=20,
        police_rank="Commissioner",
        police_years=18,
        current_employer="Police Service",
        nominated_by="GHA",
        letter_language="en",
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_what_spreadsheets_write_is_understood(delimiter: str, mark: bytes) -> None:
    """Comma, semicolon and tab, with a byte order mark or without."""
    assert read(mark + file_of(AMA, delimiter=delimiter))[0].languages == {"fr": "C1", "en": "C2"}


def test_columns_may_stand_in_any_order_and_in_capitals() -> None:
    """People move columns; blank lines and empty columns at the end do no harm."""
    turned = file_of({key.replace("_", " ").upper(): AMA[key] for key in reversed(AMA)})
    padded = turned.replace(b"\r\n", b",,\r\n") + b"\r\n,,,\r\n"

    assert [row.email for row in read(padded)] == ["ama@police.example"]


def test_what_may_be_left_empty() -> None:
    """Rank, police years, employer, nomination, sex, and given names for who has one name."""
    optional = (
        "given_names",
        "sex",
        "police_rank",
        "police_years",
        "current_employer",
        "nominated_by",
    )
    (row,) = read(file_of({**AMA, **dict.fromkeys(optional, "")}))

    assert (row.sex, row.police_years, row.nominated_by) == (None, None, "")


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("family_name", "", "the cell is empty"),
        ("family_name", "12345", "is no name"),
        ("family_name", "O" * 121, "121 characters, the cell takes 120"),
        ("family_name", "=HYPERLINK(1)", 'begins with "=": a spreadsheet would run it'),
        ("given_names", "+Ama", "a spreadsheet would run it"),
        ("given_names", "-", "leave the cell empty"),
        ("police_rank", "@SUM(A1)", "a spreadsheet would run it"),
        ("police_rank", "＝1+1", "a spreadsheet would run it"),
        ("police_rank", " =1+1", "a spreadsheet would run it"),
        ("police_rank", "\t=1+1", r"an unseen character, U\+0009"),
        ("years_experience", "=1+1", "a spreadsheet would run it"),
        ("years_experience", "-3", "whole years, 0 to 70"),
        ("years_experience", "12.5", "whole years, 0 to 70"),
        ("years_experience", "71", "whole years, 0 to 70"),
        ("years_experience", "١٢", "whole years, 0 to 70"),
        ("current_employer", "Police\nService", r"U\+000A"),
        ("current_employer", "ecilo\u202eP", r"U\+202E"),
        ("current_employer", "\u2067x\u2069", r"U\+2067"),
        ("given_names", "Ama\x00", r"U\+0000"),
        ("sex", "female", "Write one of: F, M, X"),
        ("birth_date", "09/03/1974", "year, month and day: 1974-03-09"),
        ("birth_date", "1974-02-30", "is no day of the calendar"),
        ("birth_date", "19740309", "year, month and day"),
        ("birth_date", "2031-01-01", "2031-01-01 is in the future"),
        ("birth_date", "1874-03-09", "more than 110 years ago"),
        ("nationality", "Ghana", r"Did you mean GHA \(Ghana\)\?"),
        ("nationality", "GHN", "Did you mean"),
        ("nationality", "???", "code of three letters"),
        ("nominated_by", "XXX", "is no state that is known"),
        ("email", "ama at police", "is no e-mail address"),
        ("email", "ama@police", "is no e-mail address"),
        ("email", "ama@police.example, b@x.example", "is no e-mail address"),
        ("email", "ämä@police.example", "is no e-mail address"),
        ("languages", "French", "Write fr, with a level: fr:C1"),
        ("languages", "fr:good", "A1 to C2"),
        ("languages", "fr:C1;FR:B2", "stands twice"),
        ("languages", ";", "is no language code"),
        ("degree", "MBA", "Write one of: none"),
        ("letter_language", "de", "Write one of: ar, en, es, fr"),
    ],
)
def test_a_bad_cell_is_named_with_its_cure(column: str, value: str, sentence: str) -> None:
    """Line, column, what is the case, what to do; and no row of the file is taken."""
    good = {**AMA, "email": "other@police.example", "family_name": "Mensah"}
    refusal = refusal_of(file_of(good, {**AMA, column: value}))

    assert [finding.where for finding in refusal.findings] == [f"line 3, column {column}"]
    with pytest.raises(Refused, match=sentence):
        raise refusal


def test_every_fault_is_told_at_once_in_the_order_of_the_file() -> None:
    """Somebody corrects a file once, not once for each fault."""
    bad = {**AMA, "sex": "?", "birth_date": "soon"}
    refusal = refusal_of(file_of(bad, AMA, {**AMA, "nationality": "", "email": "b@x.example"}))

    assert [finding.where for finding in refusal.findings] == [
        "line 2, column sex",
        "line 2, column birth_date",
        "line 3, column email",
        "line 4, column nationality",
        "line 4, column family_name",
    ]


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    """A cell over two lines and blank lines do not shift what is named."""
    content = file_of({**AMA, "police_rank": "a\nb"}) + b"\r\n\r\n"
    content += file_of({**AMA, "email": "b@x.example", "sex": "?"}).split(b"\r\n")[1]

    assert [finding.where for finding in refusal_of(content).findings][:2] == [
        "line 2, column police_rank",
        "line 6, column sex",
    ]


@pytest.mark.parametrize(
    ("other", "column"),
    [
        ({"email": "AMA@Police.example", "family_name": "Mensah"}, "email"),
        (
            {"email": "b@x.example", "family_name": "OWUSU", "given_names": "Serwaa Áma"},
            "family_name",
        ),
        (
            {"email": "b@x.example", "family_name": "Serwaa-Owusu", "given_names": "Ama"},
            "family_name",
        ),
    ],
)
def test_the_same_person_twice_is_refused(other: dict[str, str], column: str) -> None:
    """By address, or by name and birth: accents, capitals, hyphens and order make no other."""
    refusal = refusal_of(file_of(AMA, {**AMA, **other}))

    assert [finding.where for finding in refusal.findings] == [f"line 3, column {column}"]
    assert "line 2 already" in str(refusal)


def test_namesakes_born_on_another_day_are_two_people() -> None:
    """A name alone is nobody's."""
    other = {**AMA, "email": "b@x.example", "birth_date": "1980-01-01"}

    assert len(read(file_of(AMA, other))) == 2


def test_names_are_compared_without_their_marks() -> None:
    """Scandinavian and Slavic letters too, which Unicode does not take apart."""
    assert plain_name("Bjørn", "Łukasz-Straße") == plain_name("Lukasz", "STRASSE BJORN")


def test_a_missing_and_an_unknown_column_are_named_together() -> None:
    """With the hint that the one may be the other."""
    renamed = {("nationalty" if key == "nationality" else key): AMA[key] for key in AMA}
    del renamed["degree"]
    renamed["shoe_size"] = "42"
    refusal = refusal_of(file_of(renamed))

    told = [(str(finding.because), str(finding.cure)) for finding in refusal.findings]
    assert told == [
        (
            'the column "nationality" is missing',
            'Is it the column "nationalty"? Then call it "nationality".',
        ),
        ('the column "degree" is missing', 'Add the column "degree".'),
        ('there is no column "nationalty"', 'Did you mean "nationality"?'),
        (
            'there is no column "shoe_size"',
            f"Take out what is not asked for; the columns are: {', '.join(COLUMNS)}.",
        ),
    ]


def test_a_column_twice_is_refused() -> None:
    """Nobody knows which of the two holds."""
    content = file_of(AMA).replace(b"police_rank", b"sex", 1)

    assert 'the column "sex" stands twice' in str(refusal_of(content))


NO_FILES = {
    "empty": (b"", "the file is empty"),
    "blank": (b"\xef\xbb\xbf\r\n ,, \r\n", "the file is empty"),
    "header only": (file_of(AMA).split(b"\r\n")[0], "no candidate"),
    "UTF-16 with mark": (file_of(AMA).decode().encode("utf-16"), "UTF-16"),
    "UTF-16 without": (file_of(AMA).decode().encode("utf-16-le"), "UTF-16"),
    "Latin-1": (file_of({**AMA, "sex": "É"}).decode().encode("latin-1"), "Windows-1252"),
    "xlsx": (b"PK\x03\x04 and more", "spreadsheet"),
    "xls": (b"\xd0\xcf\x11\xe0 and more", "old spreadsheet"),
    "pdf": (b"%PDF-1.7", "PDF"),
    "open quotation": (file_of(AMA) + b'"Owusu,never closed', "Close each quotation mark"),
    "short row": (file_of(AMA) + b"Owusu,Ama\r\n", "the row has 2 cells, the header has 14"),
    "long row": (file_of(AMA)[:-2] + b",more\r\n", "the row has 15 cells"),
    "many columns": (b"a," * 4999 + b"a\r\nb", "5000 columns"),
}


@pytest.mark.parametrize("name", NO_FILES)
def test_a_file_that_is_none_is_refused_with_the_way_out(name: str) -> None:
    """Empty, of another encoding or kind, or broken."""
    content, sentence = NO_FILES[name]

    assert sentence in str(refusal_of(content))


def test_an_enormous_file_is_refused_unread() -> None:
    """By its size alone."""
    assert "the limit is 32 MB" in str(refusal_of(b"x" * (33 << 20)))


def test_a_latin_file_names_the_line_of_the_first_bad_letter() -> None:
    """So that an editor finds it."""
    content = file_of(AMA, {**AMA, "given_names": "Áma"}).decode().encode("latin-1")

    assert refusal_of(content).findings[0].where == "line 3"


def test_fifty_thousand_rows_are_refused() -> None:
    """The refusal says how many there are and how many may be, and nothing is read in vain."""
    header, row = file_of(AMA).split(b"\r\n")[:2]
    content = b"\r\n".join([header, *[row] * 50_000])
    refusal = refusal_of(content)

    assert "50000 rows, the limit is 2000" in str(refusal)


def test_a_full_file_of_faults_is_told_in_full() -> None:
    """Two thousand rows with three faults each: six thousand findings, no cut."""
    rows = [{**AMA, "email": f"no{n}", "nationality": f"Gh{n}na", "sex": "?"} for n in range(2000)]
    refusal = refusal_of(file_of(*rows))

    # The name and birth repeat from the second row on.
    assert len(refusal.findings) == 3 * 2000 + 1999


@given(st.binary(max_size=400))
@example(b"\x1c")
@example(b"\xff")
@example("\u2028".encode())
def test_any_bytes_give_rows_or_a_refusal(content: bytes) -> None:
    """Nothing that is uploaded makes it crash."""
    refusal_of(content)


@given(
    st.lists(st.sampled_from(list(COLUMNS)), min_size=1, max_size=3),
    st.text(max_size=60),
    st.sampled_from([",", ";", "\t"]),
)
def test_any_cell_is_read_or_named(columns: list[str], value: str, delimiter: str) -> None:
    """Whatever stands in a cell: the row is taken, or a finding stands at its line."""
    places = {"line 2"}
    try:
        read(file_of({**AMA, **dict.fromkeys(columns, value)}, delimiter=delimiter))
    except Refused as refusal:
        places = {finding.where.partition(",")[0] for finding in refusal.findings}

    assert places == {"line 2"}


@given(st.text(st.characters(categories=["L", "M"]), min_size=1, max_size=20))
def test_a_name_in_any_script_is_taken(name: str) -> None:
    """Names are people's own: every alphabet, every mark."""
    given_names = f"ا{name}"

    (row,) = read(file_of({**AMA, "given_names": given_names}))
    assert row.given_names
