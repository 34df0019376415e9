"""Results counted elsewhere: two tellers enter them independently, and only agreement counts.

A count says how many papers take each position, and how many of those that choose name each
candidate: `{"positions": {"vote": 19, "abstain": 1}, "candidates": {"a": 10, "b": 9}}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from governance.acts import Moment, Verb, Written
from governance.consultation.closing import close_if_settled
from governance.consultation.conduct import Counting
from governance.consultation.counts import choosing, newest_counts
from governance.consultation.lifecycle import ConsultationLifecycle
from governance.consultation.models import Consultation, TellerCount
from governance.lifecycle import fire
from governance.refusals import Finding, Reason, Refused, Sentence, Verdict, refuse, say

MOST = 100_000


@dataclass(frozen=True)
class Counted:
    """What one teller has counted: papers by position, and by whom they name."""

    positions: Mapping[str, int]
    candidates: Mapping[str, int] = field(default_factory=dict)


def teller_may(moment: Moment, consultation: Consultation | None, _: Counted) -> str:
    """Whoever was named as teller, each for themselves."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    if moment.actor.person_id not in consultation.tellers:
        raise refuse(
            "you are not among the tellers of this question",
            rule="counted_by_a_teller",
            article="Mandate, tellers",
            cure="Ask one of its tellers to enter the count.",
            reason=Reason.AUTHORITY,
        )
    return "teller"


def enter_count(
    moment: Moment, consultation: Consultation | None, given: Counted
) -> Written[Consultation]:
    """Keep the count of this teller. When all agree the question closes; else it is shown."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    fire(
        ConsultationLifecycle,
        consultation.state,
        "count",
        Counting(is_teller=moment.actor.person_id in consultation.tellers),
    )
    _must_be_possible(consultation, given)
    before = newest_counts(moment.session, consultation.id)
    mine = before.get(str(moment.actor.person_id))
    kept = TellerCount(
        consultation_id=consultation.id,
        teller_id=str(moment.actor.person_id),
        version=mine.version + 1 if mine else 1,
        count=_plain(given),
        at=moment.now,
    )
    moment.session.add(kept)
    moment.session.flush()
    facts: dict[str, Any] = {"count": kept.id, "version": kept.version}
    counts = newest_counts(moment.session, consultation.id)
    if set(counts) == set(consultation.tellers):
        facts["agree"] = len({str(each.count) for each in counts.values()}) == 1
        facts["counts"] = {each: counts[each].count for each in sorted(counts)}
    result = close_if_settled(moment, consultation)
    return Written(facts | ({"outcome": result} if result else {}), consultation)


COUNT: Verb[Consultation, Counted] = Verb(
    "consultation:count", Consultation, "consultation", teller_may, enter_count
)


def _plain(given: Counted) -> dict[str, Any]:
    return {
        "candidates": {key: given.candidates[key] for key in sorted(given.candidates)},
        "positions": {key: given.positions[key] for key in sorted(given.positions)},
    }


def _must_be_possible(consultation: Consultation, given: Counted) -> None:
    faults = [
        Finding("count_is_possible", "Mandate, tellers", Verdict.FAIL, because, cure)
        for because, cure in (*_unknown(consultation, given), *_too_many(consultation, given))
    ]
    if faults:
        raise Refused(faults, Reason.INPUT)


def _unknown(consultation: Consultation, given: Counted) -> Iterator[tuple[Sentence, Sentence]]:
    positions = {each["key"] for each in consultation.rule["positions"]}
    shown = set(consultation.content.get("candidates", ()))
    for counted, known in ((given.positions, positions), (given.candidates, shown)):
        for key, number in counted.items():
            if key not in known:
                yield (
                    say('"{key}" is not offered here', key=key[:60]),
                    say("Count what the question offers."),
                )
            if not 0 <= number <= MOST:
                yield (
                    say("{number} papers cannot be", number=number),
                    say("Enter a whole number from 0."),
                )


def _too_many(consultation: Consultation, given: Counted) -> Iterator[tuple[Sentence, Sentence]]:
    takers = choosing(consultation.rule["positions"])
    papers = sum(given.positions.get(each["key"], 0) for each in takers)
    most = max((each.get("choose_at_most", 0) for each in takers), default=0)
    cure = say("Count the papers that choose, and the votes, again.")
    for key, number in given.candidates.items():
        if number > papers:
            yield (
                say(
                    '"{key}" has {number} votes on {papers} papers',
                    key=key[:60],
                    number=number,
                    papers=papers,
                ),
                cure,
            )
    if sum(given.candidates.values()) > papers * most:
        yield say("there are more votes than {papers} papers can bear", papers=papers), cure
