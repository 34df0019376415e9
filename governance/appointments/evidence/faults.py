"""What is wrong with a file: the rule, why, and the cure."""

from __future__ import annotations

from governance.refusals import NOTHING_TO_SAY, Sentence, say

ANEW = say("Save it anew from the program that you wrote it with, or print it to a plain PDF.")


class Fault(Exception):
    """A file that cannot be taken."""

    def __init__(self, rule: str, because: Sentence, cure: Sentence = NOTHING_TO_SAY) -> None:
        self.rule, self.because, self.cure = rule, because, cure
        super().__init__(str(because))


def shown(name: str) -> str:
    """A name as a sentence can bear it: short, without what would turn it about."""
    plain = "".join(sign if sign.isprintable() else "\ufffd" for sign in name[:61])
    return plain if len(plain) <= 60 else f"{plain[:59]}…"  # noqa: PLR2004 -- most of a line
