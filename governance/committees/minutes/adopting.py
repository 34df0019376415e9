"""The body adopts its minutes; they are signed, published without closed parts, and kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, func, select

from governance.acts import Moment, Verb, Written
from governance.committees.authority import by
from governance.committees.minutes.advance import AS_AMENDED, IN_SESSION, OPEN, adopted, proposals
from governance.committees.minutes.drafting import Nothing, keep_text, text_of
from governance.committees.minutes.lifecycle import ADOPTED, MinutesLifecycle
from governance.committees.minutes.models import Corrigendum, Minutes
from governance.committees.minutes.rules import Adopting, Publishing
from governance.committees.minutes.text import closed_parts, public_edition
from governance.lifecycle import fire
from governance.refusals import Reason, refuse


@dataclass(frozen=True)
class AdoptedBy:
    """The body adopts the text, in which meeting or by which decision."""

    decision: str = ""
    as_amended: bool = False


@dataclass(frozen=True)
class Put:
    """What is wrong in adopted minutes, how it should read, and the decision that says so."""

    block: str
    reads: str
    should_read: str
    decision: str


def adopt_body(moment: Moment, minutes: Minutes | None, given: AdoptedBy) -> Written[Minutes]:
    """In session: the body adopts the newest text, once every correction has its answer."""
    assert minutes is not None  # noqa: S101 -- the door locks the subject first
    asked = proposals(moment.session, minutes.consultation_id or "")
    facts = Adopting(
        by_body=True,
        window_closes_at=minutes.window_closes_at,
        now=moment.now,
        open_corrections=sum(asked.get(state, 0) for state in OPEN),
    )
    minutes.state = fire(MinutesLifecycle, minutes.state, "adopt", facts)
    how = AS_AMENDED if given.as_amended else IN_SESSION
    told = adopted(moment, minutes, how, {"decision": given.decision})
    return Written({**told, "decision": given.decision}, minutes)


def postpone_body(_moment: Moment, minutes: Minutes | None, _: Nothing) -> Written[Minutes]:
    """The body puts the adoption off; the text waits."""
    assert minutes is not None  # noqa: S101 -- the door locks the subject first
    minutes.state = fire(MinutesLifecycle, minutes.state, "postpone_adoption")
    return Written({"version": minutes.version}, minutes)


def sign_body(moment: Moment, minutes: Minutes | None, _: Nothing) -> Written[Minutes]:
    """Chair or secretary sign the adopted text, each once."""
    assert minutes is not None  # noqa: S101 -- the door locks the subject first
    who = moment.actor.person_id
    if any(each["by"] == who for each in minutes.signatures):
        raise refuse(
            "these minutes bear this signature already",
            rule="signed_once",
            cure="See them: who signed and when stands below the text.",
            reason=Reason.TURN,
        )
    if minutes.state != "signed":
        minutes.state = fire(MinutesLifecycle, minutes.state, "sign")
    text = text_of(moment.session, minutes.id, minutes.adopted_version)
    signature = {"at": moment.now.isoformat(), "by": who, "sha256": text.sha256}
    minutes.signatures = [*minutes.signatures, signature]
    return Written({"sha256": text.sha256, "version": text.version}, minutes)


def publish_body(moment: Moment, minutes: Minutes | None, _: Nothing) -> Written[Minutes]:
    """The public edition comes from the adopted text, without anything that is not open."""
    assert minutes is not None  # noqa: S101 -- the door locks the subject first
    text = text_of(moment.session, minutes.id, minutes.adopted_version)
    blocks = public_edition(text.blocks)
    minutes.state = fire(
        MinutesLifecycle, minutes.state, "publish", Publishing(closed_parts(blocks))
    )
    minutes.published_at = moment.now
    made = keep_text(moment, minutes, blocks, "public edition", edition="public")
    made.version = text.version
    left_out = len(text.blocks) - len(blocks)
    facts: dict[str, Any] = {"left_out": left_out, "sha256": made.sha256, "version": text.version}
    return Written(facts, minutes)


def archive_body(_moment: Moment, minutes: Minutes | None, _: Nothing) -> Written[Minutes]:
    """The full edition goes to the archive."""
    assert minutes is not None  # noqa: S101 -- the door locks the subject first
    minutes.state = fire(MinutesLifecycle, minutes.state, "archive")
    return Written({"version": minutes.adopted_version}, minutes)


def put_right_body(moment: Moment, minutes: Minutes | None, given: Put) -> Written[Minutes]:
    """A corrigendum beside the adopted text, by a decision of its own; the text stays."""
    assert minutes is not None  # noqa: S101 -- the door locks the subject first
    if minutes.state not in ADOPTED:
        raise refuse(
            "these minutes are not adopted yet, and are corrected in their text",
            rule="corrigendum_after_adoption",
            cure="Propose the correction while the window is open.",
            reason=Reason.TURN,
        )
    text = text_of(moment.session, minutes.id, minutes.adopted_version)
    found = next((each for each in text.blocks if each["id"] == given.block), None)
    words = [value for value in (found or {}).values() if isinstance(value, str)]
    if not any(given.reads and given.reads in each for each in words):
        raise refuse(
            "these words do not stand in this part of the adopted text",
            rule="corrigendum_finds_its_words",
            cure="Copy the words from the text as it was adopted.",
            where="reads",
            reason=Reason.INPUT,
        )
    if not given.decision.strip():
        raise refuse(
            "adopted minutes are put right by a decision",
            rule="corrigendum_needs_a_decision",
            cure="Give the number of the decision.",
            where="decision",
            reason=Reason.INPUT,
        )
    numbers = select(func.max(Corrigendum.number)).where(col(Corrigendum.minutes_id) == minutes.id)
    made = Corrigendum(
        minutes_id=minutes.id,
        number=(moment.session.exec(numbers).one() or 0) + 1,
        block=given.block,
        reads=given.reads,
        should_read=given.should_read,
        decision=given.decision[:60],
        issued_at=moment.now,
    )
    moment.session.add(made)
    facts = {"block": made.block, "decision": made.decision, "number": made.number}
    return Written(facts, minutes)


def _committee(minutes: Minutes) -> str:
    return minutes.committee_id


ADOPT: Verb[Minutes, AdoptedBy] = Verb(
    "minutes:adopt", Minutes, "minutes", by(MinutesLifecycle, "adopt", _committee), adopt_body
)
POSTPONE: Verb[Minutes, Nothing] = Verb(
    "minutes:postpone",
    Minutes,
    "minutes",
    by(MinutesLifecycle, "postpone_adoption", _committee),
    postpone_body,
)
SIGN: Verb[Minutes, Nothing] = Verb(
    "minutes:sign", Minutes, "minutes", by(MinutesLifecycle, "sign", _committee), sign_body
)
PUBLISH: Verb[Minutes, Nothing] = Verb(
    "minutes:publish", Minutes, "minutes", by(MinutesLifecycle, "publish", _committee), publish_body
)
ARCHIVE: Verb[Minutes, Nothing] = Verb(
    "minutes:archive", Minutes, "minutes", by(MinutesLifecycle, "archive", _committee), archive_body
)
PUT_RIGHT: Verb[Minutes, Put] = Verb(
    "minutes:put_right",
    Minutes,
    "minutes",
    by(MinutesLifecycle, "publish", _committee),
    put_right_body,
)
