"""The one door: make an act binding, or refuse it with every reason. Nothing in between.

Open the write transaction; lock the subject; take the time after the lock is held; who is this
and may they; is it this act's turn; do the rules allow it; write rows; append one entry; mark the
work that follows; queue what must be sent; commit. A refused act changes nothing, is recorded as
refused, and comes back as sentences.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pendulum import DateTime
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

from governance.access.actor import Actor
from governance.database import lock_first
from governance.house import House
from governance.record import chain, outbox, work
from governance.refusals import Finding, Reason, Refused, refuse

S = TypeVar("S", bound=SQLModel)
G = TypeVar("G")
R = TypeVar("R")


@dataclass
class Moment:
    """One act in the making: its transaction, its instant, and what will follow from it.

    `coarsely`: the entry says in which hour it was, not when. For secret ballots.
    `found`: what the authority looked up and the body needs, so that it is asked once.
    """

    house: House
    session: Session
    now: DateTime
    actor: Actor
    notices: list[tuple[tuple[str, str], outbox.Notice]] = field(default_factory=list)
    owed: dict[tuple[str, str], None] = field(default_factory=dict)
    cites: list[str] = field(default_factory=list)
    rules: list[Finding] = field(default_factory=list)
    once_written: list[Callable[[chain.Appended], None]] = field(default_factory=list)
    coarsely: bool = False
    found: dict[str, Any] = field(default_factory=dict)

    def owe(self, kind: str, id_: str) -> None:
        """This owner has something to go on with."""
        self.owed[(kind, id_)] = None

    def tell(self, subject: tuple[str, str], notice: outbox.Notice) -> None:
        """This must be said to somebody, on behalf of a subject."""
        self.notices.append((subject, notice))

    def seal(self, file: str, text: str) -> dict[str, str]:
        """Keep a confidential text; gives what the entry may hold of it."""
        return self.house.keys.seal(self.session, file, text).on_record()


@dataclass(frozen=True)
class Written(Generic[S]):
    """What a verb leaves: its facts for the entry, and the subject where it made a new one."""

    facts: dict[str, Any]
    subject: S | None = None


@dataclass(frozen=True)
class Verb(Generic[S, G]):
    """An act that can be performed on a subject.

    `authority` says by which authority the actor may, or raises Refused. `body` checks turn and
    rules, writes rows, and gives what was written, or None where there was nothing to do.
    """

    kind: str
    subject: type[S]
    chain: str
    authority: Callable[[Moment, S | None, G], str]
    body: Callable[[Moment, S | None, G], Written[S] | None]


@dataclass(frozen=True)
class Receipt:
    """What an act leaves in the actor's hand."""

    kind: str
    subject_id: str
    at: DateTime
    entry: str
    facts: dict[str, Any]


def perform(
    house: House, actor: Actor, verb: Verb[S, G], subject_id: str | None, given: G
) -> Receipt | None:
    """Make an act binding and give its receipt; None where there was nothing left to do.

    `subject_id` is None for an act that makes a new subject. Raises Refused with every reason,
    after recording the refusal on the subject's chain.
    """
    try:
        with house.database.deciding() as session:
            subject = _lock(session, verb, subject_id)
            moment = Moment(house, session, house.clock.now(), actor)
            authority = verb.authority(moment, subject, given)
            written = verb.body(moment, subject, given)
            if written is None:
                session.rollback()  # what changes nothing has no entry, and the other way round
                return None
            subject_key = _key(written.subject or subject)
            entry = _append(moment, verb, subject_key, authority, written.facts)
            for keep in moment.once_written:
                keep(entry)
            _follow(moment)
    except Refused as refusal:
        _record_refusal(house, actor, verb, subject_id, refusal)
        raise
    except IntegrityError as clash:
        faster = _somebody_was_faster()
        _record_refusal(house, actor, verb, subject_id, faster)
        raise faster from clash
    if moment.owed or moment.notices:
        house.wake()
    return Receipt(verb.kind, subject_key, moment.now, entry.hash, written.facts)


def look_ahead(  # noqa: PLR0913, PLR0917 -- an act's own arguments, and what looks at it
    house: House,
    actor: Actor,
    verb: Verb[S, G],
    subject_id: str,
    given: G,
    see: Callable[[Moment, S], R],
) -> R:
    """What would follow from an act: `see` does it and looks, and all of it is taken back.

    Nothing is kept, and nothing is recorded. Raises Refused.
    """
    with house.database.deciding() as session:
        subject = _lock(session, verb, subject_id)
        assert subject is not None  # noqa: S101 -- there is an identifier
        moment = Moment(house, session, house.clock.now(), actor)
        verb.authority(moment, subject, given)
        seen = see(moment, subject)
        session.rollback()
    return seen


def try_out(moment: Moment, act: Callable[[Moment], object]) -> None:
    """Do something inside an act, only to see whether it is refused; then take it back."""
    scratch = Moment(moment.house, moment.session, moment.now, moment.actor)
    with moment.session.begin_nested() as tried:
        act(scratch)
        moment.session.flush()
        tried.rollback()


def _somebody_was_faster() -> Refused:
    return refuse(
        "somebody else has just done the same, or used the same name",
        rule="once_only",
        cure="Look again: if it is not there yet, try once more.",
        reason=Reason.CONFLICT,
    )


def _lock(session: Session, verb: Verb[S, G], subject_id: str | None) -> S | None:
    if subject_id is None:
        return None
    subject = lock_first(session, verb.subject, subject_id)
    if subject is None:
        raise refuse(
            "there is no such {thing}",
            rule="known_subject",
            cure="Check the reference, or open it from the list.",
            reason=Reason.MISSING,
            thing=verb.chain,
        )
    return subject


def _append(
    moment: Moment, verb: Verb[S, G], subject_id: str, authority: str, facts: dict[str, Any]
) -> chain.Appended:
    return chain.append(
        moment.session,
        chain.Writing(
            chain=f"{verb.chain}:{subject_id}",
            kind=verb.kind,
            at=moment.now.start_of("hour") if moment.coarsely else moment.now,
            actor=moment.actor.person_id,
            via=moment.actor.via,
            level=str(moment.actor.level),
            authority=authority,
            facts=facts,
            rules=[finding.on_record() for finding in moment.rules],
            cites=moment.cites,
        ),
    )


def _follow(moment: Moment) -> None:
    outbox.queue(moment.session, moment.notices, moment.now)
    for kind, id_ in moment.owed:
        work.owe(moment.session, kind, id_)


def _record_refusal(
    house: House, actor: Actor, verb: Verb[S, G], subject_id: str | None, refusal: Refused
) -> None:
    if subject_id is None:
        return
    with house.database.deciding() as session:
        if lock_first(session, verb.subject, subject_id) is None:
            return
        chain.append(
            session,
            chain.Writing(
                chain=f"{verb.chain}:{subject_id}",
                kind=f"{verb.kind}:refused",
                at=house.clock.now(),
                actor=actor.person_id,
                via=actor.via,
                level=str(actor.level),
                authority="none",
                facts={"reason": str(refusal.reason)},
                rules=[finding.on_record() for finding in refusal.findings],
            ),
        )


def _key(subject: SQLModel | None) -> str:
    """The name of a subject on its chain: its identifier, or the one name of a chain of its own."""
    return str(getattr(subject, "id", None) or getattr(subject, "organisation", ""))
