"""The rehearsal itself: look how the case stands, let somebody act, or let time pass."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from flows.rehearsal.door import Door, Rejected, Unreachable
from flows.rehearsal.hours import Hours
from flows.rehearsal.narrator import Narrator, Told
from flows.rehearsal.play import Act, Play, Reply, answer_to, count_of
from flows.rehearsal.screen import Screen
from flows.rehearsal.stack import Stack

PATIENCE = 300.0
MOST_REFUSALS = 10
GLANCE, PAUSE, WORKS = 0.05, 0.2, 2.0
DAY = 24 * 3600


class StandsStill(Exception):
    """The case does not go on: a sentence that says where and why."""


@dataclass
class Rehearsal:
    """One case of a procedure, from launch to its end."""

    stack: Stack
    door: Door
    play: Play
    hours: Hours
    narrator: Narrator
    screen: Screen
    procedure: str
    post: str
    _refusals: int = 0
    _seen: tuple[Any, ...] = ()
    _changed_at: float = field(default_factory=time.monotonic)

    def run(self) -> str:
        """Go on until the case has ended; gives its reference."""
        while True:
            self.stack.must_run()
            try:
                reference = self._turn()
            except Unreachable:  # killed, or not there yet: the same intention, a moment later
                reference = None
                time.sleep(PAUSE)
            except Rejected as rejected:
                self._count(rejected)
                reference = None
            if reference is not None:
                return reference
            self._must_go_on()

    def _turn(self) -> str | None:
        case = self._case()
        if case is None:
            self._launch()
            return None
        is_calm = self.hours.is_calm()  # before the case is read: what is calm may be read late
        case = self._look(case["reference"])
        act = self.play.next(case, is_calm=is_calm) if case["state"] == "running" else None
        if act is not None:
            self._do(act)
        elif is_calm and case["state"] != "running":
            return str(case["reference"])
        elif is_calm:
            self._let_time_pass(case)
        else:
            self._let_it_work()
        return None

    def _let_it_work(self) -> None:
        """While the installation works the clock is not hurried: people wait for what it does."""
        until = time.monotonic() + WORKS
        with self.hours.unhurried():
            while time.monotonic() < until and not self.hours.is_calm():
                time.sleep(GLANCE)

    def _case(self) -> Told | None:
        officer = self.play.cast.officer()
        listed = self.door.read(officer, "/appointments")["appointments"]
        return next((each for each in listed if each["post"] == self.post), None)

    def _launch(self) -> None:
        act = self.play.launch(self.procedure, self.post)
        self.hours.wait_for_office_hours(act.who.station)
        self.door.act(act.who, act.path, act.given)

    def _look(self, reference: str) -> Told:
        officer = self.play.cast.officer()
        record = self.door.read(officer, f"/record/{reference}")
        case: Told = self.door.read(officer, f"/appointments/{reference}")
        if self.play.panel is not None:
            case = {**case, "assessment": self._assessment(reference)}
        self.screen.tell(self.narrator.lines(case, record))
        stages = [each["key"] for each in case["stages"]]
        title = next(each["title"]["en"] for each in case["stages"] if each["key"] == case["stage"])
        passed = stages.index(case["stage"]) if case["state"] == "running" else len(stages)
        self.screen.stage(title, passed, len(stages))
        self._note((case["state"], len(record), self.narrator.mails))
        return case

    def _assessment(self, reference: str) -> Told:
        officer = self.play.cast.officer()
        told: Told = self.door.read(officer, f"/appointments/{reference}/assessment")
        return told

    def _do(self, act: Act | Reply) -> None:
        self.hours.wait_for_office_hours(act.who.station)
        if isinstance(act, Reply):
            self._answer(act)
        else:
            self.door.act(act.who, act.path, act.given)

    def _answer(self, reply: Reply) -> None:
        """As whoever is asked does it: open the question that waits, read it, answer it."""
        path = f"/consultations/{reply.consultation}"
        question = self.door.read(reply.who, path, link=reply.by_link)
        if question["by_tellers"]:
            self.door.act(reply.who, f"{path}/count", count_of(question))
            return
        given = answer_to(question) | ({"scores": reply.scores} if reply.scores else {})
        self.door.act(reply.who, f"{path}/answer", given, link=reply.by_link)

    def _let_time_pass(self, case: Told) -> None:
        leapt = self.hours.leap()
        if leapt is None:
            raise StandsStill(
                f"{case['reference']} stands still at the stage “{case['stage']}”: nobody can act, "
                f"and no deadline lies ahead. {' '.join(self.hours.stuck())}".strip()
            )
        days = round((leapt[1] - leapt[0]).total_seconds() / DAY)
        if days:
            self.screen.say(f"({'one day passes' if days == 1 else f'{days} days pass'})")

    def _count(self, rejected: Rejected) -> None:
        """An act that somebody was too late for is seen as done; one that never goes is told."""
        self._refusals += 1
        if self._refusals >= MOST_REFUSALS:
            raise StandsStill(f"The installation says no: {rejected}") from rejected
        time.sleep(PAUSE)

    def _note(self, seen: tuple[Any, ...]) -> None:
        if seen != self._seen:
            self._seen, self._changed_at = seen, time.monotonic()
            self._refusals = 0

    def _must_go_on(self) -> None:
        if time.monotonic() - self._changed_at > PATIENCE:
            why = " ".join(self.hours.stuck()) or f"What it said is in {self.stack.log}."
            raise StandsStill(f"Nothing has happened for {PATIENCE:.0f} seconds. {why}")
