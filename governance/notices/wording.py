"""What a notice says. One source for each kind and language; the HTML is made of the same text.

A template is a subject, an empty line, and paragraphs. A paragraph that ends in a line with the
link becomes a button named by the line before it; one that is the code is set large.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from governance.language import LANGUAGES, RIGHT_TO_LEFT, comma, direction
from governance.notices.letter import LINKS, Letter, NotSent
from governance.notices.spelling import (
    END_OF_ISOLATE,
    ISOLATE,
    Bare,
    day,
    isolated,
    period,
)
from governance.rulebook.schema import Organisation

_EMPTY_LINES = re.compile(r"\n{2,}")
FORMS = {"F": "ms", "M": "mr"}


@dataclass(frozen=True)
class Wording:
    """A notice in words: its subject, and the same body as plain text and as HTML."""

    language: str
    subject: str
    text: str
    html: str


def wording_of(letter: Letter, organisation: Organisation, templates: Path) -> Wording:
    """The notice in the language of whom it is for; in English if we do not write theirs."""
    language = letter.language if letter.language in LANGUAGES else "en"
    folder = templates / "notices"
    if letter.template in LINKS and not letter.link:
        raise _unsayable(letter, "the fact that its link is made of is missing")
    try:
        template = _texts(folder / language).get_template(f"{letter.template}.txt")
        rendered = template.render(_context(letter, language, organisation))
    except TemplateNotFound as error:
        raise _unsayable(letter, f"there is no template {error.name} in {language}") from error
    except TemplateError as error:
        raise _unsayable(letter, str(error)) from error
    subject, *paragraphs = [each.strip() for each in _EMPTY_LINES.split(rendered) if each.strip()]
    subject = _unmarked(subject)
    frame = _frames(folder).get_template("frame.html")
    return Wording(
        language=language,
        subject=subject,
        text=_plain(paragraphs, language),
        html=frame.render(
            language=language,
            direction=direction(language),
            subject=subject,
            short=organisation.short,
            blocks=[_block(each, letter) for each in paragraphs],
        ),
    )


def _context(letter: Letter, language: str, organisation: Organisation) -> dict[str, Any]:
    """The facts as templates know them. What a kind may lack is empty; the rest is asked for."""
    facts: Mapping[str, Any] = letter.facts
    optional = {
        "effect": str(facts.get("effect") or ""),
        "form": FORMS.get(letter.sex, "neutral"),
        "kind": str(facts.get("kind") or ""),
        "last_day": day(language, facts.get("last_day")),
        "period": period(language, facts.get("within")),
        "part": str(facts.get("part") or ""),
        "silence": str(facts.get("silence") or ""),
        "until": day(language, facts.get("until")),
    }
    needed = {key: facts[key] for key in ("reference",) if key in facts}
    needed |= _meeting(facts, language, organisation.short)
    needed |= _asked(facts, language)
    if facts.get("question"):
        needed["question"] = _said(facts["question"], language)
    if facts.get("code"):
        needed["code"] = Bare(facts["code"])
    if facts.get("items"):
        needed["items"] = [_item(each, language) for each in facts["items"]]
    return {
        "name": letter.to_name,
        "organisation": organisation.title.say(language),
        "short": organisation.short,
        "link": Bare(letter.link),
        **optional,
        **needed,
    }


def _meeting(facts: Mapping[str, Any], language: str, short: str) -> dict[str, Any]:
    """A meeting: whose, what, when in its own zone, where."""
    starts, ends = str(facts.get("starts") or ""), str(facts.get("ends") or "")
    hours = f"{starts[11:16]}–{ends[11:16]} ({facts['zone']})" if starts else ""
    return {
        "title": _said(facts["title"], language) if facts.get("title") else "",
        "body": _said(facts["body"], language) if facts.get("body") else short,
        "when": f"{day(language, starts[:10])}{comma(language)}{hours}" if starts else "",
        "place": str(facts.get("place") or ""),
        "moved": bool(facts.get("moved")),
    }


def _item(item: Mapping[str, Any], language: str) -> dict[str, Any]:
    """One of the questions of a daily mail."""
    return {
        "reference": item["reference"],
        "question": _said(item["question"], language),
        "last_day": day(language, item.get("last_day")),
        "office": _said(item["office"], language) if item.get("office") else "",
        "acting_for": str(item.get("acting_for") or ""),
        "link": Bare(item["link"]),
    }


def _asked(facts: Mapping[str, Any], language: str) -> dict[str, Any]:
    """What somebody is reminded of: papers of items, numbers of a quorum, an action."""
    numbers = ("certain", "expected", "needed", "silent")
    return {
        "missing": [
            {"number": each["number"], "title": _said(each["title"], language)}
            for each in facts.get("missing", ())
        ],
        "text": str(facts.get("text") or ""),
        "overdue": bool(facts.get("overdue")),
        **{name: int(facts.get(name) or 0) for name in numbers},
    }


def _said(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or words.get("en") or next(iter(words.values()))


def _unsayable(letter: Letter, why: str) -> NotSent:
    return NotSent(
        f'The notice "{letter.template}" cannot be written: {why}. Correct the template or what '
        "queues it, then release it.",
        for_good=True,
    )


def _plain(paragraphs: list[str], language: str) -> str:
    """Plain text; the isolating marks stay where the writing runs from right to left."""
    text = "\n\n".join(paragraphs) + "\n"
    return text if language in RIGHT_TO_LEFT else _unmarked(text)


def _unmarked(text: str) -> str:
    return text.replace(ISOLATE, "").replace(END_OF_ISOLATE, "")


@dataclass(frozen=True)
class Block:
    """A paragraph of the HTML: what it is, its words, and the address where it is a button."""

    kind: str
    words: Markup
    address: str = ""


def _block(paragraph: str, letter: Letter) -> Block:
    before, _, last = paragraph.rpartition("\n")
    if last and last in {letter.link, *(each["link"] for each in letter.facts.get("items", ()))}:
        return Block("button", _marked_up(before.rstrip(" \N{NO-BREAK SPACE}:")), last)
    if paragraph == letter.facts.get("code"):
        return Block("code", _marked_up(paragraph))
    return Block("words", _marked_up(paragraph))


def _marked_up(text: str) -> Markup:
    """Escaped throughout; only then do the isolating marks and line ends become elements."""
    marks = ((ISOLATE, "<bdi>"), (END_OF_ISOLATE, "</bdi>"), ("\n", "<br>"))
    markup = str(escape(text))
    for mark, element in marks:
        markup = markup.replace(mark, element)
    return Markup(markup)  # noqa: S704 -- escaped two lines above


@lru_cache(maxsize=16)
def _texts(folder: Path) -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=False,
        finalize=isolated,
    )


@lru_cache(maxsize=16)
def _frames(folder: Path) -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
