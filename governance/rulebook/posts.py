"""What a post is: its classified description, and the languages that it asks for."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from governance.rulebook.parts import Language, Part

Degree = Literal["A1", "A2", "B1", "B2", "C1", "C2"]


class Classification(Part):
    """The decision by which the post was classified at its grade."""

    reference: str = Field(min_length=1, max_length=80)
    on: date = Field(alias="date")


class LanguageNeed(Part):
    """A language that the post asks for, at which level, and whether without it nobody is taken."""

    language: Language
    level: Degree
    required: bool = True
