"""Where a case stands: what every verb looks at, and what it gives back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import col, select

from governance.acts import Moment
from governance.appointments.lifecycle import CandidacyLifecycle
from governance.appointments.models import Candidacy, Case, Check
from governance.calendar.days import Calendar
from governance.lifecycle import fire
from governance.people.models import Person
from governance.people.queries import by_id
from governance.rulebook.schema import Post, Procedure, Rulebook
from governance.rulebook.stages import Stage


@dataclass(frozen=True)
class Turn:
    """What a verb found: the stage's result, or None while it waits; and what it wrote."""

    result: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)


WAIT = Turn()


@dataclass(frozen=True)
class Standing:
    """A case, its stage, and the law it is under; rows are read when a verb asks for them."""

    moment: Moment
    case: Case
    stage: Stage
    procedure: Procedure
    rulebook: Rulebook

    @property
    def round(self) -> int:
        """Which time this stage is passed through."""
        return self.case.rounds.get(self.stage.key, 1)

    @property
    def subject(self) -> tuple[str, str]:
        """The case as owner and subject."""
        return ("case", self.case.id)

    @property
    def calendar(self) -> Calendar:
        """The calendar of the procedure."""
        return self.moment.house.calendars[self.procedure.calendar]

    @property
    def post(self) -> Post:
        """The post that is being filled."""
        found = self.rulebook.post(self.case.post)
        assert found is not None  # noqa: S101 -- the launch has checked it against this law
        return found

    def candidacies(self, *states: str) -> list[Candidacy]:
        """The candidacies of the case in these states, or all of them, as they came."""
        query = select(Candidacy).where(col(Candidacy.case_id) == self.case.id)
        if states:
            query = query.where(col(Candidacy.state).in_(states))
        ordered = query.order_by(col(Candidacy.came_at), col(Candidacy.id))
        return list(self.moment.session.exec(ordered))

    def checks(self) -> dict[str, list[Check]]:
        """All checks of the case, by candidacy."""
        query = select(Check).where(col(Check.case_id) == self.case.id)
        found: dict[str, list[Check]] = {}
        for each in self.moment.session.exec(query.order_by(col(Check.kind))):
            found.setdefault(each.candidacy_id, []).append(each)
        return found

    def people(self, candidacies: Iterable[Candidacy]) -> dict[str, Person]:
        """The persons behind candidacies."""
        return by_id(self.moment.session, (each.person_id for each in candidacies))

    def chosen(self) -> Candidacy | None:
        """The candidacy that the decision chose."""
        if self.case.chosen is None:
            return None
        return self.moment.session.get(Candidacy, self.case.chosen)


def move(candidacy: Candidacy, event: str, facts: object = None) -> None:
    """Copy the state that the lifecycle gives back to the row: the one place where it is done."""
    candidacy.state = fire(CandidacyLifecycle, candidacy.state, event, facts)
