"""However a procedure is mutilated, the linter answers with findings; its proofs hold."""

from __future__ import annotations

import copy
import json
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.rulebook.linting import graph
from governance.rulebook.linting.check import faults_of
from governance.rulebook.linting.draft import Draft, read_files, read_folder
from governance.rulebook.linting.yamltext import read_text
from governance.rulebook.parts import Article, Text
from governance.rulebook.predicates import SHIPPED
from governance.rulebook.stages import Finish, Prepare, Rounds, Stage, Weigh
from governance.settings import ROOT

pytestmark = pytest.mark.slow

LAW = ROOT / "governance" / "rulebooks" / "interpol"
NAME = "regional-director.yaml"
WORDS = ["call", "closed", "selection", "office.nobody", "consult", "choice", "late", "", "é" * 70]

whole_draft = read_folder(LAW)
tree = read_text(NAME, (LAW / NAME).read_bytes()).tree
assert tree is not None
PLAIN: dict[str, Any] = tree.plain()

anything = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**9) | st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner),
    max_leaves=6,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path of a tree."""
    found = [path] if path else []
    if isinstance(value, dict):
        steps = list(value.items())
    else:
        steps = list(enumerate(value)) if isinstance(value, list) else []
    return found + [deeper for step, each in steps for deeper in places(each, (*path, step))]


@st.composite
def mutilations(draw: st.DrawFn) -> dict[str, Any]:
    """The shipped procedure with up to three parts dropped, renamed, doubled or replaced."""
    law = copy.deepcopy(PLAIN)
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(places(law)))
        at = law
        for step in way:
            at = at[step]
        _mutilate(draw, at, last)
    return law


def _mutilate(draw: st.DrawFn, at: Any, last: Any) -> None:
    act = draw(st.sampled_from(["drop", "rename", "replace", "retarget", "double"]))
    if act == "drop":
        del at[last]
    elif act == "rename" and isinstance(at, dict):
        at[draw(st.sampled_from([*WORDS, f"{last}s"]))] = at.pop(last)
    elif act == "double" and isinstance(at, list):
        at.append(at[last])
    elif act == "retarget":
        at[last] = draw(st.sampled_from([each["key"] for each in PLAIN["stages"]]))
    else:
        at[last] = draw(anything)


def lint(law: Any, folder: Path) -> Draft:
    """The draft of a procedure beside the shipped organisation."""
    path = folder / NAME
    path.write_text(json.dumps(law, ensure_ascii=False, indent=1), "utf-8")
    draft = read_files([path])
    draft.organisation = whole_draft.organisation
    return draft


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where mutilated procedures are written."""
    return tmp_path_factory.mktemp("law")


def test_the_untouched_procedure_is_lawful(folder: Path) -> None:
    """What is mutilated below has no fault by itself."""
    assert faults_of(lint(PLAIN, folder), SHIPPED) == []


@given(law=mutilations())
def test_no_mutilation_breaks_the_linter(folder: Path, law: dict[str, Any]) -> None:
    """Whatever is dropped or retargeted, findings tell it with place and cure, or it is law."""
    draft = lint(law, folder)
    findings = faults_of(draft, SHIPPED)

    for each in findings:
        name, line, column = each.where.split(":")
        assert (name, int(line) > 0, int(column) > 0) == (NAME, True, True)
        assert str(each.because)
        assert str(each.cure)
    if not findings:
        [kept] = draft.procedures
        assert kept.whole is not None
        keys = {each.key for each in kept.whole.stages}
        assert all(
            each.next_for(result) in keys for each in kept.whole.stages for result in each.results
        )


@st.composite
def procedures(draw: st.DrawFn) -> list[Stage]:
    """Stages that lead anywhere: by themselves, by a person, with a bound or without."""
    count = draw(st.integers(1, 7))
    keys = [f"stage_{number}" for number in range(count)]
    target = st.sampled_from([*keys, "end"])
    head = {"title": Text({"en": "A stage"}), "article": Article(own="a test")}
    stages: list[Stage] = []
    for key in keys:
        bound = Rounds(at_most=3, then=draw(target)) if draw(st.booleans()) else None
        common = {**head, "key": key, "next": draw(target), "rounds": bound}
        if draw(st.booleans()):
            stages.append(Prepare(verb="prepare", needs=("job_description",), **common))
        else:
            stages.append(Weigh(verb="weigh", rules=("r",), over=("o",), **common))
    return [*stages, Finish(verb="finish", key="end", **head)]


@given(procedures())
def test_a_loop_is_found_exactly_where_one_turns_by_itself(stages: list[Stage]) -> None:
    """The linter's loops agree with a sort of the ways that the clock alone takes."""
    ways: dict[str, set[str]] = {}
    for each in stages:
        if each.rounds is not None:
            ways[each.key] = {each.rounds.then}
        else:
            ways[each.key] = {each.next} if isinstance(each, Weigh) and each.next else set()
    try:
        TopologicalSorter(ways).prepare()
        turns = False
    except CycleError:
        turns = True

    assert bool(graph.loops(stages)) == turns


@given(procedures())
def test_every_stage_is_reached_and_ends_or_is_named(stages: list[Stage]) -> None:
    """Walking on by hand from a stage meets an end unless the linter has named the stage."""
    ways = {each.key: set(each.targets.values()) for each in stages}

    def walked(start: str) -> set[str]:
        seen = {start}
        while more := {target for key in seen for target in ways[key]} - seen:
            seen |= more
        return seen

    assert set(graph.endless(stages)) == {key for key in ways if "end" not in walked(key)}
    assert set(graph.unreachable(stages)) == ways.keys() - walked(stages[0].key)
