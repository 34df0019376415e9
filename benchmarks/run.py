"""How fast it is, on this machine, now: `make bench`. One line a figure: what, how much, ratio.

Ratios are to a target of the design, or to the same thing without what is measured; both are taken
in the same minutes, so that a busy machine spoils neither more than the other.
"""

from __future__ import annotations

import logging
import os
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

import assembly
import beside
import compositions
import crowd
import many

from flows.catcher import mail_folder
from flows.rehearsal.door import Door
from flows.rehearsal.invented import Invented, cast_of
from flows.rehearsal.letterbox import Letterbox
from flows.rehearsal.stack import Stack, environment, free_ports
from flows.wake import Waker
from governance import app
from governance.documents.render import record
from governance.documents.samples import sample
from governance.house import House
from governance.record import chain
from governance.record.models import Work
from governance.rulebook.loader import load
from governance.settings import Settings

ANSWERS = 400
MOODS = ("nobody", "hanging", "slow", "away")
MEASURED, AT_ONCE, SPARE = 10, 50, 2
TO_THE_NEXT_MAIL, TO_PAGES, LETTERS = 2.0, 15.0, 20
SLOW, HANGING = 2.0, 120.0
REST = 2.0


def main() -> None:
    """Every figure, one a line; with words, only the parts that they name."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    parts: dict[str, Callable[[Path], None]] = {
        "acts": acts,
        "beside": beside_peers,
        "prefect": without_prefect,
        "letters": letters,
        "compositions": lambda _: compositions.compositions(say),
        "assembly": lambda home: assembly.assembly(home, say),
        "crowd": lambda home: crowd.crowd(home, say),
        "stack": stack,
    }
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for name in sys.argv[1:] or parts:
        with tempfile.TemporaryDirectory(prefix="mandate-bench-") as folder:
            parts[name](Path(folder).resolve())
    print(f"load after: {os.getloadavg()[0]:.1f}")


def say(what: str, figure: str, ratio: str) -> None:
    """One line."""
    print(f"{what:<62} {figure:>24}   {ratio}", flush=True)


# --- in one process --------------------------------------------------------------------------


def acts(home: Path) -> None:
    """Decisions through the one door: rows, record, outbox and due work in one transaction."""
    house = many.installed(Settings(home=home, clock_file=home / "clock.json"))
    case = many.launched(house)
    asked = many.put(house, case, ANSWERS)
    spent = [_time(partial(many.answer, house, each)) for each in asked]
    rate = 1 / statistics.median(spent)
    plain = _commits(home)
    say("decisions a second on SQLite, one after the other", f"{rate:.0f}/s", f"{_p(spent)}")
    say("  beside empty commits of the same file system", f"{plain:.0f}/s", f"{rate / plain:.2f} x")
    entries, took = _verified(house)
    say("entries of the record verified a second", f"{entries / took:.0f}/s", "")


def beside_peers(home: Path) -> None:
    """Approvals beside Viewflow and SpiffWorkflow, on the same work in the same minutes."""
    found = beside.measured(home)
    for kind, what, targets in BESIDE:
        ours = statistics.median(found[kind]["Mandate"])
        say(f"{what}, a second", f"{ours:.0f}/s", "")
        for peer, wanted in targets.items():
            theirs = statistics.median(found[kind.replace("alone", "five")][peer])
            aimed = f"{ours / theirs:.2f} x (aimed at {wanted:g} x)"
            say(f"  beside {peer}", f"{theirs:.0f}/s", aimed)


_FIVE, _FORTY = {"SpiffWorkflow": 1.0, "Viewflow": 2.0}, {"SpiffWorkflow": 5.0, "Viewflow": 5.0}
BESIDE: tuple[tuple[str, str, dict[str, float]], ...] = (
    ("five", "approvals in cases of five, next question put", _FIVE),
    ("five_cpu", "the same by time of the processor", _FIVE),
    ("alone", "approvals in cases of five, answers alone", _FIVE),
    ("alone_cpu", "the same by time of the processor", _FIVE),
    ("forty", "answers to one question put to forty", _FORTY),
    ("forty_cpu", "the same by time of the processor", _FORTY),
)


def _verified(house: House) -> tuple[int, float]:
    began = time.perf_counter()
    with house.database.reading() as session:
        entries, faults = chain.verify(session)
    assert not faults
    return entries, time.perf_counter() - began


def _commits(home: Path) -> float:
    import sqlite3  # noqa: PLC0415 -- the peer, not the product

    with sqlite3.connect(home / "peer.db", isolation_level=None) as peer:
        peer.execute("PRAGMA journal_mode=WAL")
        peer.execute("CREATE TABLE kept (body TEXT)")
        insert = "INSERT INTO kept VALUES (hex(randomblob(400)))"
        spent = [_time(lambda: peer.execute(insert)) for _ in range(ANSWERS)]
    return 1 / statistics.median(spent)


def without_prefect(home: Path) -> None:
    """Answers while Prefect's API hangs, crawls or is away, beside answers that wake nobody.

    Each mood has a house of its own; they take turns answer by answer, and who is first goes round.
    """
    with ExitStack() as moods:
        sides = [moods.enter_context(_side(home / mood, mood)) for mood in MOODS]
        for number in range(ANSWERS):
            first = number % len(sides)
            for side in sides[first:] + sides[:first]:
                side.answer(number)
    medians = {side.mood: statistics.median(side.spent) for side in sides}
    alone = medians.pop("nobody")
    say(f"{ANSWERS} answers in a row, nobody to wake: median", _ms(alone), "1.00 x")
    for mood, median in medians.items():
        say(f"  with Prefect {mood}", _ms(median), f"{median / alone:.2f} x (at most 1.10)")
    lost = sum(ANSWERS - side.owed() for side in sides)
    say("  due work that was not recorded", str(lost), f"of {len(sides) * ANSWERS}")


@dataclass
class _Side:
    """A house whose answers wake somebody in one mood, and what each of them cost."""

    mood: str
    house: House
    case: str
    asked: list[tuple[str, str]]
    before: int
    spent: list[float] = field(default_factory=list)

    def answer(self, number: int) -> None:
        """One answer."""
        self.spent.append(_time(partial(many.answer, self.house, self.asked[number])))

    def owed(self) -> int:
        """How much due work the answers have left."""
        return _owed(self.house, self.case) - self.before


@contextmanager
def _side(home: Path, mood: str) -> Iterator[_Side]:
    house = many.installed(Settings(home=home, clock_file=home / "clock.json"))
    case = many.launched(house)
    asked = many.put(house, case, ANSWERS)
    (port,) = free_ports(1)
    with _useless(mood, port):
        waker = Waker(lambda: app.take_turn(house), f"http://127.0.0.1:{port}/api")
        waker.start()
        woken = replace(house, wake=waker.wake) if mood != "nobody" else house
        yield _Side(mood, woken, case, asked, _owed(house, case))
        waker.stop()
    house.database.dispose()


@contextmanager
def _useless(mood: str, port: int) -> Iterator[None]:
    """A server that takes connections and says nothing, for a while or for ever; or none."""
    if mood in {"away", "nobody"}:
        yield
        return
    with socket.create_server(("127.0.0.1", port)) as server:
        pause = SLOW if mood == "slow" else HANGING
        threading.Thread(target=_answer_late, args=(server, pause), daemon=True).start()
        yield


def _answer_late(server: socket.socket, pause: float) -> None:
    while True:
        try:
            caller, _ = server.accept()
        except OSError:
            return
        timer = threading.Timer(pause, caller.close)
        timer.daemon = True
        timer.start()


def _owed(house: House, case: str) -> int:
    with house.database.reading() as session:
        row = session.get(Work, ("case", case))
        return row.due_seq if row else 0


def letters(_: Path) -> None:
    """A letter of appointment as PDF and HTML, once everything is warm."""
    facts, day = sample("appointment", "en"), date(2027, 3, 1)

    def write() -> None:
        record("appointment", "en", facts, day, salt=b"0" * 16)

    cold = _time(write)
    warm = [_time(write) for _ in range(LETTERS)]
    median = statistics.median(warm)
    say("a letter of appointment, PDF and HTML, warm", _ms(median), f"{median / cold:.2f} x cold")


# --- the whole installation ------------------------------------------------------------------


def stack(home: Path) -> None:
    """From `mandate run` to pages; from an answer to the next person's mail; fifty at once."""
    posts = MEASURED + AT_ONCE + SPARE
    folder = many.rulebooks(home, posts)
    settings = many.environment_of({**environment(home), "MANDATE_RULEBOOKS": str(folder)})
    house = many.installed(settings)
    questions = many.before_the_last_leader(house, posts)
    invented = settings.rulebook_folder / "demonstration"
    cast = cast_of(load(settings.rulebook_folder), invented, invented / "candidates.csv")
    leader, decider = (
        cast.by_capacity["regional_coordination"],
        cast.by_capacity["secretary_general"],
    )
    letterbox = Letterbox(mail_folder(settings))
    with Stack(settings) as running:
        _from_run_to_pages(running)
        door = Door(settings.base_url, letterbox, settings.mail_from)
        bench = _Mailed(door, letterbox, leader, decider)
        _one_by_one(bench, questions[:MEASURED], warm_up=questions[-SPARE:])
        _at_once(bench, questions[MEASURED:-SPARE])
        door.close()
    house.database.dispose()


def _from_run_to_pages(running: Stack) -> None:
    pages, all_of_it = running.pages_after, running.ready_after
    say("from `mandate run` to pages that answer", f"{pages:.1f} s", _target(pages, TO_PAGES))
    say("  to orchestration that answers", f"{all_of_it:.1f} s", "")


class _Mailed:
    """A leader who answers, and the mail to whoever comes next."""

    def __init__(
        self, door: Door, letterbox: Letterbox, leader: Invented, decider: Invented
    ) -> None:
        self._door, self._letterbox = door, letterbox
        self._leader, self._decider = leader, decider

    def answer(self, question: str) -> None:
        """The last leader has no objection."""
        given = {"position": "no_objection", "chosen": [], "text": "", "seen_version": 1}
        self._door.act(self._leader, f"/consultations/{question}/answer", given)

    def mails(self) -> int:
        """How many questions the Secretary General has had by mail."""
        mails = self._letterbox.mails()
        return sum(each.to == self._decider.email and not each.is_code for each in mails)

    def until(self, count: int) -> None:
        """Wait for so many mails."""
        began = time.perf_counter()
        while self.mails() < count:
            assert time.perf_counter() - began < HANGING, "the mail does not come"
            time.sleep(0.005)


def _one_by_one(bench: _Mailed, questions: list[str], warm_up: list[str]) -> None:
    spent = []
    for each in [*warm_up, *questions]:
        time.sleep(REST)  # idle
        there, began = bench.mails(), time.perf_counter()
        bench.answer(each)
        bench.until(there + 1)
        spent.append(time.perf_counter() - began)
    spent = spent[len(warm_up) :]
    median, longest = statistics.median(spent), max(spent)
    what = f"from an answer to the next person's mail, idle: median of {len(spent)}"
    say(what, f"{median:.2f} s", _target(median, TO_THE_NEXT_MAIL))
    say("  the longest of them", f"{longest:.2f} s", _target(longest, TO_THE_NEXT_MAIL))


def _at_once(bench: _Mailed, questions: list[str]) -> None:
    there, began = bench.mails(), time.perf_counter()
    with ThreadPoolExecutor(len(questions)) as hands:
        list(hands.map(bench.answer, questions))
    answered = time.perf_counter() - began
    bench.until(there + len(questions))
    took = time.perf_counter() - began
    say(f"{len(questions)} answers at once: all recorded after", f"{answered:.2f} s", "")
    say("  all cases gone on, all next mails there, after", f"{took:.2f} s", "none lost")


# --- the small change ------------------------------------------------------------------------


def _time(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def _p(spent: list[float]) -> str:
    return (
        f"median {_ms(statistics.median(spent))}, p95 {_ms(sorted(spent)[len(spent) * 95 // 100])}"
    )


def _target(seconds: float, target: float) -> str:
    return f"{seconds / target:.2f} of the {target:g} s aimed at"


if __name__ == "__main__":
    main()
