"""An adverse finding goes to the candidate, who may accept, explain or dispute it in time."""

from __future__ import annotations

from governance.acts import Moment
from governance.appointments.checks.putting import Law, Put, answer_to, closed, put
from governance.appointments.checks.words import COMMENT
from governance.appointments.lifecycle import CheckLifecycle
from governance.appointments.models import Candidacy, Case, Check
from governance.lifecycle import fire
from governance.people.models import Person

CAPACITY = "heard"


def step(check: Check) -> str:
    """The name of the question about one finding."""
    return f"comment:{check.id}"


def ask_for_comment(
    moment: Moment, case: Case, law: Law, candidacy: Candidacy, check: Check
) -> str:
    """Put the finding to the candidate; they see what it is, and nothing else of the vetting."""
    known = law.stage.check(check.kind)
    title = {str(key): words for key, words in known.title.root.items()} if known else {}
    asked = Put(
        step=step(check),
        about=candidacy,
        question=COMMENT,
        answers=("accept", "explain", "dispute"),
        needs_text=("explain", "dispute"),
        to=moment.session.get_one(Person, candidacy.person_id),
        capacity=CAPACITY,
        within=law.comment,
        level="link",
        on_late="fail",
        template="comment",
        texts=(("check", title), ("finding", check.told)),
    )
    check.heard_at = None
    return put(moment, case, law, asked).id


def hear(moment: Moment, case: Case, check: Check) -> str | None:
    """Take in what the candidate said, or that the time is over; None while it is not."""
    asked = closed(moment.session, case.id, step(check))
    if asked is None or asked.outcome is None:
        return None
    check.heard_at = moment.now
    answer = answer_to(moment.session, asked)
    if answer is not None:
        check.comment = answer.text
    if asked.outcome["result"] == "dispute":
        check.state = fire(CheckLifecycle, check.state, "dispute")
    moment.cites.append(asked.closing_entry)
    return str(asked.outcome["result"])
