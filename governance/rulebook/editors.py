"""The format as JSON Schema, for editors that complete and check while one writes."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from governance.rulebook.schema import Organisation, Posts, Procedure


def json_schema() -> dict[str, Any]:
    """One schema for all files of a rulebook: an organisation, posts, or a procedure."""
    adapter: TypeAdapter[Any] = TypeAdapter(Organisation | Posts | Procedure)
    schema = adapter.json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Mandate rulebook",
        **schema,
    }
