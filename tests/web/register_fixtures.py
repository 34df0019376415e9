"""An instance of each view of representation."""

from __future__ import annotations

from governance.refusals import Verdict
from governance.representation.found import Range
from governance.web import views as v
from governance.web.representation import charts
from governance.web.representation import views as w
from tests.web.fixtures import Said, finding


def representation(t: Said) -> w.ListPage:
    """A body and a review, and the form for another."""
    return w.ListPage(
        (w.BodyRow(t("Executive Committee", "اللجنة التنفيذية"), 6, "/representation/executive"),),
        (
            w.ReviewRow(
                t("Executive Committee", "اللجنة التنفيذية"),
                t("1 December 2026", "1 كانون الأول/ديسمبر 2026"),
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
        t("24 November 2026", "24 تشرين الثاني/نوفمبر 2026"),
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
        coming=(
            w.ComingRow(
                t("1 November 2027", "1 تشرين الثاني/نوفمبر 2027"), names[0], t("Africa", "أفريقيا")
            ),
        ),
        panels=(_over_years(t),),
    )


def _over_years(t: Said) -> charts.Panel:
    """Two regions over four years: the law asks for more of one of them from the third year on."""
    asked = (Range(2, 3), Range(2, 3), Range(3, 4), Range(3, 4))
    years = (2024, 2025, 2026, 2027)
    bound = [charts.Point(*each) for each in zip(years, (2, 3, 2, 1), asked, strict=True)]
    free = [charts.Point(*each) for each in zip(years, (3, 2, 3, 3), strict=True)]
    africa, europe = t("Africa", "أفريقيا"), t("Europe", "أوروبا")
    return charts.Panel(
        t("Region", "المنطقة"),
        (
            charts.chart_of(africa, bound, asked[-1], 2026),
            charts.chart_of(europe, free, None, 2026),
        ),
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
        t("1 December 2026", "1 كانون الأول/ديسمبر 2026"),
        v.Mark("bad", t("rules are broken", "قواعد مخالفة")),
        _weighed(t),
        ("justify", "waive", "compute", "decide", "block"),
        answered=t("The region had no candidate.", "لم يكن للمنطقة مرشح."),
        faults=(finding(t),),
    )
