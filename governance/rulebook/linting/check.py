"""Is it law? Every fault of a rulebook, with file, line and cure.

The schema says what may stand where; here the parts are held against one another: names against
the vocabulary and the organisation, texts against its languages, stages against their results.
"""

from __future__ import annotations

from pathlib import Path

from governance.refusals import Finding, Reason, Refused, Verdict, refuse, say
from governance.rulebook.calendars import calendar_of
from governance.rulebook.linting.desk import Desk
from governance.rulebook.linting.draft import (
    ORGANISATION,
    POSTS,
    Draft,
    ProcedureDraft,
    read_files,
    read_folder,
)
from governance.rulebook.linting.names import check_given, check_names
from governance.rulebook.linting.procedure import check_procedure
from governance.rulebook.linting.yamltext import Reading
from governance.rulebook.predicates import SHIPPED, Vocabulary
from governance.rulebook.schema import Organisation, Post, Procedure, Region
from governance.rulebook.stages import Issue, Sift

APPOINTMENT = "letters/appointment"


def check(path: Path, vocabulary: Vocabulary = SHIPPED) -> list[Finding]:
    """The findings about a folder of law, or about one file of it; none if it may be loaded."""
    if path.is_dir():
        return faults_of(read_folder(path), vocabulary)
    if not path.is_file():
        raise refuse(
            "there is no file or folder {path}",
            path=path,
            rule="rulebook_files",
            cure="Give the folder of a rulebook, or one YAML file.",
            reason=Reason.INPUT,
        )
    if (path.parent / ORGANISATION).is_file():
        whole = faults_of(read_folder(path.parent), vocabulary)
        return [each for each in whole if each.where.split(":")[0] == path.name]
    return [*faults_of(read_files([path]), vocabulary), _alone(path.name)]


def faults_of(draft: Draft, vocabulary: Vocabulary) -> list[Finding]:
    """All findings about what was read, in the order of the files' lines."""
    procedures = _whole_procedures(draft)
    for each in draft.procedures:
        check_procedure(_desk(draft, each.reading, vocabulary, each), each)
    if draft.organisation is not None and (reading := draft.reading(ORGANISATION)):
        desk = _desk(draft, reading, vocabulary)
        check_names(desk, draft.organisation)
        _organisation(desk, draft.organisation)
    if draft.posts is not None and (reading := draft.reading(POSTS)):
        desk = Desk(reading, vocabulary, draft.organisation, procedures)
        check_names(desk, draft.posts)
        for index, post in enumerate(draft.posts.posts):
            _criteria(desk, index, post, procedures or ())
    found = [finding for reading in draft.readings for finding in reading.findings]
    return sorted({str(each): each for each in found}.values(), key=_place)


def _whole_procedures(draft: Draft) -> tuple[Procedure, ...] | None:
    """All procedures; None while one of them cannot be read."""
    whole = tuple(each.whole for each in draft.procedures if each.whole is not None)
    return whole if len(whole) == len(draft.procedures) else None


def _desk(
    draft: Draft, reading: Reading, vocabulary: Vocabulary, procedure: ProcedureDraft | None = None
) -> Desk:
    procedures = _whole_procedures(draft)
    return Desk(reading, vocabulary, draft.organisation, procedures, roles=_roles(procedure))


def _roles(procedure: ProcedureDraft | None) -> frozenset[str]:
    """The roles that a procedure names, read from the tree where the whole is not lawful."""
    tree = procedure.reading.tree if procedure else None
    roles = tree.get("roles") if tree else None
    return frozenset(roles.value) if roles and isinstance(roles.value, dict) else frozenset()


def _organisation(desk: Desk, organisation: Organisation) -> None:
    for index, calendar in enumerate(organisation.calendars):
        try:
            calendar_of(calendar)
        except Refused as refused:
            for each in refused.findings:
                desk.fault(("calendars", index), each.because, each.cure, "rulebook_calendar")
    _regions(desk, organisation.regions.regions if organisation.regions else ())


def _regions(desk: Desk, regions: tuple[Region, ...]) -> None:
    region_of: dict[str, str] = {}
    for number, region in enumerate(regions):
        for index, country in enumerate(region.countries):
            before = region_of.setdefault(country, region.key)
            if before != region.key:
                path = ("regions", "regions", number, "countries", index)
                because = say(
                    "{country} is in the region {before} already", country=country, before=before
                )
                desk.fault(path, because, say("Leave it in one of them."), "rulebook_twice")


def _criteria(desk: Desk, index: int, post: Post, procedures: tuple[Procedure, ...]) -> None:
    """A post's own numbers are for rules that its procedure asks."""
    procedure = next((each for each in procedures if each.procedure == post.procedure), None)
    if procedure is None:
        return  # an unknown or unreadable procedure is said elsewhere
    _terms(desk, index, post, procedure)
    sifts = (each for each in procedure.stages if isinstance(each, Sift))
    asked = {applied.rule for sift in sifts for applied in sift.rules}
    for name, given in post.criteria.items():
        path = ("posts", index, "criteria", name)
        if desk.known(path, name, "rule of the procedure", asked, "rulebook_rule"):
            predicate = desk.vocabulary.predicate(name)
            if predicate is not None:
                check_given(desk, path, predicate, given)


def _terms(desk: Desk, index: int, post: Post, procedure: Procedure) -> None:
    """A letter of appointment states the post's terms, so a post that comes to one has them."""
    appoints = any(
        isinstance(each, Issue) and each.template == APPOINTMENT for each in procedure.stages
    )
    if appoints and post.terms is None:
        because = say("the procedure ends in a letter of appointment, and no terms are set")
        cure = say("Add terms: nature, regulations, category, salary, notice and contact.")
        desk.fault(("posts", index), because, cure, "rulebook_terms")


def _alone(name: str) -> Finding:
    because = say(
        "there is no {file} beside it: offices and languages were not looked at", file=ORGANISATION
    )
    cure = say("Check the folder of the organisation.")
    return Finding("rulebook_files", "", Verdict.ADVISORY, because, cure, f"{name}:1:1")


def _place(finding: Finding) -> tuple[str, int, int, str]:
    name, line, column = finding.where.rsplit(":", 2)
    return (name, int(line), int(column), str(finding.because))
