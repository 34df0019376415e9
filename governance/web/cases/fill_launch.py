"""From the law and a form to the two pages of a launch."""

from __future__ import annotations

from collections.abc import Sequence

from governance.appointments.launching import Launch
from governance.refusals import Finding, Sentence, say
from governance.rulebook.schema import Post, Procedure, Rulebook
from governance.rulebook.stages import Checks, Collect, Consult, Finish, Plan, Prepare, Sift, Step
from governance.web.case_views import LaunchCheck, LaunchForm
from governance.web.cases import marks
from governance.web.cases.fill_asked import CAPACITIES
from governance.web.cases.fill_now import HR
from governance.web.cases.reading import Reading
from governance.web.views import Fact, Filled, Option, Stage, Words
from governance.web.words import sentence
from governance.web.work_views import LaunchNeed

NOBODY = say("by itself")

# The field of the form that a rule of the launch speaks of.
FIELDS = {
    "known_post": "post",
    "post_is_not_being_filled": "post",
    "procedure_is_the_posts": "procedure",
    "known_procedure": "procedure",
    "wanted_date_is_ahead": "wanted_on",
    "day_is_a_date": "wanted_on",
}


def launch_form(rulebook: Rulebook, reading: Reading, filled: Filled) -> LaunchForm:
    """The first page: the posts of the law, the wanted day, the needs."""
    posts = tuple(
        Option(each.key, reading.text(each.title), _about(each, rulebook, reading))
        for each in rulebook.posts
    )
    keys = {need: None for each in rulebook.procedures for need in needs_of(each)}
    needs = tuple(
        LaunchNeed(key, marks.need_words(key), marks.NEED_HINTS.get(key, "")) for key in keys
    )
    if len(posts) == 1 and not filled.values.get("post"):
        filled = Filled({**filled.values, "post": posts[0].value}, filled.faults)
    return LaunchForm(posts, needs, filled, _ways(rulebook, reading))


def _ways(rulebook: Rulebook, reading: Reading) -> tuple[Option, ...]:
    """The ordinary way of a post, and the expedited ones of an emergency, where the law has any."""
    urgent = [each for each in rulebook.procedures if each.expedited is not None]
    if not urgent:
        return ()
    ordinary = Option("", say("The ordinary procedure of the post"))
    return (ordinary, *(Option(each.key, reading.text(each.title)) for each in urgent))


def needs_of(procedure: Procedure) -> list[str]:
    """What a procedure needs before it goes on, over all its stages."""
    return [need for s in procedure.stages if isinstance(s, Prepare) for need in s.needs]


def carried_of(given: Launch) -> list[tuple[str, str]]:
    """The answers as fields of a form."""
    wanted = [("wanted_on", given.wanted_on.isoformat())] if given.wanted_on else []
    needs = [
        pair
        for need, note in given.confirmed.items()
        for pair in ((f"confirmed_{need}", "yes"), (f"note_{need}", note))
    ]
    return [("post", given.post), ("procedure", given.procedure), *wanted, *needs]


def launch_check(
    given: Launch,
    rulebook: Rulebook,
    reading: Reading,
    findings: Sequence[Finding],
    change_href: str,
) -> LaunchCheck:
    """The second page: every answer, the course it will take, what the rules say."""
    post, procedure = rulebook.post(given.post), rulebook.procedure(given.procedure)
    assert post is not None  # noqa: S101 -- the findings were asked of them
    assert procedure is not None  # noqa: S101 -- the same
    course = [each for each in procedure.stages if not isinstance(each, Finish)]
    return LaunchCheck(
        lines=_lines(given, post, procedure, reading, change_href),
        carried=tuple(carried_of(given)),
        stages=tuple(
            Stage(reading.text(s.title), "todo", _takes(s, rulebook, procedure, reading))
            for s in course
        ),
        written_to=len(course[0].ask or course[0].tellers) if isinstance(course[0], Consult) else 0,
        change_href=change_href,
        findings=tuple(findings),
    )


def _about(post: Post, rulebook: Rulebook, reading: Reading) -> Sentence:
    procedure = rulebook.procedure(post.procedure)
    station = rulebook.duty_station(post.duty_station)
    return say(
        "{grade}, {station}. Procedure: {procedure}",
        grade=post.grade,
        station=reading.text(station.title if station else None, post.duty_station),
        procedure=reading.text(procedure.title if procedure else None, post.procedure),
    )


def _lines(
    given: Launch, post: Post, procedure: Procedure, reading: Reading, href: str
) -> tuple[Fact, ...]:
    station = reading.rulebook.duty_station(post.duty_station)
    wanted = reading.day(given.wanted_on) if given.wanted_on else say("no day named")
    return (
        Fact(say("Post"), reading.text(post.title), f"{href}#post"),
        Fact(say("Grade"), post.grade),
        Fact(say("Duty station"), reading.text(station.title if station else None)),
        Fact(
            say("Procedure"),
            reading.text(procedure.title),
            f"{href}#procedure",
            note=str(procedure.article),
        ),
        Fact(say("Entry on duty wished"), wanted, f"{href}#wanted_on"),
        *(_need(need, given, href) for need in needs_of(procedure)),
    )


def _need(need: str, given: Launch, href: str) -> Fact:
    label = marks.need_words(need)
    if need not in given.confirmed:
        return Fact(label, say("not confirmed yet"), f"{href}#need-{need}")
    return Fact(label, say("confirmed"), f"{href}#need-{need}", given.confirmed[need])


def _takes(stage: Step, rulebook: Rulebook, procedure: Procedure, reading: Reading) -> Words:
    """Who acts in a stage, and how long it may take."""
    who = _who_acts(stage, rulebook, procedure, reading)
    within = stage.within if isinstance(stage, Consult | Collect | Checks) else None
    if within is None:
        return who
    return say("{who}: {period}", who=who, period=marks.period_words(within))


def _who_acts(stage: Step, rulebook: Rulebook, procedure: Procedure, reading: Reading) -> Words:
    if isinstance(stage, Consult):
        asked = stage.ask or stage.tellers
        return reading.listed(_who(each, rulebook, procedure, reading) for each in asked)
    return HR if isinstance(stage, Prepare | Collect | Sift | Checks | Plan) else NOBODY


def _who(name: str, rulebook: Rulebook, procedure: Procedure, reading: Reading) -> str:
    office = rulebook.office(procedure.office_of(name) or "")
    if office is not None:
        return reading.text(office.title)
    return sentence(CAPACITIES.get(name) or name.replace("_", " "), reading.language)
