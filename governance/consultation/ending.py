"""Whoever conducts a question ends it: closes a vote, draws a lot, withdraws what is moot."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import Any

from pendulum import DateTime
from sqlmodel import Session

from governance.acts import Moment, Verb, Written
from governance.consultation import clockwork
from governance.consultation.asking import asker_may
from governance.consultation.closing import (
    close_by_hand,
    close_if_settled,
    finally_,
    law_in_force,
)
from governance.consultation.lifecycle import ConsultationLifecycle
from governance.consultation.models import TIED, Consultation
from governance.consultation.rules import outcome
from governance.consultation.sealing import file_of
from governance.consultation.voices import voices_in
from governance.consultation.withdrawing import withdraw
from governance.lifecycle import fire
from governance.refusals import Reason, refuse


@dataclass(frozen=True)
class Closing:
    """The vote is closed."""


@dataclass(frozen=True)
class Lot:
    """A lot is drawn in the open; `words` are said by whoever is there, and go into the seed."""

    words: str = ""


@dataclass(frozen=True)
class Withdrawn:
    """Why the question is withdrawn."""

    reason: str


def close_vote(
    moment: Moment, consultation: Consultation | None, _: Closing
) -> Written[Consultation]:
    """End a question that no deadline ends. Whoever has not answered will not answer any more."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    asked = clockwork.on_the_roll(moment, consultation)
    running = [each for each in asked if each.due_at is not None and each.due_at > moment.now]
    if running and not consultation.in_session:
        raise refuse(
            "{n} people still have time to answer",
            rule="nobody_loses_their_time",
            article="Mandate, consultations",
            cure="Wait for the deadline, or withdraw the question.",
            n=len(running),
        )
    return Written({"outcome": close_by_hand(moment, consultation)}, consultation)


CLOSE: Verb[Consultation, Closing] = Verb(
    "consultation:close", Consultation, "consultation", asker_may, close_vote
)


def draw_lot(
    moment: Moment, consultation: Consultation | None, given: Lot
) -> Written[Consultation]:
    """Record the seed of a lot, and let the rule draw it: anybody can draw it again from the seed.

    The seed is what was said and 128 random bits: neither who speaks nor the machine chooses it.
    """
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    fire(ConsultationLifecycle, consultation.state, "draw_lot")
    if not awaits_lot(moment.session, consultation, moment.now):
        raise refuse(
            "no lot is to be drawn in this question",
            rule="lot_is_awaited",
            article="Mandate, consultations",
            cure="A lot is drawn when the votes are equally divided and the rule says so.",
        )
    seed = "|".join(each for each in (given.words.strip()[:200], secrets.token_hex(16)) if each)
    consultation.rule = {**consultation.rule, "seed": seed}
    facts: dict[str, Any] = {"seed": seed}
    tied = consultation.state == TIED
    result = None if tied else close_if_settled(moment, consultation)
    result = result or close_by_hand(moment, consultation)
    return Written(facts | {"outcome": result}, consultation)


DRAW_LOT: Verb[Consultation, Lot] = Verb(
    "consultation:draw_lot", Consultation, "consultation", asker_may, draw_lot
)


def withdraw_question(
    moment: Moment, consultation: Consultation | None, given: Withdrawn
) -> Written[Consultation]:
    """Take the question back, with the reason. What was answered is kept, and decides nothing."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    if not given.reason.strip():
        raise refuse(
            "the reason is missing",
            rule="reason_is_written",
            cure="Write why, in one sentence.",
            where="reason",
            reason=Reason.INPUT,
        )
    withdraw(moment, consultation)
    moment.owe(consultation.owner_kind, consultation.owner_id)
    return Written({"reason": moment.seal(file_of(consultation), given.reason)}, consultation)


WITHDRAW: Verb[Consultation, Withdrawn] = Verb(
    "consultation:withdraw", Consultation, "consultation", asker_may, withdraw_question
)


def awaits_lot(session: Session, consultation: Consultation, now: DateTime) -> bool:
    """Whether a seed, and nothing else, is what the outcome waits for."""
    if consultation.rule.get("seed") or consultation.state not in {"open", TIED}:
        return False
    voices = voices_in(session, consultation)
    if voices is None:
        return False
    final = finally_(voices)
    law = law_in_force(consultation)
    without = outcome(law, final, now)
    drawn = outcome(replace(law, seed="0"), final, now)
    return without.result is None and drawn.result is not None
