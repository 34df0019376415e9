"""What rules of procedure say of seats and offices: terms, hold-over, how a vacancy is filled."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from governance.rulebook.parts import Part, Period
from governance.rulebook.proceedings.meetings import Whole

Begins = Literal["at_once", "next_day", "after_term"]
FilledBy = Literal["election", "appointment", "parent", "office"]


class MembersTerms(Part):
    """How long members serve, from when, and whether they stay until they are replaced."""

    length: Period
    begins: Begins = Field(
        "at_once",
        description="At once, on the next day, or when the term of the present holder is over.",
    )
    consecutive: Whole = Field(0, description="Terms in a row; 0: no limit.")
    holdover: bool = Field(False, description="They stay until replaced.")


class OfficersTerms(MembersTerms):
    """How long officers serve, how often in a row, and who acts for them."""

    succession: tuple[str, ...] = Field(
        ("vice_chair",), description="Who acts as chair where nobody is: offices in their order."
    )


class Vacancies(Part):
    """How a vacant seat is filled, within which time, and for how long."""

    filled_by: FilledBy
    post: str = Field("", max_length=60, description="The post that the appointment is to.")
    within: Period | None = None
    serves: Literal["full_term", "remainder"] = Field(
        "full_term", description="A whole term, or what is left of the one before."
    )

    @model_validator(mode="after")
    def _post_of_an_appointment(self) -> Vacancies:
        if self.post and self.filled_by != "appointment":
            raise ValueError("a post is named where an appointment fills the seat")
        return self
