"""What is generated into the documentation is what the code says today."""

from __future__ import annotations

import importlib.util
from types import ModuleType

from governance.settings import ROOT


def generator(name: str = "generate") -> ModuleType:
    """The script that writes the generated parts."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_lifecycles_in_the_documentation_are_those_of_the_code() -> None:
    """A lawyer who reads the diagrams reads what the program does; `make docs` renews them."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    assert generator().with_generated(page) == page


def test_a_stale_page_is_noticed() -> None:
    """A planted change in a diagram does not go unseen."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    stale = page.replace("| Open | ", "| Ajar | ", 1)
    assert stale != page
    assert generator().with_generated(stale) != stale


def test_the_kinds_in_the_documentation_are_those_of_the_schemas() -> None:
    """Whoever fills in a document finds every field; `make docs` renews them."""
    page = (ROOT / "docs" / "documents.md").read_text("utf-8")
    assert generator("documents").with_generated(page) == page
