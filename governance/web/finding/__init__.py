"""`/search`: everything that the reader may see, by its words."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from governance.refusals import Sentence, say
from governance.searching import KINDS, Found, path_of, search
from governance.web.committees.telling import reading_of
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import Words

NAMES = {
    "case": say("Appointments"),
    "body": say("Bodies"),
    "meeting": say("Meetings"),
    "item": say("Items of agendas"),
    "decision": say("Decisions"),
    "minutes": say("Minutes"),
    "action": say("Actions"),
}
LONGEST = 120


@dataclass(frozen=True)
class Hit:
    """One thing that was found."""

    kind: Words
    name: str
    title: Words
    at: Words
    href: str


@dataclass(frozen=True)
class Group:
    """A kind, how many were found of it, and where only these are shown."""

    name: Words
    count: int
    href: str
    is_chosen: bool


@dataclass(frozen=True)
class SearchPage:
    """What was asked, and what was found."""

    q: str
    hits: tuple[Hit, ...] = ()
    groups: tuple[Group, ...] = ()
    counted: Words = ""
    older: str = ""


def show(desk: Desk) -> Response:
    """The page; a name typed whole leads straight to what bears it."""
    asked = desk.request.query_params
    text, kind = asked.get("q", "").strip()[:LONGEST], asked.get("kind", "")
    kind = kind if kind in KINDS else ""
    older = asked.get("older_than", "")
    if not any(each.isalnum() for each in text):
        return desk.page("search", SearchPage(text))
    with reading_of(desk) as reading:
        older_than = int(older) if older.isdecimal() and len(older) < len("1" * 19) else 0
        found = search(
            reading.session, desk.me, reading.now, text, kind=kind, older_than=older_than
        )
        if found.exact is not None and not kind:
            return desk.go(path_of(found.exact))
        page = SearchPage(
            q=text,
            hits=tuple(
                Hit(
                    kind=NAMES[each.kind],
                    name=each.name,
                    title=each.title.get("") or reading.text(each.title, each.name),
                    at=reading.day_of(each.at),
                    href=path_of(each),
                )
                for each in found.rows
            ),
            groups=tuple(_groups(text, kind, found)),
            counted=_counted(found),
            older=_address(q=text, kind=kind, older_than=str(found.rows[-1].number))
            if found.more
            else "",
        )
    return desk.page("search", page)


def _counted(found: Found) -> Sentence:
    total = sum(found.counts.values())
    if found.is_capped:
        return say("More than {n} found; these are the newest.", n=total - 1)
    return say("{n} found, the newest first.", n=total)


def _groups(text: str, kind: str, found: Found) -> list[Group]:
    return [
        Group(NAMES[each], count, _address(q=text, kind=each), each == kind)
        for each, count in found.counts.items()
        if count
    ]


def _address(**asked: str) -> str:
    return "/search?" + urlencode({name: value for name, value in asked.items() if value})


routes = [Route("/search", for_the_signed_in(show), methods=["GET"])]
