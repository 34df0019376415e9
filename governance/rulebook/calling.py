"""What the law says of a call: how long, how few are too few, who approves, who nominates whom."""

from __future__ import annotations

from pydantic import Field

from governance.rulebook.parts import Article, Count, OfficeRef, Part, Period, Window


class AtLeast(Part):
    """How many are needed, and by how much the window is extended if they are not there."""

    candidacies: Count
    extend: Period
    times: Count = 1


class Approval(Part):
    """Whoever approves a call before it is published; it may be sent back."""

    by: OfficeRef
    within: Window
    article: Article | None = None


class Advertised(Part):
    """How long a call must be open at least, extensions not counted."""

    at_least: Period
    article: Article


class Nominations(Part):
    """What the call asks of members that nominate: how many each, and whom."""

    article: Article
    at_most: Count | None = Field(None, description="For each member; empty: no limit.")
    own_nationals: bool = Field(False, description="A member nominates its own nationals only.")
