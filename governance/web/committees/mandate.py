"""The mandate of a body: its versions, its review, and the steps that its parent decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlmodel import col, select
from starlette.routing import Route

from governance.committees import mandates
from governance.committees.authority import roles_with_parent
from governance.committees.lifecycle import SECRETARY, CommitteeLifecycle
from governance.committees.models import Committee, Mandate
from governance.committees.queries import bodies, body_by_key
from governance.committees.watching import NOTICED
from governance.lifecycle import ways_on
from governance.refusals import Sentence, say
from governance.web.cases.reading import Reading
from governance.web.committees import marks
from governance.web.committees.actions import day_of_form
from governance.web.committees.sheets import (
    Acts,
    Cell,
    Field,
    Form,
    Section,
    SheetPage,
    Table,
    answer,
    done_words,
    show,
)
from governance.web.committees.telling import reading_of, spoken, title_of
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import Fact, Option, Words

PATH = "/committees/{key}/mandate"
STEPS: Mapping[str, Sentence] = {
    "propose": say("Propose the body"),
    "review": say("Open the review of its mandate"),
    "establish": say("Establish it"),
    "fall_dormant": say("Confirm that it is dormant"),
    "wake": say("Wake it"),
    "recharter": say("Review whether the mandate is renewed"),
    "renew": say("Renew it as it stands"),
    "wind_up": say("Begin to wind it up"),
    "conclude": say("Conclude it"),
    "abandon": say("Abandon it"),
    "replace": say("Let another body take its place"),
}


def page_of(desk: Desk) -> SheetPage:
    """The page of a body's mandate."""
    with reading_of(desk) as reading:
        body = body_by_key(reading.session, desk.me, desk.path["key"], reading.now)
        roles = roles_with_parent(reading.session, body, desk.me, reading.now)
        query = select(Mandate).where(col(Mandate.committee_id) == body.id)
        versions = list(reading.session.exec(query.order_by(col(Mandate.version).desc())))
        others = [
            each
            for each in bodies(reading.session, desk.me, reading.now)
            if each.id != body.id and each.ended_at is None
        ]
        return SheetPage(
            title=say("Mandate and review"),
            back=Fact("", title_of(reading, body), f"/committees/{body.key}"),
            sections=(
                Section(
                    "state",
                    say("Where it stands"),
                    texts=tuple(_state(reading, body)),
                    forms=tuple(_steps(reading, body, roles, others)),
                ),
                Section(
                    "versions",
                    say("Versions of the mandate"),
                    (_versions(reading, versions),),
                    tuple(_drafts(body, versions)) if SECRETARY in roles else (),
                ),
            ),
            done=done_words(desk),
        )


def _state(reading: Reading, body: Committee) -> Iterator[Words]:
    yield marks.BODIES[body.state].words
    if body.sunset_on is not None:
        yield say("The mandate ends on {day}.", day=reading.day(body.sunset_on))
    if body.facts.get("dormancy_noticed"):
        yield say("It has not met for so long that its parent is asked to review it.")
    if body.facts.get(NOTICED):
        yield say("So few of its members have a vote that its parent is asked to review it.")
    if body.replaced_by:
        other = reading.session.get(Committee, body.replaced_by)
        if other is not None:
            yield say("Its place is taken by {name}.", name=title_of(reading, other))


def _versions(reading: Reading, versions: list[Mandate]) -> Table:
    return Table(
        say("Versions, the newest first"),
        (say("Version"), say("Text"), say("Approved"), say("Ends")),
        tuple(
            (
                Cell(str(each.version)),
                Cell(spoken(each.text, reading.language)),
                Cell(
                    say(
                        "{who}, {day}",
                        who=each.approved_by or "–",
                        day=reading.day_of(each.approved_at),
                    )
                    if each.approved_at
                    else say("waits for approval")
                ),
                Cell(reading.day(each.sunset_on) if each.sunset_on else "–"),
            )
            for each in versions
        ),
        say("No mandate is written yet."),
    )


def _steps(
    reading: Reading, body: Committee, roles: frozenset[str], others: list[Committee]
) -> Iterator[Form]:
    """The steps that the chart allows now and the reader may take."""
    for event in ways_on(CommitteeLifecycle, body.state):
        if not roles & CommitteeLifecycle.authority[event]:
            continue
        needs = event in mandates.NEEDS_REASON
        fields = [
            Field("event", "", "hidden", value=event),
            Field("because", say("Why, with the parent's decision"), required=needs),
        ]
        if event == "replace":
            choice = tuple(Option(each.key, title_of(reading, each)) for each in others)
            fields.append(Field("replaced_by", say("By which body"), "select", choice))
        yield Form(
            f"step-{event}",
            STEPS[event],
            f"{PATH.format(key=body.key)}/step",
            say("Take the step"),
            tuple(fields),
            explained=say(
                "Every sitting ends, open actions go to the other body under new numbers."
            ) if event == "replace" else "",
        )  # fmt: skip


def _drafts(body: Committee, versions: list[Mandate]) -> Iterator[Form]:
    base = PATH.format(key=body.key)
    yield Form(
        "propose", say("Propose a new version"), f"{base}/propose", say("Propose it"),
        (
            Field("text", say("Text"), "textarea", required=True),
            Field("sunset", say("Last day of the mandate"), "date"),
            Field("because", say("Why, in one line")),
        ),
    )  # fmt: skip
    waiting = tuple(
        Option(str(each.version), str(each.version))
        for each in versions
        if each.approved_at is None
    )
    if waiting:
        yield Form(
            "approve", say("Enter the parent's approval"), f"{base}/approve", say("Approve it"),
            (
                Field("version", say("Version"), "select", waiting),
                Field("by", say("Number of the parent's decision"), required=True),
                Field("since", say("From"), "date"),
            ),
            explained=say("A review under way ends with it: the mandate is renewed."),
        )  # fmt: skip


def _version(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0  # noqa: PLR2004 -- no version is


ACTS: Acts = {
    "step": (
        mandates.GO_ON,
        lambda desk: mandates.Going(
            desk.text("event"), desk.text("because"), desk.text("replaced_by")
        ),
    ),
    "propose": (
        mandates.PROPOSE,
        lambda desk: mandates.Proposed(
            {desk.language: desk.text("text")},
            day_of_form(desk.text("sunset")),
            because=desk.text("because"),
        ),
    ),
    "approve": (
        mandates.APPROVE,
        lambda desk: mandates.Approved(
            _version(desk.text("version")), desk.text("by"), day_of_form(desk.text("since"))
        ),
    ),
}
routes = [
    Route(PATH, for_the_signed_in(show(page_of)), methods=["GET"]),
    Route(PATH + "/{act}", for_the_signed_in(answer(page_of, ACTS, PATH)), methods=["POST"]),
]
