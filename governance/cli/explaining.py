"""The certificate of a question, as the command line prints it."""

from __future__ import annotations

from governance.appointments.queries import sees_all
from governance.cli.desk import actor_of, open_house
from governance.cli.saying import as_json, line, words
from governance.consultation.certificate import certificate_for


def say_certificate(consultation: str, *, in_json: bool) -> None:
    """Print the certificate of a question to whoever is signed in and may read it."""
    with open_house() as house:
        actor = actor_of(house)
        found = certificate_for(house, actor, consultation, sees_all=sees_all(actor))
    if in_json:
        as_json(found.as_json())
        return
    line(f"{found.facts['reference']}: {words(found.facts['question'])}")
    for heading, sentences in (
        ("Rule", found.rule),
        ("Roll", found.roll),
        ("Working", found.working),
        ("Casting vote", found.castings),
        ("Result", (found.end,)),
    ):
        if not sentences:
            continue
        line(f"\n{heading}")
        for each in sentences:
            text = str(each)
            line(f"  {text}")
