"""What the pages of appointments, the record and the demonstration's mail show, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from governance.refusals import Finding
from governance.web.views import (
    EMPTY,
    Act,
    Clock,
    Document,
    Fact,
    Filled,
    Mark,
    Moment,
    Option,
    Person,
    Position,
    Stage,
    Voice,
    Words,
)
from governance.web.work_views import LaunchNeed, RefereeForm, Reference, Weighed, Work


@dataclass(frozen=True)
class CaseRow:
    """One appointment in the list."""

    number: str
    href: str
    post: Words
    station: Words
    stage: Mark
    waits_for: Words
    due: Moment | None = None
    left: Words = ""


@dataclass(frozen=True)
class CasesPage:
    """The appointments that the reader may see, filtered by words and by stage."""

    rows: tuple[CaseRow, ...]
    launch: Act
    total: int
    search: str = ""
    stage: str = ""
    stages: tuple[Option, ...] = ()
    older: str = ""
    may_launch: bool = True
    done: Words = ""


@dataclass(frozen=True)
class LaunchForm:
    """A new appointment, first page: the post, the wanted day, what is confirmed already."""

    posts: tuple[Option, ...]
    needs: tuple[LaunchNeed, ...] = ()
    filled: Filled = EMPTY
    ways: tuple[Option, ...] = ()


@dataclass(frozen=True)
class LaunchCheck:
    """A new appointment, second page: every answer once more, and what launching does."""

    lines: tuple[Fact, ...]
    carried: tuple[tuple[str, str], ...]
    stages: tuple[Stage, ...]
    written_to: int
    change_href: str
    findings: tuple[Finding, ...] = ()

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that stand in the way of the launch."""
        return tuple(each for each in self.findings if each.blocks)


@dataclass(frozen=True)
class CandidateRow:
    """One candidate in the case's table."""

    name: str
    href: str
    nationality: Words
    eligibility: Mark
    vetting: Mark
    outcome: Mark | None = None


@dataclass(frozen=True)
class CheckRow:
    """One vetting check over all candidates: how many are done of how many."""

    kind: Words
    done: int
    of: int
    mark: Mark


@dataclass(frozen=True)
class Asked:
    """A consultation of the case: its question, state, and what was said."""

    question: Words
    mark: Mark
    rule: Words
    voices: tuple[Voice, ...]
    due: Moment | None = None
    note: Words = ""
    certificate: str = ""


@dataclass(frozen=True)
class Happened:
    """One entry of the record in words."""

    what: Words
    who: Words
    at: Moment
    rule: str = ""
    findings: tuple[Words, ...] = ()
    refused: bool = False
    sequence: int = 0
    hash: str = ""


@dataclass(frozen=True)
class CasePage:
    """One appointment: where it stands, who acts now, and everything that belongs to it."""

    number: str
    post: Words
    state: Mark
    facts: tuple[Fact, ...]
    stages: tuple[Stage, ...]
    now: Words
    now_who: Words
    href: str
    next_act: Act | None = None
    other_acts: tuple[Act, ...] = ()
    clock: Clock | None = None
    candidates: tuple[CandidateRow, ...] = ()
    candidates_note: Words = ""
    candidates_more: int = 0
    documents_more: int = 0
    import_act: Act | None = None
    checks: tuple[CheckRow, ...] = ()
    work: Work | None = None
    weighed: tuple[Weighed, ...] = ()
    asked: tuple[Asked, ...] = ()
    documents: tuple[Document, ...] = ()
    happened: tuple[Happened, ...] = ()
    troubles: tuple[Fact, ...] = ()
    record_href: str = ""
    aside: tuple[Act, ...] = ()
    panel_href: str = ""
    call_href: str = ""
    going_on: bool = False
    again: str = ""
    own_part: bool = False
    done: Words = ""
    refused: tuple[Finding, ...] = ()
    filled: Filled = EMPTY


@dataclass(frozen=True)
class ImportRow:
    """One line of an uploaded list: a candidate, or the faults that stand in its way."""

    line: int
    name: str
    nationality: Words
    faults: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class ImportPage:
    """Candidates from a file: the upload, then the dry run. Nothing is ever half imported."""

    action: str
    case: Fact
    columns: tuple[Fact, ...]
    sample_href: str = ""
    rows: tuple[ImportRow, ...] = ()
    faults: tuple[Finding, ...] = ()
    carried: str = ""
    read: bool = False
    filled: Filled = EMPTY

    @property
    def faulty(self) -> int:
        """How many lines cannot be taken."""
        return sum(1 for row in self.rows if row.faults)


@dataclass(frozen=True)
class Check:
    """One vetting check of one candidate, and the form that records its result."""

    title: Words
    mark: Mark
    note: Words = ""
    article: str = ""
    action: str = ""
    value: str = ""
    results: tuple[Option, ...] = ()
    facts: tuple[Fact, ...] = ()
    blocked: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A file of evidence: given back as a file, never shown within the page."""

    name: str
    href: str
    note: Words


@dataclass(frozen=True)
class RulingForm:
    """What is made of an adverse finding, to be proposed; or why not now."""

    action: str
    candidacy: str
    outcomes: tuple[Option, ...]
    reasons: tuple[Option, ...]
    waits: Words = ""


@dataclass(frozen=True)
class CandidatePage:
    """One candidacy: facts, what the rules say of it, and its checks."""

    person: Person
    case: Fact
    state: Mark
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]
    documents: tuple[Document, ...] = ()
    references: tuple[Reference, ...] = ()
    referee: RefereeForm | None = None
    papers: tuple[Paper, ...] = ()
    paper_action: str = ""
    paper_kinds: tuple[Option, ...] = ()
    rulings: tuple[Fact, ...] = ()
    ruling: RulingForm | None = None
    withdraw_href: str = ""
    record_href: str = ""
    assessed: tuple[Fact, ...] = ()
    happened: tuple[Happened, ...] = ()
    done: Words = ""
    refused: tuple[Finding, ...] = ()
    filled: Filled = EMPTY


@dataclass(frozen=True)
class LetterPage:
    """A letter as it will be, or has been, issued; the letter itself stands in a frame."""

    title: Words
    case: Fact
    state: Mark
    frame_href: str
    language: str
    facts: tuple[Fact, ...]
    documents: tuple[Document, ...]
    draft: bool = False
    act: Act | None = None
    balance: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class RecordPage:
    """The trail of one subject, newest last, and whether its chain holds."""

    title: Words
    subject: Fact
    entries: tuple[Happened, ...]
    verdict: Mark
    head: str


@dataclass(frozen=True)
class Mail:
    """One mail that the demonstration caught."""

    href: str
    subject: str
    to: str
    sender: str
    at: Moment
    attachments: tuple[Document, ...] = ()


@dataclass(frozen=True)
class MailboxPage:
    """The mails of the demonstration, newest first."""

    mails: tuple[Mail, ...]
    to: str = ""
    addressees: tuple[Option, ...] = ()
    older: str = ""


@dataclass(frozen=True)
class MailPage:
    """One mail: its text, its HTML in a frame of its own, and the links within."""

    mail: Mail
    text: str
    html_href: str
    links: tuple[Document, ...] = ()
    headers: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class AcceptancePage:
    """A candidate's own page: the offer, the letter, and accept or decline."""

    action: str
    name: str
    post: Words
    facts: tuple[Fact, ...]
    clock: Clock
    documents: tuple[Document, ...]
    positions: tuple[Position, ...]
    version: str
    filled: Filled = EMPTY
