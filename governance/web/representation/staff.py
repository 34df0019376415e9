"""The page of desirable ranges: each state drawn on its range, and the target of selections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from starlette.responses import Response
from starlette.routing import Route

from governance.refusals import Finding, Reason, Refused, refuse, say
from governance.representation.ranges import STATUS
from governance.representation.staff_file import Staff, range_rule, read_staff, selections
from governance.rulebook.bodies.reading import load_shipped
from governance.web.desk import Desk, for_the_signed_in
from governance.web.representation.bodies import day_in, file_in
from governance.web.representation.charts import WIDE, RangeRow, range_row
from governance.web.views import EMPTY, Filled, Mark, Words

ORDER = ("unrepresented", "under", "over", "within")
MARKS: Mapping[str, Mark] = {
    "unrepresented": Mark("bad", say("unrepresented")),
    "under-represented": Mark("warn", say("under-represented")),
    "within range, below midpoint": Mark("ok", say("within range, below midpoint")),
    "within range, above midpoint": Mark("ok", say("within range, above midpoint")),
    "over-represented": Mark("warn", say("over-represented")),
}


@dataclass(frozen=True)
class Target:
    """Selections from unrepresented and under-represented states, held against the target."""

    mark: Mark
    from_them: int
    all: int
    needed: int
    bar: float
    tick: float


@dataclass(frozen=True)
class RangesPage:
    """The form, and once a file was read: the counts, the states, the target."""

    key: str
    title: str
    filled: Filled = EMPTY
    faults: tuple[Finding, ...] = ()
    rows: tuple[tuple[RangeRow, Mark], ...] = ()
    counts: tuple[tuple[Mark, int], ...] = ()
    target: Target | None = None
    note: Words = ""


def show(desk: Desk) -> Response:
    """The form."""
    return desk.page("representation_ranges", _empty(desk))


def _empty(desk: Desk, filled: Filled = EMPTY) -> RangesPage:
    law = load_shipped(desk.path["body"])
    range_rule(law)
    return RangesPage(law.body, law.title.say(desk.language), filled)


def judge(desk: Desk) -> Response:
    """Where each state of the file stands. Nothing is kept."""
    law = load_shipped(desk.path["body"])
    page = _empty(desk, desk.filled())
    try:
        text = file_in(desk, "staff_file") or desk.text("staff")
        found = read_staff(text, law, day_in(desk, desk.text("on")), _base(desk))
    except Refused as refused:
        if refused.reason is not Reason.INPUT:
            raise
        page = replace(page, faults=tuple(refused.findings))
        return desk.page("representation_ranges", page, status=422)
    filled = Filled({**page.filled.values, "staff": text})
    return desk.page("representation_ranges", _told(replace(page, filled=filled), found))


def _base(desk: Desk) -> dict[str, int]:
    text = desk.text("base")
    if not text:
        return {}
    if not text.isdigit() or not 0 < int(text[:9]) < 10**7:
        raise refuse(
            '"{text}" is no number of posts',
            rule="staff_file",
            cure="Write a whole number, such as 3600.",
            reason=Reason.INPUT,
            where="base",
            text=text[:40],
        )
    return {"base": int(text)}


def _told(page: RangesPage, found: Staff) -> RangesPage:
    ranked = sorted(found.standings, key=lambda each: (ORDER.index(each.outcome), each.state))
    rows = tuple((row, MARKS[row.status]) for row in map(range_row, ranked))
    counts = tuple(
        (MARKS[said], sum(each.status == key for each in found.standings))
        for key, said in STATUS.items()
    )
    rounded = say("Midpoints are given as whole numbers: limits may differ by one.")
    return replace(
        page, rows=rows, counts=counts, target=_target(found), note=rounded if found.rounded else ""
    )


def _target(found: Staff) -> Target | None:
    told = selections(found)
    if not told:
        return None
    met = told["from_them"] >= told["needed"]
    mark = (
        Mark("ok", say("the target is met")) if met else Mark("warn", say("the target is missed"))
    )
    scale = WIDE / max(1, told["all"])
    return Target(
        mark,
        told["from_them"],
        told["all"],
        told["needed"],
        round(told["from_them"] * scale, 2),
        round(told["needed"] * scale, 2),
    )


routes = [
    Route("/representation/{body:str}/ranges", for_the_signed_in(show), methods=["GET"]),
    Route("/representation/{body:str}/ranges", for_the_signed_in(judge), methods=["POST"]),
]
