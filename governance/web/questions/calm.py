"""The pages that say calmly why there is nothing to do here."""

from __future__ import annotations

from governance.access.actor import Level
from governance.consultation.casters import castings_of
from governance.consultation.models import TIED
from governance.consultation.queries import put_all
from governance.consultation.standing.rules import rights
from governance.people.models import Person
from governance.refusals import Refused, say
from governance.web.questions.telling import Opened, position_of, question_of
from governance.web.views import Act, Calm, Fact

TO_THE_LIST = Act(say("See what waits for me"), "/waiting")


def answered_already(opened: Opened) -> Calm:
    """The reader has answered, and the answer stands."""
    answer, reading = opened.mine.answer, opened.reading
    assert answer is not None  # noqa: S101 -- that is why this page is shown
    facts = [
        Fact(say("Question"), question_of(reading, opened.consultation)),
        Fact(say("Your answer"), position_of(reading, opened.consultation, answer.position)),
        Fact(say("Article"), opened.consultation.rule["article"]),
    ]
    if answer.text:
        facts.append(Fact(say("Reason"), reading.opened(answer.text)))
    facts += _certificate(opened)
    return Calm(
        say("You have answered this question"),
        (say("Your answer is recorded and stands. Nothing more is asked of you here."),),
        tuple(facts),
        reading.moment(answer.at),
        TO_THE_LIST,
        "ok",
    )


def closed(opened: Opened) -> Calm:
    """The question was settled, or withdrawn, before the reader answered; or it is tied."""
    consultation = opened.consultation
    if consultation.state == TIED:
        return _tied(opened)
    withdrawn = consultation.state == "withdrawn"
    words = (
        say("Whoever put it has withdrawn it. Nothing is asked of you any more.")
        if withdrawn
        else say("It was settled without your answer. Nothing is asked of you any more.")
    )
    title = say("This question was withdrawn") if withdrawn else say("This question is closed")
    facts = (
        Fact(say("Question"), question_of(opened.reading, consultation)),
        Fact(say("Case"), consultation.reference),
        *_certificate(opened),
    )
    at = opened.reading.moment(consultation.closed_at) if consultation.closed_at else None
    return Calm(title, (words,), facts, at, TO_THE_LIST)


def _tied(opened: Opened) -> Calm:
    """As many are for as against: nobody answers any more but whoever casts."""
    reading, consultation = opened.reading, opened.consultation
    asked = [
        each
        for put in put_all(reading.session, castings_of(reading.session, consultation.id))
        for each in put.asked
    ]
    names = reading.listed(each.person.name for each in asked)
    facts = [
        Fact(say("Question"), question_of(reading, consultation)),
        Fact(say("Case"), consultation.reference),
        Fact(say("Article"), consultation.rule["article"]),
        *([Fact(say("Casting vote"), names)] if asked else []),
    ]
    return Calm(
        say("The votes are equally divided"),
        (say("Nobody answers any more. The casting vote is awaited, and decides."),),
        tuple(facts),
        act=TO_THE_LIST,
    )


def _certificate(opened: Opened) -> list[Fact]:
    """The way to the certificate of a question that is closed, for whoever is signed in."""
    consultation = opened.consultation
    if consultation.outcome is None or consultation.level == Level.LINK:
        return []
    told = say("Certificate: rule, roll and count")
    return [Fact(say("Result"), told, f"/consultations/{consultation.id}/certificate")]


def late(opened: Opened) -> Calm:
    """The deadline has passed, even if nothing has closed the question yet."""
    invitation = opened.mine.invitation
    assert invitation.due_at is not None  # noqa: S101 -- that is why this page is shown
    now = opened.reading.now
    asked = [
        each.person.name
        for each in opened.put.asked
        if opened.consultation.escalated
        and not each.has_spoken
        and (each.invitation.due_at is None or each.invitation.due_at > now)
    ]
    facts = [Fact(say("Question"), question_of(opened.reading, opened.consultation))]
    facts += [Fact(say("Who may answer"), opened.reading.listed(asked))] if asked else []
    return Calm(
        say("The time to answer is over"),
        (
            say("Answers are not taken after the deadline; the law says what it means."),
            say("If you should have been heard, write to whoever put the question."),
        ),
        tuple(facts),
        at=opened.reading.due(invitation.due_at, invitation.calendar),
        act=TO_THE_LIST,
        tone="warn",
    )


def not_yours(opened: Opened, refused: Refused) -> Calm:
    """The reader may not answer here, or no longer: why, and who may."""
    consultation = opened.consultation
    facts = [
        Fact(say("Question"), question_of(opened.reading, consultation)),
        Fact(say("Case"), consultation.reference),
    ]
    may = [each for each in rights(opened.seat) if each.person != opened.actor.person_id]
    if may and not opened.mine.invitation.recused_at:
        names = [
            person.name
            for each in may
            if (person := opened.reading.session.get(Person, each.person)) is not None
        ]
        facts.append(Fact(say("Who may answer"), opened.reading.listed(names)))
    words = tuple(
        part for each in refused.findings for part in (each.because, each.cure) if part.pattern
    )
    return Calm(
        say("This question is not yours to answer now"),
        words,
        tuple(facts),
        act=TO_THE_LIST,
        tone="lock",
    )
