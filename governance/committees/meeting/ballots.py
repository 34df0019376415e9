"""The question is put, votes are counted by the one engine, and the chair declares the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert
from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.committees.authority import not_for_them, roles_in
from governance.committees.lifecycle import CHAIR, CLOCK, SECRETARY
from governance.committees.local import local_day
from governance.committees.meeting.agenda import is_in_session
from governance.committees.meeting.convening import committee_of
from governance.committees.meeting.elections import (
    ELECTION,
    add_up,
    by_acclamation,
    by_votes,
    called_out,
    candidates_of,
    put_rule,
)
from governance.committees.meeting.lifecycle import MotionLifecycle
from governance.committees.meeting.models import Meeting, Motion
from governance.committees.meeting.motions import is_its_turn, known_motion
from governance.committees.meeting.room import room_of
from governance.committees.meeting.voters import voters_of
from governance.committees.meeting.voting import would_be
from governance.committees.presiding import chair_of, with_chair
from governance.committees.rules import roster
from governance.consultation.casting import IN_THE_ROOM
from governance.consultation.closing import as_it_fell, close_by_hand
from governance.consultation.models import FOR_EVER, Answer, Consultation, Invitation
from governance.consultation.models import OPEN as OPEN_BALLOT
from governance.consultation.opening import Asked, Question, open_consultation
from governance.consultation.voices import voices_in
from governance.consultation.withdrawing import withdraw
from governance.database import new_id
from governance.lifecycle import fire
from governance.refusals import Reason, refuse

MODES = ("show", "roll_call", "secret", "electronic", "general_consent", "acclamation", "consensus")
BY_CALL = frozenset({"general_consent", "acclamation", "consensus"})
POSITIONS = ("yes", "no", "abstain")


@dataclass(frozen=True)
class Putting:
    """Put the question on a motion, in a mode; an election names its candidates.

    It is for the seats of these keys (`for_seats`), for an `office`, or for so many `seats`.
    """

    motion: int
    mode: str = "show"
    candidates: tuple[str, ...] = ()
    seats: int = 1
    for_seats: tuple[str, ...] = ()
    office: str = ""


@dataclass(frozen=True)
class Counting:
    """What was counted: numbers for a show of hands, or the position of each seat.

    In an election the numbers are votes for each candidate, with `abstain`; the position of a
    seat is a candidate, or several with semicolons between. `objections` are for general consent;
    with none, it is carried. Numbers of a secret ballot are those of its papers.
    """

    motion: int
    counts: Mapping[str, int] = field(default_factory=dict)
    positions: Mapping[str, str] = field(default_factory=dict)
    objections: int = 0


def may_put(moment: Moment, meeting: Meeting | None, _: object) -> str:
    """The chair, or the secretary for the chair."""
    return one_of(moment, meeting, CHAIR, SECRETARY)


def may_count(moment: Moment, meeting: Meeting | None, _: object) -> str:
    """The secretary, the chair, or the clock for an electronic vote that closed."""
    return one_of(moment, meeting, SECRETARY, CHAIR, CLOCK)


def one_of(moment: Moment, meeting: Meeting | None, *roles: str) -> str:
    """The first of the roles that the actor has in the meeting's body. Raises Refused."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    held = roles_in(moment.session, meeting.committee_id, moment.actor, moment.now)
    role = next((each for each in roles if each in held), None)
    if role is None:
        raise not_for_them(roles)
    return f"role:{role}"


def put_body(moment: Moment, meeting: Meeting | None, given: Putting) -> Written[Meeting]:
    """Put the question. Whoever may vote and is there is asked; nobody is written to."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    is_in_session(meeting)
    motion = known_motion(moment.session, meeting, given.motion)
    is_its_turn(moment.session, meeting, motion)
    if given.mode not in MODES:
        raise refuse(
            '"{mode}" is no way to vote',
            rule="mode_is_known",
            cure="Choose one of: {known}.",
            where="mode",
            reason=Reason.INPUT,
            mode=given.mode[:40],
            known=", ".join(MODES),
        )
    event = "vote_again" if motion.state == "counted" else "put_question"
    motion.state = fire(MotionLifecycle, motion.state, event)
    motion.mode = given.mode
    voters = voters_of(moment, meeting, motion, room_of(moment.session, meeting))
    rule, election = put_rule(
        moment, meeting, motion,
        candidates=given.candidates, places=given.seats,
        for_seats=given.for_seats, office=given.office,
    )  # fmt: skip
    rule = with_chair(rule, voters, chair_of(moment.session, meeting.committee_id, moment.now))
    motion.result = {"rule": rule, **({"election": election.plain()} if election else {})}
    asked = 0
    if given.mode not in BY_CALL and given.mode != "show":
        consultation = _open(moment, meeting, motion, rule, voters)
        motion.consultation_id = consultation.id
        asked = len(_invited(moment, consultation))
    facts = {"motion": motion.number, "mode": given.mode, "asked": asked,
             "article": rule["article"]}  # fmt: skip
    return Written(facts, meeting)


def _open(
    moment: Moment,
    meeting: Meeting,
    motion: Motion,
    rule: dict[str, Any],
    asked: tuple[Asked, ...],
) -> Consultation:
    """A question to the room, owned by the meeting."""
    before = select(Consultation.id).where(
        col(Consultation.owner_kind) == "meeting",
        col(Consultation.owner_id) == meeting.id,
        col(Consultation.step_key) == f"motion:{motion.number}",
    )
    again = len(moment.session.exec(before).all())
    weighted = any(each.weight != "1" for each in asked)
    if weighted:
        rule["counting"] = {**rule["counting"], "count": "weight"}
    rule.setdefault("round", again + 1)
    if motion.mode == "secret":
        rule["may_change"] = False  # a paper that is cast is never found again
    return open_consultation(
        moment,
        Question(
            owner=("meeting", meeting.id),
            step_key=f"motion:{motion.number}",
            round=again + 1,
            reference=meeting.reference,
            question={"en": motion.text[:500]},
            asked_by=moment.actor.person_id,
            rule=rule,
            level="session",
            content={
                "candidates": candidates_of(rule),
                "motion": motion.number,
                "casting": IN_THE_ROOM,
            },
            asked=asked,
            secrecy=FOR_EVER if motion.mode == "secret" else OPEN_BALLOT,
            in_session=True,
        ),
    )


def _invited(moment: Moment, consultation: Consultation) -> list[tuple[str, str]]:
    query = select(Invitation.seat, Invitation.id).where(
        col(Invitation.consultation_id) == consultation.id
    )
    return list(moment.session.exec(query).all())


def count_body(moment: Moment, meeting: Meeting | None, given: Counting) -> Written[Meeting] | None:
    """Enter what was counted, or close the electronic vote; the result is proposed."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    motion = known_motion(moment.session, meeting, given.motion)
    if motion.state != "put" and moment.actor.is_clock:
        return None
    if motion.mode in BY_CALL:
        settled = _by_call(motion, given)
    elif motion.mode == "show" or _on_paper(moment, motion, given):
        settled = _by_show(moment, meeting, motion, given)
    else:
        settled = _by_vote(moment, motion, given)
    motion.state = fire(MotionLifecycle, motion.state, "count")
    motion.result = {**motion.result, **settled}
    facts = {"motion": motion.number, "result": settled["result"], "votes": motion.votes}
    return Written(facts, meeting)


def _by_call(motion: Motion, given: Counting) -> dict[str, Any]:
    motion.votes = {"objections": given.objections}
    if motion.result.get(ELECTION):
        return by_acclamation(motion, given.objections)
    carried = given.objections == 0
    pattern = "nobody objects" if carried else "{n} object"
    return {
        "result": "carried" if carried else "lost",
        "working": [{"pattern": pattern, "facts": {} if carried else {"n": given.objections}}],
    }


def _on_paper(moment: Moment, motion: Motion, given: Counting) -> bool:
    """Whether the papers of a secret ballot were counted by hand: then nobody casts any more.

    Raises Refused where numbers are entered that do not count: each answer is counted as it was
    given, by the member or when the seat was called.
    """
    if given.positions or not any(given.counts.values()):
        return False
    consultation = moment.session.get_one(Consultation, motion.consultation_id)
    voices = voices_in(moment.session, consultation) or []
    cast = sum(1 for each in voices if each.position)
    if motion.mode != "secret" or consultation.state != "open" or cast:
        raise refuse(
            "numbers are not entered here: {n} have answered, and their answers are counted",
            rule="answers_are_counted",
            cure="Close the vote without numbers, enter the roll call, or put the question again.",
            where="counts",
            reason=Reason.INPUT,
            n=cast,
        )
    withdraw(moment, consultation)
    motion.consultation_id = None
    return True


def _by_show(moment: Moment, meeting: Meeting, motion: Motion, given: Counting) -> dict[str, Any]:
    """Numbers of hands or papers: no more than may vote, counted by the engine's rule."""
    room = room_of(moment.session, meeting)
    voters = voters_of(moment, meeting, motion, room)
    there = sum(int(each.weight) for each in voters)
    if motion.result.get(ELECTION):
        motion.votes = {name: int(many) for name, many in given.counts.items()}
        found = by_votes(motion.result["rule"], motion.votes, there)
        return {"room": {"present": there}} | found
    votes = {kind: int(given.counts.get(kind, 0)) for kind in POSITIONS}
    if sum(votes.values()) > there or any(each < 0 for each in votes.values()):
        raise add_up(sum(votes.values()), there)
    committee = committee_of(moment.session, meeting)
    day = local_day(meeting.starts_at, committee.zone)
    who = roster(room.register, day, leave=room.presence().leave)
    motion.votes = votes
    counted = {
        "present": there,
        "entitled": len(who.entitled),
        "leave": len(who.entitled) - len(who.available),
    }
    return {"room": counted} | would_come_of(motion.result["rule"], votes, counted)


def would_come_of(
    rule: Mapping[str, Any], votes: Mapping[str, int], room: Mapping[str, int]
) -> dict[str, Any]:
    """What a count amounts to in a room of so many; a tie waits for whoever casts."""
    return would_be({**rule, "asks_caster": True}, votes, **room).as_plain(rule["article"])


def _by_vote(moment: Moment, motion: Motion, given: Counting) -> dict[str, Any]:
    """A roll call entered by the secretary, or an electronic vote that is closed now."""
    consultation = moment.session.get_one(Consultation, motion.consultation_id)
    if given.positions:
        _enter(moment, consultation, given.positions)
    if consultation.state == "open":
        close_by_hand(moment, consultation)
    found = dict(consultation.outcome or as_it_fell(moment, consultation))
    numbers = found.get("numbers", {})
    votes = numbers.get("votes") if motion.result.get(ELECTION) else numbers.get("counts")
    motion.votes = dict(votes or {}) or dict(found.get("tally", {}))
    return found


def _enter(moment: Moment, consultation: Consultation, positions: Mapping[str, str]) -> None:
    """The answers that seats called out, each noted by the secretary."""
    invited = {seat.casefold(): key for seat, key in _invited(moment, consultation)}
    known = {each["key"] for each in consultation.rule["positions"]}
    elects = consultation.rule["kind"] == "ballot"
    wrong = [seat for seat in positions if seat.casefold() not in invited]
    odd = [word for word in positions.values() if not elects and word not in known]
    if wrong or odd:
        raise refuse(
            "{wrong} may not vote here, or the answer is none of {known}",
            rule="position_is_offered",
            cure="Call the seats that are present and may vote.",
            where="positions",
            reason=Reason.INPUT,
            wrong=", ".join((wrong or odd)[:10]),
            known=", ".join(sorted(known)),
        )
    # In one statement: a roll call of two hundred is one breath, not two hundred objects.
    moment.session.exec(
        insert(Answer),
        params=[
            {
                "id": new_id(),
                "invitation_id": invited[seat.casefold()],
                "consultation_id": consultation.id,
                "version": 1,
                "position": position,
                "chosen": chosen,
                "filled": {},
                "taken_back": False,
                "text": "",
                "content_version": consultation.content_version,
                "at": moment.now,
                "entry": "",
                "by_id": moment.actor.person_id,
                "standing": {"kind": "called_out"},
            }
            for seat, said in positions.items()
            for position, chosen in [
                called_out(consultation.rule, said) if elects else (said, list[str]())
            ]
        ],
    )


PUT: Verb[Meeting, Putting] = Verb("meeting:put_question", Meeting, "meeting", may_put, put_body)
COUNT: Verb[Meeting, Counting] = Verb("meeting:count", Meeting, "meeting", may_count, count_body)
