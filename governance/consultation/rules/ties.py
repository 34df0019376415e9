"""Ties: when a vote is equally divided, and what its rule makes of that."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from governance.consultation.rules.law import Cast, Voice
from governance.consultation.rules.limbs import Measured, measure
from governance.consultation.rules.poll import Poll, Said, both, is_over, opposite, worth
from governance.refusals import Sentence, say
from governance.rulebook.decisions import CARRIED, DEEMED_GIVEN, LOST, REVOTE
from governance.rulebook.majorities import SMALLEST_HALF, Limb, Tie

SECRETLY = "secret_for_ever"
# Bases that grow with each vote: there, the casting vote itself decides.
OF_VOTES = frozenset({"cast", "valid", "yes_no", "present"})


@dataclass(frozen=True)
class Broken:
    """What became of a tie; `result` is None while the casting vote or the seed is awaited."""

    rule: str
    result: str | None
    said: tuple[Sentence, ...]

    def as_plain(self) -> dict[str, Any]:
        """As it is stored with the result."""
        return {"rule": self.rule, "result": self.result}


def tie_rule(poll: Poll) -> Tie:
    """The rule on ties, in a secret ballot the one for secret ballots."""
    tie = poll.law.counting.tie
    if poll.law.secrecy == SECRETLY and tie.when_secret is not None:
        return tie.model_copy(update={"rule": tie.when_secret})
    return tie


def is_tied(poll: Poll, limbs: Sequence[Measured]) -> bool | None:
    """Whether as many are for as against, in a vote that more than half would carry."""
    main = limbs[0]
    if main.bound != "more_than" or main.amount != SMALLEST_HALF or main.of != "yes":
        return False
    if poll.law.counting.tie.rule == "rejected" and tie_rule(poll).rule == "rejected":
        return False  # a tie and a defeat are the same
    by_weight = main.count == "weight"

    def margin(voice: Voice, said: Said) -> Any:
        weight = voice.weight if by_weight else 1
        return weight * {"yes": 1, "no": -1}.get(worth(said), 0)

    balance = poll.sum(margin)
    divided = both(balance.is_at_least(0), opposite(balance.is_more_than(0)))
    return both(divided, poll.counted("yes").is_more_than(0))


def broken(poll: Poll) -> Broken:
    """What the rule on ties makes of a tie. Nobody may still answer, or no answer matters."""
    tie = tie_rule(poll)
    if tie.rule != "revote":
        return _by(poll, tie, tie.rule)
    if poll.law.round <= tie.revotes:
        within = str(tie.within) if tie.within else ""
        said = (
            say("another vote is taken within {within}", within=within)
            if within
            else say("another vote is taken")
        )
        return Broken("revote", REVOTE, (said,))
    return _by(poll, tie, tie.then)


def draw(seed: str, names: Sequence[str]) -> list[str]:
    """The names in the order of a lot: by the SHA-256 of "seed:name", the smallest first.

    Anybody can draw it again from the recorded seed, and nobody can foresee it without.
    """
    return sorted(names, key=lambda name: (_drawn(seed, name), name))


def _drawn(seed: str, name: str) -> str:
    return hashlib.sha256(f"{seed}:{name}".encode()).hexdigest()


def _by(poll: Poll, tie: Tie, rule: str) -> Broken:
    if rule == "casting_vote":
        return _cast(poll, tie)
    if rule == "lot":
        return _lot(poll)
    result, said = SETTLED[rule]
    return Broken(rule, result, (said,))


SETTLED: dict[str, tuple[str, Sentence]] = {
    "rejected": (LOST, say("a tie is not a majority, and it is not carried")),
    "carried": (CARRIED, say("a tie carries it")),
    "status_quo": (LOST, say("what is in force stays as it is")),
    "deemed_given": (DEEMED_GIVEN, say("the opinion is deemed given")),
}


def _lot(poll: Poll) -> Broken:
    if not poll.law.seed:
        said = say("the lot is to be drawn: record a seed in the open first")
        return Broken("lot", None, (said,))
    result = draw(poll.law.seed, (CARRIED, LOST))[0]
    drawn = say(
        'the lot was drawn from the seed "{seed}": the smaller SHA-256 of seed and result decides',
        seed=poll.law.seed,
    )
    said = say("it is carried by lot") if result == CARRIED else say("it is not carried, by lot")
    return Broken("lot", result, (drawn, said))


def _cast(poll: Poll, tie: Tie) -> Broken:
    chair = chair_in(poll, tie)
    apart = poll.law.casts.get(poll.law.organ)
    given = next(iter(apart.chosen), None) if apart else _of_chair(chair, tie)
    position = poll.law.positions.get(given) if given else None
    side = worth(position)
    if side not in {"yes", "no"}:
        if is_awaited(poll, apart, chair):
            return Broken("casting_vote", None, (AWAITED,))
        return _not_cast(poll, tie, apart)
    if side == "no":
        return Broken(
            "casting_vote", LOST, (say("the chair casts against, and it is not carried"),)
        )
    return _carried_by_chair(poll)


def chair_in(poll: Poll, tie: Tie) -> Voice | None:
    """Whoever casts, where they have a voice in the question."""
    return next((each for each in poll.voices if each.is_called((tie.chair,))), None)


def is_awaited(poll: Poll, apart: Cast | None, chair: Voice | None) -> bool:
    """Whether a casting vote may still come: who casts is asked, or has time to answer."""
    if apart is not None:
        return False
    if poll.law.asks_caster:
        return True
    return chair is not None and not chair.final and not is_over(chair, poll.now)


def _of_chair(chair: Voice | None, tie: Tie) -> str | None:
    """The casting vote that a voice brings: given apart, or the chair's own answer."""
    if chair is None:
        return None
    return chair.casting or (None if tie.apart else chair.position)


def _not_cast(poll: Poll, tie: Tie, apart: Cast | None) -> Broken:
    """No casting vote is given: what the rule says of that, at the end that it is lost."""
    why = (WHY_NOT[apart.why],) if apart is not None and apart.why else ()
    if tie.rule != "casting_vote" or tie.then in {"rejected", "casting_vote"}:
        said = say("the chair gave no casting vote, and it is not carried")
        return Broken("casting_vote", LOST, (*why, said))
    broke = _by(poll, tie, tie.then)
    return Broken(broke.rule, broke.result, (*why, say("no casting vote is given"), *broke.said))


AWAITED = say("the casting vote of the chair is awaited")
WHY_NOT: dict[str, Sentence] = {
    "barred": say("whoever casts may not answer in this case"),
    "declined": say("whoever casts gives no casting vote"),
    "late": say("whoever casts did not do so in time"),
    "stepped_back": say("whoever casts has stepped back"),
    "vacant": say("nobody holds the office that casts, and nobody acts for it"),
    "withdrawn": say("the casting vote is asked for no more"),
}


def _carried_by_chair(poll: Poll) -> Broken:
    """Of votes, the casting vote decides; of a fixed number, it must make up what is missing."""
    law = poll.law.counting
    base = law.base or "yes_no"
    if base not in OF_VOTES:
        limb = Limb.model_validate({"more_than": SMALLEST_HALF, "count": law.count})
        main = measure(poll, limb, base)
        if main.found + 1 < main.needed:
            said = say(
                "the chair casts in favour, which does not make up the {n} that are needed",
                n=main.needed,
            )
            return Broken("casting_vote", LOST, (said,))
    return Broken("casting_vote", CARRIED, (say("the chair casts in favour, and it is carried"),))
