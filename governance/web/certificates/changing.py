"""Changing what an open question shows: the form, what those asked will see, the second person."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from starlette.responses import Response

from governance.acts import perform
from governance.consultation.amending import paragraphs_of
from governance.consultation.asking import conducts, not_the_asker
from governance.consultation.changing import (
    ASK_AGAIN,
    CHANGE,
    CONFIRM_CHANGE,
    EDITORIAL,
    KEEP,
    SUBSTANTIVE,
    VOID,
    Change,
    Confirmed,
    begins_anew,
    changed,
    effect_of,
    waiting_change,
)
from governance.consultation.models import Consultation
from governance.consultation.timeline import read
from governance.people.models import Person
from governance.refusals import Reason, Refused, Sentence, say
from governance.web.cases.reading import Reading
from governance.web.certificates.views import Changing, Compared, Proposed, Ticked
from governance.web.desk import Desk, field_of
from governance.web.questions.since import between, marked, names_of
from governance.web.views import EMPTY, Filled, Option, Words

Again = Callable[[Desk, Filled, int], Response]

ACT: Final = "change"
LOOK: Final = "look"
TEXT, ADDED, TITLE, MAY_STAY = "text:", "text-new", "title", "stays"
KINDS: Mapping[str, Sentence] = {
    EDITORIAL: say("Editorial: the wording alone"),
    SUBSTANTIVE: say("Substantive: what is asked, or what it rests on"),
}
EFFECTS: Mapping[str, Sentence] = {
    KEEP: say("Answers that were given stand."),
    ASK_AGAIN: say("Answers that were given are kept, and count only once they are confirmed."),
    VOID: say("Answers that were given count no more, and the time of everybody begins anew."),
}
AGAIN_AND_ANEW = say(
    "Answers that were given are kept, and count only once they are confirmed; "
    "the time of everybody begins anew."
)
LOOK_FIRST = say("look at the difference first: it is not the one that you were shown")
CURABLE = frozenset({Reason.INPUT, Reason.RULE, Reason.TURN, Reason.CONFLICT, Reason.MISSING})


def changing_of(
    reading: Reading, consultation: Consultation, desk: Desk, filled: Filled
) -> Changing:
    """The form with what was typed, and the difference once it was asked for."""
    sent = desk.text("act") == ACT
    content = consultation.content
    typed = filled if sent else EMPTY
    stays = desk.texts(MAY_STAY) if sent else tuple(content.get("candidates", ()))
    names = names_of(reading, content, tuple(content.get("candidates", ())))
    return Changing(
        paragraphs=tuple(
            Option(f"{TEXT}{each.anchor}", typed.values.get(f"{TEXT}{each.anchor}", each.text))
            for each in paragraphs_of(content)
        ),
        title=typed.values.get(TITLE, content["title"])
        if isinstance(content.get("title"), str)
        else None,
        candidates=tuple(Ticked(key, name, key in stays) for key, name in names.items()),
        kinds=tuple(
            Option(kind, words, worth(consultation, effect_of(consultation.rule, kind)))
            for kind, words in KINDS.items()
        ),
        needs_second=bool(consultation.rule.get("change_needs_second")),
        compared=_looked(reading, consultation, desk) if sent else None,
        filled=typed,
    )


def worth(consultation: Consultation, effect: str) -> Sentence:
    """What answers are worth after a change, and whether the time begins anew."""
    if effect == ASK_AGAIN and begins_anew(consultation.rule, effect):
        return AGAIN_AND_ANEW
    return EFFECTS[effect]


def proposed_of(reading: Reading, consultation: Consultation, desk: Desk) -> Proposed | None:
    """The change that waits for a second person, as it will be shown."""
    version = waiting_change(reading.session, consultation)
    if version is None:
        return None
    proposer = reading.session.get(Person, version.proposed_by or "")
    return Proposed(
        version=version.version,
        kind=KINDS[version.kind],
        who=proposer.name if proposer else say("Mandate"),
        reason=read(reading.session, reading.house.keys, version.reason),
        compared=_compared(reading, consultation, version.content, version.effect, ""),
        may_confirm=version.proposed_by != desk.me.person_id,
    )


def send(desk: Desk, consultation: Consultation, again: Again) -> Response:
    """Show the difference, or make the change: only the one whose difference was shown."""
    if not conducts(desk.me, consultation):
        raise not_the_asker()
    given = _given(desk, consultation)
    try:
        changed(consultation, given)
        if desk.text("step") == LOOK:
            return again(desk, desk.filled(), 200)
        if desk.text("looked") != _print(consultation, given):
            return again(desk, desk.filled({"compared": LOOK_FIRST}), 422)
        perform(desk.house, desk.me, CHANGE, consultation.id, given)
    except Refused as refused:
        if refused.reason not in CURABLE:
            raise
        return again(desk, desk.filled(_faults(refused)), 422)
    return desk.go(f"/consultations/{consultation.id}/certificate")


def confirm(desk: Desk, consultation: Consultation, again: Again) -> Response:
    """A second person has looked at the change that waits."""
    told = desk.text("version")
    given = Confirmed(int(told) if told.isdecimal() and len(told) < 10 else 0)  # noqa: PLR2004
    try:
        perform(desk.house, desk.me, CONFIRM_CHANGE, consultation.id, given)
    except Refused as refused:
        if refused.reason not in CURABLE:
            raise
        return again(desk, desk.filled({"": refused.findings[0].because}), 422)
    return desk.go(f"/consultations/{consultation.id}/certificate")


def _faults(refused: Refused) -> dict[str, Words]:
    """The findings by field; what is wrong with the content as a whole is of its first field."""
    faults = field_of(refused, {})
    return {f"{ACT}-{where}" if where else "": words for where, words in faults.items()}


def _given(desk: Desk, consultation: Consultation) -> Change:
    return Change(desk.text("kind"), dict(_parts(desk, consultation.content)), desk.text("reason"))


def _parts(desk: Desk, content: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The parts that differ; a part that the form did not send is left as it is."""
    text = _paragraphs(desk, content)
    if text != content.get("text", []):
        yield "text", text
    if isinstance(content.get("title"), str) and desk.text(TITLE) not in {"", content["title"]}:
        yield "title", desk.text(TITLE)
    candidates = content.get("candidates", [])
    if candidates and f"{MAY_STAY}-shown" in desk.form:
        left = [each for each in candidates if each in desk.texts(MAY_STAY)]
        if left != candidates:
            yield "candidates", left


def _paragraphs(desk: Desk, content: Mapping[str, Any]) -> list[dict[str, str]]:
    """The text as it was typed: a paragraph left empty is struck out, new ones come last."""
    found = []
    for each in content.get("text", []):
        name = f"{TEXT}{each['anchor']}"
        words = desk.text(name).split()
        if name not in desk.form or words == each["text"].split():
            found.append(each)
        elif words:
            found.append({"anchor": each["anchor"], "text": " ".join(words)})
    taken = {each["anchor"] for each in content.get("text", [])}
    free = (f"p{n}" for n in range(1, 10**6) if f"p{n}" not in taken)
    blocks = desk.text(ADDED).replace("\r\n", "\n").split("\n\n")
    added = [" ".join(each.split()) for each in blocks]
    return found + [{"anchor": next(free), "text": each} for each in added if each]


def _looked(reading: Reading, consultation: Consultation, desk: Desk) -> Compared | None:
    given = _given(desk, consultation)
    try:
        content = changed(consultation, given)
    except Refused:
        return None
    effect = effect_of(consultation.rule, given.kind)
    return _compared(reading, consultation, content, effect, _print(consultation, given))


def _compared(
    reading: Reading,
    consultation: Consultation,
    content: Mapping[str, Any],
    effect: str,
    seen: str,
) -> Compared:
    now = consultation.content
    return Compared(
        between(reading, now, content), marked(now, content), worth(consultation, effect), seen
    )


def _print(consultation: Consultation, given: Change) -> str:
    """What tells one difference from another: what it is made from, its class, what it becomes."""
    whole = [consultation.content_version, given.kind, given.parts]
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()
