"""`mandate notices`: how you are told, and what came back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import col, select

from governance.acts import perform
from governance.app import came_back
from governance.cli.appointment import say_done
from governance.cli.desk import actor_of, open_house
from governance.cli.people import content_of
from governance.cli.saying import Json, as_json, line, table
from governance.consultation.standing.bouncing import SEND_AGAIN, Again
from governance.consultation.standing.telling import tell_undelivered
from governance.notices.bounces import read_bounce
from governance.notices.preferring import PREFER, Preferred, tell_preferences
from governance.people.models import Bounce, Person
from governance.record.models import Outbox
from governance.refusals import Reason, refuse

commands = typer.Typer(
    help="How you are told, and what could not be delivered.",
    no_args_is_help=True,
    add_completion=False,
)

Language = Annotated[str | None, typer.Option("--language", help="en, fr, es or ar.")]
Zone = Annotated[str | None, typer.Option("--zone", help="Such as Africa/Abidjan.")]
Digest = Annotated[
    str | None, typer.Option("--digest-at", metavar="HH:MM", help="One mail a day; empty: none.")
]
QuietFrom = Annotated[
    str | None, typer.Option("--quiet-from", metavar="HH:MM", help="From when on nothing is sent.")
]
QuietUntil = Annotated[
    str | None, typer.Option("--quiet-until", metavar="HH:MM", help="Until when nothing is sent.")
]
Channels = Annotated[
    list[str] | None,
    typer.Option("--channel", metavar="NAME=ADDRESS", help="Beside mail; NAME=- removes it."),
]


@commands.command("preferences")
def preferences(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    language: Language = None,
    zone: Zone = None,
    digest_at: Digest = None,
    quiet_from: QuietFrom = None,
    quiet_until: QuietUntil = None,
    channel: Channels = None,
    in_json: Json = False,
) -> None:
    """Show how you are told; with options, change what they name.

    Example: mandate notices preferences --digest-at 08:00 --quiet-from 20:00 --quiet-until 07:00
    """
    wishes = {
        "language": language,
        "zone": zone,
        "digest_at": digest_at,
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
    }
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            person = session.get_one(Person, actor.person_id)
            told = tell_preferences(session, person, house.settings)
        if channel is None and all(each is None for each in wishes.values()):
            if in_json:
                as_json(told)
            else:
                table(("Preference", "Value"), [(name, str(told[name])) for name in told])
            return
        given = _changed(told, wishes, channel or [])
        receipt = perform(house, actor, PREFER, person.id, given)
    say_done(receipt, "Your preferences are kept.", in_json=in_json)


@commands.command("undelivered")
def undelivered(*, in_json: Json = False) -> None:
    """List the messages that came back: whom they never reached, and why.

    Example: mandate notices undelivered
    """
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            found = tell_undelivered(session, actor)
    if in_json:
        as_json(found)
    elif found:
        columns = ("person", "email", "notice", "because", "at", "id")
        rows = [[each[name] for name in columns] for each in found]
        table(("Person", "Address", "Notice", "Why", "When", "Id"), rows)
    else:
        line("Everything was delivered, as far as we know.")


@commands.command("bounced")
def bounced(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The returned mail; - reads stdin.")],
    in_json: Json = False,
) -> None:
    """Enter a mail that came back. For the mail server: pipe what is returned to the sender here.

    Example: mandate notices bounced - < returned.eml
    """
    found = read_bounce(content_of(file))
    with open_house() as house:
        with house.database.reading() as session:
            query = select(Outbox.key).where(col(Outbox.stamp) == found.stamp)
            key = session.exec(query).first()
        if key is None:
            raise refuse(
                "no notice of this installation came back with it",
                rule="known_notice",
                cure="See that the mail was sent from here.",
                reason=Reason.MISSING,
            )
        entered = found.for_good and came_back(house, key, found.status)
    told = {"status": found.status, "for_good": found.for_good, "entered": entered}
    if in_json:
        as_json(told)
    elif entered:
        line(f"Entered: it was never delivered ({found.status}).")
    else:
        line("Nothing to enter: it is known already, or the mail server still tries.")


@commands.command("send-again")
def send_again(
    *,
    key: Annotated[str, typer.Argument(metavar="ID", help="As `undelivered` shows it.")],
    in_json: Json = False,
) -> None:
    """Send a message that came back once more, to the address as it is now.

    Example: mandate notices send-again 0123456789abcdef0123456789abcdef
    """
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            kept = session.get(Bounce, key)
        if kept is None:
            raise refuse(
                "there is no such message that came back",
                rule="known_bounce",
                cure="See them: mandate notices undelivered.",
                reason=Reason.MISSING,
            )
        receipt = perform(house, actor, SEND_AGAIN, kept.subject_id, Again(key))
    say_done(receipt, "It is sent again.", in_json=in_json)


def _changed(
    told: dict[str, object], wishes: dict[str, str | None], channel: list[str]
) -> Preferred:
    kept = {
        name: wish if wish is not None else str(told[name] or "") for name, wish in wishes.items()
    }
    there = told["channels"]
    names = set(there) if isinstance(there, list) else set()
    addresses = {}
    for each in channel:
        name, _, address = each.partition("=")
        addresses[name] = address
        names = names - {name} if address == "-" else names | {name}
    return Preferred(**kept, channels=tuple(sorted(names)), addresses=addresses)
