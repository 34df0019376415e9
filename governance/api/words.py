"""The kinds of words that requests and answers are made of."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from governance.acts import Receipt

# PostgreSQL keeps no NUL in a text.
NO_NUL = r"^[^\x00]*$"
ID = r"^[0-9a-f]{32}$"

Short = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)]
Long = Annotated[str, StringConstraints(max_length=10_000, pattern=NO_NUL)]
Key = Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z0-9][a-z0-9_-]*$")]
Id = Annotated[str, StringConstraints(pattern=ID)]
Texts = dict[str, str]
Instant = Annotated[str, Field(examples=["2026-11-23T08:00:00+00:00"])]
Day = Annotated[str, Field(examples=["2026-11-23"])]

Reference = Annotated[
    str,
    Path(
        max_length=40,
        pattern=r"^[A-Za-z0-9-]+$",
        description="The case's reference.",
        examples=["INT-2026-0001"],
    ),
]
KeyInPath = Annotated[str, Path(max_length=60, pattern=r"^[a-z0-9][a-z0-9_-]*$")]
IdInPath = Annotated[str, Path(pattern=ID, examples=["0123456789abcdef0123456789abcdef"])]


class Asked(BaseModel):
    """The base of requests: what is not known here is refused, not passed over."""

    model_config = ConfigDict(extra="forbid")


class Done(BaseModel):
    """The receipt of an act: its entry in the record proves it."""

    act: str = Field(description="The kind of the entry.", examples=["case:launch"])
    at: Instant
    entry: str = Field(description="The hash of the entry in the record.")
    facts: dict[str, Any] = Field(description="What the entry says; never personal text.")

    @classmethod
    def of(cls, receipt: Receipt | None) -> Done:
        """The receipt of an act by a person, which always writes."""
        assert receipt is not None  # noqa: S101 -- only the clock's acts may find nothing to do
        return cls(
            act=receipt.kind,
            at=receipt.at.isoformat(),
            entry=receipt.entry,
            facts=receipt.facts,
        )
