"""Which papers a meeting has, and where they are; what notice its rules require."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from governance.committees.meeting.convening import rules_for
from governance.committees.meeting.models import Meeting
from governance.refusals import Sentence, say
from governance.rulebook.parts import Period
from governance.web.cases.reading import Reading
from governance.web.views import Fact
from governance.web.words import LANGUAGES

KINDS: Mapping[str, Sentence] = {
    "notice_of_meeting": say("Notice of meeting"),
    "agenda": say("Provisional agenda"),
    "annotated_agenda": say("Annotated agenda"),
    "pack": say("Meeting papers"),
}


def papers_of(reading: Reading, meeting: Meeting) -> Iterator[Fact]:
    """The links of a meeting's papers, for its page."""
    for kind, title in KINDS.items():
        if kind == "notice_of_meeting" and notice_of(reading, meeting) is None:
            continue
        for language, name in LANGUAGES.items():
            href = f"/meetings/{meeting.id}/papers/{kind}.{language}"
            yield Fact(title, name, href, note=language)


def notice_of(reading: Reading, meeting: Meeting) -> tuple[dict[str, Any], str] | None:
    """The notice that the rules require, and the article; None where they require none."""
    day = meeting.starts_at.in_timezone(meeting.zone).date()
    ruling = rules_for(reading.session, meeting).ruling("notice_of_meeting", day)
    if ruling is None:
        return None
    period: Period = ruling.value
    if period.unit == "hours":
        return {"number": max(1, period.count // 24), "unit": "days"}, str(ruling.article)
    return {"number": period.count, "unit": period.unit}, str(ruling.article)
