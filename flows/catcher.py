"""The demonstration's mail server: it takes every mail and delivers none of them.

Mails are kept as a maildir in the home folder, where the pages of the demonstration show them.
"""

from __future__ import annotations

from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox

from governance.settings import Settings


def mail_folder(settings: Settings) -> Path:
    """Where the mails of the demonstration are."""
    return settings.home / "mail"


def catch_mail(settings: Settings) -> Controller:
    """Begin to take mails; the caller stops it."""
    catcher = Controller(
        Mailbox(mail_folder(settings)),
        hostname=settings.smtp_host,
        port=settings.smtp_port,
        ready_timeout=10,
    )
    catcher.start()
    return catcher
