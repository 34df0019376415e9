"""Zones as minutes print them: letters such as EST, and the names of cities."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from zoneinfo import available_timezones

# What is printed, the zone that it means, and the offset in minutes that its letters say
# (None: whatever the clocks there show).
ZONES: dict[str, tuple[str, int | None]] = {
    "UTC": ("UTC", 0), "GMT": ("UTC", 0), "Z": ("UTC", 0),
    "ET": ("America/New_York", None), "EST": ("America/New_York", -300),
    "EDT": ("America/New_York", -240), "CT": ("America/Chicago", None),
    "CST": ("America/Chicago", -360), "CDT": ("America/Chicago", -300),
    "MT": ("America/Denver", None), "MST": ("America/Denver", -420),
    "MDT": ("America/Denver", -360), "PT": ("America/Los_Angeles", None),
    "PST": ("America/Los_Angeles", -480), "PDT": ("America/Los_Angeles", -420),
    "AST": ("America/Halifax", -240), "ADT": ("America/Halifax", -180),
    "BRT": ("America/Sao_Paulo", -180), "BST": ("Europe/London", 60),
    "WET": ("Europe/Lisbon", 0), "WEST": ("Europe/Lisbon", 60),
    "CET": ("Europe/Paris", 60), "CEST": ("Europe/Paris", 120),
    "EET": ("Europe/Helsinki", 120), "EEST": ("Europe/Helsinki", 180),
    "MSK": ("Europe/Moscow", 180), "IST": ("Asia/Kolkata", 330), "SGT": ("Asia/Singapore", 480),
    "HKT": ("Asia/Hong_Kong", 480), "JST": ("Asia/Tokyo", 540), "KST": ("Asia/Seoul", 540),
    "AEST": ("Australia/Sydney", 600), "AEDT": ("Australia/Sydney", 660),
    "AET": ("Australia/Sydney", None), "NZST": ("Pacific/Auckland", 720),
    "NZDT": ("Pacific/Auckland", 780), "SAST": ("Africa/Johannesburg", 120),
    "EAT": ("Africa/Nairobi", 180), "WAT": ("Africa/Lagos", 60), "CAT": ("Africa/Harare", 120),
}  # fmt: skip
# Cities that minutes name and the zone database does not.
ALSO = {
    "america/new_york": "washington, washington dc, boston, philadelphia, atlanta, miami, ottawa",
    "america/los_angeles": "san francisco, seattle, san jose, san diego, california, portland",
    "america/chicago": "houston, dallas, minneapolis",
    "america/toronto": "montreal, quebec",
    "europe/zurich": "geneva, bern, basel, lausanne",
    "europe/paris": "lyon, strasbourg, marseille",
    "europe/rome": "milan, turin",
    "europe/berlin": "munich, hamburg, bonn, frankfurt, cologne",
    "europe/amsterdam": "the hague, rotterdam",
    "europe/madrid": "barcelona",
    "europe/london": "edinburgh, manchester, cambridge, oxford, united kingdom",
    "asia/kolkata": "mumbai, delhi, new delhi, bangalore, bengaluru, chennai, hyderabad",
    "asia/shanghai": "beijing, shenzhen",
    "australia/sydney": "canberra",
    "africa/nairobi": "mombasa",
    "africa/lagos": "abuja",
    "asia/tokyo": "osaka, kyoto",
    "america/sao_paulo": "rio de janeiro, brasilia",
}


@lru_cache(maxsize=1)
def cities() -> Mapping[str, str]:
    """Each city by its name in small letters: `new york` is America/New_York."""
    known = sorted(available_timezones())
    found = {
        each.rsplit("/", 1)[-1].replace("_", " ").casefold(): each
        for each in known
        if "/" in each and not each.startswith(("Etc/", "SystemV/", "posix/", "right/", "US/"))
    }
    zones = {each.casefold(): each for each in known}
    others = {name: zones[zone] for zone, names in ALSO.items() for name in names.split(", ")}
    return {name: zone for name, zone in {**found, **others}.items() if name not in NO_CITY}


NO_CITY = frozenset({"central", "general", "center", "troll", "easter", "north", "south", "east"})
