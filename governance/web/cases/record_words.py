"""Calls, applications, evidence and vetting in the words of the record's page."""

from __future__ import annotations

from collections.abc import Mapping

from governance.refusals import Sentence, say

DONE: Mapping[str, Sentence] = {
    "case:act_together": say("An act for many candidates was ordered"),
    "case:add_evidence": say("A file of evidence was added"),
    "case:ask_exception": say("An exception from the gate was asked for"),
    "case:ask_home_administration": say("A home administration was asked"),
    "case:cancel_call": say("The call was cancelled"),
    "case:done_together": say("An act for many candidates took effect"),
    "case:extend_call": say("The call was extended"),
    "case:given_up_together": say("An act for many candidates could not be done"),
    "case:link_same_person": say("It was said whether two candidacies are one person's"),
    "case:propose_ruling": say("A ruling on adverse findings was proposed"),
    "case:record_declarations": say("Declarations on paper were recorded"),
    "case:request_review": say("A review of a refusal was asked for"),
    "case:take_application": say("An application was sent"),
    "case:take_out_evidence": say("A file of evidence was taken out of use"),
    "case:undo_together": say("An act for many candidates was undone"),
    "case:waive_check": say("A check was waived"),
}
TRIED: Mapping[str, Sentence] = {
    "case:add_evidence": say("Tried to add a file of evidence"),
    "case:ask_exception": say("Tried to ask for an exception from the gate"),
    "case:propose_ruling": say("Tried to propose a ruling"),
    "case:take_application": say("Tried to send an application"),
    "case:waive_check": say("Tried to waive a check"),
}
