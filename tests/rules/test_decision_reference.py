"""Every counted rule against a second, shorter telling of it; and early closing by brute force."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.consultation.rules import DecisionRule, Position, Voice, outcome
from governance.rulebook.decisions import Counting, Organ
from governance.rulebook.majorities import BASES

NOW = pendulum.datetime(2026, 11, 23, 12)
POSITIONS = {
    "yes": Position("yes"),
    "no": Position("no"),
    "abstain": Position("abstain"),
    "invalid": Position("invalid"),
    "recuse": Position("recuse"),
}
SAYS = [None, *POSITIONS]
SHARES = ["1/2", "2/3", "3/5", "1/3", "3/4", "1/1", "11/20"]


def law(kind: str, counting: dict[str, Any], **more: Any) -> DecisionRule:
    """A rule of a kind."""
    of_kind = Counting.model_validate(counting)
    return DecisionRule(kind, "Rules, art. 7", POSITIONS, counting=of_kind, **more)


@st.composite
def bounds(draw: st.DrawFn) -> dict[str, Any]:
    """More than, or at least, a share or a number."""
    amount = draw(st.one_of(st.sampled_from(SHARES[:5]), st.integers(1, 5)))
    return {draw(st.sampled_from(["more_than", "at_least"])): amount}


@st.composite
def simple(draw: st.DrawFn) -> dict[str, Any]:
    """One limb of one base."""
    weighed = draw(st.booleans())
    return {
        "base": draw(st.sampled_from(sorted(BASES))),
        "count": "weight" if weighed else "heads",
        **draw(bounds()),
    }


@st.composite
def rules(draw: st.DrawFn) -> dict[str, Any]:
    """A majority with anything that one may have."""
    rule = draw(simple())
    if draw(st.booleans()):
        rule["also"] = [{"of": "no", "at_most": draw(st.sampled_from(SHARES)), "base": "entitled"}]
    if draw(st.booleans()):
        rule["quorum"] = draw(bounds())
    if draw(st.booleans()):
        rule["veto"] = ["0"]
    if draw(st.booleans()):
        rule["concurring"] = ["1"]
    if draw(st.booleans()):
        rule["tie"] = draw(st.sampled_from(["revote", "carried", "status_quo", "casting_vote"]))
    if draw(st.booleans()):
        rule["recusal"] = draw(st.sampled_from(["in_base", "out_of_base"]))
    return rule


@st.composite
def polls(draw: st.DrawFn, most: int = 7, *, closed: bool = True) -> list[Voice]:
    """People with a position or none; where the poll is not closed, three may still answer."""
    count = draw(st.integers(1, most))
    says = [draw(st.sampled_from(SAYS)) for _ in range(count)]
    return [
        Voice(
            who=str(number),
            position=said,
            present=draw(st.sampled_from([None, None, True, False])),
            entitled=draw(st.sampled_from([True, True, True, False])),
            weight=draw(st.integers(1, 4)),
            seat="chair" if number == 1 else "",
            on_leave=draw(st.sampled_from([False, False, True])),
            final=closed or says[:number].count(None) >= 3,
        )
        for number, said in enumerate(says)
    ]


# --- the second telling ----------------------------------------------------------------------


def told(rule: dict[str, Any], voices: list[Voice]) -> str:
    """A closed vote, told again: lists and sums, and nothing of how the product does it."""
    members = [each for each in voices if each.entitled]
    away = rule["base"] == "roster_less_leave"
    says = {
        each.who: None if each.present is False or (away and each.on_leave) else each.position
        for each in members
    }
    if rule.get("recusal") != "in_base":
        members = [each for each in members if says[each.who] != "recuse"]
    if not _quorum(rule, members, says):
        return "inquorate"
    limbs = [{"of": "yes", **rule}, *rule.get("also", ())]
    vetoed = "veto" in rule and says.get("0") == "no"
    missing = "concurring" in rule and says.get("1", "yes") != "yes"
    missing = missing or ("concurring" in rule and _has_no_vote("1", voices))
    if all(_holds(rule, limb, members, says) for limb in limbs) and not (vetoed or missing):
        return "carried"
    return "lost" if vetoed else _tie(rule, members, says, voices)


def _has_no_vote(who: str, voices: list[Voice]) -> bool:
    return any(each.who == who and not each.entitled for each in voices)


def _base(base: str, member: Voice, said: str | None) -> bool:
    there = member.present if member.present is not None else said is not None
    return {
        "cast": said in {"yes", "no", "abstain", "invalid"},
        "valid": said in {"yes", "no", "abstain"},
        "yes_no": said in {"yes", "no"},
        "present": there,
        "entitled": True,
        "roster_less_leave": not member.on_leave,
        "members_less_abstainers": said != "abstain",
    }[base]


def _holds(rule: dict[str, Any], limb: dict[str, Any], members: list[Voice], says: Any) -> bool:
    base = limb.get("base", rule["base"])
    weigh = limb.get("count", "heads") == "weight"
    inside = [each for each in members if _base(base, each, says[each.who])]
    name = next(each for each in ("more_than", "at_least", "at_most") if each in limb)
    amount = limb[name]
    counted = members if isinstance(amount, int) else inside
    found = sum(each.weight if weigh else 1 for each in counted if says[each.who] == limb["of"])
    size = sum(each.weight if weigh else 1 for each in inside)
    need = Fraction(amount) * (1 if isinstance(amount, int) else size)
    if name == "at_most":
        return found <= need
    return found > 0 and (found > need if name == "more_than" else found >= need)


def _quorum(rule: dict[str, Any], members: list[Voice], says: Any) -> bool:
    if "quorum" not in rule:
        return True
    ((name, amount),) = rule["quorum"].items()
    there = sum(_base("present", each, says[each.who]) for each in members)
    need = Fraction(amount) * (1 if isinstance(amount, int) else len(members))
    return there > need if name == "more_than" else there >= need


def _tie(rule: dict[str, Any], members: list[Voice], says: Any, voices: list[Voice]) -> str:
    if rule.get("more_than") != "1/2" or "tie" not in rule:
        return "lost"
    weigh = rule["count"] == "weight"
    side = {
        word: sum(each.weight if weigh else 1 for each in members if says[each.who] == word)
        for word in ("yes", "no")
    }
    if not side["yes"] or side["yes"] != side["no"]:
        return "lost"
    if rule["tie"] != "casting_vote":
        return {"revote": "revote", "carried": "carried", "status_quo": "lost"}[rule["tie"]]
    chair = next((each.position for each in voices if each.seat == "chair"), None)
    if chair != "yes":
        return "lost"
    if rule["base"] in {"cast", "valid", "yes_no", "present"}:
        return "carried"
    inside = [each for each in members if _base(rule["base"], each, says[each.who])]
    size = sum(each.weight if weigh else 1 for each in inside)
    found = sum(each.weight if weigh else 1 for each in inside if says[each.who] == "yes")
    return "carried" if found + 1 > Fraction(size, 2) else "lost"


# --- what must hold --------------------------------------------------------------------------


@settings(max_examples=400)
@given(rules(), polls())
def test_a_closed_vote_comes_out_as_it_is_told_a_second_time(
    rule: dict[str, Any], voices: list[Voice]
) -> None:
    """Base, bound, second limb, quorum, veto, concurrence and tie: two tellings, one outcome."""
    assert outcome(law("majority", rule), voices, NOW).result == told(rule, voices)


def completions(rule: dict[str, Any], voices: list[Voice]) -> list[list[Voice]]:
    """Everything that may still be said by those who may still answer."""
    open_ = [
        each.position is None and each.entitled and each.present is not False and not each.final
        for each in voices
    ]
    ways = product(
        *(SAYS if may else [each.position] for each, may in zip(voices, open_, strict=True))
    )
    return [
        [replace(each, position=said, final=True) for each, said in zip(voices, way, strict=True)]
        for way in ways
    ]


@given(rules(), polls(6, closed=False))
def test_a_vote_closes_early_only_when_nothing_can_change_it(
    rule: dict[str, Any], voices: list[Voice]
) -> None:
    """By brute force: whatever those who are awaited might say, the outcome is the same."""
    now = outcome(law("majority", rule), voices, NOW).result
    if now is not None:
        assert {
            outcome(law("majority", rule), each, NOW).result for each in completions(rule, voices)
        } == {now}


@given(simple(), polls(6, closed=False))
def test_a_vote_with_one_limb_closes_as_soon_as_nothing_can_change_it(
    rule: dict[str, Any], voices: list[Voice]
) -> None:
    """Nobody waits for an answer that does not matter."""
    found = {outcome(law("majority", rule), each, NOW).result for each in completions(rule, voices)}
    now = outcome(law("majority", rule), voices, NOW).result
    assert now == (found.pop() if len(found) == 1 else None)


@given(rules(), polls(), st.randoms(use_true_random=False))
def test_the_order_of_answers_is_irrelevant(
    rule: dict[str, Any], voices: list[Voice], chance: Any
) -> None:
    """Who answers first has no advantage."""
    shuffled = chance.sample(voices, len(voices))
    first, second = (outcome(law("majority", rule), each, NOW) for each in (voices, shuffled))
    assert (first.result, first.numbers) == (second.result, second.numbers)


@given(rules(), polls(6, closed=False), st.integers(2, 5))
def test_one_voice_many_times_counts_as_many_that_are_alike(
    counting: dict[str, Any], voices: list[Voice], many: int
) -> None:
    """A roll may be read with whoever is alike in one: nothing comes out differently."""
    rule = law("majority", counting)
    same = [each for each in voices for _ in range(many)]
    alike = [replace(each) for each in same]
    assert outcome(rule, same, NOW) == outcome(rule, alike, NOW)


@given(rules(), polls(), st.integers(0, 6))
def test_more_support_never_loses_what_was_carried(
    rule: dict[str, Any], voices: list[Voice], number: int
) -> None:
    """Somebody who comes to be in favour does not turn a decision that is carried."""
    rule.pop("recusal", None)
    one = voices[number % len(voices)]
    if one.position == "recuse" or outcome(law("majority", rule), voices, NOW).result != "carried":
        return
    more = [replace(each, position="yes") if each is one else each for each in voices]
    assert outcome(law("majority", rule), more, NOW).result == "carried"


@given(polls(6, closed=False), st.sampled_from(["stop", "do_not_stop"]))
def test_unanimity_is_everybody_and_one_no_ends_it(voices: list[Voice], abstentions: str) -> None:
    """Everybody entitled and not recused is in favour; abstentions stop it where the law says."""
    unanimous = law("unanimity", {"abstentions": abstentions})
    heard = [None if each.present is False else each.position for each in voices if each.entitled]
    allowed = {"yes", "recuse"} | ({"abstain"} if abstentions == "do_not_stop" else set())
    result = outcome(unanimous, [replace(each, final=True) for each in voices], NOW).result
    assert (result == "carried") == ("yes" in heard and set(heard) <= allowed)
    if {"no", "invalid"} & set(heard):
        assert outcome(unanimous, voices, NOW).result == "lost"


@given(polls(6, closed=False))
def test_any_one_is_carried_by_the_first_yes(voices: list[Voice]) -> None:
    """One in favour is enough; it is lost only when nobody can be any more."""
    counted = [each for each in voices if each.entitled and each.present is not False]
    found = outcome(law("any_one", {}), voices, NOW).result
    if any(each.position == "yes" for each in counted):
        assert found == "carried"
    elif any(each.position is None and not each.final for each in counted):
        assert found is None
    else:
        assert found == "lost"


@given(polls(6, closed=False))
def test_consensus_is_broken_by_one_who_is_present_and_objects(voices: list[Voice]) -> None:
    """Absence neither objects nor agrees; silence of somebody present is no objection."""
    blocking = {**POSITIONS, "no": Position("no", blocking=True)}
    agreed = replace(law("consensus", {}), positions=blocking)
    counted = [each for each in voices if each.entitled and each.present is not False]
    found = outcome(agreed, voices, NOW).result
    if any(each.position == "no" for each in counted):
        assert found == "lost"
    elif any(each.position is None and not each.final for each in counted):
        assert found is None
    else:
        assert found == ("carried" if counted else "lost")


@given(polls(6), polls(6), bounds(), bounds())
def test_two_organs_carry_what_each_of_them_carries(
    first: list[Voice], second: list[Voice], one: dict[str, Any], other: dict[str, Any]
) -> None:
    """Each organ counts its own voices under its own rule, and none lends the other any."""
    both = replace(
        law("organs", {}),
        organs={"a": Organ.model_validate(one), "b": Organ.model_validate(other)},
    )
    voices = [replace(each, organ="a") for each in first]
    voices += [replace(each, organ="B") for each in second]
    pairs = ((one, first), (other, second))
    apart = [outcome(law("majority", rule), each, NOW).result for rule, each in pairs]
    assert outcome(both, voices, NOW).result == (
        "carried" if apart == ["carried", "carried"] else "lost"
    )


@pytest.mark.parametrize("kind", ["majority", "unanimity", "any_one", "consensus", "ballot"])
def test_nobody_carries_nothing(kind: str) -> None:
    """Two thirds of nobody are nobody: a vote in which nobody takes part is not carried."""
    voices = [Voice("a", final=True), Voice("b", present=False)]
    found = outcome(law(kind, {"at_least": "2/3"} if kind == "majority" else {}), voices[1:], NOW)
    assert found.result in {"lost", "vacant"}
    assert outcome(law("majority", {"at_least": "2/3"}), [], NOW).result == "lost"


DUE = NOW.subtract(hours=1)


@given(polls(6, closed=False))
def test_an_answer_that_may_be_changed_closes_nothing_early(voices: list[Voice]) -> None:
    """Where answers may be changed, everybody answers first, or the time ends."""
    changing = law("majority", {}, may_change=True, early_close=False)
    awaited = [
        each
        for each in voices
        if each.position is None and each.entitled and each.present is not False and not each.final
    ]
    assert (outcome(changing, voices, NOW).result is None) == bool(awaited)


@pytest.mark.parametrize(
    ("on_late", "reached", "result"),
    [
        ("fail", True, "lost"),
        ("tacit", True, "carried"),
        ("tacit", False, None),
        ("remind", True, None),
        ("fail", False, None),
    ],
)
def test_silence_is_worth_what_the_law_says(on_late: str, reached: bool, result: str) -> None:
    """At the end, silence is no vote, or consent, or reminded; unreached, it is nothing."""
    of_members = law("majority", {"base": "entitled"}, on_late=on_late)
    voices = [Voice("a", "yes"), Voice("b", reached=reached, due_at=DUE), Voice("c", "no")]
    assert outcome(of_members, voices, NOW).result == result
