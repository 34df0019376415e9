"""What a check of minutes looks at: the claims, the registers, the roll that was called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from governance.committees.meeting.roll import Roll, RollLine
from governance.committees.meeting.rollcheck import RollCheck
from governance.committees.minutes.printed import Printed
from governance.committees.names import Names, folded
from governance.committees.noticed import Noticed, Place, notice
from governance.committees.register import MEMBER, Person, Register
from governance.refusals import Sentence


@dataclass(frozen=True)
class Case:
    """Minutes in their context. `called` is the roll that was called, `check` what came of it."""

    printed: Printed
    day: date | None
    register: Register | None = None
    called: Roll | None = None
    check: RollCheck | None = None
    earlier: tuple[tuple[date, Roll], ...] = ()

    def at(self, line: int) -> Place:
        """A line of the minutes."""
        return Place(self.printed.file, line, self.printed.line(line))

    def notice(  # noqa: PLR0913 -- one argument per part of what is noticed, all named
        self,
        line: int,
        rule: str,
        because: Sentence,
        cure: Sentence,
        *,
        follows: str = "",
        article: str = "",
        advisory: bool = False,
    ) -> Noticed:
        """Something noticed on a line."""
        return notice(
            self.at(line),
            rule=rule,
            because=because,
            cure=cure,
            follows=follows,
            article=article,
            advisory=advisory,
        )

    @property
    def roll(self) -> Roll | None:
        """The roll that the minutes print, or the one that was called."""
        return self.printed.roll or self.called

    @cached_property
    def lines_by_name(self) -> dict[str, RollLine]:
        """Lines of the roll by their key."""
        found = {}
        for roll in (self.called, self.printed.roll):
            for each in roll.lines if roll else ():
                found[f"{each.line}:{each.name}"] = each
        return found

    @cached_property
    def roll_names(self) -> Names:
        """The names of the roll, present and absent."""
        return Names.of(
            {key: [each.name, *([each.seat] if each.seat else [])]
             for key, each in self.lines_by_name.items()}
        )  # fmt: skip

    def in_roll(self, name: str) -> RollLine | None:
        """The line of the roll that a name means; of several, one of somebody present."""
        keys = set(self.roll_names.all(name))
        person = self.person(name)
        if not keys and person is not None:
            for spelled in (person.name, *person.aliases, person.represents):
                keys |= self.roll_names.all(spelled) if spelled else set()
        lines = [self.lines_by_name[key] for key in keys]
        if len({folded(each.name) for each in lines}) > 1:
            return None
        return min(lines, key=lambda each: not each.is_present, default=None)

    def could_be(self, name: str) -> int:
        """How many people of the roll a name could mean."""
        keys = self.roll_names.all(name)
        return len({folded(self.lines_by_name[key].name) for key in keys})

    def person(self, name: str) -> Person | None:
        """Whom the register knows under a name."""
        if self.register is None or self.day is None:
            return None
        return self.register.find(name, self.day)

    def is_member(self, line: RollLine) -> bool | None:
        """Whether somebody of the roll is a member; None where nothing says so."""
        person = self.person(line.name)
        if person is not None and self.day is not None and person.span.holds(self.day):
            return person.capacity == MEMBER
        if line.alternate_for:
            return True
        if line.capacity in ("observer", "guest", "staff", "adviser"):
            return False
        if line.capacity in ("member", "alternate") or line.voting:
            return True
        return False if self.register is not None else None

    def ruling(self, name: str, subject: str = "all") -> tuple[object, str]:
        """The value of a rule on the day, and its article; None where nothing is said."""
        if self.register is None or self.day is None:
            return None, ""
        ruling = self.register.rules.ruling(name, self.day, subject)
        return (ruling.value, str(ruling.article)) if ruling else (None, "")
