"""Pages of a body that are tables and forms: what they show, and how a form is sent back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from governance.acts import Verb, perform
from governance.committees.queries import body_by_key
from governance.refusals import Finding, Reason, Refused, refuse, say
from governance.web.desk import Desk
from governance.web.render import STATUS
from governance.web.views import EMPTY, Fact, Filled, Moment, Option, Words


@dataclass(frozen=True)
class Cell:
    """One cell of a table: words, or an instant; with `button`, a form that posts to `href`."""

    words: Words = ""
    href: str = ""
    button: bool = False
    at: Moment | None = None


@dataclass(frozen=True)
class Table:
    """A table with its titles; `empty` is said where it has no line."""

    caption: Words
    heads: tuple[Words, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: Words


@dataclass(frozen=True)
class Field:
    """One field of a form."""

    name: str
    label: Words
    kind: str = "text"  # text, textarea, date, number, select, check
    options: tuple[Option, ...] = ()
    required: bool = False
    value: str = ""


@dataclass(frozen=True)
class Form:
    """One act that a person fills in."""

    key: str
    title: Words
    action: str
    button: Words
    fields: tuple[Field, ...] = ()
    explained: Words = ""
    is_open: bool = False


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it."""

    key: str
    title: Words
    tables: tuple[Table, ...] = ()
    forms: tuple[Form, ...] = ()
    texts: tuple[Words, ...] = ()


@dataclass(frozen=True)
class SheetPage:
    """A page of sections, below the page of a body or of all bodies."""

    title: Words
    back: Fact
    sections: tuple[Section, ...]
    done: Words = ""
    filled: Filled = EMPTY
    refused: tuple[Finding, ...] = ()
    tried: str = ""


Sheet = Callable[[Desk], SheetPage]
Given = Callable[[Desk], Any]
Acts = Mapping[str, tuple[Verb[Any, Any], Given]]


def done_words(desk: Desk) -> Words:
    """What is said after an act."""
    return say("It is recorded.") if "done" in desk.request.query_params else ""


def show(sheet: Sheet) -> Callable[[Desk], Response]:
    """The page as it is read."""
    return lambda desk: desk.page("committee_sheet", sheet(desk))


def answer(sheet: Sheet, acts: Acts, path: str) -> Callable[[Desk], Response]:
    """The act of a form on the page; a refusal is told on the same page, nothing typed is lost."""

    def post(desk: Desk) -> Response:
        with desk.house.database.reading() as session:
            body = body_by_key(session, desk.me, desk.path["key"], desk.house.clock.now())
        if desk.path["act"] not in acts:
            raise refuse(
                "there is no such act here",
                rule="known_act",
                cure="Use the forms of the page.",
                reason=Reason.MISSING,
            )
        verb, given = acts[desk.path["act"]]
        return tried(
            desk,
            sheet,
            lambda: perform(desk.house, desk.me, verb, body.id, given(desk)),
            path.format(key=body.key),
        )

    return post


def tried(desk: Desk, sheet: Sheet, act: Callable[[], object], path: str) -> Response:
    """Do it and look at the page again; or the page with every reason."""
    try:
        act()
    except Refused as refused:
        if refused.reason in {Reason.AUTHORITY, Reason.MISSING}:
            return desk.refused(refused)
        page = sheet(desk)
        again = SheetPage(
            **{
                **page.__dict__,
                "filled": desk.filled(),
                "refused": tuple(refused.findings),
                "tried": "-".join(filter(None, (desk.path.get("act", ""), desk.text("event")))),
                "done": "",
            }
        )
        return desk.page("committee_sheet", again, status=STATUS[refused.reason])
    return desk.go(f"{path}?done")
