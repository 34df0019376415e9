"""A message to a browser: encrypted for it alone (RFC 8291), and signed by its sender (RFC 8292).

The push service that carries it reads neither its words nor its link. Pure: keys and randomness
are given, or made here.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from dataclasses import dataclass

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD = 4096  # octets, the least that every browser takes
MOST = RECORD - 86 - 17  # of the message: less the header, the tag and the mark of the end
SALT, AUTH, POINT = 16, 16, 65
CURVE = ec.SECP256R1()


class NoSubscription(Exception):
    """What a browser handed over is no key of a subscription."""


@dataclass(frozen=True)
class Reader:
    """The keys of one browser: its public point, and the secret that it shares with us."""

    point: bytes
    auth: bytes

    @classmethod
    def of(cls, p256dh: str, auth: str) -> Reader:
        """From what a browser tells. Raises NoSubscription."""
        try:
            reader = cls(from_url(p256dh), from_url(auth))
            ec.EllipticCurvePublicKey.from_encoded_point(CURVE, reader.point)
        except (ValueError, binascii.Error, UnsupportedAlgorithm) as error:
            raise NoSubscription(str(error)) from error
        if len(reader.auth) != AUTH or len(reader.point) != POINT:
            raise NoSubscription("the keys have another length")
        return reader


def encrypted(
    message: bytes,
    reader: Reader,
    *,
    salt: bytes | None = None,
    own: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """One record of `aes128gcm`, header included; `salt` and `own` are made anew each time."""
    if len(message) > MOST:
        raise ValueError(f"a message has {MOST} octets at most")
    own, salt = own or ec.generate_private_key(CURVE), salt or secrets.token_bytes(SALT)
    point = point_of(own.public_key())
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, reader.point)
    shared = own.exchange(ec.ECDH(), theirs)
    info = b"WebPush: info\0" + reader.point + point
    key = _expanded(_mac(reader.auth, shared), info, 32)
    pseudorandom = _mac(salt, key)
    content = _expanded(pseudorandom, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _expanded(pseudorandom, b"Content-Encoding: nonce\0", 12)
    header = salt + RECORD.to_bytes(4, "big") + bytes([len(point)]) + point
    return header + AESGCM(content).encrypt(nonce, message + b"\x02", None)


def signed_by(key: ec.EllipticCurvePrivateKey, origin: str, until: int, contact: str) -> str:
    """The header that says who sends: for one push service, until an instant, with an address."""
    claims = {"aud": origin, "exp": until, "sub": contact}
    parts = ({"typ": "JWT", "alg": "ES256"}, claims)
    told = ".".join(to_url(json.dumps(each, separators=(",", ":")).encode()) for each in parts)
    r, s = decode_dss_signature(key.sign(told.encode(), ec.ECDSA(hashes.SHA256())))
    signature = to_url(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={told}.{signature}, k={to_url(point_of(key.public_key()))}"


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as its uncompressed point."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def to_url(content: bytes) -> str:
    """As base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def from_url(text: str) -> bytes:
    """The octets again. Raises ValueError where there are none."""
    if not text.isascii():
        raise ValueError("no base64")
    return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), b"-_", True)


def _mac(key: bytes, content: bytes) -> bytes:
    mac = HMAC(key, hashes.SHA256())
    mac.update(content)
    return mac.finalize()


def _expanded(key: bytes, info: bytes, length: int) -> bytes:
    return _mac(key, info + b"\x01")[:length]
