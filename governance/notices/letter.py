"""A notice on its way to one person, with everything that its mail needs; and why it did not go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pendulum import DateTime

from governance.access.signing import Challenge
from governance.house import House
from governance.people.models import Person
from governance.record.models import Outbox
from governance.record.outbox import message_id

# Where the link of a notice leads: the page, what its token is derived from, and the fact with
# the id of that; the page of one without a token asks its reader to sign in. A notice that is not
# named here has no link.
LINKS: Mapping[str, tuple[str, str, str]] = {
    "action_due": ("committees", "", "body_key"),
    "body_due": ("committees", "", "body_key"),
    "attendance_wanted": ("meetings", "", "meeting"),
    "items_wanted": ("meetings", "", "meeting"),
    "papers_wanted": ("meetings", "", "meeting"),
    "quorum_forecast": ("meetings", "", "meeting"),
    "acceptance": ("decide", "invitation", "invitation"),
    "acknowledgement": ("candidacy", "candidacy", "candidacy"),
    "application": ("apply", "application", "application"),
    "attestation": ("decide", "invitation", "invitation"),
    "awaited": ("consultations", "", "awaited"),
    "change": ("decide", "invitation", "invitation"),
    "comment": ("decide", "invitation", "invitation"),
    "crisis_message": ("messages", "", "line"),
    "declarations": ("decide", "invitation", "invitation"),
    "digest": ("waiting", "", ""),
    "document": ("documents", "", "document"),
    "extension": ("decide", "invitation", "invitation"),
    "information": ("decide", "way", "way"),
    "information_told": ("decide", "invitation", "invitation"),
    "more_time": ("consultations", "", "certificate"),
    "note_verbale": ("nominate", "nomination", "bureau"),
    "papers": ("candidacy", "candidacy", "candidacy"),
    "question": ("decide", "invitation", "invitation"),
    "reference": ("decide", "invitation", "invitation"),
    "refusal": ("decide", "invitation", "invitation"),
    "regret": ("letters", "document", "document"),
    "reminder": ("decide", "invitation", "invitation"),
}

NUMBERED = frozenset({"candidacy", "nominate"})  # these pages find the row by its number


class NotSent(Exception):
    """A sentence for the operators; `for_good` where trying the same again is useless.

    `gone`: the addresses of the channel that are no more, and are not tried again.
    """

    def __init__(self, because: str, *, for_good: bool, gone: tuple[str, ...] = ()) -> None:
        super().__init__(because)
        self.for_good = for_good
        self.gone = gone


@dataclass(frozen=True)
class Letter:
    """A notice to one person. `link` is empty where the notice has none; `at` is its date."""

    key: str
    to_name: str
    to_address: str
    language: str
    template: str
    message_id: str
    at: DateTime
    link: str = ""
    sex: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, row: Outbox, person: Person, house: House) -> Letter:
        """The letter of a row of the outbox. The same row has the same Message-ID and link."""
        link = link_of(house, row.template, row.facts)
        letter = _addressed(house, person, row.key, row.template)
        return replace(letter, facts=row.facts, link=link)

    @classmethod
    def of_code(cls, person: Person, challenge: Challenge, house: House) -> Letter:
        """The letter with a one-time code. It has no link: the page that asked is open already."""
        letter = _addressed(house, person, f"code:{challenge.id}", "code")
        return replace(letter, facts={"code": challenge.code})


def link_of(house: House, template: str, facts: Mapping[str, Any]) -> str:
    """The link of a notice, derived anew each time, so that no table holds it in clear."""
    page, purpose, fact = LINKS.get(template, ("", "", ""))
    if page == "decide" and "way" in facts:  # whoever acts for another has a link of their own
        purpose, fact = "way", "way"
    if page and not fact:
        return f"{house.settings.base_url}/{page}"
    if fact not in facts:
        return ""
    token = house.keys.token(f"{purpose}:{facts[fact]}") if purpose else facts[fact]
    named = facts[fact] if page in NUMBERED else ""
    return f"{house.settings.base_url}/{page}/{named}{token}"


def _addressed(house: House, person: Person, key: str, template: str) -> Letter:
    domain = house.settings.mail_from.rpartition("@")[2]
    return Letter(
        key=key,
        to_name=person.name,
        to_address=person.email,
        language=person.language,
        template=template,
        message_id=message_id(key, domain),
        at=house.clock.now(),
        sex=person.sex or "",
    )
