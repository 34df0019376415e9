"""The closed, alphabetical vocabulary of the record: `subject:act`, with `:refused` if refused."""

from __future__ import annotations

KINDS = frozenset(
    {
        "bundle:ask",
        "bundle:finish",
        "bundle:gather",
        "bundle:put",
        "bundle:release",
        "bundle:settle",
        "case:advance",
        "case:ask_referee",
        "case:complete_task",
        "case:confirm_eligibility",
        "case:confirm_need",
        "case:import_candidates",
        "case:justify",
        "case:launch",
        "case:notice_handed_over",
        "case:record_checks",
        "case:withdraw",
        "case:withdraw_candidacy",
        "consultation:answer",
        "consultation:ask_information",
        "consultation:deadline_passed",
        "consultation:delegate",
        "consultation:draft_answer",
        "consultation:notice_bounced",
        "consultation:notice_handed_over",
        "consultation:recuse",
        "consultation:take_back_delegation",
        "consultation:tell_information",
        "document:acknowledge",
        "document:annul",
        "document:deliver",
        "document:discard",
        "document:draft",
        "document:issue",
        "document:open",
        "document:review",
        "document:revise",
        "document:send",
        "document:supersede",
        "organisation:load_demonstration",
        "organisation:load_rulebook",
        "person:absence_begins",
        "person:appoint",
        "person:assist",
        "person:be_absent",
        "person:cancel_absence",
        "person:leave",
        "person:notice_handed_over",
        "person:prefer",
        "person:tie",
        "record:daily_root",
    }
)


def is_known(kind: str) -> bool:
    """Whether a kind, refused or not, may stand in the record."""
    return kind.removesuffix(":refused") in KINDS
