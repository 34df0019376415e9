"""Bring an installation to life: its tables and its law."""

from __future__ import annotations

from governance.access.actor import operator
from governance.acts import Moment, Verb, Written, perform
from governance.appointments.law import current_law
from governance.house import House
from governance.notices.push import key_of
from governance.refusals import Refused
from governance.rulebook.loader import load
from governance.rulebook.models import RulebookVersion
from governance.rulebook.schema import Rulebook
from governance.rulebook.version import freeze
from governance.searching import rebuild_where_empty


def install(house: House) -> str:
    """Migrate, and load the rulebook where it changed. Gives the hash of the law in force."""
    house.settings.home.mkdir(parents=True, exist_ok=True)
    house.database.migrate()
    key_of(house.settings.keys_folder)  # by which notices to browsers are signed
    rulebook = load(house.settings.rulebook_folder)
    version, _ = freeze(rulebook)
    with house.database.reading() as session:
        try:
            current, _ = current_law(session)
        except Refused:
            current = ""
    if current != version:
        perform(house, operator(), LOAD_RULEBOOK, None, rulebook)
    rebuild_where_empty(house)
    return version


def _by_the_operator(_: Moment, __: object, ___: object) -> str:
    return "operator"


def _load(
    moment: Moment, subject: RulebookVersion | None, rulebook: Rulebook
) -> Written[RulebookVersion]:
    version, canonical = freeze(rulebook)
    row = subject or moment.session.get(RulebookVersion, version)
    if row is None:
        row = RulebookVersion(
            hash=version,
            organisation=rulebook.organisation.organisation,
            canonical=canonical,
            loaded_at=moment.now,
        )
        moment.session.add(row)
    row.loaded_at = moment.now
    return Written({"version": version}, row)


LOAD_RULEBOOK: Verb[RulebookVersion, Rulebook] = Verb(
    "organisation:load_rulebook", RulebookVersion, "organisation", _by_the_operator, _load
)
