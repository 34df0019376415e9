"""An instance of each form that waits for an HR officer, with invented people."""

from __future__ import annotations

from governance.refusals import Verdict
from governance.web import views as v
from governance.web import work_views as w
from tests.web.fixtures import NOW, Said, finding


def needs(t: Said) -> w.NeedsWork:
    """One need confirmed, one open."""
    return w.NeedsWork(
        "/appointments/12/needs",
        (
            w.Need("jd", t("Job description", "الوصف الوظيفي"), said="JD 1", done=True),
            w.Need("funding", t("Funding", "التمويل"), t("The budget line.", "بند الميزانية.")),
        ),
    )


def grid(t: Said) -> w.GridWork:
    """Two candidates and three checks."""
    done = v.Mark("ok", t("satisfactory", "مُرضٍ"))
    still = v.Mark("none", t("open", "مفتوح"))
    kinds = (t("Identity", "الهوية"), t("Degrees", "الشهادات"), t("References", "التزكيات"))
    cells = tuple(w.Cell(kind, still, f"1:{n}") for n, kind in enumerate(kinds))
    return w.GridWork(
        "/appointments/12/checks",
        kinds,
        (
            w.GridRow("1", "Amina Diallo", "/candidacies/1", 3, cells),
            w.GridRow("2", "Kwabena Osei", "/candidacies/2", 0, (w.Cell(kinds[0], done),) * 3),
        ),
        (
            v.Option("satisfactory", t("Satisfactory", "مُرضٍ")),
            v.Option("adverse", t("Adverse", "سلبي")),
        ),
        "?select=all",
        find="Amina",
        here="/appointments/12",
        count=250,
        next_href="?first=50",
    )


def weighed(t: Said) -> w.Weighed:
    """One candidate with whom the balance is not kept."""
    row = w.WeighedRow("Amina Diallo", "/candidacies/1", (finding(t), finding(t, Verdict.PASS)))
    verdict = v.Mark("warn", t("The balance is not kept", "التوازن غير محقق"))
    return w.Weighed(verdict, (row,), t("The region needs it.", "المنطقة بحاجة إليه."))


def withdraw(t: Said) -> w.WithdrawPage:
    """An end, with the reason missing."""
    return w.WithdrawPage(
        t("Withdraw this appointment", "سحب هذا التعيين"),
        v.Fact("INT-2026-0012", t("Director", "المدير"), "/appointments/12"),
        "/appointments/12/withdraw",
        t("Withdraw it", "اسحبه"),
        (t("The case ends here.", "ينتهي الملف هنا."), t("The record stays.", "يبقى السجل.")),
        (finding(t),),
        v.Filled({}, {"reason": t("Write the reason.", "اكتب السبب.")}),
    )


def sift(t: Said) -> w.SiftWork:
    """One candidate who is to be excluded, and one of many who are admitted."""
    person = v.Person("Amina Diallo", t("Senegal", "السنغال"))
    bad = v.Mark("bad", t("to be excluded", "يُستبعد"))
    row = w.SiftedRow(person, "/candidacies/1", bad, (finding(t),))
    good = w.SiftedRow(
        v.Person("Kwabena Osei", t("Ghana", "غانا")),
        "/candidacies/2",
        v.Mark("ok", t("to be admitted", "يُقبل")),
    )
    return w.SiftWork(
        "/appointments/12/eligibility", (row,), (good,), is_folded=True, admitted=1, excluded=1
    )


def tasks(t: Said) -> w.TasksWork:
    """One task done, one open."""
    rows = (
        w.TaskRow("oath", t("Oath", "اليمين"), v.Mark("ok", t("done", "تم")), done=True),
        w.TaskRow("travel", t("Travel", "السفر"), v.Mark("none", t("open", "مفتوح")), NOW.date()),
    )
    return w.TasksWork("/appointments/12/tasks", rows)
