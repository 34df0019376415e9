"""Where a command begins: the house of this installation, and who is at the desk."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import typer
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from governance.access.actor import Actor
from governance.access.signing import Challenge, who
from governance.app import build_house
from governance.cli.wake import wake_once
from governance.house import House
from governance.notices.outgoing import NotSent, send_code
from governance.record.filekeys import fingerprint
from governance.refusals import Reason, Refused, refuse
from governance.settings import Settings

TOKEN = "MANDATE_TOKEN"  # noqa: S105 -- the name of a variable
VIA = "cli"
NOT_UP_TO_DATE = ("no such table", "no such column", "does not exist")
DRIVERS = ("sqlite", "postgresql+psycopg")


@contextmanager
def open_house(*, is_new: bool = False) -> Iterator[House]:
    """The house of the settings in force; Refused where its database was never set up."""
    settings = Settings()
    _is_supported(settings)
    if not is_new:
        _is_set_up(settings)
    house = _built(settings)
    try:
        yield replace(house, wake=lambda: wake_once(house))
    except DBAPIError as error:
        raise _database(error) from None
    finally:
        house.database.dispose()


def actor_of(house: House) -> Actor:
    """Who is signed in at this desk. Raises Refused where nobody is."""
    token = os.environ.get(TOKEN) or kept(house.settings).get("token", "")
    actor = who(house, token, VIA) if token else None
    if actor is None:
        raise refuse(
            "nobody is signed in here, or not any more",
            rule="signed_in",
            article="Mandate, levels of identity",
            cure="Sign in: mandate sign-in you@organisation.example",
            reason=Reason.AUTHORITY,
        )
    return actor


def kept(settings: Settings) -> dict[str, str]:
    """What was kept for this installation: a token, or the challenge of a code on its way."""
    mine: dict[str, str] = _all_kept().get(_installation(settings), {})
    return mine


def keep(settings: Settings, **values: str) -> None:
    """Keep this for the installation, in the user's own folder, for nobody else to read."""
    everything = _all_kept() | {_installation(settings): values}
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump({key: value for key, value in everything.items() if value}, out)
    part.replace(path)


def _all_kept() -> dict[str, Any]:
    try:
        found = json.loads(_path().read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _path() -> Path:
    return Path(typer.get_app_dir("mandate")) / "sessions.json"


def _installation(settings: Settings) -> str:
    return fingerprint(settings.database)[:16]


def mail_code(house: House, challenge: Challenge) -> None:
    """Mail a one-time code; Refused where the mail server does not take it."""
    try:
        send_code(house, challenge)
    except NotSent as error:
        told = str(error).rstrip(".")
        raise refuse("{told}", rule="mail_is_sent", reason=Reason.CONFLICT, told=told) from None


def _is_supported(settings: Settings) -> None:
    try:
        driver = make_url(settings.database).drivername
    except ArgumentError as error:
        raise _address(error) from None
    if driver not in DRIVERS:
        raise refuse(
            'the database of MANDATE_DATABASE_URL is one of kind "{driver}"',
            rule="database_is_supported",
            cure="Use one of: {known}.",
            reason=Reason.INPUT,
            driver=driver,
            known=", ".join(f"{each}://" for each in DRIVERS),
        )


def is_set_up(settings: Settings) -> bool:
    """Whether there is an installation here; a server's database is there until it is asked."""
    url = make_url(settings.database)
    return url.get_backend_name() != "sqlite" or not url.database or Path(url.database).is_file()


def _is_set_up(settings: Settings) -> None:
    if is_set_up(settings):
        return
    raise refuse(
        "there is no database at {path}",
        rule="database_is_there",
        cure="Set it up: mandate setup. If it is elsewhere, say where in MANDATE_HOME.",
        reason=Reason.MISSING,
        path=make_url(settings.database).database,
    )


def _built(settings: Settings) -> House:
    folder = settings.rulebook_folder
    if not folder.is_dir():
        raise refuse(
            "there is no rulebook in {folder}",
            rule="rulebook_is_there",
            cure="Check MANDATE_ORGANISATION and MANDATE_RULEBOOKS.",
            reason=Reason.MISSING,
            folder=folder,
        )
    try:
        return build_house(settings)
    except Refused as refused:
        raise Refused(refused.findings, Reason.INPUT) from None


def _address(error: Exception) -> Refused:
    return refuse(
        "the address of the database is not understood ({problem})",
        rule="database_address",
        cure="Correct MANDATE_DATABASE_URL, or leave it empty for SQLite in the home folder.",
        reason=Reason.INPUT,
        problem=type(error).__name__,
    )


def _database(error: DBAPIError) -> Refused:
    told = str(error.orig)
    if any(each in told for each in NOT_UP_TO_DATE):
        return refuse(
            "the database has no tables yet, or older ones than this version needs",
            rule="database_is_migrated",
            cure=f"Run: mandate setup.{_where()}",
            reason=Reason.MISSING,
        )
    return refuse(
        "the database cannot be used: {told}",
        rule="database_is_reachable",
        cure=f"Check MANDATE_HOME and MANDATE_DATABASE_URL, and that the database runs.{_where()}",
        reason=Reason.MISSING,
        told=told.strip().splitlines()[0][:200] if told.strip() else type(error).__name__,
    )


def _where() -> str:
    """Without a setting the home folder is looked for where one stands."""
    settled = "MANDATE_HOME" in os.environ or "MANDATE_DATABASE_URL" in os.environ
    return "" if settled else " Without MANDATE_HOME it is looked for in ./var."
