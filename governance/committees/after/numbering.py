"""The number of a decision, by the body's pattern; it never changes once it is given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FIELD = re.compile(r"\{(\w+)(?::[^}]*)?\}")
RESTARTS: Mapping[str, tuple[str, ...]] = {
    "never": (),
    "year": ("year",),
    "session": ("session",),
    "meeting": ("year", "month", "day", "meeting", "session"),
}


@dataclass(frozen=True)
class Pattern:
    """How decisions are numbered: `{year}/{number:02}`, other names, when counting begins anew."""

    decisions: str = "{year}/{number:02}"
    aliases: tuple[str, ...] = ()
    restarts: str = "year"

    def write(self, number: int, places: Mapping[str, str | int]) -> str:
        """The number as it is printed."""
        return self.decisions.format(**{**_blank(self.decisions), **places, "number": number})

    def alias(self, number: int, places: Mapping[str, str | int]) -> list[str]:
        """Its other names."""
        return [
            each.format(**{**_blank(each), **places, "number": number}) for each in self.aliases
        ]

    def read(self, printed: str) -> dict[str, str] | None:
        """The parts of a printed number; None where it is not of the pattern."""
        found = self._reader.fullmatch(printed.strip())
        return found.groupdict() if found else None

    def next(self, given: Iterable[str], places: Mapping[str, str | int]) -> int:
        """The next number, after those that were given in the same year, meeting or session."""
        same = [name for name in RESTARTS[self.restarts] if f"{{{name}" in self.decisions]
        taken = [0]
        for printed in given:
            parts = self.read(printed)
            if parts and all(_equal(parts[name], places.get(name, "")) for name in same):
                taken.append(int(parts["number"]))
        return max(taken) + 1

    @property
    def _reader(self) -> re.Pattern[str]:
        at, pieces, seen = 0, [], set()
        for found in FIELD.finditer(self.decisions):
            name = found[1]
            pieces.append(re.escape(self.decisions[at : found.start()]))
            digits = r"\d+" if name != "body" else r".+?"
            pieces.append(rf"(?P={name})" if name in seen else rf"(?P<{name}>{digits})")
            seen.add(name)
            at = found.end()
        return re.compile("".join(pieces) + re.escape(self.decisions[at:]))


def _equal(printed: str, wanted: str | int) -> bool:
    return printed == str(wanted) or (
        printed.isdigit() and str(wanted).isdigit() and int(printed) == int(wanted)
    )


def _blank(pattern: str) -> dict[str, int | str]:
    return {found[1]: "" if found[1] == "body" else 0 for found in FIELD.finditer(pattern)}
