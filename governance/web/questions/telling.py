"""A question in words for whoever is asked: in which office, until when, what silence means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from governance.access.actor import Actor
from governance.appointments.law import current_law, law_of
from governance.appointments.models import Case
from governance.consultation.models import Consultation, Invitation
from governance.consultation.pausing import last_pause, wished
from governance.consultation.queries import Asked, Put, root_of
from governance.consultation.standing.rules import Right, Seat
from governance.consultation.windows import on_silence
from governance.house import House
from governance.language import comma
from governance.people.models import Person
from governance.refusals import Sentence, say
from governance.rulebook.schema import Post, Procedure
from governance.web.cases.marks import SILENT, SPOKE_IN_SECRET, counts_as_consent
from governance.web.cases.reading import Reading, reading_for
from governance.web.cases.standing import instrument_of, speaker
from governance.web.views import Clock, Fact, Mark, Voice, Words

SILENCE: Mapping[str, Sentence] = {
    "tacit": say("Your silence counts as agreement when the time is over."),
    "fail": say("The time ends without your answer, and the case goes on as the law provides."),
    "remind": say("The question stays open and you are reminded. Silence decides nothing."),
    "escalate": say("When the time is over, another office is asked. Silence decides nothing."),
    "extend": say("The time is extended, as the law provides. Silence decides nothing."),
    "wait": say("The question stays open until you answer. Silence decides nothing."),
}

KINDS: Mapping[str, Sentence] = {
    "single": say("One person answers, and the answer is the result"),
    "choice": say("One person decides, no vote"),
    "no_objection": say("Carried unless somebody objects in writing in time"),
    "advice": say("Views are recorded; nothing is bound by them"),
    "any_one": say("Carried as soon as one of those asked is in favour"),
    "unanimity": say("Carried if everybody is in favour"),
    "consensus": say("Carried unless somebody present formally objects"),
    "majority": say("Carried by a majority"),
    "organs": say("Carried if every organ carries it under its own rule"),
    "ballot": say("Seats are filled by those with enough votes, the highest first"),
}

CAPACITIES: Mapping[str, Sentence] = {
    "candidate": say("Candidate"),
    "heard": say("Candidate"),
    "national_bureau": say("National Central Bureau"),
    "referee": say("Referee"),
    "launcher": say("Launcher of the case"),
}

NOT_YET = say("Your time begins when our mail has reached you")
NO_DEADLINE = say("No deadline")
STANDS_STILL = say("The clock stands still")
PAUSED = say("Information is awaited; you get the time back. You may answer all the same.")


def reading_in(
    house: House, session: Session, actor: Actor, language: str, case: Case | None = None
) -> Reading:
    """How somebody reads, under the law of a case or under the law in force."""
    rulebook = law_of(session, case.law) if case else current_law(session)[1]
    return reading_for(house, session, actor, rulebook, language)


@dataclass(frozen=True)
class Opened:
    """One question as it lies before somebody: their seat, and by which right they may answer.

    `case` is None where the question belongs to no appointment; `right` where they may not answer.
    """

    reading: Reading
    put: Put
    mine: Asked
    case: Case | None
    right: Right | None
    seat: Seat
    actor: Actor

    @property
    def has_answered(self) -> bool:
        """Whether the seat has an answer that counts, or a paper was cast from it."""
        return self.mine.has_spoken

    @property
    def consultation(self) -> Consultation:
        """The question's row."""
        return self.put.consultation

    @property
    def law(self) -> tuple[Procedure, Post]:
        """The procedure and the post of the case, which are pinned with it."""
        assert self.case is not None  # noqa: S101 -- asked for where there is a case
        rulebook = self.reading.rulebook
        procedure, post = rulebook.procedure(self.case.procedure), rulebook.post(self.case.post)
        assert procedure is not None  # noqa: S101 -- the law of a case is pinned with its procedure
        assert post is not None  # noqa: S101 -- and with its post
        return procedure, post


def standing_of(opened: Opened) -> Words:
    """For whom the reader answers, and by which right; nothing where they were asked themselves."""
    right = opened.right
    if right is None or right.kind == "asked":
        return say("Nobody had answered in time.") if passed_on(opened) else ""
    reading = opened.reading
    person = reading.session.get(Person, right.for_person or "")
    name = person.name if person else capacity_of(reading, right.for_office)
    if right.kind == "successor":
        return say("You hold the office now; it was {name} who was written to.", name=name)
    if right.kind == "delegate":
        return say("You answer for {name}, who has delegated this question to you.", name=name)
    instrument = instrument_of(right.instrument)
    if right.until is None:
        return say("You answer for {name}, under: {instrument}.", name=name, instrument=instrument)
    return say(
        "You answer for {name} until {until}, under: {instrument}.",
        name=name,
        instrument=instrument,
        until=reading.last_day(right.until),
    )


def passed_on(opened: Opened) -> bool:
    """Whether the reader's office is asked because those asked first were late."""
    within = opened.consultation.rule.get("within") or {}
    office = str(within.get("escalate_to") or "").removeprefix("office.")
    is_theirs = opened.mine.invitation.capacity == office
    return bool(opened.consultation.escalated) and is_theirs


def spoken_by(reading: Reading, asked: Asked) -> Words:
    """Who has spoken from a seat, and for whom: "X for Y under Z"."""
    return speaker(reading, asked, capacity_of(reading, asked.invitation.capacity))


def question_of(reading: Reading, consultation: Consultation) -> Words:
    """The question with the post that it is about."""
    question = reading.text(consultation.question)
    case = _case_of(reading.session, consultation)
    post = reading.rulebook.post(case.post) if case else None
    if post is None:
        return question
    return say("{question} {post}", question=question, post=reading.text(post.title))


def about_of(reading: Reading, consultation: Consultation) -> Words:
    """The post that a question is about, and the reference of its case."""
    case = _case_of(reading.session, consultation)
    post = reading.rulebook.post(case.post) if case else None
    if post is None:
        return consultation.reference
    title = reading.text(post.title)
    return say("{post} · {number}", post=title, number=consultation.reference)


def _case_of(session: Session, consultation: Consultation) -> Case | None:
    return session.get(Case, root_of(session, consultation).owner_id)


def asker_of(session: Session, consultation: Consultation) -> Words:
    """Who put the question."""
    person = session.get(Person, consultation.asked_by) if consultation.asked_by else None
    return person.name if person else say("Mandate")


def capacity_of(reading: Reading, capacity: str) -> Words:
    """In which office or capacity somebody is asked."""
    office = reading.rulebook.office(capacity)
    return reading.text(office.title) if office else CAPACITIES.get(capacity) or capacity


def clock_of(reading: Reading, consultation: Consultation, invitation: Invitation) -> Clock:
    """How long somebody has, until when, and what happens if they do nothing."""
    silence = SILENCE.get(on_silence(consultation), SILENCE["wait"])
    if invitation.due_at is None:
        left = NOT_YET if consultation.rule.get("within") else NO_DEADLINE
        return Clock(left, None, silence, "none")
    if consultation.paused_at is not None:
        return Clock(STANDS_STILL, None, _why_it_stands(reading, consultation), "none")
    calendar = invitation.calendar or next(iter(reading.house.calendars))
    due = reading.due(invitation.due_at, calendar)
    return Clock(reading.left(invitation.due_at, calendar), due, silence)


def _why_it_stands(reading: Reading, consultation: Consultation) -> Words:
    """Whose information is awaited, and how long at most; or that more time was asked for."""
    pause = last_pause(reading.session, consultation.id)
    if pause is not None and wished(pause):
        return say("More time was asked for. Your time runs on once that is decided.")
    owner = reading.session.get(Person, pause.owner) if pause and pause.owner else None
    if pause is None or owner is None or pause.until is None:
        return PAUSED
    return say(
        "Information is awaited from {name}, until {day} at the latest; you get the time back. "
        "You may answer all the same.",
        name=owner.name,
        day=reading.last_day(pause.until),
    )


def position_of(reading: Reading, consultation: Consultation, key: str) -> str:
    """What an answer is called."""
    titles = consultation.rule.get("titles", {})
    return reading.text(titles.get(key), key.replace("_", " "))


def voice_of(reading: Reading, consultation: Consultation, asked: Asked) -> Voice:
    """What somebody who was asked has said, with the reason that they gave."""
    who = spoken_by(reading, asked)
    answer = asked.answer
    if answer is None and asked.has_spoken:
        return Voice(who, Mark("ok", SPOKE_IN_SECRET))
    if answer is None:
        day = reading.day_of(asked.invitation.invited_at)
        if counts_as_consent(consultation, asked.invitation):
            return Voice(who, Mark("ok", SILENT), "", say("asked on {day}", day=day))
        silent = say("not yet answered") if consultation.state == "open" else say("did not answer")
        return Voice(who, Mark("none", silent), "", say("asked on {day}", day=day))
    against = _is_blocking(consultation.rule, answer.position)
    mark = Mark("bad" if against else "ok", position_of(reading, consultation, answer.position))
    when = say("answered on {day}", day=reading.day_of(answer.at))
    return Voice(who, mark, reading.plain(answer.text), when)


def profile(reading: Reading, facts: Mapping[str, Any]) -> tuple[Fact, ...]:
    """What a candidate brings, as far as it is on file."""
    spoken: Mapping[str, str] = facts.get("languages", {})
    levels = (f"{reading.tongue(code)} {level}".strip() for code, level in spoken.items())
    tongues = comma(reading.language).join(levels)
    years = facts.get("years_experience")
    lines: tuple[tuple[Sentence, Words], ...] = (
        (say("Languages"), tongues),
        (say("Experience"), say("{years} years", years=years) if years else ""),
        (say("Police rank"), str(facts.get("police_rank") or "")),
        (say("Employer"), str(facts.get("current_employer") or "")),
    )
    return tuple(Fact(label, value) for label, value in lines if value)


def _is_blocking(rule: Mapping[str, Any], key: str) -> bool:
    return any(each["key"] == key and each.get("blocking") for each in rule["positions"])
