"""Elections in a meeting: the rule of the ballot, its next round, and counts by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from governance.acts import Moment
from governance.committees.electing import ELECTIONS, Standing, standing_for
from governance.committees.local import local_day
from governance.committees.meeting import late_items
from governance.committees.meeting.convening import committee_of, rules_for
from governance.committees.meeting.models import Meeting, Motion
from governance.committees.meeting.voting import OVER, ballot_rule, vote_rule
from governance.consultation.rules import DecisionRule, outcome
from governance.consultation.rules.further import next_round, voices_of_votes
from governance.refusals import Reason, Refused, refuse

ELECTION = "election"
ABSTAIN, VOTE = "abstain", "vote"
AGAIN = ("further_round", "revote")
BETWEEN = ";"


def put_rule(  # noqa: PLR0913 -- what an election is for, by name
    moment: Moment,
    meeting: Meeting,
    motion: Motion,
    *,
    candidates: Sequence[str],
    places: int,
    for_seats: Sequence[str],
    office: str,
) -> tuple[dict[str, Any], Standing | None]:
    """The rule under which a question is put; for an election, with who stands for what.

    An election that is put again goes on with its next round, as its rule says.
    """
    committee = committee_of(moment.session, meeting)
    day = local_day(meeting.starts_at, committee.zone)
    rules = rules_for(moment.session, meeting)
    if motion.kind == late_items.KIND:
        return late_items.late_rule(rules, day), None
    if motion.kind != ELECTION:
        return vote_rule(rules, day, motion.subject), None
    before = motion.result
    if before.get("result") in AGAIN and before.get(ELECTION) and not candidates:
        return next_round(before["rule"], before), Standing.from_plain(before[ELECTION])
    standing = standing_for(moment, committee, rules, candidates, for_seats, office, places)
    rule = vote_rule(rules, day, ELECTIONS)
    rule = ballot_rule(rule, list(standing.candidates), standing.places)
    return rule, standing


def candidates_of(rule: Mapping[str, Any]) -> list[str]:
    """Who may be voted for in this round."""
    if rule.get("standing"):
        return list(rule["standing"])
    return list(rule.get("counting", {}).get("ballot", {}).get("candidates", {}))


def by_votes(rule: Mapping[str, Any], votes: Mapping[str, int], entitled: int) -> dict[str, Any]:
    """What the votes for each candidate amount to, as the hands or the papers were counted.

    Where candidates are equal and the chair casts, the result waits for the casting vote.
    """
    named = {name: many for name, many in votes.items() if name != ABSTAIN}
    strangers = sorted(set(named) - set(candidates_of(rule)))
    if strangers or any(each < 0 for each in votes.values()):
        raise not_standing(strangers, rule)
    seats = int(rule["counting"]["ballot"]["seats"]) - len(rule.get("elected", ()))
    most = max(1, seats) * (entitled - votes.get(ABSTAIN, 0))
    if sum(named.values()) > most or max(named.values(), default=0) > entitled:
        raise add_up(sum(votes.values()), entitled)
    voices = voices_of_votes(
        named, seats=seats, abstaining=votes.get(ABSTAIN, 0), entitled=entitled
    )
    law = DecisionRule.from_plain({**rule, "may_change": False, "asks_caster": True})
    return outcome(law, voices, OVER).as_plain(rule["article"])


def by_acclamation(motion: Motion, objections: int) -> dict[str, Any]:
    """As many candidates as places, and nobody objects: all of them are elected."""
    standing = Standing.from_plain(motion.result[ELECTION])
    places = int(motion.result["rule"]["counting"]["ballot"]["seats"])
    if len(standing.candidates) > places:
        raise refuse(
            "{n} stand for {places}: that is not settled without a vote",
            rule="acclamation_has_no_choice",
            cure="Put the question again, by show of hands, roll call or secret ballot.",
            n=len(standing.candidates),
            places=places,
        )
    elected = list(standing.candidates) if objections == 0 else []
    pattern = "nobody objects" if elected else "{n} object"
    return {
        "result": "elected" if elected else "lost",
        "chosen": elected,
        "working": [{"pattern": pattern, "facts": {} if elected else {"n": objections}}],
    }


def called_out(rule: Mapping[str, Any], said: str) -> tuple[str, list[str]]:
    """What a seat called out in an election: a position, or the names of candidates."""
    if said in {each["key"] for each in rule["positions"]} - {VOTE}:
        return said, []
    known = {each.casefold(): each for each in candidates_of(rule)}
    names = [each.strip() for each in said.split(BETWEEN) if each.strip()]
    strangers = sorted(each for each in names if each.casefold() not in known)
    if strangers or not names:
        raise not_standing(strangers or [said], rule)
    return VOTE, [known[each.casefold()] for each in names]


def add_up(cast: int, there: int) -> Refused:
    """For more votes than may be cast."""
    return refuse(
        "{cast} votes are counted, and {there} may be cast by those present",
        rule="votes_add_up",
        cure="Count again, or correct the roll.",
        where="counts",
        reason=Reason.INPUT,
        cast=cast,
        there=there,
    )


def not_standing(names: Sequence[str], rule: Mapping[str, Any]) -> Refused:
    """For votes for somebody who does not stand in this round."""
    return refuse(
        "{names} cannot be voted for in this round",
        rule="candidate_stands",
        cure="Choose among: {known}.",
        where="counts",
        reason=Reason.INPUT,
        names=", ".join(names[:10]) or "–",
        known=", ".join(candidates_of(rule)),
    )
