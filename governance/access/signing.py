"""Signing in: a one-time code to the registered address, a session, an end.

Codes are mailed at once, not through the outbox. Whether an address is registered is never told.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlmodel import Session, col, select

from governance.access.actor import Actor, Level
from governance.access.models import Code, SignIn
from governance.house import House
from governance.people.models import Person
from governance.people.queries import by_email, roles_of
from governance.record.filekeys import fingerprint
from governance.refusals import Reason, Refused, refuse

CODE_MINUTES = 10
CODE_TRIES = 5
FRESH_MINUTES = 5


@dataclass(frozen=True)
class Challenge:
    """A code was made: under `id` it will be asked for; it goes to `person`, if there is one."""

    id: str
    code: str
    person: Person | None


def challenge(house: House, email: str) -> Challenge:
    """Make a code for whoever has this address; for nobody, one that opens nothing."""
    with house.database.deciding() as session:
        return _challenge(house, session, by_email(session, email), None)


def challenge_for_link(house: House, person_id: str, invitation_id: str) -> Challenge:
    """Make a code for the person whom a link was sent to, good for that question only."""
    with house.database.deciding() as session:
        return _challenge(house, session, session.get_one(Person, person_id), invitation_id)


def enter(house: House, challenge_id: str, code: str) -> str:
    """The token of a new session in exchange for a code. Raises Refused; five tries a code."""
    with house.database.deciding() as session:
        now = house.clock.now()
        row = session.get(Code, challenge_id, with_for_update=True)
        good = (
            row is not None
            and row.used_at is None
            and now < row.until
            and row.tries < CODE_TRIES
            and secrets.compare_digest(row.code, fingerprint("".join(code.split())))
        )
        if row is not None and not good:
            row.tries += 1
        if row is not None and good and row.person_id is not None:
            row.used_at = now
            return _begin(house, session, row.person_id, row.invitation_id)
    raise _wrong_code()


def begin(house: House, person_id: str) -> str:
    """Open a session for somebody whose identity was proven elsewhere; gives its token."""
    with house.database.deciding() as session:
        return _begin(house, session, person_id, None)


def end(house: House, token: str) -> None:
    """Sign out."""
    with house.database.deciding() as session:
        row = session.exec(select(SignIn).where(col(SignIn.token) == fingerprint(token))).first()
        if row is not None:
            row.ended_at = house.clock.now()


def who(house: House, token: str, via: str) -> Actor | None:
    """Who holds a token now, with their roles and how surely we know; None for nobody."""
    now = house.clock.now()
    with house.database.reading() as session:
        row = session.exec(select(SignIn).where(col(SignIn.token) == fingerprint(token))).first()
        if row is None or row.ended_at is not None or now >= row.until:
            return None
        if row.invitation_id is not None:
            return Actor(row.person_id, Level.LINK, via, invitation=row.invitation_id)
        level = Level.FRESH if now < row.fresh_until else Level.SESSION
        return Actor(row.person_id, level, via, roles_of(session, row.person_id))


def _challenge(
    house: House, session: Session, person: Person | None, invitation_id: str | None
) -> Challenge:
    if person is not None and person.left_at is not None:
        person = None  # whoever has left is answered like somebody who was never here
    code = f"{secrets.randbelow(10**8):08d}"
    row = Code(
        person_id=person.id if person else None,
        invitation_id=invitation_id,
        code=fingerprint(code),
        until=house.clock.now().add(minutes=CODE_MINUTES),
    )
    session.add(row)
    return Challenge(row.id, code, person)


def _begin(house: House, session: Session, person_id: str, invitation_id: str | None) -> str:
    token, now = secrets.token_urlsafe(32), house.clock.now()
    session.add(
        SignIn(
            token=fingerprint(token),
            person_id=person_id,
            invitation_id=invitation_id,
            at=now,
            fresh_until=now.add(minutes=FRESH_MINUTES),
            until=now.add(hours=house.settings.session_hours),
        )
    )
    return token


def _wrong_code() -> Refused:
    return refuse(
        "this code is not right, or its ten minutes are over",
        rule="one_time_code",
        article="Mandate, levels of identity",
        cure="Type the newest code from the mail, or ask for another one.",
        where="code",
        reason=Reason.AUTHORITY,
    )
