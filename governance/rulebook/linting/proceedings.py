"""Is it a body's law? Every fault of its file, with file, line and cure.

The schema says what may stand where; here the rules are held against one another and against the
members: dates, subjects, numbers that cannot be reached, names that nobody bears.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from zoneinfo import available_timezones

from pydantic import ValidationError

from governance.refusals import Finding, Reason, Sentence, Verdict, refuse, say
from governance.rulebook.linting import faults
from governance.rulebook.linting.reasonable import unreasonable
from governance.rulebook.linting.yamltext import LARGEST, Reading, read_text
from governance.rulebook.proceedings.body import Body, Span
from governance.rulebook.proceedings.law import PARAMETERS, Ruling

NEEDED = ("notice_of_meeting", "quorum_to_open", "threshold")


@dataclass
class BodyDraft:
    """One file as read, and the body in it where it is lawful by itself."""

    reading: Reading
    body: Body | None = None
    advice: list[Finding] = field(default_factory=list)

    @property
    def findings(self) -> list[Finding]:
        """Faults in the order of lines, then advice."""
        return [*sorted(self.reading.findings, key=_place), *self.advice]


def read_body(path: Path) -> BodyDraft:
    """The body of a file, with every fault of it. Refused where there is no such file."""
    if not path.is_file():
        raise refuse(
            "there is no file {path}",
            rule="body_file",
            cure="Give the YAML file of a body; docs/committees.md says how it is written.",
            reason=Reason.INPUT,
            path=path,
        )
    with path.open("rb") as file:
        return body_of(path.name, file.read(LARGEST + 1))


def body_of(name: str, raw: bytes) -> BodyDraft:
    """The body in these bytes, with every fault."""
    draft = BodyDraft(read_text(name, raw))
    tree = draft.reading.tree
    if tree is None:
        return draft
    if not isinstance(tree.value, dict):
        draft.reading.fault(
            (1, 1), say("the file is no mapping"), say("Begin with body: and title:."), "body_file"
        )
        return draft
    plain = tree.plain()
    if "rules" not in plain and set(plain) & set(PARAMETERS) - {"observers"}:
        draft.reading.fault(
            (1, 1),
            say("the rules stand at the top of the file"),
            say("Put them under rules:, with body: and title: above."),
            "body_rules",
        )
        return draft
    try:
        draft.body = Body.model_validate(plain)
    except ValidationError as error:
        faults.note(draft.reading, error, Body)
    if draft.body is not None and not draft.reading.findings:
        _hold_together(draft, draft.body)
    return draft


def check_bodies(path: Path) -> list[BodyDraft]:
    """Every body of a folder, or the one of a file; parents are looked for beside it."""
    paths = sorted(path.glob("*.y*ml")) if path.is_dir() else [path]
    if not paths:
        raise refuse(
            "there is no YAML file in {path}",
            rule="body_file",
            cure="Give the folder of bodies, or one file.",
            reason=Reason.INPUT,
            path=path,
        )
    drafts = [read_body(each) for each in paths]
    beside = drafts if path.is_dir() else _beside(path)
    known = {each.body.body for each in beside if each.body is not None}
    for draft in drafts:
        _parent(draft, known)
    return drafts


def _beside(path: Path) -> list[BodyDraft]:
    folder = path.resolve().parent
    return [read_body(each) for each in sorted(folder.glob("*.y*ml"))[:200]]


def _parent(draft: BodyDraft, known: set[str]) -> None:
    body = draft.body
    if body is None:
        return
    if body.parent == body.body:
        _fault(draft, ("parent",), say("the body is its own parent"), say("Name another body."))
    elif body.parent and body.parent not in known:
        draft.advice.append(
            _advice(
                draft,
                ("parent",),
                say('the parent "{parent}" has no file beside this one', parent=body.parent),
                say("What it says is not looked at; put its file into the same folder."),
            )
        )


def _hold_together(draft: BodyDraft, body: Body) -> None:
    for path, because, cure in (*_validity(body), *_people(body), *unreasonable(body)):
        _fault(draft, path, because, cure)
    if body.zone not in available_timezones():
        _fault(
            draft,
            ("zone",),
            say('"{zone}" is no time zone', zone=body.zone),
            say("Write a zone such as Europe/Paris."),
        )
    draft.advice += _gaps(draft, body)
    if body.parent is None:
        draft.advice += [
            _advice(
                draft,
                ("rules",),
                say("nothing is said about {name}", name=name),
                say("Add {name}, or name the parent whose rules apply.", name=name),
            )
            for name in NEEDED
            if not body.rules.rulings(name)
        ]


Fault = tuple[tuple[object, ...], Sentence, Sentence]


def _validity(body: Body) -> Iterator[Fault]:
    """No two rulings of a parameter may hold on the same day for the same subject."""
    for name in PARAMETERS:
        rulings = body.rules.rulings(name)
        for index, each in enumerate(rulings):
            for before in rulings[:index]:
                if _overlap(before, each):
                    yield (
                        ("rules", name, index, "since"),
                        say(
                            "two rules on {name} hold on the same day for {scope}",
                            name=name,
                            scope=", ".join(sorted(set(each.scope) & set(before.scope))),
                        ),
                        say("End the older one with until, or give them different subjects."),
                    )


def _overlap(one: Ruling[object], other: Ruling[object]) -> bool:
    if not set(one.scope) & set(other.scope):
        return False
    ends = one.until is not None and other.since is not None and one.until < other.since
    begins = other.until is not None and one.since is not None and other.until < one.since
    return not (ends or begins)


def _people(body: Body) -> Iterator[Fault]:
    holders: dict[str, int] = {}
    for index, each in enumerate(body.members):
        key = (each.seat or each.name).casefold()
        before = holders.setdefault(key, index)
        other = body.members[before]
        if before != index and _at_once(other, each):
            yield (
                ("members", index, "name"),
                say('the seat "{seat}" is held twice at once', seat=each.seat or each.name),
                say("End the first with until, or name two seats."),
            )
    names = {each.name.casefold() for each in body.members}
    for index, officer in enumerate(body.officers):
        if officer.name.casefold() not in names:
            yield (
                ("officers", index, "name"),
                say("{name} holds an office and is nowhere among the members", name=officer.name),
                say("Write the name as among the members, or add the person there."),
            )


def _at_once(one: Span, other: Span) -> bool:
    first = (one.since or date.min, one.until or date.max)
    second = (other.since or date.min, other.until or date.max)
    return first[0] <= second[1] and second[0] <= first[1]


def _gaps(draft: BodyDraft, body: Body) -> list[Finding]:
    """A parameter whose rules leave days between them on which nothing holds."""
    found = []
    for name in PARAMETERS:
        dated = [each for each in body.rules.rulings(name) if each.since and "all" in each.scope]
        dated.sort(key=lambda each: each.since.toordinal() if each.since else 0)
        for before, after in pairwise(dated):
            if before.until and after.since and (after.since - before.until).days > 1:
                found.append(
                    _advice(
                        draft,
                        ("rules", name),
                        say(
                            "between {until} and {since} nothing holds on {name}",
                            until=before.until,
                            since=after.since,
                            name=name,
                        ),
                        say("Close the gap, if there was none."),
                    )
                )
    return found


def _fault(draft: BodyDraft, path: tuple[object, ...], because: Sentence, cure: Sentence) -> None:
    draft.reading.fault_at(path, because, cure, "rules_of_procedure")


def _advice(
    draft: BodyDraft, path: tuple[object, ...], because: Sentence, cure: Sentence
) -> Finding:
    line, column = draft.reading.tree.at(path) if draft.reading.tree else (1, 1)
    where = f"{draft.reading.name}:{line}:{column}"
    return Finding("rules_of_procedure", "", Verdict.ADVISORY, because, cure, where)


def _place(finding: Finding) -> tuple[int, int, str]:
    _, line, column = finding.where.rsplit(":", 2)
    return (int(line), int(column), str(finding.because))
