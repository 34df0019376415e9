"""The subset of HTML that a document may be written in, and its plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from governance.documents import html
from governance.refusals import Refused


def page(body: str) -> str:
    """A whole page with this in its body."""
    return (
        '<!doctype html>\n<html lang="en" dir="ltr"><head><meta charset="utf-8">'
        f"<title>x</title></head>\n<body>{body}</body></html>"
    )


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p><script>alert(1)</script></p>", "<script> is not an element"),
        ('<p><img src="file:///etc/passwd"></p>', "<img> is not an element"),
        ("<iframe></iframe>", "<iframe> is not an element"),
        ("<style>p{}</style>", "<style> is not an element"),
        ("<p><a>x</a></p>", "<a> is not an element"),
        ('<p onclick="x()">x</p>', 'the attribute onclick="x()"'),
        ('<p style="color:red">x</p>', "the attribute style"),
        ('<p class="a&quot;b">x</p>', "the attribute class"),
        ("<p><p>x</p></p>", "<p> may not stand in <p>"),
        ("<p><table></table></p>", "<table> may not stand in <p>"),
        ("<ul><p>x</p></ul>", "<p> may not stand in <ul>"),
        ("<section>letters</section>", "there is text in <section>"),
        ("<p>x</div>", "</div> closes <p>"),
        ("<section><p>x</p>", "</body> closes <section>"),
        ("<p>x<!-- y --></p>", "there is a comment"),
        ("<p>x<?php y ?></p>", "is not part of a document"),
        ("<p/>", "<p/> must have a closing tag"),
        ("<p>x</p></body></html><p>", "<p> may not stand in <document>"),
    ],
)
def test_what_the_subset_does_not_know_is_refused_by_name_and_place(body: str, said: str) -> None:
    """No guess about what was meant: the element, its line and where it stands."""
    with pytest.raises(Refused) as refusal:
        html.parse(page(body))
    (finding,) = refusal.value.findings
    assert said in str(finding.because)
    assert finding.where.startswith("line 3, column ")


def test_an_unclosed_page_is_refused() -> None:
    """A page that was cut off is not a document."""
    with pytest.raises(Refused, match="<p> is never closed"):
        html.parse(page("<p>x").removesuffix("</body></html>"))
    for other in ("", page("") * 2, page("").replace("<body></body>", "")):
        with pytest.raises(Refused, match="one <html> with one <head> and one <body>"):
            html.parse(other)


def test_a_no_break_space_is_a_letter() -> None:
    """Other spaces run together; the spaces of French do not."""
    tree = html.parse(page("<p>a \n\t b&nbsp;: c&#8239;;  d</p>"))
    assert next(tree.find("p")).text() == "a b\u00a0: c\u202f; d"


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), max_size=80))
def test_any_escaped_text_comes_back_as_it_was(text: str) -> None:
    """What is escaped is never an element, and never lost."""
    tree = html.parse(page(f"<p>x<bdi>{escape(text)}</bdi></p>"))
    bdi = next(tree.find("bdi"))
    assert bdi.text().split() == text.split()
    assert not list(bdi.elements())


def test_plain_text_keeps_paragraphs_lists_and_rows_apart() -> None:
    """A mail says the same as the letter, line by line."""
    tree = html.parse(
        page(
            '<section class="addressee"><p>A. Person</p><p>1 Street</p></section>'
            "<h1>Subject</h1><p>One<br>two <strong>three</strong>.</p>"
            "<table><caption>Terms</caption><thead><tr><th>a</th><th>b</th></tr></thead>"
            "<tbody><tr><td>Post</td><td>Clerk</td></tr></tbody></table>"
            "<ol><li>First: <ul><li>x</li><li>y</li></ul></li><li><p>Second</p></li></ol>"
        )
    )
    assert html.plain(tree) == (
        "A. Person\n1 Street\n\nSubject\n\nOne\ntwo three.\n\nTerms\nPost: Clerk\n\n"
        "1. First:\n   - x\n   - y\n\n2. Second\n"
    )


def test_a_wider_table_keeps_its_head_in_plain_text() -> None:
    """Where a row is no name with its value, the heads are needed."""
    rows = "<tr><th>a</th><th>b</th><th>c</th></tr>"
    tree = html.parse(page(f"<table><thead>{rows}</thead></table>"))
    assert html.plain(tree) == "a | b | c\n"
