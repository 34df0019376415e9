"""What came of a check as plain data, for the command line and the API alike."""

from __future__ import annotations

from typing import Any

from governance.committees.meeting.rollcheck import RollCheck
from governance.committees.minutes.lint import Linted
from governance.committees.register import Register
from governance.committees.rules import right_to_vote


def tell_roll(register: Register, checked: RollCheck) -> dict[str, Any]:
    """A check of a roll: findings, quorum, and who of the members was there and may vote."""
    return {
        "clean": not any(each.blocks for each in checked.findings),
        "body": register.body,
        "date": checked.day.isoformat(),
        "findings": [each.as_json() for each in checked.findings],
        "quorum": checked.quorum.as_json(),
        "members": [
            {
                "name": person.name,
                "seat": person.seat,
                "present": person.seat in checked.presence.seats,
                "represented": person.seat in checked.presence.proxies,
                "on_leave": person.on_leave(checked.day) is not None
                or person.seat in checked.presence.leave,
                "voting_right": right.has,
                "because": str(right.because),
            }
            for person in register.members(checked.day)
            for right in [right_to_vote(register, person, checked.day, checked.history)]
        ],
    }


def tell_lint(found: Linted) -> dict[str, Any]:
    """A check of minutes: the findings, and what was understood of the text."""
    printed = found.printed
    return {
        "clean": found.is_clean,
        "file": printed.file,
        "date": found.day.isoformat() if found.day else None,
        "findings": [each.as_json() for each in found.findings],
        "quorum": found.roll.quorum.as_json() if found.roll else None,
        "understood": {
            "attendance": len(printed.roll.lines) if printed.roll else 0,
            "present": sum(each.is_present for each in printed.roll.lines) if printed.roll else 0,
            "motions": len(printed.motions),
            "quorum": len(printed.quorum),
            "numbers": [each.number for each in printed.numbers],
            "times": len(printed.times),
        },
    }
