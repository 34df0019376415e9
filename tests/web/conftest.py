"""The pages over a real house: a case at a stage, a real mail server, browsers without screens."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from governance.web.application import application
from tests.acts.conftest import At, sqlite_at, sqlite_shelf
from tests.acts.world import World
from tests.conftest import Postbox
from tests.web.guest import Guest, hidden_on

__all__ = ["sqlite_at", "sqlite_shelf"]

CODE = re.compile(r"\b\d{4} ?\d{4}\b")


@dataclass
class Site:
    """The pages of a world, and the mails that they send."""

    world: World
    post: Postbox

    def __post_init__(self) -> None:
        """Let the house of the world send through the real server."""
        house = self.world.house
        sending = house.settings.model_copy(
            update={
                "smtp_host": self.post.host,
                "smtp_port": self.post.port,
                "rate_limit_per_minute": 100_000,
            }
        )
        self.world.house = replace(house, settings=sending)
        self.app = application(self.world.house)

    def guest(self) -> Guest:
        """Somebody whom nobody knows, with a browser of their own."""
        return Guest(self.app)

    def somebody(self, person: str) -> Guest:
        """Somebody who has signed in by a mailed code."""
        guest = self.guest()
        email = f"{person}@organisation.example"
        page = guest.send("/sign-in", "/sign-in", email=email).text
        guest.send(
            "/sign-in/code",
            page=page,
            code=self.code_for(email),
            challenge=hidden_on(page, "challenge"),
        )
        return guest

    def code_for(self, email: str) -> str:
        """The newest code that was mailed to an address."""
        return code_in(self.post, email)

    def link(self, person: str = "") -> str:
        """The path of the link of the open question, to a person or to whoever is asked alone."""
        asked = self.world.invitations(self.world.open_question().id)
        invitation = next(each for each in asked if not person or each.person_id == person)
        return f"/decide/{self.world.house.keys.token(f'invitation:{invitation.id}')}"


def code_in(post: Postbox, email: str) -> str:
    """The newest code in the mails to an address."""
    text = post.sent_to(email)[-1].get_body(("plain",))
    assert text is not None
    found = CODE.search(str(text.get_content()))
    assert found is not None
    return found.group(0)


SiteAt = Callable[[str], Site]


@pytest.fixture
def site_at(sqlite_at: At, smtp: Postbox) -> SiteAt:
    """The pages over a case at a stage."""
    return lambda stage: Site(sqlite_at(stage), smtp)
