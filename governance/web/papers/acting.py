"""What is done with one document from its page; what is refused comes back there, with reasons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from governance.acts import Verb, perform
from governance.refusals import Reason, Refused, refuse
from governance.registry import delivering, drafting, issuing, queries
from governance.registry.models import Paper
from governance.web.desk import Desk
from governance.web.papers.document import page_of
from governance.web.papers.rows import person_at

Given = Callable[[Desk], Any]


def _act(verb: Verb[Paper, Any], given: Given = lambda _: None) -> Callable[[Desk], Response]:
    """A page's act: done, and the page again; or refused, and the page with the reasons."""

    def act(desk: Desk) -> Response:
        document = desk.path["document"]
        try:
            perform(desk.house, desk.me, verb, document, given(desk))
        except Refused as refused:
            if refused.reason in {Reason.AUTHORITY, Reason.MISSING}:
                raise
            return desk.page("document", page_of(desk, refused.findings), status=422)
        return desk.go(f"/documents/{document}")

    return act


def _seen(desk: Desk) -> int:
    told = desk.text("version")
    return int(told) if told.isdecimal() else 0


def _handing(desk: Desk) -> delivering.Handing:
    to = desk.text("to")
    if not to:
        raise refuse(
            "it does not say to whom the document was handed over",
            rule="recipient_is_named",
            cure="Name the recipient, in words or by a registered address.",
            reason=Reason.INPUT,
        )
    person = person_at(desk, to).id if "@" in to else None
    return delivering.Handing(desk.text("channel"), person, "" if person else to)


def _replacing(desk: Desk) -> delivering.Replacing:
    with desk.house.database.reading() as session:
        try:
            newer = queries.paper_of(session, desk.me, desk.text("by"))
        except Refused as refused:
            raise Refused(refused.findings, Reason.INPUT) from None
    return delivering.Replacing(newer.id)


acknowledge = _act(delivering.ACKNOWLEDGE)
annul = _act(delivering.ANNUL, lambda desk: desk.text("because"))
deliver = _act(delivering.DELIVER, _handing)
discard = _act(drafting.DISCARD, lambda desk: desk.text("because"))
issue = _act(issuing.ISSUE, lambda _: issuing.Numbered())
open_document = _act(delivering.OPEN)
review = _act(drafting.REVIEW, lambda desk: drafting.Review(_seen(desk)))
send = _act(delivering.SEND)
supersede = _act(delivering.SUPERSEDE, _replacing)
