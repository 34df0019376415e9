"""The process apart: reads an order a line, renders it within limits, answers with a line."""

from __future__ import annotations

import base64
import json
import resource
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from governance.documents import render, returned
from governance.documents.apart.workshop import plain_findings
from governance.documents.source import Templates
from governance.refusals import Refused, refuse

_KEPT = 4
_kept: dict[str, Templates] = {}


def main() -> None:
    """Orders until there are no more."""
    memory = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    for line in sys.stdin.buffer:
        order = json.loads(line)
        _allow(order["seconds"])
        sys.stdout.write(json.dumps(_answer(order)) + "\n")
        sys.stdout.flush()


def _allow(seconds: int) -> None:
    """So much more of the processor's time, and then the end."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds + 1, resource.RLIM_INFINITY))


def _answer(order: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"done": _MAKES[order["what"]](order, _templates(order))}
    except Refused as refused:
        return _refused(refused)
    except Exception as error:  # noqa: BLE001 -- this process serves on, whatever a text does
        problem = type(error).__name__
        return _refused(
            refuse(
                "the organisation's own text cannot be rendered ({problem})",
                rule="own_text_is_tame",
                cure="Check the texts: mandate document lint.",
                problem=problem,
            )
        )


def _refused(refused: Refused) -> dict[str, Any]:
    return {"refused": plain_findings(refused.findings), "reason": str(refused.reason)}


def _templates(order: dict[str, Any]) -> Templates:
    digest = order["templates"]
    if "files" in order:
        files = {path: base64.b64decode(each) for path, each in order["files"].items()}
        _kept[digest] = Templates(files, is_apart=True)
        for oldest in list(_kept)[:-_KEPT]:
            del _kept[oldest]
    return _kept[digest]


def _record(order: dict[str, Any], templates: Templates) -> dict[str, Any]:
    made = render.record(
        order["kind"],
        order["language"],
        order["facts"],
        date.fromisoformat(order["day"]),
        salt=bytes.fromhex(order["salt"]) if order["salt"] else None,
        templates=templates,
        words_back=_words(order),
    )
    plain = asdict(made)
    return {
        **plain,
        "pdf": base64.b64encode(made.pdf).decode(),
        "notes": plain_findings(made.notes),
    }


def _preview(order: dict[str, Any], templates: Templates) -> str:
    given = (order["kind"], order["language"], order["facts"], templates)
    return render.preview(*given, words_back=_words(order))


def _text(order: dict[str, Any], templates: Templates) -> str:
    return render.plain_text(order["kind"], order["language"], order["facts"], templates)


def _editable(order: dict[str, Any], templates: Templates) -> str:
    given = (order["kind"], order["language"], order["facts"], templates)
    return base64.b64encode(render.editable(*given, words_back=_words(order))).decode()


def _words(order: dict[str, Any]) -> list[returned.Block] | None:
    back = order["words_back"]
    return returned.from_plain(back) if back is not None else None


def _blocks(order: dict[str, Any], templates: Templates) -> list[dict[str, Any]]:
    found = render.blocks(order["kind"], order["language"], order["facts"], templates)
    return returned.as_plain(found)


_MAKES: Mapping[str, Callable[[dict[str, Any], Templates], Any]] = {
    "blocks": _blocks,
    "editable": _editable,
    "preview": _preview,
    "record": _record,
    "text": _text,
}


if __name__ == "__main__":
    main()
