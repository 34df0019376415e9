"""An instance of each view of committees: bodies, register, meeting, minutes; invented people."""

from __future__ import annotations

from governance.web import views as v
from governance.web.committees import meeting_views as mv
from governance.web.committees import views as cv
from tests.web.fixtures import Said, finding, moment

BODY = "/committees/finance"
MEETING = "/meetings/7"
MINUTES = "/minutes/7"


def _body(t: Said) -> str:
    return t("Finance Committee", "لجنة المالية")


def _chair(t: Said) -> str:
    return t("Seat of Norway", "مقعد النرويج")


def _member(t: Said) -> str:
    return t("Seat of Ghana", "مقعد غانا")


def home(t: Said, *, empty: bool = False) -> cv.HomePage:
    """Across all bodies: one line with a last day, one without; or nothing yet."""
    if empty:
        return cv.HomePage("me", (), 0, 0, 0, ())
    where = (_body(t), BODY)
    act = t("Convene the meeting", "دعوة إلى الاجتماع")
    lines = (
        cv.Line(
            t("Meeting FC-2026-7 is to be convened", "يجب الدعوة إلى الاجتماع FC-2026-7"),
            MEETING,
            *where,
            act,
            due=moment(exclusive=True),
            left=t("3 working days left", "بقيت 3 أيام عمل"),
            rule=t("Rules of procedure, rule 4", "النظام الداخلي، المادة 4"),
            who=t("The secretary", "أمينة اللجنة"),
        ),
        cv.Line(t("An action is open", "إجراء مفتوح"), BODY, *where, t("Report", "تقديم تقرير")),
    )
    body = cv.BodyRow(
        _body(t),
        BODY,
        t("Advisory committee", "لجنة استشارية"),
        v.Mark("ok", t("constituted", "مشكَّلة")),
        t("2 of 3", "2 من 3"),
        moment(9),
    )
    return cv.HomePage("me", lines, 2, 1, 1, (body,))


def body(t: Said) -> cv.BodyPage:
    """A body with a vacant seat, two meetings, a decision and an action that may be taken on."""
    filled, vacant = v.Mark("ok", t("filled", "مشغول")), v.Mark("warn", t("vacant", "شاغر"))
    until = t("until 31 December 2027", "حتى 31 ديسمبر 2027")
    return cv.BodyPage(
        "finance",
        _body(t),
        v.Mark("ok", t("constituted", "مشكَّلة")),
        (v.Fact(t("Parent", "الهيئة الأم"), t("Executive Committee", "اللجنة التنفيذية")),),
        (t("Advises on the budget.", "تقدم المشورة بشأن الميزانية."),),
        t("Review due on 1 March 2027", "تُستعرض في 1 مارس 2027"),
        (v.Fact(t("Chair", "الرئيسة"), "Ingrid Haraldsdóttir"),),
        (
            cv.SeatRow("no", _chair(t), "Ingrid Haraldsdóttir", filled, until),
            cv.SeatRow("gh", _member(t), t("nobody", "لا أحد"), vacant),
        ),
        t("1 of 2 seats are filled", "مقعد واحد من مقعدين مشغول"),
        (
            cv.MeetingRow(
                "FC-2026-7",
                MEETING,
                t("Autumn session", "دورة الخريف"),
                moment(9),
                v.Mark("now", t("planned", "مخطط")),
                v.Mark("warn", t("draft", "مسودة")),
                MINUTES,
            ),
        ),
        (_decision_row(t),),
        (_action(t),),
        "/decisions?body=finance",
        f"{BODY}/actions",
        (v.Option("1", "Ingrid Haraldsdóttir"),),
        filled=v.Filled({}, {"text": t("Say what is to be done.", "اكتب المطلوب.")}),
    )


def _action(t: Said) -> cv.ActionRow:
    steps = (v.Option("finish", t("It is done", "أُنجز")), v.Option("drop", t("Drop", "إلغاء")))
    return cv.ActionRow(
        1,
        t("Report on the reserve", "تقرير عن الاحتياطي"),
        "Emeka Nwachukwu-Bright",
        v.Mark("warn", t("overdue", "متأخر")),
        t("until 20 November 2026", "حتى 20 نوفمبر 2026"),
        t("extended once", "مُدِّد مرة واحدة"),
        steps,
        "/actions/1",
    )


def _decision_row(t: Said) -> cv.DecisionRow:
    return cv.DecisionRow(
        "FC/2026/12",
        "/decisions/12",
        t("Budget for 2027", "ميزانية 2027"),
        _body(t),
        t("3 November 2026", "3 نوفمبر 2026"),
        v.Mark("ok", t("in force", "نافذ")),
    )


def register(t: Said, *, empty: bool = False) -> cv.RegisterPage:
    """The register with one decision, or before the first."""
    states = (v.Option("in_force", t("in force", "نافذ")),)
    bodies = (v.Option("finance", _body(t)),)
    rows = () if empty else (_decision_row(t),)
    older = "" if empty else "/decisions?before=12"
    return cv.RegisterPage(rows, states=states, bodies=bodies, older=older)


def decision(t: Said) -> cv.DecisionPage:
    """One decision with its working."""
    return cv.DecisionPage(
        "FC/2026/12",
        t("Budget for 2027", "ميزانية 2027"),
        v.Mark("ok", t("in force", "نافذ")),
        (t("The Committee recommends the budget.", "توصي اللجنة بالميزانية."),),
        (v.Fact(t("Taken", "اتُّخذ"), t("3 November 2026", "3 نوفمبر 2026")),),
        (t("For 7, against 2: a majority of 9 is 5.", "مع 7، ضد 2: أغلبية 9 هي 5."),),
        v.Fact(t("Body", "الهيئة"), _body(t), BODY),
        (v.Fact(t("Extract", "مستخرج"), "Français", "/documents/12-fr", "fr"),),
        "/consultations/12/certificate",
        "/decisions/12/record",
    )


def meeting(t: Said, *, session: bool = True) -> mv.MeetingPage:
    """A meeting in its session, as its secretary sees it; or before, with nothing on it yet."""
    items, motions = (_items(t), _motions(t)) if session else ((), ())
    open_now = v.Mark("now", t("in session", "منعقد"))
    planned = v.Mark("none", t("planned", "مخطط"))
    return mv.MeetingPage(
        title=t("Autumn session", "دورة الخريف"),
        reference="FC-2026-7",
        href=MEETING,
        body=v.Fact(t("Body", "الهيئة"), _body(t), BODY),
        mark=open_now if session else planned,
        at=moment(),
        facts=(v.Fact(t("Place", "المكان"), t("Lyon, room 2", "ليون، القاعة 2")),),
        acts=(
            v.Act(t("Adjourn", "رفع الجلسة"), f"{MEETING}/adjourn", post=True),
            v.Act(t("Close", "اختتام"), f"{MEETING}/close", True, (finding(t),)),
        ),
        items=items,
        budget=t("95 of 90 minutes are planned", "خُطط 95 من 90 دقيقة"),
        over_budget=session,
        roll=_roll(t),
        quorum=t("1 present, 2 needed", "حاضر واحد والمطلوب 2"),
        quorum_mark=v.Mark("bad", t("no quorum", "لا نصاب")),
        working=(t("More than half of 2 seats: 2.", "أكثر من نصف المقعدين: 2."),),
        motions=motions,
        speakers=(
            mv.SpeakerRow("1", "Emeka Nwachukwu-Bright", "10:05", speaks=True),
            mv.SpeakerRow("2", "Ingrid Haraldsdóttir", "10:07", speaks=False),
        )
        if session
        else (),
        current="1" if session else "",
        seats=(
            v.Option("", t("nobody", "لا أحد")),
            v.Option("no", _chair(t)),
            v.Option("gh", _member(t)),
        ),
        in_session=session,
        may_run=True,
        may_propose=True,
        may_order=True,
        vacant=(v.Option("gh", _member(t)),),
        offices=(v.Option("", t("none", "لا شيء")), v.Option("chair", t("Chair", "الرئيسة"))),
        kinds=(v.Option("motion", t("Motion", "اقتراح")),),
        minutes_href=MINUTES,
        screen_href=f"{MEETING}/screen",
        refused=(finding(t),) if session else (),
    )


def _items(t: Said) -> tuple[mv.ItemRow, ...]:
    category = t("for decision", "لاتخاذ قرار")
    steps = (v.Option("conclude", t("Conclude", "اختتام")), v.Option("defer", t("Defer", "تأجيل")))
    return (
        mv.ItemRow(
            id="1",
            number="1",
            title=t("Budget for 2027", "ميزانية 2027"),
            mark=v.Mark("now", t("under discussion", "قيد المناقشة")),
            category=category,
            minutes=60,
            closed=False,
            current=True,
            late=True,
            steps=steps,
            papers=(t("FC-2026-7/1: Draft budget", "FC-2026-7/1: مشروع الميزانية"),),
            may_sink=True,
        ),
        mv.ItemRow(
            id="2",
            number="2",
            title=t("Audit", "المراجعة"),
            mark=v.Mark("none", t("waiting", "في الانتظار")),
            category=category,
            minutes=35,
            closed=True,
            current=False,
            late=False,
            note=t("deferred once", "أُجّل مرة"),
            may_rise=True,
        ),
    )


def _roll(t: Said) -> tuple[mv.RollRow, ...]:
    here, absent = v.Mark("ok", t("present", "حاضر")), v.Mark("none", t("absent", "غائب"))
    left = (v.Option("left", t("Left", "غادر")),)
    came = (v.Option("present", t("Present", "حاضر")), v.Option("excused", t("Excused", "معذور")))
    return (
        mv.RollRow("no", _chair(t), "Ingrid Haraldsdóttir", here, "09:58–", left),
        mv.RollRow("gh", _member(t), "", absent, options=came),
    )


def _motions(t: Said) -> tuple[mv.MotionRow, ...]:
    """One to be put, one being counted, one by name, one to be declared."""
    kind = t("Motion", "اقتراح")
    text = t("That the budget be recommended.", "التوصية بالميزانية.")
    moved = t("Moved by the seat of Norway", "قدّمه مقعد النرويج")
    open_now = v.Mark("now", t("open", "مفتوح"))
    names = ("Emeka Nwachukwu-Bright", "Ingrid Haraldsdóttir")
    modes = (v.Option("hands", t("By show of hands", "برفع الأيدي")),)
    return (
        mv.MotionRow(
            1,
            "1",
            kind,
            text,
            moved,
            open_now,
            modes=modes,
            steps=(v.Option("withdraw", t("Withdraw", "سحب")),),
        ),
        mv.MotionRow(2, "1", kind, text, moved, open_now, counts=True),
        mv.MotionRow(3, "1", kind, text, moved, open_now, by_name=True),
        mv.MotionRow(5, "1", kind, text, moved, open_now, elects=True, modes=modes),
        mv.MotionRow(6, "1", kind, text, moved, open_now, elects=True, modes=modes),
        mv.MotionRow(7, "1", kind, text, moved, open_now, candidates=names, counts=True),
        mv.MotionRow(8, "1", kind, text, moved, open_now, candidates=names, by_name=True),
        mv.MotionRow(9, "1", kind, text, moved, open_now, objects=True),
        mv.MotionRow(
            4,
            "1",
            kind,
            text,
            moved,
            open_now,
            t("For 7, against 2, abstaining 1", "مع 7، ضد 2، امتناع 1"),
            t("Carried", "اعتُمد"),
            (t("A majority of 9 is 5.", "أغلبية 9 هي 5."),),
            declares=True,
        ),
    )


def screen(t: Said) -> mv.ScreenPage:
    """What the room sees after a vote."""
    return mv.ScreenPage(
        _body(t),
        "FC-2026-7",
        moment(),
        t("Budget for 2027", "ميزانية 2027"),
        "1",
        t("That the budget be recommended.", "التوصية بالميزانية."),
        t("Carried", "اعتُمد"),
        t("For 7, against 2, abstaining 1", "مع 7، ضد 2، امتناع 1"),
        "Emeka Nwachukwu-Bright",
        t("Quorum: 9 present, 7 needed", "النصاب: 9 حاضرون والمطلوب 7"),
        (t("Audit", "المراجعة"),),
    )


def _blocks(t: Said) -> tuple[cv.BlockView, ...]:
    here = v.Mark("ok", t("present", "حاضر"))
    roll = (
        {"name": "Ingrid Haraldsdóttir", "seat": _chair(t), "mark": here, "represented_by": ""},
    )
    votes = {"yes": 7, "no": 2, "abstain": 1}
    text = t("The Committee discussed the budget.", "ناقشت اللجنة الميزانية.")
    moved = t("That the budget be recommended.", "التوصية بالميزانية.")
    found = cv.FoundView(finding(t), "a" * 64, "decision_has_number", action=f"{MINUTES}/waive")
    waived = cv.FoundView(
        finding(t), "b" * 64, "votes_add_up", t("The chair abstained.", "امتنعت الرئيسة.")
    )
    runs = (("same", t("The ", "")), ("gone", t("Board", "المجلس")), ("new", t("Body", "الهيئة")))
    day = {"day": t("3 November 2026", "3 نوفمبر 2026"), "opened": moment(), "closed_": moment()}
    return (
        cv.BlockView("b1", "meeting", {**day, "place": t("Lyon", "ليون")}),
        cv.BlockView("b2", "roll", {"rows": roll}),
        cv.BlockView("b3", "quorum", {"present": 9, "needed": 7}),
        cv.BlockView(
            "b4",
            "item",
            {"number": "1", "title": t("Budget", "الميزانية"), "recused": [{"seat": _member(t)}]},
        ),
        cv.BlockView("b5", "paragraph", {"text": text}, findings=(found, waived)),
        cv.BlockView("b6", "statement", {"text": text}, changed=runs),
        cv.BlockView(
            "b7",
            "motion",
            {"number": 1, "motion_text": moved, "votes": votes, "mover": _chair(t), "seconder": ""},
        ),
        cv.BlockView("b8", "decision", {"number": "FC/2026/12", "decision_text": moved}),
        cv.BlockView(
            "b9",
            "action",
            {
                "what": t("Report", "تقرير"),
                "who": "Emeka Nwachukwu-Bright",
                "by": t("1 December 2026", "1 كانون الأول/ديسمبر 2026"),
            },
        ),
        cv.BlockView(
            "b10",
            "item",
            {"number": "2", "title": t("Audit", "المراجعة"), "recused": []},
            closed=True,
        ),
    )


def minutes(t: Said, *, empty: bool = False) -> cv.MinutesPage:
    """A draft with two findings, a correction and two versions; or before the first draft."""
    label, change = t("Version {n}", "النسخة {n}"), t("The votes", "الأصوات")
    correction = cv.CorrectionRow(
        1,
        _member(t),
        "b5",
        (("gone", t("discussed", "ناقشت")), ("new", t("considered", "نظرت في"))),
        t("So it was said.", "هكذا قيل."),
        v.Mark("none", t("open", "مفتوح")),
        action=f"{MINUTES}/settle",
    )
    return cv.MinutesPage(
        title=t("Minutes of FC-2026-7", "محضر FC-2026-7"),
        meeting=v.Fact(t("Meeting", "الاجتماع"), "FC-2026-7", MEETING),
        body=v.Fact(t("Body", "الهيئة"), _body(t), BODY),
        mark=v.Mark("warn", t("draft", "مسودة")),
        draft=True,
        blocks=() if empty else _blocks(t),
        version=0 if empty else 2,
        versions=()
        if empty
        else tuple(v.Option(n, label.replace("{n}", n), change) for n in ("2", "1")),
        standing=0 if empty else 1,
        href=MINUTES,
        acts=(v.Act(t("Assemble the draft", "إعداد المسودة"), f"{MINUTES}/draft", post=True),),
        corrections=() if empty else (correction,),
        facts=(v.Fact(t("Assembled", "أُعدّت"), t("4 November 2026", "4 نوفمبر 2026")),),
        corrigenda=() if empty else (v.Fact(t("1", "1"), change),),
        put_right=() if empty else (v.Option("b5", t("The votes", "الأصوات")),),
        edit_href="" if empty else f"{MINUTES}/edit",
        record_href=f"{MINUTES}/record",
    )


def minutes_form(t: Said) -> cv.MinutesForm:
    """The draft as it is written, after a refusal."""
    title = t("Minutes of FC-2026-7", "محضر FC-2026-7")
    faults = {"because": t("Say what changed.", "اكتب ما تغيّر.")}
    filled = v.Filled({"p:b5+1": t("A new paragraph.", "فقرة جديدة.")}, faults)
    return cv.MinutesForm(
        title, f"{MINUTES}/edit", MINUTES, 2, _blocks(t), filled, refused=(finding(t),)
    )
