"""The pages of a competition: board, quality, panel and scores, a candidate's own page."""

from __future__ import annotations

import json
import re

import pytest

from governance.appointments.assessment.panel import SET_CRITERIA, Criteria
from governance.appointments.assessment.recommending import RECOMMEND, Shortlist
from governance.appointments.own.link import own_token
from governance.appointments.telling import tell_case
from tests.acts import competing
from tests.acts.competing import NAMES
from tests.web.conftest import Site, SiteAt, code_in
from tests.web.guest import Guest, hidden_on


def test_the_board_counts_each_column_and_shows_one(site_at: SiteAt) -> None:
    """Candidates by stage, who waits for whom, for one case and for all."""
    site = site_at("vetting")
    hr = site.somebody("hr")
    for path in (f"/appointments/{site.world.the_case().reference}/board", "/appointments/board"):
        page = hr.get(f"{path}?column=vetted").text
        assert "Aalto" in page
        assert "Open checks" in page


def test_the_board_is_for_hr_and_audit(site_at: SiteAt) -> None:
    """Who leads a directorate sees no board."""
    assert site_at("vetting").somebody("legal").get("/appointments/board").status_code == 403


def test_quality_has_a_light_and_an_article_for_each_question(site_at: SiteAt) -> None:
    """Six questions, each with its facts."""
    site = site_at("vetting")
    page = site.somebody("hr").get(f"/appointments/{site.world.the_case().reference}/quality").text
    assert page.count('class="card question"') == 6
    assert not re.search(r">[^<]*\d{4}-\d{2}-\d{2}[^<]*<", page)  # no day as machines write it
    assert "members and applicants have six weeks" in page


@pytest.fixture
def scoring(site_at: SiteAt) -> Site:
    """A panel that is asked for its scores."""
    site = site_at("nothing")
    competing.composed(site.world)
    return site


def test_a_member_scores_on_the_page_and_nobody_else_sees_it(scoring: Site) -> None:
    """Not on the panel's page, nor on those of the case, the record and the question."""
    member = scoring.somebody("chair")
    reference = scoring.world.the_case().reference
    path = f"/appointments/{reference}/score"
    fields = {
        f"{scoring.world.candidacy(name).id}.{key}": "17/4"
        for name in NAMES
        for key in competing.CRITERIA
    }
    assert member.send(path, **fields).status_code == 303
    asked = scoring.world.open_question()
    pages = [
        f"/appointments/{reference}",
        f"/appointments/{reference}/panel",
        f"/appointments/{reference}/record",
        f"/appointments/{reference}/board",
        f"/appointments/{reference}/quality",
        "/waiting",
        f"/decide/{_token(scoring, asked.id, 'outside')}",
    ]
    for person in ("outside", "hr", "auditor"):
        guest = scoring.somebody(person)
        for page in pages:
            seen = guest.get(page)
            assert "17/4" not in seen.text, (person, page)
            assert seen.status_code != 500, (person, page)


def _token(site: Site, consultation: str, person: str) -> str:
    invitation = next(
        each for each in site.world.invitations(consultation) if each.person_id == person
    )
    return site.world.house.keys.token(f"invitation:{invitation.id}")


def test_a_sheet_with_a_gap_is_refused_by_name_and_criterion(scoring: Site) -> None:
    """What was typed stays, and the fault names the candidate, not an identifier."""
    member = scoring.somebody("chair")
    path = f"/appointments/{scoring.world.the_case().reference}/score"
    aalto = scoring.world.candidacy("Aalto").id
    answer = member.send(path, **{f"{aalto}.expertise": "9"})
    assert answer.status_code == 422
    assert "Given Aalto, expertise" in answer.text
    assert 'value="9"' in answer.text


def test_a_sheet_is_downloaded_filled_in_and_read_before_anything_is_sent(scoring: Site) -> None:
    """The file fills the page, decimal commas too; the scores leave when the member sends them."""
    member = scoring.somebody("chair")
    path = f"/appointments/{scoring.world.the_case().reference}/score"
    head, *rows = member.get(f"{path}.csv").text.lstrip("\ufeff").splitlines()
    assert head == "candidacy,candidate,expertise,judgement,languages,cooperation"
    assert len(rows) == len(NAMES)
    filled = "\n".join([head, *(row.removesuffix(",,,") + '"3,5",4,4,4' for row in rows)])
    page = member.get(path).text
    files = {"file": ("scores.csv", filled.encode(), "text/csv")}
    read = member.post(path, data={"csrf": hidden_on(page, "csrf"), "step": "read"}, files=files)
    assert "16 scores were read from the sheet" in read.text
    assert read.text.count('value="3.5"') == len(NAMES)
    assert "Your scores are awaited" in member.get(path.replace("score", "panel")).text
    typed = {f"{row.split(',')[0]}.{key}": "4" for row in rows for key in competing.CRITERIA}
    assert member.send(path, **typed).status_code == 303
    assert "Your scores are in" in member.get(path.replace("score", "panel")).text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"name,score\nAalto,4\n", "The first line does not name the columns"),
        (b"candidacy,expertise\nffff,4\n", "Nobody of this competition stands in line 2: ffff"),
        (b"MZ\x90\x00" + bytes(60), "not in UTF-8"),
    ],
)
def test_a_sheet_that_is_another_file_is_refused_in_words(
    scoring: Site, content: bytes, said: str
) -> None:
    """Nothing of it reaches the page."""
    member = scoring.somebody("chair")
    path = f"/appointments/{scoring.world.the_case().reference}/score"
    page = member.get(path).text
    files = {"file": ("scores.csv", content, "text/csv")}
    answer = member.post(path, data={"csrf": hidden_on(page, "csrf"), "step": "read"}, files=files)
    assert answer.status_code == 422
    assert said in answer.text


def test_a_sheet_of_three_hundred_candidates_comes_back_whole(scoring: Site) -> None:
    """Twelve hundred fields are no attack: a form of that size is read, and judged as any other."""
    member = scoring.somebody("chair")
    path = f"/appointments/{scoring.world.the_case().reference}/score"
    many = {f"{number:032x}.{key}": "4" for number in range(300) for key in competing.CRITERIA}
    answer = member.send(path, **many)
    assert answer.status_code == 422
    assert "Given Aalto, expertise" in answer.text


def test_the_case_says_who_names_the_panel_and_who_recommends(site_at: SiteAt) -> None:
    """Before the panel scores, and after it, an officer is waited for: the page leads there."""
    site = site_at("nothing")
    competing.vetted(site.world)
    hr, path = site.somebody("hr"), f"/appointments/{site.world.the_case().reference}"
    assert "The panel is to be named and composed" in hr.get(path).text
    competing.seated(site.world)
    assert "How do you score each candidate?" in hr.get(path).text
    competing.scored(site.world)
    assert "the shortlist is to be recommended" in hr.get(path).text


def test_whoever_decides_says_in_which_order_the_post_is_offered(site_at: SiteAt) -> None:
    """The first of the endorsed list is not whoever stands first by name."""
    site = site_at("nothing")
    world = site.world
    competing.ranked(world)
    first, second = (world.candidacy(name).id for name in ("Aalto", "Boonmee"))
    world.do("hr", RECOMMEND, Shortlist((first, second)))
    world.go_on()
    sg, path = site.somebody("sg"), f"/decide/{_token(site, world.open_question().id, 'sg')}"
    page = sg.get(path).text
    assert "The first is offered the post" in page
    numbers = {f"order-{first}": "2", f"order-{second}": "1"}
    given = {"position": "appoint", "chosen": [first, second], **numbers}
    receipt = sg.send(path, page=page, version=hidden_on(page, "version"), **given)
    assert "Given Boonmee, Given Aalto" in receipt.text
    world.go_on()
    assert (world.the_case().chosen, world.the_case().endorsed) == (second, [first])


def test_days_on_the_page_of_a_panel_are_written_for_their_reader(scoring: Site) -> None:
    """No day is shown as a machine writes it."""
    reference = scoring.world.the_case().reference
    page = scoring.somebody("hr").get(f"/appointments/{reference}/panel").text
    assert "trained on 2 March 2026" in page
    assert "2026-03-02" not in page


def test_a_name_is_found_on_the_board_in_any_writing_of_it(site_at: SiteAt) -> None:
    """Whoever looks for one of three hundred writes the name, and sees the page of one."""
    site = site_at("vetting")
    hr, path = site.somebody("hr"), f"/appointments/{site.world.the_case().reference}/board"
    page = hr.get(f"{path}?column=vetted&find=AÁLTO").text
    assert "Given Aalto" in page
    assert "Given Dube" not in page
    assert "Nobody here has this name" in hr.get(f"{path}?column=vetted&find=nobody").text


def own(site: Site, name: str) -> tuple[Guest, str]:
    """A candidate at their own page, after the code."""
    candidacy = site.world.candidacy(name)
    token = own_token(site.world.house, candidacy.id)
    guest = site.guest()
    page = guest.send(f"/confirm/candidacy/{token}", f"/candidacy/{token}").text
    guest.send(
        f"/confirm/candidacy/{token}/code",
        page=page,
        code=code_in(site.post, f"{name.lower()}@candidates.example"),
        challenge=hidden_on(page, "challenge"),
    )
    return guest, token


def test_a_candidate_sees_their_stage_after_a_code(site_at: SiteAt) -> None:
    """Before the code the page shows nothing; afterwards the stage and what is owed."""
    site = site_at("vetting")
    token = own_token(site.world.house, site.world.candidacy("Aalto").id)
    assert "Aalto" not in site.guest().get(f"/candidacy/{token}").text
    guest, token = own(site, "Aalto")
    page = guest.get(f"/candidacy/{token}").text
    assert "Checks are under way" in page


def test_a_candidate_gets_what_is_held_and_nothing_of_anybody_else(site_at: SiteAt) -> None:
    """Structured, complete, and about one person."""
    guest, token = own(site_at("vetting"), "Aalto")
    answer = guest.get(f"/candidacy/{token}/data.json")
    told = json.loads(answer.text)
    assert told["person"]["family_name"] == "Aalto"
    assert len(told["checks"]) == 7
    assert not any(name in answer.text for name in ("Boonmee", "Cherkaoui", "Dube"))


def test_after_the_end_a_candidate_reads_how_it_ended_and_is_offered_no_act(
    site_at: SiteAt,
) -> None:
    """Whoever was not chosen is not told that the selection follows, nor asked to withdraw."""
    site = site_at("done")
    name = next(key for key, state in site.world.states().items() if state == "cleared")
    guest, token = own(site, name)
    page = guest.get(f"/candidacy/{token}").text
    assert "The competition has ended; somebody else was chosen" in page
    assert "the selection follows" not in page
    assert "I withdraw" not in page
    assert "Everything that is held about you" in page


def test_a_link_of_one_opens_no_candidacy_of_another(site_at: SiteAt) -> None:
    """Neither page nor file, and a token with another's number is no link."""
    site = site_at("vetting")
    guest, _ = own(site, "Aalto")
    other = own_token(site.world.house, site.world.candidacy("Dube").id)
    assert "Dube" not in guest.get(f"/candidacy/{other}/data.json").text
    forged = site.world.candidacy("Dube").id + "0" * 64
    assert guest.get(f"/candidacy/{forged}").status_code == 404


def test_a_candidate_corrects_their_data_and_withdraws(site_at: SiteAt) -> None:
    """Each is an act with its entry; what was examined is not changed by oneself."""
    site = site_at("vetting")
    guest, token = own(site, "Aalto")
    path = f"/candidacy/{token}"
    assert guest.send(f"{path}/correct", path, employer="Keskusrikospoliisi").status_code == 303
    assert "Keskusrikospoliisi" in guest.get(path).text
    refused = guest.send(f"{path}/correct", path, nationality="SWE")
    assert "changed by an HR officer" in refused.text
    assert guest.send(f"{path}/withdraw", path).status_code == 422
    assert guest.send(f"{path}/withdraw", path, sure="yes").status_code == 303
    assert site.world.states()["Aalto"] == "withdrawn"


def test_an_anonymous_screening_tells_no_name_nationality_or_address(site_at: SiteAt) -> None:
    """Codes stand in their place, on the sheet, in the question and for machines."""
    site = site_at("nothing")
    world = site.world
    competing.launch(world)
    world.do("hr", SET_CRITERIA, Criteria({}, anonymous=True))
    competing.vetted_here(world)
    competing.seated(world)
    reference = world.the_case().reference
    member = site.somebody("chair")
    asked = world.open_question()
    pages = (
        f"/appointments/{reference}",
        f"/appointments/{reference}/panel",
        f"/appointments/{reference}/score",
        f"/decide/{_token(site, asked.id, 'chair')}",
    )
    told = [member.get(page).text for page in pages]
    told.append(str(tell_case(world.house, world.as_("chair"), reference)))
    for name in (*NAMES, "FIN", "Finland", "candidates.example"):
        assert not any(name in each for each in told), name
    code = competing.the_assessment(world).codes[world.candidacy("Aalto").id]
    assert code in told[2]
    assert code in told[4]


def test_an_act_for_many_is_looked_at_ordered_and_undone_on_the_board(site_at: SiteAt) -> None:
    """Ticks, a preview that names whom it happens to, one act, one undo."""
    site = site_at("vetting")
    hr = site.somebody("hr")
    board = f"/appointments/{site.world.the_case().reference}/board"
    assert 'type="checkbox" name="candidacy"' in hr.get(f"{board}?column=vetted").text
    chosen = [site.world.candidacy(each).id for each in ("Aalto", "Dube")]
    sent = {"act": "withdraw", "withdraw_reason": "Both wrote to us.", "candidacy": chosen}
    seen = hr.send(f"{board}/preview", f"{board}?column=vetted", **sent)
    assert seen.status_code == 200
    assert "Both wrote to us." in seen.text
    assert "Aalto" in seen.text
    assert hr.send(f"{board}/act", page=seen.text, **sent).status_code == 303
    page = hr.get(f"{board}?done=ordered").text
    assert "until then it can be undone" in page
    undone = hr.send(f"{board}/undo", page=page, together=hidden_on(page, "together"))
    assert undone.status_code == 303
    assert site.world.states()["Aalto"] == "checks"


def test_a_candidate_has_a_timeline_of_what_concerns_them(site_at: SiteAt) -> None:
    """Checks of this candidate by name, nothing about others alone."""
    site = site_at("vetting")
    site.world.record_checks("satisfactory", "Aalto", kinds=("identity",))
    site.world.record_checks("satisfactory", "Dube", kinds=("degrees",))
    path = f"/appointments/{site.world.the_case().reference}/candidates"
    page = site.somebody("hr").get(f"{path}/{site.world.candidacy('Aalto').id}").text
    timeline = page.partition('id="happened"')[2]
    assert "Aalto" in timeline
    assert "Dube" not in timeline
