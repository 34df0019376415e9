"""What a procedure's stages lead to: who is never reached, who never ends, what turns by itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence

from governance.rulebook.stages import Finish, Stage

Ways = Mapping[str, frozenset[str]]


def ways(stages: Iterable[Stage]) -> dict[str, frozenset[str]]:
    """From each stage to all that may follow it."""
    return {each.key: frozenset(each.targets.values()) for each in stages}


def ways_by_clock(stages: Iterable[Stage]) -> dict[str, frozenset[str]]:
    """From each stage to what may follow without end although no person does anything.

    A stage with a bound is passed often only on the way that the bound names.
    """
    return {each.key: _by_clock(each) for each in stages}


def reached(start: Iterable[str], among: Ways) -> set[str]:
    """All stages that can be reached, the start included."""
    seen: set[str] = set()
    waiting = deque(start)
    while waiting:
        key = waiting.popleft()
        if key not in seen and key in among:
            seen.add(key)
            waiting.extend(among[key])
    return seen


def unreachable(stages: Sequence[Stage]) -> list[str]:
    """Stages that no case comes to."""
    found = reached([stages[0].key], ways(stages))
    return [each.key for each in stages if each.key not in found]


def endless(stages: Sequence[Stage]) -> list[str]:
    """Stages from which no end can be reached."""
    back: dict[str, set[str]] = {each.key: set() for each in stages}
    for key, targets in ways(stages).items():
        for target in targets & back.keys():
            back[target].add(key)
    ends = [each.key for each in stages if isinstance(each, Finish)]
    ending = reached(ends, {key: frozenset(value) for key, value in back.items()})
    return [each.key for each in stages if each.key not in ending]


def loops(stages: Sequence[Stage]) -> list[tuple[str, ...]]:
    """Loops that turn for ever although no person does anything; each once, in reading order."""
    among = ways_by_clock(stages)
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for each in stages:
        loop = _way_back(each.key, among)
        if loop:
            found.setdefault(frozenset(loop), loop)
    return list(found.values())


def _by_clock(stage: Stage) -> frozenset[str]:
    if stage.rounds is not None:
        return frozenset({stage.rounds.then})
    followed = (stage.next_for(result) for result in stage.results_by_clock)
    return frozenset(target for target in followed if target is not None)


def _way_back(key: str, among: Ways) -> tuple[str, ...]:
    """The shortest way from a stage to itself; empty where there is none."""
    ways_here: deque[tuple[str, ...]] = deque([(key,)])
    seen: set[str] = set()
    while ways_here:
        way = ways_here.popleft()
        for target in sorted(among.get(way[-1], ())):
            if target == key:
                return way
            if target not in seen:
                seen.add(target)
                ways_here.append((*way, target))
    return ()
