"""The house that flows work in. A flow's parameters carry nothing, so it finds the house here."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from governance import app
from governance.house import House, nothing_to_wake
from governance.settings import Settings

_given: list[House] = []


def use(house: House) -> None:
    """The process has a house already: its flows work in it."""
    _given[:] = [_without_waking(house)]


def house() -> House:
    """The process's house, or one of its own where a stock worker runs the flow."""
    return _given[0] if _given else _own()


@cache
def _own() -> House:
    return _without_waking(app.build_house(Settings()))


def _without_waking(house: House) -> House:
    # A run goes on until nothing is due; what it does itself needs no further run.
    return replace(house, wake=nothing_to_wake)
