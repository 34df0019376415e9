"""Kill, stall and flood what runs, and see that nothing is lost: `make soak`.

First: 400 acts in a row while Prefect's API hangs, crawls and is away, beside the same without
Prefect. Then: a whole installation whose parts are killed at random moments while cases are
launched and candidates apply; in the end every case stands where it should, every letter has left
under one Message-ID, and the record is whole.
"""

from __future__ import annotations

import logging
import mailbox
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlmodel import col, select

from flows.environment import api_url
from flows.wake import Waker
from governance import app, demonstration, installing
from governance.access.actor import Actor, Level
from governance.acts import perform
from governance.appointments.candidates import IMPORT, CandidateFile
from governance.appointments.launching import LAUNCH, WITHDRAW, Launch, Why
from governance.appointments.models import Case
from governance.house import House
from governance.people.models import Grant
from governance.people.queries import roles_of
from governance.record import chain
from governance.record.models import Outbox
from governance.settings import Settings

ANSWERS, CASES, KILLS = 400, 5, 10
PATIENCE = 120.0


def main() -> None:
    """Both parts; fails aloud where something was lost."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="mandate-soak-") as folder:
        stall(Path(folder) / "stall")
        kill(Path(folder) / "kill")


# --- Prefect hangs, crawls, is away ----------------------------------------------------------


def stall(home: Path) -> None:
    """What an act costs while Prefect is of no use."""
    house = installed(Settings(home=home, prefect_port=free_port()))
    plain = _timed(house)
    print(f"{'without Prefect':<16} {_figures(plain)}")
    for mood in ("hanging", "slow", "away"):
        port = free_port()
        with _useless(mood, port):
            waker = Waker(lambda: app.take_turn(house), f"http://127.0.0.1:{port}/api")
            waker.start()
            costs = _timed(replace(house, wake=waker.wake))
            waker.stop()
        slower = statistics.median(costs) / statistics.median(plain) - 1
        print(f"{mood:<16} {_figures(costs)}, median {slower:+.0%}")


def _timed(house: House) -> list[float]:
    costs, officer = [], officer_of(house)
    for _ in range(ANSWERS // 2):
        began = time.perf_counter()
        case = launch(house, officer)
        launched = time.perf_counter()
        withdraw(house, officer, case)
        costs += [launched - began, time.perf_counter() - launched]
    return costs


def _figures(costs: list[float]) -> str:
    ordered = sorted(costs)
    middle, late = statistics.median(ordered), ordered[int(len(ordered) * 0.99)]
    return f"{len(costs)} acts, median {middle * 1000:.1f} ms, p99 {late * 1000:.1f} ms"


@contextmanager
def _useless(mood: str, port: int) -> Iterator[None]:
    if mood == "away":
        yield
        return
    with socket.create_server(("127.0.0.1", port)) as server:
        pause = 0.8 if mood == "slow" else 60.0
        threading.Thread(target=_answer_late, args=(server, pause), daemon=True).start()
        yield


def _answer_late(server: socket.socket, pause: float) -> None:
    while True:
        try:
            caller, _ = server.accept()
        except OSError:
            return
        threading.Timer(pause, caller.close).start()


# --- parts are killed ------------------------------------------------------------------------


def kill(home: Path) -> None:
    """Kill parts at random moments while cases go on."""
    chosen = {name: free_port() for name in ("PORT", "PREFECT_PORT", "SMTP_PORT")}
    os.environ |= {f"MANDATE_{name}": str(port) for name, port in chosen.items()}
    os.environ |= {"MANDATE_HOME": str(home), "MANDATE_DEMONSTRATION": "true"}
    run = subprocess.Popen([sys.executable, "-m", "flows.run"], stdout=subprocess.DEVNULL)
    try:
        wait("the pages", lambda: listens(chosen["PORT"]))
        house = app.build_house(Settings())
        waker = Waker(lambda: app.take_turn(house), api_url(house.settings))
        waker.start()
        cases = _through_kills(replace(house, wake=waker.wake), run.pid)
        wait("every letter", lambda: not unsent(house))
        waker.stop()
        _judge(house, cases, _letters(home))
    finally:
        run.send_signal(signal.SIGINT)
        run.wait()


def _through_kills(house: House, supervisor: int) -> list[str]:
    officer, dice = officer_of(house), random.Random(3)
    for kill_number in range(KILLS):
        threading.Timer(
            2.0 + kill_number * 3 * dice.random(), _kill_one, (supervisor, dice)
        ).start()
    sample = house.settings.rulebook_folder / "demonstration" / "candidates.csv"
    cases = []
    for _ in range(CASES):
        case = launch(house, officer)
        wait("the call", lambda case=case: stage_of(house, case) == "applications")
        perform(house, officer, IMPORT, case, CandidateFile(sample.read_bytes()))
        wait("the letters", lambda: not unsent(house))
        withdraw(house, officer, case)
        cases.append(case)
    return cases


def _kill_one(supervisor: int, dice: random.Random) -> None:
    children = subprocess.run(
        ["pgrep", "-P", str(supervisor)], capture_output=True, text=True, check=False
    ).stdout.split()
    if children:
        os.kill(int(dice.choice(children)), signal.SIGKILL)
        print("killed one")


def _letters(home: Path) -> Counter[tuple[str, str]]:
    folder = mailbox.Maildir(home / "mail", create=False)
    return Counter((str(each["To"]), str(each["Message-ID"])) for each in folder)


def unsent(house: House) -> int:
    """How many letters are still to leave."""
    with house.database.reading() as session:
        query = select(Outbox.key).where(
            col(Outbox.handed_over_at).is_(None), col(Outbox.cancelled_because).is_(None)
        )
        return len(session.exec(query).all())


def _judge(house: House, cases: list[str], letters: Counter[tuple[str, str]]) -> None:
    with house.database.reading() as session:
        entries, faults = chain.verify(session)
        owed = len(session.exec(select(Outbox.key)).all())
    twice = sum(1 for count in letters.values() if count > 1)
    print(f"{len(cases)} cases; {owed} letters owed, {len(letters)} left, {twice} of them twice")
    print(f"{entries} entries, {len(faults)} faults")
    if faults or len(letters) != owed:
        sys.exit("Something was lost.")


# --- the small change ------------------------------------------------------------------------


def installed(settings: Settings) -> House:
    """A house with the demonstration's people."""
    house = app.build_house(settings)
    installing.install(house)
    demonstration.load_people(house)
    return house


def officer_of(house: House) -> Actor:
    """The HR officer of the demonstration."""
    with house.database.reading() as session:
        person = session.exec(select(Grant.person_id).where(col(Grant.role) == "hr_officer")).one()
        return Actor(person, Level.SESSION, "cli", roles_of(session, person))


def launch(house: House, officer: Actor) -> str:
    """A case, launched; gives its id."""
    confirmed = {"job_description": "JD 1", "funding_confirmed": "line 4.2"}
    given = Launch("regional-director", "regional-director-abidjan", confirmed=confirmed)
    receipt = perform(house, officer, LAUNCH, None, given)
    assert receipt is not None
    return receipt.subject_id


def withdraw(house: House, officer: Actor, case: str) -> None:
    """End a case, so that its post is free for the next one."""
    perform(house, officer, WITHDRAW, case, Why("The next one is wanted."))


def stage_of(house: House, case: str) -> str:
    """Where a case is now."""
    with house.database.reading() as session:
        return session.get_one(Case, case).stage


def wait(what: str, holds: Callable[[], bool]) -> None:
    """Wait until something holds; end the program where it never does."""
    until = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > until:
            sys.exit(f"Waited {PATIENCE:.0f} s for {what}.")
        time.sleep(0.1)


def listens(port: int) -> bool:
    """Whether somebody listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
