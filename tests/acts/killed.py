"""A process that acts and is killed in the middle of an act: `python -m tests.acts.killed ...`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from governance.access.actor import CLOCK
from governance.acts import Moment, Verb, Written, perform
from governance.appointments.models import Case
from governance.record import work
from governance.record.outbox import Notice
from tests.acts.world import build


def _anybody(_: Moment, __: object, ___: object) -> str:
    return "test"


def _say_and_wait() -> None:
    print("now", flush=True)  # noqa: T201 -- to the parent, which kills now
    time.sleep(60)


def _body(moment: Moment, case: Case | None, wait: bool) -> Written[Case]:
    assert case is not None
    case.needs = {**case.needs, "killed": {}}
    moment.seal(f"case:{case.id}", "a text of the act that was killed")
    moment.owe("case", case.id)
    moment.tell(("case", case.id), Notice("killed", "hr", "acknowledgement"))
    moment.session.flush()
    if wait:
        _say_and_wait()
    return Written({"killed": True}, case)


VERB: Verb[Case, bool] = Verb("case:justify", Case, "case", _anybody, _body)


def main(url: str, folder: str, case: str, where: str) -> None:
    """Act, and wait to be killed: in the body, or when all rows are written before the commit."""
    world = build(url, Path(folder), {})
    if where == "before the commit":
        owe = work.owe

        def owe_and_wait(*given: object) -> None:
            owe(*given)  # type: ignore[arg-type]
            given[0].flush()  # type: ignore[attr-defined]
            _say_and_wait()

        work.owe = owe_and_wait
    perform(world.house, CLOCK, VERB, case, where == "in the body")


if __name__ == "__main__":
    main(*sys.argv[1:])
