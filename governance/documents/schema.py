"""The kinds of documents by their names, and how facts are checked before anything is written.

Every field is required. A field that may be empty says why: its description begins with
`MAY_BE_ABSENT`. Facts arrive as plain data, in the language of the document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from governance.documents.facts import MAY_BE_ABSENT, Document, Facts
from governance.documents.kind import LETTERS, PAPERS, Kind
from governance.documents.kinds import meetings, outcomes, recruitment, service
from governance.documents.letters import Note, cleaned, without_a_glyph
from governance.refusals import Finding, Reason, Refused, Sentence, Verdict, say

__all__ = [
    "KINDS",
    "LETTERS",
    "MAY_BE_ABSENT",
    "PAPERS",
    "Document",
    "Facts",
    "Kind",
    "Known",
    "known",
]

KINDS: Mapping[str, Kind] = {
    "acceptance": Kind("Acceptance of an appointment", service.Acceptance),
    "acknowledgement": Kind("Acknowledgement of an application", recruitment.Acknowledgement),
    "acting": Kind("Acting or interim appointment", service.ActingLetter),
    "adverse_finding": Kind("Adverse finding and right to comment", recruitment.AdverseFinding),
    "agenda": Kind("Provisional agenda", meetings.Agenda, PAPERS),
    "annotated_agenda": Kind("Annotated agenda", meetings.Agenda, PAPERS),
    "annual_report": Kind("Annual report", outcomes.AnnualReport, PAPERS),
    "appointment": Kind("Letter of appointment", service.AppointmentLetter),
    "ballot_paper": Kind("Ballot paper", meetings.BallotPaper, PAPERS),
    "call": Kind("Call for applications", recruitment.Call),
    "consultation_certificate": Kind(
        "Certificate of a consultation", outcomes.ConsultationCertificate, PAPERS
    ),
    "corrigendum": Kind("Corrigendum", outcomes.Corrigendum, PAPERS),
    "credentials": Kind("Credentials", meetings.Credentials, PAPERS),
    "decisions": Kind("List of decisions", outcomes.ListOfDecisions, PAPERS),
    "end_of_term": Kind("End of term", service.EndOfTermLetter),
    "extension": Kind("Extension of an appointment", service.ExtensionLetter),
    "extract": Kind("Extract of a decision", outcomes.Extract, PAPERS),
    "induction": Kind("Induction plan", service.Induction),
    "integrity_report": Kind("Integrity report", recruitment.IntegrityReport),
    "interview": Kind("Invitation to an interview", recruitment.Interview),
    "mandate": Kind("Mandate of a committee", meetings.Mandate, PAPERS),
    "minutes": Kind("Minutes", outcomes.Minutes, PAPERS),
    "missing_documents": Kind("Request for missing documents", recruitment.MissingDocuments),
    "nominations": Kind("Note verbale inviting nominations", recruitment.Nominations),
    "notice_of_meeting": Kind("Notice of meeting", meetings.NoticeOfMeeting, PAPERS),
    "oath": Kind("Oath or declaration", service.Oath),
    "offer": Kind("Offer of appointment", service.OfferLetter),
    "pack": Kind("Meeting papers", meetings.Pack, PAPERS),
    "reference_request": Kind("Request for a reference", recruitment.ReferenceRequest),
    "regret": Kind("Letter of regret", recruitment.RegretLetter),
    "result_sheet": Kind("Result of a ballot", meetings.ResultSheet, PAPERS),
    "secondment": Kind("Agreement of secondment", service.Secondment),
    "summary_record": Kind("Summary record", outcomes.SummaryRecord, PAPERS),
    "tacit_adoption": Kind("Certificate of tacit adoption", outcomes.TacitAdoption, PAPERS),
    "vacancy_certificate": Kind("Certificate of vacancy", service.VacancyCertificate),
}


@dataclass(frozen=True)
class Known:
    """Facts that a document may be written from, and what was taken out of them."""

    facts: Document
    notes: tuple[Finding, ...]


def known(kind: str, data: Any, kinds: Mapping[str, Kind] = KINDS) -> Known:
    """The facts of a document, cleaned and checked; refuses with every fault and its path.

    `kinds` are those that there are, where an organisation has its own beside ours.
    """
    form = kinds[kind]
    clean, notes = cleaned(data)
    try:
        facts = form.facts.model_validate(clean)
    except ValidationError as error:
        faults = [_fault(form, detail) for detail in error.errors(include_url=False)]
        raise Refused(faults, Reason.INPUT) from None
    if unprintable := without_a_glyph(facts.model_dump(mode="json")):
        raise Refused([_no_glyph(form, note) for note in unprintable], Reason.INPUT)
    return Known(facts, tuple(_taken_out(form, note) for note in notes))


_MISSING = (say("{document} lacks {field}"), say("Enter {field}."))
_UNKNOWN = (say("{document} has no field {field}"), say("Correct its name or take it out."))
_UNFIT = (say("{field} of {document} cannot be used: {problem}"), say("Correct {field}."))


# What is the matter with a value, as a sentence, by the checker's own name for it.
_PROBLEMS: Mapping[str, Sentence] = {
    "a_day": say("a date is written as 2027-03-01"),
    "exact": say('a sum is written exactly, as text: "98412.50"'),
    "greater_than_equal": say("it is less than {ge}"),
    "int_parsing": say("a whole number is wanted"),
    "int_type": say("a whole number is wanted"),
    "less_than_equal": say("it is more than {le}"),
    "literal_error": say("choose {expected}"),
    "string_too_long": say("it is longer than {max_length} letters"),
    "string_too_short": say("it is empty"),
    "string_type": say("it is empty"),
    "too_long": say("at most {max_length} are taken"),
    "too_short": say("at least {min_length} is wanted"),
}


def _problem(detail: ErrorDetails) -> Sentence | str:
    """What is the matter, in the reader's language where there is a sentence for it."""
    found = _PROBLEMS.get(detail["type"])
    if found is None or (detail["type"] == "string_type" and detail["input"] is not None):
        return detail["msg"]
    told = {key: str(value) for key, value in detail.get("ctx", {}).items()}
    return say(found.pattern, **told)


def _fault(form: Kind, detail: ErrorDetails) -> Finding:
    path = ".".join(str(step) for step in detail["loc"]) or "the whole"
    because, cure = {"missing": _MISSING, "extra_forbidden": _UNKNOWN}.get(detail["type"], _UNFIT)
    facts = {"document": form.name, "field": path, "problem": _problem(detail)}
    return Finding(
        "document_facts",
        "",
        Verdict.FAIL,
        say(because.pattern, **facts),
        say(cure.pattern, **facts),
        path,
    )


def _no_glyph(form: Kind, note: Note) -> Finding:
    facts = {"document": form.name, "field": note.path, "characters": note.characters}
    return Finding(
        "every_character_has_a_glyph",
        "",
        Verdict.FAIL,
        say(
            "{field} of {document} has characters that no font here can show: {characters}", **facts
        ),
        say("Write {field} in Latin, Greek, Cyrillic or Arabic letters.", **facts),
        note.path,
    )


def _taken_out(form: Kind, note: Note) -> Finding:
    facts = {"document": form.name, "field": note.path, "characters": note.characters}
    return Finding(
        "no_control_characters",
        "",
        Verdict.ADVISORY,
        say("control characters were taken out of {field} of {document}: {characters}", **facts),
        where=note.path,
    )
