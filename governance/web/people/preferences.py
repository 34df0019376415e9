"""`/people/me/notices`: how the reader is told."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import available_timezones

from starlette.responses import Response
from starlette.routing import Route

from governance.acts import perform
from governance.notices.channels import offered
from governance.notices.preferring import PREFER, Preferred, tell_preferences
from governance.notices.push import PUSH, public_key_of
from governance.notices.subscribing import SUBSCRIBE, UNSUBSCRIBE, Subscribed, Unsubscribed
from governance.people.models import Person, Preference
from governance.people.planning import zone_of
from governance.refusals import Reason, Refused, Sentence, say
from governance.web.desk import Desk, field_of, for_the_signed_in
from governance.web.people.calendar import feed_address
from governance.web.people_views import Channel, PreferencePage
from governance.web.views import Filled, Option

PAGE = "/people/me/notices"
LANGUAGES = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية"}
CHANNELS: Mapping[str, tuple[Sentence, Sentence]] = {
    "slack": (say("Slack"), say("Your member id, such as U024BE7LH.")),
    "push": (say("Web push"), say("On the devices that you have added below.")),
    "webhook": (say("Webhook"), say("An address that takes signed JSON.")),
    "apprise": (say("Another service"), say("An address of apprise, such as tgram://…")),
}


def look(desk: Desk) -> Response:
    """The form as it stands."""
    return _page(desk, None, 200)


def save(desk: Desk) -> Response:
    """Keep it, or say at each field what is wrong."""
    there = offered(desk.house.settings)
    given = Preferred(
        desk.text("language"),
        desk.text("zone"),
        desk.text("digest_at") if desk.text("digest") else "",
        desk.text("quiet_from"),
        desk.text("quiet_until"),
        tuple(each for each in desk.texts("channels") if each in there),
        {each: desk.text(each) for each in there},
    )
    try:
        perform(desk.house, desk.me, PREFER, str(desk.me.person_id), given)
    except Refused as refused:
        if refused.reason is not Reason.INPUT:
            return desk.refused(refused)
        return _page(desk, desk.filled(field_of(refused, {})), 422)
    return desk.go(f"{PAGE}?done=1")


def add_device(desk: Desk) -> Response:
    """This device is told from now on; its browser has filled the form in."""
    given = Subscribed(desk.text("endpoint"), desk.text("p256dh"), desk.text("auth"))
    try:
        perform(desk.house, desk.me, SUBSCRIBE, str(desk.me.person_id), given)
    except Refused as refused:
        if refused.reason is not Reason.INPUT:
            return desk.refused(refused)
        return _page(desk, Filled({}, {"": refused.findings[0].because}), 422)
    return desk.go(f"{PAGE}?done=1")


def forget_devices(desk: Desk) -> Response:
    """No device is told any more."""
    try:
        perform(desk.house, desk.me, UNSUBSCRIBE, str(desk.me.person_id), Unsubscribed())
    except Refused as refused:
        return desk.refused(refused)
    return desk.go(f"{PAGE}?done=1")


def _page(desk: Desk, filled: Filled | None, status: int) -> Response:
    with desk.house.database.reading() as session:
        person = session.get_one(Person, desk.me.person_id)
        kept = tell_preferences(session, person, desk.house.settings)
        preference = session.get(Preference, person.id)
        own = zone_of(preference, person.duty_station, desk.house.calendars)
    wanted = desk.texts("channels") if filled else kept["channels"]
    values = {name: str(kept[name]) for name in kept if isinstance(kept[name], str)}
    if kept["digest_at"]:
        values["digest"] = "1"
    view = PreferencePage(
        languages=tuple(Option(code, name) for code, name in LANGUAGES.items()),
        zones=tuple(sorted(each for each in available_timezones() if "/" in each)),
        channels=tuple(
            Channel(each, *CHANNELS[each], each in wanted, each in kept["reached_by"], each != PUSH)
            for each in kept["offered"]
            if each != PUSH or PUSH in kept["reached_by"]
        ),
        feed=feed_address(desk.house, person.id),
        own_zone=own,
        push_key=public_key_of(desk.house.settings) if PUSH in kept["offered"] else "",
        push_kept=PUSH in kept["reached_by"],
        filled=filled or Filled(values, {}),
        done=say("Your preferences are kept.") if "done" in desk.request.query_params else "",
    )
    return desk.page("preferences", view, status=status)


routes: list[Route] = [
    Route(PAGE, for_the_signed_in(look), methods=["GET"]),
    Route(PAGE, for_the_signed_in(save), methods=["POST"]),
    Route(f"{PAGE}/devices", for_the_signed_in(add_device), methods=["POST"]),
    Route(f"{PAGE}/devices/forget", for_the_signed_in(forget_devices), methods=["POST"]),
]
