"""What answers amount to, against a second telling of the rules; and when an answer is taken."""

from __future__ import annotations

from dataclasses import replace

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pendulum import DateTime

from governance.consultation.rules import (
    Answering,
    DecisionRule,
    Position,
    Voice,
    answer_is_before_the_deadline,
    choice_is_among_what_was_shown,
    content_is_what_was_shown,
    nobody_answers_twice,
    outcome,
    position_is_offered,
    reasons_are_given,
)
from governance.refusals import Verdict

NOW = pendulum.datetime(2026, 11, 23, 12)
POSITIONS = {
    "yes": Position("yes"),
    "no": Position("no", blocking=True, needs_text=True),
    "pick": Position("pick", choose_at_least=1, choose_at_most=2),
}


def law(kind: str, on_late: str = "fail", *, may_change: bool = False) -> DecisionRule:
    """A rule of decision of a kind."""
    return DecisionRule(kind, "Rules, art. 7", POSITIONS, on_late, may_change)


DUE = st.one_of(st.none(), st.integers(-3, 3).map(lambda hours: NOW.add(hours=hours)))


@st.composite
def voices(draw: st.DrawFn) -> list[Voice]:
    """People asked: some answered, some were reached, some are out of time."""
    count = draw(st.integers(1, 7))
    return [
        Voice(
            who=str(number),
            position=draw(st.sampled_from([None, None, "yes", "no", "pick"])),
            chosen=draw(st.sampled_from([(), ("a",), ("a", "b")])),
            reached=draw(st.booleans()),
            due_at=draw(DUE),
        )
        for number in range(count)
    ]


def _still_may_answer(voice: Voice) -> bool:
    """Told anew: time is over only for who was reached and has a deadline that is not ahead."""
    if voice.position is not None:
        return False
    if not voice.reached or voice.due_at is None:
        return True
    return voice.due_at > NOW


@given(voices())
def test_no_objection_is_carried_by_consent_and_silence_of_all_who_were_reached(
    asked: list[Voice],
) -> None:
    """One objection stops it; nobody who may still answer, or was never reached, consents."""
    found = outcome(law("no_objection", "tacit"), asked, NOW).result
    if "no" in [voice.position for voice in asked]:
        assert found == "lost"
    elif any(map(_still_may_answer, asked)):
        assert found is None
    else:
        assert found == "carried"


@given(voices())
def test_the_working_of_a_silence_procedure_adds_up(asked: list[Voice]) -> None:
    """Whoever was asked has answered, was silent to the end, or may still answer."""
    found = outcome(law("no_objection", "tacit"), asked, NOW)
    if found.result != "lost":
        everybody, *parts = [said.facts["n"] for said in found.working[:4]]
        assert everybody == len(asked)
        assert sum(parts) == everybody
        for summary in found.working[4:] if found.result else ():
            assert summary.facts["spoke"] + summary.facts["silent"] == everybody


@given(voices())
def test_views_are_complete_when_nobody_may_speak_any_more(asked: list[Voice]) -> None:
    """Advice binds nobody, so an objection is a view like others."""
    found = outcome(law("advice", "tacit"), asked, NOW).result
    assert found == (None if any(map(_still_may_answer, asked)) else "carried")


@given(voices())
def test_where_silence_consents_the_views_say_how_many_kept_it(asked: list[Voice]) -> None:
    """Whoever reads the working of a silence finds everybody in it once."""
    found = outcome(law("advice", "tacit"), asked, NOW)
    numbers = [each.facts["n"] for each in found.working]
    assert sum(numbers) == len(asked) if found.result else len(numbers) == 1


@given(voices(), st.sampled_from(["single", "choice"]), st.sampled_from(["fail", "remind", "wait"]))
def test_the_first_answer_of_who_decides_alone_is_the_outcome(
    asked: list[Voice], kind: str, on_late: str
) -> None:
    """Without one it is late where the law says fail, and open where it says remind."""
    found = outcome(law(kind, on_late), asked, NOW)
    answered = [voice for voice in asked if voice.position is not None]
    if answered:
        assert (found.result, found.chosen) == (answered[0].position, answered[0].chosen)
    elif on_late == "fail" and not any(map(_still_may_answer, asked)):
        assert found.result == "late"
    else:
        assert found.result is None


@given(voices(), st.sampled_from(["no_objection", "advice", "single"]), st.integers(0, 6))
def test_time_alone_never_takes_an_outcome_back(asked: list[Voice], kind: str, hours: int) -> None:
    """What is settled now is settled later in the same way."""
    settled = outcome(law(kind), asked, NOW).result
    later = outcome(law(kind), asked, NOW.add(hours=hours)).result
    assert settled is None or later == settled


@given(voices(), st.integers(0, 6), st.sampled_from([True, False]))
def test_reaching_somebody_never_settles_against_them(
    asked: list[Voice], number: int, reached: bool
) -> None:
    """Whoever is not reached keeps the question open, whatever the others do."""
    one = number % len(asked)
    unreached = [
        replace(voice, reached=reached and number != one, position=None)
        for number, voice in enumerate(asked)
    ]
    assert outcome(law("no_objection", "tacit"), unreached, NOW).result is None


def test_an_outcome_is_stored_with_its_article_and_working() -> None:
    """Plain data: what came of it, under which article, and how it was counted."""
    plain = outcome(law("no_objection", "tacit"), [Voice("1", "yes")], NOW).as_plain("art. 7")
    assert (plain["result"], plain["article"]) == ("carried", "art. 7")
    assert all({"pattern", "facts"} == set(each) for each in plain["working"])


# --- when an answer is taken ---------------------------------------------------------------


def answering(
    position: str = "yes",
    chosen: tuple[str, ...] = (),
    due_at: DateTime | None = None,
    *,
    text: bool = False,
) -> Answering:
    """Somebody answers now."""
    return Answering(
        law=law("choice"),
        now=NOW,
        was_asked=True,
        due_at=due_at,
        position=position,
        chosen=chosen,
        candidates=frozenset("abc"),
        has_text=text,
        has_answered=False,
        seen_version=1,
        content_version=1,
    )


@given(st.sampled_from(["yes", "no", "pick", "?"]), st.lists(st.sampled_from("abcz"), max_size=4))
def test_a_choice_keeps_to_what_was_shown_and_to_how_many(position: str, chosen: list[str]) -> None:
    """Strangers never; as many as the position takes, each counted once."""
    found = choice_is_among_what_was_shown(answering(position, tuple(chosen)))
    many = len(set(chosen))
    fits = 1 <= many <= 2 if position == "pick" else many == 0
    assert (found.verdict is Verdict.PASS) is (fits and "z" not in chosen)


@given(DUE)
def test_the_deadline_is_the_first_instant_that_is_too_late(due: DateTime | None) -> None:
    """No deadline yet means in time."""
    found = answer_is_before_the_deadline(answering(due_at=due))
    assert (found.verdict is Verdict.PASS) is (due is None or due > NOW)


@pytest.mark.parametrize(
    ("position", "text", "passes"),
    [("no", False, False), ("no", True, True), ("yes", False, True), ("?", False, True)],
)
def test_reasons_are_wanted_where_the_position_wants_them(
    position: str, text: bool, passes: bool
) -> None:
    """And only there; an unknown position is another rule's business."""
    found = reasons_are_given(answering(position, text=text))
    assert (found.verdict is Verdict.PASS) is passes


def test_each_fault_of_an_answer_names_its_cure() -> None:
    """A refusal says what to do."""
    case = replace(answering("?", ("z",)), seen_version=1, content_version=2, has_answered=True)
    for each in (
        position_is_offered,
        choice_is_among_what_was_shown,
        content_is_what_was_shown,
        nobody_answers_twice,
    ):
        found = each(case)
        assert found.blocks
        assert str(found.cure)


def test_an_answer_may_be_changed_where_the_question_says_so() -> None:
    """The newest counts; elsewhere the first stands."""
    case = replace(answering(), has_answered=True)
    assert nobody_answers_twice(case).blocks
    assert not nobody_answers_twice(replace(case, law=law("single", may_change=True))).blocks
