"""Under which rule a motion is voted on: the rules of procedure as a rule of the one engine.

Votes are counted by consultations and nowhere else; here the law of the body is put into the
words of that engine, and a printed count is asked what would have come of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pendulum

from governance.consultation.rules import DecisionRule, Outcome, Voice, outcome
from governance.rulebook.proceedings.law import Proceedings
from governance.rulebook.proceedings.meetings import Threshold

POSITIONS = ("yes", "no", "abstain")
OWN = "Mandate, default: more votes for than against"
# What the chair's vote means for a tie, where the body says whether the chair votes.
CHAIR_VOTES: Mapping[str, dict[str, bool]] = {
    "both": {"apart": True},
    "casting": {"chair_votes": False},
}
# The instant matters to no vote that is over.
OVER = pendulum.datetime(2000, 1, 1)


def vote_rule(rules: Proceedings, on: date, subject: str = "all") -> dict[str, Any]:
    """The rule on a subject, as plain data for a consultation."""
    ruling = rules.ruling("threshold", on, subject)
    base = rules.ruling("majority_base", on, subject)
    counting: dict[str, Any] = _threshold(ruling.value) if ruling else {"more_than": "1/2"}
    counting.setdefault("base", base.value if base else "yes_no")
    for name, key in (("tie", "tie"), ("quorum_to_decide", "quorum"), ("blocking_rights", "veto")):
        held = rules.ruling(name, on, subject)
        if held is not None:
            counting[key] = _part(key, held.value)
    tie, chair = rules.ruling("tie", on, subject), rules.ruling("chair_votes", on, subject)
    if tie is not None and chair is not None and chair.value in CHAIR_VOTES:
        counting["tie"] = {**counting["tie"], **CHAIR_VOTES[chair.value]}
    return {
        **({"tie_article": str(tie.article)} if tie is not None else {}),
        "kind": "majority",
        "article": str(ruling.article) if ruling else OWN,
        "positions": [{"key": each, "needs_text": False} for each in POSITIONS],
        "on_late": "wait",
        "within": None,
        "may_change": True,
        "counting": counting,
    }


def _threshold(value: Threshold) -> dict[str, Any]:
    told = value.model_dump(mode="json", exclude_defaults=True)
    least, no_block = told.pop("minimum_yes", 0), told.pop("no_block", False)
    also = list(told.pop("also", []))
    if least:
        also.append({"at_least": least})
    if no_block:
        also.append({"at_most": 0, "of": ["block"]})
    return {**told, **({"also": also} if also else {})}


def _part(key: str, value: Any) -> Any:
    if key == "veto":
        return list(value.holders)
    told = value.model_dump(mode="json", exclude_defaults=True)
    if key == "quorum":
        bound, amount = value.bound
        of = {"seats": "entitled", "filled": "entitled"}.get(value.of, value.of)
        return {"decide": {bound: told.get(bound, str(amount)), "of": of}}
    return told


def ballot_rule(rule: Mapping[str, Any], candidates: Sequence[str], places: int) -> dict[str, Any]:
    """The same rule for a ballot for seats, among those who stand."""
    ballot = {"seats": places, "candidates": dict.fromkeys(candidates, "")}
    return {
        **rule,
        "kind": "ballot",
        "positions": [
            {"key": "vote", "meaning": "yes", "choose_at_least": 1, "choose_at_most": places},
            {"key": "abstain", "meaning": "abstain"},
        ],
        "counting": {**rule["counting"], "ballot": ballot},
    }


def would_be(
    rule: Mapping[str, Any],
    votes: Mapping[str, int],
    *,
    present: int,
    entitled: int,
    leave: int = 0,
) -> Outcome:
    """What a printed count amounts to under a rule: who did not answer was there or was not."""
    law = DecisionRule.from_plain({**rule, "may_change": False})
    voices = [
        Voice(f"{kind}{number}", kind, present=True, final=True)
        for kind in POSITIONS
        for number in range(votes.get(kind, 0))
    ]
    silent = max(present - len(voices), 0)
    voices += [Voice(f"silent{each}", None, present=True, final=True) for each in range(silent)]
    absent = max(entitled - len(voices), 0)
    voices += [
        Voice(f"absent{each}", None, present=False, final=True, on_leave=each < leave)
        for each in range(absent)
    ]
    return outcome(law, voices, OVER)
