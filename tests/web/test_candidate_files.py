"""An officer's page of one candidate: evidence given and given back, a ruling proposed."""

from __future__ import annotations

from governance.appointments.models import Evidence, Ruling
from tests.acts.test_vetting import adverse
from tests.rules.test_evidence_files import pdf
from tests.web.conftest import SiteAt
from tests.web.guest import hidden_on
from tests.web.officer import case_path, words


def test_evidence_is_given_and_comes_back_as_a_file(site_at: SiteAt) -> None:
    """Byte for byte, as an attachment that no browser runs; nobody else gets it."""
    site = site_at("vetting")
    officer, content = site.somebody("hr"), pdf()
    page = f"{case_path(site)}/candidates/{site.world.candidacy('Aalto').id}"
    proof = hidden_on(officer.get(page).text, "csrf")
    data = {"csrf": proof, "kind": "degrees"}
    bad = {"file": ("cv.pdf", b"MZ\x90", "application/pdf")}
    assert "a program for Windows" in words(
        officer.post(f"{page}/evidence", data=data, files=bad).text
    )
    good = {"file": ("diplôme.pdf", content, "text/html")}
    assert officer.post(f"{page}/evidence", data=data, files=good).status_code == 303
    (kept,) = site.world.rows(Evidence)
    assert kept.sha256[:16] in officer.get(page).text
    answer = officer.get(f"/evidence/{kept.id}")
    assert answer.content == content
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    for stranger in (site.somebody("nobody"), site.somebody("sg")):
        assert stranger.get(f"/evidence/{kept.id}").status_code == 404


def test_a_ruling_is_proposed_from_the_file(site_at: SiteAt) -> None:
    """Once the candidate could comment; then it waits for its second signature."""
    site = site_at("vetting")
    mine = adverse(site.world)
    officer = site.somebody("hr")
    page = f"{case_path(site)}/candidates/{mine}"
    assert "time to comment is not over" in words(officer.get(page).text)
    site.world.pass_days(16)
    officer = site.somebody("hr")
    officer.send(
        f"{case_path(site)}/ruling",
        page,
        candidacy=mine,
        outcome="refuse",
        reason_code="integrity",
        text="A reprimand was kept silent.",
    )
    assert [each.state for each in site.world.rows(Ruling)] == ["proposed"]
    assert "the second signature is awaited" in words(officer.get(page).text)


def test_a_link_shows_its_one_question(site_at: SiteAt) -> None:
    """The candidate who comments sees the finding, and nothing else of the vetting."""
    site = site_at("vetting")
    adverse(site.world)
    question = next(each for each in site.world.questions() if each.step_key.startswith("comment:"))
    (invitation,) = site.world.invitations(question.id)
    path = f"/decide/{site.world.house.keys.token(f'invitation:{invitation.id}')}"
    guest = site.guest()
    door = f"/confirm{path}"
    sent = guest.send(door, path).text
    code = site.code_for("aalto@candidates.example")
    guest.send(f"{door}/code", page=sent, code=code, challenge=hidden_on(sent, "challenge"))
    text = words(guest.get(path).text)
    assert "Misconduct" in text
    assert "I dispute the finding" in text
    for hidden in ("vetting:", "Identity", "checks closed", "What others have said"):
        assert hidden not in text
