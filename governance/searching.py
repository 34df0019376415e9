"""Search over everything that a reader may see: bodies, meetings, decisions, minutes, cases.

Composition, because a search knows every domain. Who may see what is asked in the query: what is
not for these eyes is neither found nor counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pendulum import DateTime
from sqlalchemy import ColumnElement, and_, or_, true
from sqlmodel import Session, col, delete, select

from governance.access.actor import Actor, Level, operator
from governance.acts import Moment, Verb, Written, perform
from governance.appointments import seeking as of_appointments
from governance.appointments.models import Case
from governance.appointments.queries import may_see as may_see_case
from governance.committees import seeking as of_committees
from governance.committees.models import Committee
from governance.committees.queries import may_see as may_see_body
from governance.committees.queries import sees_all, sits_in
from governance.house import House
from governance.record.models import Sought, SoughtWord
from governance.record.seeking import OPEN, asked, folded, holding_all
from governance.refusals import Reason, refuse
from governance.rulebook.current import current_law
from governance.rulebook.models import RulebookVersion

PAGE = 25
MOST_COUNTED = 1000
KINDS = ("case", "body", "meeting", "item", "decision", "minutes", "action")
# Where a page stands; `{place}` and `{id}` are of what was found.
PATHS: Mapping[str, str] = {
    "case": "/appointments/{place}",
    "body": "/committees/{place}",
    "meeting": "/meetings/{place}",
    "item": "/meetings/{place}#i{id}",
    "decision": "/decisions/{place}",
    "minutes": "/minutes/{place}",
    "action": "/committees/{place}#actions",
}


@dataclass(frozen=True)
class Found:
    """A page of what was found, the newest first, and how many there are of each kind.

    Nothing is looked at beyond the newest thousand. `exact` is what bears just the name typed.
    """

    rows: tuple[Sought, ...]
    counts: Mapping[str, int]
    exact: Sought | None
    more: bool
    is_capped: bool


def search(  # noqa: PLR0913 -- the filters of a list, by name
    session: Session,
    actor: Actor,
    at: DateTime,
    text: str,
    *,
    kind: str = "",
    older_than: int = 0,
) -> Found:
    """Things that hold every word of a text, each as its beginning. Raises Refused without one."""
    words = asked(text)
    if not words:
        raise refuse(
            "nothing is searched for",
            rule="something_is_sought",
            cure="Write a word, a name or a number.",
            where="q",
            reason=Reason.INPUT,
        )
    query = (
        select(Sought.number, Sought.kind)
        .where(may_find(actor, at), holding_all(session, words))
        .order_by(col(Sought.at).desc(), col(Sought.number).desc())
    )
    matches = list(session.exec(query.limit(MOST_COUNTED)))
    counts = Counter(each for _, each in matches)
    numbers = [number for number, its in matches if not kind or its == kind]
    if older_than in numbers:
        numbers = numbers[numbers.index(older_than) + 1 :]
    shown = numbers[:PAGE]
    found = {e.number: e for e in session.exec(select(Sought).where(col(Sought.number).in_(shown)))}
    rows = tuple(found[each] for each in shown)
    named = [each for each in rows if folded(each.name) == folded(text.strip())]
    return Found(
        rows=rows,
        counts={each: counts[each] for each in KINDS},
        exact=named[0] if len(named) == 1 else None,
        more=len(numbers) > PAGE,
        is_capped=len(matches) == MOST_COUNTED,
    )


def may_find(actor: Actor, at: DateTime) -> ColumnElement[bool]:
    """What an actor may find, as a condition on what is sought."""
    cases = select(Case.id).where(may_see_case(actor))
    bodies = select(Committee.id).where(may_see_body(actor, at))
    if sees_all(actor):
        inside: ColumnElement[bool] = true()
    else:
        inside = col(Sought.owner).in_(sits_in(actor, at))
    is_case = col(Sought.kind) == "case"
    return or_(
        and_(is_case, col(Sought.owner).in_(cases)),
        and_(
            ~is_case,
            col(Sought.owner).in_(bodies),
            or_(and_(col(Sought.access) == OPEN, ~_doubled(inside)), inside & ~_public()),
        ),
    )


def _public() -> ColumnElement[bool]:
    return col(Sought.edition) != ""


def _doubled(inside: ColumnElement[bool]) -> ColumnElement[bool]:
    """Who reads the whole text is not shown its public edition as well."""
    return and_(_public(), inside)


def path_of(row: Sought) -> str:
    """Where the page of it stands."""
    return PATHS[row.kind].format(place=row.place, id=row.of_id)


def tell_found(found: Found) -> dict[str, Any]:
    """What was found, as plain data."""
    return {
        "found": [
            {
                "kind": each.kind,
                "id": each.of_id,
                "name": each.name,
                "title": each.title.get("", "") or each.title,
                "at": each.at.isoformat(),
                "path": path_of(each),
            }
            for each in found.rows
        ],
        "counts": dict(found.counts),
        "is_capped": found.is_capped,
        "older_than": found.rows[-1].number if found.more else None,
    }


def by_the_operator(moment: Moment, _: object, __: object) -> str:
    """Whoever has a shell on the installation."""
    if moment.actor.level == Level.OPERATOR:
        return "operator"
    raise refuse(
        "the search is kept anew by whoever has a shell on the installation",
        rule="operator",
        cure="Run mandate search --rebuild there.",
        reason=Reason.AUTHORITY,
    )


def rebuild(house: House) -> int:
    """Keep everything anew, as it stands in the rows; how many things there are."""
    with house.database.reading() as session:
        version, _ = current_law(session)
    receipt = perform(house, operator(), KEEP_ANEW, version, None)
    assert receipt is not None  # noqa: S101 -- it is always done
    return int(receipt.facts["things"])


def _keep_anew(
    moment: Moment, version: RulebookVersion | None, _: None
) -> Written[RulebookVersion]:
    moment.session.execute(delete(SoughtWord))
    moment.session.execute(delete(Sought))
    things = of_appointments.keep_all(moment.session) + of_committees.keep_all(moment.session)
    return Written({"things": things}, version)


KEEP_ANEW: Verb[RulebookVersion, None] = Verb(
    "organisation:keep_search", RulebookVersion, "organisation", by_the_operator, _keep_anew
)


def rebuild_where_empty(house: House) -> None:
    """An installation that is older than its search is made searchable."""
    with house.database.reading() as session:
        if session.exec(select(Sought.number).limit(1)).first() is not None:
            return
        there = session.exec(select(Committee.id).limit(1)).first()
        there = there or session.exec(select(Case.id).limit(1)).first()
    if there is not None:
        rebuild(house)
