"""One question by its link: prove who you are, read, answer, and keep a receipt."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import Route

from governance.access.actor import Actor
from governance.acts import perform
from governance.appointments.queries import document
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.standing.drafting import draft_of
from governance.consultation.standing.queries import Entered
from governance.consultation.standing.speaking import not_for_them
from governance.refusals import Reason, Refused, say
from governance.web.desk import Desk, field_of, open_to_all
from governance.web.issued import as_html, as_pdf
from governance.web.questions import counting, informant
from governance.web.questions.brief import brief
from governance.web.questions.calm import answered_already, closed, late, not_yours
from governance.web.questions.entering import (
    INFORMANT,
    actor_at,
    entered,
    last_seen,
    opened_for,
    remember,
)
from governance.web.questions.forms import chosen_in, passages_of, proposals_in, scores_in
from governance.web.questions.offer import offer
from governance.web.questions.proving import ask
from governance.web.questions.receipt import receipt_of
from governance.web.questions.since import differences, instant
from governance.web.questions.telling import Opened
from governance.web.views import EMPTY, Filled, Words

FIELDS = {
    "choice_is_among_what_was_shown": "chosen",
    "reasons_are_given": "reason",
    "text_fits": "reason",
}
LONGEST_NUMBER = 10
OK, CONFLICT, FORBIDDEN = 200, 409, 403
CHANGED = "content_is_what_was_shown"


@dataclass(frozen=True)
class Shown:
    """How a brief is shown: what is filled in, with which status, and what changed meanwhile."""

    filled: Filled = EMPTY
    status: int = 200
    seen: int | None = None


def look(desk: Desk) -> Response:
    """The brief, for whom the link was sent to; for all others, the way to prove it."""
    found = entered(desk)
    actor = actor_at(desk, found)
    if actor is None:
        return ask(desk, "decide", found.person_id)
    if found.part == INFORMANT:
        return informant.show(desk, actor, found)
    with desk.house.database.reading() as session:
        opened = opened_for(desk, session, actor, found)
        if opened.consultation.tellers:
            return counting.show(desk, opened)
        calm = _calm(desk, opened)
        if calm is not None:
            return calm
        return remember(desk, _show(desk, opened, Shown(_prepared(desk, opened))))


def answer(desk: Desk) -> Response:
    """Answer, or be told why not with everything typed still there."""
    found = entered(desk)
    actor = actor_at(desk, found)
    if actor is None:
        return ask(desk, "decide", found.person_id, carried=typed(desk))
    if found.part == INFORMANT:
        return informant.tell(desk, actor, found)
    with desk.house.database.reading() as session:
        opened = opened_for(desk, session, actor, found)
        if opened.consultation.tellers:
            return counting.enter(desk, actor, opened)
    if not desk.text("position"):
        faults: dict[str, Words] = {"": say("Press the button of your answer.")}
        return _again(desk, actor, found, faults)
    try:
        receipt = perform(
            desk.house, actor, ANSWER, found.invitation.consultation_id, _given(desk, actor, found)
        )
    except Refused as refused:
        return _not_taken(desk, actor, found, refused)
    assert receipt is not None  # noqa: S101 -- an answer always leaves something
    with desk.house.database.reading() as session:
        opened = opened_for(desk, session, actor, found)
        return desk.page("decided", receipt_of(desk, opened, receipt))


def letter(desk: Desk) -> Response:
    """A letter that belongs to the question, for whom it was written to or who may see the case."""
    found = entered(desk)
    actor = actor_at(desk, found)
    if actor is None:
        return ask(desk, "decide", found.person_id)
    with desk.house.database.reading() as session:
        kept = document(session, actor, desk.path["letter"])
        return as_pdf(kept) if desk.path["form"] == "pdf" else as_html(kept)


def typed(desk: Desk) -> dict[str, str]:
    """What was typed, to be kept through a sign-in that came between."""
    values = {name: desk.text(name) for name in desk.form if name not in {"csrf", "chosen"}}
    return {**values, "chosen": "\n".join(chosen_in(desk))}


def show_filled(desk: Desk, actor: Actor, found: Entered, values: dict[str, str]) -> Response:
    """The brief with what had been typed before somebody had to sign in anew."""
    with desk.house.database.reading() as session:
        opened = opened_for(desk, session, actor, found)
        if opened.consultation.tellers:
            return counting.show(desk, opened, Filled(values, {}))
        return _calm(desk, opened) or _show(desk, opened, Shown(Filled(values, {})))


def _given(desk: Desk, actor: Actor, found: Entered) -> GivenAnswer:
    with desk.house.database.reading() as session:
        passages = passages_of(opened_for(desk, session, actor, found))
    return GivenAnswer(
        desk.text("position"),
        chosen_in(desk),
        desk.text("reason"),
        version_in(desk),
        invitation=found.invitation.id,
        scores=scores_in(desk),
        proposals=proposals_in(desk, passages),
    )


def version_in(desk: Desk) -> int:
    """The version of the papers that the form was drawn with; 0 where it says none."""
    seen = desk.text("version")
    return int(seen) if seen.isdigit() and len(seen) < LONGEST_NUMBER else 0


def _prepared(desk: Desk, opened: Opened) -> Filled:
    """The draft of an assistant as the form's values, where the reader asked for it."""
    draft = draft_of(opened.reading.session, opened.mine.invitation.id)
    if draft is None or "draft" not in desk.request.query_params:
        return EMPTY
    text = opened.reading.plain(draft.text)
    return Filled({"reason": text, "chosen": "\n".join(draft.chosen)}, {})


def _show(desk: Desk, opened: Opened, shown: Shown) -> Response:
    """The brief, or the candidate's own page."""
    action = f"/decide/{desk.path['token']}"
    if opened.case is not None and opened.mine.invitation.capacity == "candidate":
        view: object = offer(opened, action, shown.filled)
        return desk.page("acceptance", view, status=shown.status)
    since = instant(last_seen(desk, opened))
    page = brief(opened, action, shown.filled, since, shown.seen)
    return desk.page("decide", page, status=shown.status)


def _calm(desk: Desk, opened: Opened, status: int = OK) -> Response | None:
    """Where there is nothing to answer any more: why, and since when."""
    consultation, due = opened.consultation, opened.mine.invitation.due_at
    if opened.has_answered and not consultation.rule["may_change"]:
        return desk.page("calm", answered_already(opened), status=status)
    if consultation.state != "open":
        return desk.page("calm", closed(opened), status=status)
    if opened.right is None:
        refused = not_for_them(
            opened.reading.session, consultation, opened.actor.person_id, desk.house.clock.now()
        )
        refusal = OK if status == OK else FORBIDDEN
        return desk.page("calm", not_yours(opened, refused), status=refusal)
    if due is not None and desk.house.clock.now() >= due:
        return desk.page("calm", late(opened), status=status)
    return None


def _again(desk: Desk, actor: Actor, found: Entered, faults: dict[str, Words]) -> Response:
    with desk.house.database.reading() as session:
        opened = opened_for(desk, session, actor, found)
        return _show(desk, opened, Shown(Filled(typed(desk), faults), 422))


def _not_taken(desk: Desk, actor: Actor, found: Entered, refused: Refused) -> Response:
    with desk.house.database.reading() as session:
        opened = opened_for(desk, session, actor, found)
        calm = _calm(desk, opened, status=CONFLICT)
        if calm is not None:
            return calm
        if any(each.rule == CHANGED for each in refused.findings):
            return _changed(desk, opened)
    if refused.reason in {Reason.RULE, Reason.INPUT}:
        return _again(desk, actor, found, field_of(refused, FIELDS))
    return desk.refused(refused)


def _changed(desk: Desk, opened: Opened) -> Response:
    """The papers have changed meanwhile: the difference first, and nothing typed is lost."""
    version = version_in(desk)
    told = opened.reading.listed(map(opened.reading.said, differences(opened, version)))
    fault = say(
        "The papers have changed since you opened them: {changes}. Your answer was not taken; "
        "look again, then answer.",
        changes=told,
    )
    return _show(desk, opened, Shown(Filled(typed(desk), {"": fault}), CONFLICT, version))


routes: list[Route] = [
    Route("/decide/{token}", open_to_all(look), methods=["GET"]),
    Route("/decide/{token}", open_to_all(answer), methods=["POST"]),
    Route("/decide/{token}/letters/{letter}.{form}", open_to_all(letter), methods=["GET"]),
]
