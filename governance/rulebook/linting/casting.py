"""Who breaks a tie in a stage: an office that the organisation has, or the tie stays for ever."""

from __future__ import annotations

from governance.rulebook.decisions import Counting, DecisionRule
from governance.rulebook.linting.desk import Desk, Path

CASTING = "casting_vote"


def check_casting(desk: Desk, rule: DecisionRule, path: Path) -> None:
    """Where a tie asks for a casting vote, its caster is a known office: in each organ, too."""
    _caster(desk, rule, path)
    for key, organ in rule.organs.items():
        _caster(desk, organ, (*path, "organs", key))


def _caster(desk: Desk, counting: Counting, path: Path) -> None:
    """A stage asks offices, so nobody else can be called by the name of a seat or of the chair."""
    tie, offices = counting.tie, desk.offices
    if offices is None or CASTING not in (tie.rule, tie.then, tie.when_secret):
        return
    here = (*path, "tie", "chair") if "chair" in tie.model_fields_set else (*path, "tie")
    desk.known(here, f"office.{tie.chair}", "office", offices, "rulebook_name")
