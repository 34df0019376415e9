"""The subject of a mail, on its way through lines of seven bits."""

from __future__ import annotations

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP as SMTP_POLICY

from hypothesis import example, given
from hypothesis import strategies as st

from governance.notices.message import LONGEST, POLICY

WORDS = st.text(st.characters(min_codepoint=0x20, exclude_categories=("C", "Z")), min_size=1)


@given(words=st.lists(WORDS, min_size=1, max_size=12))
@example(words=["INT-2026-0001:", "رسالة", "في", "انتظار", "ردكم"])
def test_a_subject_arrives_as_it_was_written(words: list[str]) -> None:
    """No space between two words is lost on the way, in any script, and no line is too long."""
    sent = EmailMessage(policy=POLICY)
    sent["Subject"] = " ".join(words)
    lines = sent.as_bytes()
    assert BytesParser(policy=SMTP_POLICY).parsebytes(lines)["Subject"] == " ".join(words)
    assert max(map(len, lines.splitlines())) <= LONGEST or sent["Subject"].isascii()
