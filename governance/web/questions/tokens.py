"""Which letter a mailed link leads to. The link is derived, so no table holds it."""

from __future__ import annotations

import hmac

from sqlmodel import Session, col, select

from governance.appointments.models import Document
from governance.house import House

MAILED = ("regret",)


def document_of_token(house: House, session: Session, token: str) -> str | None:
    """The letter of a link, newest first, or None. Every mailed letter is tried."""
    query = select(Document.id).where(col(Document.kind).in_(MAILED))
    for document_id in session.exec(query.order_by(col(Document.issued_at).desc())):
        if hmac.compare_digest(house.keys.token(f"document:{document_id}"), token):
            return document_id
    return None
