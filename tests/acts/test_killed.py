"""kill -9 in the middle of an act: afterwards it has not happened at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from governance.appointments.launching import CONFIRM_NEED, Need
from governance.record.models import Outbox, Sealed, Work
from governance.settings import ROOT
from tests.acts.conftest import At

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("where", ["in the body", "before the commit"])
def test_an_act_that_is_killed_has_not_happened(at: At, tmp_path: Path, where: str) -> None:
    """No row, no entry, no notice, no lock is left of it; the next act is written as ever."""
    world = at("call")
    case, entries = world.the_case().model_dump(), len(world.entries())
    work = world.rows(Work)[0].model_dump()
    arguments = [world.house.database.url, str(tmp_path / "other"), world.case, where]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.acts.killed", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "now\n"
        child.kill()
    assert world.the_case().model_dump() == case
    assert len(world.entries()) == entries
    assert world.rows(Work)[0].model_dump() == work
    assert world.rows(Sealed) == []
    assert world.rows(Outbox) == []
    world.do("hr", CONFIRM_NEED, Need("job_description"))
    assert len(world.entries()) == entries + 1
    assert world.faults() == []
