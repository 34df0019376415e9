"""From when and until when somebody serves, and how a vacancy is filled: what the rules say.

Pure: rules and days in, days out. Days are days where the body is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from governance.refusals import Refused, refuse
from governance.rulebook.parts import Period
from governance.rulebook.periods import counting
from governance.rulebook.proceedings.law import Proceedings
from governance.rulebook.proceedings.seats import MembersTerms

MEMBERS, OFFICERS, VACANCIES = "members_terms", "officers_terms", "vacancies"
APPOINTMENT, ELECTION, OFFICE = "appointment", "election", "office"
OWN = "the body's list of seats"


@dataclass(frozen=True)
class Tenure:
    """The first day, the last day where there is one, and the article."""

    first: date
    last: date | None = None
    article: str = ""


@dataclass(frozen=True)
class Way:
    """How a vacant seat is filled: by whom, to which post, within which time, by which article."""

    by: str = ""
    post: str = ""
    within: Period | None = None
    article: str = ""


def tenure(  # noqa: PLR0913 -- what a term depends on, by name
    rules: Proceedings,
    parameter: str,
    today: date,
    *,
    before: date | None = None,
    is_vacant: bool = False,
    from_day: date | None = None,
) -> Tenure:
    """The term of whoever is elected or seated today; `before` is the end of the term before.

    `is_vacant`: whoever served that term is gone already. `from_day` is a day that the decision
    itself names. Where the rules say nothing, a term begins at once and has no end.
    """
    ruling = rules.ruling(parameter, today)
    law: MembersTerms | None = ruling.value if ruling else None
    first = from_day or _first(law, today, None if is_vacant else before)
    last = _last(law, first) if law else None
    article = str(ruling.article) if ruling else ""
    vacancy = rules.ruling(VACANCIES, today)
    mid_term = is_vacant and before is not None and before >= first
    if parameter == MEMBERS and mid_term and vacancy and vacancy.value.serves == "remainder":
        return Tenure(first, before, str(vacancy.article))
    return Tenure(first, last, article)


def _first(law: MembersTerms | None, today: date, before: date | None) -> date:
    if law is not None and law.begins == "next_day":
        return today + timedelta(days=1)
    if law is not None and law.begins == "after_term" and before is not None and before >= today:
        return before + timedelta(days=1)
    return today


def _last(law: MembersTerms, first: date) -> date:
    """The day before the anniversary, holidays not looked at."""
    return counting(law.length).shifted(first) - timedelta(days=1)


def holds_over(rules: Proceedings, parameter: str, today: date) -> bool:
    """Whether somebody whose term is over stays until replaced."""
    ruling = rules.ruling(parameter, today)
    return bool(ruling and ruling.value.holdover)


def within_the_limit(rules: Proceedings, parameter: str, today: date, served: int) -> None:
    """Nobody serves more terms in a row than the rules allow. Raises Refused."""
    ruling = rules.ruling(parameter, today)
    if ruling is not None and ruling.value.consecutive and served >= ruling.value.consecutive:
        raise too_often(served, ruling.value.consecutive, str(ruling.article))


def too_often(served: int, limit: int, article: str) -> Refused:
    """For somebody who has served as often in a row as the rules allow."""
    return refuse(
        "{n} terms in a row are served, and the limit is {limit}",
        rule="terms_in_a_row",
        article=article,
        cure="Choose somebody else, or wait until a term has passed.",
        n=served,
        limit=limit,
    )


def way_of(rules: Proceedings, today: date, *, post: str = "", office: str = "") -> Way:
    """How a vacant seat is filled: its own post or office first, then the rule of the body."""
    ruling = rules.ruling(VACANCIES, today)
    said: Any = ruling.value if ruling else None
    article = str(ruling.article) if ruling else ""
    if office:
        return Way(OFFICE, article=article or OWN)
    within = said.within if said else None
    if post:
        return Way(APPOINTMENT, post, within, article or OWN)
    return Way(said.filled_by, said.post, within, article) if said else Way()
