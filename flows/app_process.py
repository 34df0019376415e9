"""The one process of an embedded installation: web application and warm worker together.

Pages come first: Prefect is imported, and its deployments are ensured, once they are served.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import uvicorn
from sqlalchemy import update
from sqlmodel import col
from starlette.types import ASGIApp

from flows.child import die_with_parent
from flows.environment import api_url
from flows.wake import Waker
from governance import app, demonstration, history, installing
from governance.api.application import PREFIX
from governance.api.application import application as door_for_machines
from governance.api.application import warm as warm_api
from governance.house import House
from governance.record.models import Outbox, Work
from governance.settings import Settings
from governance.web.application import application
from governance.web.render import warm

if TYPE_CHECKING:
    from flows.worker import WarmThread

PATIENCE_AT_THE_END = 8.0

log = logging.getLogger("mandate.app")


class Engine:
    """Waker and warm worker of this process; Prefect may be away for as long as it likes."""

    def __init__(self, settings: Settings) -> None:
        house = app.build_house(settings)
        self.waker = Waker(lambda: app.take_turn(house), api_url(settings), self._nudge)
        self.house: House = replace(house, wake=self.waker.wake)
        self._warm: WarmThread | None = None
        self.is_new = False  # a demonstration whose past is still to be told
        self.warm: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Begin, in the background."""
        threading.Thread(target=self._start, name="engine", daemon=True).start()

    def stop(self) -> None:
        """Let what is in hand come to its end."""
        self.waker.stop()
        if self._warm is not None:
            self._warm.rest(PATIENCE_AT_THE_END)

    def _start(self) -> None:
        if self.is_new:
            history.tell_history(self.house)  # nobody waits for it, and no clock acts meanwhile
        from flows import wiring  # noqa: PLC0415 -- Prefect takes seconds to import: pages first
        from flows.worker import WarmThread  # noqa: PLC0415 -- the same

        wiring.use(self.house)
        worker = WarmThread()
        self.warm()  # while Prefect's server is still starting
        _set_up_prefect()
        worker.start()
        self._warm = worker
        self.waker.start()
        settle()
        print("Orchestration is ready.", flush=True)  # noqa: T201 -- the operator waits for it

    def _nudge(self) -> None:
        if self._warm is not None:
            self._warm.nudge()


class Pages(uvicorn.Server):
    """The web application's server, which says when it is there."""

    def __init__(self, config: uvicorn.Config, engine: Engine) -> None:
        super().__init__(config)
        self._engine = engine

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen; then say so, and start the engine."""
        await super().startup(sockets)
        if self.started:
            introduce(self._engine.house)
            self._engine.start()


def introduce(house: House) -> None:
    """Tell the operator where Mandate is and, in a demonstration, as whom to sign in."""
    lines = ["", f"Mandate is ready: {house.settings.base_url}"]
    if house.settings.demonstration:
        people = demonstration.introductions(house)
        width = max((len(each.function) for each in people), default=0)
        lines += ["", "Sign in as"]
        lines += [f"  {each.function:<{width}}  {each.url}" for each in people]
        lines += ["", f"Every mail is caught: {house.settings.base_url}/mailbox"]
    print("\n".join(lines), flush=True)  # noqa: T201 -- the operator waits for it


def prepare(settings: Settings) -> Engine:
    """Bring the installation to life: its clock, tables, law, and in a demonstration its people."""
    demonstration.start_clock(settings)
    engine = Engine(settings)
    installing.install(engine.house)
    if settings.demonstration:
        demonstration.load_people(engine.house)
        engine.is_new = settings.demonstration_past and history.found_bodies(engine.house)
    _release_leases(engine.house)
    return engine


def main() -> None:
    """Serve the pages and work, until told to stop."""
    die_with_parent()
    settings = Settings()
    logging.basicConfig(level=settings.log_level.upper())
    for chatty in ("alembic", "httpx"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    engine = prepare(settings)
    api = door_for_machines(engine.house)
    web: ASGIApp = application(engine.house, mounts={PREFIX: api})

    def warm_pages() -> None:
        for _ in warm(settings.templates):
            time.sleep(0)  # whoever asks for a page meanwhile goes first
        warm_api(api)

    engine.warm = warm_pages
    config = uvicorn.Config(
        web,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=5,
    )
    settle()
    Pages(config, engine).run()
    engine.stop()


def settle() -> None:
    """Leave what is loaded for good out of every later collection of garbage.

    A page that reads hundreds of rows sets one off, and would wait a quarter of a second for it.
    """
    gc.collect()
    gc.freeze()


def _release_leases(house: House) -> None:
    # What a killed process had in hand need not wait until its lease runs out: here is nobody else,
    # and to advance or send twice does no harm.
    with house.database.deciding() as session:
        session.exec(update(Work).values(lease_until=None))
        session.exec(
            update(Outbox).where(col(Outbox.handed_over_at).is_(None)).values(lease_until=None)
        )


def _set_up_prefect() -> None:
    from flows.deployments import ensure_deployments, lay_to_rest  # noqa: PLC0415 -- as above

    async def set_up() -> None:
        await ensure_deployments()
        await lay_to_rest()

    while True:
        try:
            asyncio.run(set_up())
        except Exception as error:  # noqa: BLE001 -- whatever it is: Prefect is not there yet
            log.debug("Prefect is not ready (%s).", type(error).__name__)
            time.sleep(0.5)
        else:
            return


if __name__ == "__main__":
    main()
