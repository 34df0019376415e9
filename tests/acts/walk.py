"""One walk of a case for each database; a test gets a copy as it stood at a stage."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pendulum import DateTime

from governance import app
from governance.acts import perform
from governance.appointments.candidates import IMPORT
from governance.appointments.launching import CONFIRM_NEED, LAUNCH, Launch, Need
from governance.appointments.models import Task
from governance.appointments.vetting import (
    COMPLETE_TASK,
    CONFIRM_ELIGIBILITY,
    Confirmed,
    Done,
)
from governance.calendar.days import Calendar
from governance.settings import Settings
from tests.acts import competing
from tests.acts.world import (
    CANDIDATES,
    LEADERS,
    POST,
    PROCEDURE,
    World,
    build,
    candidates_file,
    settle_in,
)

# --- the walk ------------------------------------------------------------------------------


def _launch(world: World) -> None:
    receipt = perform(world.house, world.as_("hr"), LAUNCH, None, Launch(PROCEDURE, POST))
    assert receipt is not None
    world.case = receipt.subject_id


def _call(world: World) -> None:
    for need in ("job_description", "funding_confirmed"):
        world.do("hr", CONFIRM_NEED, Need(need))


def _apply(world: World) -> None:
    world.do("hr", IMPORT, candidates_file(*CANDIDATES))
    world.go_on()
    world.clock.advance(days=45)


def _confirm(world: World) -> None:
    world.do("hr", CONFIRM_ELIGIBILITY, Confirmed())


def _vet(world: World) -> None:
    world.record_checks("satisfactory")


def _select(world: World) -> None:
    world.answer("panel", "shortlist", "Aalto", "Boonmee")


def _consent(world: World) -> None:
    for leader in LEADERS:
        world.answer(leader, "no_objection")


def _appoint(world: World) -> None:
    world.answer("sg", "appoint", "Aalto")


def _accept(world: World) -> None:
    world.answer_by_link("accept")


def _induct(world: World) -> None:
    for task in world.rows(Task):
        world.do("hr", COMPLETE_TASK, Done(task.key))


# Where the case stands, and what brings it there from the stage before.
WALK: tuple[tuple[str, Callable[[World], None]], ...] = (
    ("nothing", settle_in),
    ("call", _launch),
    ("applications", _call),
    ("eligibility", _apply),
    ("vetting", _confirm),
    ("selection", _vet),
    ("consultation", _select),
    ("decision", _consent),
    ("acceptance", _appoint),
    ("entry_on_duty", _accept),
    ("done", _induct),
)


# A competition with a panel, on a walk of its own: from which stage, and what leads to it.
COMPETITION: dict[str, tuple[str, Callable[[World], None]]] = {
    "ranked": ("nothing", competing.ranked),
    "expected": ("ranked", competing.ended_here),
}


@dataclass(frozen=True)
class Snapshot:
    """A database as it stood: its name or file, the keys, the time, the case."""

    where: str
    keys: Path
    now: DateTime
    case: str


@dataclass
class Shelf:
    """Snapshots of one walk on one kind of database. `copy` makes a database from another."""

    folder: Path
    copy: Callable[[str | None, str], str]
    url_of: Callable[[str], str]

    @cached_property
    def calendars(self) -> Mapping[str, Calendar]:
        """The calendars of the organisation, read once."""
        return app.calendars(Settings(home=self.folder))

    @cached_property
    def taken(self) -> dict[str, Snapshot]:
        """The snapshots that exist."""
        return {}

    def at(self, stage: str, name: str, folder: Path) -> World:
        """A copy of the world as it stood at a stage."""
        snapshot = self.taken.get(stage) or self._take(stage)
        url = self.url_of(self.copy(snapshot.where, name))
        shutil.copytree(snapshot.keys, folder / "keys", dirs_exist_ok=True)
        world = build(url, folder, self.calendars, snapshot.now)
        world.case = snapshot.case
        return world

    def _take(self, stage: str) -> Snapshot:
        before, lead = _way_to(stage)
        folder = self.folder / stage
        (folder / "keys").mkdir(parents=True)
        if not before:
            where = self.copy(None, stage)
            world = build(self.url_of(where), folder, self.calendars)
        else:
            world = self.at(before, stage, folder)
            where = self.taken[before].where.replace(before, stage)
        lead(world)
        world.go_on()
        world.house.database.dispose()
        self.taken[stage] = Snapshot(where, folder / "keys", world.clock.now(), world.case)
        return self.taken[stage]


def _way_to(stage: str) -> tuple[str, Callable[[World], None]]:
    """The stage before one, and what leads from there; nothing stands before the first."""
    if stage in COMPETITION:
        return COMPETITION[stage]
    number = [key for key, _ in WALK].index(stage)
    return (WALK[number - 1][0] if number else ""), WALK[number][1]
