"""Names against what there is: offices, roles, calendars, rules, checks, templates, languages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple
from zoneinfo import available_timezones

from pydantic import BaseModel

from governance.refusals import say
from governance.rulebook.bodies.reading import shipped_keys
from governance.rulebook.linting.desk import Desk, Leaf, Path, lists, walk
from governance.rulebook.linting.faults import near
from governance.rulebook.parts import Text
from governance.rulebook.predicates import SORTS, Parameter, Predicate

Known = Callable[[Desk], Collection[str] | None]


class Reference(NamedTuple):
    """What a name speaks of, and the names that there are; None where they could not be read."""

    what: str
    known: Known


def _of_vocabulary(name: str) -> Known:
    return lambda desk: getattr(desk.vocabulary, name)


def _of_organisation(name: str) -> Known:
    return lambda desk: (
        {each.key for each in getattr(desk.organisation, name)} if desk.organisation else None
    )


def _people(desk: Desk) -> Collection[str] | None:
    offices = desk.offices
    return None if offices is None else offices | set(desk.vocabulary.roles) | set(desk.roles)


def _calendars(desk: Desk) -> Collection[str] | None:
    return _of_organisation("calendars")(desk)


def _regions(desk: Desk) -> Collection[str] | None:
    if desk.organisation is None:
        return None
    table = desk.organisation.regions
    return {each.key for each in table.regions} if table else set()


def _groups(desk: Desk) -> Collection[str] | None:
    if desk.organisation is None:
        return None
    groups = {each.group for each in desk.organisation.offices if each.group}
    return groups | set(desk.vocabulary.selections)


def _procedures(desk: Desk) -> Collection[str] | None:
    return None if desk.procedures is None else {each.procedure for each in desk.procedures}


def _languages(desk: Desk) -> Collection[str] | None:
    return desk.organisation.languages if desk.organisation else None


OFFICE = Reference("office", lambda desk: desk.offices)
PERSON = Reference("office or role", _people)
STATION = Reference("duty station", _of_organisation("duty_stations"))
CALENDAR = Reference("calendar", _calendars)
ZONE = Reference("time zone", lambda _: available_timezones())
TEMPLATE = Reference("template", _of_vocabulary("templates"))

REFERENCES: Mapping[tuple[str, str], Reference] = {
    ("Check", "kind"): Reference("check", _of_vocabulary("checks")),
    ("Approval", "by"): OFFICE,
    ("Choose", "among"): Reference("selection", _of_vocabulary("selections")),
    ("Collect", "sources"): Reference("source of candidacies", _of_vocabulary("sources")),
    ("Consult", "ask"): PERSON,
    ("Consult", "tellers"): OFFICE,
    ("Criterion", "by"): Reference("way to assess", _of_vocabulary("assessed_by")),
    ("Deadline", "calendar"): CALENDAR,
    ("Deadline", "escalate_to"): OFFICE,
    ("Deadline", "zone"): ZONE,
    ("Deputising", "office"): OFFICE,
    ("DutyStation", "calendar"): CALENDAR,
    ("Effect", "effect"): Reference("effect", _of_vocabulary("effects")),
    ("Effect", "template"): TEMPLATE,
    ("Expedited", "confirmed_by"): OFFICE,
    ("Expedited", "instead_of"): Reference("procedure", _procedures),
    ("Expedited", "reported_to"): OFFICE,
    ("GateException", "by"): OFFICE,
    ("GateException", "kinds"): Reference("check", _of_vocabulary("checks")),
    ("GateException", "report_to"): OFFICE,
    ("End", "calendar"): CALENDAR,
    ("End", "zone"): ZONE,
    ("Issue", "languages"): Reference("language of the organisation", _languages),
    ("Issue", "signed_by"): PERSON,
    ("Issue", "template"): TEMPLATE,
    ("Office", "duty_station"): STATION,
    ("Office", "region"): Reference("region", _regions),
    ("Office", "reports_to"): OFFICE,
    ("Organisation", "working_language"): Reference("language of the organisation", _languages),
    ("Post", "duty_station"): STATION,
    ("Post", "office"): OFFICE,
    ("Post", "procedure"): Reference("procedure", _procedures),
    ("Prepare", "by"): PERSON,
    ("Prepare", "needs"): Reference("thing to prepare", _of_vocabulary("needs")),
    ("Procedure", "calendar"): CALENDAR,
    ("Procedure", "launcher"): Reference("grant", _of_vocabulary("grants")),
    ("Procedure", "never_same_person"): PERSON,
    ("Procedure", "roles"): OFFICE,
    ("Reconsideration", "by"): OFFICE,
    ("SecondSignature", "by"): OFFICE,
    ("Task", "by"): PERSON,
    ("Task", "task"): Reference("task", _of_vocabulary("tasks")),
    ("Waiver", "by"): OFFICE,
    ("Weigh", "body"): Reference("body", lambda _: shipped_keys()),
    ("Weigh", "over"): Reference("group of offices or selection", _groups),
    ("WorkCalendar", "zone"): ZONE,
}


def check_names(desk: Desk, part: BaseModel, path: Path = ()) -> None:
    """Every name in a part speaks of something that there is, and every text is complete."""
    for leaf in walk(part, path):
        _carried_out(desk, leaf)
        if isinstance(leaf.value, Text):
            _text(desk, leaf)
        elif (reference := REFERENCES.get((leaf.owner, leaf.name))) is not None:
            known = reference.known(desk)
            if known is not None:
                desk.known(leaf.path, leaf.value, reference.what, known, "rulebook_name")
    for here, listed in lists(part, path):
        _once_each(desk, here, listed)


def check_rule(desk: Desk, path: Path, name: str, verb: str, given: Mapping[str, Any]) -> None:
    """A named rule is registered for its verb, and is given what it must be given."""
    predicate = desk.vocabulary.predicate(name)
    if predicate is None or predicate.verb != verb:
        because = say('"{name}" is no rule for the verb {verb}', name=name, verb=verb)
        known = desk.vocabulary.names_for(verb)
        desk.fault((*path, "rule"), because, near(name, known), "rulebook_rule")
        return
    check_given(desk, (*path, "given"), predicate, given)
    for each in predicate.parameters:
        if each.required and each.name not in given:
            because = say(
                "the rule {name} is not given {parameter}", name=name, parameter=each.name
            )
            cure = say("Add {parameter}: {meaning}.", parameter=each.name, meaning=each.sentence)
            desk.fault((*path, "given"), because, cure, "rulebook_rule")


def check_given(desk: Desk, path: Path, predicate: Predicate, given: Mapping[str, Any]) -> None:
    """What a rule is given, it takes, in the sort that it takes."""
    parameters = {each.name: each for each in predicate.parameters}
    for name, value in given.items():
        here = (*path, name)
        what = f"parameter of the rule {predicate.name}"
        if desk.known(here, name, what, parameters, "rulebook_rule"):
            _sorted_right(desk, here, parameters[name], value)


def _sorted_right(desk: Desk, path: Path, parameter: Parameter, value: Any) -> None:
    expected, fits = SORTS[parameter.sort]
    if not fits(value):
        because = say(
            "{name} is {value}, where {expected} is expected",
            name=parameter.name,
            value=value,
            expected=expected,
        )
        desk.fault(path, because, say("Write {expected}.", expected=expected), "rulebook_rule")
        return
    for each in value if isinstance(value, tuple) else (value,):
        if parameter.choices:
            desk.known(path, each, parameter.name, parameter.choices, "rulebook_rule")


def _carried_out(desk: Desk, leaf: Leaf) -> None:
    values = desk.vocabulary.carried_out.get((leaf.owner, leaf.name))
    if values is None or leaf.value in values:
        return
    because = say(
        "{name}: {value} can be written, and is not carried out by this installation yet",
        name=leaf.name,
        value=leaf.value,
    )
    known = ", ".join(sorted(map(str, values)))
    cure = say("Write {known}.", known=known) if values else say("Remove {name}.", name=leaf.name)
    desk.fault(leaf.path, because, cure, "rulebook_carried_out")


def _text(desk: Desk, leaf: Leaf) -> None:
    wanted: Iterable[str] = desk.organisation.languages if desk.organisation else ("en",)
    missing = [each for each in wanted if each not in leaf.value.root]
    if missing:
        because = say(
            "{name} has no words in {languages}", name=leaf.name, languages=", ".join(missing)
        )
        cure = say("Add them: every text stands in each language of the organisation.")
        desk.fault(leaf.path, because, cure, "rulebook_language")


def _once_each(desk: Desk, path: Path, listed: tuple[BaseModel, ...]) -> None:
    name = next((x for x in ("key", "kind", "task", "rule") if hasattr(listed[0], x)), None)
    seen: set[str] = set()
    for index, each in enumerate(listed if name else ()):
        value = getattr(each, str(name))
        if value in seen:
            because = say('"{value}" stands in the list a second time', value=value)
            cure = say("Remove it, or give it a {name} of its own.", name=name)
            desk.fault((*path, index, name), because, cure, "rulebook_twice")
        seen.add(value)
