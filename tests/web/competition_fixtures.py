"""An instance of each view of a competition: forecast, board, panel, calls, the candidate's own."""

from __future__ import annotations

from governance.refusals import Verdict
from governance.web import views as v
from governance.web.calls import views as cv
from governance.web.cases import calling as call_of
from governance.web.competition import views as w
from tests.web.fixtures import Said, documents, finding, moment, stages

CASE = "/appointments/12"


def _subject(t: Said) -> v.Fact:
    return v.Fact("INT-2026-0012", t("Director, Abidjan", "مدير، أبيدجان"), CASE)


def forecast(t: Said) -> w.ForecastPage:
    """Two stages on a scale with benchmark and today."""
    what = t("the close of the call", "إغلاق الإعلان")
    rows = tuple(
        w.ForecastRow(
            title,
            t("1 December 2026", "1 ديسمبر 2026"),
            t("8 December 2026", "8 ديسمبر 2026"),
            t("4 January 2027", "4 يناير 2027"),
            t("Staff Manual, section 2: 30 days", "دليل الموظفين، القسم 2: 30 يومًا"),
            basis,
            bar,
            critical,
            spare,
        )
        for title, basis, bar, critical, spare in (
            (
                t("Call", "الإعلان"),
                v.Mark("lock", t("by the law", "بحكم القواعد")),
                w.Bar(0, 200, 0, 150),
                what,
                (),
            ),
            (
                t("Vetting", "التدقيق"),
                v.Mark("none", t("assumed", "مفترض")),
                w.Bar(150, 700, 200, 400),
                "",
                ((what, 3),),
            ),
        )
    )
    return w.ForecastPage(
        _subject(t),
        rows,
        (v.Fact(t("Likely", "المرجح"), t("95 days", "95 يومًا")),),
        v.Mark("warn", t("may miss the benchmark", "قد يتجاوز المعيار")),
        "Benchmark of 120 days.",
        600,
        100,
        f"{CASE}/forecast",
        (v.Option("director", t("Director", "مدير")),),
        (t("A recess moves the close of the call.", "العطلة تؤخر إغلاق الإعلان."),),
        v.Filled({"post": "director"}, {}),
    )


def board(t: Said, *, one_case: bool = True) -> w.BoardPage:
    """The board of a case with a column chosen, or of all with nobody in it."""
    columns = tuple(
        w.BoardColumn(title, count, f"{CASE}/board?column={n}", n == 1)
        for n, (title, count) in enumerate(
            ((t("Applied", "تقدموا"), 12), (t("Longlist", "القائمة الأولية"), 5))
        )
    )
    row = w.BoardRow(
        "Amina Diallo",
        "/candidacies/1",
        t("Senegal", "السنغال"),
        "INT-2026-0012",
        CASE,
        v.Mark("ok", t("eligible", "مؤهَّل")),
        t("since 3 November", "منذ 3 نوفمبر"),
        2,
        t("the panel", "اللجنة"),
        moment(exclusive=True),
    )
    links = (v.Fact(t("Forecast", "التوقعات"), "", f"{CASE}/forecast"),)
    rows = (row,) if one_case else ()
    return w.BoardPage(
        _subject(t),
        columns,
        rows,
        columns[1].title,
        one_case=one_case,
        links=links,
        here=f"{CASE}/board",
        column="eligible",
        find="Amina",
    )


def many(t: Said) -> w.ManyPage:
    """A preview of an act for two candidates, of whom one is left out."""
    before = v.Mark("none", t("applied", "متقدم"))
    after = v.Mark("ok", t("longlisted", "في القائمة الأولية"))
    return w.ManyPage(
        _subject(t),
        t("Put on the longlist", "الإدراج في القائمة الأولية"),
        (v.Fact(t("Reason", "السبب"), t("They fulfil everything.", "يستوفون كل الشروط.")),),
        (
            w.ManyRow("Amina Diallo", "/candidacies/1", before, after),
            w.ManyRow("Kwabena Osei", "/candidacies/2", before, None, finding(t)),
        ),
        (v.Fact("Amina Diallo", t("a letter", "رسالة")),),
        (v.Fact("candidacy", "1"),),
        1,
        15,
        f"{CASE}/board/many",
        f"{CASE}/board",
    )


def calls_of_case(t: Said, *, empty: bool = False) -> call_of.CallsOfCase:
    """The calls of a case with a note and two who look alike; or before the first call."""
    one = call_of.Round(
        1,
        v.Mark("ok", t("open", "مفتوح")),
        (v.Fact(t("Closes", "يُغلق"), t("1 December 2026", "1 ديسمبر 2026")),),
        (v.Fact(t("Extended", "مُدِّد"), t("by 14 days", "14 يومًا")),),
    )
    pair = call_of.Pair(
        v.Fact("Amina Diallo", "", "/candidacies/1"),
        v.Fact("Aminah Dialo", "", "/candidacies/2"),
        ("1", "2"),
        (t("the names sound alike", "تشابه الاسمين في النطق"),),
        v.Mark("warn", t("not decided yet", "لم يُبتّ بعد")),
    )
    note = call_of.Note("SEN", v.Mark("ok", t("sent", "أُرسلت")), moment(-2))
    return call_of.CallsOfCase(
        _subject(t),
        () if empty else (one,),
        () if empty else (v.Fact(t("Sent", "مُرسلة"), "12"),),
        () if empty else (note,),
        () if empty else (pair,),
        may_act=True,
        may_change=not empty,
        may_extend=not empty,
        refused=() if empty else (finding(t),),
    )


def quality(t: Said) -> w.QualityPage:
    """Two lights."""
    question = t("Was the panel composed by its rules?", "هل شُكلت اللجنة وفق قواعدها؟")
    scored = t("Did every member score?", "هل قيّم كل الأعضاء؟")
    return w.QualityPage(
        _subject(t),
        (
            w.QualityRow(question, v.Mark("bad", t("no", "لا")), finding(t)),
            w.QualityRow(scored, v.Mark("ok", t("yes", "نعم")), finding(t, Verdict.PASS)),
        ),
    )


def panel(t: Said, *, ranked: bool = True) -> w.PanelPage:
    """The ranking to be recommended, or the panel to be composed."""
    criteria = (
        v.Fact(t("Leadership", "القيادة"), "3/5"),
        v.Fact(t("Knowledge", "المعرفة"), "2/5"),
    )
    rows = (
        w.RankRow("1", "Amina Diallo", 1, "17/5", "85.0", ("4", "7/2")),
        w.RankRow("2", "Kwabena Osei", None, "2", "50.0", ("2", "2"), t("too low", "دون الحد")),
    )
    few = w.ImpactRow(t("Women", "النساء"), None, None, "")
    some = w.ImpactRow(t("Men", "الرجال"), 8, 2, "25 %", v.Mark("warn", t("look", "راجع")))
    member = w.MemberRow(
        "Ingrid Haraldsdóttir",
        (t("chairs", "الرئاسة"), t("from outside", "من الخارج")),
        v.Mark("ok", t("declared", "صرّحت")),
        t("14 January 2026", "14 كانون الثاني/يناير 2026"),
    )
    return w.PanelPage(
        _subject(t),
        v.Mark("now", t("ranked", "مرتَّبون") if ranked else t("not begun", "لم تبدأ")),
        (member,) if ranked else (),
        criteria,
        (finding(t), finding(t, Verdict.PASS)),
        rows if ranked else (),
        (t("The order depends on the weight.", "الترتيب رهن بالوزن."),) if ranked else (),
        (t("The members differ by 3.", "يختلف الأعضاء بمقدار 3."),) if ranked else (),
        (few, some) if ranked else (),
        f"{CASE}/panel",
        may_act=True,
        may_declare=True,
        may_score=ranked,
        state="ranked" if ranked else "not begun",
        anonymous=not ranked,
        scored=ranked,
        ranking_more=250 if ranked else 0,
        differs_at_all=ranked,
        roles=(v.Option("member", t("Member", "عضو")),),
        refused=(finding(t),),
    )


def score(t: Said) -> w.ScorePage:
    """Two candidates by code, two criteria."""
    criteria = (
        v.Option("leadership", t("Leadership", "القيادة"), "3/5"),
        v.Option("knowledge", t("Knowledge", "المعرفة"), "2/5"),
    )
    lines = (w.ScoreLine("1", "C-17"), w.ScoreLine("2", "C-42"))
    return w.ScorePage(
        _subject(t),
        lines,
        criteria,
        "1",
        "5",
        f"{CASE}/score",
        f"{CASE}/score.csv",
        read=8,
        refused=(finding(t),),
    )


def own(t: Said) -> w.OwnPage:
    """A candidacy that owes a comment and may be withdrawn."""
    comment = t("Comment on a finding", "التعليق على نتيجة")
    return w.OwnPage(
        "Amina Diallo",
        v.Fact("INT-2026-0012", t("Director, Abidjan", "مدير، أبيدجان")),
        v.Mark("now", t("examined", "قيد الفحص")),
        stages(t),
        (v.Fact(comment, t("until 1 December", "حتى 1 ديسمبر"), "/own/x/comment"),),
        documents(t),
        "/own/x",
        "/own/x/export",
        (v.Option("en", "English"), v.Option("fr", "Français")),
        may_withdraw=True,
        examined=False,
        filled=v.Filled({}, {"birth_date": t("Give a day.", "أدخل يومًا.")}),
    )


def _line(t: Said) -> cv.CallLine:
    return cv.CallLine(
        t("Director of the Regional Bureau, Abidjan", "مدير المكتب الإقليمي في أبيدجان"),
        "/calls/12",
        "INT-2026-0012",
        (v.Fact(t("Grade", "الدرجة"), "D1"),),
        moment(exclusive=True),
    )


def calls(t: Said, *, empty: bool = False) -> cv.CallsPage:
    """The open calls, or none."""
    return cv.CallsPage(() if empty else (_line(t),))


def call(t: Said) -> cv.CallPage:
    """One call, sent back with a fault."""
    return cv.CallPage(
        _line(t),
        t("Leads the bureau.", "يقود المكتب."),
        (t("Ten years of service", "عشر سنوات من الخدمة"),),
        (v.Fact(t("French", "الفرنسية"), "C1"),),
        takes_applications=True,
        letter_languages=(v.Option("en", "English"),),
        filled=v.Filled({}, {"email": t("Enter an address.", "أدخل عنوانًا.")}),
    )


def application(t: Said, step: str) -> cv.ApplicationPage:
    """One step of an application: privacy, person, files or send."""
    names = (
        ("privacy", t("Privacy", "الخصوصية")),
        ("person", t("Yourself", "بياناتك")),
        ("files", t("Files", "الملفات")),
        ("send", t("Send", "الإرسال")),
    )
    steps = tuple(
        cv.Step(key, title, f"/apply/x/{key}", key == step, "ok" if key == "privacy" else "none")
        for key, title in names
    )
    field, fault = t("Given names", "الأسماء الأولى"), t("Enter them.", "أدخلها.")
    return cv.ApplicationPage(
        _line(t),
        f"/apply/x/{step}",
        step,
        dict(names)[step],
        steps,
        fields=(
            cv.FormField("given_names", field, hint=t("As in the passport.", "كما في الجواز.")),
        ),
        files=(cv.Held("1", "cv.pdf", t("Curriculum vitae", "السيرة الذاتية"), "120 kB"),),
        purposes=(v.Option("cv", t("Curriculum vitae", "السيرة الذاتية")),),
        notice=(t("Your data are used for this call alone.", "تُستخدم بياناتك لهذا الإعلان وحده."),),
        version="2026-01",
        agreed=moment(-2),
        saved=moment(-1),
        open_points=(v.Fact(t("Files", "الملفات"), fault, "/apply/x/files"),),
        filled=v.Filled({}, {"given_names": fault} if step == "person" else {}),
    )
