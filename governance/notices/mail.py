"""Hand a mail to the server, and tell a refusal for good from trouble that passes."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage

from governance.notices.letter import NotSent
from governance.settings import Settings

SECONDS = 10
PERMANENT = 500
_ENHANCED = re.compile(rb"\b[245]\.\d{1,3}\.\d{1,3}\b")


def hand_over(settings: Settings, message: EmailMessage, address: str) -> None:
    """Give the mail to the server, for this address only. Raises NotSent with the reason.

    Only what the server says of the address or of the mail itself can be for good; a server that
    is away, or that we may not use, is the same trouble for every letter and may be cured.
    """
    with _server(settings) as server:
        try:
            server.send_message(message, settings.mail_from, [address])
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            raise _refused("address", code, words) from error
        except smtplib.SMTPDataError as error:
            raise _refused("mail", error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise NotSent(
                "The mail server takes no address with letters outside ASCII. Register another "
                "address for the person.",
                for_good=True,
            ) from error
        except (smtplib.SMTPException, OSError) as error:
            raise _away(settings, error) from error


@contextmanager
def _server(settings: Settings) -> Iterator[smtplib.SMTP]:
    """A connection, protected and signed in as the settings say; its end is never a failure."""
    try:
        server = _connected(settings)
    except (smtplib.SMTPException, OSError) as error:
        raise _away(settings, error) from error
    try:
        yield server
        with suppress(smtplib.SMTPException, OSError):  # the mail was taken: it must not go twice
            server.quit()
    finally:
        server.close()


def _connected(settings: Settings) -> smtplib.SMTP:
    host, port, me = settings.smtp_host, settings.smtp_port, socket.gethostname()
    if settings.smtp_security == "tls":
        context = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, me, timeout=SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, port, me, timeout=SECONDS)
    try:
        if settings.smtp_security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
    except BaseException:
        server.close()
        raise
    return server


def _refused(what: str, code: int, words: bytes | str) -> NotSent:
    """A refusal with its codes; the server's own words may name the person, and are left out."""
    found = _ENHANCED.search(words if isinstance(words, bytes) else words.encode())
    said = f"{code} {found[0].decode()}" if found else str(code)
    if code >= PERMANENT:
        return NotSent(
            f"The mail server refused the {what} for good ({said}). Check the address of the "
            "person and what the server's log says, then release the notice.",
            for_good=True,
        )
    return NotSent(
        f"The mail server did not take the {what} for now ({said}). It is tried again.",
        for_good=False,
    )


def _away(settings: Settings, error: Exception) -> NotSent:
    code = getattr(error, "smtp_code", None)
    why = f"reply {code}" if code else type(error).__name__
    return NotSent(
        f"The mail server {settings.smtp_host}:{settings.smtp_port} cannot be used ({why}). It is "
        "tried again; if this goes on, check the settings MANDATE_SMTP_*.",
        for_good=False,
    )
