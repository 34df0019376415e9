"""`mandate document verify|certificate`: whether a file is ours, here or without a register."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from governance.cli.desk import is_set_up, open_house
from governance.cli.files import read, read_facts, write
from governance.cli.saying import DONE, MISSING, REFUSED, Json, as_json, line, lines
from governance.documents import alone
from governance.documents.proof.keys import opened
from governance.documents.render import record
from governance.documents.source import Templates
from governance.refusals import Reason, Refused, Sentence, refuse
from governance.registry.house_style import key_of, style_of
from governance.registry.verifying import verify
from governance.settings import Settings

File = Annotated[Path, typer.Argument(metavar="FILE", help="A file somebody received.")]
Certificate = Annotated[
    Path | None,
    typer.Option(
        "--certificate",
        metavar="FILE",
        help="The organisation's certificate, PEM or DER: looks at the file alone.",
    ),
]
Given = Annotated[
    str,
    typer.Option("--facts", metavar="DATA.json", help="Its facts: render it again from them."),
]
Salt = Annotated[str, typer.Option("--salt", metavar="HEX", help="Its salt, of the register.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Where to write. Empty: printed."),
]


def verify_file(
    file: File,
    certificate: Certificate = None,
    facts: Given = "",
    salt: Salt = "",
    in_json: Json = False,
) -> None:
    """Say whether a file is ours, whole, unaltered, and what it was rendered from.

    Within an installation its register is asked. Without one, or with --certificate, the file
    speaks for itself: its seal, and whether that is of the certificate named.

    Exit status: 0 ours and whole, 1 it is not, 2 there is no such file, 3 whole, but whose it is
    cannot be said here.

    Example: mandate document verify letter.pdf --certificate organisation.pem
    """
    content, settings = read(file), Settings()
    if certificate is None and not facts and is_set_up(settings):
        with open_house() as house:
            verdict = verify(house, content)
        _say(verdict.facts, verdict.sentences, in_json=in_json)
        raise typer.Exit(DONE if verdict.is_ours else REFUSED)
    templates = style_of(settings).templates
    named = read(certificate) if certificate is not None else None
    found = alone.look(content, named, templates)
    sentences, told = found.sentences, dict(found.facts)
    if facts:
        sentence, told["same_bytes_again"] = _again(content, facts, salt, templates)
        sentences = (*sentences, sentence)
    _say(told, sentences, in_json=in_json)
    raise typer.Exit({True: DONE, False: REFUSED, None: MISSING}[found.is_ours])


def print_certificate(output: Output = None, in_json: Json = False) -> None:
    """Give the certificate of your seal, for those who verify files without an installation.

    Example: mandate document certificate --output organisation.pem
    """
    with opened(key_of(Settings())) as signer:
        held: Any = signer.signing_cert
    certificate = x509.load_der_x509_certificate(held.dump())
    pem = certificate.public_bytes(Encoding.PEM)
    if output is not None:
        write(output, pem)
    if in_json:
        digest = certificate.fingerprint(hashes.SHA256()).hex()
        as_json({"certificate": pem.decode(), "sha256": digest})
    elif output is None:
        print(pem.decode(), end="")
    else:
        line(f"Written: {output}")


COMMANDS: Mapping[str, Callable[..., None]] = {
    "verify": verify_file,
    "certificate": print_certificate,
}


def _again(content: bytes, facts: str, salt: str, templates: Templates) -> tuple[Sentence, bool]:
    """Render a file again from facts that somebody gives, with what is installed now."""
    source = alone.provenance_of(content)
    told = read_facts(facts)
    try:
        day, grains = date.fromisoformat(str(told.get("date"))), bytes.fromhex(salt)
        kind, language = str(source["kind"]), str(source["language"])
    except (KeyError, ValueError):
        raise _nothing_to_render() from None
    made = record(kind, language, told, day, salt=grains or None, templates=templates)
    return alone.again(content, made), content.startswith(made.pdf)


def _nothing_to_render() -> Refused:
    return refuse(
        "the file cannot be rendered again from what was given",
        rule="facts_are_complete",
        cure="Give its facts with their date, its salt in hexadecimal, and a file that says what "
        "it was rendered from.",
        reason=Reason.INPUT,
    )


def _say(told: Mapping[str, Any], sentences: tuple[Sentence, ...], *, in_json: bool) -> None:
    if in_json:
        as_json({**told, "sentences": [str(each) for each in sentences]})
    else:
        lines(sentences)
