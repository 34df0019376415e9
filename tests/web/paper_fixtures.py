"""An instance of each view of documents."""

from __future__ import annotations

from governance.documents.samples import sample
from governance.documents.schema import KINDS
from governance.refusals import say
from governance.web import views as v
from governance.web.papers import views as g
from governance.web.papers.form import Form
from tests.web.fixtures import Said, finding, moment

HERE = "/documents/17"


def _kind(t: Said) -> str:
    return t("Letter of appointment", "كتاب التعيين")


def _row(t: Said) -> g.Row:
    state = v.Mark("ok", t("issued", "صدر"))
    number, language = "INT/2026/17", t("French", "الفرنسية")
    return g.Row("17", number, _kind(t), language, state, moment(-2), HERE, "Amina Diallo")


def papers(t: Said, *, empty: bool = False, puts: bool = False) -> g.ListPage:
    """The documents that somebody may see, or none; or those that may be put together."""
    tabs = (
        g.Tab(t("All", "الكل"), "/documents", 4, here=False),
        g.Tab(t("Drafted", "صيغت"), "/documents?state=drafted", 3, here=False),
        g.Tab(t("Reviewed", "رُوجعت"), "/documents?state=reviewed", 1, here=True),
    )
    if empty:
        return g.ListPage(())
    return g.ListPage((_row(t),), tabs, keeps=puts, puts=puts, refused=(finding(t),) * puts)


def paper(t: Said, *, draft: bool = False) -> g.PaperPage:
    """A document that was delivered twice, once opened; or a draft with all that may be done."""
    portal = t("on a page of ours", "على صفحة لدينا")
    delivered = (
        g.Handed(portal, "", moment(-2), moment(-1)),
        g.Handed(portal, "a***@example.org", moment(-2), None),
    )
    offers = {"edit", "copy", "returned", "discard", "many"}
    after = {"deliver", "supersede", "annul"}
    return g.PaperPage(
        href=HERE,
        number="" if draft else "INT/2026/17",
        kind=_kind(t),
        state=v.Mark("ok", t("delivered", "سُلّم")),
        facts=(v.Fact(t("Language", "اللغة"), t("French", "الفرنسية")),),
        issued=None if draft else moment(-2),
        deliveries=() if draft else delivered,
        versions=(g.VersionLine(1, "Jonas Lind", moment(-3)),),
        acts=(
            v.Act(t("Review", "مراجعة"), f"{HERE}/review", True, (finding(t),)),
            v.Act(t("Issue it now", "إصدارها الآن"), f"{HERE}/issue", True),
        ),
        offers=frozenset(offers if draft else after),
        channels=(v.Option("post", t("by post", "بالبريد")),),
        sheet="",
        pdf="" if draft else f"{HERE}/document.pdf",
        unopened=not draft,
        version=1,
        refused=(finding(t),) * draft,
    )


def choose(t: Said) -> g.ChoosePage:
    """Which kind, with a fault."""
    return g.ChoosePage(
        (v.Option("appointment", _kind(t)),),
        (v.Option("fr", t("French", "الفرنسية")),),
        v.Filled({}, {"for": t("Check the address.", "تحققوا من العنوان.")}),
    )


def form(t: Said) -> g.DraftPage:
    """The facts of an agenda, with rows, faults, and what was taken out."""
    entries = Form(KINDS["agenda"]).entries(sample("agenda", "ar" if t("", "x") else "en"))
    return g.DraftPage(
        f"{HERE}/edit",
        HERE,
        _kind(t),
        t("French", "الفرنسية"),
        entries,
        (("version", "1"),),
        (finding(t),),
        v.Filled({}, {"f.article": t("It is empty.", "هو فارغ.")}),
        is_new=False,
        with_words=True,
    )


def returned(t: Said, *, same: bool = False) -> g.ReturnedPage:
    """What an edited copy says otherwise, or that it says the same."""
    before, after = t("Five years.", "خمس سنوات."), t("Six years.", "ست سنوات.")
    differs = () if same else (g.Differs(3, before, after), g.Differs(5, "", after))
    language, direction = ("ar", "rtl") if t("", "x") else ("en", "ltr")
    return g.ReturnedPage(HERE, _kind(t), language, direction, differs, "5c1e", "UEs=")


def bundles(t: Said, *, empty: bool = False) -> g.BundlesPage:
    """The bundles, or none."""
    state = v.Mark("now", t("Being issued", "قيد الإصدار"))
    line = g.BundleLine("INT-2026-0012", "/documents/bundles/1", state, 500, 120, moment(-1))
    return g.BundlesPage(() if empty else (line,))


def bundle(t: Said) -> g.BundlePage:
    """A bundle that may be put, and not go without approval."""
    release = v.Act(t("Issue", "إصدار"), "/documents/bundles/1/release", True, (finding(t),))
    return g.BundlePage(
        href="/documents/bundles/1",
        title="INT-2026-0012",
        state=v.Mark("now", t("Gathered", "جُمعت")),
        size=500,
        done=120,
        counts=(v.Fact(t("Drafted", "صيغت"), "380"),),
        rows=(_row(t),),
        question="open",
        made=moment(-1),
        puts=True,
        release=release,
        refused=(finding(t),),
    )


def many(t: Said) -> g.ManyPage:
    """The page that takes a file, after a faulty one."""
    columns = ("for", "language", "addressee.name")
    return g.ManyPage(f"{HERE}/many", HERE, _kind(t), f"{HERE}/many.csv", columns, (finding(t),))


def verdict(t: Said) -> g.VerifyPage:
    """A file that is ours, before another is given with a fault."""
    return g.VerifyPage(
        v.Filled({}, {"file": t("Choose a PDF file.", "اختر ملف PDF.")}),
        v.Mark("ok", t("It is ours, and unaltered", "هو لنا ولم يُعدَّل")),
        (say(t("It is in force.", "هو نافذ.")),),
        (v.Fact(t("Number", "الرقم"), "INT/2026/17"),),
    )
