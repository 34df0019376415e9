"""From a folder of files to a rulebook in force, or a refusal with every fault in it."""

from __future__ import annotations

from pathlib import Path

from governance.refusals import Reason, Refused
from governance.rulebook.linting.check import faults_of
from governance.rulebook.linting.draft import read_folder
from governance.rulebook.predicates import SHIPPED, Vocabulary
from governance.rulebook.schema import Rulebook


def load(folder: Path, vocabulary: Vocabulary = SHIPPED) -> Rulebook:
    """The organisation's law. Refused, with all faults, where any is in the way."""
    draft = read_folder(folder)
    findings = [each for each in faults_of(draft, vocabulary) if each.blocks]
    procedures = [each.whole for each in draft.procedures if each.whole is not None]
    if findings or draft.organisation is None or draft.posts is None:
        raise Refused(findings, Reason.INPUT)
    return Rulebook(
        organisation=draft.organisation,
        posts=draft.posts.posts,
        procedures=tuple(sorted(procedures, key=lambda each: each.procedure)),
    )
