"""The HR officer: launches, sees where a case stands, ends it, reads its record and letters."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest

from governance.clock import SharedClock
from governance.web.application import application
from tests.web.conftest import SiteAt
from tests.web.guest import hidden_on
from tests.web.officer import case_path, words

# --- list and launch -----------------------------------------------------------------------


def test_the_list_teaches_before_the_first_case(site_at: SiteAt) -> None:
    """What will be here, and who starts it."""
    hr = site_at("nothing").somebody("hr")
    page = words(hr.get("/appointments").text)
    assert "No appointment yet" in page
    assert "Launch an appointment" in page


def test_a_launch_is_checked_before_it_happens(site_at: SiteAt) -> None:
    """Every answer once more, the course, the rules; nothing is written before the button."""
    site = site_at("nothing")
    hr = site.somebody("hr")
    before = len(site.world.entries())
    sent = {
        "post": "regional-director-abidjan",
        "wanted_on": "2027-09-01",
        "confirmed_job_description": "yes",
        "note_job_description": "JD 7, version 2",
    }
    page = hr.send("/appointments/check", "/appointments/new", **sent)
    assert page.status_code == 200
    told = words(page.text)
    assert "Director of the Regional Bureau in Abidjan" in told
    assert "1 September 2027" in told
    assert "JD 7, version 2" in told
    assert "not confirmed yet" in told
    assert "42 days" in told
    assert "no other case fills this post" in told.lower()
    assert len(site.world.entries()) == before
    names = ("post", "wanted_on", "confirmed_job_description", "note_job_description")
    carried = {name: hidden_on(page.text, name) for name in names}
    assert carried == sent
    done = hr.send("/appointments", page=page.text, **carried)
    assert done.status_code == 303
    there = hr.get(done.headers["location"])
    assert "The appointment is launched." in words(there.text)
    assert "JD 7, version 2" in words(there.text)


def test_a_change_keeps_what_was_answered(site_at: SiteAt) -> None:
    """The link to change an answer leads back to the form with every answer in it."""
    hr = site_at("nothing").somebody("hr")
    sent = {"post": "regional-director-abidjan", "wanted_on": "2027-09-01"}
    page = hr.send("/appointments/check", "/appointments/new", **sent).text
    found = re.search(r'href="(/appointments/new\?[^"#]+)#wanted_on"', page)
    assert found is not None
    assert 'value="2027-09-01"' in hr.get(html.unescape(found[1])).text


def test_a_wrong_day_is_named_at_its_field(site_at: SiteAt) -> None:
    """The form comes back with what was typed and what is wrong."""
    hr = site_at("nothing").somebody("hr")
    sent = {"post": "regional-director-abidjan", "wanted_on": "soon"}
    page = hr.send("/appointments/check", "/appointments/new", **sent)
    assert page.status_code == 422
    assert 'id="wanted_on-fault"' in page.text
    assert 'value="soon"' in page.text


def test_a_post_is_not_launched_twice(site_at: SiteAt) -> None:
    """The second launch is refused on the check page, and again if it is sent all the same."""
    site = site_at("call")
    hr = site.somebody("hr")
    sent = {"post": "regional-director-abidjan"}
    page = hr.send("/appointments/check", "/appointments/new", **sent)
    assert "is filling this post already" in words(page.text)
    assert "Launch the appointment" not in words(page.text)
    forced = hr.send("/appointments", "/appointments/new", **sent)
    assert forced.status_code == 409
    assert "is filling this post already" in words(forced.text)


def test_the_list_filters_by_stage_and_words(site_at: SiteAt) -> None:
    """The address is the view; a filter without result says so."""
    site = site_at("vetting")
    hr = site.somebody("hr")
    assert "Vetting" in words(hr.get("/appointments?stage=vetting").text)
    assert site.world.the_case().reference in hr.get("/appointments?search=abidjan").text
    assert "No case fits" in words(hr.get("/appointments?stage=call").text)


@pytest.mark.parametrize("path", ["", "/import", "/withdraw", "/record"])
def test_a_case_is_not_there_for_who_may_not_see_it(site_at: SiteAt, path: str) -> None:
    """No page of a case tells whether it exists."""
    site = site_at("vetting")
    answer = site.somebody("nobody").get(f"{case_path(site)}{path}")
    assert answer.status_code == 404
    assert "Abidjan" not in answer.text


def test_only_an_officer_launches(site_at: SiteAt) -> None:
    """Others are told whom to ask."""
    answer = site_at("nothing").somebody("sg").get("/appointments/new")
    assert answer.status_code == 403
    assert "This is for an HR officer to do" in words(answer.text)


# --- the case at each stage ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "now", "verb"),
    [
        ("call", "The call waits for confirmations: 2", "Confirm what is there"),
        ("applications", "The call is open", "Import candidates"),
        ("eligibility", "Eligibility was examined", "Confirm eligibility"),
        ("vetting", "Checks are under way: 0 of 28 closed", "Record checks"),
        ("selection", "Whom does the panel put on the shortlist?", "Look again"),
        ("consultation", "Do you object to the shortlist?", "Look again"),
        ("decision", "Whom do you appoint?", "Look again"),
        ("acceptance", "Do you accept the appointment?", "Look again"),
        ("entry_on_duty", "Before entry on duty: 0 of 3 tasks done", "See the tasks"),
        ("done", "is appointed", "Look again"),
    ],
)
def test_the_case_says_what_goes_on_and_offers_one_act(
    site_at: SiteAt, stage: str, now: str, verb: str
) -> None:
    """At every stage: where it is, who acts, and the one thing to do."""
    site = site_at(stage)
    page = site.somebody("hr").get(case_path(site))
    assert page.status_code == 200
    told = words(page.text)
    assert now in told
    assert verb in told


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
@pytest.mark.parametrize("stage", ["eligibility", "vetting", "consultation", "done"])
def test_the_case_is_told_in_four_languages(site_at: SiteAt, stage: str, language: str) -> None:
    """Titles come from the rulebook, all else from the catalogues; nothing breaks."""
    site = site_at(stage)
    hr = site.somebody("hr")
    for part in ("", "/record"):
        page = hr.get(f"{case_path(site)}{part}?lang={language}")
        assert page.status_code == 200
        assert f'lang="{language}"' in page.text


def test_an_auditor_sees_everything_and_is_offered_nothing(site_at: SiteAt) -> None:
    """Reading is not acting."""
    site = site_at("vetting")
    told = site.somebody("auditor").get(case_path(site)).text
    assert "Aalto" in told
    assert 'id="work"' not in told
    assert "Withdraw this appointment" not in told


def test_whoever_was_asked_sees_their_own_part(site_at: SiteAt) -> None:
    """A leader sees where the case stands and their own question, no candidate and no other."""
    site = site_at("decision")
    told = words(site.somebody("legal").get(case_path(site)).text)
    assert "Do you object to the shortlist?" in told
    assert "Whom do you appoint?" in told  # the stage it is at
    assert "Aalto" not in told
    assert "Office Staff" not in told
    record = words(site.somebody("legal").get(f"{case_path(site)}/record").text)
    assert "Aalto" not in record
    assert "Nothing was changed or taken away" in record


def test_the_call_opens_when_everything_is_confirmed(site_at: SiteAt) -> None:
    """One confirmation after the other, each with its note."""
    site = site_at("call")
    hr = site.somebody("hr")
    for need in ("job_description", "funding_confirmed"):
        done = hr.send(f"{case_path(site)}/needs", case_path(site), need=need, note=f"{need} 1")
        assert done.status_code == 303
    site.world.go_on()
    assert "The call is open" in words(hr.get(case_path(site)).text)


def test_an_act_out_of_turn_comes_back_with_the_page_and_the_reason(site_at: SiteAt) -> None:
    """A stale page: the act is refused with its status, and the present state is shown."""
    site = site_at("vetting")
    hr = site.somebody("hr")
    answer = hr.send(f"{case_path(site)}/eligibility", case_path(site), reason="as found")
    assert answer.status_code == 409
    told = words(answer.text)
    assert "This was not done, and nothing was changed" in told
    assert "Checks are under way" in told


def test_a_reading_of_any_page_changes_nothing(site_at: SiteAt) -> None:
    """GET leaves no entry."""
    site = site_at("vetting")
    hr, before = site.somebody("hr"), len(site.world.entries())
    for part in ("", "?select=all", "/record", "/withdraw"):
        assert hr.get(f"{case_path(site)}{part}").status_code == 200
    candidacy = site.world.candidacy("Aalto").id
    for part in ("", "/withdraw"):
        assert hr.get(f"{case_path(site)}/candidates/{candidacy}{part}").status_code == 200
    assert len(site.world.entries()) == before


# --- ends, record, documents ---------------------------------------------------------------


def test_withdrawing_says_what_happens_and_wants_a_reason(site_at: SiteAt) -> None:
    """A page of its own; without a reason it comes back."""
    site = site_at("consultation")
    hr, path = site.somebody("hr"), f"{case_path(site)}/withdraw"
    assert "Open questions are withdrawn: 1" in words(hr.get(path).text)
    assert hr.send(path, reason=" ").status_code == 422
    done = hr.send(path, reason="The bureau is merged.")
    assert done.status_code == 303
    assert "Withdrawn" in words(hr.get(case_path(site)).text)
    assert site.world.the_case().state == "withdrawn"


def test_a_candidate_withdraws(site_at: SiteAt) -> None:
    """The candidacy ends at the candidate's wish; the page says what follows."""
    site = site_at("selection")
    hr = site.somebody("hr")
    path = f"{case_path(site)}/candidates/{site.world.candidacy('Dube').id}/withdraw"
    assert "Do this only at the candidate’s own wish" in words(hr.get(path).text)
    assert hr.send(path, reason="Another post.").status_code == 303
    assert site.world.states()["Dube"] == "withdrawn"


def test_the_record_is_told_in_words_and_verified(site_at: SiteAt) -> None:
    """Who did what, when, and that nothing was taken away."""
    site = site_at("done")
    told = words(site.somebody("hr").get(f"{case_path(site)}/record").text)
    for sentence in (
        "was launched",
        "Confirmed: Job description",
        "Candidates came in from a file: 5",
        "Eligibility was confirmed; admitted: 4, excluded: 1",
        "Checks recorded: 28, satisfactory",
        "Answered: Put on the shortlist: Given Aalto, Given Boonmee",
        "Answered: Appoint: Given Aalto",
        "Letter of appointment issued",
        "Done: Oath",
        "The case ended: Appointed",
        "Nothing was changed or taken away",
    ):
        assert sentence in told, sentence
    assert "Something was written down" not in told


def test_a_refused_act_stands_in_the_record_without_personal_facts(site_at: SiteAt) -> None:
    """The attempt, who made it, the rule; the facts that were never written are dots."""
    site = site_at("vetting")
    hr = site.somebody("hr")
    hr.send(f"{case_path(site)}/tasks", case_path(site), task="oath")
    told = words(hr.get(f"{case_path(site)}/record").text)
    assert "Tried to complete a task" in told
    assert 'The task "…" is not open in this case' in told


def test_a_letter_is_previewed_and_kept(site_at: SiteAt) -> None:
    """In a page, alone in a frame, and as the very bytes of the record."""
    site = site_at("acceptance")
    hr = site.somebody("hr")
    links = re.findall(r'href="(/documents/\w+)\.html"', hr.get(case_path(site)).text)
    assert len(links) == 2
    page = hr.get(f"{links[0]}.html")
    assert "Letter of appointment" in words(page.text)
    assert "The balance, as it was weighed" in words(page.text)
    frame = hr.get(f"{links[0]}/letter")
    assert "script" not in frame.headers["content-security-policy"]
    pdf = hr.get(f"{links[0]}.pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
    number = site.world.the_case().reference
    assert f'filename="{number}-1' in pdf.headers["content-disposition"]
    for other in ("legal", "nobody"):
        seen = site.somebody(other).get(f"{links[0]}.pdf").status_code
        assert seen == (404 if other == "nobody" else 200)


# --- the demonstration's clock -------------------------------------------------------------


def test_the_clock_of_a_demonstration_leaps_and_takes_its_mover_along(
    site_at: SiteAt, tmp_path: Path
) -> None:
    """Six weeks later the call is over, and whoever moved the clock is still signed in."""
    site = site_at("applications")
    house = site.world.house
    clock = SharedClock(tmp_path / "clock.json")
    clock.start(house.clock.now(), speed=1)
    settings = house.settings.model_copy(update={"demonstration": True})
    site.world.house = replace(house, clock=clock, settings=settings)
    site.app = application(site.world.house)
    hr, path = site.somebody("hr"), case_path(site)
    page = hr.get(path).text
    assert 'action="/demonstration/leap"' in page
    assert hr.get("/demonstration/candidates.csv").text.startswith("family_name,")
    done = hr.send("/demonstration/leap", page=page, back=path)
    assert done.status_code == 303
    assert done.headers["location"] == path
    assert clock.now() > house.clock.now().add(days=42)
    assert hr.get(path).status_code == 200


def test_no_clock_leaps_outside_a_demonstration(site_at: SiteAt) -> None:
    """The route is refused in words."""
    site = site_at("applications")
    answer = site.somebody("hr").send("/demonstration/leap", case_path(site))
    assert answer.status_code == 409
    assert "No deadline lies ahead to which the clock could move" in words(answer.text)
