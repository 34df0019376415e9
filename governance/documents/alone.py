"""What a file says of itself, where no register can be asked: seal, certificate, provenance.

The register knows each byte of what was issued; without it, a seal that covers the entire file is
what there is. Whose seal it is, a certificate that somebody names can tell.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes

from governance.documents.proof.seal import Reading, read, sha256
from governance.documents.render import Rendered
from governance.documents.source import Templates
from governance.refusals import Reason, Refused, Sentence, refuse, say

PROVENANCE = "mandate-provenance.json"
_PDF = b"%PDF-"


@dataclass(frozen=True)
class Alone:
    """What can be said of a file alone. `is_ours` is None where nothing here can tell."""

    is_whole: bool
    is_ours: bool | None
    sentences: tuple[Sentence, ...]
    facts: Mapping[str, Any]


def look(content: bytes, certificate: bytes | None, templates: Templates) -> Alone:
    """The verdict on a file without a register; `certificate` is that of who may have sealed it."""
    named = _certificate(certificate) if certificate is not None else None
    told: dict[str, Any] = {"sha256": sha256(content), "asked": "file alone"}
    if not content.startswith(_PDF):
        no_pdf = say("This is not a PDF file, so it is not one of our records.")
        return Alone(False, False, (no_pdf,), {**told, "ours": False, "whole": False})
    seal, provenance = read(content), provenance_of(content)
    ours = _is_of(content, named) if named is not None and seal.is_whole else None
    is_ours = ours if seal.is_whole else False
    said = (*_of_seal(seal), *_of_certificate(seal, ours), *_of_source(provenance, templates))
    return Alone(
        seal.is_whole,
        is_ours,
        said,
        {
            **told,
            "ours": is_ours,
            "whole": seal.is_whole,
            "unaltered": seal.is_whole,
            "seal": {
                "signer": seal.signer,
                "at": seal.at,
                "certificate_sha256": seal.certificate,
            },
            "rendered_from": dict(provenance),
        },
    )


def again(content: bytes, made: Rendered) -> Sentence:
    """Whether a record that was rendered now is what the seal was put on."""
    if content.startswith(made.pdf):
        return say("Rendered again just now from the facts given, it gives the same bytes.")
    return say(
        "Rendered again from the facts given, it gives other bytes: other facts, another salt, "
        "other templates or versions."
    )


def provenance_of(content: bytes) -> dict[str, Any]:
    """What a record says that it was rendered from; nothing where it says nothing."""
    try:
        with pikepdf.open(BytesIO(content)) as file:
            told = json.loads(file.attachments[PROVENANCE].get_file().read_bytes())
    except (pikepdf.PdfError, KeyError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _of_seal(seal: Reading) -> Sequence[Sentence]:
    if not seal.has_seal:
        return (say("It carries no seal, so nothing vouches for it."),)
    if not seal.is_whole:
        return (say("Its seal does not hold: {problem}.", problem=seal.problem),)
    return (
        say("It is whole and unaltered since it was sealed: one seal covers the entire file."),
        say("It says that it was sealed by {signer}, at {at}.", signer=seal.signer, at=seal.at),
    )


def _of_certificate(seal: Reading, ours: bool | None) -> Sequence[Sentence]:
    if not seal.is_whole:
        return ()
    if ours is None:
        return (
            say(
                "Whose seal it is cannot be said here: its certificate has the fingerprint "
                "{fingerprint}. Ask the organisation for its certificate and name it with "
                "--certificate, or ask on the organisation's own page.",
                fingerprint=seal.certificate,
            ),
        )
    if ours:
        return (say("It was sealed with the certificate that you named."),)
    return (say("It was not sealed with the certificate that you named: do not rely on it."),)


def _of_source(provenance: Mapping[str, Any], templates: Templates) -> Sequence[Sentence]:
    kind, language = provenance.get("kind"), provenance.get("language")
    if not isinstance(kind, str) or not isinstance(language, str):
        return (say("It does not say what it was rendered from."),)
    versions = provenance.get("versions")
    typst = versions.get("typst", "–") if isinstance(versions, dict) else "–"
    said = say(
        "It says that it was rendered as {kind} in {language}, dated {date}, from templates "
        "{templates}, with Typst {typst}.",
        kind=kind,
        language=language,
        date=str(provenance.get("date", "–")),
        templates=str(provenance.get("templates", "–"))[:12],
        typst=str(typst),
    )
    known = kind in templates.kinds and language in templates.languages(kind)
    same = known and templates.sha256(kind, language) == provenance.get("templates")
    here = (
        say("These are the templates that are here.")
        if same
        else say("These are not the templates that are here.")
    )
    return (said, here)


def _is_of(content: bytes, named: x509.Certificate) -> bool:
    """Whether a whole seal was made with a certificate, or with one that it has issued."""
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 -- half a second

    (found,) = PdfFileReader(BytesIO(content), strict=True).embedded_signatures
    of_seal = x509.load_der_x509_certificate(found.signer_cert.dump())
    if of_seal.fingerprint(hashes.SHA256()) == named.fingerprint(hashes.SHA256()):
        return True
    try:
        of_seal.verify_directly_issued_by(named)
    except (InvalidSignature, TypeError, ValueError):
        return False
    return True


def _certificate(content: bytes) -> x509.Certificate:
    try:
        if content.lstrip().startswith(b"-----BEGIN"):
            return x509.load_pem_x509_certificate(content)
        return x509.load_der_x509_certificate(content)
    except ValueError:
        raise _no_certificate() from None


def _no_certificate() -> Refused:
    return refuse(
        "the file that you named holds no certificate",
        rule="certificate_is_read",
        cure="Give the organisation's certificate, as PEM or DER.",
        reason=Reason.INPUT,
    )
