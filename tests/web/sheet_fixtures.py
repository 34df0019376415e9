"""An instance of each view of tables and forms: sheets of a body, its year, groups of states."""

from __future__ import annotations

from fractions import Fraction

from governance.refusals import Verdict
from governance.representation.ranges import Standing
from governance.web import views as v
from governance.web.committees import composition as co
from governance.web.committees import sheets as sh
from governance.web.committees import year as y
from governance.web.representation import charts, schemes, staff
from governance.web.representation import views as w
from tests.web.fixtures import Said, finding, moment

BODY = "/committees/finance"


def _body(t: Said) -> str:
    return t("Finance Committee", "لجنة المالية")


def _vacant(t: Said, *, empty: bool = False) -> sh.Table:
    heads = (
        t("Seat", "المقعد"),
        t("Vacant from", "شاغر منذ"),
        t("Until", "حتى"),
        t("Next act", "الإجراء التالي"),
    )
    row = (
        sh.Cell(t("Seat of Ghana", "مقعد غانا"), f"{BODY}#seats"),
        sh.Cell(t("1 March 2027", "1 آذار/مارس 2027")),
        sh.Cell(at=moment(9)),
        sh.Cell(t("Launch the appointment", "إطلاق التعيين"), f"{BODY}/fill", button=True),
    )
    return sh.Table(
        t("Vacant seats", "المقاعد الشاغرة"),
        heads,
        () if empty else (row,),
        t("Every seat is held.", "كل المقاعد مشغولة."),
    )


def seats(t: Said, *, empty: bool = False) -> sh.SheetPage:
    """The seats of a body: a vacant one, and every kind of field; refused, what was typed kept."""
    who = (v.Option("ghana", t("Seat of Ghana", "مقعد غانا")),)
    fields = (
        sh.Field("seat", t("Seat", "المقعد"), "select", who),
        sh.Field("name", t("Name", "الاسم"), required=True),
        sh.Field("since", t("From", "من"), "date"),
        sh.Field("amount", t("Amount", "المبلغ"), "number"),
        sh.Field("because", t("Why", "السبب"), "textarea"),
        sh.Field("acting", t("For the time being", "مؤقتًا"), "check"),
        sh.Field("seen", "", "hidden", value="3"),
    )
    form = sh.Form(
        "seat",
        t("Somebody sits", "شغل مقعد"),
        f"{BODY}/seats/seat",
        t("Enter it", "تدوين"),
        fields,
        t("The term begins on that day.", "تبدأ الولاية في ذلك اليوم."),
    )
    return sh.SheetPage(
        t("Seats and offices", "المقاعد والمناصب"),
        v.Fact("", _body(t), BODY),
        (
            sh.Section("vacant", t("Vacant seats", "المقاعد الشاغرة"), (_vacant(t, empty=empty),)),
            sh.Section("changes", t("Changes", "تغييرات"), forms=() if empty else (form,)),
            sh.Section("report", t("Report", "تقرير"), texts=(t("It advised.", "قدمت مشورتها."),)),
        ),
        done=t("It is recorded.", "تم التدوين.") if empty else "",
        filled=v.EMPTY if empty else v.Filled({"name": "Ama Mensah", "acting": "yes"}),
        refused=() if empty else (finding(t),),
        tried="" if empty else "seat",
    )


def year(t: Said, *, empty: bool = False) -> y.YearPage:
    """The year of a body; or one without a meeting."""
    attendance = (y.SeatOfYear(t("Seat of Norway", "مقعد النرويج"), 3, 4),)
    report = t("Annual report", "التقرير السنوي")
    return y.YearPage(
        v.Fact(t("Body", "الهيئة"), _body(t), BODY),
        2026,
        (v.Fact(t("Decisions taken", "القرارات المتخذة"), "0" if empty else "7"),),
        () if empty else attendance,
        (v.Fact(report, "Français", f"{BODY}/report/2026.fr", note="fr"),),
        f"{BODY}/report?year=2025",
        "" if empty else f"{BODY}/report?year=2027",
    )


def calendar(t: Said, *, empty: bool = False) -> co.CalendarPage:
    """What falls vacant over all bodies; or nothing, because no body has rules."""
    line = co.ComingLine(
        t("1 November 2027", "1 تشرين الثاني/نوفمبر 2027"),
        "2027-11-01",
        _body(t),
        f"{BODY}/composition",
        "Amina Diallo (SEN)",
        t("Africa 1", "أفريقيا 1"),
    )
    return co.CalendarPage(() if empty else (line,), 0 if empty else 1)


def rules(t: Said) -> w.BodyPage:
    """The rules of a body, as its secretary sets them; nothing is judged yet."""
    chosen = (v.Option("executive", t("Executive Committee", "اللجنة التنفيذية")),)
    cell = v.Option(t("Chamber", "الغرفة"), "seat-1-chamber", "")
    return w.BodyPage(
        "executive",
        t("Executive Committee", "اللجنة التنفيذية"),
        (),
        "name,state",
        up=v.Option(BODY, _body(t)),
        settings=w.Settings(
            f"{BODY}/composition",
            chosen,
            (t("Chamber", "الغرفة"),),
            (w.SeatCells(t("Seat of Ghana", "مقعد غانا"), (cell,)),),
            open=True,
        ),
        ranges=True,
        review_days=(t("each year on 1 March", "كل سنة في 1 آذار/مارس"),),
        faults=(finding(t),),
    )


def ranges(t: Said, *, empty: bool = False) -> staff.RangesPage:
    """States on their desirable ranges, and the target of selections; or the form alone."""
    page = staff.RangesPage("secretariat", t("Secretariat", "الأمانة"))
    if empty:
        return page
    standings = (
        Standing("SEN", 4, Fraction(29, 2), 9, 20),
        Standing("NOR", 17, Fraction(29, 2), 9, 20),
    )
    marks = (
        v.Mark("warn", t("under-represented", "ناقصة التمثيل")),
        v.Mark("ok", t("within range, above midpoint", "ضمن النطاق، فوق الوسط")),
    )
    met = v.Mark("warn", t("the target is missed", "لم يُبلغ الهدف"))
    rows = tuple(zip(map(charts.range_row, standings), marks, strict=True))
    return staff.RangesPage(
        page.key,
        page.title,
        v.Filled({"staff": "state,staff", "base": "x"}, {"base": t("No number.", "ليس رقمًا.")}),
        (),
        rows,
        tuple((mark, 1) for mark in marks),
        staff.Target(met, 3, 10, 5, 48, 80),
        t("Midpoints are rounded.", "الأوساط مقرّبة."),
    )


def all_schemes(t: Said) -> schemes.SchemesPage:
    """Two schemes, and a key that is none."""
    source = t("set by an administrator", "من وضع مدير النظام")
    return schemes.SchemesPage(
        (
            schemes.SchemeRow("own", t("Own regions", "أقاليم خاصة"), 4, 196, source),
            schemes.SchemeRow("un", t("Groups of the UN", "مجموعات الأمم المتحدة"), 5, 193, source),
        ),
        may_edit=True,
        filled=v.Filled({"key": "X"}, {"key": t("This is no key.", "هذا ليس مفتاحًا.")}),
    )


def scheme(t: Said, *, tried: bool = False) -> schemes.SchemePage:
    """A table of states with one line being changed; or a whole table tried."""
    line = schemes.LineRow(
        3,
        "SEN",
        t("Senegal", "السنغال"),
        t("Africa", "أفريقيا"),
        "",
        t("20 June 1960", "20 حزيران/يونيه 1960"),
        "",
        "A/RES/1",
    )
    typed = dict.fromkeys(("purpose", "until"), "")
    typed |= {"state": "SEN", "group": "africa", "since": "1960-06-20", "source": "A/RES/1"}
    return schemes.SchemePage(
        "own",
        t("Own regions", "أقاليم خاصة"),
        t("set by an administrator", "من وضع مدير النظام"),
        (line,),
        196,
        v.Filled({"state": "", "group": "", "purpose": "", "on": ""}),
        (v.Option("africa", t("Africa", "أفريقيا")),),
        ((t("3 March 2026", "3 آذار/مارس 2026"), "Petra Vrbová"),),
        "seen",
        may_edit=True,
        editing=None if tried else 3,
        filled=v.EMPTY if tried else v.Filled(typed, {"state": t("Unknown.", "غير معروفة.")}),
        faults=(finding(t, Verdict.FAIL),) if tried else (),
        report=schemes.Report(("SEN,africa,,,,A/RES/1",), ("SEN,asia,,,,",), 194)
        if tried
        else None,
    )
