"""Somebody applies on the public pages: no account, saved on the way, sent, corrected, refused."""

from __future__ import annotations

import re

import pytest

from governance.appointments.candidates import IMPORT
from governance.appointments.models import Application, Call, Evidence, NationalBureau
from governance.record.models import Sealed
from tests.acts.world import CANDIDATES, candidates_file
from tests.rules.test_evidence_files import docx, pdf
from tests.web.conftest import Site, SiteAt, code_in
from tests.web.guest import Guest, hidden_on
from tests.web.officer import case_path, words

EMAIL = "amina.diallo@candidates.example"
YOU = {
    "family_name": "Diallo",
    "given_names": "Amina",
    "birth_date": "1974-03-09",
    "sex": "F",
    "nationality": "SEN",
    "letter_language": "fr",
}
WORK = {
    "degree": "master",
    "years_experience": "19",
    "languages": "fr:C2; en:C1",
    "current_employer": "Police nationale",
    "police_rank": "Commissaire",
    "police_years": "18",
    "candidate_kind": "external",
    "secondment_years": "",
}


def reference(site: Site) -> str:
    """The reference of the call."""
    return site.world.the_case().reference


def begin(site: Site, guest: Guest, email: str = EMAIL) -> str:
    """Ask for the link; give its path."""
    call = f"/calls/{reference(site)}"
    answer = guest.send(call, call, email=email, language="fr")
    assert answer.status_code == 200, words(answer.text)
    application = next(
        each for each in site.world.rows(Application) if each.state in {"draft", "sent"}
    )
    token = site.world.house.keys.token(f"application:{application.id}")
    return f"/apply/{token}"


def enter(site: Site, guest: Guest, path: str, email: str = EMAIL) -> None:
    """Prove by the mailed code that the link is one's own."""
    door = f"/confirm{path}"
    page = guest.send(door, path).text
    guest.send(
        f"{door}/code",
        page=page,
        code=code_in(site.post, email),
        challenge=hidden_on(page, "challenge"),
    )


def fill(guest: Guest, path: str) -> None:
    """All steps but the files."""
    guest.send(f"{path}/privacy", f"{path}/privacy", consent="yes")
    guest.send(f"{path}/you", f"{path}/you", **YOU)
    guest.send(f"{path}/work", f"{path}/work", **WORK)
    guest.send(f"{path}/words", f"{path}/words", motivation="Because I know the region.")


def give(guest: Guest, path: str, name: str, content: bytes, purpose: str = "cv") -> str:
    """Give a file; the page that comes back, as it is read."""
    proof = hidden_on(guest.get(f"{path}/files").text, "csrf")
    files = {"file": (name, content, "application/octet-stream")}
    data = {"csrf": proof, "purpose": purpose}
    return words(guest.post(f"{path}/files", data=data, files=files).text)


def test_an_application_is_written_over_days_and_sent(site_at: SiteAt) -> None:
    """From the public list to a candidacy: link, code, steps, file, sending; then a correction."""
    site = site_at("applications")
    guest = site.guest()
    assert reference(site) in guest.get("/calls").text
    path = begin(site, guest)
    assert "Confirm that it is you" in words(guest.get(path).text)
    enter(site, guest, path)
    fill(guest, path)
    assert "Still to do" in words(guest.get(f"{path}/send").text)
    give(guest, path, "cv.pdf", pdf())
    later = site.guest()
    enter(site, later, path)
    assert "Commissaire" in later.get(f"{path}/work").text
    answer = later.send(f"{path}/send", f"{path}/send")
    assert "Your application was received" in words(answer.text)
    candidacy = site.world.candidacy("Diallo")
    assert (candidacy.came_by, candidacy.facts["years_experience"]) == ("application", 19)
    later.send(f"{path}/work", f"{path}/work", **{**WORK, "years_experience": "20"})
    later.send(f"{path}/send", f"{path}/send")
    assert site.world.candidacy("Diallo").facts["years_experience"] == 20
    kinds = site.world.kinds(f"case:{site.world.case}")
    assert kinds.count("case:take_application") == 2
    assert b"Commissaire" not in b"".join(each.ciphertext for each in site.world.rows(Sealed))
    assert site.world.faults() == []


def test_a_link_without_the_code_opens_nothing(site_at: SiteAt) -> None:
    """Nor does the code of another application."""
    site = site_at("applications")
    path = begin(site, site.guest())
    stranger = site.guest()
    assert "family_name" not in stranger.get(f"{path}/you").text
    proof = hidden_on(stranger.get("/calls/" + reference(site)).text, "csrf")
    answer = stranger.post(f"{path}/you", data={"csrf": proof, **YOU})
    assert "Confirm that it is you" in words(answer.text)
    (application,) = site.world.rows(Application)
    assert application.form == ""


def test_what_is_missing_is_told_at_once_and_nothing_is_sent(site_at: SiteAt) -> None:
    """All faults, each with the step that it belongs to."""
    site = site_at("applications")
    guest = site.guest()
    path = begin(site, guest)
    enter(site, guest, path)
    answer = guest.send(f"{path}/send", f"{path}/send")
    assert answer.status_code == 422
    text = words(answer.text)
    for told in ("privacy notice", "curriculum vitae is missing", "the cell is empty"):
        assert told in text
    assert site.world.candidacies() == {}


def test_a_wrong_field_is_told_and_kept(site_at: SiteAt) -> None:
    """Typed words are not lost to a fault."""
    site = site_at("applications")
    guest = site.guest()
    path = begin(site, guest)
    enter(site, guest, path)
    answer = guest.send(f"{path}/you", f"{path}/you", **{**YOU, "birth_date": "2999-01-01"})
    assert answer.status_code == 422
    assert "in the future" in words(answer.text)
    assert "Diallo" in guest.get(f"{path}/you").text


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("cv.pdf", b"MZ\x90\x00" + bytes(100), "a program for Windows"),
        ("../../etc/cv.pdf", pdf(), "is a path"),
        ("cv.docx", docx({"word/media/a.bin": bytes(60_000_000)}), "far more than its size"),
        ("cv.pdf", b"", "The file is empty"),
    ],
)
def test_a_bad_file_is_refused_in_words(
    site_at: SiteAt, name: str, content: bytes, told: str
) -> None:
    """On the page of files, and nothing is kept."""
    site = site_at("applications")
    guest = site.guest()
    path = begin(site, guest)
    enter(site, guest, path)
    text = give(guest, path, name, content)
    assert told in text, text
    assert site.world.rows(Evidence) == []


def test_an_upload_that_is_far_too_large_is_refused_before_it_is_read(site_at: SiteAt) -> None:
    """Two gigabytes are refused by what they say of themselves, and while they stream."""
    site = site_at("applications")
    guest = site.guest()
    path = begin(site, guest)
    headers = {"content-length": str(2 << 30), "content-type": "multipart/form-data; boundary=x"}
    answer = guest.post(f"{path}/files", content=b"--x", headers=headers)
    assert answer.status_code == 413
    assert "too large" in words(answer.text)
    read = []

    async def endless() -> object:
        while True:
            read.append(1)
            yield bytes(1 << 20)

    typed = {"content-type": "multipart/form-data; boundary=x"}
    answer = guest.post(f"{path}/files", content=endless(), headers=typed)
    assert answer.status_code == 413
    assert len(read) < 20


def test_nobody_applies_after_the_close(site_at: SiteAt) -> None:
    """The call is gone from the list, and its drafts lapse."""
    site = site_at("applications")
    guest = site.guest()
    path = begin(site, guest)
    site.world.do("hr", IMPORT, candidates_file(*CANDIDATES))
    site.world.pass_days(60)
    assert reference(site) not in guest.get("/calls").text
    assert guest.get(f"/calls/{reference(site)}").status_code == 404
    enter(site, guest, path)
    assert guest.get(f"{path}/you").status_code == 404
    (application,) = site.world.rows(Application)
    assert application.state == "lapsed"


def test_whether_an_address_is_known_is_never_told(site_at: SiteAt) -> None:
    """The same answer for a colleague, for somebody new, and for the second time."""
    site = site_at("applications")
    answers = []
    for email in ("nobody@organisation.example", "new@candidates.example", EMAIL, EMAIL):
        guest = site.guest()
        call = f"/calls/{reference(site)}"
        text = words(guest.send(call, call, email=email).text).replace(email, "…")
        answers.append(re.sub(r"Drawn on.*", "", text))
    assert len(set(answers)) == 1


def test_the_page_speaks_four_languages(site_at: SiteAt) -> None:
    """Also to whoever comes by from outside."""
    site = site_at("applications")
    for language, told in (
        ("fr", "Appels ouverts"),
        ("es", "Convocatorias abiertas"),
        ("ar", "الدعوات المفتوحة"),
    ):
        page = site.guest().get(f"/calls?lang={language}").text
        assert told in page


def test_members_are_invited_once_to_nominate(site_at: SiteAt) -> None:
    """A note verbale goes to each bureau with an address when a call opens."""
    from governance.appointments.calls.bureaus import SET_BUREAU, Address

    site = site_at("call")
    world = site.world
    for country in ("FRA", "SEN"):
        from governance.acts import perform

        given = Address(country, f"ncb.{country.lower()}@police.example", "fr")
        perform(world.house, world.as_("hr"), SET_BUREAU, None, given)
    from governance.appointments.launching import CONFIRM_NEED, Need

    for need in ("job_description", "funding_confirmed"):
        world.do("hr", CONFIRM_NEED, Need(need))
    world.go_on(mails=False)
    assert [each.template for each in world.unsent()].count("note_verbale") == 2
    assert len(world.rows(NationalBureau)) == 2
    assert [each.state for each in world.rows(Call)] == ["open"]


def test_a_call_is_extended_with_a_reason_and_cancelled(site_at: SiteAt) -> None:
    """Never made shorter; when it is cancelled, everybody who applied is told."""
    from datetime import date

    from governance.appointments.calls.changing import CANCEL_CALL, EXTEND_CALL, Longer
    from governance.appointments.launching import Why
    from governance.refusals import Refused

    site = site_at("applications")
    world = site.world
    begin(site, site.guest())
    for day, why in ((date(2026, 12, 1), "more time"), (date(2027, 3, 1), " ")):
        with pytest.raises(Refused):
            world.do("hr", EXTEND_CALL, Longer(day, why))
    world.do("hr", EXTEND_CALL, Longer(date(2027, 3, 1), "Few members have answered."))
    (call,) = world.rows(Call)
    assert call.closes_at.in_timezone("Europe/Paris").isoformat().startswith("2027-03-02T00:00")
    assert len(call.changes) == 1
    world.do("hr", CANCEL_CALL, Why("The post was cut."))
    assert (world.the_case().state, world.rows(Call)[0].state) == ("withdrawn", "cancelled")
    assert [each.template for each in world.unsent()] == ["call_cancelled"]
    assert case_path(site)
