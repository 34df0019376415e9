"""Calls, applications, evidence and vetting in the words of the record's page."""

from __future__ import annotations

from collections.abc import Mapping

from governance.refusals import Sentence, say

DONE: Mapping[str, Sentence] = {
    "case:act_together": say("An act for many candidates was ordered"),
    "case:add_evidence": say("A file of evidence was added"),
    "case:ask_exception": say("An exception from the gate was asked for"),
    "case:ask_home_administration": say("A home administration was asked"),
    "case:call_off_examination": say("A test or interview was called off"),
    "case:cancel_call": say("The call was cancelled"),
    "case:candidate_corrects": say("A candidate corrected their data"),
    "case:candidate_withdraws": say("A candidate withdrew"),
    "case:compose_panel": say("The panel was composed"),
    "case:copy": say("The case was launched as another one was"),
    "case:declare_ties": say("A member of the panel declared their ties"),
    "case:done_together": say("An act for many candidates took effect"),
    "case:extend_call": say("The call was extended"),
    "case:given_up_together": say("An act for many candidates could not be done"),
    "case:hold_examination": say("A test or interview took place"),
    "case:invite_member": say("A member was invited to nominate"),
    "case:link_same_person": say("It was said whether two candidacies are one person's"),
    "case:meet_condition": say("A condition of the offer was met"),
    "case:move_examination": say("A test or interview was moved"),
    "case:name_panel_member": say("A member of the panel was named"),
    "case:note_discussion": say("What the panel discussed was noted"),
    "case:pause": say("The case was paused"),
    "case:propose_ruling": say("A ruling on adverse findings was proposed"),
    "case:recommend": say("The panel recommended a shortlist"),
    "case:record_declarations": say("Declarations on paper were recorded"),
    "case:recuse_panel_member": say("A member left the panel"),
    "case:request_review": say("A review of a refusal was asked for"),
    "case:resume": say("The case was resumed"),
    "case:set_criteria": say("The criteria of this case were set"),
    "case:set_examination": say("Tests or interviews were set"),
    "case:take_application": say("An application was sent"),
    "case:take_back_nomination": say("A member took a nomination back"),
    "case:take_nomination": say("A member nominated a candidate"),
    "case:take_out_evidence": say("A file of evidence was taken out of use"),
    "case:undo_together": say("An act for many candidates was undone"),
    "case:waive_check": say("A check was waived"),
}
TRIED: Mapping[str, Sentence] = {
    "case:add_evidence": say("Tried to add a file of evidence"),
    "case:ask_exception": say("Tried to ask for an exception from the gate"),
    "case:propose_ruling": say("Tried to propose a ruling"),
    "case:take_application": say("Tried to send an application"),
    "case:take_nomination": say("Tried to nominate a candidate"),
    "case:waive_check": say("Tried to waive a check"),
}
