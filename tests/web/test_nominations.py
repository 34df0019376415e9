"""A member nominates by the link of its note verbale and a mailed code, without an account."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from governance.acts import perform
from governance.appointments.calls.bureaus import SET_BUREAU, Address
from governance.appointments.models import Call, Candidacy
from governance.appointments.nominations.link import nomination_token
from governance.appointments.nominations.nominating import NOMINATE, Nominated
from governance.refusals import Refused
from tests.web.conftest import Site, SiteAt, code_in
from tests.web.guest import Guest, hidden_on
from tests.web.officer import case_path, words

BUREAU = "bcn@police.example"
FIELDS = {
    "email": "awa.ndiaye@police.example",
    "family_name": "Ndiaye",
    "given_names": "Awa",
    "sex": "F",
    "birth_date": "1979-04-12",
    "nationality": "SEN",
    "letter_language": "fr",
    "degree": "master",
    "years_experience": "20",
    "languages": "fr:C2; en:C1",
    "candidate_kind": "external",
    "agreed": "yes",
}


@dataclass
class Bureau:
    """A bureau before its page."""

    site: Site
    guest: Guest
    token: str

    @property
    def path(self) -> str:
        """The page."""
        return f"/nominate/{self.token}"

    def nominate(self, **other: str) -> str:
        """Send the form; what comes back."""
        answer = self.guest.send(self.path, **{**FIELDS, **other})
        return "" if answer.status_code == 303 else words(answer.text)


def token_of(site: Site, country: str = "SEN") -> str:
    """What stands in the link of the note verbale."""
    (call,) = site.world.rows(Call)
    return nomination_token(site.world.house, call, country)


@pytest.fixture
def invited(site_at: SiteAt) -> Bureau:
    """A bureau that has opened its link and typed its code, while the call is open."""
    site = site_at("applications")
    given = Address("SEN", BUREAU, "fr")
    perform(site.world.house, site.world.as_("hr"), SET_BUREAU, None, given)
    token, guest = token_of(site), site.guest()
    page = guest.send(f"/confirm/nominate/{token}", f"/nominate/{token}").text
    guest.send(
        f"/confirm/nominate/{token}/code",
        page=page,
        code=code_in(site.post, BUREAU),
        challenge=hidden_on(page, "challenge"),
    )
    return Bureau(site, guest, token)


def test_a_nomination_becomes_a_candidacy_marked_with_who_nominated(invited: Bureau) -> None:
    """Without an account; the person is told, and the officer sees by whom."""
    assert invited.nominate() == ""
    found = invited.site.world.candidacy("Ndiaye")
    assert (found.came_by, found.facts["nominated_by"]) == ("nomination", "SEN")
    keys = [each.key for each in invited.site.world.unsent()]
    assert f"acknowledgement:{found.id}" in keys
    assert "Awa Ndiaye" in words(invited.guest.get(invited.path).text)
    shown = invited.site.somebody("hr").get(f"{case_path(invited.site)}/candidates/{found.id}")
    assert "Nominated by Senegal" in words(shown.text)


def test_the_page_is_for_whoever_the_code_went_to(invited: Bureau) -> None:
    """The link alone shows nothing; a link with another's country, or forged, leads nowhere."""
    assert "Nominate somebody" not in invited.site.guest().get(invited.path).text
    other = invited.token.replace("SEN", "FRA")
    assert invited.guest.get(f"/nominate/{other}").status_code == 404
    assert invited.guest.get(f"/nominate/{'0' * 35}{'x' * 40}").status_code == 404


def test_a_member_nominates_no_more_than_the_rulebook_lets_it(invited: Bureau) -> None:
    """Two for a regional director; one taken back makes room while the call is open."""
    for name in ("Ba", "Ka"):
        assert invited.nominate(family_name=name, email=f"{name}@police.example") == ""
    assert "Nominate somebody" not in invited.guest.get(invited.path).text
    (call,) = invited.site.world.rows(Call)
    late = Nominated("SEN", FIELDS, agreed=True)
    with pytest.raises(Refused, match="2 are the most"):
        perform(invited.site.world.house, _actor(invited), NOMINATE, call.case_id, late)
    taken = invited.site.world.candidacy("Ka").id
    answer = invited.guest.send(f"{invited.path}/back", invited.path, candidacy=taken)
    assert answer.status_code == 303
    assert invited.site.world.states()["Ka"] == "withdrawn"
    assert invited.nominate() == ""


def _actor(invited: Bureau):  # noqa: ANN202 -- the actor of a link
    from governance.access.signing import who
    from governance.web.desk import LINK

    actor = who(invited.site.world.house, invited.guest.cookies[LINK], "web")
    assert actor is not None
    return actor


def test_every_fault_of_a_nomination_is_told_at_its_field(invited: Bureau) -> None:
    """What was typed stays; nobody is nominated who has not agreed, or twice."""
    told = invited.nominate(birth_date="soon", email=BUREAU, agreed="")
    assert "address is the bureau's own" in told
    assert "It is not said that the person agrees" in told
    assert invited.nominate(candidate_kind="seconded", secondment_years="") != ""
    assert invited.nominate() == ""
    assert "candidate in this procedure already" in invited.nominate()
    made = [each for each in invited.site.world.rows(Candidacy) if each.came_by == "nomination"]
    assert len(made) == 1


def test_a_hostile_paper_is_refused_and_nothing_is_taken(invited: Bureau) -> None:
    """A renamed executable is found by its content."""
    page = invited.guest.get(invited.path).text
    files = {"file": ("cv.pdf", b"MZ" + b"\0" * 400, "application/pdf")}
    data = {"csrf": hidden_on(page, "csrf"), **FIELDS}
    answer = invited.guest.post(invited.path, data=data, files=files)
    assert answer.status_code == 422
    assert "Ndiaye" not in invited.site.world.candidacies()


def test_after_the_close_a_bureau_nominates_nobody(invited: Bureau) -> None:
    """The page says that the call is not open; the act is refused as well."""
    invited.site.world.pass_days(60)
    assert invited.guest.get(invited.path).status_code in {200, 404}
    assert "Ndiaye" not in invited.site.world.candidacies()


def test_an_officer_keeps_an_address_and_invites_a_late_bureau(site_at: SiteAt) -> None:
    """The note verbale leads to the bureau's own page; who is invited is listed."""
    site = site_at("applications")
    hr = site.somebody("hr")
    path = "/appointments/bureaus"
    refused = hr.send(path, path, country="SEN", email="nowhere")
    assert refused.status_code == 422
    assert hr.send(path, path, country="SEN", email=BUREAU, language="fr").status_code == 303
    calls = f"{case_path(site)}/calls"
    assert hr.send(f"{calls}/invite", calls, country="SEN").status_code == 303
    (note,) = [each for each in site.world.unsent() if each.template == "note_verbale"]
    (call,) = site.world.rows(Call)
    assert note.facts["bureau"] == f"{call.id}SEN"
    assert "Senegal" in words(hr.get(calls).text)
    assert site.somebody("legal").get(path).status_code == 404
