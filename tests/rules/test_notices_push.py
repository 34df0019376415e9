"""Notices to a browser: what the push service carries, what it can read, what only the device can.

The device and the push service are played here, with keys of their own and the derivations of
another library, to RFC 8291, 8188 and 8292.
"""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from governance.clock import WallClock
from governance.notices.channels import offered, send, why_not
from governance.notices.encrypting import Reader, encrypted
from governance.notices.letter import NotSent
from governance.notices.push import Device, address_of, key_of, public_key_of
from governance.settings import Settings
from tests.rules.test_notices_channels import LINK, Taker, a_letter, taker

__all__ = ["taker"]

CURVE = ec.SECP256R1()


def octets(text: str) -> bytes:
    """From base64 for addresses."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Browser:
    """A device with its own key: it subscribes, and opens what arrives."""

    def __init__(self, endpoint: str, key: ec.EllipticCurvePrivateKey | None = None) -> None:
        self.key = key or ec.generate_private_key(CURVE)
        self.auth = b"sixteen octets !"
        self.point = self.key.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        told = (base64.urlsafe_b64encode(each).decode() for each in (self.point, self.auth))
        self.device = Device(endpoint, *(each.rstrip("=") for each in told))

    def opens(self, body: bytes) -> bytes:
        """The message of one record, by RFC 8291, section 3.4."""
        salt, length = body[:16], body[20]
        theirs, sealed = body[21 : 21 + length], body[21 + length :]
        shared = self.key.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs)
        )
        info = b"WebPush: info\x00" + self.point + theirs
        key = HKDF(hashes.SHA256(), 32, self.auth, info).derive(shared)
        content = HKDF(hashes.SHA256(), 16, salt, b"Content-Encoding: aes128gcm\x00").derive(key)
        nonce = HKDF(hashes.SHA256(), 12, salt, b"Content-Encoding: nonce\x00").derive(key)
        padded = AESGCM(content).decrypt(nonce, sealed, None)
        return padded.rstrip(b"\x00").removesuffix(b"\x02")


@pytest.fixture
def settings(taker: Taker, tmp_path: Path) -> Settings:
    """An installation that may reach this push service."""
    return Settings(_env_file=None, home=tmp_path, push_hosts=taker.host)


@pytest.fixture
def browser(taker: Taker) -> Browser:
    """A device that has subscribed at this push service."""
    return Browser(f"http://{taker.host}/send/device-1")


def test_a_record_is_the_one_of_the_standard() -> None:
    """RFC 8291, appendix A: the same keys and salt give the same octets."""
    receiver = Reader.of(
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
    )
    number = int.from_bytes(octets("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big")
    body = encrypted(
        b"When I grow up, I want to be a watermelon",
        receiver,
        salt=octets("DGv6ra1nlYgDCS1FRnbzlw"),
        own=ec.derive_private_key(number, CURVE),
    )
    assert body == octets(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLoc"
        "InmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLV"
        "WGNWQexSgSxsj_Qulcy4a-fN"
    )


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_the_device_reads_the_notice_and_the_push_service_does_not(
    settings: Settings, taker: Taker, browser: Browser, language: str
) -> None:
    """What arrives is one record; opened by the device it has the words and the one link."""
    send(settings, "push", a_letter(language), address_of((browser.device,)))
    ((path, headers, body),) = taker.taken
    assert (path, headers["Content-Encoding"]) == ("/send/device-1", "aes128gcm")
    assert LINK.encode() not in body
    told = json.loads(browser.opens(body))
    assert (told["link"], told["lang"]) == (LINK, language)
    assert told["dir"] == ("rtl" if language == "ar" else "ltr")
    assert told["title"]
    assert "Awa" not in told["title"]


def test_the_sender_proves_itself_to_the_push_service(
    settings: Settings, taker: Taker, browser: Browser
) -> None:
    """RFC 8292: a signature for this service, for hours, by the key that was subscribed with."""
    send(settings, "push", a_letter(), address_of((browser.device,)))
    scheme, _, rest = taker.taken[0][1]["Authorization"].partition(" ")
    parts = dict(each.strip().split("=", 1) for each in rest.split(","))
    head, claims, signature = parts["t"].split(".")
    told = json.loads(octets(claims))
    assert (scheme, parts["k"]) == ("vapid", public_key_of(settings))
    assert told["aud"] == f"http://{taker.host}"
    left = told["exp"] - WallClock().now().timestamp()
    assert 0 < left <= 24 * 3600
    key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, octets(parts["k"]))
    raw = octets(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    with pytest.raises(InvalidSignature):
        key.verify(der, f"{head}.{claims}x".encode(), ec.ECDSA(hashes.SHA256()))


def test_a_second_try_replaces_the_first(
    settings: Settings, taker: Taker, browser: Browser
) -> None:
    """The same notice has the same topic, so that a device shows it once."""
    for _ in range(2):
        send(settings, "push", a_letter(), address_of((browser.device,)))
    send(settings, "push", replace(a_letter(), key="question:2"), address_of((browser.device,)))
    topics = [headers["Topic"] for _, headers, _ in taker.taken]
    assert topics[0] == topics[1] != topics[2]
    assert all(len(each) == 32 for each in topics)


@pytest.mark.parametrize(("status", "for_good"), [(410, True), (404, True), (503, False)])
def test_a_device_that_is_gone_is_told_no_more(
    settings: Settings, taker: Taker, browser: Browser, status: int, *, for_good: bool
) -> None:
    """Gone for good is not tried again; a service that is busy is."""
    taker.status = status
    with pytest.raises(NotSent) as refused:
        send(settings, "push", a_letter(), address_of((browser.device,)))
    assert refused.value.for_good is for_good


def test_every_device_of_somebody_is_told(
    settings: Settings, taker: Taker, browser: Browser
) -> None:
    """Two devices, two records, each for its own key."""
    other = Browser(f"http://{taker.host}/send/device-2")
    send(settings, "push", a_letter(), address_of((browser.device, other.device)))
    opened = [
        each.opens(body) for each, (_, _, body) in zip((browser, other), taker.taken, strict=True)
    ]
    assert opened[0] == opened[1]


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://inside.example/send",
        "http://updates.push.services.mozilla.com/wpush/v2/x",
        "https://someone@updates.push.services.mozilla.com/wpush/v2/x",
        "file:///etc/passwd",
    ],
)
def test_a_notice_is_no_request_to_inside(settings: Settings, endpoint: str) -> None:
    """Only push services that the installation names are asked, over https."""
    from governance.notices.push import why_not as why

    strict = settings.model_copy(update={"push_hosts": "updates.push.services.mozilla.com"})
    keys = Browser(endpoint).device
    assert why(strict, keys)
    assert not why(strict, replace(keys, endpoint="https://updates.push.services.mozilla.com/x"))


def test_keys_that_are_none_are_refused(settings: Settings, browser: Browser) -> None:
    """A point that is not on the curve, a secret of another length, no base64."""
    from governance.notices.push import why_not as why

    assert why(settings, browser.device) == ""
    for wrong in ({"p256dh": "AAAA"}, {"auth": "AAAA"}, {"auth": "§"}, {"p256dh": "B" * 87}):
        assert why(settings, replace(browser.device, **wrong)), wrong


def test_the_key_of_an_installation_is_made_once(settings: Settings) -> None:
    """Whoever subscribed stays subscribed: the key is kept beside the others, for us alone."""
    first = public_key_of(settings)
    assert public_key_of(settings) == first
    assert (settings.keys_folder / "push.pem").stat().st_mode & 0o077 == 0
    assert key_of(settings.keys_folder).curve.name == "secp256r1"


def test_web_push_is_offered_where_push_services_are_named(settings: Settings) -> None:
    """And nobody types an address of it: a device is added on the device."""
    without = settings.model_copy(update={"push_hosts": ""})
    assert ("push" in offered(settings), "push" in offered(without)) == (True, False)
    told: Any = why_not(settings, "push", "https://updates.push.services.mozilla.com/x")
    assert "on the device itself" in told
