"""A meeting of 193 delegations, and minutes of sixty pages: each first request and later ones."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import many
from sqlmodel import col, select

from flows.app_process import settle
from governance.access import signing
from governance.access.actor import operator
from governance.acts import Verb, perform
from governance.api.application import PREFIX
from governance.api.application import application as door_for_machines
from governance.api.application import warm as warm_api
from governance.committees.founding import FOUND, Founding
from governance.committees.meeting import agenda, convening, holding, motions, noting
from governance.committees.minutes import drafting
from governance.committees.minutes.models import Minutes
from governance.house import House
from governance.people.states import load_states
from governance.rulebook.linting.proceedings import body_of
from governance.settings import Settings
from governance.web.application import application
from governance.web.desk import SESSION
from governance.web.render import warm

LIMIT_MS, MINUTES_S, AGAIN = 200.0, 2.0, 5
ITEMS, NOTES, WORDS = 36, 8, 115  # of minutes that fill sixty pages
Say = Callable[[str, str, str], None]
BODY = """schema: 1
body: assembly
title: General Assembly
zone: Europe/Paris
access: open
members:
{members}
officers: [{{office: chair, name: Delegate of France}}]
rules:
  notice_of_meeting: {{value: {{hours: 1}}, article: "R1"}}
  quorum_to_open: {{value: {{more_than: 1/2, of: filled}}, article: "R2"}}
  threshold: {{value: {{more_than: 1/2, base: yes_no}}, article: "R3"}}
"""


def assembly(home: Path, say: Say) -> None:
    """Roll call, vote, result and projected page, cold and warm; then the minutes."""
    house = many.installed(Settings(home=home, demonstration=True, rate_limit_per_minute=10**6))
    sitting = _Sitting(house)
    for what, request in sitting.requests():
        first = sitting.ask(*request)
        later = (
            [sitting.ask(*request) for _ in range(AGAIN)] if request[0] in {"GET", "PUT"} else []
        )
        again = statistics.median(each for each, _ in later) if later else None
        say(
            f"193 delegations: {what}",
            f"{first[0]:.0f} ms" + (f", again {again:.0f}" if again else ""),
            f"{LIMIT_MS / first[0]:.1f} x (target {LIMIT_MS:.0f} ms; processor {first[1]:.0f})",
        )
    (took, spent), pages = sitting.minutes()
    say(
        f"minutes of {pages} pages assembled",
        f"{took:.2f} s",
        f"{MINUTES_S / took:.1f} x (target {MINUTES_S:.0f} s; processor {spent:.2f})",
    )
    house.database.dispose()


class _Sitting:
    """The meeting, open; its doors are asked in this process."""

    def __init__(self, house: House) -> None:
        self.house = house
        states = [e for e in load_states(house.settings.rulebooks).values() if e.un_group]
        self.names = [f"Delegate of {each.name}" for each in states][:193]
        keys = [each.alpha3.lower() for each in states][:193]
        self.keys = keys
        members = "\n".join(
            f'  - {{name: "{name}", seat: {key}, email: {key}@delegations.example}}'
            for name, key in zip(self.names, keys, strict=True)
        )
        body = body_of("assembly.yaml", BODY.format(members=members).encode()).body
        assert body is not None
        self.body = self.act(FOUND, None, Founding(body)).subject_id
        day = house.clock.now().add(hours=2).in_timezone("Europe/Paris")
        planned = convening.Planning(day.format("YYYY-MM-DD HH:mm"))
        facts = self.act(convening.PLAN, self.body, planned).facts
        self.meeting, self.reference = facts["meeting"], facts["reference"]
        self.act(convening.CONVENE, self.meeting, convening.Convening("to measure"))
        for number in range(ITEMS):
            said = agenda.Proposal({"en": f"Item of business {number + 1}"}, "decision")
            self.act(agenda.PROPOSE, self.meeting, said)
        secretary = many.person(house, "tomas")
        chair = many.person(house, "fra@delegations")
        self.tokens = {
            who: signing.begin(house, str(each.person_id))
            for who, each in (("secretary", secretary), ("chair", chair))
        }
        api = door_for_machines(house)
        self.app = application(house, mounts={PREFIX: api})
        deque(warm(house.settings.templates), maxlen=0)  # as the process does that serves pages
        warm_api(api)
        settle()

    def requests(self) -> Iterator[tuple[str, tuple[str, str, Any]]]:
        """Each request in its turn; what comes between is done before the next is asked for."""
        roll = "name,status\n" + "\n".join(f'"{each}",present' for each in self.names)
        meeting = f"{PREFIX}/meetings/{self.reference}"
        positions = {key: ("yes", "yes", "no", "abstain")[n % 4] for n, key in enumerate(self.keys)}
        yield "the roll is entered", ("PUT", f"{meeting}/roll", {"roll": roll, "anyway": True})
        yield "page of the meeting", ("GET", f"/meetings/{self.meeting}", None)
        self.act(holding.OPEN, self.meeting, holding.Opened())
        self.act(agenda.STEP, self.meeting, agenda.ItemStep("1", "open"))
        moved = motions.Moving("1", "to approve the report", self.keys[0], self.keys[1])
        self.act(motions.MOVE, self.meeting, moved)
        put = {"given": {"motion": 1, "mode": "roll_call"}}
        yield "the question is put", ("POST", f"{meeting}/acts/put_question", put)
        given = {"given": {"motion": 1, "positions": positions}}
        yield "the roll call is counted", ("POST", f"{meeting}/acts/count", given)
        yield "page with the result", ("GET", f"/meetings/{self.meeting}", None)
        yield "projected page", ("GET", f"/meetings/{self.meeting}/screen", None)
        declared = {"given": {"motion": 1}}
        yield "the result is declared", ("POST", f"{meeting}/acts/declare", declared)
        yield "projected page with the decision", ("GET", f"/meetings/{self.meeting}/screen", None)

    def minutes(self) -> tuple[tuple[float, float], int]:
        """How long the assembly of the minutes takes, and how many pages they print."""
        words = " ".join(f"word{n % 17}" for n in range(WORDS)).capitalize() + "."
        for number in range(2, ITEMS + 1):
            self.act(agenda.STEP, self.meeting, agenda.ItemStep(str(number), "open"))
            for each in range(NOTES):
                noted = noting.Noted(f"{each + 1}. {words}", str(number))
                self.act(noting.NOTE, self.meeting, noted)
        self.act(holding.GO_ON, self.meeting, holding.SessionStep("close"))
        with self.house.database.reading() as session:
            minutes = session.exec(
                select(Minutes.id).where(col(Minutes.meeting_id) == self.meeting)
            ).one()
        began, spent = time.perf_counter(), time.process_time()
        self.act(drafting.ASSEMBLE, minutes, drafting.Nothing())
        took = time.perf_counter() - began, time.process_time() - spent
        return took, self._pages(minutes)

    def _pages(self, minutes: str) -> int:
        import io  # noqa: PLC0415

        import pikepdf  # noqa: PLC0415

        raw = self.response("GET", f"/minutes/{minutes}/minutes.en.pdf", None)[1].content
        return len(pikepdf.open(io.BytesIO(raw)).pages)

    def act(self, verb: Verb[Any, Any], subject: str | None, given: object) -> Any:
        """An act that is not measured here."""
        return perform(self.house, operator(), verb, subject, given)

    def ask(self, method: str, path: str, given: Any) -> tuple[float, float]:
        """Milliseconds of one request, and those of the processor."""
        began = time.process_time()
        took, _ = self.response(method, path, given)
        return took * 1000, (time.process_time() - began) * 1000

    def response(self, method: str, path: str, given: Any) -> tuple[float, httpx.Response]:
        """One request, and how long it took."""
        token = self.tokens["chair" if path.endswith("/declare") else "secretary"]

        async def once() -> tuple[float, httpx.Response]:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(
                transport=transport,
                base_url="http://mandate.test",
                cookies={SESSION: token} if PREFIX not in path else None,
                headers={"Authorization": f"Bearer {token}"} if PREFIX in path else None,
            ) as client:
                began = time.perf_counter()
                answer = await client.request(method, path, json=given)
                took = time.perf_counter() - began
                assert answer.is_success, answer.text
                return took, answer

        return asyncio.run(once())
