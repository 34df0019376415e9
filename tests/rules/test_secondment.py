"""How long somebody may be seconded: at a time, and in all."""

from __future__ import annotations

import pytest

from governance.appointments.service.rules import Seconding, secondment_is_within_its_limits
from governance.refusals import Verdict


def asked(months: int | None, *, before: int = 0, days: int = 0) -> Verdict:
    """What the rule says of 1 to 3 years, 6 in all (2,192 days from a day on)."""
    facts = Seconding(months, 12, 36, 72, before, 2192 - before, days)
    return secondment_is_within_its_limits(facts).verdict


@pytest.mark.parametrize(
    ("months", "verdict"),
    [
        (11, Verdict.FAIL),
        (12, Verdict.PASS),
        (36, Verdict.PASS),
        (37, Verdict.FAIL),
        (None, Verdict.UNDETERMINED),
    ],
)
def test_a_secondment_lasts_from_one_to_three_years(months: int | None, verdict: Verdict) -> None:
    """Both limits are within; a length that is not on file is not judged."""
    assert asked(months) is verdict


def test_secondments_are_counted_together() -> None:
    """Six years in all: what is left decides, to the day."""
    assert asked(24, before=1461, days=731) is Verdict.PASS
    assert asked(24, before=1462, days=731) is Verdict.FAIL
