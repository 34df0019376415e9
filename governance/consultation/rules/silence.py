"""Rules that count no votes: one who decides, silence, consensus, advice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pendulum import DateTime

from governance.consultation.rules.law import DecisionRule, Outcome, Voice
from governance.consultation.rules.majority import blocked, numbers_of, tally
from governance.consultation.rules.poll import Poll, is_over
from governance.consultation.rules.quorums import Quorate, quorate
from governance.refusals import Sentence, say
from governance.rulebook.decisions import CARRIED, INQUORATE, LOST
from governance.rulebook.parts import LATE


def one_decides(poll: Poll) -> Outcome:
    """Single approver, or a choice by one: the first answer is the outcome."""
    law, voices, now = poll.law, poll.voices, poll.now
    for voice in voices:
        if voice.position is not None and not voice.recused and voice.entitled:
            said = say('decided by one person: "{position}"', position=voice.position)
            return Outcome(voice.position, (said,), voice.chosen)
    return _late_or_open(law, voices, now)


def nobody_objects(poll: Poll) -> Outcome:
    """Silence procedure: one objection stops it; silence counts where the question arrived."""
    law, now = poll.law, poll.now
    voices = [each for each in poll.voices if each.entitled and not each.recused]
    objections = [voice for voice in voices if _blocks(law, voice)]
    if objections:
        said = say("{n} objection in writing", n=len(objections))
        return Outcome(LOST, (said,), numbers=numbers_of(poll))
    silent = [voice for voice in voices if voice.position is None]
    running = [
        each for each in silent if not each.reached or not (each.final or is_over(each, now))
    ]
    working: tuple[Sentence, ...] = (
        say("{n} people were asked", n=len(voices)),
        say("{n} answered without objection", n=len(voices) - len(silent)),
        say("{n} were silent until their deadline", n=len(silent) - len(running)),
        say("{n} may still answer", n=len(running)),
    )
    if running:
        unreached = sum(not each.reached for each in running)
        if unreached:
            told = say("not reached, so that silence is no consent: {n}", n=unreached)
            working = (*working, told)
        return Outcome(None, working, numbers=numbers_of(poll))
    summary = say(
        "of {n} asked, {spoke} answered without objection and {silent} kept silent to the end",
        n=len(voices),
        spoke=len(voices) - len(silent),
        silent=len(silent),
    )
    return Outcome(CARRIED, (*working, summary), numbers=numbers_of(poll))


def consensus(poll: Poll) -> Outcome:
    """Consensus: carried unless somebody present formally objects. Who is absent does not count."""
    found = quorate(poll)
    working = (*tally(poll), *found.told())
    numbers = {**numbers_of(poll), **found.as_plain()}
    result, said = _agreed(poll, found)
    return Outcome(result, (*working, say(said)), numbers=numbers)


def _agreed(poll: Poll, found: Quorate) -> tuple[str | None, str]:
    here = poll.sum(
        lambda voice, said: int(voice.entitled and _is_there(voice, poll, said)), by_name=True
    )
    objects, there = blocked(poll), here.is_more_than(0)
    if objects:
        result, said = LOST, say("somebody present formally objects: there is no consensus")
    elif objects is None or there is None or found.holds is None:
        said = say("not decided: answers are awaited that can change the outcome")
        return None, said.pattern
    elif not found.holds:
        result, said = INQUORATE, say("there is no quorum, and nothing is decided")
    elif not there:
        result, said = LOST, say("nobody was present, and nothing is agreed")
    else:
        result, said = CARRIED, say("nobody present formally objects: it is agreed")
    return result, said.pattern


def _is_there(voice: Voice, poll: Poll, said: object) -> bool:
    """Present by the roll; where none was taken, who answers, or was silent to the end."""
    if voice.present is not None:
        return voice.present
    return said is not None or (voice.reached and (voice.final or is_over(voice, poll.now)))


def views_are_taken(poll: Poll) -> Outcome:
    """Advice: views are recorded, nothing is bound; done when all spoke or time is over."""
    voices, now = poll.voices, poll.now
    running = [
        voice
        for voice in voices
        if voice.position is None
        and voice.entitled
        and not (voice.recused or voice.final or is_over(voice, now))
    ]
    spoke = sum(voice.position is not None for voice in voices)
    working = [say("{n} of {all} gave a view", n=spoke, all=len(voices))]
    if poll.law.on_late == "tacit" and not running:
        working += _kept_silent([voice for voice in voices if voice.position is None])
    return Outcome(None if running else CARRIED, tuple(working), numbers=numbers_of(poll))


def _kept_silent(silent: Sequence[Voice]) -> Iterator[Sentence]:
    reached = sum(voice.reached for voice in silent)
    yield say("{n} were silent until their deadline", n=reached)
    if reached < len(silent):
        yield say("not reached, so that silence is no consent: {n}", n=len(silent) - reached)


def _late_or_open(law: DecisionRule, voices: Sequence[Voice], now: DateTime) -> Outcome:
    asked = [each for each in voices if each.entitled and not each.recused]
    over = all(each.final or is_over(each, now) for each in asked)
    if over and law.on_late == "fail":
        return Outcome(LATE, (say("the deadline passed without an answer"),))
    return Outcome(None, (say("no answer yet"),))


def _blocks(law: DecisionRule, voice: Voice) -> bool:
    if voice.position is None:
        return False
    position = law.positions.get(voice.position)
    return position is not None and position.blocking
