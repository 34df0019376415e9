"""The certificate of an open question whose content is being changed."""

from __future__ import annotations

from dataclasses import replace

from governance.consultation.amending import Changed, Run
from governance.web import views as v
from governance.web.certificates.changing import EFFECTS, KINDS
from governance.web.certificates.views import (
    CertificatePage,
    Changing,
    Compared,
    Conduct,
    Proposed,
    Ticked,
)
from tests.web import question_fixtures as qf
from tests.web.fixtures import Said


def compared(t: Said) -> Compared:
    """A paragraph that says something else, and somebody who may no longer be chosen."""
    runs = (
        Run("same", t("The committee met ", "اجتمعت اللجنة ")),
        Run("gone", t("in Lyon", "في ليون")),
        Run("new", t("nowhere", "عن بُعد")),
    )
    lines = (t("the text was changed", "عُدل النص"),)
    return Compared(lines, (Changed("p1", "changed", runs),), EFFECTS["ask_again"], "5e" * 32)


def _certificate(t: Said, conduct: Conduct) -> CertificatePage:
    changing = conduct.changing
    return replace(
        qf.certificate(t),
        mark=v.Mark("now", t("open", "مفتوح")),
        papers=(),
        conduct=conduct,
        filled=changing.filled if changing else v.EMPTY,
    )


def changing(t: Said, *, faulty: bool = False) -> CertificatePage:
    """The form, once the difference was asked for; or with all that it lacks."""
    filled = v.Filled({"act": "change", "kind": "substantive", "reason": t("Why", "السبب")}, {})
    if faulty:
        missing = t("It is missing.", "غير مذكور.")
        faults = {f"change-{each}": missing for each in ("parts", "kind", "reason")}
        filled = v.Filled({"act": "change"}, faults)
    form = Changing(
        paragraphs=(v.Option("text:p1", t("The committee met nowhere.", "اجتمعت اللجنة عن بُعد.")),),
        title=t("Budget of 2027", "ميزانية 2027"),
        candidates=(
            Ticked("1", "Awa Example", stays=False),
            Ticked("2", "Kim Example", stays=True),
        ),
        kinds=tuple(v.Option(key, words, EFFECTS["keep"]) for key, words in KINDS.items()),
        needs_second=True,
        compared=None if faulty else compared(t),
        filled=filled,
    )
    return _certificate(t, Conduct("/consultations/1/conduct", frozenset(), changing=form))


def proposed(t: Said, *, mine: bool = False) -> CertificatePage:
    """A change that waits: for whoever confirms it, or for whoever proposed it."""
    waits = Proposed(
        2, KINDS["substantive"], "Awa Example", t("Why", "السبب"), compared(t), may_confirm=not mine
    )
    return _certificate(t, Conduct("/consultations/1/conduct", frozenset(), proposed=waits))
