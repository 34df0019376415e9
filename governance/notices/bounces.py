"""A mail that came back: which notice it was, and why, as a delivery status tells it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default

from governance.refusals import Reason, refuse

STAMP = re.compile(r"<([0-9a-f]{40})@[^>]+>")
STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
PERMANENT = "5"


@dataclass(frozen=True)
class CameBack:
    """Which notice came back (the stamp in its Message-ID), the status, and whether for good."""

    stamp: str
    status: str
    for_good: bool


def read_bounce(content: bytes) -> CameBack:
    """What a delivery status notification says (RFC 3464). Raises Refused where it is none.

    The words of the server are left out: they may name the person.
    """
    message = message_from_bytes(content, policy=default)
    stamp = next(_stamps(message), None)
    status = next(_statuses(message), "")
    if stamp is None:
        raise refuse(
            "this is no message about a notice of ours that came back",
            rule="bounce_is_understood",
            cure="Give the whole message, with the part that holds the original headers.",
            reason=Reason.INPUT,
        )
    return CameBack(stamp, status or "unknown", not status or status.startswith(PERMANENT))


def _stamps(message: EmailMessage | Message) -> Iterator[str]:
    """Message-IDs in what is returned, in its headers, or in the references of the bounce."""
    for part in message.walk():
        if part is message:
            continue
        for name in ("message-id", "original-message-id"):
            if found := STAMP.search(str(part.get(name, ""))):
                yield found[1]
        if part.get_content_type() == "text/rfc822-headers" and (
            found := STAMP.search(str(part.get_payload()))
        ):
            yield found[1]
    for name in ("in-reply-to", "references"):
        if found := STAMP.search(str(message.get(name, ""))):
            yield found[1]


def _statuses(message: EmailMessage | Message) -> Iterator[str]:
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in part.iter_parts() if isinstance(part, EmailMessage) else ():
                if found := STATUS.search(str(block.get("status", ""))):
                    yield found[0]
            if found := STATUS.search(str(part)):
                yield found[0]
