"""Ballots for seats: who has enough votes, then the highest; rounds, ties, papers that count.

Where seats belong to groups, each group is a ballot of its own on the same paper. A ballot is
never closed early: any paper that is awaited may change who comes before whom.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from governance.consultation.rules.law import Outcome, Position
from governance.consultation.rules.limbs import (
    BASE_SAYS,
    in_base,
    needed,
    plain_number,
)
from governance.consultation.rules.majority import apart, numbers_of
from governance.consultation.rules.poll import Heard, Number, Poll, worth
from governance.consultation.rules.quorums import quorate
from governance.consultation.rules.staying import Round
from governance.consultation.rules.ties import (
    AWAITED,
    WHY_NOT,
    chair_in,
    draw,
    is_awaited,
    tie_rule,
)
from governance.refusals import Sentence, say
from governance.rulebook.ballots import Ballot
from governance.rulebook.decisions import ELECTED, FURTHER_ROUND, INQUORATE, VACANT
from governance.rulebook.majorities import SMALLEST_HALF, written

PAPER = {
    meaning: Position("paper", meaning=meaning)
    for meaning in ("yes", "abstain", "invalid", "recused")
}


@dataclass(frozen=True)
class Seats:
    """The seats of one group in this round: who stands, what the papers say, who is elected."""

    group: str
    vacant: int
    votes: Mapping[str, Number]
    papers: Mapping[str, int]
    base: Number
    bound: tuple[str, Any] | None
    needed: Number
    elected: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    stays_in: tuple[str, ...] = ()
    said: tuple[Sentence, ...] = ()
    awaits: str = ""  # lot, casting_vote
    places: int = 0  # for those who are tied
    anybody: bool = False  # may be named in the next round

    @property
    def still_vacant(self) -> int:
        """How many seats nobody was elected to."""
        return self.vacant - len(self.elected)

    def as_plain(self) -> dict[str, Any]:
        """As it is stored with the result."""
        return {
            "group": self.group,
            "seats": self.vacant,
            "votes": {name: plain_number(each) for name, each in self.votes.items()},
            "papers": dict(self.papers),
            "base": plain_number(self.base),
            "needed": plain_number(self.needed),
            "threshold": written(self.bound[1]) if self.bound else None,
            "strict": bool(self.bound and self.bound[0] == "more_than"),
            "elected": list(self.elected),
            "tied": list(self.tied),
            "vacant": self.still_vacant,
            "stays_in": list(self.stays_in),
        }


def seats_are_filled(poll: Poll) -> Outcome:
    """Who is elected in this round, whether another follows, and among whom."""
    found = quorate(poll)
    groups = [_filled(poll, _counted(poll, name, seats)) for name, seats in _seats(poll)]
    castings = [
        {"key": key_of(poll, each.group), "between": list(each.tied), "places": each.places}
        for each in groups
        if each.awaits == "casting_vote"
    ]
    result, last = _result(poll, found.holds, groups)
    newly = [] if result in (None, INQUORATE) else [x for each in groups for x in each.elected]
    working = (
        *apart(poll),
        *found.told(),
        *(said for each in groups for said in _told(poll, each, further=result == FURTHER_ROUND)),
        last,
    )
    numbers = {
        **numbers_of(poll),
        **_first(poll, groups),
        **found.as_plain(),
        "round": poll.law.round,
        "groups": [each.as_plain() for each in groups],
        **({"castings": castings} if castings else {}),
    }
    return Outcome(result, working, (*poll.law.elected, *newly), numbers)


def key_of(poll: Poll, group: str) -> str:
    """What tells a tie apart: the organ and the group in which it is."""
    return "/".join(each for each in (poll.law.organ, group) if each)


def ballot_of(poll: Poll) -> Ballot:
    """The rule of the ballot; one seat where the law says nothing."""
    return poll.law.counting.ballot or Ballot()


def _seats(poll: Poll) -> list[tuple[str, int]]:
    """The groups with seats that earlier rounds have left vacant."""
    ballot = ballot_of(poll)
    if isinstance(ballot.seats, int):
        return [("", ballot.seats - len(poll.law.elected))]
    filled = [ballot.candidates.get(each, "") for each in poll.law.elected]
    left = [(group, seats - filled.count(group)) for group, seats in ballot.seats.items()]
    return [(group, seats) for group, seats in left if seats > 0]


def _standing(poll: Poll, group: str) -> tuple[str, ...]:
    """Who may be voted for: who stays in, or every candidate, or whoever is named on a paper."""
    ballot = ballot_of(poll)
    named = (name for each in poll.heard for name in each.voice.chosen)
    everybody = poll.law.standing or tuple(ballot.candidates)
    if poll.law.anybody or not everybody:
        everybody = tuple(dict.fromkeys((*everybody, *named)))
    return tuple(
        name
        for name in everybody
        if name not in poll.law.elected and (not group or ballot.candidates.get(name) == group)
    )


def _counted(poll: Poll, group: str, vacant: int) -> Seats:
    votes: dict[str, Number] = dict.fromkeys(_standing(poll, group), 0)
    papers = dict.fromkeys(("valid", "invalid", "abstaining"), 0)
    law = poll.law.counting
    base: Number = 0
    base_of = law.base or "yes_no"
    for each in poll.heard:
        weight = each.voice.weight if law.count == "weight" else 1
        meaning, names = _paper(poll, each, tuple(votes), vacant)
        base += weight * in_base(base_of, each.voice, PAPER.get(meaning), law.recusal)
        for name in names:
            votes[name] += weight
        if meaning in MARKS:
            papers[MARKS[meaning]] += 1
    bound = _bound(poll)
    need = needed(bound[0], bound[1], base) if bound else 1
    ranked = dict(sorted(votes.items(), key=lambda each: -each[1]))
    return Seats(group, vacant, ranked, papers, base, bound, need)


MARKS = {"yes": "valid", "invalid": "invalid", "abstain": "abstaining"}


def _paper(
    poll: Poll, heard: Heard, standing: tuple[str, ...], vacant: int
) -> tuple[str, tuple[str, ...]]:
    """What one paper is worth for a group's seats, and the names on it that count."""
    meaning = worth(heard.said)
    if meaning in {"", "abstain", "invalid", "recused", "no"}:
        return "abstain" if meaning == "no" else meaning, ()
    names = heard.voice.chosen
    here = tuple(each for each in names if each in standing)
    if not names or (not here and len(standing) < len(_standing(poll, ""))):
        return "abstain", ()  # a blank paper, or one with names of other groups only
    many = 1 if ballot_of(poll).names == "one" else vacant
    few = vacant if ballot_of(poll).names == "exactly" else 1
    if not few <= len(here) <= many or len(set(here)) != len(here):
        return "invalid", ()
    return "yes", here


def _bound(poll: Poll) -> tuple[str, Any] | None:
    """The majority that this round asks for; None where the highest are elected."""
    law, ballot = poll.law.counting, ballot_of(poll)
    relaxed = ballot.rounds.relaxed
    if ballot.plurality:
        return None
    if relaxed is not None and poll.law.round > relaxed.after:
        given = [("more_than", relaxed.more_than), ("at_least", relaxed.at_least)]
        return next(((name, each) for name, each in given if each is not None), None)
    if law.at_least is not None:
        return ("at_least", law.at_least)
    return ("more_than", SMALLEST_HALF if law.more_than is None else law.more_than)


def _filled(poll: Poll, seats: Seats) -> Seats:
    """Those with enough votes, the highest first, as many as there are seats."""
    enough = [name for name, votes in seats.votes.items() if votes >= seats.needed]
    sure, tied = enough[: seats.vacant], []
    if len(enough) > seats.vacant:
        last = seats.votes[enough[seats.vacant]]
        if seats.votes[enough[seats.vacant - 1]] == last:
            sure = [name for name in enough if seats.votes[name] > last]
            tied = [name for name in enough if seats.votes[name] == last]
    places = seats.vacant - len(sure)
    won, said, awaits = _untied(poll, tied, places, key_of(poll, seats.group))
    elected = tuple(sure + won)
    equal = tuple(tied) if tied and not won else ()
    filled = replace(
        seats, elected=elected, tied=equal, said=tuple(said), awaits=awaits, places=places
    )
    left = tuple(name for name in seats.votes if name not in elected)
    again = tie_rule(poll).rule == "revote" and bool(filled.tied)
    next_ = Round(ballot_of(poll), poll.law, seats.group, filled.still_vacant, again=again)
    stays = next_.among(filled.tied if again else left, seats.votes)
    return replace(filled, stays_in=stays, anybody=next_.is_open)


def _untied(
    poll: Poll, tied: list[str], places: int, key: str
) -> tuple[list[str], list[Sentence], str]:
    """Who of those tied for the last places takes them; what is awaited, a seed or a vote."""
    if not tied:
        return [], [], ""
    names = ", ".join(tied)
    said = [say("equal in votes for the last places: {names}", names=names)]
    rule = tie_rule(poll)
    wanted: str = (
        rule.then if rule.rule == "revote" and poll.law.round > rule.revotes else rule.rule
    )
    if wanted == "casting_vote":
        apart, chair = poll.law.casts.get(key), chair_in(poll, rule)
        given = apart.chosen if apart else (chair.casting,) if chair and chair.casting else ()
        cast = [each for each in given if each in tied]
        if cast:
            told = say("the chair casts for {name}", name=", ".join(cast))
            return (cast if len(cast) == places else []), [*said, told], ""
        if apart is None and (not given or is_awaited(poll, apart, chair)):
            return [], [*said, AWAITED], "casting_vote"
        said += [WHY_NOT[apart.why]] if apart and apart.why else []
        wanted = rule.then if rule.rule == "casting_vote" else ""
    if wanted != "lot":
        return [], said, ""
    if not poll.law.seed:
        return [], [*said, say("the lot is to be drawn: record a seed in the open first")], "lot"
    drawn = draw(poll.law.seed, tied)
    told = say(
        'the lot was drawn from the seed "{seed}", the smallest SHA-256 first: {order}',
        seed=poll.law.seed,
        order=", ".join(drawn),
    )
    return drawn[:places], [*said, told], ""


def _result(poll: Poll, quorate: bool | None, groups: list[Seats]) -> tuple[str | None, Sentence]:
    if poll.awaited:
        return None, say("not decided: papers are awaited")
    if not quorate:
        return INQUORATE, say("there is no quorum, and nothing is decided")
    if any(each.awaits for each in groups):
        return None, say("not decided: a tie is to be broken")
    vacant = sum(each.still_vacant for each in groups)
    if not vacant:
        return ELECTED, say("every seat is filled")
    most = ballot_of(poll).rounds.at_most
    came = any(sum(each.papers.values()) for each in groups)
    goes_on = any(each.stays_in or (each.anybody and came) for each in groups)
    if goes_on and (most is None or poll.law.round < most):
        return FURTHER_ROUND, say("seats still vacant: {n}; another round follows", n=vacant)
    return VACANT, say("seats that stay vacant: {n}", n=vacant)


def _told(poll: Poll, seats: Seats, *, further: bool) -> Iterator[Sentence]:
    if seats.group:
        yield say("in the group {group}:", group=seats.group)
    yield say(
        "papers: {valid} valid, {invalid} invalid, {blank} without a name",
        valid=seats.papers["valid"],
        invalid=seats.papers["invalid"],
        blank=seats.papers["abstaining"],
    )
    votes = ", ".join(f"{name} {plain_number(each)}" for name, each in seats.votes.items())
    yield say("votes: {votes}", votes=votes or "-")
    if seats.bound is None:
        yield say("the highest are elected: no majority is needed")
    else:
        base = poll.law.counting.base or "yes_no"
        yield say(BASE_SAYS[base].pattern, n=plain_number(seats.base))
        yield say(
            ELECTING_SAYS[seats.bound[0]].pattern,
            share=written(seats.bound[1]),
            base=plain_number(seats.base),
            needed=plain_number(seats.needed),
        )
    yield from seats.said
    if seats.elected:
        yield say("elected: {names}", names=", ".join(seats.elected))
    if further and seats.anybody and seats.still_vacant:
        yield say("anybody may be voted for in the next round")
    elif further and seats.stays_in and seats.still_vacant:
        yield say("who stays in: {names}", names=", ".join(seats.stays_in))


ELECTING_SAYS = {
    "more_than": say("to be elected takes more than {share} of {base}: {needed}"),
    "at_least": say("to be elected takes at least {share} of {base}: {needed}"),
}


def _first(poll: Poll, groups: list[Seats]) -> dict[str, Any]:
    """The numbers of the first group as the ballot's own."""
    if not groups:
        return {}
    told = groups[0].as_plain()
    own = ("base", "needed", "threshold", "strict", "votes", "papers")
    return {
        **{name: told[name] for name in own},
        "base_of": poll.law.counting.base or "yes_no",
        "vacant": sum(each.still_vacant for each in groups),
        "stays_in": [name for each in groups for name in each.stays_in],
        **({"anybody": True} if any(each.anybody for each in groups) else {}),
    }
