"""Web push: a notice to the devices on which somebody has said that they want it.

The installation's key is made once and kept with its other keys; a browser that subscribed with
it takes messages from nobody else. A device of which the push service says that it is gone (404,
410) is forgotten.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from governance.clock import WallClock
from governance.notices.encrypting import (
    CURVE,
    MOST,
    NoSubscription,
    Reader,
    encrypted,
    point_of,
    signed_by,
    to_url,
)
from governance.notices.letter import Letter, NotSent
from governance.notices.wording import Wording
from governance.settings import Settings

PUSH = "push"
KEY_FILE = "push.pem"
DEVICES = 5  # the newest; an older one is forgotten
SECONDS = 10
HOURS = 12  # how long a signature holds; a push service takes 24 at most
KEPT_FOR = 3 * 86400  # how long the push service keeps what it cannot deliver
ARE_GONE = frozenset({404, 410})
TAKEN, GONE, REFUSED = "taken", "gone", "refused"
PASSING = frozenset({408, 425, 429})
SERVER_ERROR = 500
SHOWN = 400  # signs of the text: what a screen shows before it is opened
LOOPBACK = frozenset({"127.0.0.1", "localhost"})


@dataclass(frozen=True)
class Device:
    """One browser that takes messages: where its push service listens, and its keys."""

    endpoint: str
    p256dh: str
    auth: str

    def as_plain(self) -> dict[str, str]:
        """As it is kept, sealed."""
        return {"endpoint": self.endpoint, "p256dh": self.p256dh, "auth": self.auth}


def devices_in(address: str) -> tuple[Device, ...]:
    """The devices that an address of this channel holds, the newest first."""
    return tuple(Device(**each) for each in json.loads(address)) if address else ()


def address_of(devices: tuple[Device, ...]) -> str:
    """The devices as the address of this channel."""
    return json.dumps([each.as_plain() for each in devices])


def key_of(folder: Path) -> ec.EllipticCurvePrivateKey:
    """The key by which this installation signs; made at the first call, and never again."""
    path = folder / KEY_FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = ec.generate_private_key(CURVE)
        pem = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return key_of(folder)  # another process was faster
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
    key = load_pem_private_key(path.read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101 -- nothing else is kept there
    return key


def public_key_of(settings: Settings) -> str:
    """What a browser is given to subscribe with."""
    return to_url(point_of(key_of(settings.keys_folder).public_key()))


def why_not(settings: Settings, device: Device) -> str:
    """Why a device cannot be told; empty where it can. A notice is no request to inside."""
    parts = urlsplit(device.endpoint)
    host = parts.hostname or ""
    if parts.username or not host or parts.scheme not in {"https", "http"}:
        return "this is no address of a push service"
    if parts.scheme == "http" and host not in LOOPBACK:
        return "a push service is reached by https"
    named = f"{host}:{parts.port}" if parts.port else host
    allowed = [each.strip().lower() for each in settings.push_hosts.split(",") if each.strip()]
    if not any(_is_host(named, host, each) for each in allowed):
        return "this push service is not among those allowed here"
    try:
        Reader.of(device.p256dh, device.auth)
    except NoSubscription:
        return "the keys of the device are not understood"
    return ""


def send(settings: Settings, letter: Letter, wording: Wording, address: str) -> tuple[str, ...]:
    """Tell every device; gives those that the push service says are gone.

    Raises NotSent where none took it; for good where no other try would reach any.
    """
    tried = {
        device.endpoint: _tried(settings, letter, wording, device)
        for device in devices_in(address)
        if not why_not(settings, device)
    }
    gone = tuple(endpoint for endpoint, came in tried.items() if came == GONE)
    if TAKEN in tried.values():
        return gone
    if passing := [came for came in tried.values() if came not in (GONE, REFUSED)]:
        because = f"The push service did not take the notice ({passing[0]}). It is tried again."
        raise NotSent(because, for_good=False, gone=gone)
    raise NotSent("No device takes notices any more.", for_good=True, gone=gone)


def _tried(settings: Settings, letter: Letter, wording: Wording, device: Device) -> str:
    """What came of telling one device: taken, gone, refused, or why it is tried again."""
    try:
        status = _post(settings, letter, wording, device)
    except httpx.HTTPError as error:
        return type(error).__name__
    if status < 300:  # noqa: PLR2004 -- taken
        return TAKEN
    if status in ARE_GONE:
        return GONE
    return str(status) if status in PASSING or status >= SERVER_ERROR else REFUSED


def _post(settings: Settings, letter: Letter, wording: Wording, device: Device) -> int:
    parts = urlsplit(device.endpoint)
    until = int(WallClock().now().timestamp()) + HOURS * 3600
    key = key_of(settings.keys_folder)
    contact = f"mailto:{settings.mail_from}"
    headers = {
        "Authorization": signed_by(key, f"{parts.scheme}://{parts.netloc}", until, contact),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT_FOR),
        "Urgency": "high" if letter.facts.get("urgent") else "normal",
        "Topic": hashlib.sha256(letter.key.encode()).hexdigest()[:32],  # a second try replaces it
    }
    body = encrypted(message_of(letter, wording), Reader.of(device.p256dh, device.auth))
    answer = httpx.post(device.endpoint, content=body, headers=headers, timeout=SECONDS)
    return answer.status_code


def message_of(letter: Letter, wording: Wording) -> bytes:
    """What the device shows: subject, the beginning of the text, the one link."""
    told: Mapping[str, str] = {
        "title": wording.subject,
        "body": wording.text[:SHOWN],
        "link": letter.link,
        "lang": wording.language,
        "dir": "rtl" if wording.language == "ar" else "ltr",
        "tag": hashlib.sha256(letter.key.encode()).hexdigest()[:32],
    }
    content = json.dumps(told, ensure_ascii=False).encode()
    if len(content) > MOST:
        content = json.dumps({**told, "body": ""}, ensure_ascii=False).encode()
    return content


def _is_host(named: str, host: str, allowed: str) -> bool:
    """A host by its name (with the port, if any), or every host below one that begins with `*.`."""
    return allowed in {named, host} or (allowed.startswith("*.") and host.endswith(allowed[1:]))
