"""The lives of an assessment, of a seat on its panel, of a test or interview. Read this first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import State

from governance.appointments.assessment.rules import (
    everybody_has_declared,
    everybody_who_scores_has_scored,
    panel_is_lawful,
    recommendation_is_of_the_ranked,
)
from governance.appointments.lifecycle import ASKED, CLOCK, HR
from governance.lifecycle import Lifecycle
from governance.refusals import satisfies


class AssessmentLifecycle(Lifecycle):
    """An assessment: criteria fixed, panel composed, scores in, ranked, a shortlist recommended."""

    fixed = State("Criteria fixed", initial=True)
    composed = State("Panel composed")
    scoring = State("Being scored")
    ranked = State("Ranked")
    recommended = State("Shortlist recommended", final=True)

    compose = fixed.to(composed, validators=satisfies(panel_is_lawful))
    recompose = composed.to(fixed)
    begin_scoring = composed.to(scoring, validators=satisfies(everybody_has_declared))
    rank = scoring.to(ranked, validators=satisfies(everybody_who_scores_has_scored))
    score_again = ranked.to(composed) | scoring.to(composed)
    recommend = ranked.to(recommended, validators=satisfies(recommendation_is_of_the_ranked))

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "compose": frozenset({HR}),
        "recompose": frozenset({HR}),
        "begin_scoring": frozenset({HR, CLOCK}),
        "rank": frozenset({CLOCK}),
        "score_again": frozenset({HR}),
        "recommend": frozenset({HR}),
    }


class PanelMemberLifecycle(Lifecycle):
    """A seat on a panel: named, sworn in by a declaration, or recused and replaced."""

    named = State("Named", initial=True)
    declared = State("Has declared")
    recused = State("Recused", final=True)
    released = State("Released", final=True)

    declare = named.to(declared) | declared.to(declared)
    recuse = named.to(recused) | declared.to(recused)
    release = named.to(released) | declared.to(released)

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "declare": frozenset({ASKED, HR}),
        "recuse": frozenset({ASKED, HR}),
        "release": frozenset({HR}),
    }


class ExaminationLifecycle(Lifecycle):
    """A written test or an interview: set, perhaps moved, then held or called off."""

    set_ = State("Set", value="set", initial=True)
    held = State("Held", final=True)
    called_off = State("Called off", final=True)

    move = set_.to(set_)
    hold = set_.to(held)
    call_off = set_.to(called_off)

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "move": frozenset({HR}),
        "hold": frozenset({HR}),
        "call_off": frozenset({HR}),
    }
