"""The mails that were caught, as their readers open them: a code, or a link."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from email.utils import parseaddr
from pathlib import Path

_CODE = re.compile(r"\b\d{8}\b")
_LINK = re.compile(r"/decide/([0-9a-f]{64})\b")


@dataclass(frozen=True)
class Mail:
    """One mail: to whom, under which Message-ID, and its text."""

    to: str
    message_id: str
    text: str
    came: int

    @property
    def is_code(self) -> bool:
        """Whether it brings a one-time code."""
        return "://" not in self.text and _CODE.search(self.text) is not None


class Letterbox:
    """The folder in which the demonstration's mail server keeps every mail."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "new"
        self._opened: dict[str, Mail] = {}

    def mails(self) -> list[Mail]:
        """Every mail so far, the oldest first; each is opened once."""
        if self._folder.is_dir():
            for path in self._folder.iterdir():
                if path.name not in self._opened:
                    self._opened[path.name] = _read(path)
        return sorted(self._opened.values(), key=lambda each: each.came)

    def code(self, message_id: str) -> str | None:
        """The one-time code in the mail of this Message-ID, once it has come."""
        texts = (each.text for each in self.mails() if each.message_id == message_id)
        found = next((_CODE.search(text) for text in texts), None)
        return found[0] if found else None

    def link(self, address: str) -> str | None:
        """The token of the newest link that was mailed to an address."""
        mine = (each.text for each in reversed(self.mails()) if each.to == address)
        found = next((match for text in mine if (match := _LINK.search(text))), None)
        return found[1] if found else None


def _read(path: Path) -> Mail:
    message = message_from_bytes(path.read_bytes(), policy=default)
    body = message.get_body(("plain",))
    return Mail(
        to=parseaddr(str(message["To"]))[1].lower(),
        message_id=str(message["Message-ID"]).strip(),
        text=str(body.get_content()) if body else "",
        came=path.stat().st_mtime_ns,
    )
