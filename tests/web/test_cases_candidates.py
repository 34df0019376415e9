"""The HR officer and the candidates: a file read first, eligibility, checks, referees."""

from __future__ import annotations

import re

import pytest

from governance.access.actor import Level
from governance.acts import perform
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.web.cases import fill_work
from tests.acts.world import HEADER, row
from tests.web.conftest import SiteAt
from tests.web.guest import hidden_on
from tests.web.officer import CSV, case_path, upload, words

# --- candidates from a file ----------------------------------------------------------------


def test_a_file_is_shown_line_by_line_before_anybody_is_taken_in(site_at: SiteAt) -> None:
    """The dry run writes nothing; the second button takes all in."""
    site = site_at("applications")
    hr, path = site.somebody("hr"), f"{case_path(site)}/import"
    page = upload(hr, path, CSV)
    assert "5 candidates were read, and nothing is wrong" in words(page)
    assert "Given Aalto" in words(page)
    assert "Finland" in words(page)
    assert site.world.candidacies() == {}
    carried = hidden_on(page, "file_text")
    done = hr.send(path, page=page, step="take", file_text=carried)
    assert done.status_code == 303
    assert len(site.world.candidacies()) == 5
    assert "Given Aalto" in words(hr.get(case_path(site)).text)


def test_a_faulty_file_is_refused_by_line_and_column(site_at: SiteAt) -> None:
    """Every fault at once, each under its line."""
    site = site_at("applications")
    hr, path = site.somebody("hr"), f"{case_path(site)}/import"
    bad = "\n".join([HEADER, row("Good", "FIN"), row("Bad", "XXQ", email="no-address")]).encode()
    page = words(upload(hr, path, bad))
    assert "Nothing was imported" in page
    assert "1 line cannot be taken" in page
    assert "nationality" in page
    assert "email" in page
    assert site.world.candidacies() == {}


def test_a_file_that_is_no_file_is_refused(site_at: SiteAt) -> None:
    """Nothing chosen, a spreadsheet, or a page that came back broken: each in words."""
    site = site_at("applications")
    hr, path = site.somebody("hr"), f"{case_path(site)}/import"
    assert "No file was chosen" in words(upload(hr, path, b""))
    assert "no spreadsheet (.xlsx) that can be read" in words(upload(hr, path, b"PK\x03\x04rest"))
    assert "larger than one megabyte" in words(upload(hr, path, b"x" * (1024 * 1024 + 1)))
    broken = hr.send(path, step="take", file_text="%%%")
    assert broken.status_code == 422
    assert "did not come back whole" in words(broken.text)


def test_who_is_a_candidate_already_is_found_in_the_dry_run(site_at: SiteAt) -> None:
    """The rules of the case are asked before anything is taken in."""
    site = site_at("applications")
    hr, path = site.somebody("hr"), f"{case_path(site)}/import"
    page = upload(hr, path, CSV)
    hr.send(path, page=page, step="take", file_text=hidden_on(page, "file_text"))
    again = words(upload(hr, path, CSV))
    assert "is a candidate in this case already" in again


def test_the_sample_belongs_to_the_demonstration(site_at: SiteAt) -> None:
    """Without demonstration there is no sample."""
    site = site_at("applications")
    assert site.somebody("hr").get("/demonstration/candidates.csv").status_code == 404


# --- eligibility, checks, referees ---------------------------------------------------------


def test_eligibility_shows_who_is_excluded_and_why(site_at: SiteAt) -> None:
    """The findings stand beside the names, with their articles, before the button."""
    site = site_at("eligibility")
    hr = site.somebody("hr")
    told = words(hr.get(case_path(site)).text)
    assert "Confirming admits 4 and excludes 1" in told
    assert "9 years, 15 are needed" in told
    done = hr.send(f"{case_path(site)}/eligibility", case_path(site), reason="as found")
    assert done.status_code == 303
    assert site.world.states()["Early"] == "ineligible"
    site.world.go_on()
    assert "Checks are under way" in words(hr.get(case_path(site)).text)


def test_checks_are_recorded_in_bulk(site_at: SiteAt) -> None:
    """A tick at a name takes all open checks of that candidate; single ticks take one."""
    site = site_at("vetting")
    hr, path = site.somebody("hr"), case_path(site)
    aalto, dube = site.world.candidacy("Aalto").id, site.world.candidacy("Dube").id
    done = hr.send(
        f"{path}/checks",
        path,
        all=aalto,
        check=f"{dube}:identity",
        result="satisfactory",
        source="passport and registers",
        note="seen in original",
    )
    assert done.status_code == 303
    assert site.world.states()["Aalto"] == "cleared"
    told = words(hr.get(path).text)
    assert "7 of 7 closed" in told
    assert "1 of 7 closed" in told
    one = words(hr.get(f"{path}/candidates/{dube}").text)
    assert "seen in original" in one
    assert "passport and registers" in one


def test_a_record_without_result_is_refused_and_keeps_what_was_typed(site_at: SiteAt) -> None:
    """The page comes back with the reason, and with the source that was typed."""
    site = site_at("vetting")
    hr, path = site.somebody("hr"), case_path(site)
    one, all_of = site.world.candidacy("Dube").id, site.world.candidacy("Aalto").id
    typed = {"source": "the registry", "check": f"{one}:identity", "all": all_of}
    answer = hr.send(f"{path}/checks", path, **typed)
    assert answer.status_code == 422
    for value in (f"{one}:identity", all_of):
        assert f'value="{value}" checked' in answer.text
    assert 'value="the registry"' in answer.text
    assert "nothing was changed" in words(answer.text)


def test_everybody_can_be_ticked_without_a_script(site_at: SiteAt) -> None:
    """A link ticks every name."""
    site = site_at("vetting")
    page = site.somebody("hr").get(f"{case_path(site)}?select=all").text
    assert len(re.findall(r'name="all" value="\w+" checked', page)) == 4


def test_one_tick_records_the_open_checks_of_everybody(site_at: SiteAt) -> None:
    """Of three hundred candidates too, although the page shows fifty at a time."""
    site = site_at("vetting")
    hr, path = site.somebody("hr"), case_path(site)
    told = {"all": "*", "result": "satisfactory", "source": "papers on file"}
    assert hr.send(f"{path}/checks", path, **told).status_code == 303
    assert {site.world.states()[name] for name in ("Aalto", "Boonmee", "Dube")} == {"cleared"}


def test_a_long_list_is_shown_in_parts_and_by_name(
    site_at: SiteAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eligibility shows who is not admitted, and folds the rest; checks come page by page."""
    monkeypatch.setattr(fill_work, "SHOWN", 2)
    site = site_at("eligibility")
    hr, path = site.somebody("hr"), case_path(site)
    page = hr.get(path).text
    assert page.index("to be excluded") < page.index("To be admitted: 4") < page.index("Aalto")
    hr.send(f"{path}/eligibility", path)
    site.world.go_on()
    names = re.compile(r'name="all" value="\w{32}"')
    first = hr.get(path).text
    assert len(names.findall(first)) == 2
    assert "everybody who is being vetted (4)" in words(first)
    second = hr.get(f"{path}?find=&first=2").text
    assert len(names.findall(second)) == 2
    assert set(names.findall(first)).isdisjoint(names.findall(second))
    assert len(names.findall(hr.get(f"{path}?find=aalto").text)) == 1


def test_a_check_is_recorded_from_the_candidate_and_leads_back_there(site_at: SiteAt) -> None:
    """The same act from the other page."""
    site = site_at("vetting")
    hr, candidacy = site.somebody("hr"), site.world.candidacy("Aalto").id
    path = f"{case_path(site)}/candidates/{candidacy}"
    done = hr.send(
        f"{case_path(site)}/checks",
        path,
        candidacy=candidacy,
        check=f"{candidacy}:identity",
        result="adverse",
        source="passport",
    )
    assert done.headers["location"].startswith(path)
    assert "adverse, 1 of 7 closed" in words(hr.get(case_path(site)).text)


def test_a_referee_is_asked_and_the_answer_can_be_read(site_at: SiteAt) -> None:
    """The form asks once; the sealed text is opened for HR."""
    site = site_at("vetting")
    hr, candidacy = site.somebody("hr"), site.world.candidacy("Aalto").id
    path = f"{case_path(site)}/candidates/{candidacy}"
    wrong = hr.send(f"{case_path(site)}/referee", path, candidacy=candidacy, name="Ida Berg")
    assert wrong.status_code == 422
    assert 'value="Ida Berg"' in wrong.text
    asked = {"candidacy": candidacy, "name": "Ida Berg", "email": "ida@university.example"}
    done = hr.send(f"{case_path(site)}/referee", path, **asked)
    assert done.status_code == 303
    page = words(hr.get(path).text)
    assert "Ida Berg" in page
    assert "Every reference of this candidate has been asked for" in page
    site.world.go_on()
    question = site.world.open_question()
    invitation = site.world.invitations(question.id)[0]
    referee = site.world.as_(invitation.person_id, Level.LINK, invitation.id)
    given = GivenAnswer("recommend", (), "Thirty years of trust.", question.content_version)
    perform(site.world.house, referee, ANSWER, question.id, given)
    assert "Thirty years of trust." in words(hr.get(path).text)


def test_a_candidate_of_another_case_is_not_there(site_at: SiteAt) -> None:
    """An identifier that does not belong to the case opens nothing."""
    site = site_at("vetting")
    assert site.somebody("hr").get(f"{case_path(site)}/candidates/none").status_code == 404
