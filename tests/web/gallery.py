"""Every page of the product by name: its template, and what builds its view."""

from __future__ import annotations

from collections.abc import Callable

from governance.web import finding
from governance.web import question_views as q
from governance.web import views as v
from tests.web import case_fixtures as c
from tests.web import changing_fixtures as chf
from tests.web import committee_fixtures as cf
from tests.web import competition_fixtures as comp
from tests.web import fixtures as f
from tests.web import paper_fixtures as ppf
from tests.web import question_fixtures as qf
from tests.web import register_fixtures as r
from tests.web import service_fixtures as sf
from tests.web import sheet_fixtures as sh
from tests.web import work_fixtures as works
from tests.web.fixtures import Said

View = Callable[[Said], object]
PAGES: dict[str, tuple[str, View]] = {
    "sign_in": (
        "sign_in",
        lambda t: v.SignIn(
            people=(v.Fact(t("HR officer", "موظف الموارد البشرية"), "Jonas Lind", "/s/1"),),
            filled=v.Filled({"email": "x"}, {"email": t("Enter an address.", "أدخل عنوانًا.")}),
        ),
    ),
    "sign_in_code": (
        "sign_in_code",
        lambda _: v.SignInCode("jonas.lind@organisation.example", "challenge"),
    ),
    "sign_in_link": (
        "sign_in_link",
        lambda t: v.SignInLink("Jonas Lind", "/s/1", t("HR officer", "موظف الموارد البشرية")),
    ),
    "waiting": (
        "waiting",
        lambda t: q.WaitingPage((f.waiting_card(t), f.waiting_card(t, "INT-2026-0011"))),
    ),
    "search": (
        "search",
        lambda t: finding.SearchPage(
            "budget",
            hits=(
                finding.Hit(
                    t("Decisions", "القرارات"),
                    "2026/07",
                    t("Budget of 2027", "ميزانية 2027"),
                    t("3 December 2026", "3 ديسمبر 2026"),
                    "/decisions/1",
                ),
            ),
            groups=(finding.Group(t("Decisions", "القرارات"), 1, "/search?q=budget", True),),
            counted=t("1 found", "نتيجة واحدة"),
            older="/search?q=budget&older_than=1",
        ),
    ),
    "search_empty": ("search", lambda _: finding.SearchPage("xyz")),
    "waiting_empty": ("waiting", lambda _: q.WaitingPage(())),
    "decide": ("decide", f.brief),
    "decide_faults": ("decide", f.brief_with_faults),
    "link_door": (
        "link_door",
        lambda _: v.LinkDoor("/confirm/token", "s***l@organisation.example", other="Jonas Lind"),
    ),
    "link_door_code": (
        "link_door",
        lambda _: v.LinkDoor("/confirm/token", "s***l@organisation.example", "challenge"),
    ),
    "decide_full": ("decide", qf.full_brief),
    "decide_scores": ("decide", qf.scores),
    "decide_text": ("decide", qf.text),
    "decided_undo": ("decided", qf.undone),
    "waiting_acting": ("waiting", qf.waiting),
    "link_door_carried": ("link_door", qf.door),
    "delegate": ("handing", lambda t: qf.handing(t, "delegate")),
    "delegated": ("handing", lambda t: qf.handing(t, "delegate", blocked=True)),
    "ask": ("handing", lambda t: qf.handing(t, "ask")),
    "recuse": ("handing", lambda t: qf.handing(t, "recuse")),
    "informing": ("informing", qf.informing),
    "preparing": ("preparing", qf.preparing),
    "people": ("people", qf.people),
    "absence": ("absence", qf.absence),
    "absence_faulty": ("absence", lambda t: qf.absence(t, empty=True)),
    "preferences": ("preferences", qf.preferences),
    "undelivered": ("undelivered", qf.undelivered),
    "undelivered_empty": ("undelivered", lambda t: qf.undelivered(t, empty=True)),
    "leaving": ("leaving", qf.leaving),
    "decided": ("decided", f.decided),
    "calm": ("calm", f.calm),
    "appointments": ("appointments", c.cases),
    "appointments_empty": ("appointments", lambda t: c.cases(t, empty=True)),
    "appointment_new": ("appointment_new", c.launch_form),
    "appointment_check": ("appointment_check", c.launch_check),
    "appointment": ("appointment", c.case_page),
    "appointment_sifting": ("appointment", c.sifting),
    "appointment_justifying": ("appointment", c.justifying),
    "appointment_inducting": ("appointment", c.inducting),
    "withdraw": ("withdraw", works.withdraw),
    "appointment_empty": ("appointment", lambda t: c.case_page(t, empty=True)),
    "import": ("candidates_import", lambda t: c.import_page(t, faulty=False)),
    "import_faulty": ("candidates_import", lambda t: c.import_page(t, faulty=True)),
    "candidate": ("candidate", c.candidate),
    "letter": ("letter", c.letter),
    "record": ("record", c.record),
    "mailbox": ("mailbox", c.mailbox),
    "mail": ("mail", c.mail),
    "error": ("error", f.error),
    "acceptance": ("acceptance", c.acceptance),
    "committees": ("committees", cf.home),
    "committees_empty": ("committees", lambda t: cf.home(t, empty=True)),
    "committee": ("committee", cf.body),
    "committee_sheet": ("committee_sheet", sh.seats),
    "committee_sheet_empty": ("committee_sheet", lambda t: sh.seats(t, empty=True)),
    "committee_year": ("committee_year", sh.year),
    "committee_year_empty": ("committee_year", lambda t: sh.year(t, empty=True)),
    "decisions": ("decisions", cf.register),
    "decisions_empty": ("decisions", lambda t: cf.register(t, empty=True)),
    "decision": ("decision", cf.decision),
    "meeting": ("meeting", cf.meeting),
    "meeting_planned": ("meeting", lambda t: cf.meeting(t, session=False)),
    "meeting_screen": ("meeting_screen", cf.screen),
    "minutes": ("minutes", cf.minutes),
    "minutes_empty": ("minutes", lambda t: cf.minutes(t, empty=True)),
    "minutes_edit": ("minutes_edit", cf.minutes_form),
    "forecast": ("forecast", comp.forecast),
    "board": ("board", comp.board),
    "board_all": ("board", lambda t: comp.board(t, one_case=False)),
    "board_many": ("board_many", comp.many),
    "calls_of_case": ("appointment_calls", comp.calls_of_case),
    "calls_of_case_empty": ("appointment_calls", lambda t: comp.calls_of_case(t, empty=True)),
    "count": ("count", qf.count),
    "certificate": ("certificate", qf.certificate),
    "changing": ("certificate", chf.changing),
    "changing_faulty": ("certificate", lambda t: chf.changing(t, faulty=True)),
    "changing_proposed": ("certificate", chf.proposed),
    "changing_waits": ("certificate", lambda t: chf.proposed(t, mine=True)),
    "panel": ("panel", comp.panel),
    "panel_begun": ("panel", lambda t: comp.panel(t, ranked=False)),
    "score": ("score", comp.score),
    "quality": ("quality", comp.quality),
    "own": ("own", comp.own),
    "calls": ("calls", comp.calls),
    "calls_empty": ("calls", lambda t: comp.calls(t, empty=True)),
    "call": ("call", comp.call),
    "apply_privacy": ("application", lambda t: comp.application(t, "privacy")),
    "apply_person": ("application", lambda t: comp.application(t, "person")),
    "apply_files": ("application", lambda t: comp.application(t, "files")),
    "apply_send": ("application", lambda t: comp.application(t, "send")),
    "representation": ("representation", r.representation),
    "representation_body": ("representation_body", r.body),
    "representation_review": ("representation_review", r.review),
    "representation_settings": ("representation_body", sh.rules),
    "representation_ranges": ("representation_ranges", sh.ranges),
    "representation_ranges_empty": (
        "representation_ranges",
        lambda t: sh.ranges(t, empty=True),
    ),
    "representation_calendar": ("representation_calendar", sh.calendar),
    "representation_calendar_empty": (
        "representation_calendar",
        lambda t: sh.calendar(t, empty=True),
    ),
    "schemes": ("schemes", sh.all_schemes),
    "scheme": ("scheme", sh.scheme),
    "scheme_tried": ("scheme", lambda t: sh.scheme(t, tried=True)),
    "documents": ("documents", ppf.papers),
    "documents_empty": ("documents", lambda t: ppf.papers(t, empty=True)),
    "documents_put": ("documents", lambda t: ppf.papers(t, puts=True)),
    "document": ("document", ppf.paper),
    "document_drafted": ("document", lambda t: ppf.paper(t, draft=True)),
    "document_choose": ("document_choose", ppf.choose),
    "document_form": ("document_draft", ppf.form),
    "document_returned": ("document_returned", ppf.returned),
    "document_same": ("document_returned", lambda t: ppf.returned(t, same=True)),
    "bundles": ("bundles", ppf.bundles),
    "bundles_empty": ("bundles", lambda t: ppf.bundles(t, empty=True)),
    "bundle": ("bundle", ppf.bundle),
    "documents_many": ("documents_many", ppf.many),
    "verify": ("verify", lambda _: ppf.g.VerifyPage()),
    "verify_ours": ("verify", ppf.verdict),
    "services": ("services", sf.services),
    "services_empty": ("services", lambda t: sf.services(t, empty=True)),
    "service": ("service", sf.service),
    "offers": ("offers", sf.offers),
    "roster": ("roster", sf.roster),
    "acting": ("acting", sf.acting),
    "bureaus": ("bureaus", sf.bureaus),
    "nomination": ("nomination", sf.nomination),
}
