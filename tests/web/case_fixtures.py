"""An instance of each view of appointments, the record and the mail, with invented people."""

from __future__ import annotations

from dataclasses import replace

from governance.refusals import Verdict
from governance.web import case_views as c
from governance.web import views as v
from governance.web import work_views as w
from tests.web import work_fixtures as works
from tests.web.fixtures import Said, clock, documents, finding, moment, stages, voices


def happened(t: Said) -> tuple[c.Happened, ...]:
    """Three entries: launched, refused, recorded."""
    who = t("Jonas Lind, HR officer", "يوناس ليند، موظف الموارد البشرية")
    return (
        c.Happened(
            t("The case was launched", "فُتح الملف"),
            who,
            moment(-30),
            t("Staff Regulations, art. 3", "نظام الموظفين، المادة 3"),
            sequence=1,
            hash="5f3c9d7a1b2e4f60" * 4,
        ),
        c.Happened(
            t("A second answer was given", "أُعطي جواب ثانٍ"),
            t("Legal Adviser", "المستشار القانوني"),
            moment(-2),
            t("Rule of procedure 6", "القاعدة 6"),
            (t("This question has been answered.", "أُجيب عن هذا السؤال."),),
            refused=True,
            sequence=2,
            hash="aa3c9d7a1b2e4f60" * 4,
        ),
        c.Happened(
            t("The shortlist was kept", "حُفظت القائمة"),
            who,
            moment(hours=-3),
            sequence=3,
            hash="bb3c9d7a1b2e4f60" * 4,
        ),
    )


def sifting(t: Said) -> c.CasePage:
    """The case page while eligibility waits to be confirmed."""
    return replace(case_page(t, empty=True), work=w.Work(sift=works.sift(t)), refused=())


def justifying(t: Said) -> c.CasePage:
    """The case page while the shortlist waits to be justified, after a refusal."""
    return replace(
        case_page(t), work=w.Work(justify=w.JustifyWork("/appointments/12/justification"))
    )


def inducting(t: Said) -> c.CasePage:
    """The case page with the tasks before entry on duty."""
    return replace(case_page(t), work=w.Work(tasks=works.tasks(t)))


def case_page(t: Said, *, empty: bool = False) -> c.CasePage:
    """The case page at the decision, or before the first candidate."""
    return _before_candidates(t) if empty else _at_the_decision(t)


def _before_candidates(t: Said) -> c.CasePage:
    return replace(
        _at_the_decision(t),
        next_act=v.Act(t("Close the call", "أغلق الإعلان"), "/appointments/12/close", post=True),
        clock=None,
        candidates=(),
        candidates_note="",
        checks=(),
        work=w.Work(needs=works.needs(t)),
        weighed=(),
        asked=(),
        troubles=(),
        done="",
        refused=(finding(t),),
    )


def _at_the_decision(t: Said) -> c.CasePage:
    reminder = t("Send the reminder now", "أرسل التذكير الآن")
    return c.CasePage(
        "INT-2026-0012",
        t("Director of the Regional Bureau, Abidjan", "مدير المكتب الإقليمي في أبيدجان"),
        v.Mark("now", t("Decision", "القرار")),
        _case_facts(t),
        stages(t),
        t("The Secretary General decides", "يقرر الأمين العام"),
        t("Asked on 20 November; 3 working days left.", "سُئل في 20 نوفمبر؛ بقيت 3 أيام عمل."),
        "/appointments/12",
        next_act=v.Act(reminder, "/appointments/12/remind", post=True, blocked=(finding(t),)),
        other_acts=(v.Act(t("Letter", "الكتاب"), "/appointments/12/letter"),),
        clock=clock(t),
        candidates=_candidate_rows(t),
        candidates_note=t("3 of 12 shown to this page's reader.", "يظهر 3 من 12 لقارئ هذه الصفحة."),
        import_act=v.Act(t("From a file", "من ملف"), "/appointments/12/candidates"),
        checks=(
            c.CheckRow(t("Degrees", "الشهادات"), 3, 3, v.Mark("ok", t("done", "تم"))),
            c.CheckRow(t("References", "المراجع"), 2, 3, v.Mark("none", t("1 open", "1 مفتوح"))),
        ),
        work=w.Work(grid=works.grid(t)),
        weighed=(works.weighed(t),),
        asked=(_no_objection(t),),
        documents=documents(t),
        happened=happened(t),
        record_href="/appointments/12/record",
        aside=(
            v.Act(t("Withdraw this appointment", "سحب هذا التعيين"), "/appointments/12/withdraw"),
        ),
        troubles=(v.Fact(t("A mail was not delivered", "لم تصل رسالة"), "550"),),
        done=t("The checks are recorded.", "سُجّلت التحريات."),
    )


def _case_facts(t: Said) -> tuple[v.Fact, ...]:
    return (
        v.Fact(t("Grade", "الدرجة"), "D1"),
        v.Fact(t("Duty station", "مقر العمل"), t("Abidjan", "أبيدجان")),
        v.Fact(
            t("Procedure", "الإجراء"),
            t("Regional director", "مدير إقليمي"),
            "/rulebook",
            t("rulebook of 1 January 2026", "لائحة 1 يناير 2026"),
        ),
        v.Fact(t("Launched by", "فتح الملف"), t("Jonas Lind", "يوناس ليند")),
    )


def _candidate_rows(t: Said) -> tuple[c.CandidateRow, ...]:
    ok, none = v.Mark("ok", t("eligible", "مؤهَّل")), v.Mark("none", t("not examined", "لم يُفحص"))
    clear = v.Mark("ok", t("clear, 6 of 6", "سليم، 6 من 6"))
    bad = v.Mark("bad", t("not eligible", "غير مؤهَّل"))
    short = v.Mark("now", t("shortlist", "القائمة"))
    people = (
        ("Amina Diallo", t("Senegal", "السنغال"), ok, clear, short),
        ("Kwabena Osei", t("Ghana", "غانا"), ok, clear, short),
        ("Søren Kjærgaard", t("Denmark", "الدنمارك"), bad, none, None),
    )
    return tuple(
        c.CandidateRow(name, f"/candidacies/{n}", country, eligible, vetting, outcome)
        for n, (name, country, eligible, vetting, outcome) in enumerate(people)
    )


def _no_objection(t: Said) -> c.Asked:
    question = t(
        "Do you object to one of the shortlisted candidates?", "هل تعترض على أحد المرشحين؟"
    )
    rule = t("No objection within five working days", "عدم اعتراض خلال خمسة أيام عمل")
    return c.Asked(question, v.Mark("ok", t("carried", "أُقرّ")), rule, voices(t), moment(-1))


def cases(t: Said, *, empty: bool = False) -> c.CasesPage:
    """The list, or the list before the first case."""

    def row(number: int) -> c.CaseRow:
        return c.CaseRow(
            f"INT-2026-{number:04}",
            f"/appointments/{number}",
            t("Director of the Regional Bureau", "مدير المكتب الإقليمي"),
            t("Abidjan", "أبيدجان"),
            v.Mark("now", t("Decision", "القرار"))
            if number % 2
            else v.Mark("ok", t("Entered on duty", "باشر العمل")),
            t("Secretary General", "الأمين العام") if number % 2 else t("nobody", "لا أحد"),
            moment(exclusive=True) if number % 2 else None,
            t("3 working days left", "بقيت 3 أيام عمل"),
        )

    launch = v.Act(t("Launch an appointment", "إطلاق تعيين"), "/appointments/new")
    options = (v.Option("decision", t("Decision", "القرار")),)
    rows = () if empty else tuple(row(number) for number in (12, 11, 10, 9))
    return c.CasesPage(
        rows, launch, len(rows), stages=options, older="" if empty else "/appointments?before=9"
    )


def launch_form(t: Said) -> c.LaunchForm:
    """The first page of a launch, sent back with one fault."""
    return c.LaunchForm(
        (
            v.Option(
                "regional-director-abidjan",
                t("Director of the Regional Bureau", "مدير المكتب الإقليمي"),
                t("D1, Abidjan. Procedure: eleven stages", "D1، أبيدجان. الإجراء: 11 مرحلة"),
            ),
        ),
        (
            w.LaunchNeed("job_description", t("Job description", "الوصف الوظيفي"), ""),
            w.LaunchNeed(
                "funding", t("Funding", "التمويل"), t("The budget line.", "بند الميزانية.")
            ),
        ),
        v.Filled({"confirmed_funding": "yes"}, {"post": t("Choose a post.", "اختر منصبًا.")}),
    )


def launch_check(t: Said) -> c.LaunchCheck:
    """The second page of a launch."""
    lines = (
        v.Fact(
            t("Title of the post", "عنوان المنصب"),
            t("Director of the Regional Bureau", "مدير المكتب الإقليمي"),
            "/appointments/new",
        ),
        v.Fact(t("Grade", "الدرجة"), "D1", "/appointments/new"),
    )
    return c.LaunchCheck(
        lines,
        (("grade", "D1"),),
        stages(t),
        2,
        "/appointments/new",
        (finding(t, Verdict.ADVISORY),),
    )


def import_page(t: Said, *, faulty: bool) -> c.ImportPage:
    """A file that was read: whole, or with a line that cannot be taken."""
    wrong = finding(t, where=t("line 3, column nationality", "السطر 3، العمود nationality"))
    rows = (
        c.ImportRow(2, "Amina Diallo", t("Senegal", "السنغال")),
        c.ImportRow(3, "Kwabena Osei", "XXX", (wrong,) if faulty else ()),
    )
    columns = (
        v.Fact(
            "family_name", t("Family name, as in the passport.", "اسم العائلة كما في جواز السفر.")
        ),
        v.Fact("nationality", t("Three letters, ISO 3166: SEN.", "ثلاثة أحرف: SEN.")),
    )
    case = v.Fact(
        "INT-2026-0012",
        t("Director of the Regional Bureau", "مدير المكتب الإقليمي"),
        "/appointments/12",
    )
    return c.ImportPage(
        "/appointments/12/candidates",
        case,
        columns,
        "/sample.csv",
        rows,
        carried="" if faulty else "abc",
        read=True,
    )


def candidate(t: Said) -> c.CandidatePage:
    """One candidacy with a check to record, one done, one refused."""
    results = (v.Option("clear", t("Clear", "سليم")), v.Option("adverse", t("Adverse", "سلبي")))
    return c.CandidatePage(
        v.Person("Amina Diallo", t("Senegal", "السنغال")),
        v.Fact(
            "INT-2026-0012",
            t("Director of the Regional Bureau", "مدير المكتب الإقليمي"),
            "/appointments/12",
        ),
        v.Mark("now", t("shortlist", "القائمة")),
        (
            v.Fact(t("Born", "تاريخ الميلاد"), t("3 May 1979", "3 مايو 1979")),
            v.Fact(t("E-mail", "البريد"), "amina.diallo@example.org"),
        ),
        (finding(t, Verdict.PASS), finding(t, Verdict.UNDETERMINED)),
        (
            c.Check(
                t("Degrees", "الشهادات"),
                v.Mark("ok", t("clear", "سليم")),
                t("Confirmed by the university.", "أكدته الجامعة."),
                t("Staff Manual, 4.2", "الدليل 4.2"),
            ),
            c.Check(
                t("References", "المراجع"),
                v.Mark("none", t("open", "مفتوح")),
                action="/checks/2",
                results=results,
            ),
            c.Check(
                t("Security", "الأمن"),
                v.Mark("lock", t("not for you", "ليس لك")),
                blocked=(finding(t),),
            ),
        ),
        documents(t),
        references=(
            w.Reference("Ingrid Berg", v.Mark("now", t("asked", "سُئل"))),
            w.Reference("Omar Haddad", v.Mark("ok", t("I recommend", "أوصي")), "Very able."),
        ),
        referee=w.RefereeForm("/referee", "1", (v.Option("en", "English"),)),
        withdraw_href="/appointments/12/candidates/1/withdraw",
        record_href="/appointments/12/record",
    )


def letter(t: Said) -> c.LetterPage:
    """A draft letter in French."""
    return c.LetterPage(
        t("Letter of appointment", "كتاب التعيين"),
        v.Fact(
            "INT-2026-0012",
            t("Director of the Regional Bureau", "مدير المكتب الإقليمي"),
            "/appointments/12",
        ),
        v.Mark("none", t("Draft", "مسودة")),
        "/mail/1/html",
        "fr",
        (v.Fact(t("To", "إلى"), "Amina Diallo"),),
        documents(t),
        draft=True,
    )


def record(t: Said) -> c.RecordPage:
    """The trail of a case."""
    subject = v.Fact(
        "INT-2026-0012",
        t("Director of the Regional Bureau", "مدير المكتب الإقليمي"),
        "/appointments/12",
    )
    return c.RecordPage(
        t("Who did what", "من فعل ماذا"),
        subject,
        happened(t),
        v.Mark("ok", t("3 entries, chain unbroken", "3 قيود، السلسلة سليمة")),
        "bb3c9d7a1b2e4f60" * 4,
    )


def one_mail(t: Said) -> c.Mail:
    """A mail with an attachment."""
    return c.Mail(
        "/mail/1",
        t("A decision waits for you", "قرار بانتظارك"),
        "sg@organisation.example",
        "mandate@organisation.example",
        moment(hours=-2),
        documents(t)[:1],
    )


def mailbox(t: Said) -> c.MailboxPage:
    """Two mails."""
    return c.MailboxPage(
        (one_mail(t), one_mail(t)),
        addressees=(v.Option("sg@organisation.example", "sg@organisation.example"),),
    )


def mail(t: Said) -> c.MailPage:
    """One mail with a link."""
    return c.MailPage(
        one_mail(t),
        t("A decision waits for you.\nOpen it here.", "قرار بانتظارك."),
        "/mail/1/html",
        (v.Document(t("Open the question", "افتح السؤال"), "/decide/token"),),
        (v.Fact("Message-ID", "<m1@organisation.example>"),),
    )


def acceptance(t: Said) -> c.AcceptancePage:
    """The candidate's own page."""
    facts = (
        v.Fact(t("Grade", "الدرجة"), "D1"),
        v.Fact(t("Entry on duty", "المباشرة"), t("1 February 2027", "1 فبراير 2027")),
    )
    return c.AcceptancePage(
        "/accept/token",
        "Amina Diallo",
        t("Director of the Regional Bureau, Abidjan", "مدير المكتب الإقليمي في أبيدجان"),
        facts,
        clock(t),
        documents(t),
        (
            v.Position("accept", t("I accept", "أقبل"), primary=True),
            v.Position("decline", t("I decline", "أعتذر عن القبول")),
        ),
        "1",
    )
