"""What a browser makes of the form of a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from governance.web.papers.form import Entry


def each_of(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Every field of a form, in groups and rows as well."""
    for entry in entries:
        yield entry
        yield from each_of(entry.entries)
        for row in entry.rows:
            yield from each_of(row)


def posted(entries: Sequence[Entry]) -> dict[str, str]:
    """What a browser sends of a form that nobody has touched."""
    return {
        entry.name: entry.value or (entry.options[0][0] if entry.options and entry.required else "")
        for entry in each_of(entries)
        if entry.type != "group"
    }
