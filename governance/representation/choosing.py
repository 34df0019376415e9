"""Which members a selection means: yes, no, or not to be said because a fact is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from governance.representation.composition import Member
from governance.representation.view import Found, View, norm
from governance.rulebook.bodies.parts import Compared, Wanted, Where

Maybe = bool | None  # None: a fact is missing


@dataclass(frozen=True)
class Chosen:
    """The members who are meant, and those of whom it cannot be said."""

    members: tuple[Member, ...]
    unclear: tuple[Member, ...] = ()
    missing: tuple[str, ...] = ()  # the attributes that are not on file


def choose(view: View, where: Where, members: Iterable[Member] | None = None) -> Chosen:
    """The members of a view, or of those given, whom a selection means."""
    among = view.members if members is None else tuple(members)
    if where.is_everybody:
        return Chosen(tuple(among))
    inside: list[Member] = []
    unclear: list[Member] = []
    missing: dict[str, None] = {}
    for member in among:
        said = meant(view, where, member)
        if said is True:
            inside.append(member)
        elif said is None:
            unclear.append(member)
            missing.update(dict.fromkeys(unknown_in(view, where, member)))
    return Chosen(tuple(inside), tuple(unclear), tuple(missing))


def meant(view: View, where: Where, member: Member) -> Maybe:
    """Whether a selection means a member. A missing fact may leave it open."""
    said: list[Maybe] = [
        has(view, attribute, wanted, view.of(member, attribute))
        for attribute, wanted in where.has.items()
    ]
    said += [meant(view, each, member) for each in where.all_]
    if where.any_:
        said.append(_any(meant(view, each, member) for each in where.any_))
    if where.not_ is not None:
        inside = meant(view, where.not_, member)
        said.append(None if inside is None else not inside)
    if False in said:
        return False
    return None if None in said else True


def has(view: View, attribute: str, wanted: Wanted, values: Found) -> Maybe:
    """Whether the values on file are those wanted."""
    if isinstance(wanted, Compared):
        return _compared(view, attribute, wanted, values)
    if values is None:
        return None
    words = wanted if isinstance(wanted, tuple) else (wanted,)
    names = {view.canon(attribute, each) for each in words}
    return any(view.canon(attribute, each) in names for each in values)


def _compared(view: View, attribute: str, wanted: Compared, values: Found) -> Maybe:
    if wanted.known is not None and bool(values) != wanted.known:
        return False
    if values is None:
        return True if wanted.known is False else None
    if wanted.fact is not None:
        told = view.fact(wanted.fact)
        if told is None:
            return None
        if not has(view, attribute, told, values):
            return False
    if wanted.not_ is not None and has(view, attribute, wanted.not_, values):
        return False
    return all(_within(wanted, each) for each in values)


def _within(wanted: Compared, value: object) -> bool:
    number = comparable(value)
    if number is None:
        return all(
            each is None
            for each in (wanted.at_least, wanted.at_most, wanted.more_than, wanted.less_than)
        )
    return not (
        (wanted.at_least is not None and _less(number, wanted.at_least))
        or (wanted.at_most is not None and _less(wanted.at_most, number))
        or (wanted.more_than is not None and not _less(wanted.more_than, number))
        or (wanted.less_than is not None and not _less(number, wanted.less_than))
    )


def comparable(value: object) -> Fraction | date | None:
    """A number or a day; None for words."""
    if isinstance(value, (date, Fraction)):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    try:
        return Fraction(norm(value))
    except (ValueError, ZeroDivisionError):
        return None


def _less(one: Fraction | date, other: Fraction | date) -> bool:
    if isinstance(one, date) and isinstance(other, date):
        return one < other
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return one < other
    return False


def unknown_in(view: View, where: Where, member: Member) -> list[str]:
    """The attributes that a selection asks for and that are not on file for a member."""
    found = [each for each in where.has if view.of(member, each) is None]
    facts = [each.fact for each in where.has.values() if isinstance(each, Compared) and each.fact]
    found += [each for each in facts if view.fact(each) is None]
    for each in (*where.any_, *where.all_, *((where.not_,) if where.not_ else ())):
        found += unknown_in(view, each, member)
    return found


def _any(said: Iterable[Maybe]) -> Maybe:
    listed = list(said)
    if True in listed:
        return True
    return None if None in listed else False
