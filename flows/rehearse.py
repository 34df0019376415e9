"""`python -m flows.rehearse PROCEDURE`, which `mandate rehearse` becomes.

The whole installation runs in a folder of its own, at a thousand times the clock. Invented people
act through its API, with the codes and links from their mails. Whatever is killed meanwhile is
started again, and the case ends in the same state.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func
from sqlmodel import col, select

from flows.catcher import mail_folder
from flows.environment import api_url
from flows.rehearsal.door import Door
from flows.rehearsal.facts import Summary, summary_of
from flows.rehearsal.hours import Hours, monday
from flows.rehearsal.invented import Cast, cast_of, more_candidates
from flows.rehearsal.letterbox import Letterbox
from flows.rehearsal.narrator import Narrator
from flows.rehearsal.panel import Panel
from flows.rehearsal.play import Play
from flows.rehearsal.rehearsal import Rehearsal, StandsStill
from flows.rehearsal.screen import Screen
from flows.rehearsal.stack import NotRunning, Stack, environment
from flows.wake import Waker
from governance import app
from governance.appointments.intake import MOST_ROWS
from governance.clock import SharedClock, WallClock
from governance.house import House
from governance.record.models import Entry
from governance.rulebook.loader import load
from governance.rulebook.schema import Procedure, Rulebook
from governance.rulebook.stages import Consult, Prepare
from governance.settings import Settings

PANEL = ("legal_adviser", "director_police_services", "regional_coordination")
SPEED, FASTEST = 1000, 10_000
NOT_KNOWN = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Rehearse a procedure; gives the exit status."""
    chosen = _parser().parse_args(arguments)
    rulebook = load(Settings().rulebook_folder)
    wanted = wanted_of(rulebook, chosen.procedure, chosen.candidates)
    if wanted is None:
        return _fail(_not_known(chosen.procedure, rulebook), NOT_KNOWN)
    keeps = chosen.keep is not None
    home = Path(chosen.keep or tempfile.mkdtemp(prefix="mandate-rehearsal-")).resolve()
    screen = Screen(plain=chosen.plain, in_json=chosen.json)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # asked to end like by Ctrl-C
    try:
        return _rehearse(home, screen, wanted, chosen.speed, keeps=keeps)
    except KeyboardInterrupt:
        again = f" It goes on with --keep {home}." if keeps else ""
        return _fail(f"Stopped.{again}", 130)
    except (NotRunning, StandsStill) as error:
        keeps = True  # whoever looks for the reason needs it
        return _fail(f"{error} The rehearsal is kept in {home}.", 1)
    finally:
        if not keeps:
            shutil.rmtree(home, ignore_errors=True)


@dataclass(frozen=True)
class Wanted:
    """What is rehearsed: a procedure of a rulebook, for a post that it fills."""

    rulebook: Rulebook
    procedure: Procedure
    post: str
    candidates: int = 0

    def play(self, folder: Path, home: Path | None = None) -> Play:
        """Who plays, and what they need; the people's files are in this folder."""
        sample = folder / "candidates.csv"
        if self.candidates and home is not None:
            sample = more_candidates(sample, self.candidates, home / "candidates.csv")
        stages = [each for each in self.procedure.stages if isinstance(each, Prepare)]
        needs = tuple(need for each in stages for need in each.needs)
        cast = cast_of(self.rulebook, folder, sample)
        return Play(cast, needs, sample, self._panel(cast))

    def _panel(self, cast: Cast) -> Panel | None:
        """Three who hold an office and decide nothing here, where the procedure has a panel."""
        stages = (each for each in self.procedure.stages if isinstance(each, Consult))
        scored = next((each.key for each in stages if each.form == "scores"), None)
        if scored is None:
            return None
        members = [cast.by_capacity[each] for each in PANEL if each in cast.by_capacity]
        return Panel(scored, tuple(members))


def wanted_of(rulebook: Rulebook, key: str, candidates: int = 0) -> Wanted | None:
    """What `rehearse KEY` means; None where there is no such procedure, or no post for it."""
    procedure = rulebook.procedure(key)
    posts = (each.key for each in rulebook.posts if each.procedure == key)
    post = next(posts, None)
    return Wanted(rulebook, procedure, post, candidates) if procedure and post else None


def _rehearse(home: Path, screen: Screen, wanted: Wanted, speed: float, *, keeps: bool) -> int:
    began = time.monotonic()
    home.mkdir(parents=True, exist_ok=True)
    os.environ.update(environment(home))
    settings = Settings()
    clock = _set_clock(settings)
    screen.say("Mandate is starting.")
    with Stack(settings) as stack, screen:
        clock.start(clock.now(), speed)
        screen.say(f"Mandate runs at {settings.base_url}, at {speed:g} times the clock.")
        house, waker = _house(settings)
        letterbox = Letterbox(mail_folder(settings))
        hours = Hours(house, house.calendars)
        door = Door(settings.base_url, letterbox, settings.mail_from, hours.unhurried)
        try:
            reference = _people(stack, door, hours, screen, wanted).run()
        finally:
            waker.stop()
            door.close()
        summary = summary_of(house, letterbox, reference)
        house.database.dispose()
        clock.start(clock.now(), 1)  # for whoever looks at it
    screen.end(summary, seconds=time.monotonic() - began, kept=home if keeps else None)
    return 0 if is_sound(summary) else 1


def is_sound(summary: Summary) -> bool:
    """Whether the record holds and every notice has left."""
    return summary.verified and not summary.lost and not summary.strange


def _people(stack: Stack, door: Door, hours: Hours, screen: Screen, wanted: Wanted) -> Rehearsal:
    play = wanted.play(stack.settings.rulebook_folder / "demonstration", stack.settings.home)
    return Rehearsal(
        stack=stack,
        door=door,
        play=play,
        hours=hours,
        narrator=Narrator(play.cast, hours, wanted.procedure.calendar),
        screen=screen,
        procedure=wanted.procedure.procedure,
        post=wanted.post,
    )


def _house(settings: Settings) -> tuple[House, Waker]:
    """The same rows as the installation's, to read the clock's work; waking is all it does."""
    asleep = app.build_house(settings)
    waker = Waker(lambda: app.take_turn(asleep), api_url(settings))
    waker.start()
    return app.build_house(settings, waker.wake), waker


def _set_clock(settings: Settings) -> SharedClock:
    """Begin on a Monday, or where the record of a kept rehearsal ends."""
    begins = monday(WallClock().now())
    if (settings.home / "mandate.db").exists():
        house = app.build_house(settings)
        with house.database.reading() as session:
            last = session.exec(select(func.max(col(Entry.at)))).one()
        house.database.dispose()
        begins = max(begins, last) if last is not None else begins
    clock = SharedClock(settings.home / "clock.json")
    clock.start(begins, 1)
    return clock


def _not_known(procedure: str, rulebook: Rulebook) -> str:
    known = ", ".join(each.procedure for each in rulebook.procedures)
    return f'There is no procedure "{procedure}" to rehearse. The rulebook has: {known}.'


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mandate rehearse",
        description="Rehearse a procedure with invented people, at a thousand times the clock.",
    )
    parser.add_argument("procedure", help="a procedure of the rulebook, such as regional-director")
    parser.add_argument(
        "--speed", type=_speed, default=SPEED, help="how many times as fast as real time"
    )
    parser.add_argument(
        "--keep",
        nargs="?",
        const="",
        metavar="DIR",
        help="keep everything, in this folder; a kept rehearsal goes on where it was",
    )
    parser.add_argument(
        "--candidates",
        type=_candidates,
        default=0,
        metavar="N",
        help="so many invented candidates instead of the sample of twelve",
    )
    parser.add_argument("--plain", action="store_true", help="lines without colours or a bar")
    parser.add_argument(
        "--json", action="store_true", help="one summary as JSON at the end; lines on stderr"
    )
    return parser


def _candidates(words: str) -> int:
    count = int(words)
    if not 1 <= count <= MOST_ROWS:
        raise argparse.ArgumentTypeError(f"{words} is not between 1 and {MOST_ROWS}")
    return count


def _speed(words: str) -> float:
    speed = float(words)
    if not 1 <= speed <= FASTEST:
        raise argparse.ArgumentTypeError(
            f"{words} is not between 1 and {FASTEST}: beyond, days would pass between acts"
        )
    return speed


def _fail(words: str, status: int) -> int:
    print(words, file=sys.stderr)  # noqa: T201 -- said to whoever started it
    return status


if __name__ == "__main__":
    sys.exit(main())
