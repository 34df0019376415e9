"""The mail of a notice: plain text that is complete by itself, the same as HTML, sober headers."""

from __future__ import annotations

from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from functools import lru_cache
from pathlib import Path

from governance.notices.letter import Letter, NotSent
from governance.notices.spelling import tame
from governance.notices.wording import wording_of
from governance.rulebook.linting.draft import ORGANISATION, read_files
from governance.rulebook.schema import Organisation
from governance.settings import Settings

LONGEST = 76  # of a line of quoted-printable (RFC 2045, 6.7) and of an encoded word (RFC 2047, 2)


class _Mail(EmailPolicy):
    """Python's own folding of a subject drops a space between two encoded words."""

    def fold(self, name: str, value: str) -> str:
        """One header as lines of text."""
        if name.lower() != "subject" or str(value).isascii():
            return str(super().fold(name, value))
        return self._words(name, str(value))

    def fold_binary(self, name: str, value: str) -> bytes:
        """One header as lines of bytes."""
        if name.lower() != "subject" or str(value).isascii():
            return super().fold_binary(name, value)
        return self._words(name, str(value)).encode("ascii")

    def _words(self, name: str, value: str) -> str:
        words = Header(value, "utf-8", maxlinelen=LONGEST, header_name=name)
        return f"{name}: {words.encode(linesep=self.linesep)}{self.linesep}"


POLICY = _Mail(linesep=SMTP.linesep, max_line_length=LONGEST)
# Readable on the way where most letters are ASCII; shorter where hardly any is.
_ENCODINGS = {"ar": "base64"}


def message_of(settings: Settings, letter: Letter) -> EmailMessage:
    """The mail of a letter. No header can be broken open by a name; a bad address is refused."""
    organisation = organisation_of(settings.rulebook_folder)
    wording = wording_of(letter, organisation, settings.templates)
    message = EmailMessage(policy=POLICY)
    message["Message-ID"] = letter.message_id
    message["Date"] = letter.at
    message["From"] = Address(organisation.short, addr_spec=settings.mail_from)
    message["To"] = _addressee(letter)
    message["Subject"] = wording.subject
    message["Auto-Submitted"] = "auto-generated"
    encoding = _ENCODINGS.get(wording.language, "quoted-printable")
    message.set_content(wording.text, cte=encoding)
    message.add_alternative(wording.html, subtype="html", cte=encoding)
    if invitation := letter.facts.get("calendar"):
        method = str(letter.facts.get("method", "PUBLISH"))
        message.add_alternative(str(invitation), subtype="calendar", cte="base64")
        message.get_payload()[-1].set_param("method", method)  # type: ignore[index,union-attr]
    message["Content-Language"] = wording.language  # last: set_content clears Content-* headers
    return message


@lru_cache(maxsize=4)
def organisation_of(folder: Path) -> Organisation:
    """Who sends, as the rulebook names it: read once for a process, since it does not change."""
    organisation = read_files([folder / ORGANISATION]).organisation
    if organisation is None:
        raise NotSent(
            "The organisation has no name to send mail under. Correct its organisation.yaml as "
            "`mandate rulebook check` says.",
            for_good=False,
        )
    return organisation


def _addressee(letter: Letter) -> Address:
    if not letter.to_address:
        raise _no_address()
    try:
        return Address(tame(letter.to_name), addr_spec=letter.to_address)
    except (MessageError, ValueError, IndexError) as error:
        raise _no_address() from error


def _no_address() -> NotSent:
    return NotSent(
        "The person has no mail address that can be written to. Correct it, then release the "
        "notice.",
        for_good=True,
    )
