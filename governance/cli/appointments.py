"""`mandate appointment`, whole: every module that adds commands to it is read here."""

from __future__ import annotations

from governance.cli import assessing, board, examination, forecast, panel, service, vetting  # noqa: F401 -- they add their commands
from governance.cli.appointment import commands

__all__ = ["commands"]
