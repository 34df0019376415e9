"""An act for many candidates: looked at, ordered, undone while it waits, done when it is due.

Nothing happens before the minutes for undoing are over: no row of a candidate changes and no
notice is queued. It is then done whole, in the name of whoever ordered it, or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from governance.access.actor import CLOCK, Actor, Level
from governance.acts import Moment, Receipt, Verb, Written, look_ahead, perform, try_out
from governance.appointments.authority import hr_officer, the_clock
from governance.appointments.lifecycle import CaseLifecycle
from governance.appointments.models import Candidacy, Case
from governance.appointments.together.doing import do, members, missing
from governance.appointments.together.lifecycle import (
    OWN,
    TogetherLifecycle,
    Waiting,
    nothing_has_left,
)
from governance.appointments.together.models import ActTogether
from governance.appointments.together.wanted import MOST, WHY_NOT, Member, Together, read, why_not
from governance.database import new_id
from governance.house import House
from governance.lifecycle import fire
from governance.people.queries import by_id, roles_of
from governance.record import deadlines
from governance.record.models import Deadline
from governance.refusals import Finding, Reason, Refused, Verdict, refuse, say

UNDO_MINUTES = 10
OWNER, EFFECT = "together", "take_effect"


@dataclass(frozen=True)
class Which:
    """One act for many."""

    id: str


@dataclass(frozen=True)
class GivenUp:
    """One act for many that could not be done, and why."""

    id: str
    found: tuple[Finding, ...]


@dataclass(frozen=True)
class Shown:
    """What an act for many would do to one candidate."""

    candidacy: str
    name: str
    before: str
    after: str
    why_not: Finding | None


@dataclass(frozen=True)
class Preview:
    """What an act for many would do, found out by doing it and taking all of it back.

    `told`: (name, template) for every notice that would be queued.
    """

    rows: tuple[Shown, ...]
    told: tuple[tuple[str, str], ...]
    refused: tuple[Finding, ...]

    @property
    def possible(self) -> tuple[str, ...]:
        """For whom it would be done."""
        return tuple(each.candidacy for each in self.rows if each.why_not is None)


def preview(house: House, actor: Actor, case_id: str, wanted: Together) -> Preview:
    """Who would be affected and who written to. Nothing is kept. Raises Refused."""
    return look_ahead(
        house, actor, ORDER, case_id, wanted, lambda moment, case: _seen(moment, case, wanted)
    )


def _seen(moment: Moment, case: Case, wanted: Together) -> Preview:
    fire(CaseLifecycle, case.state, "go_on")
    known = _known(moment, case, wanted)
    refused = {key: why_not(each, wanted) for key, each in known.items()}
    possible = tuple(key for key, finding in refused.items() if finding is None)
    findings = _rehearsed(moment, case, replace(wanted, candidacies=possible), known)
    moment.session.flush()
    after = members(moment.session, case.id, known)
    people = _names(moment.session, case.id)
    told = by_id(moment.session, (notice.person_id for _, notice in moment.notices))
    return Preview(
        rows=tuple(
            Shown(key, people[key], known[key].state, after[key].state, refused[key])
            for key in sorted(known, key=people.__getitem__)
        ),
        told=tuple(
            sorted((told[each.person_id].name, each.template) for _, each in moment.notices)
        ),
        refused=findings,
    )


def _rehearsed(
    moment: Moment, case: Case, wanted: Together, known: dict[str, Member]
) -> tuple[Finding, ...]:
    if not wanted.candidacies:
        return ()
    try:
        do(moment, case, wanted, known)
    except Refused as refused:
        return tuple(refused.findings)
    return ()


def order_body(moment: Moment, case: Case | None, given: Together) -> Written[Case]:
    """Check by doing it and taking it back; then let it wait for the minutes of undoing."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    fire(CaseLifecycle, case.state, "go_on")
    known = _known(moment, case, given)
    _all_possible(known, given)
    try_out(moment, lambda scratch: do(scratch, case, given, known))
    sealed = moment.seal(f"case:{case.id}", given.reason) if given.reason else {}
    row = ActTogether(
        id=new_id(),
        case_id=case.id,
        act=given.act,
        candidacies=list(given.candidacies),
        given=given.kept(),
        reason=sealed.get("sealed", ""),
        ordered_by=str(moment.actor.person_id),
        ordered_at=moment.now,
        due_at=moment.now.add(minutes=UNDO_MINUTES),
    )
    moment.session.add(row)
    deadlines.set_deadline(moment.session, (OWNER, row.id), EFFECT, row.due_at, {})
    facts = {
        "act": given.act,
        "candidacies": row.candidacies,
        "due_at": row.due_at.isoformat(),
        "together": row.id,
    }
    return Written(facts | ({"reason": sealed} if sealed else {}), case)


def undo_body(moment: Moment, case: Case | None, given: Which) -> Written[Case]:
    """Nothing happens after all. Refused once it has taken effect."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    row = _row(moment.session, case, given.id)
    facts = Waiting(row.due_at, moment.now)
    left = nothing_has_left(facts)
    if row.state == "done" and left.blocks:
        raise Refused([left], Reason.TURN)
    row.state = fire(TogetherLifecycle, row.state, "undo", facts)
    _end(moment, row)
    return Written({"act": row.act, "candidacies": row.candidacies, "together": row.id}, case)


def effect_body(moment: Moment, case: Case | None, given: Which) -> Written[Case]:
    """Do it now, for everybody named, whole."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    fire(CaseLifecycle, case.state, "go_on")
    row = _row(moment.session, case, given.id)
    row.state = fire(TogetherLifecycle, row.state, "take_effect")
    reason = moment.house.keys.open(moment.session, row.reason) if row.reason else ""
    wanted = read(row.act, row.candidacies, row.given, reason)
    known = _known(moment, case, wanted)
    _all_possible(known, wanted)
    facts = do(moment, case, wanted, known)
    row.due_at = min(row.due_at, moment.now)  # done at once: there is nothing to undo any more
    _end(moment, row)
    named = {"act": row.act, "candidacies": row.candidacies, "together": row.id}
    return Written({**facts, **named}, case)


def give_up_body(moment: Moment, case: Case | None, given: GivenUp) -> Written[Case]:
    """It could not be done: kept with the reasons, for whoever ordered it."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    row = _row(moment.session, case, given.id)
    row.state = fire(TogetherLifecycle, row.state, "give_up")
    row.found = [each.as_kept() for each in given.found]
    _end(moment, row)
    return Written({"act": row.act, "together": row.id}, case)


def for_whoever_ordered(moment: Moment, case: Case | None, given: Which) -> str:
    """The clock acts in the name of whoever ordered it, who must still be allowed to."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    if moment.actor.is_clock:
        by = _row(moment.session, case, given.id).ordered_by
        moment.actor = Actor(by, Level.SESSION, CLOCK.via, roles_of(moment.session, by))
    return hr_officer(moment, case, given)


ORDER: Verb[Case, Together] = Verb("case:act_together", Case, "case", hr_officer, order_body)
UNDO: Verb[Case, Which] = Verb("case:undo_together", Case, "case", hr_officer, undo_body)
TAKE_EFFECT: Verb[Case, Which] = Verb(
    "case:done_together", Case, "case", for_whoever_ordered, effect_body
)
GIVE_UP: Verb[Case, GivenUp] = Verb("case:given_up_together", Case, "case", the_clock, give_up_body)


def fall_due(house: House, deadline: Deadline) -> Receipt | None:
    """The minutes for undoing are over: it is done, or given up with every reason."""
    with house.database.reading() as session:
        row = session.get(ActTogether, deadline.owner_id)
    if row is None or row.state != "waiting":
        return None
    try:
        return perform(house, CLOCK, TAKE_EFFECT, row.case_id, Which(row.id))
    except Refused as refused:
        given = GivenUp(row.id, tuple(refused.findings))
        return perform(house, CLOCK, GIVE_UP, row.case_id, given)


def recent(session: Session, case_id: str, limit: int = 5) -> list[ActTogether]:
    """The newest acts for many of a case."""
    query = select(ActTogether).where(col(ActTogether.case_id) == case_id)
    return list(session.exec(query.order_by(col(ActTogether.ordered_at).desc()).limit(limit)))


def _known(moment: Moment, case: Case, wanted: Together) -> dict[str, Member]:
    if wanted.act not in WHY_NOT:
        raise missing(say("nothing to do is chosen"), say("Choose what to do for all of them."))
    if not wanted.candidacies:
        raise missing(say("nobody is chosen"), say("Tick at least one candidate."))
    if len(wanted.candidacies) > MOST:
        raise missing(say("more than {n} candidates are chosen", n=MOST), say("Do it in parts."))
    known = members(moment.session, case.id, dict.fromkeys(wanted.candidacies))
    if len(known) < len(set(wanted.candidacies)):
        raise refuse(
            "there is no such candidacy in this case",
            rule="known_candidacy",
            cure="Open the candidate from the case's page.",
            reason=Reason.MISSING,
        )
    return known


def _all_possible(known: dict[str, Member], wanted: Together) -> None:
    impossible = sum(why_not(each, wanted) is not None for each in known.values())
    if impossible:
        because = say("it is not possible any more for {n} of those chosen", n=impossible)
        cure = say("Look again at what would happen.")
        raise Refused(
            [Finding("act_is_possible", OWN, Verdict.FAIL, because, cure)], Reason.CONFLICT
        )


def _row(session: Session, case: Case, id_: str) -> ActTogether:
    row = session.get(ActTogether, id_)
    if row is None or row.case_id != case.id:
        raise refuse(
            "there is no such act for many in this case",
            rule="known_together",
            cure="Open it from the board.",
            reason=Reason.MISSING,
        )
    return row


def _end(moment: Moment, row: ActTogether) -> None:
    row.ended_at = moment.now
    deadlines.lift(moment.session, (OWNER, row.id), EFFECT)


def _names(session: Session, case_id: str) -> dict[str, str]:
    query = select(Candidacy.id, Candidacy.person_id).where(col(Candidacy.case_id) == case_id)
    ids = dict(session.exec(query).all())
    people = by_id(session, ids.values())
    return {key: people[person].name for key, person in ids.items()}
