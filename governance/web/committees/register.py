"""The register of decisions, and one decision with its working."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from sqlmodel import col, select
from starlette.responses import Response
from starlette.routing import Route

from governance.committees.after.models import Decision
from governance.committees.meeting.models import Meeting
from governance.committees.models import Committee
from governance.committees.queries import PAGE, bodies, register
from governance.refusals import Reason, Sentence, refuse, say
from governance.web.cases.reading import Reading
from governance.web.committees import marks
from governance.web.committees.rows import decision_row
from governance.web.committees.telling import paragraphs, reading_of, title_of
from governance.web.committees.views import DecisionPage, RegisterPage
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import Fact, Option
from governance.web.words import LANGUAGES


def show(desk: Desk) -> Response:
    """A page of the register; the address is the view."""
    asked = desk.request.query_params
    search, state = asked.get("search", "").strip()[:80], asked.get("state", "")[:20]
    key, older_than = asked.get("body", "")[:60], asked.get("older_than", "")[:32]
    with reading_of(desk) as reading:
        known = bodies(reading.session, desk.me, reading.now)
        chosen = next((each for each in known if each.key == key), None)
        found = register(
            reading.session,
            desk.me,
            reading.now,
            committee_id=chosen.id if chosen else "",
            state=state,
            search=search,
            older_than=older_than,
        )
        by_id = {each.id: each for each in known}
        page = RegisterPage(
            rows=tuple(decision_row(reading, each, by_id[each.committee_id]) for each in found),
            search=search,
            state=state,
            body=key,
            states=tuple(Option(name, mark.words) for name, mark in marks.DECISIONS.items()),
            bodies=tuple(Option(each.key, title_of(reading, each)) for each in known),
            older=_older(found, search=search, state=state, body=key),
        )
    return desk.page("decisions", page)


def show_one(desk: Desk) -> Response:
    """One decision."""
    with reading_of(desk) as reading:
        decision = visible(reading, desk)
        committee = reading.session.get_one(Committee, decision.committee_id)
        page = DecisionPage(
            number=decision.number,
            title=decision.title or say("Decision {number}", number=decision.number),
            mark=marks.DECISIONS[decision.state],
            text=paragraphs(decision.text),
            facts=tuple(_facts(reading, decision)),
            working=tuple(
                Sentence(each["pattern"], each["facts"])
                for each in decision.outcome.get("working", ())
            ),
            body=Fact(say("Body"), title_of(reading, committee), f"/committees/{committee.key}"),
            documents=tuple(_papers(decision)),
            certificate=f"/consultations/{decision.consultation_id}/certificate"
            if decision.consultation_id
            else "",
        )
    return desk.page("decision", page)


def visible(reading: Reading, desk: Desk) -> Decision:
    """The decision of this address, from the part of the register that the reader may see."""
    found = reading.session.get(Decision, desk.path["id"])
    if found is not None:
        shown = register(
            reading.session,
            desk.me,
            reading.now,
            committee_id=found.committee_id,
            search=found.number,
        )
        if any(each.id == found.id for each in shown):
            return found
    raise refuse(
        "there is no such decision that you may see",
        rule="known_decision",
        cure="Look its number up in the register of decisions.",
        reason=Reason.MISSING,
    )


def _facts(reading: Reading, decision: Decision) -> Iterator[Fact]:
    yield Fact(say("Taken"), reading.day_of(decision.taken_at))
    if decision.aliases:
        yield Fact(say("Also known as"), reading.listed(decision.aliases))
    meeting = reading.session.exec(
        select(Meeting).where(col(Meeting.id) == (decision.meeting_id or ""))
    ).first()
    if meeting is not None:
        yield Fact(say("Meeting"), meeting.reference, f"/meetings/{meeting.id}")
    if decision.effective_on is not None:
        yield Fact(say("In force from"), reading.day(decision.effective_on))
    if decision.expires_on is not None:
        yield Fact(say("Until"), reading.day(decision.expires_on))
    if decision.supersedes:
        yield Fact(say("Supersedes"), decision.supersedes)
    if decision.superseded_by:
        yield Fact(say("Superseded by"), decision.superseded_by)
    article = str(decision.rule.get("article") or decision.outcome.get("article") or "")
    if article:
        yield Fact(say("Rule"), article)


def _papers(decision: Decision) -> Iterator[Fact]:
    """The extract in each language, where it was taken in a meeting."""
    if decision.meeting_id:
        for language, name in LANGUAGES.items():
            href = f"/decisions/{decision.id}/extract.{language}"
            yield Fact(say("Extract of a decision"), name, href, note=language)


def _older(found: list[Decision], **kept: str) -> str:
    if len(found) < PAGE:
        return ""
    words = {name: value for name, value in kept.items() if value} | {"older_than": found[-1].id}
    return f"/decisions?{urlencode(words)}"


routes = [
    Route("/decisions", for_the_signed_in(show), methods=["GET"]),
    Route("/decisions/{id}", for_the_signed_in(show_one), methods=["GET"]),
]
