"""The words for states: of a case, a candidacy, a check, a consultation. Tables, nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from governance.consultation.models import Consultation, Invitation
from governance.refusals import Sentence, say
from governance.rulebook.parts import Period
from governance.web.views import Mark, Words

CASE_ENDS: Mapping[str, Mark] = {
    "completed": Mark("ok", say("Appointed")),
    "closed": Mark("none", say("Closed without an appointment")),
    "withdrawn": Mark("none", say("Withdrawn")),
}

PAUSED = Mark("warn", say("Paused"))
GOES_ON = frozenset({"running", "paused"})  # a paused case is not at its end

CHECKS: Mapping[str, Mark] = {
    "ordered": Mark("none", say("open")),
    "awaited": Mark("now", say("awaited from outside")),
    "received": Mark("warn", say("received, to be judged")),
    "satisfactory": Mark("ok", say("satisfactory")),
    "adverse": Mark("bad", say("adverse")),
    "disputed": Mark("bad", say("adverse, disputed by the candidate")),
    "expired": Mark("warn", say("expired")),
    "waived": Mark("ok", say("waived")),
}
CLOSED = frozenset({"satisfactory", "adverse", "disputed", "waived"})

CANDIDACIES: Mapping[str, Mark] = {
    "nominated": Mark("none", say("to be examined")),
    "eligible": Mark("ok", say("eligible")),
    "ineligible": Mark("bad", say("not eligible")),
    "checks": Mark("now", say("being vetted")),
    "declarations": Mark("now", say("declarations asked")),
    "review": Mark("warn", say("checks under review")),
    "cleared": Mark("ok", say("cleared")),
    "cleared_with_conditions": Mark("ok", say("cleared with conditions")),
    "refused": Mark("bad", say("refused after vetting")),
    "shortlisted": Mark("now", say("on the shortlist")),
    "chosen": Mark("now", say("chosen")),
    "appointed": Mark("ok", say("appointed")),
    "declined": Mark("none", say("declined the offer")),
    "withdrawn": Mark("none", say("withdrawn")),
}
# States in which nothing has come of the candidacy yet beyond eligibility and vetting.
ON_THE_WAY = frozenset({"nominated", "eligible", "ineligible", "declarations", "checks", "review"})

CONSULTATIONS: Mapping[str, Mark] = {
    "tied": Mark("warn", say("equally divided: the casting vote is awaited")),
    "open": Mark("now", say("open")),
    "closed": Mark("ok", say("closed")),
    "withdrawn": Mark("none", say("withdrawn")),
}

RESULTS: Mapping[str, Sentence] = {
    "carried": say("carried"),
    "lost": say("not carried"),
    "late": say("nobody answered in time"),
}

RULE_KINDS: Mapping[str, Sentence] = {
    "choice": say("one person chooses"),
    "no_objection": say("carried unless somebody objects"),
    "single": say("one person answers"),
}

SILENCE: Mapping[str, Sentence] = {
    "fail": say("The question closes without an answer, and the procedure says what follows."),
    "tacit": say("Whoever was reached and stays silent consents."),
    "remind": say("The question stays open; a reminder goes out each working day."),
    "escalate": say("The question passes on to the office that the procedure names."),
    "extend": say("The deadline moves once more, as the procedure says."),
}

NEEDS: Mapping[str, Sentence] = {
    "emergency_grounds": say("Emergency grounds"),
    "job_description": say("Job description"),
    "funding_confirmed": say("Funding"),
}
NEED_HINTS: Mapping[str, Sentence] = {
    "emergency_grounds": say("Only for an interim: what has happened, and since when."),
    "job_description": say("Where it stands, such as its number and version."),
    "funding_confirmed": say("The budget line, and who has confirmed it."),
}

_PERIODS: Mapping[str, tuple[Sentence, Sentence]] = {
    "hours": (say("1 hour"), say("{count} hours")),
    "days": (say("1 day"), say("{count} days")),
    "working_days": (say("1 working day"), say("{count} working days")),
    "weeks": (say("1 week"), say("{count} weeks")),
    "months": (say("1 month"), say("{count} months")),
    "years": (say("1 year"), say("{count} years")),
}


def need_words(key: str) -> Words:
    """A need as people call it; the rulebook's key where we have no word."""
    return NEEDS.get(key) or key.replace("_", " ").capitalize()


def period_words(period: Period) -> Sentence:
    """A period of the law in words."""
    one, many = _PERIODS[period.unit]
    return one if period.count == 1 else Sentence(many.pattern, {"count": period.count})


def result_words(key: str) -> Words:
    """The result of a consultation, where it is none of its positions."""
    return RESULTS.get(key) or key.replace("_", " ")


SILENT = say("silent; it counts as no objection")
SPOKE_IN_SECRET = say("has answered; the answer is not shown")


def counts_as_consent(consultation: Consultation, invitation: Invitation) -> bool:
    """Silence that a closed silence procedure has counted: the question had arrived."""
    outcome = consultation.outcome or {}
    carried = consultation.rule["kind"] == "no_objection" and outcome.get("result") == "carried"
    return carried and invitation.handed_over_at is not None
