"""`mandate check`: is this installation in order, and if not, what cures it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import typer
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from governance.cli.saying import DONE, REFUSED, Json, as_json, line
from governance.database import MIGRATIONS
from governance.refusals import Finding, Refused, Verdict, say
from governance.rulebook.linting.check import check
from governance.rulebook.loader import load
from governance.settings import Settings

CONTRAST = 4.5
WCAG = "WCAG 2.2, 1.4.3"
DARKEST_LINEAR = 0.04045  # below it sRGB is a straight line


def check_installation(in_json: Json = False) -> None:
    """Check the installation: settings, database, rulebook, the organisation's colour.

    Exit status: 0 all is in order, 1 something is not; each with its cure.

    Example: mandate check
    """
    settings = Settings()
    found = {what: list(ask(settings)) for what, ask in CHECKS.items()}
    faults = [each for findings in found.values() for each in findings if each.blocks]
    if in_json:
        told = {what: [each.as_json() for each in findings] for what, findings in found.items()}
        as_json({"clean": not faults, "checks": told})
    else:
        for what, findings in found.items():
            line(f"{'✓' if not any(each.blocks for each in findings) else '✗'} {what}")
            for each in findings:
                line(f"    {each}")
    raise typer.Exit(REFUSED if faults else DONE)


def contrast(colour: str, other: str = "#ffffff") -> float:
    """The contrast of two colours as WCAG counts it: from 1 to 21."""
    high, low = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def darkened(colour: str) -> str:
    """The nearest darker shade of a colour that can be read on white."""
    parts = _parts(colour)
    for percent in range(99, -1, -1):
        shade = "#" + "".join(f"{part * percent // 100:02x}" for part in parts)
        if contrast(shade) >= CONTRAST:
            return shade
    return "#000000"


def _settings(settings: Settings) -> Iterator[Finding]:
    home = settings.home if settings.home.exists() else settings.home.parent
    if not os.access(home, os.W_OK):
        yield _fault(
            "home",
            "the home folder {home} cannot be written",
            "Change its owner, or set MANDATE_HOME.",
            home=str(settings.home),
        )
    keys = settings.keys_folder
    if keys.exists() and keys.stat().st_mode & 0o077:
        yield _fault(
            "keys",
            "others may read the folder of the keys, {keys}",
            "Run: chmod 700 {keys}",
            keys=str(keys),
        )
    if settings.demonstration and not settings.base_url.startswith(
        ("http://127.0.0.1", "http://localhost")
    ):
        yield _fault(
            "demonstration",
            "the demonstration signs anybody in, and this one is reachable at {url}",
            "Set MANDATE_DEMONSTRATION=false.",
            url=settings.base_url,
        )


def _database(settings: Settings) -> Iterator[Finding]:
    cure = "Run: mandate setup."
    path = make_url(settings.database).database
    if settings.database.startswith("sqlite") and not Path(path or "").is_file():
        yield _fault("database", "there is no database yet, at {path}", cure, path=path)
        return
    engine = create_engine(settings.database)
    try:
        with engine.connect() as connection:
            at = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError as error:
        told = str(getattr(error, "orig", error)).splitlines()[0][:200]
        cure = "Check MANDATE_DATABASE_URL, and that the database runs."
        yield _fault("database", "the database cannot be used: {told}", cure, told=told)
        return
    finally:
        engine.dispose()
    if at != (head := _newest_migration()):
        because = "the tables are at migration {at}, this version needs {head}"
        yield _fault("migrations", because, cure, at=at or "none", head=head)


def _rulebook(settings: Settings) -> Iterator[Finding]:
    try:
        yield from check(settings.rulebook_folder)
    except Refused as refused:
        yield from refused.findings


def _colour(settings: Settings) -> Iterator[Finding]:
    try:
        colour = load(settings.rulebook_folder).organisation.letterhead.colour
    except Refused:
        return  # said of the rulebook already
    ratio = contrast(colour)
    if ratio < CONTRAST:
        yield Finding(
            "colour_contrast",
            WCAG,
            Verdict.FAIL,
            say(
                "the organisation's colour {colour} on white has a contrast of {ratio}:1, "
                "text needs {wanted}:1",
                colour=colour,
                ratio=f"{ratio:.1f}",
                wanted=CONTRAST,
            ),
            say("Use {darker} in organisation.yaml, letterhead.", darker=darkened(colour)),
        )


CHECKS: dict[str, Callable[[Settings], Iterator[Finding]]] = {
    "settings": _settings,
    "database": _database,
    "rulebook": _rulebook,
    "colour": _colour,
}


def _newest_migration() -> str:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config).get_current_head() or ""


def _fault(rule: str, because: str, cure: str, **facts: object) -> Finding:
    return Finding(rule, "", Verdict.FAIL, say(because, **facts), say(cure, **facts))


def _luminance(colour: str) -> float:
    linear = [
        part / 12.92 if part <= DARKEST_LINEAR else ((part + 0.055) / 1.055) ** 2.4
        for part in (each / 255 for each in _parts(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _parts(colour: str) -> tuple[int, int, int]:
    digits = colour.removeprefix("#")
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
