"""Put the organisation's seal on a record, and read it back.

The seal is a PAdES signature that allows no change (DocMDP level 1). A reader that is content with
"the signature is valid" can be misled: bytes after the signed part, and some bytes of the
signature's own container, may change without it. So a seal counts only if it is the one signature,
covers the entire file, and the register knows the hash of exactly these bytes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO

from governance.documents.proof.keys import Device, KeyFile, opened
from governance.refusals import NOTHING_TO_SAY, Sentence, say

FIELD = "Seal"


def sealed(pdf: bytes, key: KeyFile | Device, organisation: str) -> bytes:
    """The record with its seal; the bytes of the record stay as they are at the beginning."""
    from pyhanko.pdf_utils.incremental_writer import (  # noqa: PLC0415 -- half a second, for seals
        IncrementalPdfFileWriter,
    )
    from pyhanko.sign import fields, signers  # noqa: PLC0415 -- the same

    with opened(key) as signer:
        about = signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=fields.MDPPerm.NO_CHANGES,
            name=organisation,
        )
        place = fields.SigFieldSpec(
            FIELD,
            on_page=0,
            readable_field_name="Seal",
            invis_sig_settings=fields.InvisSigSettings(
                set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True
            ),
        )
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        made = signers.PdfSigner(about, signer, new_field_spec=place).sign_pdf(
            writer, appearance_text_params={}
        )
    return bytes(made.getbuffer())


def sha256(content: bytes) -> str:
    """The hash by which the register knows a file."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True)
class Reading:
    """What a file's seal says of itself. `problem` is empty where the seal is whole."""

    has_seal: bool
    signer: str = ""
    at: str = ""
    certificate: str = ""
    problem: Sentence = NOTHING_TO_SAY

    @property
    def is_whole(self) -> bool:
        """One seal, over the entire file, and every signed byte as it was signed."""
        return self.has_seal and not self.problem.pattern


def read(pdf: bytes) -> Reading:
    """Read a file's seal; whatever goes wrong is a problem of the file, never an error."""
    try:
        return _read(pdf)
    except Exception as error:  # noqa: BLE001 -- a broken file may break its reader anywhere
        return Reading(
            b"/ByteRange" in pdf,
            problem=say("the file is broken ({kind})", kind=type(error).__name__),
        )


def _read(pdf: bytes) -> Reading:
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 -- half a second
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415 -- the same
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415 -- the same
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415 -- the same

    found = PdfFileReader(BytesIO(pdf), strict=True).embedded_signatures
    if not found:
        return Reading(False)
    if len(found) != 1:
        return Reading(True, problem=say("it has {n} signatures where one is right", n=len(found)))
    certificate = found[0].signer_cert
    offline = ValidationContext(trust_roots=[certificate], allow_fetching=False)
    status = validate_pdf_signature(found[0], offline)
    about = Reading(
        True,
        signer=str(certificate.subject.human_friendly),
        at=status.signer_reported_dt.isoformat() if status.signer_reported_dt else "",
        certificate=hashlib.sha256(certificate.dump()).hexdigest(),
    )
    if not (status.intact and status.valid):
        return _with(about, say("its content is not what was sealed"))
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        return _with(about, say("something was added after it was sealed"))
    if not status.bottom_line:
        return _with(about, say("its signature does not hold"))
    return about


def _with(about: Reading, problem: Sentence) -> Reading:
    return Reading(about.has_seal, about.signer, about.at, about.certificate, problem)
