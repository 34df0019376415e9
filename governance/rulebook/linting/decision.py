"""A rule of decision by itself: whether it can be counted, and each of its words tells."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from governance.refusals import Sentence, say
from governance.rulebook.ballots import Ballot
from governance.rulebook.decisions import KINDS, Counting, DecisionRule, Organ
from governance.rulebook.linting.faults import near
from governance.rulebook.majorities import SMALLEST_HALF, Presence

Path = tuple[Any, ...]
WORTH = ("yes", "no", "abstain", "invalid", "recused")
ONE_ORGAN = frozenset(KINDS) - {"organs"}


class Wrong(NamedTuple):
    """What is wrong with a rule, where in it, and what to write."""

    where: Path
    because: Sentence
    cure: Sentence


def wrong_with(rule: DecisionRule) -> Iterator[Wrong]:
    """Everything that keeps a rule from being counted. Its kind is one of the known ones."""
    yield from _positions(rule)
    yield from _counting(rule, rule.kind, (), rule)
    yield from _organs(rule)
    if rule.may_change and rule.early_close:
        yield Wrong(
            ("early_close",),
            say("answers may be changed, and the question closes before all are final"),
            say("Remove early_close, or may_change."),
        )


def _positions(rule: DecisionRule) -> Iterator[Wrong]:
    kind = KINDS[rule.kind]
    of_organs = any(KINDS[each.kind].needs_blocking for each in _known(rule))
    if (kind.needs_blocking or of_organs) and not any(each.blocking for each in rule.positions):
        yield Wrong(
            ("positions",),
            say("nobody can object: no position is blocking"),
            say("Add blocking: true to the position that stops the question."),
        )
    if not kind.counted and rule.kind != "organs":
        return
    worth = [each.worth for each in rule.positions]
    if "yes" not in worth:
        yield Wrong(
            ("positions",),
            say("nobody can be in favour: no position means yes"),
            say("Add meaning: yes to the position that is in favour."),
        )
    for index, each in enumerate(rule.positions):
        if each.worth == "view" and each.counts and each.meaning is None:
            yield Wrong(
                ("positions", index, "key"),
                say('what "{key}" is worth in the count is not said', key=each.key),
                say(
                    "Add meaning: and one of {worth}; or counts: false, to record it only.",
                    worth=", ".join(WORTH),
                ),
            )


def _known(rule: DecisionRule) -> list[Organ]:
    """The organs with a kind that is one."""
    return [each for each in rule.organs.values() if each.kind in KINDS]


AMOUNTS = ("base", "more_than", "at_least", "blocking_minority")


def _counting(counting: Counting, kind: str, path: Path, rule: DecisionRule) -> Iterator[Wrong]:
    for name in AMOUNTS:
        if name in counting.model_fields_set and getattr(counting, name) is None:
            because = say("nothing stands after {name}", name=name)
            yield Wrong((*path, name), because, say("Write what it is, or remove the line."))
    for where, each in _amounts(counting):
        yield from _reachable((*path, *where), *each)
    if not KINDS[kind].counted:
        yield from _said_in_vain(counting, kind, path)
    if counting.ballot is not None and kind != "ballot":
        because = say(
            "a ballot for seats is counted by kind: ballot, and this is {kind}", kind=kind
        )
        yield Wrong((*path, "ballot"), because, say("Write kind: ballot, or remove ballot."))
    yield from _words(counting, path, rule)
    yield from _ties(counting, kind, path)
    yield from _second_call(counting, path)
    yield from _ballot(counting, path)


COUNTED_ONLY = ("base", "more_than", "at_least", "of", "also", "veto", "concurring")


def _said_in_vain(counting: Counting, kind: str, path: Path) -> Iterator[Wrong]:
    for name in COUNTED_ONLY:
        if getattr(counting, name):
            because = say("{name} says nothing for kind: {kind}", name=name, kind=kind)
            cure = say("Remove it, or write kind: majority.")
            yield Wrong((*path, name), because, cure)


Bound = tuple[str, Fraction | int]


def _amounts(counting: Counting) -> Iterator[tuple[Path, Bound]]:
    for name in ("more_than", "at_least"):
        if (amount := getattr(counting, name)) is not None:
            yield (name,), (name, amount)
    for index, limb in enumerate(counting.also):
        yield ("also", index, limb.bound[0]), limb.bound
    for name in ("open", "decide", "second_call"):
        presence = getattr(counting.quorum, name)
        if presence is not None and presence.bound[0] != "times_root":
            yield ("quorum", name, presence.bound[0]), presence.bound


def _reachable(where: Path, name: str, amount: Fraction | int) -> Iterator[Wrong]:
    if name == "more_than" and not isinstance(amount, int) and amount == 1:
        because = say("more than all of it can never be reached")
        yield Wrong(where, because, say("Write at_least: 1/1 for all."))
    if name == "at_least" and amount == 0:
        yield Wrong(where, say("at least nothing asks for nothing"), say("Write at_least: 1."))
    if name == "fewer_than" and amount == 0:
        yield Wrong(where, say("fewer than none can never be"), say("Write at_most: 0."))


def _words(counting: Counting, path: Path, rule: DecisionRule) -> Iterator[Wrong]:
    """What a limb counts is a position, or a meaning."""
    keys = {each.key for each in rule.positions}
    known = keys | set(WORTH)
    named: list[tuple[Path, tuple[str, ...]]] = [(("of",), counting.of)]
    named += [(("also", index, "of"), each.of) for index, each in enumerate(counting.also)]
    for where, words in named:
        for word in words:
            if word not in known:
                because = say('there is no position or meaning "{word}"', word=word)
                yield Wrong((*path, *where), because, near(word, known))


def _ties(counting: Counting, kind: str, path: Path) -> Iterator[Wrong]:
    tie = counting.tie
    if tie.model_dump(exclude_defaults=True) == {} or kind == "ballot":
        return
    half = counting.more_than in (None, SMALLEST_HALF) and counting.at_least is None
    if kind != "majority" or not half or counting.of:
        yield Wrong(
            (*path, "tie"),
            say("there is no tie where anything but more than half decides"),
            say("Remove tie, or write kind: majority with more_than: 1/2."),
        )


def _second_call(counting: Counting, path: Path) -> Iterator[Wrong]:
    first, second = counting.quorum.decide, counting.quorum.second_call
    if second is None:
        return
    here = (*path, "quorum", "second_call")
    if first is None:
        because = say("a second call lowers a quorum, and there is none to lower")
        yield Wrong(here, because, say("Add decide: with the quorum of the first call."))
    elif _comparable(first, second) and second.bound[1] > first.bound[1]:
        because = say("the quorum of the second call is higher than that of the first")
        yield Wrong(here, because, say("Write a lower one."))


def _comparable(first: Presence, second: Presence) -> bool:
    return type(first.bound[1]) is type(second.bound[1]) and first.of == second.of


def _ballot(counting: Counting, path: Path) -> Iterator[Wrong]:
    ballot = counting.ballot
    if ballot is None:
        return
    here = (*path, "ballot")
    if isinstance(ballot.seats, dict):
        for name, group in ballot.candidates.items():
            if group not in ballot.seats:
                because = say('"{name}" stands for a group without seats', name=name)
                yield Wrong((*here, "candidates"), because, near(group, ballot.seats))
    relaxed, most = ballot.rounds.relaxed, ballot.rounds.at_most
    if relaxed is not None and most is not None and relaxed.after >= most:
        because = say("the majority is relaxed after the last round")
        cure = say("Write a smaller after, or a larger at_most.")
        yield Wrong((*here, "rounds", "relaxed", "after"), because, cure)
    if ballot.plurality and (counting.more_than is not None or counting.at_least is not None):
        because = say("the highest are elected, and a majority is asked for as well")
        yield Wrong((*here, "plurality"), because, say("Remove plurality, or the majority."))


def _organs(rule: DecisionRule) -> Iterator[Wrong]:
    if rule.kind != "organs":
        if rule.organs:
            because = say("organs are counted by kind: organs")
            yield Wrong(("organs",), because, say("Write kind: organs."))
        return
    if len(rule.organs) < 2:  # noqa: PLR2004 -- one organ is no other kind than its own
        because = say("kind: organs needs at least two organs, each with its rule")
        yield Wrong(("organs",), because, say("Add organs: {example}.", example=EXAMPLE))
    for key, organ in rule.organs.items():
        if organ.kind not in ONE_ORGAN:
            because = say('there is no kind of decision "{kind}"', kind=organ.kind)
            yield Wrong(("organs", key, "kind"), because, near(organ.kind, ONE_ORGAN))
        else:
            yield from _counting(organ, organ.kind, ("organs", key), rule)
    yield from _same_seats(rule)


def _same_seats(rule: DecisionRule) -> Iterator[Wrong]:
    """Organs that elect fill the same seats, and no organ votes on a question meanwhile."""
    ballots = {key: each.ballot for key, each in rule.organs.items() if each.kind == "ballot"}
    if ballots and not rule.elects:
        because = say("one organ takes a ballot for seats, and another votes on a question")
        yield Wrong(("organs",), because, say("Write kind: ballot for every organ, or for none."))
    elif len({str((each or Ballot()).seats) for each in ballots.values()}) > 1:
        because = say("the organs fill different numbers of seats")
        yield Wrong(("organs",), because, say("Write the same seats for every organ."))


EXAMPLE = "{council: {kind: majority}, assembly: {kind: majority}}"
