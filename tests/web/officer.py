"""What tests of the HR officer's pages share: reading a page, finding the case, sending a file."""

from __future__ import annotations

import html
import re

from tests.acts.world import CANDIDATES, candidates_file
from tests.web.conftest import Site
from tests.web.guest import Guest, hidden_on

CSV = candidates_file(*CANDIDATES).content


def words(text: str) -> str:
    """The text of a page as it is read: no markup, one space between words."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def case_path(site: Site) -> str:
    """The page of the world's case."""
    return f"/appointments/{site.world.the_case().reference}"


def upload(guest: Guest, path: str, content: bytes) -> str:
    """Choose a file and read it; the page that comes back."""
    proof = hidden_on(guest.get(path).text, "csrf")
    files = {"file": ("candidates.csv", content, "text/csv")}
    return guest.post(path, data={"csrf": proof, "step": "read"}, files=files).text
