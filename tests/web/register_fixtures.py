"""An instance of each view of representation."""

from __future__ import annotations

from governance.refusals import Verdict
from governance.web import views as v
from governance.web.representation import views as w
from tests.web.fixtures import Said, finding


def representation(t: Said) -> w.ListPage:
    """A body and a review, and the form for another."""
    return w.ListPage(
        (w.BodyRow(t("Executive Committee", "اللجنة التنفيذية"), 6, "/representation/executive"),),
        (
            w.ReviewRow(
                t("Executive Committee", "اللجنة التنفيذية"),
                "2026-12-01",
                v.Mark("none", t("open", "مفتوح")),
                "/representation/reviews/1",
            ),
        ),
        may_open=True,
        options=(v.Option("executive", t("Executive Committee", "اللجنة التنفيذية")),),
    )


def _weighed(t: Said) -> w.Weighed:
    bad, ok = v.Mark("bad", t("1 too few", "ينقصها 1")), v.Mark("ok", t("within", "ضمن النطاق"))
    groups = (
        w.GroupBar(t("Africa", "أفريقيا"), 2, 3, 4, 6, bad),
        w.GroupBar(t("Europe", "أوروبا"), 3, 3, None, 6, ok),
    )
    names = ("Amina Diallo", "Kwabena Osei")
    options = tuple(v.Option(name, name) for name in names)
    return w.Weighed(
        bad,
        "2026-11-24",
        5,
        (finding(t), finding(t, Verdict.PASS)),
        ((t("Region", "المنطقة"), groups),),
        tuple(
            w.SeatCard(f"seat-{n}", t(f"Seat {n}", f"المقعد {n}"), name, "", options)
            for n, name in enumerate(names)
        ),
        "women",
        (
            w.EffectRow(names[0], "SEN", ok, "", "africa"),
            w.EffectRow(names[1], "GHA", bad, "x", ""),
        ),
        (w.SlateCard(ok, names),),
        (("Two rules cannot both be kept.", ("africa wants 3", "europe wants 4")),),
        time_hit=True,
        coming=(w.ComingRow("2027-11-01", names[0], t("Africa", "أفريقيا")),),
        columns=(t("Africa", "أفريقيا"), t("Europe", "أوروبا")),
        years=(w.YearRow(2026, 5, (2, 3)), w.YearRow(2027, 4, (1, 3))),
    )


def body(t: Said) -> w.BodyPage:
    """A body with a verdict, a map of its seats and a slate."""
    says = "At least three members come from Africa."
    article, force = t("Constitution, art. 15", "القانون الأساسي، المادة 15"), t("binding", "ملزمة")
    return w.BodyPage(
        "executive",
        t("Executive Committee", "اللجنة التنفيذية"),
        (w.RuleRow("africa", says, article, force, t("quoted", "مقتبسة")),),
        "name,state,seat",
        weighed=_weighed(t),
        chips=("Leïla Ben Youssef",),
    )


def review(t: Said) -> w.ReviewPage:
    """A review in which everything may still be done."""
    return w.ReviewPage(
        "1",
        t("Executive Committee", "اللجنة التنفيذية"),
        "/representation/executive",
        "2026-12-01",
        v.Mark("bad", t("rules are broken", "قواعد مخالفة")),
        _weighed(t),
        ("justify", "waive", "compute", "decide", "block"),
        answered=t("The region had no candidate.", "لم يكن للمنطقة مرشح."),
        faults=(finding(t),),
    )
