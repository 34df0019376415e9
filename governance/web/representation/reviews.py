"""A review: opened, computed, answered for, decided; each act by its button, or why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from governance.acts import Verb, perform
from governance.lifecycle import ways_on
from governance.refusals import Finding, Reason, Refused, Verdict, refuse, say
from governance.representation.reviews import acts, queries
from governance.representation.reviews.lifecycle import ReviewLifecycle
from governance.representation.reviews.models import Review
from governance.rulebook.bodies.reading import load_body
from governance.web import words
from governance.web.desk import Desk, for_the_signed_in
from governance.web.representation import filling as fill
from governance.web.representation import views as v
from governance.web.representation.bodies import list_page
from governance.web.views import EMPTY, Filled

FORMS: dict[str, Verb[Any, Any]] = {
    "compute": acts.COMPUTE,
    "justify": acts.JUSTIFY,
    "waive": acts.WAIVE,
    "block": acts.BLOCK,
    "decide": acts.DECIDE,
}


def open_review(desk: Desk) -> Response:
    """Open a review of a body, due on a day."""
    try:
        day = _day(desk.text("due_on"))
        given = acts.Opened(desk.text("body"), day)
        if given.body not in {x.value for x in list_page(desk).options}:
            raise _input("body", "there is no such body", "Choose one from the list.")
        receipt = perform(desk.house, desk.me, acts.OPEN, None, given)
    except Refused as refused:
        if refused.reason is not Reason.INPUT:
            raise
        faults = {x.where or "due_on": x.because for x in refused.findings}
        page = list_page(desk, desk.filled(faults))
        return desk.page("representation", page, status=422)
    assert receipt is not None  # noqa: S101 -- a person's act always writes
    return desk.go(f"/representation/reviews/{receipt.subject_id}")


def show(desk: Desk) -> Response:
    """A review as it stands."""
    return desk.page("representation_review", _page(desk, _review(desk)))


def act(desk: Desk) -> Response:
    """One of the acts of a review."""
    review = _review(desk)
    name = desk.path["act"]
    if name not in FORMS:
        raise _missing()
    try:
        perform(desk.house, desk.me, FORMS[name], review.id, _given(desk, name))
    except Refused as refused:
        if refused.reason not in (Reason.INPUT, Reason.RULE):
            raise
        page = replace(_page(desk, review, desk.filled()), faults=tuple(refused.findings))
        return desk.page("representation_review", page, status=422)
    return desk.go(f"/representation/reviews/{review.id}")


def _given(desk: Desk, name: str) -> Any:
    if name == "compute":
        raw = desk.files.get("members_file", b"")
        text = raw.decode("utf-8-sig", errors="replace") if raw else desk.text("members")
        on = desk.text("on")
        return acts.Computed(text, _day(on) if on else None)
    return acts.Answered(desk.text("text")) if name in ("justify", "waive") else None


def _review(desk: Desk) -> Review:
    with desk.house.database.reading() as session:
        review = queries.review_of(session, desk.me, desk.path["id"])
    if review is None:
        raise _missing()
    return review


def _page(desk: Desk, review: Review, filled: Filled = EMPTY) -> v.ReviewPage:
    law = load_body(review.body)
    possible = [x for x in ways_on(ReviewLifecycle, review.state) if x in FORMS]
    kept = review.verdict
    weighed = None
    if kept:
        weighed = v.Weighed(
            fill.MARKS[kept["verdict"]],
            words.day(date.fromisoformat(kept["date"]), desk.language),
            kept["members"],
            tuple(map(_finding, kept["rules"])),
            not_judged=", ".join(kept["not_judged"]),
        )
    return v.ReviewPage(
        review.id,
        law.title.say(desk.language),
        f"/representation/{review.body}",
        words.day(review.due_on, desk.language),
        fill.state_mark(review.state),
        weighed,
        tuple(possible),
        _answered(desk, review),
        filled,
        (),
        tuple((x["name"], x["state"], x["role"] or x["chamber"]) for x in review.members),
    )


def _finding(rule: dict[str, Any]) -> Finding:
    article = rule["exception"] or rule["article"]
    outcome = Verdict(rule["outcome"])
    cure = say("{cure}", cure=rule["cure"]) if rule["cure"] else say("")
    return Finding(
        rule["id"], article, outcome, say("{said}", said=rule["because"]), cure, rule["id"]
    )


def _answered(desk: Desk, review: Review) -> str:
    """What was written; it is sealed, and read here only."""
    sealed = review.answered.get("text", {})
    key = sealed.get("sealed") or sealed.get("id") if isinstance(sealed, dict) else None
    if not key:
        return ""
    with desk.house.database.reading() as session:
        return desk.house.keys.open(session, str(key))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        cure = "Write it as year-month-day, such as 2026-11-23."
        raise _input("due_on", "this is not a date", cure) from None


def _input(where: str, because: str, cure: str) -> Refused:
    finding = Finding("review", "", Verdict.FAIL, say(because), say(cure), where)
    return Refused([finding], Reason.INPUT)


def _missing() -> Refused:
    return refuse(
        "there is no such review",
        rule="known_subject",
        cure="Open it from the list.",
        reason=Reason.MISSING,
    )


routes = [
    Route("/representation/reviews", for_the_signed_in(open_review), methods=["POST"]),
    Route("/representation/reviews/{id:str}", for_the_signed_in(show)),
    Route("/representation/reviews/{id:str}/{act:str}", for_the_signed_in(act), methods=["POST"]),
]
