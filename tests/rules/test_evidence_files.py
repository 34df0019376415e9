"""Files given as evidence: what is taken, and everything that is refused in words."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from governance.appointments.evidence.looking import look_through, plain_name
from governance.refusals import Reason, Refused


def pdf(change: Callable[[pikepdf.Pdf], None] = lambda _: None, **saving: object) -> bytes:
    """A PDF of one page, changed."""
    made = pikepdf.new()
    made.add_blank_page()
    change(made)
    kept = io.BytesIO()
    made.save(kept, **saving)  # type: ignore[arg-type]
    return kept.getvalue()


def archive(parts: dict[str, bytes], comment: bytes = b"") -> bytes:
    """A ZIP archive."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
        made.comment = comment
    return kept.getvalue()


DOCX = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document>Words.</document>"}


def docx(more: dict[str, bytes] | None = None, comment: bytes = b"") -> bytes:
    """A document of the kind that word processors write, with more in it."""
    return archive(DOCX | (more or {}), comment)


def png(after: bytes = b"") -> bytes:
    """A picture of one dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(b"\x00\x00"))
    return b"\x89PNG\r\n\x1a\n" + head + data + chunk(b"IEND", b"") + after


def jpeg(after: bytes = b"") -> bytes:
    """The skeleton of a JPEG picture."""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 16, 16, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + frame + b"\xff\xda\x00\x02" + b"\x12\x34" + b"\xff\xd9" + after


def refusal_of(name: str, content: bytes) -> Refused:
    """The refusal of a file."""
    with pytest.raises(Refused) as refusal:
        look_through(name, content)
    assert refusal.value.reason is Reason.INPUT
    assert all(str(each.because) and str(each.cure) for each in refusal.value.findings)
    return refusal.value


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("cv.pdf", pdf(), "application/pdf"),
        ("Diplôme de Mme Owusu.PDF", pdf(), "application/pdf"),
        ("scan.png", png(), "image/png"),
        ("scan.jpg", jpeg(), "image/jpeg"),
        ("letter.docx", docx(), "wordprocessingml"),
        ("letter.odt", archive({"mimetype": b"x", "content.xml": b"<a/>"}), "opendocument"),
        ("list.xlsx", archive({"xl/workbook.xml": b"<workbook/>"}), "spreadsheetml"),
    ],
)
def test_plain_papers_are_taken_with_their_hash(name: str, content: bytes, media_type: str) -> None:
    """What people have: PDF, scans, documents."""
    looked = look_through(name, content)
    assert media_type in looked.media_type
    assert looked.sha256 == hashlib.sha256(content).hexdigest()
    assert looked.size == len(content)


def _script(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def _launch(made: pikepdf.Pdf) -> None:
    made.pages[0].Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Link, A=Dictionary(S=Name.Launch, F="cmd.exe"))]
    )


def _embedded(made: pikepdf.Pdf) -> None:
    made.attachments["tool.exe"] = pikepdf.AttachedFileSpec(made, b"MZ")


def _form(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = Dictionary(XFA=Array([]), Fields=Array([]))


def _sends(made: pikepdf.Pdf) -> None:
    made.Root.AA = Dictionary(WC=Dictionary(S=Name.SubmitForm, F="https://elsewhere.example"))


PACKED = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}
BAD: dict[str, tuple[str, bytes, str]] = {
    "nothing": ("cv.pdf", b"", "empty"),
    "renamed program": ("cv.pdf", b"MZ\x90\x00" + b"\x00" * 200, "a program for Windows"),
    "program of Linux": ("cv.docx", b"\x7fELF" + b"\x00" * 200, "a program for Linux"),
    "script": ("cv.pdf", b"#!/bin/sh\nrm -rf /\n", "a script"),
    "web page": ("cv.pdf", b"<html><script>alert(1)</script>", "a web page"),
    "wrong ending": ("cv.png", pdf(), "is a PDF"),
    "program by name": ("cv.exe", b"MZ", 'end in "exe"'),
    "no ending": ("cv", pdf(), "not taken"),
    "two endings": ("cv.pdf.exe", pdf(), 'end in "exe"'),
    "old document": ("cv.docx", b"\xd0\xcf\x11\xe0" + b"\x00" * 99, "old Office document"),
    "PDF with a script": ("cv.pdf", pdf(_script), "a script"),
    "PDF with a packed script": ("cv.pdf", pdf(_script, **PACKED), "a script"),
    "PDF that starts a program": ("cv.pdf", pdf(_launch), "starts a program"),
    "PDF with a file in it": ("cv.pdf", pdf(_embedded, **PACKED), "embedded"),
    "PDF with a living form": ("cv.pdf", pdf(_form), "interactive form"),
    "PDF that sends data": ("cv.pdf", pdf(_sends), "sends data"),
    "locked PDF": (
        "cv.pdf",
        pdf(encryption=pikepdf.Encryption(owner="o", user="u")),
        "locked with a password",
    ),
    "PDF locked for changes": (
        "cv.pdf",
        pdf(encryption=pikepdf.Encryption(owner="o", user="")),
        "locked with a password",
    ),
    "half a PDF": ("cv.pdf", pdf()[:-200], "cut off"),
    "no PDF at all": ("cv.pdf", b"%PDF-1.7\nnothing\n%%EOF", "damaged"),
    "PDF and archive": ("cv.pdf", pdf() + docx(), "hangs behind"),
    "zip bomb": ("cv.docx", docx({"word/media/a.bin": b"\x00" * 60_000_000}), "far more"),
    "archive in the document": ("cv.docx", docx({"word/a.bin": docx()}), "an archive is packed"),
    "program in the document": ("cv.docx", docx({"word/a.bin": b"MZ\x90"}), "a program is packed"),
    "macros": ("cv.docx", docx({"word/vbaProject.bin": b"\xd0\xcf"}), "macros"),
    "embedded object": ("cv.docx", docx({"word/embeddings/a.bin": b"x"}), "embedded files"),
    "path out of the archive": ("cv.docx", docx({"../../etc/passwd": b"x"}), "lead out"),
    "template from elsewhere": (
        "cv.docx",
        docx(
            {
                "word/_rels/settings.xml.rels": b'<Relationship Type="x/attachedTemplate" '
                b'Target="https://elsewhere.example/t.dotm" TargetMode="External"/>'
            }
        ),
        "from elsewhere",
    ),
    "entities": ("cv.docx", docx({"word/a.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]>"}), "entities"),
    "tail on a document": ("cv.docx", docx() + b"<script>", "behind the end"),
    "comment on a document": ("cv.docx", docx(comment=b"<script>"), "behind the end"),
    "another archive": ("cv.docx", archive({"a.txt": b"x"}), "another kind of archive"),
    "broken archive": ("cv.docx", docx()[:-40], "damaged"),
    "picture with a tail": ("scan.png", png(b"PK\x03\x04"), "behind the end"),
    "photograph with a tail": ("scan.jpg", jpeg(b"<?php ?>"), "behind the end"),
    "half a picture": ("scan.png", png()[:-8], "damaged"),
    "path": ("../../etc/cv.pdf", pdf(), "is a path"),
    "path of Windows": ("C:\\temp\\cv.pdf", pdf(), "is a path"),
    "turned about": ("cv\u202efdp.pdf", pdf(), "unseen character"),
    "line break": ("cv\r\nX: y.pdf", pdf(), "unseen character"),
    "no name": ("  ", pdf(), "no name"),
    "long name": ("a" * 300 + ".pdf", pdf(), "304 characters"),
    "name of a device": ("con.pdf", pdf(), "cannot be called"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_would_harm_its_reader_is_refused_in_words(what: str) -> None:
    """The sentence says what it is, and what to do about it."""
    name, content, sentence = BAD[what]
    assert sentence in str(refusal_of(name, content))


def test_a_pdf_within_another_kind_of_file_is_refused() -> None:
    """A reader of PDF looks for the beginning in the first kilobyte of anything."""
    content = docx()
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as made:
        made.writestr("a.txt", b"%PDF-1.4")
        for name, part in DOCX.items():
            made.writestr(name, part)
    assert "two kinds" in str(refusal_of("cv.docx", stored.getvalue()))
    assert look_through("cv.docx", content)


def test_an_archive_that_lies_about_its_size_is_found() -> None:
    """What a part says of its size is not believed: it is counted."""
    content = bytearray(docx({"word/media/a.bin": b"\x00" * 30_000_000}))
    real, said = struct.pack("<I", 30_000_000), struct.pack("<I", 1000)
    assert content.count(real) == 2
    content = bytearray(bytes(content).replace(real, said))
    refusal_of("cv.docx", bytes(content))


def test_size_alone_can_refuse_a_file() -> None:
    """Eleven megabytes are too many, whatever is in them."""
    assert "the limit is 10 MB" in str(refusal_of("cv.pdf", b"%PDF-" + b"\x00" * (11 << 20)))


@given(st.text(max_size=40))
def test_no_name_leads_anywhere(name: str) -> None:
    """Whatever is taken as a name holds no separator, no way up and nothing unseen."""
    from governance.appointments.evidence.faults import Fault

    try:
        kept = plain_name(name)
    except Fault:
        return
    assert not set(kept) & set("/\\\x00\n\r\u202e")
    assert not kept.startswith("..")


@given(st.binary(max_size=400), st.sampled_from(["pdf", "docx", "png", "jpg", "odt", "xlsx"]))
def test_noise_is_refused_and_never_crashes(noise: bytes, ending: str) -> None:
    """Whatever bytes come, the answer is a sentence."""
    starts = {"pdf": b"%PDF-1.7\n", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
    content = starts.get(ending, b"PK\x03\x04") + noise
    refusal_of(f"a.{ending}", content + (b"\n%%EOF" if ending == "pdf" else b"\x00A"))
