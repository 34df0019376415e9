"""Pictures end where they end: nothing is hung on behind them. Pure; no picture is decoded."""

from __future__ import annotations

from governance.appointments.evidence.faults import Fault
from governance.refusals import say

ANEW = say("Save the picture anew, or scan it again.")
MOST_PIXELS = 100_000_000


def look_at_png(content: bytes, _: str) -> None:
    """Walk its chunks; raises Fault where they do not end with the file."""
    at = 8
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        kind = content[at + 4 : at + 8]
        if kind == b"IHDR":
            wide = int.from_bytes(content[at + 8 : at + 12], "big")
            high = int.from_bytes(content[at + 12 : at + 16], "big")
            _is_of_this_world(wide, high)
        at += 12 + length
        if kind == b"IEND":
            if at != len(content):
                raise _hung_on()
            return
    raise _damaged()


def look_at_jpeg(content: bytes, _: str) -> None:
    """Walk its segments to the picture; raises Fault where the file does not end with it."""
    at = 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:  # noqa: PLR2004 -- a marker begins so
            raise _damaged()
        marker = content[at + 1]
        if marker == 0xDA:  # noqa: PLR2004 -- the picture itself begins
            break
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        if marker in {0xC0, 0xC1, 0xC2}:
            high = int.from_bytes(content[at + 5 : at + 7], "big")
            wide = int.from_bytes(content[at + 7 : at + 9], "big")
            _is_of_this_world(wide, high)
        at += 2 + length
    else:
        raise _damaged()
    end = content.rfind(b"\xff\xd9")
    if end < at:
        raise _damaged()
    if content[end + 2 :].strip(b"\x00\r\n "):
        raise _hung_on()


def _is_of_this_world(wide: int, high: int) -> None:
    if wide * high > MOST_PIXELS or not wide or not high:
        raise Fault(
            "picture_is_small_enough",
            say("the picture has {wide} by {high} dots", wide=wide, high=high),
            say("Scan it at a lower resolution."),
        )


def _hung_on() -> Fault:
    return Fault(
        "file_is_one_thing", say("something is hung on behind the end of the picture"), ANEW
    )


def _damaged() -> Fault:
    return Fault("file_is_whole", say("the picture is damaged and cannot be read"), ANEW)
