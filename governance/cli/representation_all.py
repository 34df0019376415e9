"""`mandate representation`: all its commands together."""

from __future__ import annotations

from governance.cli import representation_ahead as ahead
from governance.cli import representation_looking as looking
from governance.cli import representation_reviews as reviews
from governance.cli.representation import commands

commands.command("complete")(ahead.complete_slate)
commands.command("ranges")(ahead.ranges)
commands.command("acting")(ahead.acting)
commands.command("vacancies")(looking.vacancies)
commands.command("candidates")(looking.candidates_beside)
commands.command("years")(looking.years)
commands.command("import-scheme")(looking.import_scheme)
commands.command("groups")(ahead.groups)
commands.add_typer(reviews.commands)

__all__ = ["commands"]
