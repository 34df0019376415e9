"""The forecast of a post before launch, and of a case at any time."""

from __future__ import annotations

from datetime import date, timedelta

from starlette.responses import Response
from starlette.routing import Route

from governance.appointments.forecast.telling import Foreseen, Wanted, foresee
from governance.appointments.forecast.timeline import JIU, JIU_DAYS, Forecast, Timeline
from governance.appointments.law import current_law
from governance.appointments.queries import sees_all
from governance.refusals import Reason, Refused, Sentence, refuse, say
from governance.web.cases.asked import refused_fields, status_of
from governance.web.cases.marks import need_words
from governance.web.cases.reading import Reading, reading_for
from governance.web.competition.views import Bar, ForecastPage, ForecastRow
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import EMPTY, Fact, Filled, Mark, Option, Words

SCALE = 1000
BASIS = {
    "law": Mark("lock", say("by the law")),
    "history": Mark("ok", say("from past cases")),
    "assumption": Mark("none", say("assumed")),
    "passed": Mark("ok", say("passed")),
}
NAMED: dict[str, Sentence] = {
    "acceptance": say("the acceptance of the offer"),
    "window": say("the close of the call"),
    "entry_on_duty": say("the day of entry on duty"),
    "chosen": say("the chosen candidate"),
    "launcher": say("An HR officer"),
    "panel": say("the panel"),
}


def show(desk: Desk) -> Response:
    """The forecast of the post or the case that is asked for."""
    if not sees_all(desk.me):
        raise _not_for_you()
    asked = desk.request.query_params
    filled = Filled({name: asked.get(name, "")[:20] for name in ("start", "against", "from", "to")})
    with desk.house.database.reading() as session:
        _, rulebook = current_law(session)
        reading = reading_for(desk.house, session, desk.me, rulebook, desk.language)
        name = desk.path.get("reference") or asked.get("post", "")[:60] or rulebook.posts[0].key
        posts = tuple(Option(each.key, reading.text(each.title)) for each in rulebook.posts)
    try:
        found = foresee(desk.house, desk.me, _wanted(name, filled))
    except Refused as refused:
        if refused.reason is not Reason.INPUT or not any(filled.values.values()):
            raise
        fault = Filled(filled.values, refused_fields(refused))
        found = foresee(desk.house, desk.me, Wanted(name))
        return desk.page(
            "forecast", page_of(found, reading, posts, fault), status=status_of(refused)
        )
    return desk.page("forecast", page_of(found, reading, posts, filled))


def page_of(
    found: Foreseen, reading: Reading, posts: tuple[Option, ...], filled: Filled = EMPTY
) -> ForecastPage:
    """A forecast as its page shows it."""
    line, case = found.timeline, found.subject.case
    scale = _Scale(line)
    today = reading.now.in_timezone(line.calendar.zone).date()
    reference = case.reference if case else found.subject.post.key
    href = f"/appointments/{reference}" if case else "/appointments"
    return ForecastPage(
        subject=Fact(reference, reading.text(found.subject.post.title), href),
        rows=tuple(_row(each, reading, scale) for each in line.stages),
        days=_days(line),
        verdict=_verdict(line),
        source=JIU,
        benchmark_at=(
            scale.at(line.posting.likely + timedelta(days=JIU_DAYS)) if line.posting else None
        ),
        today_at=scale.at(today),
        action=f"{href}/forecast" if case else "/appointments/forecast",
        posts=() if case else posts,
        moves=tuple(_moves(found)),
        filled=Filled({**filled.values, "post": found.subject.post.key}, filled.faults),
    )


class _Scale:
    """From the first day to the last one that may be, on a scale of 1000."""

    def __init__(self, line: Timeline) -> None:
        self.first = line.begins
        self.days = max(1, (line.ends.latest - line.begins).days)

    def at(self, day: date) -> int | None:
        """Where a day lies; None where that is off the scale."""
        place = round((day - self.first).days * SCALE / self.days)
        return place if 0 <= place <= SCALE else None

    def bar(self, each: Forecast) -> Bar:
        """A stage on the scale."""
        first, last, begin, end = (
            self.at(day) or 0
            for day in (
                each.begins.earliest,
                each.ends.latest,
                each.begins.likely,
                each.ends.likely,
            )
        )
        return Bar(first, last, begin, end)


def _row(each: Forecast, reading: Reading, scale: _Scale) -> ForecastRow:
    return ForecastRow(
        title=reading.text(each.stage.title),
        earliest=reading.day(each.ends.earliest),
        likely=reading.day(each.ends.likely),
        latest=reading.day(each.ends.latest),
        because=each.because if each.basis != "passed" else "",
        basis=BASIS[each.basis],
        bar=scale.bar(each),
        critical=_named(each.critical, each, reading) if each.slack else "",
        spare=tuple(
            (_named(name, each, reading), days) for name, days in each.slack.items() if days
        ),
    )


def _named(name: str, each: Forecast, reading: Reading) -> Words:
    """What is waited for, as people call it: an office, a check, a task, a thing to prepare."""
    office = reading.rulebook.office(name)
    if office is not None:
        return reading.text(office.title)
    for listed in ("checks", "tasks"):
        for one in getattr(each.stage, listed, ()):
            if getattr(one, "kind", "") == name or getattr(one, "task", "") == name:
                return reading.text(one.title)
    return NAMED.get(name) or need_words(name)


def _days(line: Timeline) -> tuple[Fact, ...]:
    days = line.days
    if days is None:
        return ()
    titles = {
        "earliest": say("at the earliest"),
        "likely": say("likely"),
        "latest": say("at the latest"),
    }
    return tuple(
        Fact(titles[course], say("{count} days", count=count)) for course, count in days.items()
    )


def _verdict(line: Timeline) -> Mark | None:
    days = line.days
    if days is None:
        return None
    if days["latest"] <= JIU_DAYS:
        return Mark("ok", say("Within {n} days even at the latest", n=JIU_DAYS))
    if days["likely"] <= JIU_DAYS:
        return Mark("warn", say("Likely within {n} days, not in every course", n=JIU_DAYS))
    return Mark("bad", say("Likely more than {n} days", n=JIU_DAYS))


def _moves(found: Foreseen) -> list[Words]:
    told: list[Words] = []
    for moves, pattern in (
        (found.recess_moves if found.wanted.recess else [], "recess"),
        (found.start_moves if found.wanted.against else [], "start"),
    ):
        if moves:
            last = moves[-1]
            days = {course: f"{last[course]:+d}" for course in ("earliest", "likely", "latest")}
            told.append(
                say(
                    "The recess moves the end by {likely} days (earliest {earliest}, "
                    "latest {latest}).",
                    **days,
                )
                if pattern == "recess"
                else say(
                    "The other start moves the end by {likely} days (earliest {earliest}, "
                    "latest {latest}).",
                    **days,
                )
            )
    return told


def _wanted(name: str, filled: Filled) -> Wanted:
    values = filled.values
    first, last = parse_day(values["from"], "from"), parse_day(values["to"], "to")
    if (first is None) != (last is None):
        missing = "from" if first is None else "to"
        raise refuse(
            "a recess has a first and a last day",
            rule="recess_is_a_span",
            cure="Give both.",
            where=missing,
            reason=Reason.INPUT,
        )
    recess = ((first, last),) if first and last else ()
    return Wanted(
        name, parse_day(values["start"], "start"), recess, parse_day(values["against"], "against")
    )


def parse_day(text: str, where: str) -> date | None:
    """A day as a form has it; None for nothing, Refused for anything else."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise refuse(
            '"{text}" is not a date',
            rule="date_is_understood",
            cure="Write it as year-month-day, such as 2026-11-23.",
            where=where,
            reason=Reason.INPUT,
            text=text,
        ) from None


def _not_for_you() -> Refused:
    return refuse(
        "this page is for HR and audit",
        rule="hr_officer",
        article="Mandate, roles",
        cure="Sign in as an HR officer, or ask one.",
        reason=Reason.AUTHORITY,
    )


routes = [
    Route("/appointments/forecast", for_the_signed_in(show), methods=["GET"]),
    Route("/appointments/{reference}/forecast", for_the_signed_in(show), methods=["GET"]),
]
