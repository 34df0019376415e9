"""`/people/me/notices`: how the reader is told."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import available_timezones

from starlette.responses import Response
from starlette.routing import Route

from governance.acts import perform
from governance.notices.channels import offered
from governance.notices.preferring import PREFER, Preferred, tell_preferences
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
            Channel(each, *CHANNELS[each], each in wanted, each in kept["reached_by"])
            for each in kept["offered"]
        ),
        feed=feed_address(desk.house, person.id),
        own_zone=own,
        filled=filled or Filled(values, {}),
        done=say("Your preferences are kept.") if "done" in desk.request.query_params else "",
    )
    return desk.page("preferences", view, status=status)


routes: list[Route] = [
    Route(PAGE, for_the_signed_in(look), methods=["GET"]),
    Route(PAGE, for_the_signed_in(save), methods=["POST"]),
]
