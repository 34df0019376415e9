"""What each event is asked with: facts for which it happens, and facts that stand in its way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pendulum

from governance.appointments.assessment.rules import (
    Composing,
    Declaring,
    Recommending,
    Scoring,
)
from governance.appointments.checks.rules import Reopening, Ruling, Vetted
from governance.appointments.rules import Ending, Sifted
from governance.appointments.service.rules import (
    Confirming,
    Entering,
    Extending,
    Fulfilling,
    Placed,
    Prolonging,
)
from governance.appointments.together.lifecycle import Waiting
from governance.committees.meeting.rules import Moved, Notice, Presence
from governance.committees.minutes.rules import Adopting, Checked, Publishing, Settling
from governance.consultation import conduct
from governance.consultation.rules import Outcome
from governance.refusals import (
    Finding,
    Verdict,
    say,
)
from governance.registry import rules as papers
from governance.representation.reviews.lifecycle import Judged

NOW = pendulum.datetime(2026, 11, 23, 8)

REVIEWED: list[object] = [
    Judged(),
    Judged(notes=("EC-4",)),
    Judged(failing=("EC-1",)),
    Judged(failing=("EC-1",), waivable=("EC-1",)),
]

FACTS: dict[str, list[object]] = {
    "admit": [Sifted((Verdict.PASS,)), Sifted((Verdict.FAIL,)), Sifted((Verdict.UNDETERMINED,))],
    "exclude": [Sifted((Verdict.PASS,)), Sifted((Verdict.FAIL,))],
    "clear": [Vetted(()), Vetted(("satisfactory",)), Vetted(("satisfactory", "awaited"))],
    "begin_review": [Vetted(()), Vetted(("satisfactory", "adverse")), Vetted(("ordered",))],
    "reconsider": [Reopening(decided_by="c", signatories=("a", "b")), Reopening()],
    "refuse": [
        Vetted(("satisfactory",)),
        Vetted(("adverse", "satisfactory")),
        Vetted(("adverse",), Ruling("refuse", "integrity", "a", "a", heard=True)),
        Vetted(("adverse",), Ruling("refuse", "integrity", "a", "b", heard=True)),
    ],
    "reopen": [Reopening(("expired",)), Reopening(("satisfactory",))],
    "complete": [Ending(0), Ending(1), Ending(2)],
    "close": [Outcome(None, ()), Outcome("carried", ())],
    "convene": [Notice("art. 3", NOW, NOW, None, ""), Notice("art. 3", NOW, NOW, None, "flood")],
    "open": [Presence("art. 4", 3, 4), Presence("art. 4", 4, 4)],
    "resume": [Presence("art. 4", 3, 4), Presence("art. 4", 4, 4)],
    "open_debate": [Moved("art. 5", True, "a", ""), Moved("art. 5", True, "a", "b")],
    "circulate": [Checked(0), Checked(2)],
    "recirculate": [Checked(0), Checked(2)],
    "adopt": [Adopting(False, NOW, NOW, 0), Adopting(False, None, NOW, 0, 1)],
    "settle": [Settling(0), Settling(1), Settling(0, 1)],
    "publish": [Publishing(0), Publishing(1)],
    "compose": [Composing(()), Composing((Finding("a", "b", Verdict.FAIL, say("no")),))],
    "begin_scoring": [Declaring(0, 0), Declaring(3, 2), Declaring(3, 3)],
    "rank": [Scoring(0, 0), Scoring(3, 2), Scoring(3, 3)],
    "recommend": [
        Recommending(("a",), ("a", "b"), 1, 2, ranked=True),
        Recommending(("c",), ("a", "b"), 1, 2, ranked=False),
    ],
    "fulfil": [Fulfilling(2, 1), Fulfilling(0, 0)],
    "use": [Placed(date(2026, 5, 1), date(2026, 5, day)) for day in (1, 2)],
    "enter": [
        Entering(oath_is_asked=True, oath_on=on, begins_on=date(2026, 5, 1), today=date(2026, 5, 1))
        for on in (None, date(2026, 4, 30))
    ],
    "enter_on_probation": [
        Entering(oath_is_asked=False, oath_on=None, begins_on=date(2026, 5, 1), today=day)
        for day in (date(2026, 4, 30), date(2026, 5, 1))
    ],
    "confirm": [Confirming((), 1), Confirming(("adverse",), 1), Confirming(("satisfactory",), 1)],
    "prolong_probation": [Prolonging(0, 1), Prolonging(1, 1)],
    "extend": [
        Extending(date(2027, 1, 1), date(2028, 1, 1), 0, 1, date(2026, 1, 1)),
        Extending(date(2029, 1, 1), date(2028, 1, 1), 0, 1, date(2026, 1, 1)),
    ],
    "annul": [papers.Ending(" "), papers.Ending("Sent in error.")],
    "approve": [papers.Approving(None, 1, 1), papers.Approving("approve", 2, 2)],
    "issue": [papers.Issuing(needs_approval=True), papers.Issuing(needs_approval=False)],
    "release": [papers.Issuing(needs_approval=True), papers.Issuing(needs_approval=False)],
    "review": [papers.Reviewing("a", "a", 1, 2), papers.Reviewing("a", "b", 1, 1)],
    "supersede": [papers.Ending("", None), papers.Ending("", "issued")],
}

CLOCK = conduct.Timing(is_paused=False, has_clock=True)
SETTLED: list[object] = [
    conduct.Settling("refuse", "", ""),
    conduct.Settling("refer", "because", ""),
    conduct.Settling("note", "", ""),
]

# Where charts have an event of the same name, whose facts differ.
OF_ONE_CHART: dict[tuple[str, str], list[object]] = {
    ("ReviewLifecycle", "settle"): REVIEWED,
    ("ReviewLifecycle", "justify"): REVIEWED,
    ("ReviewLifecycle", "waive"): REVIEWED,
    ("TogetherLifecycle", "undo"): [Waiting(NOW.add(minutes=1), NOW), Waiting(NOW, NOW)],
    ("ConsultationLifecycle", "take_back"): [
        conduct.TakingBack(NOW, None, None),
        conduct.TakingBack(NOW, NOW, NOW),
    ],
    ("ConsultationLifecycle", "extend"): [
        CLOCK,
        replace(CLOCK, reason="ill"),
        replace(CLOCK, extended=2, at_most=2),
    ],
    ("ConsultationLifecycle", "ask_extension"): [CLOCK, replace(CLOCK, reason="ill")],
    ("ConsultationLifecycle", "pause"): [
        CLOCK,
        replace(CLOCK, is_paused=True),
        replace(CLOCK, limit_is_ahead=False),
    ],
    ("ConsultationLifecycle", "resume"): [CLOCK, replace(CLOCK, is_paused=True)],
    ("ConsultationLifecycle", "count"): [
        conduct.Counting(is_teller=True),
        conduct.Counting(is_teller=False),
    ],
    **{
        ("ProposalLifecycle", event): SETTLED
        for event in (
            "accept_editorial",
            "accept_substantive",
            "refuse",
            "refer",
            "note",
            "replace",
        )
    },
}
