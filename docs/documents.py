"""Write the generated part of docs/documents.md: the kinds and their facts, from the schemas."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from governance.documents.schema import KINDS, MAY_BE_ABSENT
from governance.settings import ROOT

PAGE = ROOT / "docs" / "documents.md"
BEGIN, END = "<!-- generated: kinds -->", "<!-- end -->"
OF_ALL = ("organisation", "reference", "place", "date")


def generated() -> str:
    """The tables of all kinds, then the shapes that they are made of."""
    shapes: dict[str, dict[str, Any]] = {}
    parts = []
    for key, kind in KINDS.items():
        schema = kind.facts.model_json_schema()
        shapes |= schema.get("$defs", {})
        fields = {name: each for name, each in schema["properties"].items() if name not in OF_ALL}
        parts.append(f"### `{key}`: {kind.name}\n\n{_table(fields)}")
    parts.append("### Shapes")
    parts += [
        f"**{name}**: {_sentence(shape)}\n\n{_table(shape['properties'])}"
        for name, shape in sorted(shapes.items())
    ]
    return "\n\n".join(parts)


def with_generated(page: str) -> str:
    """The page with its generated part as it should be now."""
    wanted = f"{BEGIN}\n{generated()}\n{END}"
    pattern = f"{re.escape(BEGIN)}.*{re.escape(END)}"
    return re.sub(pattern, lambda _: wanted, page, flags=re.DOTALL)


def write(page: Path = PAGE) -> None:
    """Bring the page up to date."""
    page.write_text(with_generated(page.read_text("utf-8")), "utf-8")


def _sentence(shape: dict[str, Any]) -> str:
    return str(shape.get("description", "")).partition("\n")[0]


def _table(fields: dict[str, Any]) -> str:
    rows = [
        f"| `{name}` | {_type(each)} | {_absent(each)} | {_told(each)} |"
        for name, each in fields.items()
    ]
    head = "| Field | What it is | May be empty | |\n|---|---|---|---|"
    return "\n".join([head, *rows])


WORDS = {"string": "text", "integer": "whole number", "boolean": "`true` or `false`"}


def _type(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return _type(next(each for each in schema["anyOf"] if each.get("type") != "null"))
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if schema.get("format") == "date":
        return "day, `2027-03-01`"
    if choices := schema.get("enum", [schema["const"]] if "const" in schema else []):
        return ", ".join(f"`{each}`" for each in choices)
    kind = str(schema.get("type", "any"))
    return str(schema["$ref"]).rpartition("/")[2] if "$ref" in schema else WORDS.get(kind, kind)


def _absent(schema: dict[str, Any]) -> str:
    said = str(schema.get("description", ""))
    return said.removeprefix(MAY_BE_ABSENT).rstrip(".") if said.startswith(MAY_BE_ABSENT) else "–"


def _told(schema: dict[str, Any]) -> str:
    said = str(schema.get("description", ""))
    return "" if said.startswith(MAY_BE_ABSENT) else said.replace("\n", " ")


if __name__ == "__main__":
    write()
