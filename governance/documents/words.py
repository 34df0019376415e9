"""The template language of documents: Jinja with little in it, and nothing that runs away.

Values are put between isolating marks wherever they are printed, so that a Latin name cannot turn
an Arabic sentence round, and are always escaped. Facts are plain dictionaries: a template reaches
keys, never attributes or methods of objects.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from itertools import count
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from governance import language as spelling
from governance.documents.source import BASE, Templates, catalogue
from governance.refusals import Refused, refuse

# All that a template may ask of an object; everything else is a key of a dictionary.
_OPEN = (LoopContext, TemplateModule, Macro, Undefined)
_KEPT_FILTERS = ("first", "last", "length", "list")
# How the choices of the facts are said: the message of the catalogues.
SPOKEN: Mapping[str, str] = {
    "method:consensus": "By consensus",
    "method:show_of_hands": "Show of hands",
    "method:roll_call": "Roll-call vote",
    "method:secret_ballot": "Secret ballot",
    "method:electronic": "Electronic vote",
    "method:correspondence": "Vote by correspondence",
    "presence:present": "In the room",
    "presence:remote": "Online",
    "presence:proxy": "By proxy",
    "presence:excused": "Excused",
    "presence:absent": "Absent",
    "presence:observer": "Observer",
    "purpose:information": "Information",
    "purpose:discussion": "Discussion",
    "purpose:decision": "Decision",
    "purpose:election": "Election",
    "purpose:procedure": "Procedure",
    "result:satisfactory": "Satisfactory",
    "result:adverse": "Adverse",
    "result:with_comment": "With a comment",
    "result:not_possible": "Could not be made",
    "role:head": "Head of delegation",
    "role:delegate": "Delegate",
    "role:alternate": "Alternate",
    "role:adviser": "Adviser",
}
# What a wrong template can raise: Jinja's own errors, and those of a filter given the wrong fact.
_FAULTS = (TemplateError, AttributeError, KeyError, RecursionError, TypeError, ValueError)
_KEPT_TESTS = ("defined", "equalto", "in", "none")


class Words(ImmutableSandboxedEnvironment):
    """Jinja without arithmetic on text, without methods, and with the filters of one language."""

    intercepted_binops = frozenset({"*", "**", "%", "+", "-", "/", "//"})

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Loops and blocks of prose have attributes; facts have keys."""
        return isinstance(obj, _OPEN) and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """Jinja would allow `format`, whose widths have no limit."""

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Sums of small whole numbers are all the arithmetic that a letter needs."""
        small = all(isinstance(n, int) and abs(n) < 1_000_000 for n in (left, right))  # noqa: PLR2004 -- larger ones are for Python
        if operator in {"+", "-"} and small:
            return super().call_binop(context, operator, left, right)
        raise SecurityError(f"the operator {operator} is not for templates")


def isolated(value: Any) -> Markup:
    """A value in running text: escaped, and kept apart from the direction of what surrounds it."""
    return value if isinstance(value, Markup) else Markup("<bdi>{}</bdi>").format(value)


def _printed(value: Any) -> Any:
    """Every `{{ … }}` passes here: our own markup stays, an absent value is refused."""
    if isinstance(value, Undefined):
        return str(value)
    if not isinstance(value, str | int):
        raise SecurityError(f"a {type(value).__name__} is not printed as it is: filter it")
    return isolated(value)


def _bare(value: Any) -> Markup:
    """A value where no element may stand: an attribute, a title."""
    return escape(value)


def _day(language: str, when: date) -> Markup:
    return Markup(spelling.day(language, when))  # noqa: S704 -- made of our own table and numbers


def _period(language: str, length: Mapping[str, Any]) -> Markup:
    return escape(spelling.period(language, length["number"], length["unit"]))


def _minutes(language: str, number: int) -> Markup:
    return escape(spelling.period(language, number, "minutes"))


def _number(language: str, number: Decimal | int) -> Markup:
    return escape(spelling.grouped(language, number))


def _money(language: str, sum_: Mapping[str, Any]) -> Markup:
    return isolated(spelling.money(language, sum_["amount"], sum_["currency"]))


_FILTERS: dict[str, Callable[..., Markup]] = {
    "day": _day,
    "minutes": _minutes,
    "money": _money,
    "number": _number,
    "period": _period,
}


@lru_cache(maxsize=32)
def environment(templates: Templates, language: str, own: str = "") -> Words:
    """The templates as Jinja knows them, in one language; an own kind brings its short words."""
    html = {path: templates.text(path) for path in templates.files if path.endswith(".html")}
    env = Words(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(lambda name: (html[name], name, None) if name in html else None),
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters = {name: env.filters[name] for name in _KEPT_FILTERS}
    env.filters |= {name: partial(do, language) for name, do in _FILTERS.items()}
    env.filters["bare"] = _bare
    env.tests = {name: env.tests[name] for name in _KEPT_TESTS}
    env.globals = {"label": _labels(templates, language, own), "direction_of": spelling.direction}
    return env


def _labels(templates: Templates, language: str, own: str) -> Callable[[str], Markup]:
    words = templates.labels(language)
    place = catalogue(language)
    if own:
        words = {**words, **templates.kinds[own].labels(language)}
        place = f"{place} or of the kind {own}"

    def label(key: str) -> Markup:
        """The short word of this language; one that nobody has translated is refused."""
        english = SPOKEN.get(key, key)
        if language == "en" and not words.get(english):
            return escape(english)
        if not words.get(english):
            raise refuse(
                "the catalogue {path} has no word for {english}",
                rule="label_is_translated",
                cure="Add it there.",
                path=place,
                english=repr(english),
            )
        return escape(words[english])

    return label


def page(  # noqa: PLR0913 -- what a page is made of, by name
    kind: str,
    language: str,
    facts: Mapping[str, Any],
    templates: Templates,
    frame: str = BASE,
    *,
    within: Mapping[str, Any] | None = None,
) -> str:
    """A document as a page of the HTML subset, without any style.

    `within` are the parts of a pack: their bodies, which are pages of ours, and their page numbers.
    """
    numbers = count(1)
    form = templates.kinds[kind]
    text = templates.prose(kind, language)[0]
    try:
        env = environment(templates, language, kind if form.is_own else "")
        template = env.get_template(templates.structure(kind))
        return template.render(
            direction=spelling.direction(language),
            document=facts,
            frame=frame,
            language=language,
            name=form.name,
            next_number=lambda: next(numbers),
            prose=text,
            **(within or {}),
        )
    except _FAULTS as error:
        raise _unwritable(error, text) from error


def _place(error: Exception) -> tuple[str, int | None]:
    """The template and line of a fault: what Jinja says, or the innermost of our texts."""
    if line := getattr(error, "lineno", None):
        return getattr(error, "name", None) or "", line
    found: tuple[str, int | None] = ("", None)
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(("letters/", "papers/")):
            found = (file, trace.tb_lineno)
        trace = trace.tb_next
    return found


def _unwritable(error: Exception, text: str) -> Refused:
    """A fault of the template, for those who write it: its place and what is the matter."""
    name, line = _place(error)
    name = name or text
    missing = isinstance(error, TemplateNotFound)
    return refuse(
        "the template cannot be filled in: {problem}",
        rule="template_is_sound",
        cure="Correct the template; the facts of the document are complete.",
        where=f"{name}, line {line}" if line else name,
        problem=f"there is no template {error}" if missing else str(error),
    )
