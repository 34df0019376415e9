"""Content that changes while people answer; counts made elsewhere; rounds, lots, ends."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from governance.acts import perform
from governance.consultation.changing import CHANGE, CONFIRM_CHANGE, Change, Confirmed, take_out
from governance.consultation.ending import CLOSE, DRAW_LOT, WITHDRAW, Closing, Lot, Withdrawn
from governance.consultation.models import Consultation
from governance.consultation.rounds import NEXT_ROUND, NextRound, latest
from governance.consultation.tellers import COUNT, Counted
from governance.consultation.telling import tell_consultation, tell_difference
from governance.record.models import Work
from governance.refusals import Refused
from tests.acts.asking import Desk, a_desk, a_rule

WINDOW = {"working_days": 5, "on_late": "fail"}
TEXT = [
    {"anchor": "p1", "text": "The committee met in Lyon."},
    {"anchor": "p2", "text": "It adopted the budget of 2027 without a vote."},
]


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    """Four people, on both databases."""
    made = a_desk(database_url, tmp_path, 4)
    yield made
    made.house.database.dispose()


def edited(words: str) -> list[dict[str, str]]:
    """The text with another first paragraph."""
    return [{"anchor": "p1", "text": words}, TEXT[1]]


def confirm(desk: Desk, version: int) -> None:
    """A second person, who may conduct the question too, confirms a change."""
    steward = desk.as_("second", "secretary")
    perform(desk.house, steward, CONFIRM_CHANGE, desk.question, Confirmed(version))


def test_an_editorial_change_keeps_the_answers_and_shows_the_difference(desk: Desk) -> None:
    """A typing error is corrected: everybody is told, and nobody is asked again."""
    desk.put(a_rule(within=WINDOW), content={"text": TEXT})
    desk.answer("p000", "yes")
    given = Change("editorial", {"text": edited("The committee met in Lyons.")}, "Spelling.")
    desk.do("asker", CHANGE, given)
    assert {each.template for each in desk.unsent()} == {"change"}
    assert len(desk.unsent()) == 4
    for person in ("p001", "p002"):
        desk.answer(person, "yes")
    assert desk.result() == "carried"
    told = tell_difference(desk.house, desk.as_("p003"), desk.question, 1)
    (paragraph,) = told["differences"][0]["paragraphs"]
    gone, new = (
        "".join(run["text"] for run in paragraph["runs"] if run["kind"] == kind)
        for kind in ("gone", "new")
    )
    assert (gone, new) == ("Lyon", "Lyons")


def test_a_change_in_substance_asks_again(desk: Desk) -> None:
    """Earlier answers are kept and count only once they were given again, to what is shown now."""
    desk.put(a_rule(within=WINDOW), content={"text": TEXT})
    for person in ("p000", "p001"):
        desk.answer(person, "yes")
    given = Change("substantive", {"text": edited("The committee met nowhere.")}, "It did not.")
    desk.do("asker", CHANGE, given)
    assert (desk.now().content_version, desk.now().counts_from) == (2, 2)
    with pytest.raises(Refused, match="the papers changed"):
        desk.answer("p002", "yes", seen=1)
    desk.answer("p002", "yes")
    assert desk.now().state == "open"
    desk.answer("p000", "yes")
    desk.answer("p001", "no")
    desk.answer("p003", "yes")
    assert desk.result() == "carried"


def test_silence_to_new_content_has_a_whole_window(desk: Desk) -> None:
    """Nobody consents by silence to what they were not shown: the time begins anew on arrival."""
    tacit = {"working_days": 5, "on_late": "tacit"}
    desk.put(a_rule("no_objection", within=tacit), content={"text": TEXT})
    desk.clock.advance(days=4)
    given = Change("substantive", {"text": edited("The committee met nowhere.")}, "It did not.")
    desk.do("asker", CHANGE, given)
    desk.at("2026-12-01T00:00:00Z")
    assert desk.now().state == "open"
    desk.hand_over()
    assert {each.last_day for each in desk.seats().values()} == {"2026-12-08"}
    desk.at("2026-12-09T00:00:00Z")
    assert desk.result() == "carried"


def test_a_void_change_undoes_what_had_settled(desk: Desk) -> None:
    """What waits for its minutes falls with the answers that made it."""
    rule = a_rule(within=WINDOW, undo_minutes=30, on_change={"substantive": "void"})
    desk.put(rule, content={"text": TEXT})
    for person in ("p000", "p001", "p002"):
        desk.answer(person, "yes")
    assert desk.now().settles_at is not None
    given = Change("substantive", {"text": edited("The committee met nowhere.")}, "It did not.")
    desk.do("asker", CHANGE, given)
    desk.clock.advance(hours=1)
    desk.sweep()
    assert (desk.now().state, desk.now().settles_at) == ("open", None)


def test_a_change_waits_for_a_second_person_where_the_rule_wants_one(desk: Desk) -> None:
    """Four eyes: whoever proposed it does not confirm it, and nothing is shown before."""
    rule = a_rule(within=WINDOW, change_needs_second=True, stewards=["secretary"])
    desk.put(rule, content={"text": TEXT})
    given = Change("substantive", {"text": edited("The committee met nowhere.")}, "It did not.")
    desk.do("asker", CHANGE, given)
    assert desk.now().content_version == 1
    with pytest.raises(Refused, match="by a second person"):
        desk.do("asker", CONFIRM_CHANGE, Confirmed(2))
    confirm(desk, 2)
    assert desk.now().content_version == 2


def test_whoever_drops_out_is_taken_from_open_questions(desk: Desk) -> None:
    """An owner's own change is one in substance, and wins over one that waits."""
    rule = a_rule(within=WINDOW, change_needs_second=True, stewards=["secretary"])
    desk.put(rule, content={"candidates": ["a", "b"]})
    desk.do("asker", CHANGE, Change("editorial", {"title": "New"}, "Better."))
    assert desk.inside(lambda m: take_out(m, ("nobody", "f" * 32), "a")) == [desk.question]
    assert (desk.now().content["candidates"], desk.now().content_version) == (["b"], 3)
    with pytest.raises(Refused, match="no change of this version"):
        confirm(desk, 2)


@pytest.mark.parametrize(
    "given",
    [
        Change("cosmetic", {"text": []}, "Why."),
        Change("editorial", {"title": "x"}, " "),
        Change("editorial", {}, "Why."),
        Change("editorial", {"barred": []}, "Why."),
    ],
)
def test_a_change_that_cannot_be_meant_is_refused(desk: Desk, given: Change) -> None:
    """A class, a reason, something that differs; never who may answer."""
    desk.put(a_rule(within=WINDOW), content={"text": TEXT})
    with pytest.raises(Refused):
        desk.do("asker", CHANGE, given)
    assert desk.now().content_version == 1


# --- counts made elsewhere -----------------------------------------------------------------


def test_two_tellers_who_agree_make_the_outcome(desk: Desk) -> None:
    """The same rules count papers that were counted elsewhere."""
    desk.put(a_rule(), tellers=("p000", "p001"), in_session=True)
    sheet = Counted({"yes": 3, "no": 1})
    desk.do("p000", COUNT, sheet)
    told = tell_consultation(desk.house, desk.as_("p001"), desk.question)["tellers"]
    assert [each["count"] for each in told] == [None, None]  # nobody looks at another's sheet
    desk.do("p001", COUNT, sheet)
    assert desk.result() == "carried"


def test_tellers_who_differ_block_and_count_again(desk: Desk) -> None:
    """Disagreement is shown, and nothing is decided until they say the same."""
    desk.put(a_rule(), tellers=("p000", "p001"), in_session=True)
    desk.do("p000", COUNT, Counted({"yes": 3, "no": 1}))
    receipt = desk.do("p001", COUNT, Counted({"yes": 2, "no": 2}))
    assert (receipt.facts["agree"], desk.now().state) == (False, "open")
    with pytest.raises(Refused, match="have not entered the same count"):
        desk.do("asker", CLOSE, Closing())
    told = tell_consultation(desk.house, desk.as_("asker"), desk.question)["tellers"]
    assert [each["count"]["positions"]["yes"] for each in told] == [3, 2]
    desk.do("p001", COUNT, Counted({"yes": 3, "no": 1}))
    assert desk.result() == "carried"


@pytest.mark.parametrize(
    ("counted", "told"),
    [
        (Counted({"perhaps": 1}), "is not offered here"),
        (Counted({"yes": -1}), "cannot be"),
        (Counted({"yes": 9}), "are counted where there are"),
    ],
)
def test_a_count_that_cannot_be_is_refused(desk: Desk, counted: Counted, told: str) -> None:
    """Positions of the question, whole numbers, no more papers than people."""
    desk.put(a_rule(), tellers=("p000", "p001"), in_session=True)

    def both() -> None:
        for person in ("p000", "p001"):
            desk.do(person, COUNT, counted)

    with pytest.raises(Refused, match=told):
        both()


def test_nobody_else_enters_a_count(desk: Desk) -> None:
    """Two named people, and one alone is not enough to put the question at all."""
    desk.put(a_rule(), tellers=("p000", "p001"), in_session=True)
    with pytest.raises(Refused, match="not among the tellers"):
        desk.do("p002", COUNT, Counted({"yes": 1}))
    with pytest.raises(Refused, match="one teller alone"):
        desk.put(a_rule(), tellers=("p000",), step="other")


# --- rounds, lots, ends --------------------------------------------------------------------


def tie(**tie_rule: Any) -> dict[str, Any]:
    """A majority with a rule on ties."""
    return a_rule(counting={"base": "yes_no", "more_than": "1/2", "tie": tie_rule})


def divide(desk: Desk) -> None:
    """Two for, two against, and the chair closes the vote."""
    for person, position in zip(desk.people, ("yes", "yes", "no", "no"), strict=True):
        desk.answer(person, position)


def test_a_tie_is_voted_on_again_in_a_round_of_its_own(desk: Desk) -> None:
    """The same people, the next round, under a key that makes a third impossible."""
    desk.put(tie(rule="revote", then="rejected"), in_session=True)
    divide(desk)
    assert desk.result() == "revote"
    first = desk.question
    desk.question = desk.do("asker", NEXT_ROUND, NextRound()).facts["consultation"]
    assert (desk.now().round, desk.now().rule["round"], len(desk.seats())) == (2, 2, 4)
    with pytest.raises(Refused, match="no further round"):
        desk.do("asker", NEXT_ROUND, NextRound(), first)
    divide(desk)
    assert desk.result() == "lost"
    with desk.reading() as session:
        newest = latest(session, ("nobody", "f" * 32), "step")
        assert newest is not None
        assert newest.round == 2


def test_a_lot_is_drawn_in_the_open_and_can_be_drawn_again(desk: Desk) -> None:
    """The seed stands in the entry; anybody computes the same result from it."""
    desk.put(tie(rule="lot"), in_session=True)
    divide(desk)
    assert desk.now().state == "open"
    receipt = desk.do("asker", DRAW_LOT, Lot("heads"))
    seed = receipt.facts["seed"]
    assert seed.startswith("heads|")
    drawn = min(
        ("carried", "lost"),
        key=lambda name: hashlib.sha256(f"{seed}:{name}".encode()).hexdigest(),
    )
    assert desk.result() == drawn
    with pytest.raises(Refused):
        desk.do("asker", DRAW_LOT, Lot())


def test_no_lot_is_drawn_where_none_is_needed(desk: Desk) -> None:
    """A lot does not replace a vote that is still open."""
    desk.put(tie(rule="lot"), in_session=True)
    desk.answer("p000", "yes")
    with pytest.raises(Refused, match="no lot is to be drawn"):
        desk.do("asker", DRAW_LOT, Lot())


def test_a_question_with_running_windows_is_not_closed_by_hand(desk: Desk) -> None:
    """Nobody loses the time that they were given."""
    desk.put(a_rule(within=WINDOW))
    with pytest.raises(Refused, match="still have time to answer"):
        desk.do("asker", CLOSE, Closing())


def test_a_question_is_withdrawn_with_a_reason_and_its_owner_goes_on(desk: Desk) -> None:
    """Nothing follows from it, no notice leaves, and no answer is taken any more."""
    desk.put(a_rule(within=WINDOW), handed=False)
    with pytest.raises(Refused, match="the reason is missing"):
        desk.do("asker", WITHDRAW, Withdrawn(" "))
    desk.do("asker", WITHDRAW, Withdrawn("The post was abolished."))
    assert (desk.now().state, desk.unsent()) == ("withdrawn", [])
    assert [each.due_seq for each in desk.rows(Work)] == [1]
    with pytest.raises(Refused, match="not the turn"):
        desk.answer("p000", "yes")
    assert {each.state for each in desk.rows(Consultation)} == {"withdrawn"}
