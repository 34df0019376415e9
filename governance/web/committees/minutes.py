"""The page of minutes: text, findings of the check, corrections, and what may be done now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select
from starlette.responses import Response
from starlette.routing import Route

from governance.committees.authority import roles_in
from governance.committees.lifecycle import CHAIR, SECRETARY
from governance.committees.meeting.models import Meeting
from governance.committees.minutes.checking import Found, findings_of
from governance.committees.minutes.drafting import text_of
from governance.committees.minutes.lifecycle import ADOPTED
from governance.committees.minutes.models import Minutes, MinutesText
from governance.committees.minutes.text import WRITTEN, Block, public_edition
from governance.committees.models import Committee
from governance.committees.queries import body_by_key
from governance.consultation.amending import words_changed
from governance.consultation.proposing import Told, proposals_of
from governance.people.queries import by_id
from governance.refusals import Finding, Reason, Refused, refuse, say
from governance.web.cases.reading import Reading
from governance.web.committees import marks
from governance.web.committees.corrigenda import corrigenda_of, parts_to_put_right
from governance.web.committees.offers import acts_for
from governance.web.committees.telling import instant, reading_of, title_of
from governance.web.committees.views import (
    BlockView,
    CorrectionRow,
    FoundView,
    MinutesForm,
    MinutesPage,
)
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import EMPTY, Fact, Filled, Mark, Option, Words
from governance.web.words import LANGUAGES

LONGEST_NUMBER = 5
OF_THE_BLOCK = frozenset({"access", "id", "kind"})
HOW: Mapping[str, Words] = {
    "silence": say("by silence, at the end of the window"),
    "in_session": say("by the body in session"),
    "as_amended": say("by the body in session, as amended"),
}


@dataclass(frozen=True)
class Opened:
    """The minutes of this address with what belongs to them, for a reader who may see them."""

    minutes: Minutes
    meeting: Meeting
    committee: Committee
    text: MinutesText | None
    roles: frozenset[str]

    @property
    def whole(self) -> bool:
        """Whether the reader sees closed parts: whoever sits in the body or serves it."""
        return bool(self.roles)


def show(desk: Desk) -> Response:
    """A version of the minutes, the newest by default."""
    return desk.page("minutes", page_of(desk))


def show_form(desk: Desk) -> Response:
    """The paragraphs of the draft, to be written."""
    return desk.page("minutes_edit", form_of(desk))


def open_minutes(desk: Desk, reading: Reading) -> Opened:
    """The minutes of this address. Refused alike where there are none and where not for them."""
    minutes = reading.session.get(Minutes, desk.path["id"])
    if minutes is None:
        raise _no_such_minutes()
    committee = body_by_key(reading.session, desk.me, minutes.committee_id, reading.now)
    roles = roles_in(reading.session, committee.id, desk.me, reading.now)
    if not roles and minutes.state not in ADOPTED:
        raise _no_such_minutes()
    meeting = reading.session.get_one(Meeting, minutes.meeting_id)
    version = _wanted(desk, minutes)
    text = text_of(reading.session, minutes.id, version) if version else None
    return Opened(minutes, meeting, committee, text, roles)


def page_of(desk: Desk, refused: tuple[Finding, ...] = (), filled: Filled = EMPTY) -> MinutesPage:
    """The page's view; after a refused act with every reason, and what was typed."""
    with reading_of(desk) as reading:
        at = open_minutes(desk, reading)
        minutes = at.minutes
        newest = at.text is None or at.text.version == minutes.version
        checked = newest and minutes.state in {"drafting", "chair_review", "settling"}
        found = findings_of(reading.session, minutes) if checked and at.roles else []
        return MinutesPage(
            title=say("Minutes of {meeting}", meeting=at.meeting.reference),
            meeting=Fact(say("Meeting"), at.meeting.reference, f"/meetings/{at.meeting.id}"),
            body=Fact(
                say("Body"), title_of(reading, at.committee), f"/committees/{at.committee.key}"
            ),
            mark=marks.MINUTES[minutes.state],
            draft=minutes.state not in ADOPTED,
            blocks=tuple(_blocks(reading, at, found, _against(desk, reading, at))),
            version=at.text.version if at.text else 0,
            versions=tuple(_versions(reading, minutes)),
            standing=sum(each.stands for each in found),
            href=f"/minutes/{minutes.id}",
            acts=acts_for(minutes, at.roles, len([each for each in found if each.stands])),
            corrections=tuple(_corrections(reading, at)) if at.roles else (),
            open_window=at.minutes.state == "circulated",
            facts=tuple(_facts(reading, at)),
            certificate=tuple(_certificate(reading, at)) if at.roles else (),
            corrigenda=tuple(corrigenda_of(reading, minutes, at.text, whole=at.whole)),
            put_right=parts_to_put_right(reading, minutes) if SECRETARY in at.roles else (),
            filled=filled,
            documents=tuple(_papers(at)),
            edit_href=f"/minutes/{minutes.id}/edit" if _may_write(at) else "",
            against=_number(desk, "against") or 0,
            done=say("It is recorded.") if "done" in desk.request.query_params else "",
            refused=refused,
        )


def form_of(desk: Desk, filled: Filled = EMPTY, refused: tuple[Finding, ...] = ()) -> MinutesForm:
    """The form of the draft; after a refusal with what was typed."""
    with reading_of(desk) as reading:
        at = open_minutes(desk, reading)
        if not _may_write(at) or at.text is None:
            raise refuse(
                "this text is not written by you, or not any more",
                rule="draft_is_written",
                cure="While minutes are a draft, the secretary and the chair write them.",
                reason=Reason.TURN,
            )
        return MinutesForm(
            title=say("Minutes of {meeting}", meeting=at.meeting.reference),
            action=f"/minutes/{at.minutes.id}/edit",
            back=f"/minutes/{at.minutes.id}",
            version=at.text.version,
            blocks=tuple(_blocks(reading, at, [], None)),
            filled=filled,
            refused=refused,
        )


def _wanted(desk: Desk, minutes: Minutes) -> int:
    return _number(desk, "version") or minutes.version


def _number(desk: Desk, name: str) -> int | None:
    """A number of the address; None where there is none that could be a version."""
    asked = desk.request.query_params.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) <= LONGEST_NUMBER else None


def _against(desk: Desk, reading: Reading, at: Opened) -> dict[str, str] | None:
    """The paragraphs of the version that this one is held against."""
    asked = _number(desk, "against")
    if asked is None or not at.roles:
        return None
    other = text_of(reading.session, at.minutes.id, asked)
    return {each["id"]: each["text"] for each in other.blocks if each["kind"] in WRITTEN}


def _may_write(at: Opened) -> bool:
    written = at.minutes.state in {"drafting", "chair_review"}
    return written and at.text is not None and bool(at.roles & {SECRETARY, CHAIR})


def _blocks(
    reading: Reading, at: Opened, found: list[Found], against: dict[str, str] | None
) -> Iterator[BlockView]:
    if at.text is None:
        return
    blocks: list[Block] = list(at.text.blocks)
    for each in blocks if at.whole else public_edition(blocks):
        mine = [one for one in found if one.block == each["id"]]
        facts = {
            name: value for name, value in each.items() if name not in {"id", "kind", "access"}
        }
        if each["kind"] == "roll":
            facts["rows"] = [
                {**row, "mark": marks.PRESENCE.get(row["presence"], Mark("none", row["presence"]))}
                for row in each["rows"]
            ]
        if each.get("by") and each["kind"] == "action":
            facts["by"] = reading.day(date.fromisoformat(each["by"]))
        if each["kind"] == "meeting":
            facts |= _times(reading, at)
        changed: tuple[tuple[str, str], ...] = ()
        if against is not None and each["kind"] in WRITTEN:
            runs = words_changed(against.get(each["id"], ""), each["text"])
            changed = tuple((run.kind, run.text) for run in runs)
        yield BlockView(
            id=each["id"],
            kind=each["kind"],
            facts=facts,
            item=each["item"],
            closed=each["access"] != "open",
            findings=tuple(_found(at, one) for one in mine),
            changed=changed,
        )


def _times(reading: Reading, at: Opened) -> dict[str, Any]:
    meeting = at.meeting
    return {
        "opened": instant(at.committee, meeting.opened_at) if meeting.opened_at else None,
        "closed_": instant(at.committee, meeting.closed_at) if meeting.closed_at else None,
        "day": reading.day(meeting.starts_at.in_timezone(meeting.zone).date()),
    }


def _found(at: Opened, found: Found) -> FoundView:
    may = SECRETARY in at.roles and found.noticed.blocks
    return FoundView(
        finding=found.noticed.finding,
        digest=found.digest,
        rule=found.noticed.finding.rule,
        waived=found.waived,
        action=f"/minutes/{at.minutes.id}/waive" if may else "",
    )


def _versions(reading: Reading, minutes: Minutes) -> Iterator[Option]:
    rows = reading.session.exec(
        select(MinutesText.version, MinutesText.at, MinutesText.because)
        .where(col(MinutesText.minutes_id) == minutes.id, col(MinutesText.edition) == "full")
        .order_by(col(MinutesText.version).desc())
    )
    for version, at, because in rows:
        label = say("Version {n}, {day}", n=version, day=reading.day_of(at))
        yield Option(str(version), label, because)


def _corrections(reading: Reading, at: Opened) -> Iterator[CorrectionRow]:
    asked = at.minutes.consultation_id
    if not asked:
        return
    told = proposals_of(reading.session, reading.house.keys, asked)
    for each in told:
        if each.row.state != "replaced":
            yield _correction(reading, at, each)


def _correction(reading: Reading, at: Opened, told: Told) -> CorrectionRow:
    row, words = told.row, told.words
    open_ = row.state in {"proposed", "referred"} and at.minutes.state == "settling"
    runs = words_changed(words.old, words.new) if not words.is_statement else ()
    return CorrectionRow(
        number=row.number,
        who=told.proposer,
        place=row.anchor,
        changed=tuple((run.kind, run.text) for run in runs),
        reason=words.reason,
        mark=marks.PROPOSALS[row.state],
        answer=reading.plain(row.reason) if row.reason else "",
        action=f"/minutes/{at.minutes.id}/corrections" if open_ and SECRETARY in at.roles else "",
    )


def _facts(reading: Reading, at: Opened) -> Iterator[Fact]:
    minutes = at.minutes
    if minutes.circulated_at is not None:
        yield Fact(say("Circulated"), reading.day_of(minutes.circulated_at))
    if minutes.adopted_at is not None:
        yield Fact(
            say("Adopted"),
            reading.day_of(minutes.adopted_at),
            note=HOW.get(minutes.adopted_how, ""),
        )
    if minutes.published_at is not None:
        yield Fact(say("Published"), reading.day_of(minutes.published_at))
    if at.text is not None:
        yield Fact(say("Fingerprint of the text"), at.text.sha256[:16])


def _certificate(reading: Reading, at: Opened) -> Iterator[Fact]:
    """What proves an adoption by silence: who was notified when, under which article."""
    notified = at.minutes.certificate.get("notified", ())
    people = by_id(reading.session, [each["person"] for each in notified])
    for each in notified:
        person = people.get(each["person"])
        day = each["handed_over_at"][:10] or "–"
        told = say("notified {day}, last day {last}", day=day, last=each["last_day"])
        yield Fact(person.name if person else "–", told)


def _papers(at: Opened) -> Iterator[Fact]:
    """The minutes and their list of decisions in each language, as page, PDF and copy."""
    if at.text is None:
        return
    kinds = [("minutes", say("Minutes")), ("decisions", say("List of decisions"))]
    if at.whole and at.minutes.adopted_how == "silence" and at.minutes.certificate:
        kinds.append(("tacit_adoption", say("Certificate of tacit adoption")))
    for kind, title in kinds:
        for language, name in LANGUAGES.items():
            yield Fact(title, name, f"/minutes/{at.minutes.id}/{kind}.{language}", note=language)


def _no_such_minutes() -> Refused:
    return refuse(
        "there are no such minutes that you may see",
        rule="known_minutes",
        cure="Open them from the page of the body.",
        reason=Reason.MISSING,
    )


routes = [
    Route("/minutes/{id}", for_the_signed_in(show), methods=["GET"]),
    Route("/minutes/{id}/edit", for_the_signed_in(show_form), methods=["GET"]),
]
