"""The key of an organisation's seal: from a file, from a device (PKCS#11), or made here.

A key that is made here vouches for nothing but that this installation sealed the file; whoever
wants more gives a certificate that others trust.
"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from governance.refusals import Reason, Refused, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyhanko.sign.signers import Signer

MADE_HERE = "seal.p12"
_YEARS = 20
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Device:
    """A key that never leaves its device: the module that reaches it, and what it is called."""

    module: str
    token: str
    pin: str
    key: str
    certificate: str


@dataclass(frozen=True)
class KeyFile:
    """A PKCS#12 file and what opens it."""

    path: Path
    passphrase: str = ""


def key_made_here(folder: Path, organisation: str) -> KeyFile:
    """The installation's own key, made the first time it is wanted; nobody else may read it."""
    path = folder / MADE_HERE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_suffix(f".{os.getpid()}.part")
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(_made(organisation))
        try:
            os.link(part, path)  # the first of two processes wins, and both use its key
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return KeyFile(path)


def _made(organisation: str) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, f"{organisation[:40]} (made by Mandate)"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:60]),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_EPOCH)
        .not_valid_after(_EPOCH + timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_for_signing(), critical=True)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        b"seal", key, certificate, None, serialization.NoEncryption()
    )


def _for_signing() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def opened(key: KeyFile | Device) -> AbstractContextManager[Signer]:
    """The signer of a key, while it is wanted. Refused where it cannot be opened."""
    return _from_device(key) if isinstance(key, Device) else _from_file(key)


@contextmanager
def _from_file(key: KeyFile) -> Iterator[Signer]:
    from pyhanko.sign.signers import SimpleSigner  # noqa: PLC0415 -- half a second, for seals only

    try:
        content = key.path.read_bytes()
    except OSError as error:
        raise _no_key(f"{key.path.name}: {error.strerror}") from None
    passphrase = key.passphrase.encode() or None
    try:
        signer = SimpleSigner.load_pkcs12_data(content, other_certs=[], passphrase=passphrase)
    except ValueError:
        signer = None
    if signer is None:
        raise _no_key(f"{key.path.name} is no PKCS#12 file, or its passphrase is another")
    yield signer


@contextmanager
def _from_device(key: Device) -> Iterator[Signer]:
    """The signer of a key on a device: key and certificate are found before anything is signed.

    The digest is made here and the device signs it (`use_raw_mechanism`): that every device can
    do, while SoftHSM and others have no mechanism that makes both.
    """
    try:
        from pyhanko.config.pkcs11 import TokenCriteria  # noqa: PLC0415 -- an optional part
        from pyhanko.sign import pkcs11  # noqa: PLC0415 -- an optional part
    except ImportError:
        raise _no_key("keys on devices need: pip install 'mandate[device]'") from None
    try:
        session: Any = pkcs11.open_pkcs11_session(
            key.module, token_criteria=TokenCriteria(label=key.token), user_pin=key.pin
        )
    except Exception as error:  # the driver of any maker raises errors of its own
        raise _no_key(f"the device does not answer: {_said(error)}") from error
    with session:
        signer = pkcs11.PKCS11Signer(
            session, cert_label=key.certificate, key_label=key.key, use_raw_mechanism=True
        )
        try:
            found = signer.signing_cert
        except Exception as error:  # the same
            raise _no_key(_said(error)) from error
        if found is None:
            raise _no_key(f"the token has no certificate {key.certificate!r}")
        yield signer


def _said(error: Exception) -> str:
    """The kind of an error, with its words where it has any."""
    kind, words = type(error).__name__, str(error).rstrip(".")
    return f"{kind}, {words}" if words else kind


def _no_key(problem: str) -> Refused:
    return refuse(
        "there is no key to seal with: {problem}",
        rule="seal_has_a_key",
        cure="Correct MANDATE_SEAL_KEY and MANDATE_SEAL_PASSPHRASE, or those of the device.",
        reason=Reason.CONFLICT,
        problem=problem,
    )
