"""One candidate's way through a case: entries of the record about them, in words, in order."""

from __future__ import annotations

import pendulum
from sqlmodel import Session

from governance.appointments.assessment.standing import assessment_of
from governance.appointments.assessment.telling import meetings_of
from governance.appointments.queries import Candidate, CaseFile
from governance.record.chain import trail
from governance.record.models import Entry
from governance.refusals import say
from governance.web.case_views import Happened
from governance.web.cases.fill_record import happened_of, namer
from governance.web.cases.reading import Reading
from governance.web.views import Fact

MOST = 200
EXAMINATIONS = {"interview": say("Interview"), "test": say("Written test")}


def timeline_of(candidate: Candidate, file: CaseFile, reading: Reading) -> tuple[Happened, ...]:
    """What the record says about this candidacy, the newest first."""
    found = _about(candidate, file, reading.session)[-MOST:]
    names = namer(file, reading, found, only=candidate.candidacy.id)
    return tuple(happened_of(each, names) for each in reversed(found))


def assessed_of(candidate: Candidate, file: CaseFile, reading: Reading) -> tuple[Fact, ...]:
    """Tests and interviews, and the place in the ranking once every score is in."""
    meetings = []
    for each in meetings_of(reading.session, file.case.id):
        if each.candidacy_id == candidate.candidacy.id and each.state != "called_off":
            begins = pendulum.instance(each.begins_at).in_timezone(each.zone)
            told = f"{reading.day(begins.date())}, {begins:HH:mm} ({each.zone})"
            meetings.append(Fact(EXAMINATIONS[each.kind], told))
    return (*meetings, *_place(candidate, file, reading.session))


def _place(candidate: Candidate, file: CaseFile, session: Session) -> tuple[Fact, ...]:
    """Nothing before the ranking, and nothing while names are hidden behind codes."""
    found = assessment_of(session, file.case.id)
    if found is None or not found.ranking or (found.anonymous and found.codes):
        return ()
    mine = (
        each for each in found.ranking["ranking"] if each["candidate"] == candidate.candidacy.id
    )
    return tuple(
        Fact(say("Place in the ranking"), str(each["place"]))
        if each["place"] is not None
        else Fact(say("Place in the ranking"), say("none: below what a criterion wants"))
        for each in mine
    )


def _about(candidate: Candidate, file: CaseFile, session: Session) -> list[Entry]:
    """Entries of the case, and of questions about this candidacy, that name it or its person."""
    own = candidate.candidacy.id
    asked = [
        f"consultation:{put.consultation.id}"
        for put in file.consultations
        if put.consultation.content.get("about") == own
    ]
    case = f"case:{file.case.id}"
    named = (own.encode(), candidate.person.id.encode())
    return [
        each
        for each in trail(session, [case, *asked])
        if each.chain != case or any(name in each.body for name in named)
    ]
