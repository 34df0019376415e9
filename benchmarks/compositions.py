"""Verdicts and slates, to measure: a composition of every state, and thirteen seats from many."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from governance.representation.completing import complete
from governance.representation.composition import Composition, Member
from governance.representation.judge import verdict
from governance.representation.schemes import shipped_states
from governance.representation.searching import Task
from governance.representation.view import at
from governance.rulebook.bodies.body import Body
from governance.rulebook.bodies.reading import load_body, read_body
from governance.rulebook.linting.yamltext import read_text

DAY = date(2026, 11, 28)
RUNS = 30
VERDICT_MS, SLATE_S = 5.0, 1.0
Say = Callable[[str, str, str], None]
ASSEMBLY = """schema: 1
body: assembly
title: Assembly
region: un
membership: {of: un}
rules:
  - {id: A, article: a, kind: size, exactly: 193}
  - {id: B, article: a, kind: distinct, attribute: state}
  - {id: C, article: a, kind: quota, every: {at_least: 20}}
  - {id: D, article: a, kind: share, of: {sex: female}, at_least: "1/3"}
  - {id: E, article: a, kind: at_most_per, attribute: region, at_most: 60}
  - {id: F, article: a, kind: cover, attribute: region, every: all}
  - {id: G, article: a, kind: eligibility, requires: {member_state: true}}
  - {id: H, article: a, kind: term, length: {years: 4}}
"""


def compositions(say: Say) -> None:
    """A verdict on 193 members, kept and broken; a slate of 13 from 200, and the proof of none."""
    law = _law(ASSEMBLY)
    people = _people([x for x, each in shipped_states().items() if each.un_member])
    crowded = (*people[:-1], people[0].with_values({"name": "twice"}))
    for what, members in (("kept", people), ("broken, with cures", crowded)):
        judge = partial(_judged, law, members)
        taken = [_time(judge) for _ in range(RUNS)]
        middle = statistics.median(taken) * 1000
        say(f"verdict on 193 members, {what}", f"{middle:.2f} ms", f"{VERDICT_MS / middle:.1f} x")
    committee = load_body("interpol_executive_committee")
    states = [x for x, each in shipped_states().items() if each.interpol_member]
    for what, pool in (("200 candidates", states), ("200 from twelve countries", states[:12])):
        chance = random.Random(7)
        coming = tuple(Member(f"c{n}", chance.choice(pool)) for n in range(200))
        task = Task(at(committee, Composition(), DAY), coming)
        began = time.perf_counter()
        found = complete(task)
        spent = time.perf_counter() - began
        assert found.answer == ("found" if pool is states else "none")
        say(f"slate of 13: {what}, {found.answer}", f"{spent:.2f} s", f"{SLATE_S / spent:.1f} x")


def _law(text: str) -> Body:
    body = read_body(read_text("assembly.yaml", text.encode()), Path())
    assert body is not None
    return body


def _people(states: list[str]) -> tuple[Member, ...]:
    return tuple(
        Member(
            f"m{n}",
            state,
            sex="female" if n % 2 else "male",
            term_start=date(2025, 1, 1),
            term_end=date(2028, 12, 31),
        )
        for n, state in enumerate(states)
    )


def _time(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _judged(law: Body, members: tuple[Member, ...]) -> object:
    return verdict(at(law, Composition(members), DAY))
