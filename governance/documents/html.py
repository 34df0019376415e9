"""The strict semantic subset of HTML that a document may be written in, as a tree.

Every output is made from this tree: the record, the editable copy, the plain text of a mail. What
the subset does not know is refused by name and place, so that nothing is lost between them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from governance.refusals import Refused, refuse

BLOCKS = frozenset({"div", "h1", "h2", "h3", "h4", "header", "ol", "p", "section", "table", "ul"})
INLINE = frozenset({"bdi", "br", "em", "span", "strong", "sup"})
LETTERS = (INLINE - {"br"}) | {"caption", "h1", "h2", "h3", "h4", "li", "p", "td", "th", "title"}
CONTENT: dict[str, frozenset[str]] = {
    "document": frozenset({"html"}),
    "html": frozenset({"head", "body"}),
    "head": frozenset({"meta", "title"}),
    "title": frozenset({"bdi"}),
    "li": INLINE | {"p", "ol", "ul"},
    "ol": frozenset({"li"}),
    "ul": frozenset({"li"}),
    "table": frozenset({"caption", "thead", "tbody"}),
    "thead": frozenset({"tr"}),
    "tbody": frozenset({"tr"}),
    "tr": frozenset({"th", "td"}),
    "td": INLINE | {"p"},
    "th": INLINE,
    "caption": INLINE,
    **dict.fromkeys(("body", "div", "header", "section"), BLOCKS),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "p", "bdi", "em", "span", "strong", "sup"), INLINE),
}
KNOWN = frozenset(CONTENT) | {"br", "meta"}
VOID = frozenset({"br", "meta"})
ATTRIBUTES = frozenset({"charset", "class", "dir", "lang", "scope"})
TOKENS = re.compile(r"[A-Za-z][A-Za-z0-9 -]*")

# Not \s: a no-break space is a letter to us, French spacing depends on it.
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BREAK = "\n"
_TIGHT = frozenset({"addressee", "copies", "letterhead", "particulars", "signature"})


@dataclass
class Element:
    """One element: its name, its class, its language where it changes, and what it holds."""

    name: str
    kind: str = ""
    lang: str = ""
    dir: str = ""
    children: list[Element | str] = field(default_factory=list)

    def elements(self) -> Iterator[Element]:
        """The elements within, without the text between them."""
        return (child for child in self.children if isinstance(child, Element))

    def find(self, name: str) -> Iterator[Element]:
        """Every element of a name below this one, in reading order."""
        for child in self.elements():
            if child.name == name:
                yield child
            yield from child.find(name)

    def text(self) -> str:
        """The letters within, in reading order."""
        return "".join(c if isinstance(c, str) else c.text() for c in self.children)


def parse(page: str) -> Element:
    """The tree of a page; refuses what the subset does not know, by name and place."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.finish()


class _Reader(HTMLParser):
    """Builds the tree, and refuses at once: no guess about what was meant."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open = [Element("document")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins, where it may stand."""
        parent = self._open[-1]
        if tag not in KNOWN:
            raise self._refusal("<{element}> is not an element of a document", element=tag)
        if tag not in CONTENT.get(parent.name, frozenset()):
            raise self._refusal(
                "<{element}> may not stand in <{parent}>", element=tag, parent=parent.name
            )
        given = self._attributes(tag, attrs)
        element = Element(tag, given.get("class", ""), given.get("lang", ""), given.get("dir", ""))
        parent.children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<br/>` is `<br>`; other elements cannot be closed this way."""
        if tag not in VOID:
            raise self._refusal("<{element}/> must have a closing tag of its own", element=tag)
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """An element ends; the innermost one, or the nesting is wrong."""
        if self._open[-1].name != tag:
            raise self._refusal(
                "</{element}> closes <{parent}>", element=tag, parent=self._open[-1].name
            )
        self._open.pop()

    def handle_data(self, data: str) -> None:
        """Letters, where letters may stand."""
        parent = self._open[-1]
        if parent.name in LETTERS:
            parent.children.append(_SPACES.sub(" ", data))
        elif _SPACES.sub("", data):
            raise self._refusal("there is text in <{parent}>", parent=parent.name)

    def handle_decl(self, decl: str) -> None:
        """Only the declaration of HTML itself."""
        if decl.lower() != "doctype html":
            raise self._refusal("<!{element}> is not a declaration of a document", element=decl)

    def handle_comment(self, data: str) -> None:
        """What is not to be read does not belong in a document."""
        raise self._refusal("there is a comment: {element}", element=data.strip()[:40])

    def handle_pi(self, data: str) -> None:
        """Nor do orders to a machine."""
        raise self._refusal("<?{element}> is not part of a document", element=data[:40])

    def unknown_decl(self, data: str) -> None:
        """Nor marked sections."""
        raise self._refusal("<![{element}> is not part of a document", element=data[:40])

    def finish(self) -> Element:
        """The tree, if everything was closed."""
        if len(self._open) != 1:
            raise self._refusal("<{element}> is never closed", element=self._open[-1].name)
        roots = list(self._open[0].elements())
        if [[part.name for part in root.elements()] for root in roots] != [["head", "body"]]:
            raise self._refusal("a page is one <html> with one <head> and one <body>")
        return roots[0]

    def _attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> dict[str, str]:
        for name, value in attrs:
            if name not in ATTRIBUTES or not TOKENS.fullmatch(value or ""):
                raise self._refusal(
                    'the attribute {name}="{value}" may not stand on <{element}>',
                    element=tag,
                    name=name,
                    value=value,
                )
        return {name: value or "" for name, value in attrs}

    def _refusal(self, because: str, **facts: Any) -> Refused:
        line, column = self.getpos()
        path = " > ".join(e.name for e in self._open[1:])
        return refuse(
            because,
            rule="document_subset",
            cure="Use only: {known}.",
            where=f"line {line}, column {column + 1}" + (f", in {path}" if path else ""),
            known=", ".join(sorted(KNOWN - {"document"})),
            **facts,
        )


def plain(tree: Element) -> str:
    """The same document as plain text, for a mail: paragraphs apart by an empty line."""
    body = next(tree.find("body"), tree)
    blocks = (block.strip(" \n") for block in _blocks(body))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _blocks(element: Element) -> Iterator[str]:
    for child in element.elements():
        yield from _PLAIN.get(child.name, _paragraph)(child)


def _paragraph(element: Element) -> Iterator[str]:
    yield _line(element)


def _container(element: Element) -> Iterator[str]:
    """A section whose paragraphs are lines, such as an address, stays together."""
    if element.kind in _TIGHT:
        yield "\n".join(filter(None, (block.strip() for block in _blocks(element))))
    else:
        yield from _blocks(element)


def _list(element: Element) -> Iterator[str]:
    for number, item in enumerate(element.elements(), start=1):
        mark = f"{number}. " if element.name == "ol" else "- "
        lines = filter(None, (_own_line(item), *_blocks_of_item(item)))
        yield mark + "\n".join(lines).replace("\n", "\n" + " " * len(mark))


def _own_line(item: Element) -> str:
    inline = [c for c in item.children if isinstance(c, str) or c.name in INLINE]
    return _line(Element(item.name, children=inline))


def _blocks_of_item(item: Element) -> Iterator[str]:
    for child in item.elements():
        if child.name not in INLINE:
            yield from _PLAIN.get(child.name, _paragraph)(child)


def _table(element: Element) -> Iterator[str]:
    """A row is a line; in a table of two columns the first names the second, without a head."""
    captions = [_line(caption) for caption in element.find("caption")]
    rows = [[_line(cell) for cell in row.elements()] for row in element.find("tr")]
    if all(len(row) == 2 for row in rows):  # noqa: PLR2004 -- a name and its value
        heads = sum(1 for head in element.find("thead") for _ in head.find("tr"))
        yield "\n".join([*captions, *(": ".join(row) for row in rows[heads:])])
    else:
        yield "\n".join([*captions, *(" | ".join(row) for row in rows)])


_PLAIN: dict[str, Callable[[Element], Iterator[str]]] = {
    "div": _container,
    "header": _container,
    "ol": _list,
    "section": _container,
    "table": _table,
    "ul": _list,
}


def _line(element: Element) -> str:
    """The letters of one paragraph, with a break where `<br>` stands."""
    text = "".join(
        c if isinstance(c, str) else _BREAK if c.name == "br" else _line(c)
        for c in element.children
    )
    return "\n".join(_SPACES.sub(" ", line).strip(" ") for line in text.split(_BREAK))
