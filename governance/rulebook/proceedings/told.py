"""The rules of procedure as a table for the documentation: each rule, its sentence, its keys."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from governance.rulebook.parts import Period
from governance.rulebook.proceedings.law import Proceedings, Ruling

SENTENCES = {
    "majority_base": "Of what shares are counted, where a threshold does not say.",
    "decision_modes": "The ways in which the body decides.",
    "chair_votes": "Whether the chair votes.",
    "quorum_to_decide": "How many are needed for a decision, of whom; keys as quorum_to_open.",
}
PERIOD = "a period (`days`, `working_days`, `hours`, `months`, `years`)"


def table() -> str:
    """One line for each rule."""
    lines = (_line(name) for name in Proceedings.model_fields)
    return "\n".join(["| rule | what it says; the keys of its value |", "|---|---|", *lines])


def _line(name: str) -> str:
    value = _value(name)
    sentence = SENTENCES.get(name) or (getattr(value, "__doc__", "") or "").strip().split("\n")[0]
    keys = "" if name == "quorum_to_decide" else "; ".join(_keys(value))
    return f"| `{name}` | {sentence}{' ' + keys if keys else ''} |"


def _value(name: str) -> Any:
    (ruling, _) = get_args(Proceedings.model_fields[name].annotation)
    assert issubclass(ruling, Ruling)  # noqa: S101 -- every field is a list of rulings
    return ruling.model_fields["value"].annotation


def _keys(value: Any) -> Iterator[str]:
    if not (isinstance(value, type) and issubclass(value, BaseModel)):
        words = list(_words(value))
        if words:
            yield "One of " + ", ".join(f"`{each}`" for each in words)
        return
    is_period = issubclass(value, Period)
    if is_period:
        yield PERIOD
    for key, each in value.model_fields.items():
        if is_period and key in Period.model_fields:
            continue
        options = [word for word in _words(each.annotation) if isinstance(word, str)]
        yield f"`{key}`" + (f" ({', '.join(options)})" if options and len(options) < 9 else "")  # noqa: PLR2004 -- what a line takes


def _words(annotation: Any) -> Iterator[str]:
    """The words that a literal allows, wherever it stands."""
    if get_origin(annotation) is Literal:
        yield from (str(each) for each in get_args(annotation))
    elif get_origin(annotation) in (Union, UnionType, tuple) or hasattr(annotation, "__metadata__"):
        for each in get_args(annotation):
            if each not in (type(None), Ellipsis, Fraction, int):
                yield from _words(each)
