"""Who does what next, as a pure function of how the case stands. Nothing is remembered.

Whoever asks is the HR officer, who sees all of the case. Because only the case is looked at, an act
that was done before its answer was lost is not done twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flows.rehearsal.invented import Cast, Invented
from flows.rehearsal.panel import Panel

Told = Mapping[str, Any]

ADVERSE = frozenset({"fail", "undetermined"})
OPEN = frozenset({"ordered", "received"})
REFERENCES = "references"
SAID = "Written for a rehearsal. Everybody named here is invented."
COUNTED = (99, 58, 12, 2)  # papers for, against, abstaining, invalid
NEEDED = "There, as the rehearsal has it."


@dataclass(frozen=True)
class Act:
    """One thing that somebody does: where, and what they send."""

    who: Invented
    path: str
    given: dict[str, Any] | bytes


@dataclass(frozen=True)
class Reply:
    """Somebody is asked something, and will answer: by a link where the question allows it."""

    who: Invented
    consultation: str
    by_link: bool
    scores: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Play:
    """The people, what the first stage needs, and the sample of candidates to import."""

    cast: Cast
    needs: tuple[str, ...]
    sample: Path
    panel: Panel | None = None

    def launch(self, procedure: str, post: str) -> Act:
        """How the case begins."""
        confirmed = dict.fromkeys(self.needs, NEEDED)
        given = {"procedure": procedure, "post": post, "confirmed": confirmed}
        return Act(self.cast.officer(), "/appointments", given)

    def next(self, case: Told, *, is_calm: bool) -> Act | Reply | None:
        """The next thing that somebody can do; None where it is time's turn.

        `is_calm` says that nothing is due: some acts make sense only once the case has gone on.
        """
        return (
            self._reply(case)
            or (self._panels_turn(case) if is_calm else None)
            or self._officers_turn(case, is_calm=is_calm)
        )

    def _reply(self, case: Told) -> Reply | None:
        for question in case["consultations"]:
            if question["state"] == "open":
                for asked in _willing(question):
                    by_link = question["level"] == "link"
                    scores = self._scores(case, question)
                    return Reply(self.cast.named(asked["name"]), question["id"], by_link, scores)
        return None

    def _scores(self, case: Told, question: Told) -> dict[str, dict[str, str]]:
        if self.panel is None or question["step"] != self.panel.stage:
            return {}
        return self.panel.scores(case, question)

    def _panels_turn(self, case: Told) -> Act | None:
        found = self.panel.turn(self.cast.officer(), case) if self.panel else None
        if found is None:
            return None
        who, path, given = found
        return Act(who, f"/appointments/{case['reference']}/{path}", given)

    def _officers_turn(self, case: Told, *, is_calm: bool) -> Act | None:
        verb = next(each["verb"] for each in case["stages"] if each["key"] == case["stage"])
        if verb not in TURNS or (verb in ONLY_WHEN_CALM and not is_calm):
            return None
        found = TURNS[verb](self, case)
        if found is None:
            return None
        path, given = found
        return Act(self.cast.officer(), f"/appointments/{case['reference']}/{path}", given)

    def referee(self) -> Invented:
        """Whoever is asked from outside."""
        return self.cast.by_capacity["referee"]


Doing = tuple[str, dict[str, Any] | bytes] | None


def answer_to(question: Told) -> dict[str, Any]:
    """The first position, with as many of the first candidates by name as it may choose."""
    position = question["positions"][0]
    chosen = [each["candidacy"] for each in question["candidates"]][: position["choose_at_most"]]
    return {
        "position": position["key"],
        "chosen": chosen,
        "text": SAID if position["needs_text"] else "",
        "seen_version": question["content_version"],
    }


def count_of(question: Told) -> dict[str, Any]:
    """What a teller enters: each has counted the same, most papers for the first position."""
    keys = [each["key"] for each in question["positions"]]
    return {"positions": dict(zip(keys, COUNTED, strict=False)), "candidates": {}}


def _willing(question: Told) -> Iterable[Told]:
    """Who will answer now. Where silence is consent, the first by name answers, the rest wait."""
    asked = sorted(question["asked"], key=lambda each: str(each["name"]))
    will = asked[:1] if question["kind"] == "no_objection" else asked
    return (each for each in will if each["handed_over_at"] and not each["answered"])


def _call(play: Play, case: Told) -> Doing:
    missing = sorted(set(play.needs) - set(case["needs"]))
    return (f"needs/{missing[0]}", {"note": NEEDED}) if missing else None


def _import(play: Play, case: Told) -> Doing:
    return None if case["candidates"] else ("candidates", play.sample.read_bytes())


def _confirm(_: Play, case: Told) -> Doing:
    waiting = [each for each in case["candidates"] if each["state"] == "nominated"]
    if not waiting or not all(each["findings"] for each in waiting):
        return None
    return "eligibility", {"reason": SAID}


def _vet(play: Play, case: Told) -> Doing:
    vetted = sorted(
        (each for each in case["candidates"] if each["state"] == "checks"),
        key=lambda each: str(each["name"]),
    )
    return _ask_referee(play, case, vetted) or _record(vetted)


def _ask_referee(play: Play, case: Told, vetted: list[Told]) -> Doing:
    """The first candidate's reference comes from outside; one is enough to see how."""
    if any(each["step"].startswith("reference:") for each in case["consultations"]):
        return None
    for candidate in vetted[:1]:
        if (REFERENCES, "ordered") in _checks(candidate):
            referee = play.referee()
            asked = {"name": referee.name, "email": referee.email, "language": referee.language}
            return f"candidates/{candidate['candidacy']}/referee", asked
    return None


def _record(vetted: list[Told]) -> Doing:
    """One kind of check at a time, for everybody of whom it is open."""
    kinds = sorted({kind for each in vetted for kind, state in _checks(each) if state in OPEN})
    for kind in kinds:
        pairs = [
            {"candidacy": each["candidacy"], "kind": kind}
            for each in vetted
            if any(found == kind and state in OPEN for found, state in _checks(each))
        ]
        return "checks", {"checks": pairs, "result": "satisfactory", "source": "Papers on file"}
    return None


def _checks(candidate: Told) -> set[tuple[str, str]]:
    return {(each["kind"], each["state"]) for each in candidate["checks"]}


def _justify(_: Play, case: Told) -> Doing:
    rounds = {each["key"]: each["rounds"] for each in case["stages"]}
    verdicts = case["verdicts"].get(f"{case['stage']}:{rounds[case['stage']]}", {})
    found = {each["outcome"] for findings in verdicts.values() for each in findings}
    return ("justification", {"text": SAID}) if found & ADVERSE else None


def _tick(_: Play, case: Told) -> Doing:
    left = [each["key"] for each in case["tasks"] if each["done_at"] is None]
    return (f"tasks/{left[0]}", {}) if left else None


ONLY_WHEN_CALM = frozenset({"prepare", "weigh"})
TURNS: Mapping[str, Callable[[Play, Told], Doing]] = {
    "prepare": _call,
    "collect": _import,
    "sift": _confirm,
    "check": _vet,
    "weigh": _justify,
    "plan": _tick,
}
