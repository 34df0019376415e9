"""The forecast through its doors: the page, the API, the command line."""

from __future__ import annotations

from tests.web.conftest import SiteAt


def test_hr_sees_each_stage_of_a_case_with_the_benchmark(site_at: SiteAt) -> None:
    """Three dates for each stage, why, and the 120 days of the Joint Inspection Unit."""
    site = site_at("eligibility")
    case = site.world.the_case()
    page = site.somebody("hr").get(f"/appointments/{case.reference}/forecast").text
    assert "Eligibility" in page
    assert "passed" in page
    assert "JIU/REP/2012/4" in page


def test_a_post_is_forecast_before_launch_and_a_recess_is_told(site_at: SiteAt) -> None:
    """What a recess does to the end is said in a sentence."""
    hr = site_at("nothing").somebody("hr")
    asked = "/appointments/forecast?start=2027-01-11&from=2027-03-22&to=2027-04-02"
    page = hr.get(asked).text
    assert "The recess moves the end by +" in page


def test_half_a_recess_is_refused_at_its_field(site_at: SiteAt) -> None:
    """What was typed stays, and the fault stands at the field."""
    answer = site_at("nothing").somebody("hr").get("/appointments/forecast?from=2027-03-22")
    assert answer.status_code == 422
    assert "a first and a last day" in answer.text
    assert "2027-03-22" in answer.text


def test_who_is_not_hr_sees_no_forecast_of_cases(site_at: SiteAt) -> None:
    """The page is for HR and audit."""
    assert site_at("nothing").somebody("nobody").get("/appointments/forecast").status_code == 403
