"""The format of bodies as JSON Schema, for editors that complete and check while one writes."""

from __future__ import annotations

from typing import Any

from governance.rulebook.bodies.body import Body

NUMBER = {"type": "integer", "description": "The same as exactly."}
SCALAR: dict[str, Any] = {
    "anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "boolean"}],
}


def body_schema() -> dict[str, Any]:
    """One schema for the file of a body. Short ways of writing stand in it beside the long ones."""
    schema = Body.model_json_schema(by_alias=True, mode="validation")
    parts: dict[str, Any] = schema["$defs"]
    where = parts["Where"]
    where["properties"].pop("has")
    where["additionalProperties"] = {
        "anyOf": [
            *SCALAR["anyOf"],
            {"type": "array", "items": SCALAR},
            {"$ref": "#/$defs/Compared"},
        ]
    }
    parts["Bounds"] = {"anyOf": [NUMBER, parts["Bounds"]]}
    parts["Article"] = {"anyOf": [{"type": "string"}, parts["Article"]]}
    parts["Membership"] = {"anyOf": [{"type": "integer"}, parts["Membership"]]}
    parts["Fact"] = {"anyOf": [SCALAR, parts["Fact"]]}
    parts["StateInGroup"] = {"anyOf": [{"type": "string"}, parts["StateInGroup"]]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Mandate body",
        **schema,
    }
