"""An instance of each view of what follows a decision, and of nominations; all invented."""

from __future__ import annotations

from governance.web import views as v
from governance.web.calls.nominating import NominationPage
from governance.web.calls.views import FormField
from governance.web.cases.bureaus import BureausPage
from governance.web.service import views as s
from tests.web import competition_fixtures as comp
from tests.web.fixtures import Said, finding, moment

SUBJECT = "/appointments/12"


def services(t: Said, *, empty: bool = False) -> s.ServicesPage:
    """The list, or the list with nobody."""
    row = s.ServiceRow(
        "SV-2026-0001",
        "/services/SV-2026-0001",
        "Amina Diallo",
        t("Criminal Intelligence Analyst", "محلل استخبارات جنائية"),
        t("regular", "عادية"),
        v.Mark("now", t("on probation", "في فترة الاختبار")),
        t("8 March 2030", "8 مارس 2030"),
        v.Mark("bad", t("overdue", "متأخر")),
    )
    options = (v.Option("serving", t("serving", "في الخدمة")),)
    return s.ServicesPage(() if empty else (row,), options, options, may_act=True)


def service(t: Said) -> s.ServicePage:
    """A service with a plan, an act that may be done, and one that may not."""
    plan = (
        s.Planned(
            "conduct",
            t("Code of conduct", "مدونة قواعد السلوك"),
            t("12 March 2027", "12 آذار/مارس 2027"),
            v.Mark("ok", t("done", "تم")),
            is_review=False,
            is_open=False,
        ),
        s.Planned(
            "review",
            t("First review", "التقييم الأول"),
            t("12 June 2027", "12 حزيران/يونيه 2027"),
            v.Mark("now", t("open", "مفتوح")),
            is_review=True,
            is_open=True,
        ),
    )
    return s.ServicePage(
        "SV-2026-0001",
        "Amina Diallo",
        t("Criminal Intelligence Analyst", "محلل استخبارات جنائية"),
        t("regular", "عادية"),
        v.Mark("now", t("on probation", "في فترة الاختبار")),
        (v.Fact(t("First day", "اليوم الأول"), t("8 March 2027", "8 آذار/مارس 2027")),),
        plan,
        (
            s.Way("confirm", t("Confirm", "التثبيت"), (finding(t),)),
            s.Way("extend", t("Extend", "التمديد"), ()),
            s.Way("separate", t("End", "الإنهاء"), ()),
        ),
        "/services/SV-2026-0001",
        may_act=True,
        asks_oath=True,
        results=(v.Option("satisfactory", t("favourable", "إيجابي")),),
    )


def _subject(t: Said) -> v.Fact:
    return v.Fact("INT-2026-0012", t("Analyst", "محلل"), SUBJECT)


def offers(t: Said) -> s.OffersPage:
    """An offer that waits, with a condition, and who is next."""
    condition = s.Condition(
        "medical",
        t("Medical fitness", "اللياقة الطبية"),
        v.Mark("now", t("not met yet", "لم يتحقق بعد")),
        is_open=True,
    )
    row = s.OfferRow(
        1,
        "Amina Diallo",
        "/candidates/1",
        v.Mark("now", t("waits", "بانتظار الجواب")),
        (v.Fact(t("Made on", "بتاريخ"), t("23 December 2026", "23 كانون الأول/ديسمبر 2026")),),
        (condition,),
        moment(exclusive=True),
        t("8 working days left", "بقيت 8 أيام عمل"),
    )
    following = (v.Fact(t("No. 1", "رقم 1"), "Kwabena Osei", "/candidates/2"),)
    came = (v.Fact("SV-2026-0001", t("expected", "متوقع"), "/services/SV-2026-0001"),)
    return s.OffersPage(_subject(t), (row,), following, came, "/offers", may_act=True)


def roster(t: Said) -> s.RosterPage:
    """Somebody who may be drawn."""
    row = s.PlaceRow(
        "1",
        "Kwabena Osei",
        "G4",
        t("Analyst", "محلل"),
        "INT-2026-0012",
        v.Mark("ok", t("on the roster", "على القائمة")),
        t("26 December 2028", "26 كانون الأول/ديسمبر 2028"),
        is_open=True,
    )
    options = (v.Option("listed", t("on the roster", "على القائمة")),)
    return s.RosterPage((row,), (v.Option("G4", "G4"),), options, options, may_act=True)


def acting(t: Said) -> s.ActingPage:
    """The form of acting, sent back with a cap that was passed."""
    offices = (v.Option("director_hr", t("Director of Human Resources", "مدير الموارد البشرية")),)
    caps = t("At most 6 months at a time.", "6 أشهر على الأكثر.")
    return s.ActingPage(offices, caps, refused=(finding(t),))


def bureaus(t: Said) -> BureausPage:
    """An address on file, and the form."""
    senegal = t("Senegal", "السنغال")
    rows = (v.Fact(senegal, "bcn@police.example", note="Français"),)
    options = (v.Option("SEN", senegal),)
    return BureausPage(rows, options, (v.Option("fr", "Français"),), may_act=True)


def nomination(t: Said) -> NominationPage:
    """A bureau's page with somebody nominated already."""
    return NominationPage(
        comp.call(t).line,
        t("Senegal", "السنغال"),
        "/nominate/token",
        (FormField("email", t("Mail address", "البريد"), "email"),),
        (v.Option("1", "Amina Diallo"),),
        (t("At most two.", "اثنان على الأكثر."),),
        (t("We keep what you write.", "نحفظ ما تكتبه."),),
        is_full=False,
        filled=v.Filled({}, {"agreed": t("Tick it.", "ضع العلامة.")}),
    )
