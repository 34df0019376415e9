"""A form for the facts of a document, from what its kind wants; and the facts from a form.

Each field is named by its path: `f.post.title`. A list of words has a line each; a list of tables
has one row more than are filled, and a row in which nothing stands does not count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from governance.documents.facts import MAY_BE_ABSENT
from governance.documents.schema import Kind
from governance.web.papers.labels import label_of
from governance.web.papers.options import option_of
from governance.web.views import Words

PREFIX = "f"
# What the house knows, or gives at the hour of issue: nobody types it.
GIVEN = frozenset({"date", "organisation", "place", "reference"})
MOST_ROWS = 300
_LONG = 1000
Schema: TypeAlias = Mapping[str, Any]
Type: TypeAlias = Literal["group", "lines", "passage", "line", "day", "number", "choice", "plain"]


@dataclass(frozen=True)
class Entry:
    """One field of the form, or a group of them; `rows` are those of a list of tables."""

    name: str
    label: Words
    type: Type
    required: bool
    value: str = ""
    options: Sequence[tuple[str, Words]] = ()
    entries: Sequence[Entry] = ()
    rows: Sequence[Sequence[Entry]] = ()
    hint: str = ""


@dataclass(frozen=True)
class _Shape:
    """One field as the schema tells it: what it is, and whether it may be empty."""

    schema: Schema
    required: bool
    about: str = ""
    is_list: bool = False


@dataclass
class Form:
    """The facts of a kind as a form."""

    kind: Kind
    _schema: Schema = field(init=False)

    def __post_init__(self) -> None:
        """The schema is made once."""
        self._schema = self.kind.facts.model_json_schema()

    def entries(self, facts: Mapping[str, Any]) -> list[Entry]:
        """The fields, filled in with facts as far as there are any."""
        return [
            self._entry(f"{PREFIX}.{name}", name, self._shape(each), facts.get(name))
            for name, each in self._schema["properties"].items()
            if name not in GIVEN
        ]

    def facts(self, posted: Mapping[str, str]) -> dict[str, Any]:
        """The facts that a form holds; what is wrong with them is for the schema to say."""
        return {
            name: self._fact(f"{PREFIX}.{name}", self._shape(each), posted)
            for name, each in self._schema["properties"].items()
            if name not in GIVEN
        }

    def _shape(self, given: Schema) -> _Shape:
        about = str(given.get("description", ""))
        some = [each for each in given.get("anyOf", ()) if each.get("type") != "null"]
        optional = len(some) < len(given.get("anyOf", ())) or about.startswith(MAY_BE_ABSENT)
        inner: Schema = some[0] if some else given
        if "anyOf" in given and any(each.get("format") == "date" for each in some):
            inner = next(each for each in some if each.get("format") == "date")
        if inner.get("type") == "array":
            return _Shape(self._solved(inner.get("items", {})), not optional, about, is_list=True)
        return _Shape(self._solved(inner), not optional, about)

    def _solved(self, given: Schema) -> Schema:
        while "$ref" in given:
            given = self._schema["$defs"][given["$ref"].rpartition("/")[2]]
        return given

    def _entry(self, path: str, name: str, shape: _Shape, value: Any) -> Entry:
        known: dict[str, Any] = {
            "name": path,
            "label": label_of(name),
            "required": shape.required,
            "hint": _hint(shape) if self.kind.is_own else "",
        }
        type_ = _type_of(shape)
        if type_ == "group" and shape.is_list:
            told = [*_many(value), None]
            rows = [self._inner(f"{path}.{at}", shape.schema, each) for at, each in enumerate(told)]
            return Entry(type="group", rows=rows, **known)
        if type_ == "group":
            return Entry(type="group", entries=self._inner(path, shape.schema, value), **known)
        if type_ == "choice":
            known["options"] = [(each, option_of(each)) for each in _choices(shape.schema)]
        return Entry(type=type_, value=_written(value, type_), **known)

    def _inner(self, path: str, schema: Schema, value: Any) -> list[Entry]:
        facts = value if isinstance(value, Mapping) else {}
        return [
            self._entry(f"{path}.{name}", name, self._shape(each), facts.get(name))
            for name, each in schema["properties"].items()
        ]

    def _fact(self, path: str, shape: _Shape, posted: Mapping[str, str]) -> Any:
        type_ = _type_of(shape)
        if type_ == "group" and shape.is_list:
            rows = (self._table(f"{path}.{at}", shape.schema, posted) for at in _rows(path, posted))
            return [each for each in rows if each is not None]
        if type_ == "group":
            table = self._table(path, shape.schema, posted)
            return table if table is not None or not shape.required else {}
        return _read(posted.get(path, "").strip(), type_, shape)

    def _table(self, path: str, schema: Schema, posted: Mapping[str, str]) -> dict[str, Any] | None:
        """The facts of a group; None where nothing stands in it."""
        if self._is_blank(path, schema, posted):
            return None
        return {
            name: self._fact(f"{path}.{name}", self._shape(each), posted)
            for name, each in schema["properties"].items()
        }

    def _is_blank(self, path: str, schema: Schema, posted: Mapping[str, str]) -> bool:
        """A choice that has something in it from the beginning says nothing by itself."""
        for name, each in schema["properties"].items():
            here, shape = f"{path}.{name}", self._shape(each)
            type_ = _type_of(shape)
            if type_ == "group":
                inner = [f"{here}.{at}" for at in _rows(here, posted)] if shape.is_list else [here]
                if not all(self._is_blank(one, shape.schema, posted) for one in inner):
                    return False
            elif posted.get(here, "").strip() and not (type_ == "choice" and shape.required):
                return False
        return True


def field_of(path: str, posted: Mapping[str, str]) -> str:
    """The field of the form in which a fault of the facts shows: the nearest that is there."""
    steps = [PREFIX, *path.split(".")]
    while len(steps) > 1 and ".".join(steps) not in posted:
        steps.pop()
    return ".".join(steps) if len(steps) > 1 else ""


def _type_of(shape: _Shape) -> Type:
    schema = shape.schema
    if "properties" in schema:
        return "group"
    if shape.is_list:
        return "lines"
    if _choices(schema):
        return "choice"
    if schema.get("format") == "date":
        return "day"
    simple: Mapping[str, Type] = {"integer": "number", "string": "line", "number": "line"}
    type_ = simple.get(schema.get("type", ""), "plain")
    return "passage" if type_ == "line" and schema.get("maxLength", 0) >= _LONG else type_


def _choices(schema: Schema) -> list[str]:
    if schema.get("type") == "boolean":
        return ["yes", "no"]
    given = schema.get("enum", [schema["const"]] if "const" in schema else [])
    return [str(each) for each in given]


def _hint(shape: _Shape) -> str:
    return "" if shape.about.startswith(MAY_BE_ABSENT) else shape.about


def _many(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else ()


def _written(value: Any, type_: Type) -> str:
    if value is None:
        return ""
    if type_ == "lines":
        return "\n".join(str(each) for each in _many(value))
    if type_ == "plain":
        return json.dumps(value, ensure_ascii=False, indent=1)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _read(told: str, type_: Type, shape: _Shape) -> Any:
    if type_ == "lines":
        return [each.strip() for each in told.splitlines() if each.strip()]
    if not told:
        return None if not shape.required or type_ != "line" else ""
    if type_ == "number" and re.fullmatch(r"-?\d{1,9}", told):
        return int(told)
    if type_ == "plain":
        try:
            return json.loads(told)
        except ValueError:
            return told
    is_yes_no = shape.schema.get("type") == "boolean"
    return {"yes": True, "no": False}.get(told, told) if is_yes_no else told


def _rows(path: str, posted: Mapping[str, str]) -> Iterator[int]:
    """The rows of a list that a form holds, in their order."""
    found = {
        int(match[1])
        for name in posted
        if (match := re.match(rf"{re.escape(path)}\.(\d{{1,3}})\.", name))
    }
    yield from sorted(found)[:MOST_ROWS]
