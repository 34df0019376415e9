"""An open question changes; answers are bound to the version shown, and worth what the rule says.

A change is classed by whoever makes it, editorial or substantive. What it is worth follows from
the rule: `keep` (answers count on), `ask_again` (they are kept and count only once confirmed),
`void` (everybody is asked anew, with a whole window).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import func
from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.consultation import clockwork
from governance.consultation.asking import asker_may, may_conduct
from governance.consultation.lifecycle import ConsultationLifecycle
from governance.consultation.models import Consultation, ContentVersion, Invitation
from governance.consultation.sealing import file_of
from governance.lifecycle import fire
from governance.record import deadlines
from governance.record.outbox import Notice
from governance.refusals import Finding, Reason, Refused, Sentence, Verdict, refuse, say

EDITORIAL: Final = "editorial"
SUBSTANTIVE: Final = "substantive"
KEEP, ASK_AGAIN, VOID = "keep", "ask_again", "void"
Class = Literal["editorial", "substantive"]
OWNERS_OWN = frozenset({"barred", "about"})  # who may answer and whom it concerns is not content


@dataclass(frozen=True)
class Change:
    """New content in place of the present one: all of it, or only the `parts` that differ."""

    kind: str
    parts: Mapping[str, Any]
    reason: str


@dataclass(frozen=True)
class Confirmed:
    """A second person has looked at the proposed change, by the version it would become."""

    version: int


def effect_of(rule: Mapping[str, Any], kind: str) -> str:
    """What earlier answers are worth after a change of a class, under a rule as plain data."""
    told = rule.get("on_change") or {}
    told = {SUBSTANTIVE: told} if isinstance(told, str) else told
    usual = {EDITORIAL: KEEP, SUBSTANTIVE: ASK_AGAIN}
    return str(told.get(kind, usual[kind]))


def begins_anew(rule: Mapping[str, Any], effect: str) -> bool:
    """Whether a change gives everybody a whole window: nobody is silent to what they never saw."""
    return effect == VOID or (effect == ASK_AGAIN and rule["on_late"] == "tacit")


def change(
    moment: Moment, consultation: Consultation | None, given: Change
) -> Written[Consultation]:
    """Class the change, keep both versions, show the difference, and value what was answered.

    Where the rule wants four eyes, the change waits for a second person.
    """
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    fire(ConsultationLifecycle, consultation.state, "change")
    content = changed(consultation, given)
    _is_not_waiting(moment.session, consultation)
    reason = moment.seal(file_of(consultation), given.reason)
    version = _version(moment, consultation, given.kind, content, reason["sealed"])
    moment.session.add(version)
    facts = {"kind": given.kind, "reason": reason, "version": version.version}
    if consultation.rule.get("change_needs_second"):
        return Written(facts | {"waits_for": "a second person"}, consultation)
    return Written(facts | _show(moment, consultation, version), consultation)


CHANGE: Verb[Consultation, Change] = Verb(
    "consultation:change", Consultation, "consultation", asker_may, change
)


def second_may(moment: Moment, consultation: Consultation | None, _: Confirmed) -> str:
    """A second person, who conducts the question too and did not propose the change."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    proposed = waiting_change(moment.session, consultation)
    mine = proposed is not None and proposed.proposed_by == moment.actor.person_id
    if may_conduct(moment, consultation) and not mine:
        return "second person"
    raise refuse(
        "a change is confirmed by a second person, who did not propose it",
        rule="four_eyes_on_change",
        article="Mandate, consultations",
        cure="Ask a colleague who may conduct this question.",
        reason=Reason.AUTHORITY,
    )


def confirm_change(
    moment: Moment, consultation: Consultation | None, given: Confirmed
) -> Written[Consultation]:
    """Show the change that a first person proposed."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    fire(ConsultationLifecycle, consultation.state, "confirm_change")
    proposed = waiting_change(moment.session, consultation)
    if proposed is None or proposed.version != given.version:
        raise refuse(
            "no change of this version waits for a second person",
            rule="known_change",
            cure="Look at the question again.",
            reason=Reason.MISSING,
        )
    facts = {"kind": proposed.kind, "version": proposed.version}
    return Written(facts | _show(moment, consultation, proposed), consultation)


CONFIRM_CHANGE: Verb[Consultation, Confirmed] = Verb(
    "consultation:confirm_change", Consultation, "consultation", second_may, confirm_change
)


def change_now(
    moment: Moment, consultation: Consultation, kind: Class, parts: Mapping[str, Any]
) -> ContentVersion:
    """An owner changes the content of its question inside its own act."""
    content = {**consultation.content, **parts}
    version = _version(moment, consultation, kind, content, "")
    moment.session.add(version)
    _show(moment, consultation, version)
    return version


def take_out(moment: Moment, owner: tuple[str, str], candidate: str) -> list[str]:
    """Somebody may no longer be chosen: open questions that showed them get a new version."""
    query = select(Consultation).where(
        col(Consultation.owner_kind) == owner[0],
        col(Consultation.owner_id) == owner[1],
        col(Consultation.state) == "open",
    )
    changed = []
    for consultation in moment.session.exec(query.with_for_update()):
        candidates = consultation.content.get("candidates", [])
        if candidate in candidates:
            left = [each for each in candidates if each != candidate]
            change_now(moment, consultation, SUBSTANTIVE, {"candidates": left})
            changed.append(consultation.id)
    return changed


def changed(consultation: Consultation, given: Change) -> dict[str, Any]:
    """The content as it would be; refused with everything that such a change lacks, at its place.

    Changes nothing, so that a change can be looked at before it is made.
    """
    content = {**consultation.content, **given.parts}
    faults = list(_lacking(consultation, given, content))
    if faults:
        raise Refused(faults, Reason.INPUT)
    return content


def _lacking(
    consultation: Consultation, given: Change, content: Mapping[str, Any]
) -> Iterator[Finding]:
    named = OWNERS_OWN & set(given.parts)
    if named:
        parts = ", ".join(sorted(named))
        said = say("{parts} cannot be changed here", parts=parts)
        yield _not_understood(said, say("Leave it out."), "parts")
    elif content == consultation.content:
        said = say("the new content is the present one")
        yield _not_understood(said, say("Change something, or nothing."), "parts")
    if given.kind not in (EDITORIAL, SUBSTANTIVE):
        said = say('"{kind}" is no class of change', kind=given.kind[:40])
        if not given.kind.strip():
            said = say("the class of the change is missing")
        yield _not_understood(said, say("Write editorial or substantive."), "kind")
    if not given.reason.strip():
        cure = say("Write why, in one sentence.")
        yield _not_understood(say("the reason is missing"), cure, "reason")


def _not_understood(because: Sentence, cure: Sentence, where: str) -> Finding:
    rule, article = "change_is_understood", "Mandate, consultations"
    return Finding(rule, article, Verdict.FAIL, because, cure, where)


def _version(
    moment: Moment, consultation: Consultation, kind: str, content: dict[str, Any], reason: str
) -> ContentVersion:
    return ContentVersion(
        consultation_id=consultation.id,
        version=_highest(moment.session, consultation) + 1,
        kind=kind,
        content=content,
        effect=effect_of(consultation.rule, kind),
        reason=reason,
        proposed_by=moment.actor.person_id,
        proposed_at=moment.now,
    )


def _show(moment: Moment, consultation: Consultation, version: ContentVersion) -> dict[str, Any]:
    """The new version is the one that counts: everybody is told, and answers are valued."""
    version.shown_since = moment.now
    consultation.content = version.content
    consultation.content_version = version.version
    if version.effect != KEEP:
        consultation.counts_from = version.version
        if consultation.settles_at is not None:
            consultation.settles_at = None
            deadlines.lift(moment.session, ("consultation", consultation.id), "settle")
    anew = begins_anew(consultation.rule, version.effect)
    asked = clockwork.on_the_roll(moment, consultation)
    if anew and not consultation.in_session:
        clockwork.stop(moment, consultation)
    for invitation in asked:
        if anew and not consultation.in_session:
            _begin_anew(invitation)
        if not consultation.in_session:
            _tell(moment, consultation, invitation, version)
    return {"effect": version.effect, "windows": "begin anew" if anew else "run on"}


def _begin_anew(invitation: Invitation) -> None:
    """A window begins with the hand-over of the notice that shows the new content."""
    invitation.handed_over_at = invitation.window_since = invitation.due_at = None
    invitation.last_day = ""


def _tell(
    moment: Moment, consultation: Consultation, invitation: Invitation, version: ContentVersion
) -> None:
    moment.tell(
        ("consultation", consultation.id),
        Notice(
            key=f"change:{invitation.id}:{version.version}",
            person_id=invitation.person_id,
            template="change",
            facts={
                "invitation": invitation.id,
                "last_day": invitation.last_day,
                "question": consultation.question,
                "reference": consultation.reference,
                "kind": version.kind,
                "effect": version.effect,
            },
        ),
    )


def _highest(session: Session, consultation: Consultation) -> int:
    """The highest number given so far; a change that an owner's own has overtaken keeps its own."""
    query = select(func.max(ContentVersion.version)).where(
        col(ContentVersion.consultation_id) == consultation.id
    )
    return max(session.exec(query).one() or 0, consultation.content_version)


def waiting_change(session: Session, consultation: Consultation) -> ContentVersion | None:
    """The change that waits for a second person; None where none does."""
    query = select(ContentVersion).where(
        col(ContentVersion.consultation_id) == consultation.id,
        col(ContentVersion.shown_since).is_(None),
        col(ContentVersion.version) > consultation.content_version,
    )
    return session.exec(query).first()


def _is_not_waiting(session: Session, consultation: Consultation) -> None:
    if waiting_change(session, consultation) is not None:
        raise refuse(
            "a change waits for a second person already",
            rule="one_change_at_a_time",
            cure="Let it be confirmed first.",
            reason=Reason.CONFLICT,
        )
