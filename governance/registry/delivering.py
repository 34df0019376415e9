"""What happens to an issued document: handed over, opened, acknowledged, replaced, annulled."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.database import new_id
from governance.lifecycle import fire
from governance.people.models import Person
from governance.record.models import Outbox
from governance.record.outbox import Notice
from governance.refusals import Reason, Refused, refuse
from governance.registry.drafting import is_registrar
from governance.registry.lifecycle import PaperLifecycle
from governance.registry.models import Delivery, Paper
from governance.registry.rules import Ending

CHANNELS = ("hand", "mail", "pouch", "post", "portal")
SUBJECT = "document"
TEMPLATE = "document"


@dataclass(frozen=True)
class Handing:
    """A document handed over: to a registered person or to somebody in words, by which channel."""

    channel: str
    person_id: str | None = None
    to: str = ""
    key: str = ""


@dataclass(frozen=True)
class Replacing:
    """A newer document, issued, that takes this one's place."""

    successor_id: str


def send(moment: Moment, paper: Paper) -> None:
    """Queue the mail that tells the addressee; the hand-over is recorded when it has left."""
    if paper.addressee_id is None:
        return
    moment.tell(
        (SUBJECT, paper.id),
        Notice(
            key=f"document:{paper.id}",
            person_id=paper.addressee_id,
            template=TEMPLATE,
            facts={"document": paper.id, "reference": paper.number},
        ),
    )


def _deliver_body(moment: Moment, paper: Paper | None, given: Handing) -> Written[Paper] | None:
    assert paper is not None  # noqa: S101 -- the door locks the subject first
    if given.channel not in CHANNELS:
        raise refuse(
            '"{channel}" is no way by which a document is delivered here',
            rule="channel_is_known",
            cure="Choose one of: {known}.",
            reason=Reason.INPUT,
            channel=given.channel[:40],
            known=", ".join(CHANNELS),
        )
    _has_left(moment, given.key)
    key = given.key or f"{given.channel}:{given.person_id or given.to}"[:120]
    if _delivery(moment.session, paper.id, key) is not None:
        return None
    paper.state = fire(PaperLifecycle, paper.state, "deliver")
    person = moment.session.get(Person, given.person_id) if given.person_id else None
    moment.session.add(
        Delivery(
            id=new_id(),
            paper_id=paper.id,
            key=key,
            person_id=person.id if person else None,
            to="" if person else given.to[:200],
            channel=given.channel,
            at=moment.now,
        )
    )
    return Written({"channel": given.channel, "person": given.person_id}, paper)


def _send_body(moment: Moment, paper: Paper | None, _: None) -> Written[Paper]:
    assert paper is not None  # noqa: S101 -- the door locks the subject first
    fire(PaperLifecycle, paper.state, "deliver")
    if paper.addressee_id is None:
        raise refuse(
            "nobody is registered to whom this document could be sent",
            rule="addressee_is_known",
            cure="Record its delivery by hand, by post or by pouch.",
        )
    send(moment, paper)
    return Written({"channel": "mail"}, paper)


def _open_body(moment: Moment, paper: Paper | None, _: None) -> Written[Paper] | None:
    """The first time that the addressee opens it is kept; later ones change nothing."""
    assert paper is not None  # noqa: S101 -- the door locks the subject first
    mine = _unopened(moment.session, paper.id, moment.actor.person_id)
    if mine is None:
        return None
    paper.state = fire(PaperLifecycle, paper.state, "open")
    mine.opened_at = moment.now
    return Written({"delivery": mine.id}, paper)


def _acknowledge_body(_: Moment, paper: Paper | None, __: None) -> Written[Paper] | None:
    assert paper is not None  # noqa: S101 -- the door locks the subject first
    if paper.state == "acknowledged":
        return None
    paper.state = fire(PaperLifecycle, paper.state, "acknowledge")
    return Written({"number": paper.number}, paper)


def _supersede_body(moment: Moment, paper: Paper | None, given: Replacing) -> Written[Paper]:
    assert paper is not None  # noqa: S101 -- the door locks the subject first
    newer = moment.session.get(Paper, given.successor_id)
    ending = Ending("", newer.state if newer else None, given.successor_id == paper.id)
    paper.state = fire(PaperLifecycle, paper.state, "supersede", ending)
    paper.superseded_by = given.successor_id
    return Written({"by": given.successor_id}, paper)


def _annul_body(_: Moment, paper: Paper | None, because: str) -> Written[Paper]:
    assert paper is not None  # noqa: S101 -- the door locks the subject first
    paper.state = fire(PaperLifecycle, paper.state, "annul", Ending(because))
    paper.ended_because = because.strip()[:500]
    return Written({"number": paper.number}, paper)


def by_clock_or_registrar(moment: Moment, paper: Paper | None, given: object) -> str:
    """A hand-over is recorded by the clock, or by whoever keeps documents."""
    return "clock" if moment.actor.is_clock else is_registrar(moment, paper, given)


def is_addressee(moment: Moment, paper: Paper | None, _: object) -> str:
    """The person to whom the document is addressed, or to whom it was delivered."""
    assert paper is not None  # noqa: S101 -- the door locks the subject first
    me = moment.actor.person_id
    if me is not None and (
        me == paper.addressee_id or _delivered_to(moment.session, paper.id, me) is not None
    ):
        return "addressee"
    raise refuse(
        "this document is addressed to somebody else",
        rule="is_the_addressee",
        article="Mandate, the registry of documents",
        cure="Sign in as the person to whom it was sent.",
        reason=Reason.AUTHORITY,
    )


def addressee_or_registrar(moment: Moment, paper: Paper | None, given: object) -> str:
    """Receipt is confirmed by the addressee, or entered by whoever keeps documents."""
    try:
        return is_registrar(moment, paper, given)
    except Refused:
        return is_addressee(moment, paper, given)


def _has_left(moment: Moment, key: str) -> None:
    """Where the mail server took its notice: it is not sent again."""
    parcel = moment.session.get(Outbox, key) if key else None
    if parcel is not None:
        parcel.handed_over_at, parcel.lease_until = moment.now, None


def _delivery(session: Session, paper_id: str, key: str) -> Delivery | None:
    query = select(Delivery).where(col(Delivery.paper_id) == paper_id, col(Delivery.key) == key)
    return session.exec(query).first()


def _delivered_to(session: Session, paper_id: str, person_id: str) -> Delivery | None:
    query = select(Delivery).where(
        col(Delivery.paper_id) == paper_id, col(Delivery.person_id) == person_id
    )
    return session.exec(query.order_by(col(Delivery.at))).first()


def _unopened(session: Session, paper_id: str, person_id: str | None) -> Delivery | None:
    query = select(Delivery).where(
        col(Delivery.paper_id) == paper_id,
        col(Delivery.person_id) == person_id,
        col(Delivery.opened_at).is_(None),
    )
    return session.exec(query.order_by(col(Delivery.at))).first()


ACKNOWLEDGE: Verb[Paper, None] = Verb(
    "document:acknowledge", Paper, SUBJECT, addressee_or_registrar, _acknowledge_body
)
ANNUL: Verb[Paper, str] = Verb("document:annul", Paper, SUBJECT, is_registrar, _annul_body)
DELIVER: Verb[Paper, Handing] = Verb(
    "document:deliver", Paper, SUBJECT, by_clock_or_registrar, _deliver_body
)
OPEN: Verb[Paper, None] = Verb("document:open", Paper, SUBJECT, is_addressee, _open_body)
SEND: Verb[Paper, None] = Verb("document:send", Paper, SUBJECT, is_registrar, _send_body)
SUPERSEDE: Verb[Paper, Replacing] = Verb(
    "document:supersede", Paper, SUBJECT, is_registrar, _supersede_body
)
