"""What leaves when: daily mails, quiet hours, copies; what comes back, what is wanted no longer."""

from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pendulum
import pytest
from sqlmodel import select

from governance import app
from governance.access.actor import CLOCK
from governance.acts import perform
from governance.consultation.models import Invitation
from governance.consultation.standing.bouncing import (
    CAME_BACK,
    SEND_AGAIN,
    Again,
    Returned,
    undelivered,
)
from governance.consultation.standing.queries import unwanted
from governance.handing_over import daily_items
from governance.notices.bounces import read_bounce
from governance.notices.letter import Letter
from governance.notices.message import organisation_of
from governance.notices.preferring import PREFER, Preferred
from governance.notices.wording import wording_of
from governance.people.models import Bounce, Person, Preference, Reach
from governance.record.models import Entry, Outbox
from governance.record.outbox import stamp_of
from governance.refusals import Reason, Refused
from tests.acts.conftest import At
from tests.acts.test_standing import absent
from tests.acts.world import World


def prefers(world: World, person: str, **wish: Any) -> None:
    """Somebody says how they want to be told."""
    world.do(person, PREFER, Preferred(**{"language": "en", **wish}), person)


def leaving(world: World) -> set[str]:
    """To whom something leaves now."""
    parcels = app.claim_letters(world.house, 50)
    with world.reading() as session:
        return {session.get_one(Outbox, each.key).person_id for each in parcels}


def asked_again(at: At) -> World:
    """The consultation as its three questions are about to leave, in a morning in Lyon."""
    world = at("selection")
    world.answer("panel", "shortlist", "Aalto", "Boonmee")
    world.go_on(mails=False)
    return world


def test_questions_wait_for_one_mail_a_day_and_leave_with_it(at: At) -> None:
    """Gathered, named in one mail, handed over together: each window begins with that."""
    world = asked_again(at)
    prefers(world, "legal", digest_at="18:00", zone="UTC")
    assert leaving(world) == {"regions", "staff"}
    world.clock.set(world.clock.now().set(hour=18, minute=0, second=1))
    parcels = app.claim_letters(world.house, 50)
    (parcel,) = [each for each in parcels if each.key.startswith("digest:legal:")]
    with world.reading() as session:
        row = session.get_one(Outbox, parcel.key)
        items = daily_items(world.house, session, row)
    assert [each["reference"] for each in items] == [world.the_case().reference]
    assert "/decide/" in items[0]["link"]
    app.HANDED_OVER["person"](world.house, row)
    with world.reading() as session:
        seat = next(each for each in world.rows(Invitation) if each.person_id == "legal")
    assert seat.handed_over_at == world.clock.now()
    assert seat.due_at is not None


def test_a_daily_mail_says_for_whom_each_question_is(sqlite_at: At) -> None:
    """One question, asked of one's own office and of the one that one stands in for: told apart."""
    world = asked_again(sqlite_at)
    prefers(world, "legal", digest_at="18:00", zone="UTC")
    absent(world, "staff", "legal", instrument="Staff Instruction 4")
    leaving(world)
    (digest,) = [each for each in world.rows(Outbox) if each.template == "digest"]
    with world.reading() as session:
        items = daily_items(world.house, session, digest)
        letter = Letter.of(digest, session.get_one(Person, "legal"), world.house)
        names = {each.id: each.name for each in session.exec(select(Person))}
    assert len(items) == 2
    assert [each.get("acting_for") for each in items] == [None, names["staff"]]
    settings = world.house.settings
    told = wording_of(
        replace(letter, facts={"items": items}),
        organisation_of(settings.rulebook_folder),
        settings.templates,
    ).text
    assert "You answer as: Legal Adviser." in told
    assert f"You answer for {names['staff']} (Director of Human Resources)." in told


def test_a_reminder_that_was_held_back_past_its_day_does_not_leave(sqlite_at: At) -> None:
    """Quiet hours, a daily mail, or a mail server that was away: nobody reads a day that is over.

    Nor a day that has moved meanwhile: the notice of the extension, or the next reminder, says it.
    """
    world = asked_again(sqlite_at)
    world.hand_over()
    with world.house.database.deciding() as session:
        (seat,) = [each for each in session.exec(select(Invitation)) if each.person_id == "legal"
                   and each.due_at is not None and each.due_at > world.clock.now()]  # fmt: skip
        facts = {
            "invitation": seat.id,
            "last_day": seat.last_day,
            "question": {"en": "Shall it be done?"},
            "reference": "INT-2026-0001",
        }
        end = pendulum.instance(seat.due_at)
    with world.reading() as session:
        before, late = end.subtract(seconds=1), end
        assert unwanted(session, "reminder", facts, before) == ""
        assert unwanted(session, "reminder", facts, late).startswith("the time to answer is over")
        moved = facts | {"last_day": "2026-01-01"}
        assert unwanted(session, "reminder", moved, before) == "the day that it names has moved"
    row = queue(world, "legal", facts, seat.consultation_id)
    world.clock.set(end)
    progress = app.deliver(world.house, app.Parcel(row, "mail", world.clock.now()))
    assert progress.sentences == ["no longer wanted."]


def test_a_daily_mail_leaves_out_what_is_not_wanted_any_more(sqlite_at: At) -> None:
    """It was answered, or its day has passed, while it waited for the mail: then there is none."""
    world = asked_again(sqlite_at)
    prefers(world, "legal", digest_at="18:00", zone="UTC")
    leaving(world)
    world.answer("legal", "no_objection")
    (digest,) = [each for each in world.rows(Outbox) if each.template == "digest"]
    progress = app.deliver(world.house, app.Parcel(digest.key, "mail", world.clock.now()))
    assert progress.sentences == ["no longer wanted."]
    assert [each.person_id for each in world.unsent()].count("legal") == 0


def queue(world: World, person: str, facts: dict[str, Any], consultation: str) -> str:
    """A reminder that waits to leave; gives its key."""
    with world.house.database.deciding() as session:
        session.add(
            Outbox(
                key="reminder:held-back",
                subject_kind="consultation",
                subject_id=consultation,
                person_id=person,
                template="reminder",
                facts=facts,
                queued_at=world.clock.now(),
                stamp=stamp_of("reminder:held-back"),
            )
        )
    return "reminder:held-back"


def test_quiet_hours_are_waited_for_unless_the_law_is_urgent(at: At) -> None:
    """Nobody is woken for a question that has days; for one that has none they are."""
    world = asked_again(at)
    now = world.clock.now()
    wish = {"zone": "UTC", "quiet_from": now.format("HH:00"), "quiet_until": "23:59"}
    prefers(world, "legal", **wish)
    prefers(world, "staff", **wish)
    with world.house.database.deciding() as session:
        urgent = next(each for each in world.unsent() if each.person_id == "staff")
        kept = session.get_one(Outbox, urgent.key)
        kept.facts = {**kept.facts, "urgent": True}
    assert leaving(world) == {"regions", "staff"}
    world.clock.set(now.set(hour=23, minute=59, second=1))
    assert "legal" in leaving(world)


def test_another_channel_gets_a_copy_and_mail_still_leaves(at: At) -> None:
    """Once for a notice, whatever is tried again."""
    world = asked_again(at)
    with world.house.database.deciding() as session:
        session.add(Preference(person_id="legal", channels=["slack"], changed_at=world.clock.now()))
        session.add(
            Reach(person_id="legal", channel="slack", address="x", changed_at=world.clock.now())
        )
    app.claim_letters(world.house, 50)
    app.claim_letters(world.house, 50)
    found = [each for each in world.rows(Outbox) if each.person_id == "legal"]
    assert sorted(each.channel for each in found) == ["mail", "slack"]
    assert len({each.stamp for each in found}) == 2


def test_addresses_of_channels_are_sealed_and_not_on_record(at: At) -> None:
    """A webhook's address may hold a secret."""
    world = at("nothing")
    settings = world.house.settings.model_copy(
        update={"webhook_secret": "s", "webhook_hosts": "hooks.example.org"}
    )
    object.__setattr__(world.house, "settings", settings)
    address = "https://hooks.example.org/T024/very-secret"
    prefers(world, "sg", channels=("webhook",), addresses={"webhook": address})
    (reach,) = world.rows(Reach)
    assert "secret" not in reach.address
    with world.reading() as session:
        assert world.house.keys.open(session, reach.address) == address
    assert all(b"very-secret" not in each.body for each in world.rows(Entry))


@pytest.mark.parametrize(
    ("wish", "where"),
    [
        ({"language": "de"}, "language"),
        ({"zone": "Mars/Base"}, "zone"),
        ({"digest_at": "8 o'clock"}, "digest_at"),
        ({"quiet_from": "22:00"}, "quiet_until"),
        ({"channels": ("slack",)}, "channels"),
    ],
)
def test_a_preference_that_cannot_be_kept_names_its_field(
    sqlite_at: At, wish: dict[str, Any], where: str
) -> None:
    """Every fault has its field, and nothing is kept."""
    world = sqlite_at("nothing")
    with pytest.raises(Refused) as found:
        prefers(world, "sg", **wish)
    assert [each.where for each in found.value.findings] == [where]
    assert world.rows(Preference) == []


def test_nobody_sets_how_another_is_told(sqlite_at: At) -> None:
    """Not even HR."""
    world = sqlite_at("nothing")
    with pytest.raises(Refused) as found:
        world.do("hr", PREFER, Preferred("en"), "sg")
    assert found.value.reason == Reason.AUTHORITY


def test_whoever_was_never_reached_has_not_consented_by_silence(at: At) -> None:
    """The mail comes back: the asker is told, the time is taken back, silence carries nothing."""
    world = at("consultation")
    (asked,) = world.questions()
    notice = next(
        each
        for each in world.rows(Outbox)
        if each.person_id == "legal" and each.template == "question"
    )
    perform(world.house, CLOCK, CAME_BACK, asked.id, Returned(notice.key, "5.1.1"))
    assert perform(world.house, CLOCK, CAME_BACK, asked.id, Returned(notice.key, "5.1.1")) is None
    assert {each.template for each in world.unsent() if each.person_id == "hr"} == {"not_reached"}
    world.pass_days(20)
    assert world.open_question().id == asked.id
    with world.reading() as session:
        (bounce,) = undelivered(session, "hr", frozenset({"hr_officer"}))
    world.do("hr", SEND_AGAIN, Again(bounce.id), asked.id)
    world.go_on()
    world.pass_days(20)
    assert [each.outcome["result"] for each in world.questions("closed")][-1] == "carried"
    assert [each.settled_at is not None for each in world.rows(Bounce)] == [True]


def test_an_answer_that_came_meanwhile_calls_the_mail_off(at: At) -> None:
    """Asked at the last moment before it would leave."""
    world = asked_again(at)
    world.answer("legal", "no_objection")
    (row,) = [each for each in world.unsent() if each.person_id == "legal"]
    progress = app.deliver(world.house, app.Parcel(row.key, row.channel, world.clock.now()))
    assert progress.sentences == ["no longer wanted."]
    assert [each.person_id for each in world.unsent()].count("legal") == 0


def returned(message_id: str, *, status: str = "5.1.1") -> bytes:
    """A delivery status notification as a mail server writes it."""
    return f"""From: MAILER-DAEMON@mx.example.org
To: mandate@organisation.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

<awa@example.org>: user unknown
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; awa@example.org
Action: failed
Status: {status}

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}
Subject: INT-2026-0012: your answer is requested

--b--
""".encode()


def test_a_bounce_is_known_again_by_what_it_returns(sqlite_at: At) -> None:
    """The stamp in the Message-ID names the notice; what passes is told from what lasts."""
    stamp = "ab" * 20
    found = read_bounce(returned(f"<{stamp}@organisation.example>"))
    assert (found.stamp, found.status, found.for_good) == (stamp, "5.1.1", True)
    assert not read_bounce(returned(f"<{stamp}@x.example>", status="4.2.2")).for_good
    with pytest.raises(Refused):
        read_bounce(returned("<somebody.else@example.org>"))
    with pytest.raises(Refused):
        read_bounce(EmailMessage().as_bytes())


def test_the_time_of_a_daily_mail_is_the_readers(sqlite_at: At, tmp_path: Path) -> None:
    """Eight in the morning in Singapore, whatever the server's clock says."""
    world = asked_again(sqlite_at)
    prefers(world, "legal", digest_at="08:00", zone="Asia/Singapore")
    leaving(world)
    (digest,) = [each for each in world.rows(Outbox) if each.template == "digest"]
    assert pendulum.instance(digest.not_before).in_timezone("Asia/Singapore").hour == 8
