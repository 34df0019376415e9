"""Minutes checked against the registers before they circulate. Every check stands in `CHECKS`.

Whatever is printed is held against the register of the body on the day, the roll that was called,
the rules of procedure, earlier attendance, and against itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from governance.committees.dates import day_in_figures
from governance.committees.meeting.roll import Roll
from governance.committees.meeting.rollcheck import RollCheck, check_roll
from governance.committees.minutes.lints import (
    attendance,
    ballots,
    cited,
    motions,
    numbers,
    people,
    quorums,
    recusals,
    times,
)
from governance.committees.minutes.lints.case import Case
from governance.committees.minutes.printed import Printed
from governance.committees.minutes.prose import with_places
from governance.committees.noticed import Noticed
from governance.committees.register import Register

CHECKS: tuple[Callable[[Case], Iterator[Noticed]], ...] = (
    attendance.against_the_register,
    attendance.against_the_call,
    attendance.pasted,
    attendance.twice,
    people.people,
    people.offices,
    quorums.quorums,
    motions.motions,
    numbers.numbers,
    ballots.ballots,
    recusals.recusals,
    recusals.chairs,
    cited.adopted,
    cited.items,
    times.times,
    times.days,
    times.calendar,
    cited.agenda,
    cited.understood,
)


@dataclass(frozen=True)
class Linted:
    """What came of a check: the findings by line, and the check of the roll where there was one."""

    findings: tuple[Noticed, ...]
    day: date | None
    printed: Printed
    roll: RollCheck | None = None

    @property
    def is_clean(self) -> bool:
        """Whether nothing must be cured or waived."""
        return not any(each.blocks for each in self.findings)


def lint(
    printed: Printed,
    register: Register | None = None,
    called: Roll | None = None,
    earlier: Sequence[tuple[date, Roll]] = (),
) -> Linted:
    """Everything that these minutes have wrong."""
    day = printed.day or (called.day if called else None)
    if day is None:
        day = day_in_figures(printed.lines, register.zone if register else "")
        printed = replace(printed, day=day)
    if register is not None and not printed.file.endswith((".yaml", ".yml")):
        printed = with_places(printed, frozenset(register.places))
    check = _roll_check(printed, register, called, day, earlier)
    case = Case(printed, day, register, called, check, tuple(earlier))
    found = [each for check_ in CHECKS for each in check_(case)]
    once = {(each.line, each.finding.rule, str(each.finding.because)): each for each in found}
    ordered = sorted(once.values(), key=lambda each: (each.line == 0, each.line))
    return Linted(tuple(ordered), day, printed, check)


def _roll_check(
    printed: Printed,
    register: Register | None,
    called: Roll | None,
    day: date | None,
    earlier: Sequence[tuple[date, Roll]],
) -> RollCheck | None:
    """The printed attendance against the register; its own sums are checked by themselves."""
    roll = printed.roll or called
    if register is None or roll is None or day is None:
        return None
    bare = replace(roll, present=None, needed=None, base=None, reached=None)
    return check_roll(register, bare, day, earlier)
