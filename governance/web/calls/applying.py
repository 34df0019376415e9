"""An application, step by step: saved at each, sent at the end, corrected until the close."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session
from starlette.datastructures import UploadFile
from starlette.responses import Response
from starlette.routing import Route

from governance.access.actor import Actor
from governance.acts import Moment, perform
from governance.appointments.applications.applying import (
    ADD_FILE,
    REMOVE_FILE,
    SAVE,
    SEND,
    Removing,
    Saving,
    Sending,
    form_of,
    judged,
)
from governance.appointments.applications.form import STEPS, faults_of_step
from governance.appointments.applications.queries import application_of
from governance.appointments.calls.queries import OpenCall, open_call
from governance.appointments.evidence.keeping import Paper, evidence_of, name_of
from governance.appointments.models import Application, Case
from governance.people.states import load_states
from governance.refusals import Reason, Refused, Sentence, refuse, say
from governance.web.calls.telling import NOTICE, fields_of, line_of
from governance.web.calls.views import ApplicationPage, Held, Step
from governance.web.desk import Desk, field_of, open_to_all
from governance.web.questions.proving import ask
from governance.web.views import EMPTY, Calm, Fact, Filled, Option
from governance.web.views import Moment as Instant

ORDER = tuple(STEPS)
TITLES: dict[str, Sentence] = {
    "privacy": say("Your data"),
    "you": say("About you"),
    "work": say("Degree, work and languages"),
    "words": say("Your motivation"),
    "files": say("Your files"),
    "send": say("Check and send"),
}
PURPOSES: dict[str, Sentence] = {
    "cv": say("Curriculum vitae"),
    "diploma": say("Degree or certificate"),
    "identity": say("Proof of identity or nationality"),
    "other": say("Another paper"),
}


def show(desk: Desk) -> Response:
    """A step of the application, for whom the link was sent to."""
    application, actor = _found(desk)
    if actor is None:
        return ask(desk, "apply", application.person_id)
    return _show(desk, actor, application, _step(desk), EMPTY)


def save(desk: Desk) -> Response:
    """Keep what was typed and go on; what is wrong is told, and kept all the same."""
    application, actor = _found(desk)
    if actor is None:
        return ask(desk, "apply", application.person_id)
    step = _step(desk)
    act = {"files": _give_file, "send": _send}.get(step, _save)
    try:
        return act(desk, actor, application, step)
    except Refused as refused:
        if refused.reason not in {Reason.INPUT, Reason.RULE}:
            raise
        faults = field_of(refused, {"files_are_few": "file"}, "")
        return _show(desk, actor, application, step, Filled({}, faults), status=422)


def _save(desk: Desk, actor: Actor, application: Application, step: str) -> Response:
    names = STEPS[step]
    fields = {name: desk.text(name) for name in names}
    perform(desk.house, actor, SAVE, application.id, Saving(fields))
    states = load_states(desk.house.settings.rulebooks)
    known = {code: each.name for code, each in states.items()}
    faults = faults_of_step(step, fields, known, desk.house.clock.now().date())
    if step == "privacy" and not fields["consent"]:
        faults["consent"] = say("you have not agreed to the privacy notice")
    if faults:
        filled = Filled(fields, faults)
        return _show(desk, actor, application, step, filled, status=422)
    return desk.go(_href(desk, _after(step)))


def _give_file(desk: Desk, actor: Actor, application: Application, step: str) -> Response:
    taken_back = desk.text("remove")
    if taken_back:
        perform(desk.house, actor, REMOVE_FILE, application.id, Removing(taken_back))
        return desk.go(_href(desk, step))
    upload = desk.form.get("file")
    content = desk.files.get("file", b"")
    if not isinstance(upload, UploadFile) or not (upload.filename or content):
        if desk.text("go") == "on":
            return desk.go(_href(desk, _after(step)))
        faults: dict[str, Sentence] = {"file": say("Choose a file.")}
        return _show(desk, actor, application, step, Filled({}, faults), status=422)
    purpose = desk.text("purpose") or "cv"
    given = Paper(application.id, upload.filename or "", content, purpose)
    perform(desk.house, actor, ADD_FILE, application.id, given)
    return desk.go(_href(desk, step))


def _send(desk: Desk, actor: Actor, application: Application, _: str) -> Response:
    perform(desk.house, actor, SEND, application.case_id, Sending(application.id))
    view = Calm(
        title=say("Your application was received"),
        words=(
            say(
                "We confirm it by mail. Until the call closes you can open it again "
                "from the link, correct it, and send it anew."
            ),
        ),
        facts=(Fact(say("Reference"), _seen(desk, application).case.reference),),
        tone="ok",
    )
    return desk.page("calm", view)


def _show(  # noqa: PLR0913, PLR0917 -- the parts of one page
    desk: Desk, actor: Actor, application: Application, step: str, filled: Filled, status: int = 200
) -> Response:
    with desk.house.database.reading() as session:
        application = session.get_one(Application, application.id)
        case = session.get_one(Case, application.case_id)
        seen = open_call(session, case.reference, desk.house.clock.now())
        page = _page(desk, session, actor, application, seen, step, filled)
    return desk.page("application", page, status=status)


def _page(  # noqa: PLR0913, PLR0917 -- the parts of one page
    desk: Desk,
    session: Session,
    actor: Actor,
    application: Application,
    seen: OpenCall,
    step: str,
    filled: Filled,
) -> ApplicationPage:
    moment = Moment(desk.house, session, desk.house.clock.now(), actor)
    form = form_of(moment, application)
    points = judged(moment, application).faults
    where = {each.where for each in points}
    named = {
        field.name: field.label
        for key in {_step_of(each) for each in where}
        for field in fields_of(desk.house, key, desk.language)
    }
    line = line_of(desk.house, seen, desk.language)
    held = tuple(
        Held(
            each.id,
            name_of(desk.house.keys, session, each),
            PURPOSES.get(each.purpose, PURPOSES["other"]),
            say("{n} KB", n=max(1, round(each.size / 1024))),
        )
        for each in evidence_of(session, application.id)
    )
    zone, place = line.closes.zone, line.closes.place
    page = ApplicationPage(
        line=line,
        action=_href(desk, step),
        step=step,
        title=TITLES[step],
        steps=tuple(_steps(desk, step, where)),
        fields=fields_of(desk.house, step, desk.language),
        files=held,
        purposes=tuple(Option(key, words) for key, words in PURPOSES.items()),
        notice=NOTICE,
        version=application.privacy,
        agreed=Instant(application.consented_at, zone, place) if application.consented_at else None,
        sent=Instant(application.sent_at, zone, place) if application.sent_at else None,
        saved=Instant(application.saved_at, zone, place),
        open_points=tuple(
            Fact(
                named.get(each.where) or TITLES[_step_of(each.where)],
                each.because,
                _href(desk, _step_of(each.where)),
            )
            for each in points
        ),
        following=_after(step),
    )
    return replace(page, filled=Filled({**form, **filled.values}, filled.faults))


def _steps(desk: Desk, here: str, where: set[str]) -> list[Step]:
    missing = {_step_of(each) for each in where}
    return [
        Step(key, TITLES[key], _href(desk, key), key == here, "none" if key in missing else "ok")
        for key in ORDER
        if key != "send"
    ] + [Step("send", TITLES["send"], _href(desk, "send"), here == "send", "none")]


def _step_of(field: str) -> str:
    return next((key for key, names in STEPS.items() if field in names), "files")


def _after(step: str) -> str:
    return ORDER[min(ORDER.index(step) + 1, len(ORDER) - 1)]


def _step(desk: Desk) -> str:
    wanted = desk.path.get("step", "") or ORDER[0]
    if wanted not in STEPS:
        raise refuse(
            "the application has no such step",
            rule="known_step",
            cure="Begin at the first one.",
            reason=Reason.MISSING,
        )
    return wanted


def _href(desk: Desk, step: str) -> str:
    return f"/apply/{desk.path['token']}/{step}"


def _found(desk: Desk) -> tuple[Application, Actor | None]:
    """The application of a link; and its owner, if this browser has typed the mailed code."""
    application = application_of_token(desk, desk.path["token"])
    linked = desk.by_link
    mine = linked is not None and linked.invitation == application.id
    return application, linked if mine else None


def application_of_token(desk: Desk, token: str) -> Application:
    """The application that a link belongs to; Refused where there is none."""
    with desk.house.database.reading() as session:
        found = application_of(session, token)
    if found is None:
        raise refuse(
            "this link leads to no application",
            rule="known_link",
            cure="Open it again from the mail, complete to the last letter.",
            reason=Reason.MISSING,
        )
    return found


def _seen(desk: Desk, application: Application) -> OpenCall:
    with desk.house.database.reading() as session:
        case = session.get_one(Case, application.case_id)
        return open_call(session, case.reference, desk.house.clock.now())


routes: list[Route] = [
    Route("/apply/{token}", open_to_all(show), methods=["GET"]),
    Route("/apply/{token}/{step}", open_to_all(show), methods=["GET"]),
    Route("/apply/{token}/{step}", open_to_all(save), methods=["POST"]),
]
