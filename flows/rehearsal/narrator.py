"""What happens in a rehearsal, in words: told from the record, as it grows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pendulum
from pendulum import DateTime

from flows.rehearsal.hours import Hours
from flows.rehearsal.invented import CANDIDATE, Cast, Invented

Told = Mapping[str, Any]
Entry = Mapping[str, Any]

LETTERS = {"appointment": "letter of appointment", "regret": "letter of regret"}
LANGUAGES = {"ar": "Arabic", "en": "English", "es": "Spanish", "fr": "French"}
QUIET = frozenset({"case:notice_handed_over", "consultation:notice_handed_over"})


@dataclass(frozen=True)
class Line:
    """One thing that happened: when and where, who did it, in words."""

    when: str
    place: str
    who: str
    words: str

    def __str__(self) -> str:
        """As one line of plain text."""
        doer = f"{self.who} " if self.who else ""
        return f"{self.when} {self.place} — {doer}{self.words}"


@dataclass
class Narrator:
    """Tells each entry of the record once, the oldest first."""

    cast: Cast
    hours: Hours
    headquarters: str
    mails: int = 0
    _told: set[str] = field(default_factory=set)

    def lines(self, case: Told, record: Sequence[Entry]) -> list[Line]:
        """What has happened since the last time."""
        new = [each for each in record if each["hash"] not in self._told]
        self._told |= {each["hash"] for each in new}
        self.mails += sum(each["kind"] in QUIET for each in new)
        story = Story(case)
        by_time = sorted(new, key=lambda each: str(each["at"]))
        return [line for each in by_time for line in self._tell(story, each)]

    def _tell(self, story: Story, entry: Entry) -> list[Line]:
        kind = entry["kind"].removesuffix(":refused")
        if kind in QUIET:
            return []
        if kind != entry["kind"]:
            because = "; ".join(str(each.get("because", "")) for each in entry["rules"])
            words = [f"was refused: {because}"]
        else:
            words = TELLERS[kind](story, entry) if kind in TELLERS else [kind.replace("_", " ")]
        who = self._who(story, entry)
        instant = pendulum.instance(DateTime.fromisoformat(entry["at"]))
        station = who.station if who else self.headquarters
        return [
            Line(
                self.hours.local(instant, station).format("ddd D MMM YYYY HH:mm"),
                self.hours.place(station),
                f"{who.name} ({who.function})" if who else "",
                each,
            )
            for each in words
        ]

    def _who(self, story: Story, entry: Entry) -> Invented | None:
        if entry["actor"] is None:
            return None
        if entry["authority"] == CANDIDATE:
            return self.cast.named(story.asked(entry)[0]["name"])
        return self.cast.acting_as(entry["authority"])


@dataclass(frozen=True)
class Story:
    """The case, where the tellers look up what an entry names by its key only."""

    case: Told

    def question(self, entry: Entry) -> Told:
        """The question on whose chain an entry stands."""
        key = entry["chain"].partition(":")[2]
        return next((each for each in self.case["consultations"] if each["id"] == key), {})

    def asked(self, entry: Entry) -> Sequence[Told]:
        """Who was asked that question."""
        asked: Sequence[Told] = self.question(entry)["asked"]
        return asked

    def names(self, candidacies: Sequence[str]) -> str:
        """Candidates by name, in the order of the alphabet."""
        names = {each["candidacy"]: str(each["name"]) for each in self.case["candidates"]}
        return _and(sorted(names[key] for key in candidacies if key in names))

    def stage(self, key: str) -> str:
        """A stage as the procedure calls it."""
        titles = (each["title"]["en"] for each in self.case["stages"] if each["key"] == key)
        return next(titles, key)


def _launch(story: Story, _: Entry) -> list[str]:
    return [f"launches {story.case['reference']}: {story.case['post_title']['en']}"]


def _import(_: Story, entry: Entry) -> list[str]:
    return [f"imports {entry['facts']['rows']} candidates"]


def _eligibility(story: Story, entry: Entry) -> list[str]:
    admitted, excluded = entry["facts"]["admitted"], entry["facts"]["excluded"]
    told = [f"confirms that {len(admitted)} candidates are eligible, {len(excluded)} are not"]
    for candidacy, rules in excluded.items():
        broken = ", ".join(rule.replace("_", " ") for rule in rules)
        told.append(f"tells why {story.names([candidacy])} is not: {broken}")
    return told


def _checks(_: Story, entry: Entry) -> list[str]:
    facts = entry["facts"]
    kind, whose = facts["checks"][0][1], _candidates(len(facts["checks"]))
    told = [f"records the check “{kind}” of {whose}: {facts['result']}"]
    if facts["decided"]:
        told.append(f"has closed every check of {_candidates(len(facts['decided']))}")
    return told


def _answer(story: Story, entry: Entry) -> list[str]:
    question, facts = story.question(entry), entry["facts"]
    if "position" not in facts:
        return ["A member of the panel has scored; the scores are sealed until all are in"]
    titles = {each["key"]: each["title"]["en"] for each in question.get("positions", ())}
    said = f"answers “{titles.get(facts['position'], facts['position'])}”"
    return [f"{said}: {story.names(facts['chosen'])}" if facts["chosen"] else said]


def _time_passed(story: Story, entry: Entry) -> list[str]:
    question, facts = story.question(entry), entry["facts"]
    if "outcome" in facts:
        silent = [each["name"] for each in question["asked"] if not each["answered"]]
        consent = ", and so did not object" if question["kind"] == "no_objection" else ""
        kept = f"; {_and(silent)} kept silent{consent}" if silent else ""
        return [f"The time to answer is over{kept}"]
    return ["The time to answer is over; a reminder leaves"]


def _advance(story: Story, entry: Entry) -> list[str]:
    facts = entry["facts"]
    told = [words for key, tell in STEPS.items() if key in facts for words in tell(story, facts)]
    if "to" in facts:
        told.append(f"The case goes on: {story.stage(facts['stage'])} → {story.stage(facts['to'])}")
    return told


def _documents(_: Story, facts: Told) -> list[str]:
    languages = [LANGUAGES[each["language"]] for each in facts["documents"]]
    kind = LETTERS[facts["documents"][0]["kind"]]
    return [f"The {kind} is issued in {_and(languages)}"]


def _regrets(_: Story, facts: Told) -> list[str]:
    count = len(facts["regret_letters"])
    return [f"A letter of regret is issued to {_candidates(count)}"] if count else []


def _asked(_: Story, facts: Told) -> list[str]:
    count = len(facts["asked"])
    return [f"The question is put to {'one person' if count == 1 else f'{count} people'}"]


def _weighed(_: Story, facts: Told) -> list[str]:
    against = sum(verdict == "fail" for verdict in facts["weighed"].values())
    return [f"The balance is weighed: it speaks against {against} of {len(facts['weighed'])}"]


def _ended(story: Story, _: Told) -> list[str]:
    return [f"The case has ended: {story.case['state']}"]


def _candidates(count: int) -> str:
    return "one candidate" if count == 1 else f"{count} candidates"


def _and(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


STEPS: Mapping[str, Callable[[Story, Told], list[str]]] = {
    "weighed": _weighed,
    "asked": _asked,
    "documents": _documents,
    "regret_letters": _regrets,
    "ended": _ended,
}
TELLERS: Mapping[str, Callable[[Story, Entry], list[str]]] = {
    "case:launch": _launch,
    "case:confirm_need": lambda _, __: ["confirms that what the call needs is there"],
    "case:import_candidates": _import,
    "case:confirm_eligibility": _eligibility,
    "case:ask_referee": lambda story, entry: [
        f"asks a referee outside about {story.names([entry['facts']['candidacy']])}"
    ],
    "case:record_checks": _checks,
    "case:justify": lambda _, __: [
        "justifies in writing that the shortlist goes forward, although the balance is against it"
    ],
    "case:name_panel_member": lambda _, __: ["names a member of the panel"],
    "case:declare_ties": lambda _, __: ["A member of the panel declares that there are no ties"],
    "case:compose_panel": lambda _, __: ["composes the panel"],
    "case:recommend": lambda _, __: ["puts the panel's recommendation on the shortlist"],
    "case:complete_task": lambda _, entry: [f"ticks off “{entry['facts']['task']}”"],
    "case:advance": _advance,
    "consultation:answer": _answer,
    "consultation:deadline_passed": _time_passed,
}
