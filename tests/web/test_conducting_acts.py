"""Each act of whoever conducts a question, on its page: offered where its rule allows it."""

from __future__ import annotations

from typing import Any

import httpx
import pendulum
import pytest

from governance.acts import Moment, Verb, Written
from governance.appointments.models import Case
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.models import ClockEvent, Consultation
from governance.consultation.opening import Asked, Question, open_consultation
from governance.consultation.rounds import BY_OWNER
from governance.consultation.standing.queries import unwanted
from governance.database import new_id
from governance.notices.letter import link_of
from governance.record.models import Outbox
from tests.acts.asking import a_rule
from tests.web.conftest import Site, SiteAt
from tests.web.test_two_organs import plain

PAUSED = {"working_days": 5, "pause": {"at_most": {"working_days": 3}}}
TIED = {"base": "yes_no", "more_than": "1/2"}


@pytest.fixture
def site(site_at: SiteAt) -> Site:
    """A case in which HR may put questions."""
    return site_at("decision")


def put(site: Site, content: dict[str, Any] | None = None, **rule: Any) -> Consultation:
    """A question of two people's votes, put by HR beside those of the procedure."""

    def ask(moment: Moment, case: Case | None, _: None) -> Written[Case]:
        question = Question(
            owner=("case", site.world.case),
            step_key=f"extra_{new_id()[:8]}",
            round=1,
            reference="INT-2026-0001",
            question={"en": "Shall it be done?"},
            asked_by="hr",
            rule=a_rule(**rule),
            level="session",
            content=content or {},
            asked=(Asked("legal", "legal_adviser", "lyon"), Asked("staff", "director_hr", "lyon")),
        )
        return Written({"consultation": open_consultation(moment, question).id}, case)

    verb: Verb[Case, None] = Verb("case:justify", Case, "case", lambda *_: "test", ask)
    asked = site.world.do("hr", verb, None).facts["consultation"]
    site.world.hand_over()
    return now(site, str(asked))


def now(site: Site, key: str) -> Consultation:
    """The question as it stands."""
    with site.world.reading() as session:
        found: Consultation = session.get_one(Consultation, key)
        return found


def page(site: Site, asked: Consultation, who: str = "hr") -> str:
    """The page of the question, as it is read."""
    return plain(site.somebody(who).get(f"/consultations/{asked.id}/certificate").text)


def conduct(site: Site, asked: Consultation, **fields: str) -> httpx.Response:
    """HR sends a form of the page."""
    seen = f"/consultations/{asked.id}/certificate"
    answer: httpx.Response = site.somebody("hr").send(
        f"/consultations/{asked.id}/conduct", seen, **fields
    )
    return answer


def vote(site: Site, asked: Consultation, **positions: str) -> None:
    """People answer."""
    for person, position in positions.items():
        site.world.do(person, ANSWER, GivenAnswer(position), asked.id)


def test_the_clock_stands_still_for_named_information_and_runs_on(site: Site) -> None:
    """Whose information, until when at most: on the page, in the timeline, in the brief."""
    asked = put(site, within=PAUSED)
    sent = conduct(site, asked, act="pause", owner="panel", reason="The budget is awaited.")
    assert sent.status_code == 303
    told = page(site, asked)
    assert "information is awaited from office panel" in told
    assert "let the clock run on" in told
    assert "stop the clock" not in told
    (stopped,) = site.world.rows(ClockEvent)
    assert (stopped.owner, stopped.until is not None) == ("panel", True)
    assert conduct(site, asked, act="resume").status_code == 303
    assert now(site, asked.id).paused_at is None
    assert "the clock ran on" in page(site, asked)


def test_who_is_asked_sees_whose_information_is_awaited_and_how_long(site: Site) -> None:
    """The brief says why the clock stands still, not only that it does."""
    asked = put(site, within=PAUSED)
    conduct(site, asked, act="pause", owner="panel", reason="The budget is awaited.")
    told = plain(site.somebody("legal").get("/waiting").text)
    link = next(
        f"/decide/{site.world.house.keys.token(f'invitation:{each.id}')}"
        for each in site.world.invitations(asked.id)
        if each.person_id == "legal"
    )
    assert "shall it be done" in told
    told = plain(site.somebody("legal").get(link).text)
    assert "information is awaited from office panel, until" in told


def test_who_is_awaited_is_told_and_sees_what_is_awaited_until_when(site: Site) -> None:
    """The mail says that and until when; the page, behind a sign-in, says what and whom to tell."""
    asked = put(site, within=PAUSED)
    conduct(site, asked, act="pause", owner="panel", reason="The budget is awaited.")
    (notice,) = [each for each in site.world.rows(Outbox) if each.template == "awaited"]
    assert (notice.person_id, notice.facts["reference"]) == ("panel", "INT-2026-0001")
    assert "budget" not in str(notice.facts)
    (stopped,) = site.world.rows(ClockEvent)
    last = pendulum.instance(stopped.until).subtract(microseconds=1).in_timezone("Europe/Paris")
    assert notice.facts["until"] == last.date().isoformat()
    house = site.world.house
    address = link_of(house, "awaited", notice.facts).removeprefix(house.settings.base_url)
    told = plain(site.somebody("panel").get(address).text)
    assert "the budget is awaited." in told
    assert f"until {last.day} " in told
    assert "office hr" in told
    assert site.somebody("legal").get(address).status_code == 404
    conduct(site, asked, act="resume")
    assert "nothing is awaited from you any more" in plain(site.somebody("panel").get(address).text)
    with site.world.reading() as session:
        why = unwanted(session, "awaited", notice.facts, house.clock.now())
    assert why == "the clock runs on: nothing is awaited any more"


def test_nobody_unknown_is_awaited_and_nobody_is_told_of_their_own_pause(site: Site) -> None:
    """A name that is nobody's is refused at its field; whoever stops the clock knows it."""
    asked = put(site, within=PAUSED)
    refused = conduct(site, asked, act="pause", owner="nobody-here", reason="Why.")
    assert refused.status_code == 422
    assert "nobody is registered here" in plain(refused.text)
    assert 'id="owner-fault"' in refused.text
    assert conduct(site, asked, act="pause", owner="hr", reason="Why.").status_code == 303
    assert not [each for each in site.world.rows(Outbox) if each.template == "awaited"]


def test_a_lot_is_offered_when_it_is_to_be_drawn_and_not_before(site: Site) -> None:
    """The votes are equally divided and the rule says lot: drawn in the open, with its seed."""
    asked = put(site, within={"working_days": 5}, counting=TIED | {"tie": {"rule": "lot"}})
    assert "draw a lot" not in page(site, asked)
    vote(site, asked, legal="yes", staff="no")
    assert "draw a lot" in page(site, asked)
    assert conduct(site, asked, act="lot", words="Seven").status_code == 303
    outcome = now(site, asked.id).outcome
    assert outcome is not None
    assert outcome["result"] in {"carried", "lost"}
    assert "the lot was drawn from the seed" in page(site, asked)


def test_the_question_is_put_again_after_a_tie(site: Site) -> None:
    """A round of its own, to the same people; it is offered once."""
    asked = put(site, counting=TIED | {"tie": {"rule": "revote", "then": "rejected"}})
    vote(site, asked, legal="yes", staff="no")
    assert "put the question again" in page(site, asked)
    assert conduct(site, asked, act="next").status_code == 303
    again = now(site, str(now(site, asked.id).followed_by))
    assert (again.round, again.state) == (2, "open")
    assert "put the question again" not in page(site, asked)


def test_a_case_puts_its_own_rounds(site: Site) -> None:
    """Nobody is written to about a round that the procedure has not led back to."""
    asked = put(site, counting=TIED | {"tie": {"rule": "revote"}}, **BY_OWNER)
    vote(site, asked, legal="yes", staff="no")
    assert "put the question again" not in page(site, asked)
    refused = conduct(site, asked, act="next")
    assert refused.status_code == 422
    assert "the case puts its own further rounds" in plain(refused.text)
    assert now(site, asked.id).followed_by is None


def test_a_vote_without_a_deadline_is_closed_by_hand(site: Site) -> None:
    """Whoever has not answered will not answer any more; a vote with a deadline is not offered."""
    asked = put(site)
    vote(site, asked, legal="yes")
    assert "close the vote" in page(site, asked)
    assert conduct(site, asked, act="close").status_code == 303
    assert now(site, asked.id).state == "closed"
    assert "close the vote" not in page(site, put(site, within=PAUSED, article="2"))


def test_what_is_refused_is_said_on_the_page_and_nothing_typed_is_lost(site: Site) -> None:
    """An earlier end, no date, no reason: the form again, with the words and why not."""
    asked = put(site, within=PAUSED)
    reason = "The annex came late."
    earlier = conduct(site, asked, act="extend", until="2026-01-02", reason=reason)
    assert earlier.status_code == 422
    assert reason in earlier.text
    assert "the new end is not later than the present one" in plain(earlier.text)
    no_date = conduct(site, asked, act="extend", until="soon", reason=reason)
    assert "is no date" in plain(no_date.text)
    silent = conduct(site, asked, act="withdraw", reason="")
    assert "the reason is missing" in plain(silent.text)
    assert now(site, asked.id).state == "open"


def test_only_what_the_rule_allows_is_offered(site: Site) -> None:
    """No pause where the clock never stands still; no extension after the last one."""
    asked = put(site, within={"working_days": 5, "extension": {"by": {"days": 7}, "times": 1}})
    told = page(site, asked)
    assert "stop the clock" not in told
    assert "give more time" in told
    conduct(site, asked, act="extend", until="2027-06-30", reason="A long annex.")
    assert "give more time" not in page(site, asked)
