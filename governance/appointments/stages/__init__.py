"""The nine verbs: what each stage wants, compared with the rows that exist. Twice is a no-op."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from governance.appointments.stages.check import check
from governance.appointments.stages.collect import collect
from governance.appointments.stages.consult import consult
from governance.appointments.stages.finish import finish
from governance.appointments.stages.issue import issue
from governance.appointments.stages.plan import plan
from governance.appointments.stages.prepare import prepare
from governance.appointments.stages.sift import sift
from governance.appointments.stages.standing import Standing, Turn
from governance.appointments.stages.weigh import weigh

VERBS: Mapping[str, Callable[[Standing], Turn]] = {
    "check": check,
    "collect": collect,
    "consult": consult,
    "finish": finish,
    "issue": issue,
    "plan": plan,
    "prepare": prepare,
    "sift": sift,
    "weigh": weigh,
}
