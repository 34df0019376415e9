"""How fast it is, on this machine, now: `make bench`. Figures in `docs` come from here."""

from __future__ import annotations

import logging
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from soak import free_port, installed, launch, listens, officer_of, stage_of, unsent, wait, withdraw

from flows.environment import api_url
from flows.wake import Waker
from governance import app
from governance.acts import perform
from governance.appointments.candidates import IMPORT, CandidateFile
from governance.house import House
from governance.record import chain
from governance.settings import Settings

ACTS = 400
ROUNDS = 5


def main() -> None:
    """Every figure, one a line."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="mandate-bench-") as folder:
        acts(Path(folder) / "acts")
        from_act_to_letter(Path(folder) / "letter")


def acts(home: Path) -> None:
    """Acts in a row through the one door, record and due work included, and their verification."""
    house = installed(Settings(home=home))
    officer = officer_of(house)
    began = time.perf_counter()
    for _ in range(ACTS // 2):
        withdraw(house, officer, launch(house, officer))
    print(f"{ACTS / (time.perf_counter() - began):8.0f} acts a second, one after the other")
    began = time.perf_counter()
    with house.database.reading() as session:
        entries, _ = chain.verify(session)
    print(f"{entries / (time.perf_counter() - began):8.0f} entries verified a second")


def from_act_to_letter(home: Path) -> None:
    """From the command to pages that answer; then from an act to the last of its twelve letters."""
    chosen = {name: free_port() for name in ("PORT", "PREFECT_PORT", "SMTP_PORT")}
    os.environ |= {f"MANDATE_{name}": str(port) for name, port in chosen.items()}
    os.environ |= {"MANDATE_HOME": str(home), "MANDATE_DEMONSTRATION": "true"}
    began = time.perf_counter()
    run = subprocess.Popen([sys.executable, "-m", "flows.run"], stdout=subprocess.DEVNULL)
    try:
        wait("the pages", lambda: listens(chosen["PORT"]))
        print(f"{time.perf_counter() - began:8.1f} s from the command to the pages")
        wait("Prefect", lambda: listens(chosen["PREFECT_PORT"]))
        house = app.build_house(Settings())
        waker = Waker(lambda: app.take_turn(house), api_url(house.settings))
        waker.start()
        times = _letters(house, waker)
        print(f"{statistics.median(times):8.2f} s from an act to the last of its twelve letters")
        waker.stop()
    finally:
        run.send_signal(signal.SIGINT)
        run.wait()


def _letters(house: House, waker: Waker) -> list[float]:
    officer, times = officer_of(house), []
    sample = house.settings.rulebook_folder / "demonstration" / "candidates.csv"
    for _ in range(ROUNDS):
        case = launch(house, officer)
        waker.wake()
        wait("the call", lambda case=case: stage_of(house, case) == "applications")
        time.sleep(1)
        began = time.perf_counter()
        perform(house, officer, IMPORT, case, CandidateFile(sample.read_bytes()))
        waker.wake()
        wait("the letters", lambda: not unsent(house))
        times.append(time.perf_counter() - began)
        withdraw(house, officer, case)
    return times


if __name__ == "__main__":
    main()
