"""Whether a file that somebody received is ours: asked of anybody, answered in sentences."""

from __future__ import annotations

from starlette.responses import Response

from governance.refusals import say
from governance.registry.verifying import Verdict, verify
from governance.web.desk import Desk
from governance.web.papers.views import VerifyPage
from governance.web.views import Fact, Mark


def ask_file(desk: Desk) -> Response:
    """The page that asks for a file."""
    return desk.page("verify", VerifyPage())


def look_at_file(desk: Desk) -> Response:
    """Whether a file is ours, in sentences; it is looked at and not kept."""
    content = desk.files.get("file", b"")
    if not content:
        faults = {"file": say("Choose the PDF file that you received.")}
        return desk.page("verify", VerifyPage(desk.filled(faults)), status=422)
    return desk.page("verify", _verdict(verify(desk.house, content)))


def _verdict(verdict: Verdict) -> VerifyPage:
    good = Mark("ok", say("This file is ours, whole and unaltered"))
    bad = Mark("bad", say("This file is not as we issued it"))
    in_force = verdict.facts.get("in_force", True)
    ended = Mark("warn", say("This file is ours, and no longer in force"))
    facts = [Fact(say("Fingerprint (SHA-256)"), str(verdict.facts["sha256"]))]
    if verdict.is_ours:
        seal = verdict.facts["seal"]
        facts = [
            Fact(say("Number"), str(verdict.facts["number"])),
            Fact(say("Sealed by"), str(seal["signer"])),
            *facts,
        ]
    state = (good if in_force else ended) if verdict.is_ours else bad
    return VerifyPage(state=state, sentences=verdict.sentences, facts=facts)
