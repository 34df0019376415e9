"""People: absences and who acts, offices, how one is told; what may be done beside answering."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from governance.acts import perform
from governance.api.identity import SignedIn, TheHouse
from governance.api.problems import problems
from governance.api.words import NO_NUL, Asked, Done, IdInPath, Key, Long, Short
from governance.appointments.telling import tell_question
from governance.consultation.standing.absences import CANCEL, PLAN, Cancelled
from governance.consultation.standing.bouncing import SEND_AGAIN, Again
from governance.consultation.standing.delegating import DELEGATE, TAKE_BACK, Handing, TakingBack
from governance.consultation.standing.importing import IMPORT, Import
from governance.consultation.standing.informing import (
    ASK_INFORMATION,
    TELL_INFORMATION,
    Telling,
    Wanting,
)
from governance.consultation.standing.models import Information
from governance.consultation.standing.recusing import RECUSE, SteppingBack
from governance.consultation.standing.telling import (
    tell_absences,
    tell_alarms,
    tell_offices,
    tell_undelivered,
    the_person,
)
from governance.notices.preferring import PREFER, Preferred, tell_preferences
from governance.notices.push import public_key_of
from governance.notices.subscribing import SUBSCRIBE, UNSUBSCRIBE, Subscribed, Unsubscribed
from governance.people.files import read_absences
from governance.people.models import Bounce, Person
from governance.people.planning import Told
from governance.refusals import Reason, refuse
from governance.rulebook.current import current_law

routes = APIRouter(tags=["people"])
Plain = dict[str, Any]
Whose = Annotated[Short, Query(description="Whose, by address; empty: your own.")]


class ToPlan(Asked):
    """An absence: days in the person's zone (the last one included), or instants."""

    since: Short = Field(examples=["2026-12-01"])
    until: Short = Field(examples=["2026-12-14"])
    substitute: Short = Field("", description="The registered address of whoever acts.")
    scope: list[Short] = Field(default_factory=list, max_length=100)
    instrument: Short = Field("", description="Under what; it is shown with every answer.")
    person: Short = Field("", description="Whose, by address; empty: your own.")


class ToSubscribe(Asked):
    """The subscription of a browser: its endpoint, and its keys as base64 for addresses."""

    endpoint: Annotated[str, Field(min_length=1, max_length=1000, pattern=NO_NUL)]
    p256dh: Annotated[str, Field(min_length=1, max_length=200, pattern=NO_NUL)]
    auth: Annotated[str, Field(min_length=1, max_length=200, pattern=NO_NUL)]


class ToForget(Asked):
    """The endpoint of the device; empty: all devices."""

    endpoint: Annotated[str, Field(max_length=1000, pattern=NO_NUL)] = ""


class ToImport(Asked):
    """A file of absences as text: CSV, or iCalendar."""

    content: Annotated[str, Field(max_length=5_000_000)]
    person: Short = ""
    every_event: bool = False
    dry_run: bool = False


class Report(BaseModel):
    """What became of each row."""

    dry_run: bool
    taken: bool
    rows: list[Plain]


class ToPrefer(Asked):
    """How you want to be told."""

    language: Literal["en", "fr", "es", "ar"]
    zone: Short = ""
    digest_at: Short = Field("", examples=["08:00"])
    quiet_from: Short = ""
    quiet_until: Short = ""
    channels: list[Key] = Field(default_factory=list, max_length=10)
    addresses: dict[Key, Short] = Field(default_factory=dict, max_length=10)


class ToDelegate(Asked):
    """To whom a question is handed."""

    to: Short
    text: Long = ""


class ToAsk(Asked):
    """What somebody wants to know, and of whom; empty: of who put the question."""

    text: Long
    of: Short = ""
    name: Short = Field("", description="Of somebody from outside who is not registered.")
    language: Literal["en", "fr", "es", "ar"] = "en"


class ToTell(Asked):
    """What is told."""

    text: Long


class ToStepBack(Asked):
    """On which ground."""

    ground: Key = Field(examples=["family"])
    text: Long = ""


@routes.get("/people/absences", operation_id="list_absences", responses=problems(401, 404, 422))
def list_absences(house: TheHouse, actor: SignedIn, person: Whose = "") -> list[Plain]:
    """What is planned and not over."""
    with house.database.reading() as session:
        whose = the_person(session, actor, person)
        return tell_absences(session, whose, house.clock.now())


@routes.post(
    "/people/absences", operation_id="plan_absence", responses=problems(401, 403, 404, 409, 422)
)
def plan_absence(house: TheHouse, actor: SignedIn, given: ToPlan) -> Done:
    """Plan an absence; whoever acts is asked what is open when it begins."""
    with house.database.reading() as session:
        person = the_person(session, actor, given.person)
    told = Told(
        person.email,
        given.since,
        given.until,
        given.substitute,
        tuple(given.scope),
        given.instrument,
    )
    return Done.of(perform(house, actor, PLAN, person.id, told))


@routes.post(
    "/people/absences/import",
    operation_id="import_absences",
    responses=problems(401, 403, 404, 413, 422),
)
def import_absences(house: TheHouse, actor: SignedIn, given: ToImport) -> Report:
    """Take a file whole, or not at all; a dry run reports every row and keeps nothing."""
    file = read_absences(given.content.encode(), person=given.person, every_event=given.every_event)
    wanted = Import(file, given.dry_run)
    with house.database.reading() as session:
        law = current_law(session)[0]
    receipt = perform(house, actor, IMPORT, law, wanted)
    rows = [each.as_json() for each in wanted.report]
    return Report(dry_run=given.dry_run, taken=receipt is not None, rows=rows)


@routes.post(
    "/people/absences/{absence}/cancel",
    operation_id="cancel_absence",
    responses=problems(401, 403, 404, 409, 422),
)
def cancel_absence(house: TheHouse, actor: SignedIn, absence: IdInPath, person: Whose = "") -> Done:
    """Call an absence off; one that has begun ends now."""
    with house.database.reading() as session:
        whose = the_person(session, actor, person)
    return Done.of(perform(house, actor, CANCEL, whose.id, Cancelled(absence)))


@routes.get("/people/preferences", operation_id="show_preferences", responses=problems(401))
def show_preferences(house: TheHouse, actor: SignedIn) -> Plain:
    """How you are told; addresses are never given back."""
    with house.database.reading() as session:
        person = session.get_one(Person, actor.person_id)
        return tell_preferences(session, person, house.settings)


@routes.put(
    "/people/preferences", operation_id="keep_preferences", responses=problems(401, 403, 422)
)
def keep_preferences(house: TheHouse, actor: SignedIn, given: ToPrefer) -> Done:
    """Keep how you want to be told."""
    wanted = Preferred(
        given.language,
        given.zone,
        given.digest_at,
        given.quiet_from,
        given.quiet_until,
        tuple(given.channels),
        given.addresses,
    )
    return Done.of(perform(house, actor, PREFER, str(actor.person_id), wanted))


@routes.get("/people/devices/key", operation_id="show_push_key", responses=problems(401))
def show_push_key(house: TheHouse, actor: SignedIn) -> Plain:  # noqa: ARG001 -- for the signed in
    """With which key a browser subscribes to this installation's notices."""
    return {"public_key": public_key_of(house.settings)}


@routes.post("/people/devices", operation_id="subscribe_device", responses=problems(401, 403, 422))
def subscribe_device(house: TheHouse, actor: SignedIn, given: ToSubscribe) -> Done:
    """Have notices shown on a device: what its browser handed over when it subscribed."""
    device = Subscribed(given.endpoint, given.p256dh, given.auth)
    return Done.of(perform(house, actor, SUBSCRIBE, str(actor.person_id), device))


@routes.post(
    "/people/devices/forget", operation_id="forget_device", responses=problems(401, 403, 404, 422)
)
def forget_device(house: TheHouse, actor: SignedIn, given: ToForget) -> Done:
    """Have a device told no more; without its address, all of them."""
    gone = Unsubscribed(given.endpoint)
    return Done.of(perform(house, actor, UNSUBSCRIBE, str(actor.person_id), gone))


@routes.get("/people/offices", operation_id="list_offices", responses=problems(401))
def list_offices(house: TheHouse, actor: SignedIn) -> list[Plain]:  # noqa: ARG001 -- for the signed in
    """Every office: who holds it, who prepares for it, who is its deputy."""
    with house.database.reading() as session:
        return tell_offices(session, house.clock.now())


@routes.get("/people/alarms", operation_id="list_alarms", responses=problems(401))
def list_alarms(house: TheHouse, actor: SignedIn) -> list[Plain]:  # noqa: ARG001 -- for the signed in
    """The open questions that nobody who is there could answer now."""
    with house.database.reading() as session:
        return tell_alarms(session, house.clock.now())


@routes.get("/people/undelivered", operation_id="list_undelivered", responses=problems(401))
def list_undelivered(house: TheHouse, actor: SignedIn) -> list[Plain]:
    """What came back and is not settled."""
    with house.database.reading() as session:
        return tell_undelivered(session, actor)


@routes.post(
    "/people/undelivered/{bounce}/again",
    operation_id="send_again",
    responses=problems(401, 403, 404, 422),
)
def send_again(house: TheHouse, actor: SignedIn, bounce: IdInPath) -> Done:
    """Send it once more, to the address as it is now."""
    with house.database.reading() as session:
        kept = session.get(Bounce, bounce)
    if kept is None:
        raise _missing("there is no such message that came back")
    return Done.of(perform(house, actor, SEND_AGAIN, kept.subject_id, Again(bounce)))


@routes.post(
    "/consultations/{consultation}/delegate",
    operation_id="delegate_consultation",
    responses=problems(401, 403, 404, 409, 422),
)
def delegate(house: TheHouse, actor: SignedIn, consultation: IdInPath, given: ToDelegate) -> Done:
    """Hand the question to a named person, once, where its rule allows it."""
    asked = tell_question(house, actor, consultation)
    return Done.of(perform(house, actor, DELEGATE, asked["id"], Handing(given.to, given.text)))


@routes.post(
    "/consultations/{consultation}/delegate/take-back",
    operation_id="take_delegation_back",
    responses=problems(401, 403, 404, 409, 422),
)
def take_back(house: TheHouse, actor: SignedIn, consultation: IdInPath) -> Done:
    """Answer it yourself again."""
    asked = tell_question(house, actor, consultation)
    return Done.of(perform(house, actor, TAKE_BACK, asked["id"], TakingBack()))


@routes.post(
    "/consultations/{consultation}/information",
    operation_id="ask_information",
    responses=problems(401, 403, 404, 409, 422),
)
def ask(house: TheHouse, actor: SignedIn, consultation: IdInPath, given: ToAsk) -> Done:
    """Ask for information before you answer; everybody asked sees what is told."""
    asked = tell_question(house, actor, consultation)
    wanted = Wanting(given.text, given.of, given.name, given.language)
    return Done.of(perform(house, actor, ASK_INFORMATION, asked["id"], wanted))


@routes.post(
    "/information/{information}",
    operation_id="tell_information",
    responses=problems(401, 403, 404, 409, 422),
)
def tell(house: TheHouse, actor: SignedIn, information: IdInPath, given: ToTell) -> Done:
    """Tell what you were asked for. It decides nothing."""
    with house.database.reading() as session:
        wanted = session.get(Information, information)
    if wanted is None or wanted.of_id != actor.person_id:
        raise _missing("no such information is asked of you")
    telling = Telling(information, given.text)
    return Done.of(perform(house, actor, TELL_INFORMATION, wanted.consultation_id, telling))


@routes.post(
    "/consultations/{consultation}/recuse",
    operation_id="recuse_from_consultation",
    responses=problems(401, 403, 404, 409, 422),
)
def recuse(house: TheHouse, actor: SignedIn, consultation: IdInPath, given: ToStepBack) -> Done:
    """Step back; the roll is counted without you, your deputy or alternate is called."""
    asked = tell_question(house, actor, consultation)
    act = SteppingBack(given.ground, given.text)
    return Done.of(perform(house, actor, RECUSE, asked["id"], act))


def _missing(because: str) -> Exception:
    return refuse(because, rule="known_thing", cure="Check its id.", reason=Reason.MISSING)
