"""What the catalogues must hold: every message of the templates and of the web's own modules."""

from __future__ import annotations

from pathlib import Path

from babel.messages.extract import extract_from_dir

from governance.settings import ROOT

Message = str | tuple[str, str]

_KEYWORDS = {"_": None, "n_": (1, 2), "say": None, "_plural": (1, 2), "gettext": None}


def messages(root: Path = ROOT) -> list[Message]:
    """Every message once, in the order of the files; a pair where there is a plural."""
    found: dict[Message, None] = {}
    for folder, method in (("templates/web", "jinja2"), ("governance/web", "python")):
        pattern = "**.html" if method == "jinja2" else "**.py"
        for _, _, message, _, _ in extract_from_dir(
            root / folder, [(pattern, method)], keywords=_KEYWORDS
        ):
            found[message] = None
    return [message for message in found if message]
