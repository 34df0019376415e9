"""The rehearsal on a terminal: lines that pass, and a bar that says how far the case is."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from flows.rehearsal.facts import Summary
from flows.rehearsal.narrator import Line


class Screen:
    """Plain lines, or colours and a bar; with `in_json` all of it on the error stream."""

    def __init__(self, *, plain: bool, in_json: bool) -> None:
        self._in_json = in_json
        stream = sys.stderr if in_json else sys.stdout
        # Without colours nothing is counted on the terminal: a line is as long as it is.
        self._console = Console(file=stream, no_color=plain, highlight=False, soft_wrap=True)
        moving = self._console.is_terminal and not plain
        columns = (
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        self._bar = Progress(*columns, console=self._console) if moving else None
        self._task = self._bar.add_task("Starting", total=None) if self._bar else None

    def __enter__(self) -> Self:
        """Begin to show."""
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the terminal as it was."""
        if self._bar:
            self._bar.stop()

    def say(self, words: str) -> None:
        """A sentence about the rehearsal itself."""
        self._print(words, "dim")

    def tell(self, lines: Iterable[Line]) -> None:
        """What has happened in the case."""
        for line in lines:
            who = f"[bold]{escape(line.who)}[/] " if line.who else ""
            head = f"[cyan]{line.when}[/] [dim]{escape(line.place)}[/] — "
            self._console.print(head + who + escape(line.words), emoji=False)

    def stage(self, title: str, passed: int, of: int) -> None:
        """How far the case is."""
        if self._bar and self._task is not None:
            self._bar.update(self._task, description=title, completed=passed, total=of)

    def end(self, summary: Summary, *, seconds: float, kept: Path | None) -> None:
        """What it came to; as JSON on the standard stream where that is wanted."""
        if self._in_json:
            home = {"home": str(kept)} if kept else {}
            print(json.dumps(summary.as_json() | home, ensure_ascii=False))  # noqa: T201 -- asked for
            return
        self._print("", "")
        for each in told(summary, seconds=seconds):
            self._print(each, "bold" if each.startswith(summary.reference) else "")
        if kept:
            self._print(f"Everything is kept in {kept}.", "")
            self._print(f"Look at it with: MANDATE_HOME={kept} mandate run", "")
        else:
            self._print("Nothing was kept; with --keep the case can be looked at afterwards.", "")

    def _print(self, words: str, style: str) -> None:
        self._console.print(words, style=style or None, markup=False, emoji=False)


def told(summary: Summary, *, seconds: float) -> list[str]:
    """A summary in sentences."""
    letters = ", ".join(f"{count} {kind}" for kind, count in summary.letters.items())
    mails = f"{summary.mails} mails left"
    if summary.twice:
        mails += f", {summary.twice} of them a second time under the same Message-ID"
    lost = f", {len(summary.lost)} were lost" if summary.lost else ", none was lost"
    record = "every entry holds" if summary.verified else "IT DOES NOT HOLD"
    took = f"{summary.days} days after its launch ({seconds:.0f} seconds here)"
    acts = f"{sum(summary.acts.values())} acts are on the record, {summary.entries} entries in all"
    return [
        f"{summary.reference} ended as {summary.state}, {took}.",
        f"Chosen: {summary.chosen or 'nobody'}.",
        f"{sum(summary.letters.values())} letters were issued: {letters}.",
        f"{mails}{lost}.",
        f"{acts}; {record}.",
    ]
