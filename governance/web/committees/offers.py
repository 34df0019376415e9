"""What may be done with minutes now: the lifecycle is asked, and says why not where it says no."""

from __future__ import annotations

from collections.abc import Mapping

from governance.committees.minutes.lifecycle import MinutesLifecycle
from governance.committees.minutes.models import Minutes
from governance.committees.minutes.rules import Checked
from governance.lifecycle import ways_on, why_not
from governance.refusals import Finding, Sentence, say
from governance.web.views import Act

# The event of the chart, the path below the minutes, the verb. In the order in which they stand.
OFFERS: tuple[tuple[str, str, Sentence], ...] = (
    ("draft", "assemble", say("Assemble from the registers")),
    ("submit", "submit", say("Send to the chair")),
    ("circulate", "circulate", say("Circulate")),
    ("recirculate", "recirculate", say("Circulate again")),
    ("adopt", "adopt", say("Record the adoption in session")),
    ("postpone_adoption", "postpone", say("Put the adoption off")),
    ("sign", "sign", say("Sign")),
    ("publish", "publish", say("Publish")),
    ("archive", "archive", say("Archive")),
)
WHILE: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"due", "drafting"}),
    "adopt": frozenset({"settling", "ready"}),
}


def acts_for(minutes: Minutes, roles: frozenset[str], standing: int) -> tuple[Act, ...]:
    """The acts that this reader may take, those refused with their reasons."""
    known = ways_on(MinutesLifecycle, minutes.state)
    return tuple(
        Act(
            verb,
            f"/minutes/{minutes.id}/{path}",
            post=True,
            blocked=_why_not(minutes, event, standing),
        )
        for event, path, verb in OFFERS
        if event in known
        and roles & MinutesLifecycle.authority[event]
        and minutes.state in WHILE.get(event, {minutes.state})
    )


def _why_not(minutes: Minutes, event: str, standing: int) -> tuple[Finding, ...]:
    if event in {"circulate", "recirculate"}:
        return why_not(MinutesLifecycle, minutes.state, event, Checked(standing))
    return ()
