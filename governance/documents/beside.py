"""An organisation's own text beside the present one, with ordinary and with hostile facts."""

from __future__ import annotations

from html import escape
from pathlib import Path

from governance.documents.apart.trying import Done, Task, rendered
from governance.documents.source import TEMPLATES, read
from governance.refusals import Finding, Reason, Refused, Verdict, say

STYLE = (
    "body{font:16px/1.4 system-ui,sans-serif;margin:1rem;background:#eee}"
    "main{display:grid;grid-template-columns:1fr 1fr;gap:1rem}"
    "h2{font-size:1rem;margin:0 0 .4rem}iframe{width:100%;height:85vh;border:1px solid #999}"
)
TITLES = {"full": "ordinary facts", "hostile": "hostile facts"}


def side_by_side(kind: str, language: str, folder: Path, present: Path | None = None) -> str:
    """A page of sheets: present and own, plain and hostile. Refused with every fault.

    `present` is the folder whose texts hold now; without one, ours do. What is not there at
    present, such as a new kind, has no sheet.
    """
    before = [None] if present is None else [None, present]
    now = before[-1]
    templates = read(TEMPLATES, *filter(None, before))
    is_there = kind in templates.kinds and language in templates.languages(kind)
    tasks = [Task(kind, language, facts, "html") for facts in TITLES]
    texts = [("Present", now)] * is_there + [("Own", folder)]
    pages = {name: [_page(each) for each in rendered(folder_, tasks)] for name, folder_ in texts}
    sheets = [
        (f"{name}, {title}", pages[name][at])
        for at, title in enumerate(TITLES.values())
        for name in pages
    ]
    frames = "".join(
        f'<section><h2>{escape(name)}</h2><iframe sandbox title="{escape(name)}" '
        f'srcdoc="{escape(page)}"></iframe></section>'
        for name, page in sheets
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(kind)} '
        f"{escape(language)}</title><style>{STYLE}</style></head><body><main>{frames}</main></body>"
        "</html>\n"
    )


def _page(done: Done) -> str:
    if done.faults:
        raise Refused([_finding(each) for each in done.faults], Reason.INPUT)
    return done.page


def _finding(fault: dict[str, str]) -> Finding:
    because, cure = say("{said}", said=fault["because"]), say("{cure}", cure=fault["cure"])
    return Finding("own_documents", "", Verdict.FAIL, because, cure, fault["where"])
