"""What may be done in a meeting now, asked of its lifecycles."""

from __future__ import annotations

from collections.abc import Sequence

from governance.committees.meeting.ballots import BY_CALL
from governance.committees.meeting.casting import NONE, awaited_in
from governance.committees.meeting.elections import ELECTION, candidates_of
from governance.committees.meeting.lifecycle import MeetingLifecycle, MotionLifecycle
from governance.committees.meeting.models import AgendaItem, Meeting, Motion
from governance.committees.meeting.room import Room
from governance.consultation.rules import Casting
from governance.lifecycle import ways_on
from governance.refusals import Sentence, say
from governance.web.committees import meeting_marks
from governance.web.committees.meeting_views import MotionRow
from governance.web.committees.telling import seat_words
from governance.web.views import Act, Mark, Option, Words

# The event of the chart, the path below the meeting, the verb; in the order in which they stand.
OFFERS: tuple[tuple[str, str, Sentence], ...] = (
    ("convene", "convene", say("Convene")),
    ("circulate", "draft", say("Fill the draft agenda")),
    ("circulate", "circulate", say("Circulate agenda and papers")),
    ("open", "open", say("Open the meeting")),
    ("open", "second-call", say("Open on second call")),
    ("suspend", "suspend", say("Suspend")),
    ("resume", "resume", say("Resume")),
    ("close", "close", say("Close the meeting")),
    ("find_inquorate", "inquorate", say("Find that there is no quorum")),
)
ONLY_FROM = {"second-call": frozenset({"inquorate"}), "draft": frozenset({"convened"})}
NO_CAST = say("No casting vote is given")
VOTES = ("yes", "no", "abstain")


def acts_for(meeting: Meeting, roles: frozenset[str]) -> tuple[Act, ...]:
    """The acts that this reader may take on the meeting as a whole."""
    known = ways_on(MeetingLifecycle, meeting.state)
    circulated = meeting.state == "circulated"  # then the opening comes next, not a second dispatch
    return tuple(
        Act(verb, f"/meetings/{meeting.id}/{path}", post=True)
        for event, path, verb in sorted(OFFERS, key=lambda each: circulated and each[0] != "open")
        if event in known
        and roles & MeetingLifecycle.authority[event]
        and meeting.state in ONLY_FROM.get(path, {meeting.state})
    )


def motion_row(  # noqa: PLR0913 -- one argument per thing that a motion is read with
    motion: Motion,
    items: Sequence[AgendaItem],
    room: Room,
    *,
    runs: bool,
    roles: frozenset[str],
    language: str = "en",
) -> MotionRow:
    """One motion with what may be done with it by whoever runs the meeting."""
    state, result = motion.state, motion.result
    casting = awaited_in(motion) if state == "counted" else None
    may_cast = casting is not None and runs and "chair" in roles
    return MotionRow(
        number=motion.number,
        item=next((each.number for each in items if each.id == motion.item_id), ""),
        kind=meeting_marks.MOTION_KINDS.get(motion.kind, motion.kind),
        text=motion.text,
        moved=_moved(motion, room, language),
        mark=meeting_marks.MOTIONS.get(state, Mark("none", state)),
        votes=_votes(motion),
        proposed=meeting_marks.RESULTS.get(str(result.get("result", "")), ""),
        working=tuple(
            Sentence(each["pattern"], each["facts"]) for each in result.get("working", ())
        ),
        elects=motion.kind == ELECTION,
        candidates=tuple(candidates_of(result["rule"]))
        if motion.kind == ELECTION and state == "put"
        else (),
        modes=tuple(Option(key, words) for key, words in meeting_marks.MODES.items())
        if runs and state in {"admitted", "counted"}
        else (),
        counts=runs and state == "put" and motion.mode in {"show", "secret"},
        closes=runs and state == "put" and motion.mode in {"secret", "electronic"},
        again=state == "counted",
        for_chair=runs and state == "counted" and "chair" not in roles,
        objects=runs and state == "put" and motion.mode in BY_CALL,
        by_name=runs and state == "put" and motion.mode == "roll_call",
        declares=runs and state == "counted" and "chair" in roles and casting is None,
        casts=_casts(casting) if may_cast else (),
        cast_names=_names(casting) if may_cast else (),
        places=casting.places if casting else 1,
        steps=tuple(
            Option(event, meeting_marks.MOTION_STEPS[event])
            for event in ways_on(MotionLifecycle, state)
            if runs
            and event in meeting_marks.MOTION_STEPS
            and roles & MotionLifecycle.authority[event]
        ),
    )


def _casts(casting: Casting | None) -> tuple[Option, ...]:
    """For or against, or the names that are ticked; or no casting vote at all."""
    if casting is not None and casting.between:
        return (Option("", say("Cast for these")), Option(NONE, NO_CAST))
    return (Option("yes", say("Cast for")), Option("no", say("Cast against")),
            Option(NONE, NO_CAST))  # fmt: skip


def _names(casting: Casting | None) -> tuple[Option, ...]:
    return tuple(Option(each, each) for each in casting.between) if casting else ()


def _moved(motion: Motion, room: Room, language: str) -> Words:
    mover, seconder = (
        seat_words(room.seats.get(each), language)
        for each in (motion.mover or "", motion.seconder or "")
    )
    if mover and seconder:
        return say("Moved by {mover}, seconded by {seconder}", mover=mover, seconder=seconder)
    return say("Moved by {name}", name=mover) if mover else ""


def _votes(motion: Motion) -> Words:
    if motion.kind == ELECTION:
        return " · ".join(f"{name}: {many}" for name, many in motion.votes.items())
    counted = {key: motion.votes[key] for key in VOTES if isinstance(motion.votes.get(key), int)}
    if not counted:
        return ""
    return say(
        "for {yes}, against {no}, abstaining {abstain}",
        **{key: counted.get(key, 0) for key in VOTES},
    )
