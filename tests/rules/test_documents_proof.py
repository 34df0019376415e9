"""A sealed file: the untouched one is whole, and whatever was changed is seen."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from governance.documents import checks
from governance.documents.proof import keys, seal
from governance.documents.render import record
from governance.documents.samples import sample
from governance.refusals import Refused
from tests.documents import day_of


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> keys.KeyFile:
    """A key that is made here."""
    return keys.key_made_here(tmp_path_factory.mktemp("keys"), "An Organisation")


@pytest.fixture(scope="module")
def letter(key: keys.KeyFile) -> bytes:
    """A sealed letter."""
    facts = sample("regret", "en")
    return seal.sealed(record("regret", "en", facts, day_of(facts)).pdf, key, "An Organisation")


def test_the_untouched_file_is_whole(letter: bytes) -> None:
    """One seal over the entire file, and the record is still sound inside."""
    reading = seal.read(letter)
    assert reading.is_whole
    assert "An Organisation" in reading.signer
    assert checks.faults(letter, "en") == []


def test_every_single_byte_is_known_to_the_register(letter: bytes) -> None:
    """The register's hash changes with each byte, wherever it stands, also within the seal."""
    whole, before = hashlib.sha256(letter).digest(), hashlib.sha256()
    for at in range(len(letter)):
        changed = before.copy()
        changed.update(bytes([letter[at] ^ 1]))
        changed.update(memoryview(letter)[at + 1 :])
        assert changed.digest() != whole
        before.update(letter[at : at + 1])
    assert before.digest() == whole


def test_the_seal_alone_sees_what_is_covered(letter: bytes) -> None:
    """A sample of bytes outside the container of the signature: each change breaks the seal."""
    start, end = letter.index(b"/Contents <"), letter.index(b">", letter.index(b"/Contents <"))
    covered = [at for at in range(0, len(letter), 577) if not start <= at <= end]
    for at in covered:
        changed = bytearray(letter)
        changed[at] ^= 1
        assert not seal.read(bytes(changed)).is_whole, at


@pytest.mark.parametrize("more", [b"\n", b" ", b"%%EOF\n", b"\x00"])
def test_an_appended_byte_is_seen(letter: bytes, more: bytes) -> None:
    """The seal covers the entire file, or it does not count."""
    assert not seal.read(letter + more).is_whole


def test_a_cut_byte_is_seen(letter: bytes) -> None:
    """Wherever the file ends too early."""
    for end in (-1, -2, -100, len(letter) // 2, 20):
        assert not seal.read(letter[:end]).is_whole


def test_an_added_revision_is_seen(letter: bytes) -> None:
    """A revision after the seal, or a file that was written anew."""
    assert not seal.read(_revised(letter)).is_whole
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter)) as file:
        file.docinfo["/Title"] = "Another title"
        file.save(out)
    assert not seal.read(out.getvalue()).is_whole


def _revised(letter: bytes) -> bytes:
    """A forger adds a revision after ours; our signed bytes stay as they were."""
    writer, out = IncrementalPdfFileWriter(io.BytesIO(letter)), io.BytesIO()
    writer.root["/Forged"] = pdf_string("by somebody")
    writer.update_root()
    writer.write(out)
    assert out.getvalue().startswith(letter)
    return out.getvalue()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"not a pdf", b"%PDF-1.7\n%%EOF" * 9])
def test_what_is_no_document_has_no_seal(content: bytes) -> None:
    """A broken file is a problem of the file, never an error of ours."""
    assert not seal.read(content).is_whole


def test_a_key_that_is_made_here_is_made_once(tmp_path: Path) -> None:
    """And nobody else on the machine may read it."""
    first = keys.key_made_here(tmp_path, "X").path
    before = first.read_bytes()
    assert keys.key_made_here(tmp_path, "X").path.read_bytes() == before
    assert first.stat().st_mode & 0o077 == 0


def test_a_key_that_cannot_be_opened_is_refused_in_words(tmp_path: Path) -> None:
    """No file, no PKCS#12, no driver: each says what to correct."""
    wrong = tmp_path / "key.p12"
    wrong.write_bytes(b"no key")
    for key in (keys.KeyFile(tmp_path / "none.p12"), keys.KeyFile(wrong)):
        with pytest.raises(Refused, match="no key to seal with"):
            seal.sealed(b"%PDF-1.7", key, "X")
    with pytest.raises(Refused, match="no key to seal with"):
        seal.sealed(b"%PDF-1.7", keys.Device("/none.so", "t", "1", "k", "c"), "X")
