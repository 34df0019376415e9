"""What a model finds wrong, said in words with a cure: near names, what may stand here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, RootModel, ValidationError
from pydantic_core import ErrorDetails

from governance.refusals import Sentence, say
from governance.rulebook.linting.yamltext import Reading

RULE = "rulebook_schema"
LONGEST = 60
SIMILAR, ALIKE = 0.6, 0.8  # shares of letters in common


def note(reading: Reading, error: ValidationError, model: Any, under: tuple[Any, ...] = ()) -> None:
    """Add each fault of a validation to the reading, at its line."""
    said: set[tuple[Any, ...]] = set()
    for each in error.errors(include_url=False):
        bare = tuple(step for step in each["loc"] if not _is_shape(step))
        if _follows_from_another(each) or (bare in said and bare != each["loc"]):
            continue  # one shape that it might have had is enough
        said.add(bare)
        path = (*under, *bare)
        because, cure = _said(each, model)
        reading.fault_at(path, because, cure, RULE)


def _is_shape(step: Any) -> bool:
    """Whether a step of a path is no word of the file, but one of the shapes a value may have."""
    return isinstance(step, str) and SHAPE.fullmatch(step) is not None


SHAPE = re.compile(r"constrained-\w+|fraction|int|(?:dict|list|tuple|function)[\[-].*")


def _follows_from_another(error: ErrorDetails) -> bool:
    """A list counts as too short when its items are at fault, which is said of each of them."""
    value = error["input"]
    return error["type"] == "too_short" and isinstance(value, list) and bool(value)


def near(word: object, known: Iterable[str], otherwise: str = "Write one of: {known}.") -> Sentence:
    """A cure that names the word probably meant, or all that could be."""
    options = sorted(known)
    word = str(word)
    found = get_close_matches(word, options, n=1, cutoff=ALIKE) or get_close_matches(
        word, options, n=2, cutoff=SIMILAR
    )
    if found:
        return say("Did you mean {near}?", near=" or ".join(found))
    return say(otherwise, known=", ".join(options) or "-")


def fields_at(model: Any, path: Iterable[Any]) -> list[str]:
    """The names that the law may use at a path of a model; empty where it is no mapping."""
    at = model
    for step in path:
        at = _inside(at, step)
    at = _peeled(at)
    return _names(at) if isinstance(at, type) and issubclass(at, BaseModel) else []


Said = tuple[Sentence, Sentence]


class Fault(NamedTuple):
    """One thing that a model found wrong: which name, what value, and the model's particulars."""

    name: str
    value: Any
    context: Mapping[str, Any]


def _said(error: ErrorDetails, model: Any) -> Said:
    fault = Fault(_name(error), error["input"], error.get("ctx", {}))
    kind = error["type"]
    if kind == "extra_forbidden":
        known = fields_at(model, error["loc"][:-1])
        because = say('"{name}" is not something that can be said here', name=fault.name)
        if "also" in known and fault.name in LIMBS_ONLY:
            limb = f"also: [{{{fault.name}: {_short(fault.value)}}}]"
            return because, say("Write it as a further limb: {limb}.", limb=limb)
        return because, near(fault.name, known, "What can be said here: {known}.")
    if fault.name == "article" and kind.startswith("model_"):
        because = say("an article is words, and {value} is none", value=_short(fault.value))
        return because, say('Put it in quotes: article: "{value}".', value=_short(fault.value))
    if kind in SAYINGS:
        return SAYINGS[kind](fault)
    because = say("{name}: {problem}", name=fault.name, problem=_plain_message(error))
    return because, say("Correct {name}.", name=fault.name)


def _missing(fault: Fault) -> Said:
    because = say("{name} is missing here", name=fault.name)
    if fault.name != "article":
        return because, say("Add {name}.", name=fault.name)
    cite = 'article: "instrument, article"'
    own = 'article: {own: "why the organisation has set this itself"}'
    return because, say("Add {cite}, or {own}.", cite=cite, own=own)


def _literal(fault: Fault) -> Said:
    expected = _quoted(str(fault.context.get("expected", "")))
    because = say('"{value}" is no {name}', value=_short(fault.value), name=fault.name)
    return because, near(fault.value, expected)


def _tag(fault: Fault) -> Said:
    expected = _quoted(str(fault.context.get("expected_tags", "")))
    verb = fault.context.get("tag")
    if fault.context.get("discriminator") == "'kind'":
        return say('"{kind}" is no kind of rule', kind=verb), near(verb, expected)
    return say('"{verb}" is not one of the verbs', verb=verb), near(verb, expected)


def _no_tag(fault: Fault) -> Said:
    if fault.context.get("discriminator") == "'kind'":
        return say("a rule has no kind"), say("Add kind, such as kind: quota.")
    return say("a stage has no verb"), say("Add verb, such as verb: consult.")


def _pattern(fault: Fault) -> Said:
    because = say('"{value}" is not how {name} is written', value=fault.value, name=fault.name)
    form = str(fault.context.get("pattern", ""))
    return because, say(PATTERNS.get(form, "It has the form {form}."), form=form)


def _expects(expected: str) -> Callable[[Fault], Said]:
    def said(fault: Fault) -> Said:
        because = say(
            "{name} is {value}, where {expected} is expected",
            name=fault.name,
            value=_short(fault.value),
            expected=expected,
        )
        return because, say("Write {expected}.", expected=expected)

    return said


def _own_words(fault: Fault) -> Said:
    problem = str(fault.context.get("error", ""))
    return say("{problem}", problem=problem), say("Correct {name}.", name=fault.name)


LIMBS_ONLY = ("at_most", "fewer_than", "group")
SAYINGS: dict[str, Callable[[Fault], Said]] = {
    "missing": _missing,
    "literal_error": _literal,
    "union_tag_invalid": _tag,
    "union_tag_not_found": _no_tag,
    "string_pattern_mismatch": _pattern,
    "string_type": _expects("text"),
    "string_too_short": _expects("at least one word"),
    "int_type": _expects("a whole number"),
    "fraction_type": _expects("a fraction such as 2/3, or a whole number"),
    "fraction_parsing": _expects("a fraction such as 2/3, or a whole number"),
    "int_parsing": _expects("a whole number"),
    "greater_than_equal": _expects("a whole number of 1 or more"),
    "less_than_equal": _expects("a smaller number"),
    "bool_type": _expects("true or false"),
    "bool_parsing": _expects("true or false"),
    "tuple_type": _expects("a list, such as [a, b]"),
    "list_type": _expects("a list, such as [a, b]"),
    "too_short": _expects("a longer list"),
    "dict_type": _expects("a mapping, such as {key: value}"),
    "model_type": _expects("a mapping, such as {key: value}"),
    "model_attributes_type": _expects("a mapping, such as {key: value}"),
    "date_type": _expects("a date, such as 2026-01-01"),
    "date_parsing": _expects("a date, such as 2026-01-01"),
    "date_from_datetime_parsing": _expects("a date, such as 2026-01-01"),
    "date_from_datetime_inexact": _expects("a date, such as 2026-01-01"),
    "value_error": _own_words,
}

PATTERNS = {
    r"^[A-Z]{3}$": "Write the three letters of ISO 3166, such as CIV.",
    r"^[a-z][a-z0-9_]*$": "Write small letters, digits and _, a letter first.",
    r"^[a-z][a-z0-9-]*$": "Write small letters, digits and -, a letter first.",
    r"^office\.[a-z][a-z0-9_]*$": "Write office. and the key of an office: office.legal_adviser.",
    r"^(office\.)?[a-z][a-z0-9_]*$": "Write an office (office.legal_adviser) or a role (launcher).",
}


def _name(error: ErrorDetails) -> str:
    named = [
        step
        for step in error["loc"]
        if step != "[key]" and "(" not in str(step) and not _is_shape(step)
    ]
    return next((str(step) for step in reversed(named) if isinstance(step, str)), "this")


def _plain_message(error: ErrorDetails) -> str:
    return error["msg"][:1].lower() + error["msg"][1:]


def _quoted(listed: str) -> list[str]:
    return [part for index, part in enumerate(listed.split("'")) if index % 2]


def _short(value: Any) -> str:
    shapes = {type(None): "nothing", dict: "a mapping", list: "a list"}
    text = shapes.get(type(value)) or str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


def _names(model: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def _peeled(at: Any) -> Any:
    """Without Annotated, without None, without the wrapper of a root model."""
    while True:
        if get_origin(at) is Annotated:
            at = get_args(at)[0]
        elif _is_union(at) and len(kept := [x for x in get_args(at) if x is not type(None)]) == 1:
            at = kept[0]
        elif isinstance(at, type) and issubclass(at, RootModel):
            at = at.model_fields["root"].annotation
        else:
            return at


def _inside(at: Any, step: Any) -> Any:
    at = _peeled(at)
    if isinstance(at, type) and issubclass(at, BaseModel):
        found = [info for name, info in at.model_fields.items() if (info.alias or name) == step]
        return found[0].annotation if found else None
    if _is_union(at):
        return next((_peeled(each) for each in get_args(at) if _speaks(each, step)), None)
    arguments = get_args(at)
    if not arguments:
        return at if step == "[key]" else None
    return arguments[0] if isinstance(step, int) else arguments[-1]


def _is_union(at: Any) -> bool:
    return get_origin(at) is Union or type(at).__name__ == "UnionType"


def _speaks(model: Any, tag: Any) -> bool:
    """Whether a model of a union is the one that was chosen: by verb, by kind, or by its shape."""
    model = _peeled(model)
    if str(tag) == "(mapping)":
        return isinstance(model, type) and issubclass(model, BaseModel)
    fields = getattr(model, "model_fields", {})
    field = fields.get("verb") or fields.get("kind")
    return field is not None and tag in get_args(field.annotation)
