"""An organisation's own text beside the present one, with ordinary and with hostile facts."""

from __future__ import annotations

from html import escape
from pathlib import Path

from governance.documents.apart import Done, Task, rendered
from governance.refusals import Finding, Reason, Refused, Verdict, say

STYLE = (
    "body{font:16px/1.4 system-ui,sans-serif;margin:1rem;background:#eee}"
    "main{display:grid;grid-template-columns:1fr 1fr;gap:1rem}"
    "h2{font-size:1rem;margin:0 0 .4rem}iframe{width:100%;height:85vh;border:1px solid #999}"
)
TITLES = {"full": "ordinary facts", "hostile": "hostile facts"}


def side_by_side(kind: str, language: str, folder: Path) -> str:
    """A page with four sheets: present and own, plain and hostile. Refused with every fault."""
    sheets = []
    for facts, title in TITLES.items():
        for own in (None, folder):
            (done,) = rendered(own, [Task(kind, language, facts, "html")])
            name = "Present" if own is None else "Own"
            sheets.append((f"{name}, {title}", _page(done)))
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
