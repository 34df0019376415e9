"""What pages read of applications."""

from __future__ import annotations

from sqlmodel import Session, col, select

from governance.appointments.models import Application
from governance.record.filekeys import fingerprint


def application_of(session: Session, token: str) -> Application | None:
    """The application that a mailed link belongs to."""
    query = select(Application).where(col(Application.token) == fingerprint(token))
    return session.exec(query).first()
