"""The words of a meeting: items, motions, the ways to vote. Tables only."""

from __future__ import annotations

from collections.abc import Mapping

from governance.refusals import Sentence, say
from governance.web.views import Mark

OUT = frozenset({"refused", "held", "struck", "withdrawn"})
ITEMS: Mapping[str, Mark] = {
    "proposed": Mark("warn", say("proposed")),
    "refused": Mark("none", say("refused")),
    "held": Mark("none", say("held for the next meeting")),
    "draft": Mark("none", say("on the draft agenda")),
    "circulated": Mark("now", say("on the agenda")),
    "on_agenda": Mark("now", say("on the adopted agenda")),
    "struck": Mark("none", say("deleted by the body")),
    "opened": Mark("now", say("open")),
    "decided": Mark("ok", say("decided")),
    "closed": Mark("ok", say("closed")),
    "deferred": Mark("none", say("deferred")),
    "referred": Mark("none", say("referred")),
    "withdrawn": Mark("none", say("withdrawn")),
}
ITEM_STEPS: Mapping[str, Sentence] = {
    "accept": say("Accept"),
    "refuse": say("Refuse"),
    "hold": say("Hold for the next"),
    "admit_late": say("Admit, late"),
    "strike": say("Delete"),
    "open": say("Open the item"),
    "close": say("Close the item"),
    "defer": say("Defer"),
    "refer": say("Refer"),
    "withdraw": say("Withdraw"),
}
CATEGORIES: Mapping[str, Sentence] = {
    "decision": say("for decision"),
    "discussion": say("for discussion"),
    "information": say("for information"),
    "consent": say("by consent"),
}
ACCESS: Mapping[str, Sentence] = {
    "open": say("open to the public"),
    "restricted": say("restricted"),
    "closed": say("closed"),
}
ROLL: Mapping[str, Sentence] = {
    "present": say("Present"),
    "remote": say("Remote"),
    "left": say("Has left"),
    "apologies": say("Excused"),
}
MOTIONS: Mapping[str, Mark] = {
    "moved": Mark("warn", say("moved, not seconded")),
    "seconded": Mark("now", say("seconded")),
    "admitted": Mark("now", say("under debate")),
    "put": Mark("now", say("question put")),
    "counted": Mark("warn", say("counted, to be declared")),
    "carried": Mark("ok", say("carried")),
    "lost": Mark("bad", say("not carried")),
    "challenged": Mark("warn", say("result challenged")),
    "recorded": Mark("ok", say("recorded")),
    "ruled_out": Mark("none", say("ruled out of order")),
    "lapsed": Mark("none", say("lapsed for lack of a second")),
    "withdrawn": Mark("none", say("withdrawn")),
    "tabled": Mark("none", say("tabled")),
    "referred": Mark("none", say("referred")),
    "inquorate": Mark("bad", say("no decision for lack of a quorum")),
    "annulled": Mark("none", say("annulled")),
}
MOTION_KINDS: Mapping[str, Sentence] = {
    "motion": say("Motion"),
    "amendment": say("Amendment"),
    "procedural": say("Procedural motion"),
    "election": say("Election"),
    "appeal": say("Appeal against a ruling"),
    "late_item": say("Motion to add a late item"),
}
ENTERED = ("motion", "amendment", "procedural", "election", "appeal")
MOTION_STEPS: Mapping[str, Sentence] = {
    "open_debate": say("Open the debate"),
    "rule_out": say("Rule out of order"),
    "lapse": say("Let it lapse"),
    "withdraw": say("Withdraw"),
    "table": say("Table"),
    "refer": say("Refer"),
    "challenge": say("Challenge the result"),
    "confirm_carried": say("Confirm: carried"),
    "confirm_lost": say("Confirm: not carried"),
    "annul": say("Annul"),
}
MODES: Mapping[str, Sentence] = {
    "general_consent": say("General consent"),
    "show": say("Show of hands"),
    "roll_call": say("Roll call"),
    "secret": say("Secret ballot"),
    "electronic": say("Each on their own device"),
    "acclamation": say("Acclamation"),
    "consensus": say("Consensus"),
}
RESULTS: Mapping[str, Sentence] = {
    "carried": say("The motion is carried."),
    "lost": say("The motion is not carried."),
    "tied": say("The votes are equally divided."),
    "elected": say("The election has a result."),
    "inquorate": say("There is no decision for lack of a quorum."),
}
