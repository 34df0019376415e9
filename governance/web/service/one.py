"""`/services/{reference}`: dates, plan, oath, entry, probation, extension, end; one POST an act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from governance.acts import Moment, Verb, perform
from governance.appointments.law import law_of
from governance.appointments.queries import sees_all
from governance.appointments.service import engaging, lasting
from governance.appointments.service.models import Service
from governance.appointments.service.telling import find_service, tell_service
from governance.appointments.service.ways import last_day_allowed, ways_of
from governance.refusals import Finding, Reason, Refused, Sentence, refuse, say
from governance.rulebook.parts import Period
from governance.web.cases.asked import after, may_act, refused_fields, status_of
from governance.web.cases.marks import period_words
from governance.web.cases.reading import Reading, reading_for
from governance.web.competition.forecast import parse_day
from governance.web.desk import Desk, for_the_signed_in
from governance.web.service.listing import day_words, office_words
from governance.web.service.marks import DONE, ENDS, KINDS, RESULTS, SERVICES, WAYS
from governance.web.service.views import Planned, ServicePage, Way
from governance.web.views import Fact, Mark, Option, Words


@dataclass(frozen=True)
class _Told:
    """One service as plain data, its row's ways and cap, and how it is read."""

    plain: dict[str, Any]
    reading: Reading
    ways: Mapping[str, tuple[Finding, ...]]
    cap: date | None
    reason: Words


def show(desk: Desk) -> Response:
    """One service, for HR, audit, and whoever serves."""
    return desk.page("service", _page(desk))


def again(desk: Desk, refused: Refused) -> Response:
    """The page after an act that was refused, with every reason and what was typed."""
    filled = desk.filled(refused_fields(refused))
    page = replace(_page(desk), refused=refused.findings, filled=filled, done="")
    return desk.page("service", page, status=status_of(refused))


def _doing(
    key: str, verb: Verb[Service, Any], given: Callable[[Desk], object]
) -> Callable[[Desk], Response]:
    """The handler of one act: read the form, do it, look at the page."""

    def handler(desk: Desk) -> Response:
        try:
            with desk.house.database.reading() as session:
                found = find_service(session, desk.me, desk.path["reference"])
            perform(desk.house, desk.me, verb, found.id, given(desk))
        except Refused as refused:
            if refused.reason is Reason.MISSING:
                raise
            return again(desk, refused)
        return after(desk, f"/services/{desk.path['reference']}", key)

    return handler


def _because(desk: Desk) -> engaging.Because:
    return engaging.Because(desk.text("reason"))


def _longer(desk: Desk) -> lasting.Longer:
    until = parse_day(desk.text("until"), "until")
    if until is None:
        raise refuse(
            "the new last day is not given",
            rule="day_is_a_date",
            cure="Choose a day.",
            where="until",
            reason=Reason.INPUT,
        )
    return lasting.Longer(until, desk.text("reason"))


def _page(desk: Desk) -> ServicePage:
    told = _told(desk)
    plain, reading = told.plain, told.reading
    reference = plain["reference"]
    return ServicePage(
        reference=reference,
        name=plain["name"],
        office=office_words(plain["office"], reading),
        kind=KINDS[plain["kind"]],
        state=SERVICES[plain["state"]],
        facts=_facts(told),
        plan=tuple(_planned(each, told) for each in plain["tasks"]),
        ways=tuple(_way(key, told) for key in told.ways),
        action=f"/services/{reference}",
        may_act=may_act(desk) and bool(told.ways),
        asks_oath=plain["asks_oath"] and plain["state"] == "expected" and not plain["oath_on"],
        results=tuple(Option(key, words) for key, words in RESULTS.items()),
        done=DONE.get(desk.request.query_params.get("done", ""), ""),
    )


def _told(desk: Desk) -> _Told:
    plain = tell_service(desk.house, desk.me, desk.path["reference"])
    with desk.house.database.reading() as session:
        found = find_service(session, desk.me, plain["reference"])
        rulebook = law_of(session, found.law)
        reading = reading_for(desk.house, session, desk.me, rulebook, desk.language)
        moment = Moment(desk.house, session, desk.house.clock.now(), desk.me)
        whole = sees_all(desk.me)
        ways = ways_of(moment, found) if whole else {}
        cap = last_day_allowed(moment, found) if "extend" in ways else found.cap_on
        return _Told(plain, reading, ways, cap, reading.opened(found.because) if whole else "")


def _facts(told: _Told) -> tuple[Fact, ...]:
    plain, reading = told.plain, told.reading
    case = plain["case"]
    acting = plain.get("acting")
    lines = [
        Fact(say("First day"), day_words(plain["begins_on"], reading)),
        Fact(say("Last day"), day_words(plain["ends_on"], reading) or say("no end")),
        Fact(say("May last until"), reading.day(told.cap) if told.cap else ""),
        Fact(say("Oath or declaration"), day_words(plain["oath_on"], reading)),
        Fact(say("Probation until"), day_words(plain["probation_until"], reading)),
        Fact(say("Probation prolonged"), _times(plain["prolonged"])),
        Fact(say("Extended"), _times(plain["extended"])),
        Fact(say("Confirmed"), _confirmed(plain, reading)),
        Fact(say("Time acted in this office"), _acted(acting) if acting else ""),
        Fact(say("Ended because"), ENDS.get(plain["end_reason"] or "", "")),
        Fact(say("Reason on file"), told.reason),
        Fact(say("Came from"), case or "", f"/appointments/{case}" if case else ""),
    ]
    return tuple(each for each in lines if each.value)


def _times(count: int) -> Words:
    if not count:
        return ""
    return say("once") if count == 1 else say("{n} times", n=count)


def _confirmed(plain: Mapping[str, Any], reading: Reading) -> Words:
    if plain["kind"] != "interim":
        return ""
    if plain["ratified_at"]:
        return day_words(plain["ratified_at"][:10], reading)
    return say("not yet") if plain["state"] in {"expected", "serving"} else ""


def _acted(acting: Mapping[str, Any]) -> Sentence:
    caps = acting["caps"]
    if caps is None:
        return say("{days} days in all", days=acting["days_in_all"])
    return say(
        "{days} days in all; at most {longest} at a time and {in_all} in all ({article})",
        days=acting["days_in_all"],
        longest=_period(caps["longest"]),
        in_all=_period(caps["in_all"]),
        article=caps["article"],
    )


def _period(plain: Mapping[str, int]) -> Sentence:
    return period_words(Period.model_validate(plain))


def _planned(task: Mapping[str, Any], told: _Told) -> Planned:
    reading, due = told.reading, task["due_on"]
    today = reading.now.in_timezone(reading.zone).date()
    note: Words = ""
    if task["done"]:
        done_on = reading.day(date.fromisoformat(task["done_at"][:10]))
        result = RESULTS.get(task["result"] or "")
        words, note = result or say("done"), say("on {day}", day=done_on)
        mark = Mark("bad" if task["result"] == "adverse" else "ok", words)
    elif due and date.fromisoformat(due) < today:
        mark = Mark("bad", say("overdue"))
    else:
        mark = Mark("now", say("open"))
    return Planned(
        key=task["key"],
        title=reading.text(task["title"], task["key"]),
        due=day_words(due, reading),
        mark=mark,
        is_review=task["kind"] == "review",
        is_open=not task["done"] and told.plain["state"] in {"probation", "serving"},
        note=note,
    )


def _way(key: str, told: _Told) -> Way:
    note: Words = ""
    if key == "extend" and told.cap is not None:
        note = say("The law allows it until {day}.", day=told.reading.day(told.cap))
    return Way(key, WAYS[key], told.ways[key], note)


_ACTS: Mapping[str, tuple[Verb[Service, Any], Callable[[Desk], object]]] = {
    "oath": (engaging.OATH, lambda desk: engaging.Sworn(parse_day(desk.text("sworn"), "sworn"))),
    "enter": (engaging.ENTER, lambda desk: engaging.Entered(parse_day(desk.text("on"), "on"))),
    "fall_through": (engaging.FALL_THROUGH, _because),
    "task": (
        lasting.TASK,
        lambda desk: lasting.TaskDone(desk.text("key"), desk.text("result"), desk.text("note")),
    ),
    "confirm": (lasting.CONFIRM, lambda _: None),
    "prolong_probation": (lasting.PROLONG, _because),
    "extend": (lasting.EXTEND, _longer),
    "separate": (lasting.SEPARATE, _because),
}

routes = [
    Route("/services/{reference}", for_the_signed_in(show), methods=["GET"]),
    *(
        Route(
            f"/services/{{reference}}/{key}",
            for_the_signed_in(_doing(key, verb, given)),
            methods=["POST"],
        )
        for key, (verb, given) in _ACTS.items()
    ),
]
