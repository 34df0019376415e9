"""The decision brief: from a question that was put to somebody to the page they answer on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from pendulum import DateTime

from governance.access.actor import Level
from governance.appointments.assessment.veil import veiled
from governance.appointments.queries import Candidate, candidates_of
from governance.consultation.amending import paragraphs_of
from governance.consultation.models import AMENDMENTS, FOR_EVER, SCORES, Consultation
from governance.consultation.queries import of_owner, root_of
from governance.refusals import say
from governance.rulebook.stages import Consult
from governance.web.cases import marks
from governance.web.cases.fill_case import eligibility_mark, vetting_mark
from governance.web.cases.reading import Reading
from governance.web.question_views import DecisionBrief
from governance.web.questions.balance import NONE, Verdicts, verdicts_on
from governance.web.questions.beside import (
    casting_of,
    draft_for,
    information_of,
    others_in,
    results_of,
    seconds_of,
    secrecy_of,
)
from governance.web.questions.forms import passages_of, sheet_of
from governance.web.questions.since import differences, marked_between, news
from governance.web.questions.telling import (
    KINDS,
    Opened,
    about_of,
    asker_of,
    capacity_of,
    clock_of,
    position_of,
    profile,
    standing_of,
    voice_of,
)
from governance.web.views import (
    Choice,
    Document,
    Fact,
    Filled,
    Glance,
    Mark,
    Person,
    Position,
    Tone,
    Voice,
    Words,
)


def brief(
    opened: Opened,
    action: str,
    filled: Filled,
    since: DateTime | None = None,
    seen: int | None = None,
) -> DecisionBrief:
    """Everything that somebody needs before they answer, in reading order.

    `since` is when they last looked, `seen` the version whose answer was not taken.
    """
    reading, consultation = opened.reading, opened.consultation
    narrow = consultation.level == Level.LINK  # who came by link sees this one question
    shown = shown_to(opened)
    earlier = [] if narrow else _earlier(opened)
    verdicts = verdicts_on(reading, opened.case, shown) if opened.case else NONE
    others, others_note = others_in(opened)
    return DecisionBrief(
        action=action,
        question=reading.text(consultation.question),
        about=about_of(reading, consultation),
        asked_by=asker_of(reading.session, consultation),
        capacity=capacity_of(reading, opened.mine.invitation.capacity),
        rule=KINDS.get(consultation.rule["kind"]) or consultation.rule["kind"],
        article=consultation.rule["article"],
        clock=clock_of(reading, consultation, opened.mine.invitation),
        positions=positions_of(reading, consultation),
        version=str(consultation.content_version),
        version_note=say(
            "Version {version} of the papers, as they stood on {day}.",
            version=consultation.content_version,
            day=reading.day_of(consultation.opened_at),
        ),
        glance=() if narrow else _glance(opened, shown, earlier, verdicts),
        changes=_changes(opened),
        choose=_choose(consultation),
        ordered=_is_ordered(opened),
        choices=_choices(opened, shown, verdicts, filled),
        balance=None if narrow else verdicts.balance,
        texts=texts_of(opened),
        voices=tuple(earlier),
        voices_note=_spoken(earlier) if earlier else "",
        documents=_documents(reading, consultation),
        standing=standing_of(opened),
        since=news(opened, since) if seen is None else differences(opened, seen),
        since_when=reading.moment(since) if since is not None and seen is None else None,
        marked=marked_between(opened, seen, since),
        others=others,
        others_note=others_note,
        told=information_of(opened),
        seconds=seconds_of(opened, action),
        draft=draft_for(opened, action),
        secrecy=secrecy_of(consultation),
        calendar=f"{action}/deadline.ics" if opened.mine.invitation.due_at else "",
        after=_afterwards(opened),
        sheet=sheet_of(opened, {each.candidacy.id: each.person.name for each in shown}),
        passages=passages_of(opened),
        no_reason=consultation.secrecy == FOR_EVER,
        filled=filled,
    )


def _afterwards(opened: Opened) -> Words:
    """Whether the answer may be taken back, said before it is given; and the one that stands."""
    consultation, given = opened.consultation, opened.mine.answer
    if opened.has_answered and given is not None and given.position:
        return say(
            "Your answer stands: {answer}, of {day}. You can change it until the question closes.",
            answer=position_of(opened.reading, consultation, given.position),
            day=opened.reading.day_of(given.at),
        )
    if consultation.secrecy == FOR_EVER:
        return say("A ballot paper that is cast cannot be taken back.")
    if consultation.undo_minutes:
        minutes = consultation.undo_minutes
        return say("You can take your answer back for {minutes} min.", minutes=minutes)
    if consultation.rule.get("may_change"):
        return say("You can change your answer until the question closes.")
    return say("Your answer stands as soon as it is given.")


def _documents(reading: Reading, consultation: Consultation) -> tuple[Document, ...]:
    """The papers that whoever put the question has laid beside it."""
    return tuple(
        Document(reading.text(each["title"]), each["href"], each.get("form", ""))
        for each in consultation.content.get("documents", ())
    )


def positions_of(reading: Reading, consultation: Consultation) -> tuple[Position, ...]:
    """The answers, as the law lists them; the first that blocks nothing is the page's main one."""
    rule = consultation.rule["positions"]
    first = next((each for each in rule if not each.get("blocking")), rule[0])
    return tuple(
        Position(
            value=each["key"],
            verb=position_of(reading, consultation, each["key"]),
            primary=each is first,
            danger=bool(each.get("blocking")),
            needs_reason=bool(each.get("needs_text")),
        )
        for each in rule
    )


def shown_to(opened: Opened) -> list[Candidate]:
    """The candidates that the question shows: those who may be chosen, or whom it is about."""
    content = opened.consultation.content
    wanted = set(content.get("candidates", ())) or {content.get("about")}
    if opened.case is None:
        return []
    everybody = candidates_of(opened.reading.session, opened.case.id)
    found = [each for each in everybody if each.candidacy.id in wanted]
    if codes := content.get("codes"):
        return veiled(found, codes)
    return sorted(found, key=lambda each: (each.person.family_name, each.candidacy.id))


def _earlier(opened: Opened) -> list[Voice]:
    """What was said on earlier questions of the case, the newest question first."""
    here = opened.consultation
    root = root_of(opened.reading.session, here)
    others = [
        each
        for each in of_owner(opened.reading.session, (root.owner_kind, root.owner_id))
        if each.consultation.id != here.id
        and each.consultation.level != "link"
        and not each.consultation.tellers  # they counted, and had no view of their own
        and each.consultation.opened_at <= here.opened_at
    ]
    return [
        replace(
            voice_of(opened.reading, each.consultation, asked),
            question=opened.reading.text(each.consultation.question),
        )
        for each in reversed(others)
        for asked in each.asked
    ]


def _spoken(earlier: list[Voice]) -> Words:
    answered = sum(voice.position.tone != "none" for voice in earlier)
    return say("{done} of {all} asked before you have answered", done=answered, all=len(earlier))


def _choose(consultation: Consultation) -> Literal["none", "one", "many"]:
    positions = consultation.rule["positions"]
    most = max((each.get("choose_at_most", 0) for each in positions), default=0)
    if consultation.form == SCORES:
        most = 0
    return "none" if not most else "one" if most == 1 else "many"


def _is_ordered(opened: Opened) -> bool:
    """Whether the first who is named is chosen, and the next only where that one declines."""
    if opened.case is None or _choose(opened.consultation) != "many":
        return False
    procedure = opened.reading.rulebook.procedure(opened.case.procedure)
    stages = [each for each in procedure.stages if isinstance(each, Consult)] if procedure else []
    here = next((each for each in stages if each.key == opened.consultation.step_key), None)
    among = {each.choose.among for each in here.rule.positions if each.choose} if here else set()
    return "shortlisted" in among and any(each.endorsed for each in stages)


def _choices(
    opened: Opened, shown: list[Candidate], verdicts: Verdicts, filled: Filled
) -> tuple[Choice, ...]:
    """The candidates as whoever is asked may see them; who stands in a body's election, by name."""
    names = opened.consultation.content.get("candidates", ()) if opened.case is None else ()
    if names:
        ticked = filled.values.get("chosen", "").splitlines()
        return tuple(
            Choice(value=each, person=Person(each, ""), facts=(), chosen=each in ticked)
            for each in names
        )
    if opened.consultation.level == Level.LINK:
        return tuple(_named_only(opened.reading, each) for each in shown)
    return tuple(_choice(opened.reading, each, verdicts.marks, filled) for each in shown)


def _named_only(reading: Reading, each: Candidate) -> Choice:
    """Who a question from outside is about: by name and country, with nothing that was found."""
    country = reading.country(each.person.nationality)
    return Choice(value=each.candidacy.id, person=Person(each.person.name, country), facts=())


def texts_of(opened: Opened) -> tuple[Fact, ...]:
    """The texts that a question of vetting rests on; sealed ones are opened for who is asked."""
    reading = opened.reading
    casting = casting_of(reading.session, opened.consultation)
    return (*casting, *_texts(opened), *_paragraphs(opened))


def _paragraphs(opened: Opened) -> tuple[Fact, ...]:
    """The text of a question to which no changes are proposed, as it stands now."""
    if opened.consultation.form == AMENDMENTS:
        return ()
    found = paragraphs_of(opened.consultation.content)
    return tuple(Fact(say("Paragraph {n}", n=n), each.text) for n, each in enumerate(found, 1))


def _texts(opened: Opened) -> tuple[Fact, ...]:
    reading = opened.reading
    return tuple(
        Fact(reading.text(each["title"]), words)
        for each in opened.consultation.content.get("texts", ())
        for words in (
            reading.opened(each["sealed"]) if each.get("sealed") else reading.text(each["words"]),
        )
        if words
    )


def _choice(
    reading: Reading, each: Candidate, balance: Mapping[str, Mark], filled: Filled
) -> Choice:
    candidacy = each.candidacy
    vetting = vetting_mark(each)
    vetted = Mark(vetting.tone, say("vetting: {state}", state=vetting.words))
    found = (eligibility_mark(each), vetted, balance.get(candidacy.id))
    note = say(
        "{country} · {state}",
        country=reading.country(each.person.nationality),
        state=marks.CANDIDACIES[candidacy.state].words,
    )
    return Choice(
        value=candidacy.id,
        person=Person(each.person.name, note),
        facts=profile(reading, candidacy.facts),
        marks=tuple(mark for mark in found if mark is not None),
        chosen=candidacy.id in filled.values.get("chosen", "").split(),
    )


def _glance(
    opened: Opened, shown: list[Candidate], earlier: list[Voice], verdicts: Verdicts
) -> tuple[Glance, ...]:
    """One line for each section below that has something to say."""
    lines = []
    if shown:
        lines.append(_vetted(shown))
    if verdicts.glance is not None:
        tone, words = verdicts.glance
        lines.append(Glance(tone, say("Regional balance"), words, "balance"))
    funded = opened.case.needs.get("funding_confirmed") if opened.case else None
    if funded is not None:
        note = funded.get("note") or say("funding is confirmed")
        lines.append(Glance("ok", say("Budget"), note, "changes"))
    if earlier:
        tones = {voice.position.tone for voice in earlier}
        doubt: Tone = "warn" if tones & {"bad", "none"} else "ok"
        lines.append(Glance(doubt, say("Views"), _spoken(earlier), "voices"))
    return tuple(lines)


def _vetted(shown: list[Candidate]) -> Glance:
    states = [check.state for each in shown for check in each.checks]
    closed = sum(state in marks.CLOSED for state in states)
    words = say(
        "{people} shown, {done} of {all} checks closed",
        people=len(shown),
        done=closed,
        all=len(states),
    )
    tone: Tone = "ok" if states and states.count("satisfactory") == len(states) else "warn"
    return Glance(tone, say("Candidates"), words, "chosen")


def _changes(opened: Opened) -> tuple[Words, ...]:
    """Where each answer leads, as the law of the case says."""
    if opened.case is None:
        return ()
    procedure, _ = opened.law
    stages = {each.key: each for each in procedure.stages}
    stage = stages.get(opened.consultation.step_key)
    if not isinstance(stage, Consult):
        return ()
    results = results_of(opened.consultation)
    ways = {each.key: stage.next_for(results.get(each.key, each.key))
            for each in stage.rule.positions}  # fmt: skip
    return tuple(
        _leads(opened, key, opened.reading.text(stages[target].title), stages[target].verb)
        for key, target in ways.items()
        if target is not None
    )


def _leads(opened: Opened, key: str, stage: str, verb: str) -> Words:
    answer = position_of(opened.reading, opened.consultation, key)
    if verb == "finish":
        return say("“{answer}” ends the case: {stage}", answer=answer, stage=stage)
    return say("“{answer}” leads to: {stage}", answer=answer, stage=stage)
