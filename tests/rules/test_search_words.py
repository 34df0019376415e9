"""How words are compared in a search: English, French, Spanish, Arabic."""

from __future__ import annotations

import pytest

from governance.record.seeking import asked, folded, words_of


@pytest.mark.parametrize(
    ("text", "sought"),
    [
        ("Comité d’élection", "comite election"),
        ("Décisions budgétaires", "decision budgetaire"),
        ("The audit decision", "decisions"),
        ("Elección del Señor Núñez", "nunez eleccion"),
        ("Œuvre sociale", "oeuvre"),
        ("قرار اللجنة المالية", "لجنة مالية"),
        ("قرار للجنة", "اللجنة"),
        ("إقرار جدول الأعمال", "اقرار جدول اعمال"),
        ("مُوازَنَة", "موازنه"),
        ("Resolution 2026/07", "2026/07"),
        ("Straße", "strasse"),
    ],
)
def test_a_word_is_found_however_it_is_accented(text: str, sought: str) -> None:
    """Each word that is sought begins a word of the text, once both are folded."""
    there = words_of([text])
    assert all(any(w.startswith(b) for w in there for b in each) for each in asked(sought))


def test_folding_keeps_letters_that_are_different_letters() -> None:
    """An accent falls, a letter stays: Núñez is Nunez, and is not Nuez."""
    assert folded("Núñez") == "nunez"
    assert folded("كتاب") != folded("كتب")


def test_no_more_words_are_asked_than_a_person_types() -> None:
    """A text pasted into the field does not become a hundred questions."""
    assert len(asked("one two three four five six seven eight nine ten")) == 8
