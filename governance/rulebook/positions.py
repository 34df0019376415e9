"""Positions: the answers that a question offers, and what each is worth in a count."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, model_validator

from governance.rulebook.parts import Count, Key, Part, Text

Meaning = Literal["yes", "no", "abstain", "invalid", "recused", "view"]
# What a position is worth where the law does not say: by its key.
MEANINGS: dict[str, Meaning] = {
    **dict.fromkeys(
        ("yes", "for", "in_favour", "in_favor", "favour", "approve", "approved", "accept"), "yes"
    ),
    **dict.fromkeys(
        ("agree", "adopt", "support", "consent", "concur", "no_objection", "aye"), "yes"
    ),
    **dict.fromkeys(("vote", "elect", "sustain", "favourable", "favorable"), "yes"),
    **dict.fromkeys(
        ("no", "against", "reject", "oppose", "object", "objection", "disagree", "block"), "no"
    ),
    **dict.fromkeys(
        ("decline", "refuse", "veto", "nay", "discuss", "overturn", "unfavourable"), "no"
    ),
    **dict.fromkeys(
        ("abstain", "abstention", "abstaining", "abstained", "stand_aside", "neutral"), "abstain"
    ),
    **dict.fromkeys(("invalid", "blank", "spoiled", "spoilt", "void", "null_vote"), "invalid"),
    **dict.fromkeys(("recuse", "recused", "recusal"), "recused"),
}


# The words of the usual positions, so that a rule need not repeat them: en, fr, es, ar.
USUAL_TITLES: dict[str, dict[str, str]] = {
    key: dict(zip(("en", "fr", "es", "ar"), words, strict=True))
    for key, words in {
        "yes": ("Yes", "Oui", "Sí", "نعم"),
        "no": ("No", "Non", "No", "لا"),
        "for": ("In favour", "Pour", "A favor", "مؤيد"),
        "against": ("Against", "Contre", "En contra", "معارض"),
        "abstain": ("Abstain", "Abstention", "Abstención", "امتناع"),
        "invalid": ("Invalid", "Nul", "Nulo", "باطل"),
        "recuse": ("Recused", "Récusation", "Recusación", "تنحٍّ"),
        "approve": ("Approve", "Approuver", "Aprobar", "الموافقة"),
        "reject": ("Reject", "Rejeter", "Rechazar", "الرفض"),
        "agree": ("Agree", "D’accord", "De acuerdo", "موافق"),
        "no_objection": ("No objection", "Pas d’objection", "Sin objeciones", "لا اعتراض"),
        "object": ("Object", "Faire objection", "Objetar", "الاعتراض"),
        "favourable": ("Favourable", "Favorable", "Favorable", "مؤيد"),
        "unfavourable": ("Unfavourable", "Défavorable", "Desfavorable", "غير مؤيد"),
        "vote": ("Vote", "Voter", "Votar", "التصويت"),
    }.items()
}
STOPS = {"key": "object", "blocking": True, "needs_text": True}
USUAL_POSITIONS: dict[str, tuple[object, ...]] = {
    "single": ("approve", "reject"),
    "no_objection": ("no_objection", STOPS),
    "consensus": ("agree", STOPS, "abstain", "recuse"),
    "advice": ("favourable", "unfavourable", "abstain"),
    "ballot": ("vote", "abstain", "invalid", "recuse"),
    **dict.fromkeys(
        ("any_one", "unanimity", "majority", "organs"),
        ("yes", "no", "abstain", "invalid", "recuse"),
    ),
}


class Choose(Part):
    """How many are chosen with a position, and among whom."""

    at_least: Count = 1
    at_most: Count = 1
    among: Key = Field(description="A selection of the vocabulary, such as cleared.")

    @model_validator(mode="after")
    def _in_order(self) -> Choose:
        if self.at_least > self.at_most:
            raise ValueError("at_least is more than at_most")
        return self


class Position(Part):
    """One answer that may be given. A word alone is its key; a usual one brings its title."""

    key: Key
    title: Text
    blocking: bool = Field(False, description="One such answer stops the question.")
    needs_text: bool = Field(False, description="Not taken without a reason in writing.")
    counts: bool = Field(True, description="False: recorded, and not counted.")
    meaning: Meaning | None = Field(
        None, description="What it is worth in a count; empty: what its key says."
    )
    choose: Choose | None = None

    @property
    def worth(self) -> str:
        """yes, no, abstain, invalid, recused or view: as the law says, or as its key does."""
        return self.meaning or MEANINGS.get(self.key, "view")

    @model_validator(mode="before")
    @classmethod
    def _from_word(cls, value: object) -> object:
        given = {"key": value} if isinstance(value, str) else value
        if not isinstance(given, dict) or not isinstance(given.get("key"), str):
            return given
        key = re.sub(r"[\s-]+", "_", given["key"].strip().lower())
        title = USUAL_TITLES.get(key) or {"en": key.replace("_", " ").capitalize() or "-"}
        return {"title": title, **given, "key": key}
