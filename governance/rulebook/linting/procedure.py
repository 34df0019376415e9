"""Stages against their results: each leads somewhere, an end is reached, nothing turns for ever."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from governance.refusals import say
from governance.rulebook.decisions import KINDS, Kind
from governance.rulebook.linting import graph
from governance.rulebook.linting.casting import check_casting
from governance.rulebook.linting.decision import wrong_with
from governance.rulebook.linting.desk import Desk, Path
from governance.rulebook.linting.draft import ProcedureDraft
from governance.rulebook.linting.faults import near
from governance.rulebook.linting.names import check_names, check_rule
from governance.rulebook.linting.vetting import check_call_and_vetting
from governance.rulebook.schema import Procedure
from governance.rulebook.stages import (
    Applied,
    Consult,
    Finish,
    Issue,
    Plan,
    Sift,
    Stage,
    Weigh,
)

FLOW, DECISION = "rulebook_flow", "rulebook_decision"


def check_procedure(desk: Desk, draft: ProcedureDraft) -> None:
    """Every fault of one procedure that its schema does not see."""
    for index, stage in draft.stages:
        path = ("stages", index)
        if draft.whole is None:
            check_names(desk, stage, path)
        check_stage(desk, stage, path, draft.keys)
    if draft.whole is not None:
        check_names(desk, draft.whole)
        _header(desk, draft.whole)
    if draft.all_stages_read and len(set(draft.keys)) == len(draft.keys):
        _whole_way(desk, [stage for _, stage in draft.stages])


def check_stage(desk: Desk, stage: Stage, path: Path, keys: list[str]) -> None:
    """What one stage says: its rules, its targets, its results."""
    for name, applied in _rules(stage):
        for index, each in enumerate(applied):
            check_rule(desk, (*path, name, index), each.rule, stage.verb, each.given)
    check_call_and_vetting(desk, stage, path)
    _targets(desk, stage, path, keys)
    _results(desk, stage, path)
    if isinstance(stage, Consult):
        check_decision(desk, stage, path)
        check_casting(desk, stage.rule, (*path, "rule"))
    if isinstance(stage, Plan) and stage.entry_on_duty is not None:
        here = (*path, "entry_on_duty", "after")
        desk.known(here, stage.entry_on_duty.after, "stage", keys, FLOW)


def check_decision(desk: Desk, stage: Consult, path: Path) -> None:
    """The rule can be counted, and silence, choice and identity mean something under it."""
    kind = stage.rule.kind
    if not desk.known((*path, "rule", "kind"), kind, "kind of decision", KINDS, DECISION):
        return
    for wrong in wrong_with(stage.rule):
        desk.fault((*path, "rule", *wrong.where), wrong.because, wrong.cure, DECISION)
    for each in SENSE:
        if each.is_wrong(stage, KINDS[kind]):
            cure = say(each.cure, example=each.example) if each.example else say(each.cure)
            desk.fault((*path, *each.where), say(each.because), cure, DECISION)


class Nonsense(NamedTuple):
    """A question that its own rule cannot decide."""

    is_wrong: Callable[[Consult, Kind], bool]
    where: tuple[str, ...]
    because: str
    cure: str
    example: str = ""


def _is_tacit(stage: Consult) -> bool:
    return stage.within is not None and stage.within.on_late == "tacit"


def _chooses(stage: Consult) -> bool:
    return any(each.choose for each in stage.rule.positions)


def _is_secret(stage: Consult) -> bool:
    return stage.rule.secrecy == "secret_for_ever"


SENSE = (
    Nonsense(
        lambda stage, _: _is_secret(stage) and stage.rule.may_change,
        ("rule", "may_change"),
        "a paper that is secret for ever cannot be found again to be changed",
        "Remove may_change, or write secrecy: secret_until_close.",
    ),
    Nonsense(
        lambda stage, _: _is_secret(stage) and stage.undo_minutes > 0,
        ("undo_minutes",),
        "a paper that is secret for ever cannot be found again to be taken back",
        "Remove undo_minutes, or write secrecy: secret_until_close.",
    ),
    Nonsense(
        lambda stage, _: _is_secret(stage) and stage.form != "positions",
        ("form",),
        "scores are signed, and cannot be secret for ever",
        "Write secrecy: secret_until_close.",
    ),
    Nonsense(
        lambda stage, _: (
            _is_secret(stage) and any(each.needs_text for each in stage.rule.positions)
        ),
        ("rule", "positions"),
        "a position wants its reason in writing, and a secret paper bears none",
        "Remove needs_text, or write secrecy: secret_until_close.",
    ),
    Nonsense(
        lambda stage, _: not stage.ask and not stage.tellers,
        ("ask",),
        "nobody is asked, and nobody counts",
        "Add ask: with offices; or tellers: with two, for a ballot that is held in a hall.",
    ),
    Nonsense(
        lambda stage, _: bool(stage.ask and stage.tellers),
        ("tellers",),
        "either those who are asked answer here, or tellers enter what was counted in a hall",
        "Remove ask, or tellers.",
    ),
    Nonsense(
        lambda stage, _: len(set(stage.tellers)) == 1,
        ("tellers",),
        "one teller alone enters the count",
        "Name two tellers, who count independently of each other.",
    ),
    Nonsense(
        lambda stage, kind: bool(stage.tellers) and not kind.counted,
        ("rule", "kind"),
        "tellers count papers, and under this kind of decision none are counted",
        "Write kind: majority, or kind: ballot.",
    ),
    Nonsense(
        lambda stage, _: bool(stage.tellers) and stage.form != "positions",
        ("form",),
        "tellers count papers, and scores are no papers",
        "Remove form.",
    ),
    Nonsense(
        lambda stage, _: bool(
            stage.tellers and stage.within and stage.within.on_late in {"tacit", "fail"}
        ),
        ("within", "on_late"),
        "a count that nobody has entered is no result",
        "Write on_late: remind, escalate or extend.",
    ),
    Nonsense(
        lambda stage, kind: kind.takes_choice and not _chooses(stage),
        ("rule", "positions"),
        "nothing is chosen: no position has choose",
        "Add choose: {example} to the position that names candidates.",
        "{at_least: 1, at_most: 1, among: shortlisted}",
    ),
    Nonsense(
        lambda stage, kind: (
            not kind.takes_choice and stage.rule.kind != "ballot" and _chooses(stage)
        ),
        ("rule", "kind"),
        "a position chooses among candidates, and this kind of decision does not",
        "Write kind: choice for one person, kind: ballot for several, or remove choose.",
    ),
    Nonsense(
        lambda stage, kind: kind.one_person and len(stage.ask) > 1,
        ("ask",),
        "this kind of decision is taken by one person, and several are asked",
        "Ask one office, or choose another kind of decision.",
    ),
    Nonsense(
        lambda stage, kind: kind.needs_blocking and not _is_tacit(stage),
        ("within",),
        "silence is to count as consent, and no deadline says when it does",
        "Add within: with a period and on_late: tacit.",
    ),
    Nonsense(
        lambda stage, kind: kind.one_person and _is_tacit(stage),
        ("within", "on_late"),
        "silence cannot take a decision that one person takes",
        "Write on_late: remind, escalate, extend or fail.",
    ),
    Nonsense(
        lambda stage, kind: kind == KINDS["advice"] and stage.within is None,
        ("within",),
        "views are awaited without end: no deadline is set",
        "Add within: with a period.",
    ),
    Nonsense(
        lambda stage, _: (
            stage.level == "link" and any(each.startswith("office.") for each in stage.ask)
        ),
        ("level",),
        "an office decides signed in; a link alone gives information",
        "Write level: session or level: fresh.",
    ),
)


def _rules(stage: Stage) -> list[tuple[str, tuple[Applied, ...]]]:
    if isinstance(stage, (Sift, Weigh)):
        return [("rules", stage.rules)]
    return [("preconditions", stage.preconditions)] if isinstance(stage, Issue) else []


def _targets(desk: Desk, stage: Stage, path: Path, keys: list[str]) -> None:
    if stage.next is not None:
        desk.known((*path, "next"), stage.next, "stage", keys, FLOW)
    for result, target in stage.outcomes.items():
        desk.known((*path, "outcomes", result), target, "stage", keys, FLOW)
    if stage.rounds is not None:
        desk.known((*path, "rounds", "then"), stage.rounds.then, "stage", keys, FLOW)


def _results(desk: Desk, stage: Stage, path: Path) -> None:
    if isinstance(stage, Finish):
        _nothing_follows(desk, stage, path)
        return
    if not stage.results:
        return  # the kind of decision is unknown, which is said elsewhere
    for result in stage.outcomes:
        if result not in stage.results:
            because = say('"{result}" is no result of this stage', result=result)
            desk.fault((*path, "outcomes", result), because, near(result, stage.results), FLOW)
    for result in stage.results:
        if stage.next_for(result) is None:
            _unsaid(desk, stage, path, result)
    _next_says_something(desk, stage, path)


def _unsaid(desk: Desk, stage: Stage, path: Path, result: str) -> None:
    because = say(
        'what follows when "{key}" ends with {result} is not said', key=stage.key, result=result
    )
    ordinary = result == stage.ordinary
    cure = "Add next: and a stage." if ordinary else "Add {result}: and a stage to outcomes."
    desk.fault(path, because, say(cure, result=result), FLOW)


def _next_says_something(desk: Desk, stage: Stage, path: Path) -> None:
    if stage.next is None or (stage.ordinary and stage.ordinary not in stage.outcomes):
        return
    because = say("next says nothing here: outcomes name where each result leads")
    desk.fault((*path, "next"), because, say("Remove next."), FLOW)


def _nothing_follows(desk: Desk, stage: Finish, path: Path) -> None:
    for name in ("next", "outcomes", "rounds"):
        if getattr(stage, name):
            because = say('"{key}" is an end, and nothing follows it', key=stage.key)
            desk.fault((*path, name), because, say("Remove {name}.", name=name), FLOW)


def _header(desk: Desk, procedure: Procedure) -> None:
    stem = desk.reading.name.removesuffix(".yaml")
    if procedure.procedure != stem:
        because = say(
            "the procedure is named {key}, and its file {file}",
            key=procedure.procedure,
            file=desk.reading.name,
        )
        cure = say("Name the file {file}.", file=f"{procedure.procedure}.yaml")
        desk.fault(("procedure",), because, cure, "rulebook_files")
    if procedure.until is not None and procedure.until <= procedure.since:
        because = say("the law ends on {until}, before it begins", until=procedure.until)
        desk.fault(("until",), because, say("Write a later date."), "rulebook_dates")
    if procedure.assessment is not None:
        for index, each in enumerate(procedure.assessment.panel):
            check_rule(desk, ("assessment", "panel", index), each.rule, "panel", each.given)


def _whole_way(desk: Desk, stages: list[Stage]) -> None:
    place = {each.key: ("stages", index) for index, each in enumerate(stages)}
    known = set(place)
    if any(set(each.targets.values()) - known for each in stages):
        return  # a way leads nowhere, which is said there
    for key in graph.unreachable(stages):
        because = say('no case ever comes to "{key}"', key=key)
        cure = say("Let a result of an earlier stage lead to it, or remove it.")
        desk.fault(place[key], because, cure, FLOW)
    for key in graph.endless(stages):
        because = say('no end can be reached from "{key}"', key=key)
        desk.fault(place[key], because, say("Let a result lead to a stage that finishes."), FLOW)
    for loop in graph.loops(stages):
        because = say(
            "{way} turns for ever although nobody does anything", way=" → ".join((*loop, loop[0]))
        )
        cure = say("Add rounds: {example} to one of them.", example="{at_most: 3, then: closed}")
        desk.fault(place[loop[0]], because, cure, FLOW)
