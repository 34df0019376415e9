"""A file where there is no installation: what its seal and its provenance say by themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from typer.testing import CliRunner

from governance.cli.main import app
from governance.documents.proof import keys, seal
from governance.documents.render import record
from governance.documents.samples import sample
from tests.documents import day_of

SALT = "0123456789abcdef0123456789abcdef"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed letter, its facts, the certificate of its seal, and that of somebody else."""
    folder = tmp_path_factory.mktemp("alone")
    facts = sample("regret", "fr")
    pdf = record("regret", "fr", facts, day_of(facts), salt=bytes.fromhex(SALT)).pdf
    for name in ("ours", "other"):
        key = keys.key_made_here(folder / name, f"An Organisation, {name}")
        held = pkcs12.load_pkcs12(key.path.read_bytes(), None)
        assert held.cert is not None
        pem = held.cert.certificate.public_bytes(Encoding.PEM)
        (folder / f"{name}.pem").write_bytes(pem)
    letter = seal.sealed(pdf, keys.key_made_here(folder / "ours", ""), "An Organisation")
    (folder / "letter.pdf").write_bytes(letter)
    (folder / "facts.json").write_text(json.dumps(facts), "utf-8")
    (folder / "altered.pdf").write_bytes(letter[:900] + b"X" + letter[901:])
    (folder / "draft.pdf").write_bytes(pdf)
    return folder


@pytest.fixture
def verify(folder: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """`mandate document verify` where nothing was ever set up."""
    monkeypatch.setenv("MANDATE_HOME", str(folder / "nowhere"))

    def ask(name: str, *more: str) -> tuple[int, str]:
        words = ["document", "verify", str(folder / name), *more]
        told = CliRunner().invoke(app, words)
        return told.exit_code, told.output.replace("\n", " ")

    return ask


def test_a_whole_file_says_so_and_whose_it_is_stays_open(verify: object) -> None:
    """Nothing here can tell whose certificate it is; the status says that."""
    status, said = verify("letter.pdf")  # type: ignore[operator]
    assert status == 3
    assert "whole and unaltered since it was sealed" in said
    assert "cannot be said here" in said
    assert "rendered as regret in fr, dated 2027-03-01" in said


@pytest.mark.parametrize(
    ("asked", "status", "says"),
    [
        ("letter.pdf ours.pem", 0, "sealed with the certificate that you named"),
        ("letter.pdf other.pem", 1, "not sealed with the certificate that you named"),
        ("altered.pdf ours.pem", 1, "Its seal does not hold"),
        ("draft.pdf ours.pem", 1, "It carries no seal"),
        ("facts.json ours.pem", 1, "not a PDF file"),
        ("letter.pdf facts.json", 2, "holds no certificate"),
    ],
)
def test_a_certificate_that_is_named_answers_whose_it_is(
    verify: object, folder: Path, asked: str, status: int, says: str
) -> None:
    """And a broken seal, or none, is nobody's."""
    name, certificate = asked.split()
    told = verify(name, "--certificate", str(folder / certificate))  # type: ignore[operator]
    assert told[0] == status, told[1]
    assert says in told[1]


def test_with_its_facts_and_salt_it_is_rendered_again(verify: object, folder: Path) -> None:
    """The same bytes, or other ones where a fact or the salt is another."""
    facts = ("--facts", str(folder / "facts.json"))
    certificate = ("--certificate", str(folder / "ours.pem"))
    status, said = verify("letter.pdf", *certificate, *facts, "--salt", SALT)  # type: ignore[operator]
    assert (status, "gives the same bytes" in said) == (0, True)
    _, said = verify("letter.pdf", *certificate, *facts, "--salt", SALT[::-1])  # type: ignore[operator]
    assert "gives other bytes" in said
