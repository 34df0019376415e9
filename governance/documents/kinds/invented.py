"""Plainly invented facts for an organisation's own kind, from what its fields may be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from governance.documents.facts import Facts

_DAYS = ("2027-03-01", "2027-06-15", "2027-09-30")
# What a text, a number or a sum may look like, where the schema asks for one by its pattern.
_PATTERNS: Mapping[str, str] = {"^[A-Z]{3}$": "EUR"}
_LONG = 1000


def facts_of(form: type[Facts], besides: Mapping[str, Any]) -> dict[str, Any]:
    """Facts for every field of a form that is not given already."""
    schema = form.model_json_schema()
    inventor = _Inventor(schema.get("$defs", {}))
    return {
        name: inventor.invented(name, field)
        for name, field in schema["properties"].items()
        if name not in besides
    }


class _Inventor:
    """Reads JSON Schema, and says for each field something that shows what it is."""

    def __init__(self, shapes: Mapping[str, Any]) -> None:
        self._shapes = shapes
        self._days = 0

    def invented(self, name: str, field: Mapping[str, Any]) -> Any:
        """Something that the field can be."""
        if "anyOf" in field:
            return self.invented(name, _likely(field["anyOf"]))
        if "$ref" in field:
            return self.invented(name, self._shapes[field["$ref"].rpartition("/")[2]])
        if "enum" in field:
            return field["enum"][0]
        if "const" in field:
            return field["const"]
        return self._of_type(name, field)

    def _of_type(self, name: str, field: Mapping[str, Any]) -> Any:
        match field.get("type"):
            case "object":
                inner = field.get("properties", {})
                return {key: self.invented(key, each) for key, each in inner.items()}
            case "array":
                return [self.invented(name, field.get("items", {})) for _ in range(2)]
            case "integer":
                return max(3, field.get("minimum", 0))
            case "boolean":
                return True
        return self._text(name, field)

    def _text(self, name: str, field: Mapping[str, Any]) -> str:
        if field.get("format") == "date":
            self._days += 1
            return _DAYS[self._days % len(_DAYS)]
        if "pattern" in field:
            return _PATTERNS.get(field["pattern"], "1250.00")
        said = name.replace("_", " ")
        many = field.get("maxLength", 0) >= _LONG
        return f"Sample of {said}: a passage that has no meaning." if many else f"Sample {said}"


def _likely(choices: list[dict[str, Any]]) -> dict[str, Any]:
    """Of several shapes a text first, for exactness; never nothing."""
    some = [each for each in choices if each.get("type") != "null"]
    texts = [each for each in some if each.get("type") == "string"]
    return (texts or some)[0]
