"""The link to a candidate's own page: the candidacy, and a token that this house derives."""

from __future__ import annotations

import hmac

from sqlmodel import Session

from governance.appointments.models import Candidacy
from governance.house import House

IDENTIFIER = 32
PURPOSE = "candidacy"


def own_token(house: House, candidacy_id: str) -> str:
    """What stands in the link of a candidate."""
    return candidacy_id + house.keys.token(f"{PURPOSE}:{candidacy_id}")


def candidacy_of_token(house: House, session: Session, token: str) -> Candidacy | None:
    """The candidacy of a link; None where the link was not made here."""
    id_ = token[:IDENTIFIER]
    if not hmac.compare_digest(own_token(house, id_).encode(), token.encode()):
        return None
    return session.get(Candidacy, id_)
