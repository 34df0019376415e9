"""What is new: since the reader last looked, and between the version they saw and the newest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import pendulum
from pendulum import DateTime
from sqlmodel import col, select

from governance.appointments.models import Candidacy
from governance.consultation.amending import Changed, difference, paragraphs_of
from governance.consultation.models import OPEN, ContentVersion
from governance.consultation.standing.informing import of_question
from governance.people.models import Person
from governance.record.chain import trail
from governance.refusals import say
from governance.web.cases.reading import Reading
from governance.web.questions.telling import Opened, spoken_by
from governance.web.views import Words

MOVED = {
    "consultation:extend": say("the time to answer was extended"),
    "consultation:pause": say("the clock was stopped"),
    "consultation:resume": say("the clock runs on"),
    "consultation:recuse": say("somebody has stepped back from this question"),
}


def instant(kept: str) -> DateTime | None:
    """When somebody last looked, as their browser kept it; None where that is no instant."""
    try:
        found = datetime.fromisoformat(kept)
    except ValueError:
        return None
    return pendulum.instance(found) if found.tzinfo is not None else None


def news(opened: Opened, since: DateTime | None) -> tuple[Words, ...]:
    """What happened to the question after an instant, as far as the reader may know it."""
    if since is None:
        return ()
    return (
        *_versions_after(opened, since),
        *_answers_after(opened, since),
        *_information_after(opened, since),
        *_clock_after(opened, since),
    )


def differences(opened: Opened, seen: int) -> tuple[Words, ...]:
    """What the papers say otherwise than in the version that was seen."""
    query = (
        select(ContentVersion)
        .where(
            col(ContentVersion.consultation_id) == opened.consultation.id,
            col(ContentVersion.version) >= seen,
            col(ContentVersion.shown_since).is_not(None),
        )
        .order_by(col(ContentVersion.version))
    )
    kept = list(opened.reading.session.exec(query))
    before = kept[0].content if kept and kept[0].version == seen else None
    now = opened.consultation.content
    found = between(opened.reading, before, now) if before else ()
    version = opened.consultation.content_version
    return found or (say("the papers are now in version {version}", version=version),)


def marked_between(opened: Opened, seen: int | None, since: DateTime | None) -> tuple[Changed, ...]:
    """The text with its changes marked, paragraph by paragraph; nothing where it is the same."""
    query = select(ContentVersion).where(
        col(ContentVersion.consultation_id) == opened.consultation.id,
        col(ContentVersion.shown_since).is_not(None),
    )
    shown = list(opened.reading.session.exec(query.order_by(col(ContentVersion.version))))
    if seen is not None:
        before = [each for each in shown if each.version == seen]
    else:
        before = [
            each for each in shown if since and each.shown_since and each.shown_since <= since
        ]
    if not before:
        return ()
    return marked(before[-1].content, opened.consultation.content)


def marked(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Changed, ...]:
    """The paragraphs that differ between two contents, word by word."""
    changed = difference(paragraphs_of(old), paragraphs_of(new))
    return tuple(each for each in changed if each.kind != "same")


def between(reading: Reading, old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Words, ...]:
    """What two contents say differently, in sentences."""
    return tuple(_between(reading, old, new))


def _between(reading: Reading, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Words]:
    left = [each for each in old.get("candidates", ()) if each not in new.get("candidates", ())]
    come = [each for each in new.get("candidates", ()) if each not in old.get("candidates", ())]
    for name in names_of(reading, old, left).values():
        yield say("{name} may no longer be chosen", name=name)
    for name in names_of(reading, new, come).values():
        yield say("{name} may be chosen now", name=name)
    if old.get("title") != new.get("title") and new.get("title"):
        title = new["title"]
        yield say(
            "the title is now: {title}",
            title=title if isinstance(title, str) else reading.text(title),
        )
    if old.get("text") != new.get("text"):
        yield say("the text was changed")
    if old.get("documents") != new.get("documents"):
        yield say("the documents were changed")


def names_of(
    reading: Reading, content: Mapping[str, Any], candidates: Sequence[str]
) -> dict[str, str]:
    """What those who may be chosen are called: a code where they are seen without their names.

    Who stands in a body's election is kept by name.
    """
    query = (
        select(Candidacy.id, Person)
        .join(Person, col(Candidacy.person_id) == col(Person.id))
        .where(col(Candidacy.id).in_(candidates))
    )
    people = {key: person.name for key, person in reading.session.exec(query)}
    codes = content.get("codes") or {}
    named = {each: codes.get(each) or people.get(each, each) for each in candidates}
    return dict(sorted(named.items(), key=lambda each: each[1]))


def _versions_after(opened: Opened, since: DateTime) -> Iterator[Words]:
    query = (
        select(ContentVersion.version)
        .where(
            col(ContentVersion.consultation_id) == opened.consultation.id,
            col(ContentVersion.shown_since) > since,
            col(ContentVersion.version) > 1,
        )
        .order_by(col(ContentVersion.version))
    )
    versions = list(opened.reading.session.exec(query))
    if versions:
        yield from differences(opened, versions[0] - 1)


def _answers_after(opened: Opened, since: DateTime) -> Iterator[Words]:
    if opened.consultation.secrecy != OPEN:
        return
    for each in opened.put.asked:
        answer = each.answer
        if answer is not None and answer.at > since and each is not opened.mine:
            who = spoken_by(opened.reading, each)
            yield say("{who} has answered", who=who)


def _information_after(opened: Opened, since: DateTime) -> Iterator[Words]:
    for each in of_question(opened.reading.session, opened.consultation.id):
        if each.answered_at is not None and each.answered_at > since:
            yield say("information that was asked for has come")
        elif each.answered_at is None and each.asked_at > since:
            yield say("information was asked for")


def _clock_after(opened: Opened, since: DateTime) -> Iterator[Words]:
    chain = f"consultation:{opened.consultation.id}"
    for entry in trail(opened.reading.session, [chain]):
        if entry.at > since and entry.kind in MOVED:
            yield MOVED[entry.kind]
