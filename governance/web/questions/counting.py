"""The page of a teller: what was counted in the hall, entered alone, beside nobody's figures."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from governance.access.actor import Actor
from governance.acts import perform
from governance.consultation.counts import newest_counts
from governance.consultation.tellers import COUNT, MOST, Counted
from governance.people.queries import by_id
from governance.refusals import Reason, Refused, say
from governance.web.desk import Desk
from governance.web.questions.brief import positions_of, shown_to
from governance.web.questions.calm import closed
from governance.web.questions.telling import KINDS, Opened, about_of, capacity_of
from governance.web.views import EMPTY, Fact, Filled, Mark, Option, Words

POSITION, NAME = "position", "name"
DIGITS = len(str(MOST))


@dataclass(frozen=True)
class CountPage:
    """One ballot, a field for each position, and one for each name where papers bear names."""

    action: str
    question: Words
    about: Words
    facts: tuple[Fact, ...]
    positions: tuple[Option, ...]
    names: tuple[Option, ...]
    standing: Mark
    filled: Filled = EMPTY


def show(desk: Desk, opened: Opened, filled: Filled = EMPTY, status: int = 200) -> Response:
    """The form, or what became of the ballot once it is closed."""
    consultation, reading = opened.consultation, opened.reading
    if consultation.state != "open":
        return desk.page("calm", closed(opened), status=status)
    facts = (
        Fact(say("You count as"), capacity_of(reading, opened.mine.invitation.capacity)),
        Fact(
            say("Rule"),
            KINDS.get(consultation.rule["kind"]) or consultation.rule["kind"],
            note=consultation.rule["article"],
        ),
    )
    page = CountPage(
        action=f"/decide/{desk.path['token']}",
        question=reading.text(consultation.question),
        about=about_of(reading, consultation),
        facts=facts,
        positions=tuple(
            Option(f"{POSITION}:{each.value}", each.verb)
            for each in positions_of(reading, consultation)
        ),
        names=_names(opened),
        standing=_standing(opened),
        filled=filled,
    )
    return desk.page("count", page, status=status)


def enter(desk: Desk, actor: Actor, opened: Opened) -> Response:
    """Keep what this teller counted; every fault at once, with everything typed still there."""
    consultation = opened.consultation
    wrong = {
        name: say("Write a whole number, such as 99.")
        for name in desk.form
        if name.partition(":")[0] in {POSITION, NAME} and not _is_number(desk.text(name))
    }
    if not any(desk.text(name) for name in desk.form if name.partition(":")[0] == POSITION):
        wrong |= {"": say("Enter what you counted.")}
    if wrong:
        return show(desk, opened, desk.filled(wrong), 422)
    try:
        perform(desk.house, actor, COUNT, consultation.id, _counted(desk))
    except Refused as refused:
        if refused.reason not in {Reason.RULE, Reason.INPUT}:
            return desk.refused(refused)
        faults = {"": refused.findings[0].because}
        return show(desk, opened, desk.filled(faults), 422)
    return desk.go(f"/decide/{desk.path['token']}")


def _is_number(typed: str) -> bool:
    return not typed or (typed.isascii() and typed.isdigit() and len(typed) <= DIGITS)


def _counted(desk: Desk) -> Counted:
    told: dict[str, dict[str, int]] = {POSITION: {}, NAME: {}}
    for field in desk.form:
        kind, _, key = field.partition(":")
        if kind in told:
            told[kind][key] = int(desk.text(field) or 0)
    return Counted(told[POSITION], told[NAME])


def _names(opened: Opened) -> tuple[Option, ...]:
    """A field for each candidate, where a position names candidates."""
    consultation = opened.consultation
    if not any(each.get("choose_at_most") for each in consultation.rule["positions"]):
        return ()
    return tuple(
        Option(f"{NAME}:{each.candidacy.id}", each.person.name) for each in shown_to(opened)
    )


def _standing(opened: Opened) -> Mark:
    """Who has entered a count, and whether they agree: never the figures of the other."""
    session, consultation = opened.reading.session, opened.consultation
    counts = newest_counts(session, consultation.id)
    waiting = [each for each in consultation.tellers if each not in counts]
    if opened.actor.person_id in waiting:
        return Mark("none", say("You have not entered a count yet."))
    if waiting:
        names = opened.reading.listed(each.name for each in by_id(session, waiting).values())
        return Mark("warn", say("Your count is kept. It waits for {names}.", names=names))
    return Mark("bad", say("The counts differ. Count again, and enter what you find."))
