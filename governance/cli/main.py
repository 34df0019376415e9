"""`mandate`: the commands, each in its own module; read their help with --help."""

from __future__ import annotations

import typer

from governance.cli.trouble import Commands, Place

HELP = """Appointments of international organisations: who must be asked, by when, under which rule.

Every command has --help with examples, and most have --json. You act here as yourself: sign in
first, with `mandate sign-in EMAIL`.

Exit status: 0 done, 1 refused, 2 not understood, 3 not there.
"""

WORK, PEOPLE, HOUSE = "Work", "Who you are", "The installation"

Commands.places = {
    "waiting": Place("governance.cli.answer", "waiting", WORK),
    "answer": Place("governance.cli.answer", "answer", WORK),
    "appointment": Place("governance.cli.appointments", "commands", WORK),
    "call": Place("governance.cli.call", "commands", WORK),
    "bureau": Place("governance.cli.call", "addresses", WORK),
    "candidate": Place("governance.cli.candidate", "commands", WORK),
    "vetting": Place("governance.cli.screening", "commands", WORK),
    "evidence": Place("governance.cli.evidence", "commands", WORK),
    "committee": Place("governance.cli.crisis", "commands", WORK),
    "meeting": Place("governance.cli.meeting_votes", "commands", WORK),
    "minutes": Place("governance.cli.minutes_acts", "commands", WORK),
    "action": Place("governance.cli.after_acts", "action", WORK),
    "decision": Place("governance.cli.after_acts", "decision", WORK),
    "deadline": Place("governance.cli.counting", "count_deadline", WORK),
    "consultation": Place("governance.cli.consultation", "commands", WORK),
    "document": Place("governance.cli.documents", "commands", WORK),
    "record": Place("governance.cli.record", "commands", WORK),
    "rulebook": Place("governance.cli.law", "commands", WORK),
    "representation": Place("governance.cli.representation_all", "commands", WORK),
    "search": Place("governance.cli.searching", "search_all", WORK),
    "rehearse": Place("governance.cli.running", "rehearse", WORK),
    "people": Place("governance.cli.people", "commands", WORK),
    "question": Place("governance.cli.question", "commands", WORK),
    "notices": Place("governance.cli.notices", "commands", WORK),
    "sign-in": Place("governance.cli.signing", "sign_in", PEOPLE),
    "sign-out": Place("governance.cli.signing", "sign_out", PEOPLE),
    "whoami": Place("governance.cli.signing", "whoami", PEOPLE),
    "setup": Place("governance.cli.running", "setup", HOUSE),
    "run": Place("governance.cli.running", "run", HOUSE),
    "check": Place("governance.cli.checking", "check_installation", HOUSE),
}

app = typer.Typer(
    name="mandate",
    cls=Commands,
    help=HELP,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(help=HELP)
def mandate() -> None:
    """What all commands have in common: nothing, so far."""
