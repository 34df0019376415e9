"""The forms of answer beside positions: a sheet of scores, and changes of a text."""

from __future__ import annotations

from collections.abc import Mapping

from governance.consultation.amending import Proposed, paragraphs_of
from governance.consultation.models import AMENDMENTS, SCORES
from governance.consultation.scoring import scale_of
from governance.refusals import say
from governance.web.desk import Desk
from governance.web.question_views import Line, Passage, Sheet
from governance.web.questions.telling import Opened
from governance.web.views import Option

SCORE = "score"
ORDER, LAST = "order-", 10**6
OLD, NEW, WHY = "old", "new", "why"


def sheet_of(opened: Opened, names: Mapping[str, str]) -> Sheet | None:
    """The sheet that the reader fills in: a line for each subject, a field for each criterion."""
    consultation = opened.consultation
    if consultation.form != SCORES:
        return None
    rule, scale = consultation.rule, scale_of(consultation.rule)
    criteria = rule.get("criteria", ())
    lines = tuple(
        Line(
            names.get(subject, subject),
            tuple(
                Option(
                    f"{SCORE}:{subject}:{each['key']}",
                    opened.reading.text(each.get("title"), each["key"].replace("_", " ")),
                )
                for each in criteria
            ),
        )
        for subject in consultation.content.get("candidates", ())
    )
    words = say("From {least} to {most}.", least=str(scale.least), most=str(scale.most))
    step = str(float(scale.step)) if scale.step else "any"
    return Sheet(words, lines, _number(scale.most), _number(scale.least), step)


def passages_of(opened: Opened) -> tuple[Passage, ...]:
    """The paragraphs of the text to which changes may be proposed."""
    if opened.consultation.form != AMENDMENTS:
        return ()
    found = paragraphs_of(opened.consultation.content)
    return tuple(Passage(each.anchor, each.text) for each in found)


def chosen_in(desk: Desk) -> tuple[str, ...]:
    """Whoever was ticked, in the order of the numbers beside them where the form has any."""
    ticked = desk.texts("chosen")
    typed = {each: desk.text(f"{ORDER}{each}") for each in ticked}
    places = {each: int(said) if said.isdecimal() else LAST for each, said in typed.items()}
    return tuple(sorted(ticked, key=lambda each: min(places[each], LAST)))


def scores_in(desk: Desk) -> dict[str, dict[str, str]]:
    """The sheet as it was typed: by subject and criterion; what is empty is left out."""
    sheet: dict[str, dict[str, str]] = {}
    for name in desk.form:
        kind, _, rest = name.partition(":")
        subject, _, criterion = rest.rpartition(":")
        if kind == SCORE and (typed := desk.text(name)):
            sheet.setdefault(subject, {})[criterion] = typed.replace(",", ".")
    return sheet


def proposals_in(desk: Desk, passages: tuple[Passage, ...]) -> tuple[Proposed, ...]:
    """The changes as they were typed: a paragraph that is written otherwise, or a statement."""
    found = []
    for each in passages:
        new, why = desk.text(f"{NEW}:{each.anchor}"), desk.text(f"{WHY}:{each.anchor}")
        changed = new.split() != each.text.split()
        if changed and (new or why or f"{NEW}:{each.anchor}" in desk.form):
            found.append(Proposed(each.anchor, each.text, new, why))
        elif why:
            found.append(Proposed(each.anchor, reason=why))
    return tuple(found)


def _number(value: object) -> str:
    return str(float(str(value))) if "/" not in str(value) else ""
