"""Send: the notices of the outbox, and one-time codes, which do not wait in it."""

from __future__ import annotations

from governance.access.signing import Challenge
from governance.house import House
from governance.notices import channels
from governance.notices.letter import Letter, NotSent, link_of
from governance.notices.mail import hand_over
from governance.notices.message import message_of
from governance.notices.routing import MAIL
from governance.settings import Settings

__all__ = ["Letter", "NotSent", "link_of", "send_by", "send_code", "send_letter"]


def send_letter(settings: Settings, letter: Letter) -> None:
    """Write the mail of a letter and hand it to the server. Raises NotSent; safe in any thread."""
    hand_over(settings, message_of(settings, letter), letter.to_address)


def send_by(settings: Settings, channel: str, letter: Letter, address: str) -> tuple[str, ...]:
    """Hand a notice to the channel that it is for; gives its addresses that are no more.

    Raises NotSent.
    """
    if channel != MAIL:
        return channels.send(settings, channel, letter, address)
    send_letter(settings, letter)
    return ()


def send_code(house: House, challenge: Challenge) -> None:
    """Mail a one-time code to whom it was made for; for nobody, nothing. Raises NotSent."""
    if challenge.person is not None:
        send_letter(house.settings, Letter.of_code(challenge.person, challenge, house))
