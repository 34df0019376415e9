"""One line of a table of groups is added, changed or taken out; each leaves a new table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from governance.acts import Moment, Verb, Written
from governance.refusals import Finding, Reason, Refused, Verdict, refuse, say
from governance.representation.reviews.acts import administrator
from governance.representation.reviews.models import SchemeTable
from governance.representation.reviews.queries import next_instant, schemes_here, tables
from governance.representation.scheme_file import as_csv, cells_of, read_line
from governance.representation.schemes import Placing, Scheme


@dataclass(frozen=True)
class Placed:
    """A line by column (state, group, purpose, since, until, source), and the line it replaces.

    `seen`: the identifier of the table that was looked at; empty where none was set yet. An
    administrator who looked at an older one is told so.
    """

    scheme: str
    line: Mapping[str, str]
    instead_of: Mapping[str, str] = field(default_factory=dict)
    seen: str | None = None


@dataclass(frozen=True)
class Removed:
    """The line that goes."""

    scheme: str
    line: Mapping[str, str]
    seen: str | None = None


def _place(moment: Moment, _: SchemeTable | None, given: Placed) -> Written[SchemeTable]:
    scheme = _current(moment, given.scheme, given.seen)
    new = read_line(given.scheme, given.line)
    new = replace(new, group=scheme.find(new.group) or new.group)
    lines = list(scheme.placings)
    old = _known(scheme, given.instead_of) if given.instead_of else None
    if new in lines and new != old:
        cure = say("Change the line that is there.")
        because = say("the same line is there already")
        raise Refused([Finding("scheme", "", Verdict.FAIL, because, cure, "state")], Reason.INPUT)
    if old is None:
        lines.append(new)
    else:
        lines[lines.index(old)] = new
    facts = {"line": cells_of(new), "instead_of": cells_of(old) if old else None}
    return _kept(moment, scheme, tuple(lines), facts)


def _remove(moment: Moment, _: SchemeTable | None, given: Removed) -> Written[SchemeTable]:
    scheme = _current(moment, given.scheme, given.seen)
    old = _known(scheme, given.line)
    lines = tuple(each for each in scheme.placings if each != old)
    return _kept(moment, scheme, lines, {"line": cells_of(old)})


def _current(moment: Moment, key: str, seen: str | None) -> Scheme:
    scheme = schemes_here(moment.session).get(key)
    if scheme is None:
        raise refuse(
            'there is no scheme "{key}"',
            rule="known_scheme",
            cure="Import its table first.",
            reason=Reason.MISSING,
            key=key[:60],
        )
    newest = next((each.id for each in tables(moment.session, key)), "")
    if seen is not None and seen != newest:
        raise refuse(
            "somebody else has changed this table since you looked at it",
            rule="scheme_is_current",
            cure="Look at it again, then make your change.",
            reason=Reason.CONFLICT,
        )
    return scheme


def _known(scheme: Scheme, cells: Mapping[str, str]) -> Placing:
    wanted = {name: cells.get(name, "") for name in ("state", "group", "purpose", "since", "until")}
    for each in scheme.placings:
        told = cells_of(each)
        if all(told[name] == value for name, value in wanted.items()):
            return each
    raise refuse(
        "the table has no such line",
        rule="known_line",
        cure="Look at the table again.",
        reason=Reason.MISSING,
    )


def _kept(
    moment: Moment, scheme: Scheme, lines: tuple[Placing, ...], facts: dict[str, Any]
) -> Written[SchemeTable]:
    row = SchemeTable(
        scheme=scheme.key,
        content=as_csv(replace(scheme, placings=lines, _of={}, _names={}, _known={})),
        set_by=moment.actor.person_id,
        set_at=next_instant(moment.session, scheme.key, moment.now),
    )
    moment.session.add(row)
    return Written({"scheme": scheme.key, "states": len(lines), **facts}, row)


PLACE: Verb[SchemeTable, Placed] = Verb(
    "scheme:place", SchemeTable, "scheme", administrator, _place
)
REMOVE: Verb[SchemeTable, Removed] = Verb(
    "scheme:remove", SchemeTable, "scheme", administrator, _remove
)
