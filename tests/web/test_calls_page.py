"""An officer's page of a case's calls: longer with a reason, notes verbales, who looks alike."""

from __future__ import annotations

from governance.appointments.candidates import IMPORT
from governance.appointments.models import Call, SamePerson
from tests.acts.world import candidates_file, row
from tests.web.conftest import SiteAt
from tests.web.officer import case_path, words


def test_an_officer_extends_a_call_and_tells_two_candidates_apart(site_at: SiteAt) -> None:
    """A call is never made shorter; two who look alike are shown side by side, and both stay."""
    site = site_at("applications")
    twins = (row("Khaled", "MAR"), row("Haled", "MAR", email="other@candidates.example"))
    site.world.do("hr", IMPORT, candidates_file(*twins))
    officer, page = site.somebody("hr"), f"{case_path(site)}/calls"
    shown = words(officer.get(page).text)
    assert "Call 1" in shown
    assert "the names sound alike" in shown
    assert "not decided yet" in shown

    earlier = officer.send(f"{page}/extend", page, last_day="2026-11-24", reason="Too few")
    assert "it is never made shorter" in words(earlier.text)
    wrong = officer.send(f"{page}/extend", page, last_day="soon", reason="Too few")
    assert wrong.status_code == 422
    longer = officer.send(f"{page}/extend", page, last_day="2027-03-31", reason="Too few came")
    assert longer.status_code == 303
    assert "Too few came" in words(officer.get(page).text)
    (call,) = site.world.rows(Call)
    assert len(call.changes) == 1

    one, other = sorted(each.id for each in site.world.candidacies().values())
    said = {"one": one, "other": other, "said": "two", "why": "Brothers; both passports seen."}
    assert officer.send(f"{page}/same", page, **said).status_code == 303
    assert [each.is_same for each in site.world.rows(SamePerson)] == [False]
    assert len(site.world.candidacies()) == 2


def test_a_call_is_cancelled_with_its_reason_and_strangers_see_nothing(site_at: SiteAt) -> None:
    """Whoever was not asked and is not HR or audit finds no such page."""
    site = site_at("applications")
    officer, page = site.somebody("hr"), f"{case_path(site)}/calls"
    assert site.somebody("nobody").get(page).status_code == 404
    assert officer.send(f"{page}/cancel", page, reason="The post is not funded.").status_code == 303
    assert [each.state for each in site.world.rows(Call)] == ["cancelled"]
    assert site.world.the_case().state == "withdrawn"
