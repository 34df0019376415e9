"""Pages of documents as they were approved: a small picture of each, to see what a change moves.

`python tests/pictures.py` approves what is drawn now: look at what changed before it is committed.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from governance.documents.render import pictures
from governance.documents.samples import sample

FOLDER = Path(__file__).parent / "cases" / "pages"
PPI = 30
# Letters, a certificate, minutes, a ballot, an agenda: every part that is drawn, in all languages.
CHOSEN = ("adverse_finding", "ballot_paper", "consultation_certificate", "minutes", "secondment")
LANGUAGES = ("en", "fr", "es", "ar")


def drawn(kind: str, language: str) -> Image.Image:
    """The first page of a sample, small and grey."""
    first = pictures(kind, language, sample(kind, language), ppi=PPI)[0]
    return Image.open(io.BytesIO(first)).convert("L")


def approved(kind: str, language: str) -> Image.Image:
    """The page as somebody approved it."""
    return Image.open(FOLDER / f"{kind}-{language}.png").convert("L")


def approve() -> None:
    """What is drawn now is how it should be."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for kind in CHOSEN:
        for language in LANGUAGES:
            page = drawn(kind, language).quantize(8)
            page.save(FOLDER / f"{kind}-{language}.png", optimize=True)


if __name__ == "__main__":
    approve()
