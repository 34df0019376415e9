"""What must be known before a document may be written, and what is said when it is not."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel

from governance.documents.letters import cleaned
from governance.documents.render import preview
from governance.documents.samples import sample
from governance.documents.schema import KINDS, MAY_BE_ABSENT, Facts, known
from governance.refusals import Reason, Refused, Verdict

LANGUAGES = ("en", "fr", "es", "ar")


def changed(kind: str, path: str, value: Any) -> dict[str, Any]:
    """A sample with another value at a path."""
    data = copy.deepcopy(sample(kind, "en"))
    *above, last = path.split(".")
    place: Any = data
    for step in above:
        place = place[int(step)] if step.isdigit() else place[step]
    place[int(last) if last.isdigit() else last] = value
    return data


def without(kind: str, path: str) -> dict[str, Any]:
    """A sample that lacks a path."""
    data = changed(kind, path, None)
    *above, last = path.split(".")
    place: Any = data
    for step in above:
        place = place[step]
    del place[last]
    return data


def models() -> list[type[BaseModel]]:
    """Every model of facts."""
    found: list[type[BaseModel]] = []
    waiting: list[type[BaseModel]] = [Facts]
    while waiting:
        model = waiting.pop()
        found.append(model)
        waiting.extend(model.__subclasses__())
    return found


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_samples_are_complete(kind: str, language: str) -> None:
    """Each kind can be previewed in each language with invented facts."""
    assert known(kind, sample(kind, language)).notes == ()


def test_every_field_is_required() -> None:
    """A field may be empty only where it says why, and even then it must be given."""
    for model in models():
        for name, field in model.model_fields.items():
            assert field.is_required(), f"{model.__name__}.{name}"


def test_a_field_that_may_be_empty_says_why() -> None:
    """`None` and the empty list are answers with a reason."""
    for model in models():
        for name, field in model.model_fields.items():
            bounded = any(getattr(each, "min_length", 0) for each in field.metadata)
            listed = get_origin(field.annotation) is tuple and not bounded
            if listed or type(None) in get_args(field.annotation):
                assert (field.description or "").startswith(MAY_BE_ABSENT), (
                    f"{model.__name__}.{name}"
                )


def test_no_field_is_named_like_a_method_of_a_dictionary() -> None:
    """A template would reach the method, and be refused."""
    names = {name for model in models() for name in model.model_fields}
    assert names & set(dir(dict)) == set()


def paths(data: Any, path: str = "") -> Iterator[str]:
    """Each field of a table and of the tables within."""
    if isinstance(data, dict):
        for key, value in data.items():
            step = f"{path}.{key}" if path else key
            yield step
            yield from paths(value, step)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_missing_field_is_named_by_its_path_and_document(kind: str) -> None:
    """Whatever is left out, the sentence says where it belongs."""
    for path in list(paths(sample(kind, "en"))):
        with pytest.raises(Refused) as refusal:
            preview(kind, "en", without(kind, path))
        (finding,) = refusal.value.findings
        assert finding.where == path
        assert str(finding.because) == f"{KINDS[kind].name} lacks {path}"
        assert refusal.value.reason is Reason.INPUT


def test_every_fault_is_told_at_once() -> None:
    """A person corrects a form once."""
    data = changed("appointment", "salary.amount", "a lot")
    data["post"]["tilte"] = "x"
    del data["notice"]
    with pytest.raises(Refused) as refusal:
        known("appointment", data)
    assert {finding.where for finding in refusal.value.findings} == {
        "notice",
        "post.tilte",
        "salary.amount",
    }


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("unknown", "x", "has no field unknown"),
        ("addressee.shoe_size", 41, "has no field addressee.shoe_size"),
        ("date", 20270301, "a date is written as 2027-03-01"),
        ("date", "1/3/2027", "a date is written as 2027-03-01"),
        ("date", "2027-02-30", "date of Letter of appointment cannot be used"),
        ("salary.amount", 98412.5, "a sum is written exactly"),
        ("salary.amount", True, "a sum is written exactly"),
        ("salary.amount", "-1", "salary.amount of"),
        ("salary.amount", "1.001", "salary.amount of"),
        ("salary.amount", "NaN", "salary.amount of"),
        ("salary.currency", "euro", "salary.currency of"),
        ("notice.number", 0, "notice.number of"),
        ("notice.number", "3", "notice.number of"),
        ("notice.unit", "moons", "notice.unit of"),
        ("nature", "eternal", "nature of"),
        ("addressee.name", "", "addressee.name of"),
        ("addressee.name", "   ", "addressee.name of"),
        ("addressee.name", "x" * 501, "addressee.name of"),
        ("regulations", [], "regulations of"),
        ("organisation.colour", "red", "a colour is written as"),
        ("organisation.colour", "#ffcc00", "too pale to be read on white"),
        ("until", None, "this appointment needs its last day"),
        ("until", "2027-05-31", "end before it begins"),
        ("nature", "continuing", "a continuing appointment has no last day"),
        ("nature", "secondment", "releasing_employer: needed for a secondment"),
        ("releasing_employer", "A Ministry", "only for one"),
        ("probation", None, "there is no probation"),
        ("accept_by", "2027-02-28", "the day has passed when the letter is dated"),
    ],
)
def test_a_fact_that_cannot_be_used_is_refused(path: str, value: Any, said: str) -> None:
    """Each with the field, the document and what is the matter."""
    with pytest.raises(Refused) as refusal:
        known("appointment", changed("appointment", path, value))
    assert said in str(refusal.value)
    assert "Letter of appointment" in str(refusal.value)


def test_the_pattern_of_a_refusal_holds_no_fact() -> None:
    """What goes on record says which rule, never whose name."""
    with pytest.raises(Refused) as refusal:
        known("appointment", changed("appointment", "addressee.name", "漢字 Exemple"))
    (finding,) = refusal.value.findings
    assert "漢 (U+6F22" in str(finding)
    assert finding.where == "addressee.name"
    assert "漢" not in str(finding.on_record())


@pytest.mark.parametrize("name", ["漢字", "שלום", "Ana 😀", "नमस्ते"])
def test_a_character_without_a_glyph_is_named_with_its_field(name: str) -> None:
    """No font of the machine is taken in its place."""
    with pytest.raises(Refused) as refusal:
        preview("regret", "en", changed("regret", "addressee.address.1", name))
    assert refusal.value.findings[0].where == "addressee.address.1"


@pytest.mark.parametrize(
    "name", ["Νίκος Παπαδόπουλος", "Жуков", "Nguyễn Thị Ánh", "أميناتا تراوري", "Şükrü Ḥusayn"]
)
def test_letters_of_the_languages_of_members_are_printed(name: str) -> None:
    """Greek, Cyrillic, Vietnamese, Arabic and transliterations have their glyphs."""
    assert name in preview("regret", "en", changed("regret", "addressee.name", name))


@pytest.mark.parametrize(
    ("given", "kept", "named"),
    [
        ("Ana\u202eevil", "Anaevil", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("Ana\u2069", "Ana", "U+2069 POP DIRECTIONAL ISOLATE"),
        ("A\x00na", "Ana", "U+0000"),
        ("Ana\ufeff\U000e0041", "Ana", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("Ana\u200e\x1b[0m", "Ana[0m", "U+200E LEFT-TO-RIGHT MARK"),
    ],
)
def test_control_characters_are_taken_out_and_said_so(given: str, kept: str, named: str) -> None:
    """The letter is written, and the note says what was changed and where."""
    done = known("regret", changed("regret", "addressee.name", given))
    assert done.facts.addressee.name == kept
    (note,) = done.notes
    assert note.where == "addressee.name"
    assert note.verdict is Verdict.ADVISORY
    assert named in str(note.because)


def test_line_ends_become_spaces_and_letters_are_composed() -> None:
    """Two ways to write a letter give one document."""
    data, notes = cleaned({"a": ["e\u0301\r\nx"], "b": 3})
    assert data == {"a": ["é  x"], "b": 3}
    assert notes == []


def test_joiners_of_persian_names_stay() -> None:
    """They shape letters and turn nothing round."""
    assert cleaned("علی\u200cرضا") == ("علی\u200cرضا", [])


@pytest.mark.parametrize(
    ("kind", "language", "said"),
    [
        ("laudation", "en", "no kind of document called 'laudation'"),
        ("regret", "la", "is not written in 'la'"),
        ("regret", "../en", "is not written in '../en'"),
    ],
)
def test_an_unknown_kind_or_language_is_refused(kind: str, language: str, said: str) -> None:
    """With those that there are."""
    with pytest.raises(Refused, match="Choose one of") as refusal:
        preview(kind, language, {})
    assert said in str(refusal.value.findings[0].because)


@pytest.mark.parametrize("data", [None, [], "x", 3])
def test_facts_that_are_no_table_are_refused(data: Any) -> None:
    """Whatever arrives, the answer is a sentence."""
    with pytest.raises(Refused, match="Letter of regret"):
        known("regret", data)
