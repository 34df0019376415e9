"""The words for states of bodies, seats, meetings, minutes, decisions and actions. Tables only."""

from __future__ import annotations

from collections.abc import Mapping

from governance.refusals import Sentence, say
from governance.web.views import Mark

BODIES: Mapping[str, Mark] = {
    "idea": Mark("none", say("idea")),
    "proposed": Mark("none", say("proposed")),
    "charter_review": Mark("now", say("mandate under review")),
    "active": Mark("ok", say("active")),
    "dormant": Mark("warn", say("dormant")),
    "recharter_review": Mark("now", say("renewal under review")),
    "closing": Mark("warn", say("being wound up")),
    "concluded": Mark("none", say("concluded")),
    "abandoned": Mark("none", say("abandoned")),
    "replaced": Mark("none", say("replaced")),
}
KINDS: Mapping[str, Sentence] = {
    "committee": say("Committee"),
    "working_group": say("Working group"),
    "crisis_team": say("Crisis team"),
    "assembly": say("Assembly"),
}
SEATS: Mapping[str, Mark] = {
    "vacant": Mark("warn", say("vacant")),
    "nominated": Mark("now", say("nominated")),
    "consent_asked": Mark("now", say("consent asked")),
    "accepted": Mark("now", say("accepted")),
    "appointed": Mark("now", say("appointed, not begun")),
    "serving": Mark("ok", say("serving")),
    "on_leave": Mark("none", say("on leave")),
    "vote_suspended": Mark("bad", say("voting right suspended")),
    "holding_over": Mark("warn", say("holds over until replaced")),
    "abolished": Mark("none", say("abolished")),
}
MEETINGS: Mapping[str, Mark] = {
    "planned": Mark("none", say("planned")),
    "convened": Mark("now", say("convened")),
    "circulated": Mark("now", say("agenda circulated")),
    "in_session": Mark("now", say("in session")),
    "suspended": Mark("warn", say("suspended")),
    "inquorate": Mark("bad", say("without a quorum")),
    "closed": Mark("warn", say("closed, minutes due")),
    "completed": Mark("ok", say("completed")),
    "postponed": Mark("warn", say("postponed")),
    "cancelled": Mark("none", say("cancelled")),
}
MINUTES: Mapping[str, Mark] = {
    "due": Mark("warn", say("minutes due")),
    "drafting": Mark("now", say("being drafted")),
    "chair_review": Mark("now", say("with the chair")),
    "circulated": Mark("now", say("circulated for correction")),
    "settling": Mark("warn", say("corrections to be settled")),
    "ready": Mark("now", say("ready for adoption")),
    "adopted": Mark("ok", say("adopted")),
    "signed": Mark("ok", say("signed")),
    "published": Mark("ok", say("published")),
    "archived": Mark("ok", say("archived")),
}
DECISIONS: Mapping[str, Mark] = {
    "recorded": Mark("none", say("recorded")),
    "communicated": Mark("now", say("communicated")),
    "in_force": Mark("ok", say("in force")),
    "superseded": Mark("none", say("superseded")),
    "rescinded": Mark("none", say("rescinded")),
    "expired": Mark("none", say("expired")),
    "annulled": Mark("bad", say("annulled")),
    "lapsed": Mark("bad", say("lapsed without confirmation")),
}
ACTIONS: Mapping[str, Mark] = {
    "opened": Mark("none", say("open")),
    "assigned": Mark("now", say("accepted by its owner")),
    "in_progress": Mark("now", say("in progress")),
    "part_done": Mark("now", say("part done")),
    "overdue": Mark("bad", say("overdue")),
    "reported": Mark("warn", say("reported, to be verified")),
    "verified": Mark("ok", say("verified")),
    "overtaken": Mark("none", say("overtaken by events")),
    "cancelled": Mark("none", say("cancelled")),
}
PROPOSALS: Mapping[str, Mark] = {
    "proposed": Mark("warn", say("to be settled")),
    "referred": Mark("warn", say("referred")),
    "accepted_editorial": Mark("ok", say("accepted as editorial")),
    "accepted_substantive": Mark("ok", say("accepted as substantive")),
    "refused": Mark("bad", say("refused")),
    "noted": Mark("none", say("noted as a statement")),
}
STEPS: Mapping[str, Sentence] = {
    "accept": say("Accept it"),
    "start": say("Begin"),
    "report_part": say("Part is done"),
    "report": say("Report as done"),
    "send_back": say("Send back"),
    "verify": say("Verify and close"),
    "extend": say("Extend"),
    "overtake": say("Overtaken by events"),
    "cancel": say("Cancel"),
    "give_back": say("Give back"),
}
PRESENCE: Mapping[str, Mark] = {
    "present": Mark("ok", say("present")),
    "remote": Mark("ok", say("present, remote")),
    "proxy": Mark("none", say("represented")),
    "excused": Mark("none", say("excused")),
    "apologies": Mark("none", say("excused")),
    "leave": Mark("none", say("on leave")),
    "absent": Mark("bad", say("absent")),
    "unmarked": Mark("none", say("not marked yet")),
    "vacant": Mark("none", say("vacant")),
}
OFFICES: Mapping[str, Sentence] = {
    "chair": say("Chair"),
    "vice_chair": say("Vice-Chair"),
    "acting_chair": say("Acting Chair"),
    "rapporteur": say("Rapporteur"),
    "secretary": say("Secretary"),
}
