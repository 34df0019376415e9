"""The words for kinds and states of offers, services and places. Tables, nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from governance.refusals import Sentence, say
from governance.web.views import Mark

KINDS: Mapping[str, Sentence] = {
    "regular": say("regular"),
    "acting": say("acting"),
    "interim": say("interim"),
}
SERVICES: Mapping[str, Mark] = {
    "expected": Mark("now", say("expected")),
    "probation": Mark("now", say("on probation")),
    "serving": Mark("ok", say("serving")),
    "ended": Mark("none", say("ended")),
    "fallen_through": Mark("bad", say("never begun")),
}
ENDS: Mapping[str, Sentence] = {
    "end_of_term": say("the term was over"),
    "separation": say("separation, with the reason on file"),
    "never_begun": say("the person never came"),
    "not_confirmed": say("the interim was not confirmed"),
}
OFFERS: Mapping[str, Mark] = {
    "made": Mark("now", say("waits for the candidate’s answer")),
    "accepted": Mark("ok", say("accepted")),
    "fulfilled": Mark("ok", say("accepted and kept")),
    "refused": Mark("none", say("refused by the candidate")),
    "lapsed": Mark("none", say("lapsed without an answer")),
    "taken_back": Mark("bad", say("taken back")),
}
PLACES: Mapping[str, Mark] = {
    "listed": Mark("ok", say("on the roster")),
    "used": Mark("none", say("drawn")),
    "expired": Mark("none", say("run out")),
    "removed": Mark("none", say("given up")),
}
RESULTS: Mapping[str, Sentence] = {
    "satisfactory": say("favourable"),
    "adverse": say("not favourable"),
}
WAYS: Mapping[str, Sentence] = {
    "enter": say("Enter on duty"),
    "fall_through": say("Record that the person never comes"),
    "confirm": say("Confirm: the probation ends well"),
    "prolong_probation": say("Prolong the probation"),
    "extend": say("Extend the service"),
    "separate": say("End the service today"),
}
DONE: Mapping[str, Sentence] = {
    "oath": say("The oath or declaration is on file."),
    "enter": say("Entered on duty: the office is held, and the plan has its dates."),
    "fall_through": say("Recorded. The post is free again."),
    "confirm": say("Confirmed."),
    "prolong_probation": say("The probation is prolonged, with one more review."),
    "extend": say("The service is extended."),
    "separate": say("The service has ended."),
    "task": say("Done, and on the record."),
    "acting": say("Kept. The office is held from the first day on, by itself."),
    "met": say("The condition is met, and on the record."),
    "renewed": say("The place is good for longer."),
    "drawn": say("Drawn: a candidate of that case now."),
    "removed": say("The place is given up."),
}
