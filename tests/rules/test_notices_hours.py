"""Quiet hours and daily mails: in the reader's zone, over midnight, and never for ever."""

from __future__ import annotations

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.notices.hours import Wish, is_hour, next_digest, quiet_until

NOW = pendulum.datetime(2026, 11, 23, 21, 30)  # 22:30 in Lyon


@pytest.mark.parametrize(
    ("begins", "ends", "until"),
    [
        ("22:00", "07:00", "2026-11-24T06:00:00+00:00"),
        ("20:00", "23:00", "2026-11-23T22:00:00+00:00"),
        ("23:00", "07:00", None),
        ("07:00", "07:00", None),
        ("", "07:00", None),
        ("25:00", "07:00", None),
    ],
)
def test_quiet_hours_are_the_readers_own(begins: str, ends: str, until: str | None) -> None:
    """They may reach over midnight, and nonsense is never quiet."""
    found = quiet_until(Wish("Europe/Paris", "", begins, ends), NOW)
    assert found == (pendulum.parse(until) if until else None)


hours = st.builds(
    lambda hour, minute: f"{hour:02}:{minute:02}", st.integers(0, 23), st.integers(0, 59)
)
zones = st.sampled_from(["UTC", "Asia/Singapore", "America/El_Salvador", "Africa/Harare"])
instants = st.integers(0, 60 * 24 * 400).map(lambda minutes: NOW.add(minutes=minutes))


@given(zones, hours, hours, instants)
def test_whatever_is_quiet_ends_within_a_day_and_at_the_hour(
    zone: str, begins: str, ends: str, now: pendulum.DateTime
) -> None:
    """Compared minute by minute with the clock on the reader's wall."""
    found = quiet_until(Wish(zone, "", begins, ends), now)
    wall = now.in_timezone(zone).format("HH:mm")
    inside = begins <= wall < ends if begins < ends else wall >= begins or wall < ends
    assert (found is not None) == (inside and begins != ends)
    if found is not None:
        assert now < found <= now.add(days=1)
        assert found.in_timezone(zone).format("HH:mm") == ends


@given(zones, hours, instants)
def test_a_daily_mail_leaves_within_a_day_at_its_hour(
    zone: str, at: str, now: pendulum.DateTime
) -> None:
    """Never in the past, never later than a day."""
    found = next_digest(Wish(zone, at), now)
    assert found is not None
    assert now < found <= now.add(days=1)
    assert found.in_timezone(zone).format("HH:mm") == at


def test_an_hour_is_four_digits() -> None:
    """What is no hour is not understood as one."""
    assert is_hour("07:30")
    assert not any(map(is_hour, ["7:30", "24:00", "07:60", "", "0730", "07:30 "]))
