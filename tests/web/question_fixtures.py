"""Views of the pages round a question and about people, with invented people."""

from __future__ import annotations

from dataclasses import replace

from governance.consultation.amending import Changed, Run
from governance.web import people_views as pv
from governance.web import question_views as q
from governance.web import views as v
from governance.web.certificates.views import CertificatePage, Conduct, Step
from governance.web.questions.counting import CountPage
from tests.web import fixtures as f
from tests.web.fixtures import Said


def full_brief(t: Said) -> q.DecisionBrief:
    """A brief with everything that may stand on it, read by a substitute."""
    return replace(
        f.brief(t),
        standing=t(
            "You answer for Ingrid Haraldsdóttir until 14 December, under: Staff Instruction 4.",
            "تجيبون نيابة عن Ingrid Haraldsdóttir حتى 14 ديسمبر 2026، بموجب: تعليمات الموظفين 4.",
        ),
        since=(
            t("Nadia Bellamine has answered", "أجاب Nadia Bellamine"),
            t("information that was asked for has come", "وصلت معلومات مطلوبة"),
        ),
        since_when=f.moment(-2),
        marked=(_changed(t),),
        others=f.voices(t)[:2],
        others_note=t("1 of 2 others have answered", "أجاب 1 من 2 الآخرين"),
        told=told(t),
        seconds=(
            v.Act(t("Ask for information", "طلب معلومات"), "/decide/token/ask"),
            v.Act(t("Delegate", "تفويض"), "/decide/token/delegate"),
            v.Act(t("Step back", "التنحي"), "/decide/token/recuse"),
        ),
        draft=q.Prepared(
            "Petra Vrbová",
            t("Appoint", "أعيّن"),
            t("All checks are closed; the budget line is confirmed.", "أُغلقت كل التحريات."),
            t("23 November 2026", "23 نوفمبر 2026"),
            "/decide/token?draft=1",
        ),
        calendar="/decide/token/deadline.ics",
    )


def _changed(t: Said) -> Changed:
    runs = (
        Run("same", t("The post is filled for ", "يُشغل المنصب لمدة ")),
        Run("gone", t("two", "سنتين")),
        Run("new", t("three", "ثلاث سنوات")),
        Run("same", t(" years.", ".")),
    )
    return Changed("2", "changed", runs)


def told(t: Said) -> tuple[q.Told, ...]:
    """One request that was answered, one that is awaited."""
    asked = t("Which budget line pays the post?", "أي بند من الميزانية يمول المنصب؟")
    return (
        q.Told(
            t("Legal Adviser asks Nadia Bellamine", "المستشار القانوني يسأل Nadia Bellamine"),
            asked,
            t("Line 4.2, confirmed on 3 November.", "البند 4.2، أُكد في 3 نوفمبر."),
            v.Mark("ok", t("answered", "أُجيب")),
            t("asked on 20 November", "سُئل في 20 نوفمبر"),
        ),
        q.Told("Emeka Nwachukwu-Bright", asked, "", v.Mark("none", t("awaited", "قيد الانتظار"))),
    )


def scores(t: Said) -> q.DecisionBrief:
    """Scores of a panel: a field for each criterion, unseen by others."""
    fields = (
        v.Option("score:41:leadership", t("Leadership", "القيادة")),
        v.Option("score:41:knowledge", t("Knowledge of the region", "معرفة المنطقة")),
    )
    positions = (v.Position("scored", t("Hand in my scores", "تسليم درجاتي"), primary=True),)
    return replace(
        f.brief(t),
        choose="none",
        positions=positions,
        balance=None,
        sheet=q.Sheet(
            t("From 0 to 5.", "من 0 إلى 5."), (q.Line("Amina Diallo", fields),), "5", "0"
        ),
        secrecy=t("Nobody sees an answer before the close.", "لا يرى أحد أي إجابة قبل الإغلاق."),
        others_note=t("Others who are asked: 2", "عدد المسؤولين الآخرين: 2"),
    )


def text(t: Said) -> q.DecisionBrief:
    """A text to which changes may be proposed."""
    return replace(
        f.brief(t),
        choose="none",
        choices=(),
        balance=None,
        glance=(),
        passages=(
            q.Passage("1", t("The committee met in Lyon.", "اجتمعت اللجنة في ليون.")),
            q.Passage("2", t("It adopted its agenda.", "واعتمدت جدول أعمالها.")),
        ),
    )


def undone(t: Said) -> q.Decided:
    """A receipt whose answer may still be taken back."""
    left = t("You can take it back for another 10 min.", "يمكنكم استردادها خلال 10 د أخرى.")
    undo = q.TakeBack(f.moment(hours=0.2), left, "/decide/token/take-back")
    return replace(f.decided(t), undo=undo)


def handing(t: Said, kind: str, *, blocked: bool = False, mine: bool = True) -> q.Handing:
    """One of the quiet acts."""
    return q.Handing(
        kind,
        f"/decide/token/{kind}",
        "/decide/token",
        t("Whom do you appoint?", "من تعيّنون؟"),
        t("Delegate this question", "التفويض في هذا السؤال"),
        (t("The person gets a link of their own.", "يتلقى الشخص رابطا خاصا به."),),
        t("Do it", "تنفيذ"),
        (
            v.Option("family", t("Family of somebody", "قرابة بأحد المعنيين")),
            v.Option("other", t("Another reason", "سبب آخر")),
        ),
        t("Delegated to Emeka Nwachukwu-Bright", "مفوَّض إلى Emeka Nwachukwu-Bright")
        if blocked
        else "",
        v.Filled({"to": "x"}, {"to": t("Give an address.", "اذكروا عنوانا.")})
        if kind == "delegate" and not blocked
        else v.EMPTY,
        may_take_back=blocked and mine,
    )


def informing(t: Said) -> q.Informing:
    """Somebody from outside is asked."""
    return q.Informing(
        "/decide/token",
        "INT-2026-0012",
        t("You are asked for information", "مطلوب منكم معلومات"),
        "Fionnuala Brannigan",
        (q.Told("", told(t)[0].asked, "", v.Mark("none", t("awaited", "منتظر")), "0123"),),
    )


def preparing(t: Said) -> q.Preparing:
    """An assistant drafts."""
    return q.Preparing(
        "/prepare/0123",
        t("Whom do you appoint?", "من تعيّنون؟"),
        "INT-2026-0012",
        t("Secretary General", "الأمين العام"),
        f.clock(t),
        (v.Option("appoint", t("Appoint", "أعيّن")), v.Option("none", t("Nobody", "لا أحد"))),
        (v.Option("41", "Amina Diallo"), v.Option("42", "Kwabena Osei")),
        "one",
        f.voices(t),
        ("41",),
        t("The draft is kept.", "حُفظت المسودة."),
        v.Filled({"position": "appoint", "note": t("All is checked.", "تم التحقق.")}, {}),
    )


def waiting(t: Said) -> q.WaitingPage:
    """A question for somebody else, and one to prepare."""
    card = f.waiting_card(t)
    acting = t("You answer for Ingrid Haraldsdóttir", "تجيبون نيابة عن Ingrid Haraldsdóttir")
    return q.WaitingPage((replace(card, acting=acting),), prepare=(card,))


def door(t: Said) -> v.LinkDoor:
    """A sign-in that is too old, with what had been typed."""
    return v.LinkDoor("/confirm/decide/x", "s***l@organisation.example", carried={"reason": "Why"})


def absence(t: Said, *, empty: bool = False) -> pv.AbsencePage:
    """Two absences and the form."""
    row = pv.AbsenceRow(
        "1",
        t("1 December 2026", "1 ديسمبر 2026"),
        t("14 December 2026", "14 ديسمبر 2026"),
        "Emeka Nwachukwu-Bright",
        t("Staff Instruction 4", "تعليمات الموظفين 4"),
        running=True,
    )
    return pv.AbsencePage(
        () if empty else (row, replace(row, key="2", running=False, under="")),
        (
            v.Option("legal_adviser", t("Legal Adviser", "المستشار القانوني")),
            v.Option("secretary_general", t("Secretary General", "الأمين العام")),
        ),
        (v.Option("emeka@organisation.example", "Emeka Nwachukwu-Bright"),),
        "Europe/Paris",
        v.Filled({"until": "2026-11-01"}, {"until": t("It is over.", "انتهى.")})
        if empty
        else v.EMPTY,
        done="" if empty else t("The absence is planned.", "سُجل الغياب."),
    )


def preferences(t: Said) -> pv.PreferencePage:
    """Every channel, a daily mail, quiet hours."""
    return pv.PreferencePage(
        (v.Option("en", "English"), v.Option("ar", "العربية")),
        ("Africa/Abidjan", "Europe/Paris"),
        (
            pv.Channel(
                "slack", "Slack", t("Your member id.", "معرف عضويتكم."), wanted=True, kept=True
            ),
        ),
        "https://mandate.example/calendar/0123/" + "5e" * 32 + ".ics",
        "Europe/Paris",
        "BLc4xRzKlKORKWlbdgFaBrrPK3ydWAHo4M0gs0i1oEKgPpWC5cW8OCzVrOQRv-1npXRWk8udnW3oYhIO4475rds",
        True,
        v.Filled({"language": "en", "digest": "1", "digest_at": "08:00"}, {}),
        t("Your preferences are kept.", "حُفظت تفضيلاتكم."),
    )


def undelivered(t: Said, *, empty: bool = False) -> pv.UndeliveredPage:
    """One message that came back, one question that nobody can answer."""
    row = pv.Undelivered(
        "1",
        "Awa Example",
        "awa@example.org",
        t("A question", "سؤال"),
        "5.1.1",
        f.moment(-1),
    )
    alarm = v.Fact("INT-2026-0012", t("Whom do you appoint?", "من تعيّنون؟"))
    return pv.UndeliveredPage(() if empty else (row,), () if empty else (alarm,))


def leaving(t: Said) -> pv.LeavingPage:
    """Somebody with an office and a question."""
    return pv.LeavingPage(
        "Ingrid Haraldsdóttir",
        "ingrid@organisation.example",
        (
            v.Fact(t("Office", "المنصب"), t("Secretary General", "الأمين العام")),
            v.Fact(t("Open question", "سؤال مطروح"), "INT-2026-0012"),
        ),
        (v.Option("emeka@organisation.example", "Emeka Nwachukwu-Bright"),),
    )


def people(t: Said) -> pv.PeoplePage:
    """One's own affairs and the offices."""
    return pv.PeoplePage(
        (v.Fact(t("My absences", "غياباتي"), t("who acts for me", "من ينوب عني"), "/people/me"),),
        (
            v.Fact(
                t("Legal Adviser", "المستشار القانوني"),
                "Fionnuala Brannigan",
                "/people/leaving/f",
                t("deputy: Director of Human Resources", "النائب: مدير الموارد البشرية"),
            ),
        ),
        staff=True,
    )


def count(t: Said) -> CountPage:
    """A ballot that a teller counts, sent with a word where a number belongs."""
    return CountPage(
        "/waiting/1/count",
        t("Who chairs the committee?", "من يرأس اللجنة؟"),
        t("Finance Committee", "لجنة المالية"),
        (v.Fact(t("You count as", "تحصون بصفتكم"), t("teller", "مُحصي أصوات")),),
        (v.Option("position-blank", t("Blank papers", "الأوراق البيضاء")),),
        (v.Option("name-1", "Kwabena Osei"), v.Option("name-2", "Amina Diallo")),
        v.Mark("now", t("nobody has counted yet", "لم يُحصِ أحد بعد")),
        v.Filled({"name-1": "x"}, {"name-1": t("Enter a number.", "أدخل عددًا.")}),
    )


def certificate(t: Said) -> CertificatePage:
    """The certificate of a closed question."""
    yes = v.Mark("ok", t("for", "مع"))
    return CertificatePage(
        t("Is the budget recommended?", "هل يوصى بالميزانية؟"),
        v.Fact("", "INT-2026-0012", "/appointments/12"),
        v.Mark("ok", t("carried", "اعتُمد")),
        (v.Fact(t("Asked", "طُرح"), t("3 November 2026", "3 نوفمبر 2026")),),
        (t("more than half of those present", "أكثر من نصف الحاضرين"),),
        (
            v.Voice("Ingrid Haraldsdóttir", yes, "It is sound.", t("3 November", "3 نوفمبر")),
            v.Voice("Emeka Nwachukwu-Bright", v.Mark("none", t("no answer", "لم يُجب"))),
        ),
        (t("7 for, 2 against: 5 are needed", "7 مع و2 ضد: المطلوب 5"),),
        t("closed by its deadline", "أُغلق بحلول موعده"),
        (v.Fact("", "Français", "/consultations/1/certificate-fr", "fr"),),
        (
            Step(f.moment(-3), t("the question was put", "طُرح السؤال")),
            Step(
                f.moment(-2),
                t("the clock was stopped", "أُوقفت المهلة"),
                (t("information is awaited from Awa Example", "تُنتظر معلومات من Awa Example"),),
            ),
        ),
        (v.Fact("Awa Example", t("silence counts for nothing", "الصمت لا يُعتد به")),),
        Conduct(
            "/consultations/1/conduct",
            frozenset({"extend", "pause", "resume", "close", "lot", "next", "withdraw"}),
            (v.Option("1", "Awa Example"),),
        ),
    )
