"""An instance of each page's view, with invented people, in English or Arabic."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from governance.refusals import Finding, Verdict, say
from governance.web import question_views as q
from governance.web import views as v

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("UTC"))


class Said:
    """Text of a rulebook or a person in the language of the page."""

    def __init__(self, language: str) -> None:
        self._arabic = language == "ar"

    def __call__(self, english: str, arabic: str) -> str:
        """The one that fits."""
        return arabic if self._arabic else english


def moment(days: float = 0, *, hours: float = 0, exclusive: bool = False) -> v.Moment:
    """An instant so far from now, told in Lyon."""
    if exclusive:
        midnight = datetime(2026, 11, 27, 0, 0, tzinfo=ZoneInfo("Europe/Paris"))
        return v.Moment(midnight + timedelta(days=days), exclusive=True)
    return v.Moment(NOW + timedelta(days=days, hours=hours))


def clock(t: Said) -> v.Clock:
    """Three working days are left, and silence passes the question on."""
    return v.Clock(
        t("3 working days left", "بقيت 3 أيام عمل"),
        moment(exclusive=True),
        t(
            "The question passes to the Deputy Secretary General. Silence is not approval.",
            "ينتقل السؤال إلى نائب الأمين العام. الصمت لا يعني الموافقة.",
        ),
    )


def finding(t: Said, verdict: Verdict = Verdict.FAIL, where: str = "") -> Finding:
    """A finding with article and cure."""
    return Finding(
        "shown",
        t("Staff Manual, section 4", "دليل الموظفين، القسم 4"),
        verdict,
        say(t("the medical clearance is open", "الفحص الطبي لم يكتمل")),
        say(
            t("Human Resources expects it on 25 November.", "تتوقعه الموارد البشرية في 25 نوفمبر.")
        ),
        where,
    )


def choice(t: Said, value: str, name: str, country: tuple[str, str], rank: int) -> v.Choice:
    """A candidate of the shortlist."""
    return v.Choice(
        value,
        v.Person(
            name, t(f"{country[0]} · 17 years of experience", f"{country[1]} · 17 سنة من الخبرة")
        ),
        (
            v.Fact(
                t("Ranked", "الترتيب"),
                t(f"{rank} of 3 on the shortlist", f"{rank} من 3 في القائمة"),
            ),
            v.Fact(
                t("Languages", "اللغات"),
                t("French, English, Arabic", "الفرنسية والإنجليزية والعربية"),
            ),
            v.Fact(t("Degree", "الشهادة"), t("Master of Laws", "ماجستير في القانون")),
        ),
        (
            v.Mark("ok", t("Eligible, 5 of 5 rules", "مؤهَّل، 5 من 5")),
            v.Mark("ok", t("Vetting clear, 6 of 6", "التدقيق سليم، 6 من 6")),
        ),
        href=f"/candidacies/{value}",
    )


def balance(t: Said) -> v.Balance:
    """A verdict with four groups, one of them short."""
    within, short = t("within", "ضمن النطاق"), t("1 short", "ينقصها 1")
    rows = (
        (t("Africa", "أفريقيا"), 2, 3, 2, 4, v.Mark("ok", within)),
        (t("Americas", "الأمريكتان"), 3, 3, 2, 4, v.Mark("ok", within)),
        (t("Asia-Pacific", "آسيا والمحيط الهادئ"), 2, 2, 3, 5, v.Mark("warn", short)),
        (t("Europe", "أوروبا"), 7, 6, 3, 6, v.Mark("ok", within)),
    )
    return v.Balance(
        v.Mark(
            "warn",
            t(
                "Better, still outside the range for Asia-Pacific",
                "أفضل، لكن آسيا والمحيط الهادئ ما زالت دون النطاق",
            ),
        ),
        t(
            "Directors and above, 14 posts, against the target range.",
            "المديرون فما فوق، 14 منصبًا، مقارنة بالنطاق المستهدف.",
        ),
        tuple(v.BalanceRow(*row) for row in rows),
        t("Advisory: it binds nobody, and is recorded.", "للاسترشاد: لا يلزم أحدًا، ويُدوَّن."),
    )


def voices(t: Said) -> tuple[v.Voice, ...]:
    """Three who were asked: one agrees, one objects, one has not answered."""
    return (
        v.Voice(
            t("Legal Adviser", "المستشار القانوني"),
            v.Mark("ok", t("No objection", "لا اعتراض")),
            t("Nationality rule met; no incompatibility found.", "شرط الجنسية مستوفى ولا تعارض."),
            t("16 November", "16 نوفمبر"),
        ),
        v.Voice(
            t("Director, Operations", "مدير العمليات"),
            v.Mark("bad", t("Objects", "معترض")),
            "Prefers a candidate with field command.",
            t("19 November", "19 نوفمبر"),
        ),
        v.Voice(
            t("Director, Regional Coordination", "مدير التنسيق الإقليمي"),
            v.Mark("none", t("Not yet answered", "لم يجب بعد")),
            "",
            t("asked on 10 November", "سُئل في 10 نوفمبر"),
        ),
    )


def documents(t: Said) -> tuple[v.Document, ...]:
    """Two documents."""
    return (
        v.Document(t("Selection report", "تقرير الاختيار"), "/documents/1", "PDF · 14 p."),
        v.Document(
            t("Draft letter of appointment", "مسودة كتاب التعيين"), "/documents/2", "PDF · 2 p."
        ),
    )


def brief(t: Said, filled: v.Filled = v.EMPTY) -> q.DecisionBrief:
    """The Secretary General's decision between three candidates."""
    return q.DecisionBrief(
        action="/decide/token",
        question=t("Whom do you appoint?", "من تعيّن؟"),
        about=t(
            "Director of the Regional Bureau, Abidjan · INT-2026-0012",
            "مدير المكتب الإقليمي في أبيدجان · INT-2026-0012",
        ),
        asked_by=t("Jonas Lind, Human Resources", "يوناس ليند، الموارد البشرية"),
        capacity=t("Secretary General", "الأمين العام"),
        rule=t("One decision, no vote", "قرار واحد دون تصويت"),
        article=t("Staff Regulations, art. 4(1)", "نظام الموظفين، المادة 4(1)"),
        clock=clock(t),
        glance=_glance(t),
        changes=(
            t(
                "The post, vacant since 1 September, is filled for three years.",
                "يُشغل المنصب الشاغر منذ 1 سبتمبر لمدة ثلاث سنوات.",
            ),
            t(
                "A letter of appointment is issued in English and French.",
                "يصدر كتاب التعيين بالإنجليزية والفرنسية.",
            ),
        ),
        choose="one",
        choices=(
            choice(t, "41", "Amina Diallo", ("Senegal", "السنغال"), 1),
            choice(t, "42", "Kwabena Osei", ("Ghana", "غانا"), 2),
            choice(t, "43", "Leïla Ben Youssef", ("Tunisia", "تونس"), 3),
        ),
        balance=balance(t),
        voices=voices(t),
        voices_note=t("2 of 3 asked have answered", "أجاب 2 من 3"),
        documents=documents(t),
        positions=_positions(t),
        version="3",
        version_note=t(
            "Version 3 of the file, unchanged since 20 November.",
            "النسخة 3 من الملف، دون تغيير منذ 20 نوفمبر.",
        ),
        after=t("You can take it back for 10 minutes.", "يمكنك التراجع خلال 10 دقائق."),
        record_href="/appointments/12/record",
        filled=filled,
    )


def _glance(t: Said) -> tuple[v.Glance, ...]:
    return (
        v.Glance(
            "ok", t("Shortlist", "القائمة"), t("3 of 12 candidates", "3 من 12 مرشحًا"), "chosen"
        ),
        v.Glance(
            "ok", t("Vetting", "التدقيق"), t("complete, 18 of 18", "مكتمل، 18 من 18"), "chosen"
        ),
        v.Glance(
            "warn",
            t("Balance", "التوازن"),
            t("better; Asia-Pacific still 1 short", "أفضل، وما زال ينقص آسيا والمحيط الهادئ 1"),
            "balance",
        ),
        v.Glance(
            "warn",
            t("Views", "الآراء"),
            t("1 no objection, 1 objects, 1 still to answer", "1 لا اعتراض، 1 معترض، 1 لم يجب"),
            "voices",
        ),
    )


def _positions(t: Said) -> tuple[v.Position, ...]:
    return (
        v.Position("appoint", t("Appoint", "أعيّن"), primary=True),
        v.Position("none", t("None of them", "لا أحد منهم"), danger=True, needs_reason=True),
        v.Position("ask_more", t("Ask for more", "أطلب المزيد")),
        v.Position("sign", t("Sign the letter now", "توقيع الكتاب الآن"), blocked=(finding(t),)),
    )


def brief_with_faults(t: Said) -> q.DecisionBrief:
    """The same page after an answer that named nobody."""
    faults = {
        "chosen": t("Choose one candidate.", "اختر مرشحًا واحدًا."),
        "reason": t("Give a reason.", "اذكر السبب."),
    }
    return brief(t, v.Filled({"reason": t("Too early.", "مبكر جدًا.")}, faults))


def waiting_card(t: Said, number: str = "INT-2026-0012") -> q.Waiting:
    """One question that waits."""
    return q.Waiting(
        t(
            "Whom do you appoint as Director of the Regional Bureau, Abidjan?",
            "من تعيّن مديرًا للمكتب الإقليمي في أبيدجان؟",
        ),
        "/decide/token",
        t("Jonas Lind, Human Resources", "يوناس ليند، الموارد البشرية"),
        t("Secretary General", "الأمين العام"),
        clock(t),
        number,
        rule=t("One decision, no vote", "قرار واحد دون تصويت"),
        article=t("Staff Regulations, art. 4(1)", "نظام الموظفين، المادة 4(1)"),
    )


def decided(t: Said) -> q.Decided:
    """The receipt of an answer."""
    facts = (
        v.Fact(t("You answered as", "أجبت بصفتك"), t("Secretary General", "الأمين العام")),
        v.Fact(
            t("Under", "بموجب"), t("Staff Regulations, art. 4(1)", "نظام الموظفين، المادة 4(1)")
        ),
    )
    return q.Decided(
        t("Whom do you appoint?", "من تعيّن؟"),
        v.Mark("ok", t("Appoint Amina Diallo", "تعيين أمينة ديالو")),
        facts,
        moment(),
        t(
            "The letter is drafted and sent to Amina Diallo, who has 14 days to accept.",
            "يُعدّ الكتاب ويُرسل إلى المرشحة، ولها 14 يومًا للقبول.",
        ),
        "5f3c9d7a1b2e4f60" * 4,
        record_href="/record",
        next_waiting=waiting_card(t),
    )


def calm(t: Said) -> v.Calm:
    """A closed question."""
    return v.Calm(
        t("This question is closed", "أُغلق هذا السؤال"),
        (
            t(
                "It was carried on 20 November. Nothing is asked of you any more.",
                "أُقرّ في 20 نوفمبر. لم يعد مطلوبًا منك شيء.",
            ),
        ),
        (v.Fact(t("Result", "النتيجة"), t("carried", "أُقرّ")),),
        moment(-4),
        v.Act(t("See the record", "انظر السجل"), "/record"),
    )


def error(t: Said) -> v.ErrorPage:
    """A refusal with two findings."""
    return v.ErrorPage(
        422, say("This cannot be done"), (), (finding(t), finding(t, Verdict.UNDETERMINED))
    )


def stages(t: Said) -> tuple[v.Stage, ...]:
    """The eleven stages, at the decision."""
    titles = (
        ("Call", "الإعلان"),
        ("Applications", "الطلبات"),
        ("Eligibility", "الأهلية"),
        ("Vetting", "التدقيق"),
        ("Selection", "الاختيار"),
        ("Representation", "التمثيل"),
        ("Consultation", "التشاور"),
        ("Decision", "القرار"),
        ("Letter", "الكتاب"),
        ("Acceptance", "القبول"),
        ("Entry on duty", "المباشرة"),
    )
    return tuple(
        v.Stage(
            t(*title),
            "done" if at < 7 else "now" if at == 7 else "todo",
            t(f"{at + 3} Nov", f"{at + 3} نوفمبر") if at < 8 else "",
        )
        for at, title in enumerate(titles)
    )
