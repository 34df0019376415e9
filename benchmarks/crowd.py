"""Pages among 100,000 candidacies: the list of cases, the board of all of them and of one."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import httpx
import many
import pendulum
from sqlmodel import Session, SQLModel, insert

from flows.app_process import settle
from governance.access import signing
from governance.appointments.law import current_law
from governance.appointments.models import Candidacy, Case, Check
from governance.database import new_id
from governance.house import House
from governance.people.models import Person
from governance.settings import Settings
from governance.web.application import application
from governance.web.desk import SESSION

CASES, EACH = 334, 300
ASKED, LIMIT = 40, 0.1
STATES = ("nominated", "eligible", "checks", "cleared", "shortlisted", "ineligible", "withdrawn")
COUNTRIES = ("KEN", "FRA", "BRA", "THA", "FIN", "EGY", "CAN", "NZL")


def crowd(home: Path, say: Callable[..., None]) -> None:
    """Fill a database, ask each page often, say its 95th percentile."""
    house = many.installed(Settings(home=home, demonstration=True, rate_limit_per_minute=10**6))
    references = _fill(house)
    officer = many.person(house, "nadia").person_id
    token = signing.begin(house, str(officer))
    pages = application(house)
    some = references[len(references) // 2]
    settle()  # as the application does before it serves
    for name, path in (
        ("list of cases", "/appointments"),
        ("board of all", "/appointments/board?column=vetted"),
        ("board of all, deep", _deep(house, "vetted")),
        ("board of one case", f"/appointments/{some}/board?column=vetted"),
    ):
        began = time.process_time()
        took = sorted(_ask(pages, path, token) for _ in range(ASKED))
        spent = (time.process_time() - began) / ASKED
        p95 = took[int(0.95 * len(took)) - 1]
        say(
            f"{name} among {CASES * EACH} candidacies, 95th percentile",
            f"{p95 * 1000:.0f} ms (processor {spent * 1000:.0f})",
            f"{LIMIT / p95:.1f} x (target {LIMIT * 1000:.0f} ms)",
        )
    house.database.dispose()


def _ask(pages: object, path: str, token: str) -> float:
    import asyncio  # noqa: PLC0415

    async def once() -> float:
        transport = httpx.ASGITransport(pages)  # type: ignore[arg-type]
        cookies = {SESSION: token}
        async with httpx.AsyncClient(
            transport=transport, base_url="http://mandate.test", cookies=cookies
        ) as client:
            began = time.perf_counter()
            answer = await client.get(path)
            took = time.perf_counter() - began
            answer.raise_for_status()
            return took

    return asyncio.run(once())


def _deep(house: House, column: str) -> str:
    """A page far down a column."""
    from governance.appointments.board.queries import board  # noqa: PLC0415

    actor, after = many.person(house, "nadia"), ""
    for _ in range(20):
        after = board(house, actor, "", column, after).older
    return f"/appointments/board?column={column}&after={after}"


def _fill(house: House) -> list[str]:
    """Cases with their candidates and one check each, as plain rows."""
    now = pendulum.instance(house.clock.now())
    with house.database.reading() as session:
        law, _ = current_law(session)
    officer = str(many.person(house, "nadia").person_id)
    references = []
    for number in range(CASES):
        case = _case(number, law, officer, now)
        references.append(case["reference"])
        people, candidacies, checks = [], [], []
        for each in range(EACH):
            person, candidacy = new_id(), new_id()
            people.append(_person(person, number, each))
            state = STATES[each % len(STATES)]
            came = now.add(seconds=number * EACH + each)
            candidacies.append(_candidacy(candidacy, case["id"], person, state, came))
            if state == "checks":
                checks.append(_check(candidacy, case["id"], now))
        with house.database.deciding() as session:
            _insert(session, Case, [case])
            _insert(session, Person, people)
            _insert(session, Candidacy, candidacies)
            _insert(session, Check, checks)
    return references


def _insert(session: Session, model: type[SQLModel], rows: list[dict[str, object]]) -> None:
    whole = model(**rows[0]).model_dump()
    session.connection().execute(insert(model), [{**whole, **row} for row in rows])


def _case(number: int, law: str, officer: str, now: pendulum.DateTime) -> dict[str, object]:
    return {
        "id": new_id(),
        "reference": f"INT-{now.year}-{number + 1:04d}",
        "procedure": "regional-director",
        "post": "regional-director-abidjan",
        "law": law,
        "stage": "vetting",
        "stage_since": now,
        "launched_by": officer,
        "launched_at": now,
    }


def _person(id_: str, number: int, each: int) -> dict[str, object]:
    return {
        "id": id_,
        "family_name": f"Family{number:03d}{each:03d}",
        "given_names": "Given",
        "email": f"c{number}x{each}@candidates.example",
        "nationality": COUNTRIES[each % len(COUNTRIES)],
        "sex": "FM"[each % 2],
    }


def _candidacy(
    id_: str, case: object, person: str, state: str, came: pendulum.DateTime
) -> dict[str, object]:
    return {"id": id_, "case_id": case, "person_id": person, "state": state, "came_at": came}


def _check(candidacy: str, case: object, now: pendulum.DateTime) -> dict[str, object]:
    return {
        "id": new_id(),
        "candidacy_id": candidacy,
        "case_id": case,
        "kind": "identity",
        "ordered_at": now,
    }
