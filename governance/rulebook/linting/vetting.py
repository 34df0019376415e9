"""Calls and vetting: a call is open long enough, and nobody reviews what they have signed."""

from __future__ import annotations

from governance.refusals import say
from governance.rulebook.linting.desk import Desk, Path
from governance.rulebook.parts import Period
from governance.rulebook.stages import Checks, Collect, Stage

VETTING, CALL = "rulebook_vetting", "rulebook_call"
# As many days as a unit has at least, so that two periods can be held against each other.
DAYS = {"hours": 1 / 24, "days": 1, "working_days": 1, "months": 28, "years": 365}


def check_call_and_vetting(desk: Desk, stage: Stage, path: Path) -> None:
    """Note every fault of one stage that its schema does not see."""
    if isinstance(stage, Collect):
        _advertised(desk, stage, path)
    if isinstance(stage, Checks):
        _signatures(desk, stage, path)
        _exception(desk, stage, path)


def _advertised(desk: Desk, stage: Collect, path: Path) -> None:
    if stage.advertised is None or _days(stage.within) >= _days(stage.advertised.at_least):
        return
    because = say(
        "the call is open for {within}, and is to be advertised for {least} at least",
        within=stage.within,
        least=stage.advertised.at_least,
    )
    cure = say("Write a longer period under within.")
    desk.fault((*path, "within"), because, cure, CALL)


def _days(period: Period) -> float:
    return period.count * DAYS[period.unit]


def _signatures(desk: Desk, stage: Checks, path: Path) -> None:
    signs, reviews = stage.second_signature, stage.reconsideration
    if signs is not None and reviews is not None and signs.by == reviews.by:
        because = say("{office} would review the refusals that it has signed", office=signs.by)
        cure = say("Let another office review them.")
        desk.fault((*path, "reconsideration", "by"), because, cure, VETTING)
    if stage.reasons and signs is None:
        because = say("refusals have reason codes, and nobody is named who signs them second")
        cure = say("Add second_signature: with an office under by, and within.")
        desk.fault(path, because, cure, VETTING)


def _exception(desk: Desk, stage: Checks, path: Path) -> None:
    if stage.exception is None:
        return
    kinds = {each.kind for each in stage.checks}
    for index, kind in enumerate(stage.exception.kinds):
        desk.known((*path, "exception", "kinds", index), kind, "check of the stage", kinds, VETTING)
