"""The seal with a key that never leaves its device: a real PKCS#11 token, SoftHSM's."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from governance.documents import checks
from governance.documents.proof.keys import Device, key_made_here
from governance.documents.proof.seal import read, sealed
from governance.documents.render import record
from governance.documents.samples import sample
from governance.refusals import Refused
from tests.documents import day_of

MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)
MODULE = next((each for each in MODULES if Path(each).exists()), "")
PIN, TOKEN = "1234", "seals"
pytestmark = [
    pytest.mark.skipif(not MODULE, reason="SoftHSM is not here: apt-get install softhsm2"),
    pytest.mark.skipif(
        importlib.util.find_spec("pkcs11") is None,
        reason="python-pkcs11 is not here: pip install -e '.[device]'",
    ),
]


def run(*words: str) -> None:
    """SoftHSM's own tool, which plays whoever keeps the device."""
    subprocess.run([shutil.which("softhsm2-util") or "softhsm2-util", *words], check=True)


@pytest.fixture(scope="module")
def device(tmp_path_factory: pytest.TempPathFactory) -> Device:
    """A token that holds a key and its certificate; this process has them nowhere else."""
    import pkcs11
    from pkcs11.util.x509 import decode_x509_certificate

    folder = tmp_path_factory.mktemp("device")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\n", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        run("--init-token", "--free", "--label", TOKEN, "--pin", PIN, "--so-pin", "5678")
        made = pkcs12.load_pkcs12(key_made_here(folder, "An Organisation").path.read_bytes(), None)
        assert made.cert is not None
        (folder / "seal.p12").unlink()
        plain = made.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())  # type: ignore[union-attr]
        (folder / "key.pem").write_bytes(plain)
        put = ("--import", str(folder / "key.pem"), "--token", TOKEN, "--label", "seal")
        run(*put, "--id", "01", "--pin", PIN)
        (folder / "key.pem").unlink()
        token = pkcs11.lib(MODULE).get_token(token_label=TOKEN)
        with token.open(user_pin=PIN, rw=True) as session:
            about = decode_x509_certificate(made.cert.certificate.public_bytes(Encoding.DER))
            kept = {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: "seal"}
            session.create_object({**about, **kept, pkcs11.Attribute.ID: b"\x01"})
    return Device(MODULE, TOKEN, PIN, "seal", "seal")


@pytest.fixture(scope="module")
def letter(device: Device) -> bytes:
    """A letter that the device has sealed."""
    facts = sample("regret", "fr")
    return sealed(record("regret", "fr", facts, day_of(facts)).pdf, device, "An Organisation")


def test_a_device_seals_like_a_file_of_keys(letter: bytes) -> None:
    """The same kind of seal, whole, over the entire file; the record stays sound inside."""
    reading = read(letter)
    assert reading.is_whole
    assert "An Organisation" in reading.signer
    assert checks.faults(letter, "fr") == []


def test_a_changed_byte_breaks_its_seal(letter: bytes) -> None:
    """As it breaks every other."""
    changed = bytearray(letter)
    changed[len(letter) // 3] ^= 1
    assert not read(bytes(changed)).is_whole


@pytest.mark.parametrize(
    "wrong",
    [{"pin": "9999"}, {"token": "nobody"}, {"key": "nokey"}, {"certificate": "nocertificate"}],
    ids=["pin", "token", "key", "certificate"],
)
def test_a_device_that_is_named_wrongly_is_refused_in_words(
    device: Device, wrong: dict[str, str]
) -> None:
    """With the settings that would cure it; nothing is sealed."""
    facts = sample("regret", "fr")
    pdf = record("regret", "fr", facts, day_of(facts)).pdf
    with pytest.raises(Refused, match="there is no key to seal with"):
        sealed(pdf, replace(device, **wrong), "An Organisation")
