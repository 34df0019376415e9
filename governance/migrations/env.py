"""Alembic's way in: the engine comes from `Database.migrate`, or from --x url=..."""

from __future__ import annotations

from typing import Literal

from alembic import context
from sqlalchemy import JSON, BigInteger, String, create_engine
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import governance.tables  # noqa: F401 -- every table is known once this is imported
from governance.database import Instant


def _spelled(kind: str, item: object, _: object) -> str | Literal[False]:
    """Migrations name plain types: an instant is a time with zone, however it is read."""
    if kind != "type":
        return False
    if isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, JSON):
        return "JSON"
    if isinstance(item, String | AutoString):
        return f"sa.String({item.length})" if item.length else "sa.Text()"
    return "BIG_ID" if isinstance(item, BigInteger) else False


def _run() -> None:
    engine = context.config.attributes.get("engine")
    if engine is None:
        engine = create_engine(context.get_x_argument(as_dictionary=True)["url"])
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            render_as_batch=True,
            render_item=_spelled,
            compare_type=False,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


_run()
