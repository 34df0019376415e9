"""A device is added on the page of preferences, told through the outbox, and forgotten again."""

from __future__ import annotations

import json

import pytest
from sqlmodel import col, select

from governance import app
from governance.notices.push import devices_in, public_key_of
from governance.people.models import Preference, Reach
from governance.record.models import Outbox
from tests.rules.test_notices_channels import Taker, taker
from tests.rules.test_notices_push import Browser
from tests.web.conftest import Site, SiteAt
from tests.web.guest import Guest, hidden_on

__all__ = ["taker"]

PAGE = "/people/me/notices"


@pytest.fixture
def site(site_at: SiteAt, taker: Taker) -> Site:
    """A question that is about to leave, in an installation that may reach one push service."""
    found = site_at("selection")
    settings = found.world.house.settings.model_copy(update={"push_hosts": taker.host})
    object.__setattr__(found.world.house, "settings", settings)
    return found


def add(guest: Guest, browser: Browser) -> int:
    """The browser has filled the form of the page in."""
    page = guest.get(PAGE).text
    device = browser.device.as_plain()
    answer = guest.post(f"{PAGE}/devices", data={"csrf": hidden_on(page, "csrf"), **device})
    return answer.status_code


def told(site: Site) -> list[Outbox]:
    """The notices by web push that have left."""
    with site.world.reading() as session:
        query = select(Outbox).where(
            col(Outbox.channel) == "push", col(Outbox.handed_over_at).is_not(None)
        )
        return list(session.exec(query))


def test_the_page_offers_the_device_with_the_key_of_the_installation(site: Site) -> None:
    """The form is there for the script, which the policy of the page allows, and nothing else."""
    answer = site.somebody("legal").get(PAGE)
    assert f'data-push="{public_key_of(site.world.house.settings)}"' in answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    for script in ("push.js", "push-worker.js"):
        assert site.guest().get(f"/static/{script}").status_code == 200


def test_a_question_reaches_the_device_through_the_outbox(site: Site, taker: Taker) -> None:
    """Mail and a copy by push; what the device opens leads to the question."""
    browser = Browser(f"http://{taker.host}/send/1")
    guest = site.somebody("legal")
    assert add(guest, browser) == 303
    site.world.answer("panel", "shortlist", "Aalto", "Boonmee")
    site.world.go_on(mails=False)
    for _ in range(2):  # the mail leaves, and its copy after it
        for parcel in app.claim_letters(site.world.house, 50):
            app.deliver(site.world.house, parcel)
    (row,) = told(site)
    message = json.loads(browser.opens(taker.taken[0][2]))
    assert row.person_id == "legal"
    assert message["link"].startswith(site.world.house.settings.base_url + "/decide/")
    assert guest.get(message["link"].removeprefix(site.world.house.settings.base_url)).is_success
    assert "Aalto" not in message["title"] + message["body"]


def deliver(site: Site) -> None:
    """A question is put, its mail leaves, and its copies after it."""
    site.world.answer("panel", "shortlist", "Aalto", "Boonmee")
    site.world.go_on(mails=False)
    for _ in range(2):
        for parcel in app.claim_letters(site.world.house, 50):
            app.deliver(site.world.house, parcel)


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten_and_the_other_told(
    site: Site, taker: Taker, status: int
) -> None:
    """What the push service says is gone is not tried at the next notice."""
    guest = site.somebody("legal")
    for number in (1, 2):
        add(guest, Browser(f"http://{taker.host}/send/{number}"))
    taker.gone["/send/1"] = status
    deliver(site)
    assert len(told(site)) == 1
    with site.world.reading() as session:
        (reach,) = session.exec(select(Reach)).all()
        kept = devices_in(site.world.house.keys.open(session, reach.address))
    assert [each.endpoint[-7:] for each in kept] == ["/send/2"]
    assert "person:unsubscribe_device" in site.world.kinds("person:legal")


def test_the_last_device_that_is_gone_takes_the_channel_with_it(site: Site, taker: Taker) -> None:
    """Nobody has to release a notice that no device can take: the mail has left."""
    add(site.somebody("legal"), Browser(f"http://{taker.host}/send/1"))
    taker.gone["/send/1"] = 410
    deliver(site)
    with site.world.reading() as session:
        assert session.exec(select(Reach)).all() == []
        assert "push" not in session.get_one(Preference, "legal").channels
        (row,) = session.exec(select(Outbox).where(col(Outbox.channel) == "push")).all()
    assert row.cancelled_because == "No device takes notices any more."


def test_devices_are_kept_sealed_and_forgotten(site: Site, taker: Taker) -> None:
    """The record says that there is a device, not where; forgotten, the channel is off."""
    guest = site.somebody("legal")
    for number in (1, 2, 2):
        add(guest, Browser(f"http://{taker.host}/send/{number}"))
    with site.world.reading() as session:
        (reach,) = session.exec(select(Reach)).all()
        assert taker.host not in reach.address
        assert "push" in session.get_one(Preference, "legal").channels
    page = guest.get(PAGE).text
    gone = guest.post(f"{PAGE}/devices/forget", data={"csrf": hidden_on(page, "csrf")})
    assert gone.status_code == 303
    with site.world.reading() as session:
        assert session.exec(select(Reach)).all() == []
        assert "push" not in session.get_one(Preference, "legal").channels
    again = guest.post(f"{PAGE}/devices/forget", data={"csrf": hidden_on(page, "csrf")})
    assert again.status_code == 404


def test_a_push_service_that_is_not_allowed_is_refused_on_the_page(site: Site) -> None:
    """Nothing is kept, and the page says why."""
    guest = site.somebody("legal")
    assert add(guest, Browser("https://inside.example/send")) == 422
    with site.world.reading() as session:
        assert session.exec(select(Reach)).all() == []


def test_saving_the_other_wishes_keeps_the_devices(site: Site, taker: Taker) -> None:
    """The form above leaves the devices alone, and its tick turns the channel off and on."""
    guest = site.somebody("legal")
    add(guest, Browser(f"http://{taker.host}/send/1"))
    guest.send(PAGE, language="en", channels="push")
    with site.world.reading() as session:
        assert session.get_one(Preference, "legal").channels == ["push"]
        assert len(session.exec(select(Reach)).all()) == 1
    guest.send(PAGE, language="en")
    with site.world.reading() as session:
        assert session.get_one(Preference, "legal").channels == []
        assert len(session.exec(select(Reach)).all()) == 1
