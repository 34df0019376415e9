"""What a rehearsal came to: facts that are the same however often it was interrupted."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from sqlmodel import Session, col, select

from flows.rehearsal.letterbox import Letterbox
from governance.appointments.models import Candidacy, Case, Document
from governance.house import House
from governance.people.models import Person
from governance.record import chain
from governance.record.models import Entry, Outbox
from governance.record.outbox import message_id

REMINDER = "reminder"


@dataclass(frozen=True)
class Summary:
    """The end of a case, its letters and mails, and whether its record holds.

    `letters` are counted by kind and language, `notices` by kind, less the reminders: they go to
    whoever is slow, which at this clock depends on the machine. `lost` are notices without a
    mail, `strange` are mails under a Message-ID that no notice has; both should be empty.
    """

    reference: str
    state: str
    stage: str
    chosen: str
    letters: dict[str, int]
    sha256: list[str]
    notices: dict[str, int]
    mails: int
    twice: int
    message_ids: list[str]
    lost: list[str]
    strange: list[str]
    acts: dict[str, int]
    entries: int
    verified: bool
    days: int

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return asdict(self)

    def same_however(self) -> dict[str, Any]:
        """What must not depend on when what was killed."""
        kept = ("state", "stage", "chosen", "letters", "notices", "lost", "strange", "verified")
        return {key: value for key, value in asdict(self).items() if key in kept}


def summary_of(house: House, letterbox: Letterbox, reference: str) -> Summary:
    """The facts of a case, from the rows themselves and from the mails that were caught."""
    with house.database.reading() as session:
        case = session.exec(select(Case).where(col(Case.reference) == reference)).one()
        documents = list(
            session.exec(
                select(Document)
                .where(col(Document.case_id) == case.id)
                .order_by(col(Document.kind), col(Document.language), col(Document.number))
            )
        )
        entries, faults = chain.verify(session)
        written = list(session.exec(select(Entry).order_by(col(Entry.id))))
        notices = list(session.exec(select(Outbox)))
        chosen = _chosen(session, case)
    domain = house.settings.mail_from.rpartition("@")[2]
    reminders = {message_id(each.key, domain) for each in notices if each.template == REMINDER}
    post = _Post.of(notices, letterbox, domain)
    of_case = [each for each in written if each.chain.startswith(("case:", "consultation:"))]
    return Summary(
        reference=reference,
        state=case.state,
        stage=case.stage,
        chosen=chosen,
        letters=dict(sorted(Counter(f"{one.kind}/{one.language}" for one in documents).items())),
        sha256=[each.sha256 for each in documents],
        notices=dict(
            sorted(Counter(each.template for each in notices if each.template != REMINDER).items())
        ),
        mails=sum(post.mails.values()),
        twice=sum(count - 1 for count in post.mails.values()),
        message_ids=sorted(post.mails.keys() - reminders),
        lost=post.lost,
        strange=post.strange,
        acts=dict(sorted(Counter(each.kind for each in of_case).items())),
        entries=entries,
        verified=not faults,
        days=(of_case[-1].at - of_case[0].at).days,
    )


@dataclass(frozen=True)
class _Post:
    """Notices beside the mails that were caught; one-time codes are no notices."""

    mails: Counter[str]
    lost: list[str]
    strange: list[str]

    @classmethod
    def of(cls, notices: list[Outbox], letterbox: Letterbox, domain: str) -> _Post:
        wanted = {
            message_id(each.key, domain): each.template
            for each in notices
            if each.cancelled_because is None
        }
        known = wanted.keys() | {message_id(each.key, domain) for each in notices}
        caught = Counter(each.message_id for each in letterbox.mails() if not each.is_code)
        return cls(
            mails=caught,
            lost=sorted(kind for key, kind in wanted.items() if key not in caught),
            strange=sorted(key for key in caught if key not in known),
        )


def _chosen(session: Session, case: Case) -> str:
    if case.chosen is None:
        return ""
    candidacy = session.get_one(Candidacy, case.chosen)
    return session.get_one(Person, candidacy.person_id).email
