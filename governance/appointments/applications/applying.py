"""Somebody applies: begins with an address, saves, adds files, sends; corrects until the close.

Whoever applies has no account. A link and a mailed code open their one application to them, and
nothing else; what they write is sealed under the key of the candidacy that may come of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from governance.access.actor import Level
from governance.acts import Moment, Verb, Written
from governance.appointments.applications.form import LETTER_LANGUAGES, Read, read_form
from governance.appointments.calls.window import must_be_open
from governance.appointments.cells import EMAIL
from governance.appointments.evidence.keeping import Paper, evidence_of, keep, no_such_evidence
from governance.appointments.lifecycle import ApplicationLifecycle
from governance.appointments.models import Application, Candidacy, Case, Evidence
from governance.database import new_id
from governance.lifecycle import fire
from governance.people.models import Grant, Holding, Person
from governance.people.queries import by_email
from governance.people.states import load_states
from governance.record.filekeys import fingerprint
from governance.record.outbox import Notice
from governance.refusals import Reason, Refused, refuse
from governance.rulebook.stages import Collect


@dataclass(frozen=True)
class Beginning:
    """An address to write to, the language of its owner, and the call that it is about."""

    case_id: str
    email: str
    language: str = "en"


@dataclass(frozen=True)
class Saving:
    """Fields as they were typed; those that are not given stay as they were."""

    fields: Mapping[str, str]


@dataclass(frozen=True)
class Sending:
    """The application that is sent, on the file of its case."""

    application_id: str


@dataclass(frozen=True)
class Removing:
    """A file that its owner takes back before the application is judged."""

    evidence_id: str


def begin_body(moment: Moment, _: Application | None, given: Beginning) -> Written[Application]:
    """Keep the address, and send the link to it. Whether it was known before is never told."""
    case = moment.session.get(Case, given.case_id, with_for_update=True)
    email = given.email.strip().lower()
    if case is None or not EMAIL.fullmatch(email) or len(email) > 254:  # noqa: PLR2004 -- RFC 5321
        raise refuse(
            '"{value}" is no e-mail address',
            rule="email_is_an_address",
            cure="Write it as name@organisation.example.",
            where="email",
            reason=Reason.INPUT,
            value=given.email[:60],
        )
    stage = must_be_open(moment, case)
    _applications_are_taken(stage)
    person = by_email(moment.session, email) or _new_person(moment, email, given.language)
    application = _of(moment, case.id, person.id)
    if application is None:
        number = new_id()
        application = Application(
            id=number,
            token=fingerprint(moment.house.keys.token(f"application:{number}")),
            case_id=case.id,
            person_id=person.id,
            language=given.language if given.language in LETTER_LANGUAGES else "en",
            privacy=stage.privacy,
            began_at=moment.now,
            saved_at=moment.now,
        )
        moment.session.add(application)
        moment.session.flush()
    _send_link(moment, case, application)
    return Written({"case": case.id}, application)


def save_body(
    moment: Moment, application: Application | None, given: Saving
) -> Written[Application]:
    """Keep what was typed, right or wrong: it is judged when it is sent."""
    assert application is not None  # noqa: S101 -- the door locks the subject first
    _window(moment, application)
    application.state = fire(ApplicationLifecycle, application.state, "save")
    form = form_of(moment, application) | {
        name: value[:8000] for name, value in given.fields.items()
    }
    if form.get("consent") and application.consented_at is None:
        application.consented_at = moment.now
    sealed = _seal(moment, application, form)
    application.saved_at = moment.now
    facts: dict[str, Any] = {"fields": sorted(given.fields), "form": sealed}
    if application.consented_at is not None:
        facts["privacy"] = application.privacy
    return Written(facts, application)


def add_file_body(
    moment: Moment, application: Application | None, given: Paper
) -> Written[Application]:
    """Look through a file and keep it sealed; one of a purpose takes the place of the last one."""
    assert application is not None  # noqa: S101 -- the door locks the subject first
    case = _window(moment, application)
    application.state = fire(ApplicationLifecycle, application.state, "save")
    kept = keep(moment, case, application.id, given)
    for held in evidence_of(moment.session, application.id):
        if held.purpose == given.purpose == "cv" and held.id != kept.evidence.id:
            held.removed_at = moment.now
    application.saved_at = moment.now
    return Written(
        {"evidence": kept.evidence.id, "file": kept.on_record, "size": kept.evidence.size},
        application,
    )


def remove_file_body(
    moment: Moment, application: Application | None, given: Removing
) -> Written[Application]:
    """Take a file back."""
    assert application is not None  # noqa: S101 -- the door locks the subject first
    _window(moment, application)
    held = moment.session.get(Evidence, given.evidence_id)
    if held is None or held.candidacy_id != application.id or held.check_id is not None:
        raise no_such_evidence()
    application.state = fire(ApplicationLifecycle, application.state, "save")
    held.removed_at = moment.now
    return Written({"evidence": held.id}, application)


def send_body(moment: Moment, case: Case | None, given: Sending) -> Written[Case]:
    """Judge the form whole; make the candidacy, or put the corrected one in its place."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    application = _sent_one(moment, case, given)
    must_be_open(moment, case)
    read = judged(moment, application)
    if read.faults:
        raise Refused(read.faults, Reason.INPUT)
    first = application.state == "draft"
    application.state = fire(ApplicationLifecycle, application.state, "submit")
    application.sent_at = moment.now
    candidacy = _candidacy(moment, case, application, read.values)
    if first:
        moment.owe("case", case.id)
        moment.tell(
            ("case", case.id),
            Notice(
                key=f"acknowledgement:{candidacy.id}",
                person_id=candidacy.person_id,
                template="acknowledgement",
                facts={"candidacy": candidacy.id, "reference": case.reference},
            ),
        )
    return Written(
        {"candidacy": candidacy.id, "corrected": not first, "privacy": application.privacy}, case
    )


def _anybody(moment: Moment, _: Application | None, __: Beginning) -> str:
    """Anybody may begin: nothing is read, and nothing opens, without the mailed link and code."""
    return "anybody" if moment.actor.person_id is None else "person"


def its_owner(moment: Moment, application: Application | None, _: object) -> str:
    """Whom the link and the code were sent to, for this application alone."""
    assert application is not None  # noqa: S101 -- the door locks the subject first
    if not is_owner(moment, application):
        raise _not_yours()
    return "applicant"


def _owner_of_sent(moment: Moment, case: Case | None, given: Sending) -> str:
    assert case is not None  # noqa: S101 -- the door locks the subject first
    if not is_owner(moment, _sent_one(moment, case, given)):
        raise _not_yours()
    return "applicant"


BEGIN: Verb[Application, Beginning] = Verb(
    "application:begin", Application, "application", _anybody, begin_body
)
SAVE: Verb[Application, Saving] = Verb(
    "application:save", Application, "application", its_owner, save_body
)
ADD_FILE: Verb[Application, Paper] = Verb(
    "application:add_file", Application, "application", its_owner, add_file_body
)
REMOVE_FILE: Verb[Application, Removing] = Verb(
    "application:remove_file", Application, "application", its_owner, remove_file_body
)
SEND: Verb[Case, Sending] = Verb("case:take_application", Case, "case", _owner_of_sent, send_body)


def is_owner(moment: Moment, application: Application) -> bool:
    """Whether the actor has proven that this application's link was sent to them."""
    actor = moment.actor
    return (
        actor.level == Level.LINK
        and actor.invitation == application.id
        and actor.person_id == application.person_id
    )


def form_of(moment: Moment, application: Application) -> dict[str, str]:
    """What was typed so far."""
    if not application.form:
        return {"letter_language": application.language}
    kept: dict[str, str] = json.loads(moment.house.keys.open(moment.session, application.form))
    return kept


def judged(moment: Moment, application: Application) -> Read:
    """The form as it would be judged now."""
    states = load_states(moment.house.settings.rulebooks)
    files = tuple(each.purpose for each in evidence_of(moment.session, application.id))
    names = {code: state.name for code, state in states.items()}
    return read_form(form_of(moment, application), names, moment.now.date(), files)


def _seal(moment: Moment, application: Application, form: dict[str, str]) -> dict[str, str]:
    text = json.dumps(form, ensure_ascii=False, sort_keys=True)
    sealed = moment.seal(f"candidacy:{application.id}", text)
    application.form = sealed["sealed"]
    return sealed


def _window(moment: Moment, application: Application) -> Case:
    case = moment.session.get_one(Case, application.case_id)
    must_be_open(moment, case)
    return case


def _applications_are_taken(stage: Collect) -> None:
    if "applications" not in stage.sources:
        raise refuse(
            "this call takes nominations by members alone",
            rule="call_takes_applications",
            article=str(stage.article),
            cure="Ask the National Central Bureau of your country.",
            reason=Reason.RULE,
        )


def _new_person(moment: Moment, email: str, language: str) -> Person:
    language = language if language in LETTER_LANGUAGES else "en"
    person = Person(id=new_id(), family_name="", email=email, language=language)
    moment.session.add(person)
    moment.session.flush()
    return person


def _of(moment: Moment, case_id: str, person_id: str) -> Application | None:
    query = select(Application).where(
        col(Application.case_id) == case_id, col(Application.person_id) == person_id
    )
    return moment.session.exec(query).first()


def _send_link(moment: Moment, case: Case, application: Application) -> None:
    """The link, at most once an hour: nobody is flooded by a stranger who types their address."""
    moment.tell(
        ("case", case.id),
        Notice(
            key=f"application:{application.id}:{moment.now.format('YYYY-MM-DD-HH')}",
            person_id=application.person_id,
            template="application",
            facts={"application": application.id, "reference": case.reference},
        ),
    )


def _sent_one(moment: Moment, case: Case, given: Sending) -> Application:
    application = moment.session.get(Application, given.application_id, with_for_update=True)
    if application is None or application.case_id != case.id:
        raise _not_yours()
    return application


def _candidacy(
    moment: Moment, case: Case, application: Application, values: dict[str, Any]
) -> Candidacy:
    person = moment.session.get_one(Person, application.person_id)
    _tell_person(moment, person, application, values)
    candidacy = moment.session.get(Candidacy, application.id) or _first_candidacy(
        moment, case, application
    )
    if candidacy.state != "nominated":
        raise refuse(
            "the application is being examined, and is corrected no more",
            rule="window_for_candidacies",
            cure="Write to us under the reference of the call.",
            reason=Reason.TURN,
        )
    candidacy.kind = values["candidate_kind"]
    candidacy.facts = {
        "current_employer": values["current_employer"],
        "degree": values["degree"],
        "languages": dict(values["languages"]),
        "nominated_by": "",
        "police_rank": values["police_rank"],
        "police_years": values["police_years"],
        "years_experience": values["years_experience"],
    } | ({"secondment_years": values["secondment_years"]} if values["secondment_years"] else {})
    return candidacy


def _first_candidacy(moment: Moment, case: Case, application: Application) -> Candidacy:
    query = select(Candidacy).where(
        col(Candidacy.case_id) == case.id, col(Candidacy.person_id) == application.person_id
    )
    if moment.session.exec(query).first() is not None:
        raise refuse(
            "you are a candidate in this procedure already",
            rule="one_candidacy_each",
            cure="You need not apply again: whoever nominated you has done it.",
            reason=Reason.CONFLICT,
        )
    candidacy = Candidacy(
        id=application.id,
        case_id=case.id,
        person_id=application.person_id,
        came_by="application",
        came_at=moment.now,
    )
    moment.session.add(candidacy)
    moment.session.flush()
    return candidacy


def _tell_person(
    moment: Moment, person: Person, application: Application, values: dict[str, Any]
) -> None:
    """Who is known here otherwise keeps what is on file; a newcomer is as they say."""
    known = not _is_newcomer(moment, person, application)
    for fact in ("family_name", "given_names", "sex", "birth_date", "nationality"):
        if not known or not getattr(person, fact):
            setattr(person, fact, values[fact])
    if not known:
        person.language = values["letter_language"]


def _is_newcomer(moment: Moment, person: Person, application: Application) -> bool:
    """Whether this application is all that we know a person by."""
    others = (
        select(Candidacy.id).where(
            col(Candidacy.person_id) == person.id, col(Candidacy.id) != application.id
        ),
        select(Grant.id).where(col(Grant.person_id) == person.id),
        select(Holding.id).where(col(Holding.person_id) == person.id),
    )
    return all(moment.session.exec(query.limit(1)).first() is None for query in others)


def _not_yours() -> Refused:
    return refuse(
        "there is no application that you may open here",
        rule="known_application",
        cure="Open it from the link in the mail, with the code that is sent to you.",
        reason=Reason.MISSING,
    )
