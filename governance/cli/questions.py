"""A question as the command line prints it: head, clock, roll, timeline, proposals, outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from governance.cli.saying import as_json, line, table, words

Plain = Mapping[str, Any]


def say_list(found: Sequence[Plain], *, in_json: bool) -> None:
    """Several questions, one a line."""
    if in_json:
        as_json(list(found))
        return
    if not found:
        line("There is no such question.")
        return
    rows = [
        (
            each["reference"],
            words(each["question"]),
            each["state"],
            each["result"] or (each["paused_since"] and "paused") or each["closes_at"] or "",
            each["id"],
        )
        for each in found
    ]
    table(("Reference", "Question", "State", "Result, or until", "Id"), rows)


def say_question(told: Plain, *, in_json: bool) -> None:
    """One question."""
    if in_json:
        as_json(dict(told))
        return
    line(f"{told['reference']}, round {told['round']}: {words(told['question'])}")
    line(f"State: {told['state']}. Kind: {told['kind']} ({told['article']}).")
    _secrecy(told["secrecy"])
    _clock(told["clock"])
    line()
    table(
        ("Asked", "As", "Until", "Answered", "Answer"),
        [
            (
                each["name"],
                each["seat"] or each["capacity"],
                each["last_day"],
                "yes" if each["answered"] else "recused" if each["recused"] else "not yet",
                each.get("position", ""),
            )
            for each in told["asked"]
        ],
    )
    _proposals(told["proposals"])
    _tellers(told["tellers"])
    _timeline(told["timeline"])
    _outcome(told["outcome"])


def say_difference(told: Plain, *, in_json: bool) -> None:
    """What changed, word by word: struck out in [-…-], new in {+…+}."""
    if in_json:
        as_json(dict(told))
        return
    line(f"From version {told['from']} to {told['to']}:")
    for each in told["differences"]:
        if "paragraphs" not in each:
            line(f"  {each['part']}: {each['before']} → {each['after']}")
            continue
        for paragraph in each["paragraphs"]:
            marked = "".join(_marked(run) for run in paragraph["runs"])
            line(f"  [{paragraph['anchor']}] {marked}")
    if not told["differences"]:
        line("  Nothing.")


def _marked(run: Plain) -> str:
    marks = {"gone": "[-{}-]", "new": "{{+{}+}}", "same": "{}"}
    return marks[run["kind"]].format(run["text"])


def _secrecy(told: Plain) -> None:
    if told["promised"] != "open":
        line(f"Secrecy: {told['promised'].replace('_', ' ')}. {told.get('honestly', '')}".rstrip())
    if told.get("warning"):
        line(f"Note: {told['warning']}.")


def _clock(clock: Plain) -> None:
    if clock["paused_since"]:
        until = f", until {clock['paused_until']} at the latest" if clock["paused_until"] else ""
        line(f"The clock stands still since {clock['paused_since']}{until}.")
        if clock["awaiting"]:
            line(f"Awaited: {clock['awaiting']}.")
    elif clock["settles_at"]:
        line(f"Settled; takes effect at {clock['settles_at']}, and may be taken back until then.")
    elif clock["closes_at"]:
        line(f"Closes at {clock['closes_at']} (exclusive).")


def _proposals(proposals: Sequence[Plain]) -> None:
    if proposals:
        line("\nProposals")
    for each in proposals:
        line(f"  {each['number']}. {each['by']}, at {each['anchor']}: {each['state']}")
        if each["old"]:
            line(f"     in place of: {each['old']}")
        if each["new"]:
            line(f"     write: {each['new']}")
        if each["reason"]:
            line(f"     because: {each['reason']}")


def _tellers(counts: Sequence[Plain]) -> None:
    if counts:
        line("\nTellers")
    for each in counts:
        line(
            f"  {each['teller']}: {each['count'] or ('entered' if each['entered'] else 'not yet')}"
        )
    if counts and all(each["count"] for each in counts):
        same = len({str(each["count"]) for each in counts}) == 1
        line("  The counts agree." if same else "  The counts differ: count again.")


def _timeline(events: Sequence[Plain]) -> None:
    line("\nTimeline")
    for each in events:
        why = f" ({each['reason']})" if each["reason"] else ""
        line(f"  {each['at']}  {each['what']}{why}")


def _outcome(outcome: Plain | None) -> None:
    if outcome is None:
        return
    line(f"\nOutcome: {outcome['result']}")
    for each in outcome["working"]:
        line(f"  {each}")
    for each in outcome.get("ranking", ()):
        place = each["place"] or "not passed"
        line(f"  {place}: {each['subject']}, {each['total']}")
