"""Confidential texts under the key of their file (AES-GCM), and the chain's commitments to them.

Keys are files in a folder apart from the data. Destroying a key erases every text of its file,
while the chain, which holds commitments only, still verifies.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlmodel import Session

from governance.database import new_id
from governance.record.models import Sealed

SALT = 16


class Erased(Exception):
    """The text cannot be read any more: the key of its file was destroyed."""


@dataclass(frozen=True)
class Commitment:
    """What the chain may know of a sealed text: where it is, and a salted hash of it."""

    sealed: str
    digest: str

    def on_record(self) -> dict[str, str]:
        """As plain data for an entry."""
        return {"commitment": self.digest, "sealed": self.sealed}


class KeyRing:
    """The folder of keys of an installation."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def seal(self, session: Session, file: str, text: str) -> Commitment:
        """Keep a text under the key of its file."""
        return self.seal_bytes(session, file, text.encode())

    def seal_bytes(self, session: Session, file: str, content: bytes) -> Commitment:
        """Keep what is no text, such as a paper that was scanned, in the same way."""
        salted = secrets.token_bytes(SALT) + content
        nonce = secrets.token_bytes(12)
        row = Sealed(
            id=new_id(),
            file=file,
            nonce=nonce,
            ciphertext=AESGCM(self._key(file)).encrypt(nonce, salted, file.encode()),
        )
        session.add(row)
        return Commitment(row.id, hashlib.sha256(salted).hexdigest())

    def open(self, session: Session, sealed_id: str) -> str:
        """The text again; raises Erased when its key is gone."""
        return self.open_bytes(session, sealed_id).decode()

    def open_bytes(self, session: Session, sealed_id: str) -> bytes:
        """What was kept, byte for byte; raises Erased when its key is gone."""
        row = session.get_one(Sealed, sealed_id)
        try:
            key = self._path(row.file).read_bytes()
            salted = AESGCM(key).decrypt(row.nonce, row.ciphertext, row.file.encode())
        except (FileNotFoundError, InvalidTag):
            raise Erased(row.file) from None
        return salted[SALT:]

    def destroy(self, file: str) -> None:
        """Erase a file: without its key nobody reads its texts again."""
        self._path(file).unlink(missing_ok=True)

    def token(self, purpose: str) -> str:
        """256 bits that only this installation can derive, for a link that is mailed.

        Derived, so that a retry sends the same link and no table ever holds it in clear.
        """
        (token,) = self.tokens([purpose])
        return token

    def tokens(self, purposes: Iterable[str]) -> list[str]:
        """The same for many at once."""
        key = self._key("installation")
        return [hmac.new(key, each.encode(), hashlib.sha256).hexdigest() for each in purposes]

    def _path(self, file: str) -> Path:
        return self._folder / f"{hashlib.sha256(file.encode()).hexdigest()[:40]}.key"

    def _key(self, file: str) -> bytes:
        path = self._path(file)
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return self._make(path)

    def _make(self, path: Path) -> bytes:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_suffix(f".{secrets.token_hex(6)}.part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(AESGCM.generate_key(256))
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(part, path)  # the first of two that make the same key wins
        except FileExistsError:
            pass
        finally:
            part.unlink()
        return path.read_bytes()


def fingerprint(token: str) -> str:
    """What a table keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
