"""The link to a bureau's page of nominations: a call, a country, and a token of this house."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from sqlmodel import Session

from governance.appointments.models import Call, NationalBureau
from governance.house import House

IDENTIFIER, CODE = 32, 3
PURPOSE = "nomination"


@dataclass(frozen=True)
class Invited:
    """A bureau that was invited to nominate for a call."""

    call: Call
    bureau: NationalBureau


def invitation_key(call: Call, country: str) -> str:
    """What a token is derived from: the call and the country."""
    return f"{call.id}{country}"


def nomination_token(house: House, call: Call, country: str) -> str:
    """What stands in the link of a bureau."""
    key = invitation_key(call, country)
    return key + house.keys.token(f"{PURPOSE}:{key}")


def invited_by_token(house: House, session: Session, token: str) -> Invited | None:
    """The bureau and the call of a link; None where the link was not made here."""
    key = token[: IDENTIFIER + CODE]
    if not hmac.compare_digest(
        (key + house.keys.token(f"{PURPOSE}:{key}")).encode(), token.encode()
    ):
        return None
    call = session.get(Call, key[:IDENTIFIER])
    bureau = session.get(NationalBureau, key[IDENTIFIER:])
    return Invited(call, bureau) if call is not None and bureau is not None else None
