"""Ask the process apart to render a document from texts that somebody else has written.

One child stays warm beside this process. It gets the templates once, then one order after the
other; whoever runs over the limits is ended, the next order finds a new one, and this process goes
on. What is rendered from our own texts alone never comes here.
"""

from __future__ import annotations

import atexit
import base64
import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any

from governance.documents.source import TEMPLATES, Templates
from governance.refusals import Finding, Reason, Refused, Sentence, Verdict, refuse

SECONDS = 30  # of work for one document
MEMORY = 3 * 2**30  # of addresses, which the typesetter reserves generously
_CHUNK = 2**16
_KEPT = 4  # sets of templates that a child remembers


def is_wanted(templates: Templates, kind: str, language: str) -> bool:
    """Whether a document depends on a text that is not ours, and this is not the process apart."""
    return not templates.is_apart and not templates.is_ours(kind, language)


def asked(what: str, templates: Templates, *, seconds: int = SECONDS, **given: Any) -> Any:
    """What the process apart makes of an order. Refused as it refuses, or where it ran over."""
    with _lock:
        answer = _warm().answer({"what": what, **given}, templates, seconds)
    if answer is None:
        raise refuse(
            "the organisation's own text took too long or too much memory",
            rule="own_text_is_tame",
            cure="Check the texts: mandate document lint.",
            reason=Reason.CONFLICT,
        )
    if "refused" in answer:
        raise Refused(findings_of(answer["refused"]), Reason(answer["reason"]))
    return answer["done"]


def plain_findings(findings: Any) -> list[dict[str, Any]]:
    """Findings as plain data, complete enough to be said in any language."""
    return [
        {
            **each.as_json(),
            "because": [each.because.pattern, _texts(each.because.facts)],
            "cure": [each.cure.pattern, _texts(each.cure.facts)],
        }
        for each in findings
    ]


def findings_of(told: Any) -> list[Finding]:
    """Findings from plain data."""
    return [
        Finding(
            each["rule"],
            each["article"],
            Verdict(each["outcome"]),
            Sentence(*each["because"]),
            Sentence(*each["cure"]),
            each["where"],
        )
        for each in told
    ]


def _texts(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {key: each if isinstance(each, int) else str(each) for key, each in facts.items()}


class _Child:
    """One process apart, and what it already has."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self._known: list[str] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "governance.documents.apart.serving", str(MEMORY)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=TEMPLATES.parent,
        )

    def answer(
        self, order: dict[str, Any], templates: Templates, seconds: int
    ) -> dict[str, Any] | None:
        """The answer to an order; nothing where the child had to be ended, or ended itself."""
        digest = templates.digest
        order |= {"templates": digest, "seconds": seconds}
        if digest not in self._known:
            files = {
                path: base64.b64encode(each).decode() for path, each in templates.files.items()
            }
            order["files"] = files
            self._known = [*self._known, digest][-_KEPT:]
        try:
            line = self._line(json.dumps(order, default=str).encode() + b"\n", seconds + 5)
        except OSError:
            line = b""
        if line:
            found: dict[str, Any] = json.loads(line)
            return found
        self.end()
        return None

    def _line(self, order: bytes, seconds: float) -> bytes:
        """One line for one line, or nothing once the time is over."""
        process = self._process
        assert process.stdin is not None  # noqa: S101 -- it was started with pipes
        assert process.stdout is not None  # noqa: S101 -- the same
        process.stdin.write(order)
        process.stdin.flush()
        until, told = time.monotonic() + seconds, bytearray()
        while (left := until - time.monotonic()) > 0:
            ready, _, _ = select.select([process.stdout], [], [], left)
            chunk = os.read(process.stdout.fileno(), _CHUNK) if ready else b""
            if not chunk:
                return b""
            told += chunk
            if told.endswith(b"\n"):
                return bytes(told)
        return b""

    def end(self) -> None:
        """No more orders: the process ends, at the latest because it is killed."""
        _children.clear()
        if self.pid != os.getpid():
            return  # the child of the process that this one was forked from
        self._process.kill()
        self._process.communicate()


_children: list[_Child] = []
_lock = threading.Lock()


def _warm() -> _Child:
    if not _children or _children[0].pid != os.getpid():
        _children[:] = [_Child()]
    return _children[0]


@atexit.register
def end() -> None:
    """End the process apart, if there is one; the next order starts another."""
    if _children:
        _children[0].end()
