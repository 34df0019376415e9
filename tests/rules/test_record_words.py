"""What the record's page says of acts: each kind has words of its own."""

from __future__ import annotations

from governance.record.vocabulary import KINDS
from governance.web.cases.fill_record import TOLD
from governance.web.cases.record_words import DONE


def test_every_act_on_a_case_has_words_on_the_record_s_page() -> None:
    """Nobody reads "something was done" where the record knows what it was."""
    acts = {each for each in KINDS if each.startswith("case:")}
    assert acts - TOLD.keys() - DONE.keys() == set()
