"""The panel of a case and what it came to: members, rules, scores of one's own, the ranking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from governance.acts import Verb, perform
from governance.appointments.assessment import recommending
from governance.appointments.assessment.panel import (
    COMPOSE,
    DECLARE,
    NAME,
    RECUSE,
    Declared,
    Named,
    Recused,
)
from governance.appointments.assessment.ranking import Turns, told_of
from governance.appointments.assessment.standing import assessing_of, findings_of
from governance.appointments.assessment.telling import ToScore, scoring_for, tell_assessment
from governance.appointments.law import law_of
from governance.appointments.models import Case
from governance.appointments.queries import case_by_reference, sees_all
from governance.consultation.scoring import exact
from governance.refusals import Refused, Sentence, say
from governance.web.cases.asked import may_act, status_of
from governance.web.cases.reading import Reading, reading_for
from governance.web.competition.forecast import parse_day
from governance.web.competition.views import (
    ImpactRow,
    MemberRow,
    PanelPage,
    RankRow,
)
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import Fact, Mark, Option, Words

STATES: dict[str, Mark] = {
    "named": Mark("now", say("to declare")),
    "declared": Mark("ok", say("has declared")),
    "recused": Mark("none", say("recused")),
    "released": Mark("none", say("released")),
}
ROLES: dict[str, Sentence] = {"chair": say("chairs the panel"), "member": say("member")}
PHASES: dict[str, Mark] = {
    "not begun": Mark("none", say("not begun")),
    "fixed": Mark("none", say("criteria fixed")),
    "composed": Mark("ok", say("panel composed")),
    "scoring": Mark("now", say("being scored")),
    "ranked": Mark("ok", say("ranked")),
    "recommended": Mark("ok", say("shortlist recommended")),
}
SHOWN = 50  # of a ranking, before somebody asks for all of it
GROUPS: dict[str, Sentence] = {"F": say("women"), "M": say("men"), "unknown": say("not known")}


def show(desk: Desk) -> Response:
    """The panel and the ranking."""
    return desk.page("panel", _page(desk))


def again(desk: Desk, refused: Refused) -> Response:
    """The page after an act that was refused, with every reason."""
    page = replace(_page(desk), refused=refused.findings, filled=desk.filled())
    return desk.page("panel", page, status=status_of(refused))


def name(desk: Desk) -> Response:
    """Give somebody a seat."""
    outside = bool(desk.text("outside"))
    try:
        trained = parse_day(desk.text("trained_on"), "trained_on")
        given = Named(desk.text("email"), desk.text("role") or "member", outside, trained)
        _act(desk, NAME, given)
    except Refused as refused:
        return again(desk, refused)
    return _back(desk)


def compose(desk: Desk) -> Response:
    """Let the panel stand."""
    return _tried(desk, COMPOSE, None)


def declare(desk: Desk) -> Response:
    """A member declares their ties; empty fields are none."""
    ties = tuple(
        (email.strip(), kind)
        for kind in ("kinship", "reports_to")
        for email in desk.text(kind).replace(",", " ").split()
    )
    return _tried(desk, DECLARE, Declared(ties, desk.text("email")))


def recuse(desk: Desk) -> Response:
    """A member leaves."""
    return _tried(desk, RECUSE, Recused(desk.text("reason"), desk.text("email")))


def note(desk: Desk) -> Response:
    """What the discussion came to."""
    return _tried(desk, recommending.NOTE, recommending.Note(desk.text("text")))


def recommend(desk: Desk) -> Response:
    """Put those who were ticked on the shortlist, in the order of their numbers."""
    wanted = [(desk.text(f"order-{each}") or "99", each) for each in desk.texts("candidate")]
    ordered = tuple(each for _, each in sorted(wanted, key=lambda one: (one[0].zfill(3), one[1])))
    given = recommending.Shortlist(ordered, desk.text("reason"))
    return _tried(desk, recommending.RECOMMEND, given)


def _tried(desk: Desk, verb: Verb[Case, Any], given: object) -> Response:
    try:
        _act(desk, verb, given)
    except Refused as refused:
        return again(desk, refused)
    return _back(desk)


def _act(desk: Desk, verb: Verb[Case, Any], given: object) -> None:
    with desk.house.database.reading() as session:
        case = case_by_reference(session, desk.me, desk.path["reference"])
    perform(desk.house, desk.me, verb, case.id, given)


def _back(desk: Desk) -> Response:
    return desk.go(f"/appointments/{desk.path['reference']}/panel?done=kept")


def _page(desk: Desk) -> PanelPage:
    reference = desk.path["reference"]
    told = tell_assessment(desk.house, desk.me, reference)
    with desk.house.database.reading() as session:
        case = case_by_reference(session, desk.me, reference)
        rulebook = law_of(session, case.law)
        reading = reading_for(desk.house, session, desk.me, rulebook, desk.language)
        post = rulebook.post(case.post)
        now = desk.house.clock.now()
        law = assessing_of(rulebook, case)
        findings = findings_of(session, case, law, now, now.date()) if sees_all(desk.me) else []
    whole, acts = sees_all(desk.me), may_act(desk)
    number = {each["candidate"]: each["place"] for each in told["ranking"]}
    ranked = told["ranking"][: None if desk.request.query_params.get("all") else SHOWN]
    shown = {each["candidate"] for each in ranked}
    awaited = _awaited(desk, reference)
    return PanelPage(
        subject=Fact(
            case.reference,
            reading.text(post.title if post else None, case.post),
            f"/appointments/{case.reference}",
        ),
        phase=PHASES[told["state"]],
        members=tuple(_member(each, reading) for each in told["members"]),
        criteria=tuple(_criterion(each, reading) for each in told["criteria"]),
        findings=tuple(findings),
        ranking=tuple(_ranked(each, reading, told["criteria"]) for each in ranked),
        ranking_more=len(told["ranking"]) - len(ranked),
        depends=tuple(
            _depends(one, number, reading, told["criteria"], pair)
            for pair in told["neighbours"]
            if {pair["above"], pair["below"]} <= shown
            for one in pair["depends_on"][:1]
        ),
        differs=tuple(
            _differs(each, reading, told["criteria"])
            for each in told["disagreement"]
            if each["candidate"] in shown
        ),
        differs_at_all=bool(told["disagreement"]),
        impact=tuple(
            row for by in ("sex", "region") for row in _impact(told["impact"].get(by), reading)
        ),
        action=f"/appointments/{case.reference}/panel",
        may_act=acts,
        may_declare=not whole,
        may_score=awaited is not None,
        scored=awaited is not None and awaited.answered,
        state=told["state"],
        anonymous=bool(told["anonymous"]),
        done=_done(desk),
        roles=tuple(Option(key, words) for key, words in ROLES.items()),
    )


def _done(desk: Desk) -> Words:
    said = {
        "kept": say("Done."),
        "scored": say("Your scores are in. Nobody sees them before all are."),
    }
    return said.get(desk.request.query_params.get("done", ""), "")


def _awaited(desk: Desk, reference: str) -> ToScore | None:
    try:
        return scoring_for(desk.house, desk.me, reference)
    except Refused:
        return None


def _member(told: dict[str, Any], reading: Reading) -> MemberRow:
    notes: list[Words] = [ROLES[told["role"]]]
    if told["outside"]:
        notes.append(say("from outside"))
    return MemberRow(
        told["name"],
        tuple(notes),
        STATES[told["state"]],
        reading.day(date.fromisoformat(told["trained_on"])) if told["trained_on"] else "",
        told.get("email", ""),
    )


def _criterion(told: dict[str, Any], reading: Reading) -> Fact:
    words = reading.text(told["title"])
    minimum = told.get("minimum")
    note: Words = say("essential, at least {minimum}", minimum=minimum) if minimum else ""
    return Fact(words, told["weight"], note=note)


def _title(key: str, criteria: list[dict[str, Any]], reading: Reading) -> str:
    return next((reading.text(each["title"]) for each in criteria if each["key"] == key), key)


def _ranked(told: dict[str, Any], reading: Reading, criteria: list[dict[str, Any]]) -> RankRow:
    total = exact(told["total"])
    percent = f"{float(total) * 100:.1f}" if total is not None else ""
    below = [_title(key, criteria, reading) for key in told["below_minimum"]]
    return RankRow(
        told["candidate"],
        told["name"],
        told["place"],
        told["total"],
        percent,
        tuple(told["averages"].get(each["key"], "") for each in criteria),
        say("below the minimum in: {what}", what=reading.listed(below)) if below else "",
    )


def _depends(
    one: dict[str, Any],
    number: dict[str, int],
    reading: Reading,
    criteria: list[dict[str, Any]],
    pair: dict[str, Any],
) -> Sentence:
    at, weight = exact(one["turns_at"]), exact(one["weight"])
    assert at is not None  # noqa: S101 -- kept as an exact fraction
    assert weight is not None  # noqa: S101 -- the same
    turns = Turns(one["criterion"], weight, at, over=one["when"] == "more")
    places = (number[pair["above"]], number[pair["below"]])
    return told_of(turns, places, _title(one["criterion"], criteria, reading))


def _differs(told: dict[str, Any], reading: Reading, criteria: list[dict[str, Any]]) -> Sentence:
    return say(
        "{name}, {criterion}: {low} gave {lowest}, {high} gave {highest}",
        name=told["name"],
        criterion=_title(told["criterion"], criteria, reading),
        low=reading.listed(told["low"]),
        lowest=told["lowest"],
        high=reading.listed(told["high"]),
        highest=told["highest"],
    )


def _impact(told: dict[str, Any] | None, reading: Reading) -> list[ImpactRow]:
    if told is None:
        return []
    rows = []
    for each in told["groups"]:
        regions = reading.rulebook.organisation.regions
        region = next(
            (one.title for one in (regions.regions if regions else ()) if one.key == each["group"]),
            None,
        )
        rows.append(
            ImpactRow(
                GROUPS.get(each["group"]) or reading.text(region, each["group"]),
                each["of"],
                each["selected"],
                each["rate"] or "",
                Mark("warn", say("below four fifths")) if each["below_four_fifths"] else None,
            )
        )
    return rows


_ACTS = {
    "name": name,
    "compose": compose,
    "declare": declare,
    "recuse": recuse,
    "note": note,
    "recommend": recommend,
}

routes = [
    Route("/appointments/{reference}/panel", for_the_signed_in(show), methods=["GET"]),
    *(
        Route(f"/appointments/{{reference}}/panel/{key}", for_the_signed_in(each), methods=["POST"])
        for key, each in _ACTS.items()
    ),
]
