"""The question is put, votes are counted by the one engine, and the chair declares the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert
from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.committees.authority import not_for_them, roles_in
from governance.committees.calendars import calendar_key
from governance.committees.lifecycle import CHAIR, CLOCK, SECRETARY
from governance.committees.local import local_day
from governance.committees.meeting import late_items
from governance.committees.meeting.agenda import is_in_session
from governance.committees.meeting.convening import committee_of, rules_for
from governance.committees.meeting.lifecycle import MotionLifecycle
from governance.committees.meeting.models import ItemRecusal, Meeting, Motion
from governance.committees.meeting.motions import is_its_turn, known_motion
from governance.committees.meeting.room import Room, room_of
from governance.committees.meeting.voting import vote_rule, would_be
from governance.committees.models import Sitting
from governance.committees.presiding import chair_of, sits_out, with_chair
from governance.committees.rules import roster
from governance.consultation.casting import IN_THE_ROOM
from governance.consultation.closing import as_it_fell, close_by_hand
from governance.consultation.models import FOR_EVER, Answer, Consultation, Invitation
from governance.consultation.models import OPEN as OPEN_BALLOT
from governance.consultation.opening import Asked, Question, open_consultation
from governance.database import new_id
from governance.lifecycle import fire
from governance.refusals import Reason, refuse

MODES = ("show", "roll_call", "secret", "electronic", "general_consent", "acclamation", "consensus")
BY_CALL = frozenset({"general_consent", "acclamation", "consensus"})
POSITIONS = ("yes", "no", "abstain")


@dataclass(frozen=True)
class Putting:
    """Put the question on a motion, in a mode; an election names the candidates and seats."""

    motion: int
    mode: str = "show"
    candidates: tuple[str, ...] = ()
    seats: int = 1


@dataclass(frozen=True)
class Counting:
    """What was counted: numbers for a show of hands, or the position of each seat.

    `objections` are for general consent; with none, it is carried.
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
    voters = _voters(moment, meeting, motion, room_of(moment.session, meeting))
    chair = chair_of(moment.session, meeting.committee_id, moment.now)
    rule = with_chair(_rule(moment, meeting, motion, given), voters, chair)
    motion.result = {"rule": rule}
    asked = 0
    if given.mode not in BY_CALL and given.mode != "show":
        consultation = _open(moment, meeting, motion, given, rule, voters)
        motion.consultation_id = consultation.id
        asked = len(_invited(moment, consultation))
    facts = {"motion": motion.number, "mode": given.mode, "asked": asked,
             "article": rule["article"]}  # fmt: skip
    return Written(facts, meeting)


def _rule(moment: Moment, meeting: Meeting, motion: Motion, given: Putting) -> dict[str, Any]:
    committee = committee_of(moment.session, meeting)
    day = local_day(meeting.starts_at, committee.zone)
    rules = rules_for(moment.session, meeting)
    is_late = motion.kind == late_items.KIND
    rule = late_items.late_rule(rules, day) if is_late else vote_rule(rules, day, _subject(motion))
    if motion.kind == "election":
        ballot = {"seats": given.seats, "candidates": dict.fromkeys(given.candidates, "")}
        rule = {
            **rule,
            "kind": "ballot",
            "positions": [{"key": "vote", "choose_at_least": 1, "choose_at_most": given.seats},
                          {"key": "abstain"}],
            "counting": {**rule["counting"], "ballot": ballot},
        }  # fmt: skip
    return rule


def _subject(motion: Motion) -> str:
    return "elections" if motion.kind == "election" else motion.subject


def _open(  # noqa: PLR0913, PLR0917 -- the motion, how it is put, under what, to whom
    moment: Moment,
    meeting: Meeting,
    motion: Motion,
    given: Putting,
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
    rule["round"] = again + 1
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
                "candidates": list(given.candidates),
                "motion": motion.number,
                "casting": IN_THE_ROOM,
            },
            asked=asked,
            secrecy=FOR_EVER if given.mode == "secret" else OPEN_BALLOT,
            in_session=True,
        ),
    )


def _voters(moment: Moment, meeting: Meeting, motion: Motion, room: Room) -> tuple[Asked, ...]:
    """Every seat with a right to vote that is there, less the recused; proxies add their weight."""
    committee = committee_of(moment.session, meeting)
    day = local_day(meeting.starts_at, committee.zone)
    presence = room.presence()
    recused = set(
        moment.session.exec(
            select(ItemRecusal.seat_id).where(col(ItemRecusal.item_id) == motion.item_id)
        )
    )
    entitled = {each.seat for each in roster(room.register, day, leave=presence.leave).entitled}
    people = _who_sits(moment, meeting, room)
    if sits_out(rules_for(moment.session, meeting), day, _subject(motion)):
        chair = chair_of(moment.session, meeting.committee_id, moment.now)
        people = {seat: person for seat, person in people.items() if person != chair}
    weight = dict.fromkeys(people, 1)
    for proxy in room.proxies:
        giver = room.seats.get(proxy.from_seat)
        if giver is not None and giver.key in entitled and proxy.to_seat in weight:
            weight[proxy.to_seat] += 1
    return tuple(
        Asked(
            person_id=person,
            capacity=room.seats[seat].represents or room.seats[seat].key,
            calendar=calendar_key(committee),
            weight=str(weight[seat]),
            seat=room.seats[seat].key,
        )
        for seat, person in people.items()
        if room.seats[seat].key in entitled
        and room.seats[seat].key in presence.seats
        and seat not in recused
    )


def _who_sits(moment: Moment, meeting: Meeting, room: Room) -> dict[str, str]:
    """Who is in the room for each seat: as the roll names them, otherwise the holder."""
    holders = select(Sitting.seat_id, Sitting.person_id).where(
        col(Sitting.committee_id) == meeting.committee_id,
        col(Sitting.role) == "holder",
        col(Sitting.since) <= moment.now,
    )
    held = dict(moment.session.exec(holders.order_by(col(Sitting.since))).all())
    found: dict[str, str] = {}
    taken: set[str] = set()
    for row in room.rows:
        person = row.person_id or held.get(row.seat_id or "")
        if row.seat_id and row.status == "present" and person and person not in taken:
            found[row.seat_id] = person
            taken.add(person)
    return found


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
    elif motion.mode == "show":
        settled = _by_show(moment, meeting, motion, given)
    else:
        settled = _by_vote(moment, motion, given)
    motion.state = fire(MotionLifecycle, motion.state, "count")
    motion.result = {**motion.result, **settled}
    facts = {"motion": motion.number, "result": settled["result"], "votes": motion.votes}
    return Written(facts, meeting)


def _by_call(motion: Motion, given: Counting) -> dict[str, Any]:
    motion.votes = {"objections": given.objections}
    carried = given.objections == 0
    pattern = "nobody objects" if carried else "{n} object"
    return {
        "result": "carried" if carried else "lost",
        "working": [{"pattern": pattern, "facts": {} if carried else {"n": given.objections}}],
    }


def _by_show(moment: Moment, meeting: Meeting, motion: Motion, given: Counting) -> dict[str, Any]:
    """Numbers of a show of hands: no more than may vote, counted by the engine's rule."""
    votes = {kind: int(given.counts.get(kind, 0)) for kind in POSITIONS}
    room = room_of(moment.session, meeting)
    voters = _voters(moment, meeting, motion, room)
    there = sum(int(each.weight) for each in voters)
    if sum(votes.values()) > there or any(each < 0 for each in votes.values()):
        raise refuse(
            "{cast} votes are counted, and {there} may be cast by those present",
            rule="votes_add_up",
            cure="Count again, or correct the roll.",
            where="counts",
            reason=Reason.INPUT,
            cast=sum(votes.values()),
            there=there,
        )
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
    motion.votes = dict(numbers.get("counts", {})) or dict(found.get("tally", {}))
    return found


def _enter(moment: Moment, consultation: Consultation, positions: Mapping[str, str]) -> None:
    """The answers that seats called out, each noted by the secretary."""
    invited = {seat.casefold(): key for seat, key in _invited(moment, consultation)}
    known = {each["key"] for each in consultation.rule["positions"]}
    wrong = [seat for seat in positions if seat.casefold() not in invited]
    odd = [word for word in positions.values() if word not in known]
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
                "chosen": [],
                "filled": {},
                "taken_back": False,
                "text": "",
                "content_version": consultation.content_version,
                "at": moment.now,
                "entry": "",
                "by_id": moment.actor.person_id,
                "standing": {"kind": "called_out"},
            }
            for seat, position in positions.items()
        ],
    )


PUT: Verb[Meeting, Putting] = Verb("meeting:put_question", Meeting, "meeting", may_put, put_body)
COUNT: Verb[Meeting, Counting] = Verb("meeting:count", Meeting, "meeting", may_count, count_body)
