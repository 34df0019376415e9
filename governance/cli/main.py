"""`mandate`: the commands, each in its own module; read their help with --help."""

from __future__ import annotations

import typer

from governance.cli import (
    answer,
    appointment,
    checking,
    counting,
    law,
    record,
    running,
    signing,
    vetting,
)
from governance.cli.trouble import Commands

HELP = """Appointments of international organisations: who must be asked, by when, under which rule.

Every command has --help with examples, and most have --json. You act here as yourself: sign in
first, with `mandate sign-in EMAIL`.

Exit status: 0 done, 1 refused, 2 not understood, 3 not there.
"""

PEOPLE, WORK, HOUSE = "Who you are", "Work", "The installation"

app = typer.Typer(
    name="mandate",
    cls=Commands,
    help=HELP,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("waiting", rich_help_panel=WORK)(answer.waiting)
app.command("answer", rich_help_panel=WORK)(answer.answer)
app.add_typer(appointment.commands, rich_help_panel=WORK)
app.command("deadline", rich_help_panel=WORK)(counting.count_deadline)
app.add_typer(record.commands, rich_help_panel=WORK)
app.add_typer(law.commands, rich_help_panel=WORK)
app.command("rehearse", rich_help_panel=WORK)(running.rehearse)
app.command("sign-in", rich_help_panel=PEOPLE)(signing.sign_in)
app.command("sign-out", rich_help_panel=PEOPLE)(signing.sign_out)
app.command("whoami", rich_help_panel=PEOPLE)(signing.whoami)
app.command("setup", rich_help_panel=HOUSE)(running.setup)
app.command("run", rich_help_panel=HOUSE)(running.run)
app.command("check", rich_help_panel=HOUSE)(checking.check_installation)

# Imported for the commands that it adds to `mandate appointment`.
__all__ = ["app", "vetting"]
