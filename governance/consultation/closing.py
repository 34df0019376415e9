"""A question closes: when its outcome is settled, and when nobody can take back what settled it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pendulum
from pendulum import DateTime
from sqlmodel import Session

from governance.acts import Moment
from governance.consultation import ballots, counts
from governance.consultation.lifecycle import ConsultationLifecycle
from governance.consultation.models import FOR_EVER, OPEN, SCORES, TIED, Consultation
from governance.consultation.promises import gives_votes_away
from governance.consultation.rules import (
    Casting,
    DecisionRule,
    Outcome,
    Voice,
    castings_awaited,
    outcome,
)
from governance.consultation.scoring import ranking_of
from governance.consultation.voices import Seat, seats_of, time_is_over, voices_in
from governance.consultation.windows import within_of
from governance.database import change_at_once
from governance.lifecycle import fire
from governance.record import deadlines, outbox
from governance.record.chain import Appended

SETTLE = "settle"


def close_if_settled(moment: Moment, consultation: Consultation) -> dict[str, Any] | None:
    """Close with the outcome and mark the owner as due; None while answers are awaited.

    What settles the question may be taken back for some minutes where its rule says so: then it
    closes when they are over, at `settles_at`. A tie that an officer breaks has no result yet.
    """
    voices = voices_in(moment.session, consultation)
    if voices is None:
        return None
    law = law_in_force(consultation)
    settled = outcome(law, voices, moment.now)
    ties = castings_awaited(law, settled)
    is_open = settled.result is None and not ties
    if is_open or _too_early(consultation, voices, moment.now):
        _unsettle(moment, consultation)
        return None
    stands = _stands_from(moment.session, consultation)
    if stands is not None and stands > moment.now:
        _settle_at(moment, consultation, stands)
        return None
    if ties:
        return fall_tied(moment, consultation, settled, ties)
    return close(moment, consultation, settled)


def close_by_hand(moment: Moment, consultation: Consultation) -> dict[str, Any]:
    """Whoever put the question ends it: the time of everybody who has no deadline is over now.

    For votes in session. Raises Refused where the outcome is still open under the rule.
    """
    voices = voices_in(moment.session, consultation)
    if voices is None:
        raise counts.not_agreed()
    law = law_in_force(consultation)
    settled = outcome(law, finally_(voices), moment.now)
    if consultation.state != TIED and (ties := castings_awaited(law, settled)):
        return fall_tied(moment, consultation, settled, ties)
    return close(moment, consultation, settled)


def as_it_fell(moment: Moment, consultation: Consultation) -> dict[str, Any]:
    """How the votes of a tied question stand, with the working."""
    voices = voices_in(moment.session, consultation) or []
    found = outcome(law_in_force(consultation), finally_(voices), moment.now)
    return found.as_plain(consultation.rule["article"])


def finally_(voices: Sequence[Voice]) -> list[Voice]:
    """The same voices when nobody answers any more."""
    return [each if each.position else replace(each, final=True) for each in voices]


def fall_tied(
    moment: Moment, consultation: Consultation, found: Outcome, ties: Sequence[Casting]
) -> dict[str, Any]:
    """The votes are equally divided: nobody answers any more, and an officer is asked to cast."""
    consultation.state = fire(ConsultationLifecycle, consultation.state, "await_casting")
    consultation.settles_at = None
    consultation.rule = {**consultation.rule, "ties": [each.as_plain() for each in ties]}
    subject = ("consultation", consultation.id)
    deadlines.close(moment.session, subject)
    outbox.cancel(moment.session, subject, "the votes are equally divided")
    moment.owe(*subject)
    return found.as_plain(consultation.rule["article"])


def close(moment: Moment, consultation: Consultation, settled: Outcome) -> dict[str, Any]:
    """Write the outcome, end every clock and every notice, and mark the owner as due."""
    beside = _beside(moment, consultation)  # read before anything is written
    written = settled.as_plain(consultation.rule["article"]) | beside
    state = fire(ConsultationLifecycle, consultation.state, "close", settled)
    subject = ("consultation", consultation.id)
    deadlines.close(moment.session, subject)
    outbox.cancel(moment.session, subject, "the question is closed")
    change_at_once(
        moment.session,
        consultation,
        state=state,
        closed_at=moment.now,
        settles_at=None,
        outcome=written,
    )
    moment.once_written.append(lambda entry: _cite(moment, consultation, entry))
    moment.owe(consultation.owner_kind, consultation.owner_id)
    return written


def law_in_force(consultation: Consultation) -> DecisionRule:
    """The rule as it counts now: after the last extension, the end without an answer is late."""
    law = DecisionRule.from_plain(consultation.rule)
    within = within_of(consultation.rule)
    extension = within.extension if within else None
    over = law.on_late == "extend" and extension and consultation.extended >= extension.times
    secret = law.secrecy if consultation.secrecy == OPEN else consultation.secrecy
    late = "fail" if over else law.on_late
    return replace(law, on_late=late, secrecy=secret, asks_caster=True)


def _beside(moment: Moment, consultation: Consultation) -> dict[str, Any]:
    """What stands beside the outcome: the tally of a secret ballot, the ranking of scores."""
    if consultation.secrecy == FOR_EVER and not consultation.tellers:
        tally = ballots.count(moment.session, consultation.id)
        warning = gives_votes_away(tally)
        return {"tally": tally, "warning": str(warning) if warning else None}
    if consultation.form == SCORES:
        seats = seats_of(moment.session, consultation)
        sheets = {seat.invitation: seat.given.filled for seat in seats if seat.given}
        return {"ranking": ranking_of(consultation.rule, sheets)}
    return {}


def _too_early(consultation: Consultation, voices: Sequence[Voice], now: DateTime) -> bool:
    """What is secret, and scores, close when all have spoken or time is over: no earlier.

    The moment of an early close would tell which way the last voices went.
    """
    if consultation.tellers or (consultation.secrecy == OPEN and consultation.form != SCORES):
        return False
    return any(voice.position is None and not time_is_over(voice, now) for voice in voices)


def _stands_from(session: Session, consultation: Consultation) -> DateTime | None:
    """When the last answer that may be taken back stands; None where none may."""
    if not consultation.undo_minutes:
        return None
    stands = (takes_back_until(consultation, seat) for seat in seats_of(session, consultation))
    return max((each for each in stands if each is not None), default=None)


def takes_back_until(consultation: Consultation, seat: Seat) -> DateTime | None:
    """Until when a seat's answer can be taken back: some minutes, and not past its deadline."""
    if seat.given is None or not consultation.undo_minutes:
        return None
    window = seat.given.at + timedelta(minutes=consultation.undo_minutes)
    return pendulum.instance(window if seat.due_at is None else min(window, seat.due_at))


def _settle_at(moment: Moment, consultation: Consultation, stands: DateTime) -> None:
    if consultation.settles_at == stands:
        return
    consultation.settles_at = stands
    deadlines.set_deadline(moment.session, ("consultation", consultation.id), SETTLE, stands, {})


def _unsettle(moment: Moment, consultation: Consultation) -> None:
    if consultation.settles_at is not None:
        consultation.settles_at = None
        deadlines.lift(moment.session, ("consultation", consultation.id), SETTLE)


def _cite(moment: Moment, consultation: Consultation, entry: Appended) -> None:
    change_at_once(moment.session, consultation, closing_entry=entry.hash)
