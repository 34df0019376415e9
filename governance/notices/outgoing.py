"""One notice on its way out: who gets it, what it says, and how the mail server took it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pendulum import DateTime

from governance.house import House
from governance.people.models import Person
from governance.record.models import Outbox
from governance.record.outbox import message_id


class NotSent(Exception):
    """The mail server did not take it; `for_good` where trying again is useless."""

    def __init__(self, because: str, *, for_good: bool) -> None:
        super().__init__(because)
        self.for_good = for_good


@dataclass(frozen=True)
class Letter:
    """A notice with everything that its mail needs."""

    key: str
    to_name: str
    to_address: str
    language: str
    template: str
    facts: Mapping[str, Any]
    message_id: str
    link: str
    at: DateTime

    @classmethod
    def of(cls, row: Outbox, person: Person, house: House) -> Letter:
        """The letter of a row of the outbox to the person whom it is for."""
        domain = house.settings.mail_from.rpartition("@")[2]
        return cls(
            key=row.key,
            to_name=person.name,
            to_address=person.email,
            language=person.language,
            template=row.template,
            facts=row.facts,
            message_id=message_id(row.key, domain),
            link=house.settings.base_url,
            at=house.clock.now(),
        )
