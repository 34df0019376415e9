"""Prefect's own server in one process, where its command line would make two."""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import partial
from typing import Any

import uvicorn
from prefect.server.api.server import create_app
from prefect.server.database import configurations, orm_models
from sqlalchemy.ext.asyncio import create_async_engine

from flows.child import die_with_parent
from governance.settings import Settings


def let_the_scheduler_insert() -> None:
    """Make Prefect 3.8 plan scheduled runs on SQLAlchemy 2.1.

    Its scheduler hands the property `state` to a bulk insert and writes the state itself a moment
    later. SQLAlchemy 2.0 passed over such a key; 2.1 raises, and no schedule ever comes.
    """
    state = orm_models.FlowRun.__mapper__.all_orm_descriptors["state"]
    state.bulk_dml_setter = _pass_over  # type: ignore[attr-defined]


def _pass_over(_: type, mapping: MutableMapping[str, Any], __: object) -> None:
    mapping.pop("state")


def use_one_connection() -> None:
    """Let Prefect's SQLite have one connection, for which everybody waits in turn.

    With several, a transaction that has read fails as soon as another one has written, and the
    call is answered with 503. Prefect's settings for the pool reach PostgreSQL only.
    """
    one = partial(create_async_engine, pool_size=1, max_overflow=0, pool_timeout=60)
    configurations.create_async_engine = one  # type: ignore[attr-defined]


def main() -> None:
    """Serve Prefect's API and pages on the loopback until told to stop."""
    die_with_parent()
    let_the_scheduler_insert()
    use_one_connection()
    uvicorn.run(
        create_app(final=True),
        host="127.0.0.1",
        port=Settings().prefect_port,
        log_level="warning",
        timeout_graceful_shutdown=3,
    )


if __name__ == "__main__":
    main()
