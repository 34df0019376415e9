"""A composition: who sits, or would sit, together. Plain facts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Member:
    """One person in one seat: state as ISO 3166-1 alpha-3, region as the organisation draws it."""

    name: str
    state: str
    region: str | None = None
    seat: str = ""
    sex: str | None = None


@dataclass(frozen=True)
class Composition:
    """The members who are weighed together, in no order that matters."""

    members: tuple[Member, ...] = ()

    def with_member(self, member: Member) -> Composition:
        """The same composition with one more."""
        return Composition((*self.members, member))
