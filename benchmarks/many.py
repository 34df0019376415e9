"""Many cases at once, to measure with: the demonstration's organisation with as many posts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlmodel import SQLModel, col, select

from governance import app, demonstration, installing
from governance.access.actor import Actor, Level
from governance.acts import Moment, Receipt, Verb, Written, perform
from governance.appointments.candidates import IMPORT, CandidateFile
from governance.appointments.checks.recording import RECORD_CHECKS, Recorded
from governance.appointments.launching import LAUNCH, Launch
from governance.appointments.models import Case, Check
from governance.appointments.vetting import CONFIRM_ELIGIBILITY, JUSTIFY, Confirmed, Justified
from governance.clock import SharedClock
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.models import Consultation, Invitation
from governance.consultation.opening import Asked, Question, open_consultation
from governance.house import House
from governance.people.models import Person
from governance.people.queries import roles_of
from governance.record.models import Outbox
from governance.settings import ROOT, Settings

POST = "regional-director-abidjan"
CANDIDATES = 3
CONFIRMED = {"job_description": "JD 1", "funding_confirmed": "line 4.2"}
RULE = {
    "kind": "single",
    "article": "own: for measuring",
    "positions": [{"key": "yes"}],
    "on_late": "fail",
    "may_change": False,
    "titles": {},
}


def rulebooks(home: Path, posts: int) -> Path:
    """A copy of the law in which one post is there many times."""
    folder = home / "rulebooks"
    shutil.copytree(ROOT / "governance" / "rulebooks", folder)
    path = folder / "interpol" / "posts.yaml"
    head, begin, rest = path.read_text("utf-8").partition("posts:\n")
    post = rest.partition("\n  - key: ")[0] + "\n"  # the first one alone
    many = (post.replace(f"key: {POST}\n", f"key: {_post(number)}\n") for number in range(posts))
    path.write_text(head + begin + "".join(many), "utf-8")
    return folder


def installed(settings: Settings) -> House:
    """A house with the demonstration's people and a clock of its own."""
    demonstration.start_clock(settings)
    house = app.build_house(settings)
    installing.install(house)
    demonstration.load_people(house)
    return house


def person(house: House, email: str) -> Actor:
    """Somebody of the demonstration, signed in."""
    with house.database.reading() as session:
        found = session.exec(select(Person).where(col(Person.email).startswith(email))).one()
        return Actor(found.id, Level.SESSION, "cli", roles_of(session, found.id))


def before_the_last_leader(house: House, posts: int) -> list[str]:
    """A case for each post, of which one leader has still to answer; gives the questions' ids."""
    officer = person(house, "nadia")
    cases = [_launched(house, officer, _post(number)) for number in range(posts)]
    settle(house)
    for case in cases:
        perform(house, officer, IMPORT, case, CandidateFile(_few_candidates(house)))
    assert isinstance(house.clock, SharedClock)
    house.clock.leap(house.clock.now().add(days=60))
    settle(house)
    for case in cases:
        perform(house, officer, CONFIRM_ELIGIBILITY, case, Confirmed("Their papers say so."))
    settle(house)
    for case in cases:
        perform(house, officer, RECORD_CHECKS, case, _every_check(house, case))
    settle(house)
    answer_all(house, "junho", "shortlist", chosen=CANDIDATES)
    settle(house)
    for case in cases:
        perform(house, officer, JUSTIFY, case, Justified("The region needs it."))
    settle(house)
    answer_all(house, "fionnuala", "no_objection")
    answer_all(house, "mathieu", "no_objection")
    settle(house)
    return [each.id for each in open_questions(house)]


def settle(house: House) -> None:
    """Let the engine do what is due, and count every letter as handed over; none leaves."""
    while True:
        swept = app.sweep_deadlines(house, 1000)
        due = app.claim_due(house, 1000)
        for each in due:
            app.advance_one(house, each)
        letters = _unsent(house)
        for row in letters:
            app.HANDED_OVER[row.subject_kind](house, row)
        if not (swept or due or letters):
            return


def answer_all(house: House, email: str, position: str, chosen: int = 0) -> None:
    """Somebody answers every question that is open, alike."""
    actor = person(house, email)
    for each in open_questions(house):
        given = GivenAnswer(position, tuple(each.content["candidates"][:chosen]))
        perform(house, actor, ANSWER, each.id, given)


def open_questions(house: House) -> list[Consultation]:
    """Every question that is open, the oldest case first."""
    with house.database.reading() as session:
        query = select(Consultation).where(col(Consultation.state) == "open")
        return list(session.exec(query.order_by(col(Consultation.reference))))


def put(house: House, case: str, count: int, since: int = 0) -> list[tuple[str, str]]:
    """So many questions to one referee on behalf of a case: each question and its invitation."""
    referee = str(person(house, "cecile").person_id)

    def body(moment: Moment, _: SQLModel | None, __: None) -> Written[Any]:
        opened = [
            open_consultation(moment, _question(case, referee, number))
            for number in range(since, since + count)
        ]
        return Written({"opened": [each.id for each in opened]}, moment.session.get(Case, case))

    verb: Verb[Any, None] = Verb("case:advance", Case, "case", lambda *_: "clock", body)
    done = perform(house, person(house, "nadia"), verb, case, None)
    assert done is not None
    return list(zip(done.facts["opened"], _invitations(house, done.facts["opened"]), strict=True))


def answer(house: House, asked: tuple[str, str]) -> Receipt | None:
    """The referee answers one of these questions, which closes it and makes its case due."""
    question, invitation = asked
    referee = Actor(person_of[invitation], Level.LINK, "cli", invitation=invitation)
    return perform(house, referee, ANSWER, question, GivenAnswer("yes"))


person_of: dict[str, str] = {}


def launched(house: House) -> str:
    """One case, launched; gives its id."""
    case = _launched(house, person(house, "nadia"), POST)
    settle(house)
    return case


def _post(number: int) -> str:
    return f"{POST}-{number + 1}"


def _launched(house: House, officer: Actor, post: str) -> str:
    done = perform(
        house, officer, LAUNCH, None, Launch("regional-director", post, confirmed=CONFIRMED)
    )
    assert done is not None
    return done.subject_id


def _few_candidates(house: House) -> bytes:
    path = house.settings.rulebook_folder / "demonstration" / "candidates.csv"
    return b"".join(path.read_bytes().splitlines(keepends=True)[: CANDIDATES + 1])


def _every_check(house: House, case: str) -> Recorded:
    with house.database.reading() as session:
        checks = session.exec(select(Check).where(col(Check.case_id) == case))
        pairs = tuple((each.candidacy_id, each.kind) for each in checks)
    return Recorded(pairs, "satisfactory", "Papers on file")


def _unsent(house: House) -> list[Outbox]:
    with house.database.reading() as session:
        query = select(Outbox).where(
            col(Outbox.handed_over_at).is_(None), col(Outbox.cancelled_because).is_(None)
        )
        return list(session.exec(query))


def _question(case: str, referee: str, number: int) -> Question:
    return Question(
        owner=("case", case),
        step_key=f"measured:{number}",
        round=1,
        reference="INT",
        question={"en": "Yes?"},
        asked_by=None,
        rule=RULE,
        level="link",
        content={"barred": [], "candidates": []},
        asked=(Asked(referee, "referee", "lyon"),),
        template="reference",
    )


def _invitations(house: House, questions: Iterable[str]) -> list[str]:
    with house.database.reading() as session:
        rows = session.exec(
            select(Invitation).where(col(Invitation.consultation_id).in_(list(questions)))
        )
        found = {row.consultation_id: row for row in rows}
    person_of.update({row.id: row.person_id for row in found.values()})
    return [found[each].id for each in questions]


def environment_of(settings: dict[str, str]) -> Settings:
    """These settings, for this process and what it starts."""
    os.environ.update(settings)
    return Settings()
