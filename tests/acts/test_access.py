"""Who sees which case, and how surely we know who it is."""

from __future__ import annotations

import pytest

from governance.access import signing
from governance.access.actor import CLOCK, Actor, Level, operator
from governance.access.models import Code, SignIn
from governance.acts import perform
from governance.appointments.models import Document
from governance.appointments.queries import (
    case_by_reference,
    case_file,
    cases,
    count_cases,
    document,
    record_of,
)
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.people.models import Grant
from governance.refusals import Reason, Refused
from tests.acts.conftest import At
from tests.acts.world import World


def sees(world: World, actor: Actor) -> bool:
    """Whether somebody sees the case: the list, the count, the file and the record agree."""
    with world.reading() as session:
        listed = [line.case.id for line in cases(session, actor)]
        assert count_cases(session, actor) == len(listed)
        reference = world.the_case().reference
        for read in (case_by_reference, case_file, record_of):
            if listed:
                read(session, actor, reference)
            else:
                with pytest.raises(Refused) as refusal:
                    read(session, actor, reference)
                assert refusal.value.reason is Reason.MISSING
    return listed == [world.case]


def test_hr_and_audit_see_every_case(at: At) -> None:
    """From the launch on, signed in; a link does not open the list."""
    world = at("call")
    assert sees(world, world.as_("hr"))
    assert sees(world, world.as_("hr", Level.FRESH))
    assert sees(world, world.as_("auditor"))
    assert sees(world, operator())
    assert not sees(world, world.as_("hr", Level.LINK))
    assert not sees(world, CLOCK)


def test_leaders_see_a_case_once_they_are_asked_about_it(at: At) -> None:
    """The panel from selection, the leaders from consultation, the decider from decision."""
    asked = {
        "vetting": set[str](),
        "selection": {"panel"},
        "consultation": {"panel", "legal", "regions", "staff"},
        "decision": {"panel", "legal", "regions", "staff", "sg"},
    }
    for stage, people in asked.items():
        world = at(stage)
        everybody = ("panel", "legal", "regions", "staff", "sg", "south", "nobody")
        assert {each for each in everybody if sees(world, world.as_(each))} == people


def test_candidates_see_no_case_not_even_their_own(at: At) -> None:
    """Signed in or by link: what they are asked and sent is theirs, the file is not."""
    world = at("acceptance")
    person = world.candidacy("Aalto").person_id
    (invitation,) = world.invitations(world.open_question().id)
    assert not sees(world, world.as_(person))
    assert not sees(world, world.as_(person, Level.FRESH))
    assert not sees(world, world.as_(person, Level.LINK, invitation.id))


def test_a_letter_is_read_by_its_addressee_and_by_who_sees_the_case(at: At) -> None:
    """Nobody else learns even that it exists."""
    world = at("acceptance")
    letter = world.rows(Document)[0]
    aalto, boonmee = (world.candidacy(name).person_id for name in ("Aalto", "Boonmee"))
    with world.reading() as session:
        for person in ("hr", "sg", aalto):
            assert document(session, world.as_(person), letter.id).id == letter.id
        for person in (boonmee, "nobody", "south"):
            with pytest.raises(Refused) as refusal:
                document(session, world.as_(person), letter.id)
            assert refusal.value.reason is Reason.MISSING


def test_a_link_of_one_case_does_not_open_letters_of_another(at: At) -> None:
    """The addressee's own letter, and only in the case that the link is about."""
    world = at("acceptance")
    letter = world.rows(Document)[0]
    (invitation,) = world.invitations(world.open_question().id)
    person = invitation.person_id
    with world.reading() as session:
        by_link = world.as_(person, Level.LINK, invitation.id)
        assert document(session, by_link, letter.id).id == letter.id
        with pytest.raises(Refused):
            document(session, world.as_(person, Level.LINK, "0" * 32), letter.id)


def test_a_case_that_is_not_there_and_one_that_is_not_for_you_sound_the_same(at: At) -> None:
    """A refusal does not tell that a case exists."""
    world = at("call")
    said = []
    with world.reading() as session:
        for reference in ("INT-2026-0001", "INT-2026-0002"):
            with pytest.raises(Refused) as refusal:
                case_by_reference(session, world.as_("nobody"), reference)
            said.append(str(refusal.value).replace(f'"{reference}"', "?"))
    assert said[0] == said[1]


# --- signing in ----------------------------------------------------------------------------


def test_a_code_opens_a_session_once(at: At) -> None:
    """The right code gives a token; the same code again gives nothing."""
    world = at("nothing")
    challenge = signing.challenge(world.house, " HR@organisation.example ")
    token = signing.enter(world.house, challenge.id, f" {challenge.code} ")
    actor = signing.who(world.house, token, "web")
    assert actor == Actor("hr", Level.FRESH, "web", frozenset({"hr_officer"}))
    with pytest.raises(Refused) as refusal:
        signing.enter(world.house, challenge.id, challenge.code)
    assert refusal.value.reason is Reason.AUTHORITY


def _another(code: str) -> str:
    return f"{(int(code) + 1) % 10**8:08d}"


def test_five_wrong_codes_close_the_challenge(at: At) -> None:
    """After that the right code is wrong too, and each try is told in the same words."""
    world = at("nothing")
    challenge = signing.challenge(world.house, "hr@organisation.example")
    said = set()
    for code in [_another(challenge.code)] * 5 + [challenge.code]:
        with pytest.raises(Refused) as refusal:
            signing.enter(world.house, challenge.id, code)
        said.add(str(refusal.value))
    assert len(said) == 1
    assert world.rows(SignIn) == []


def test_four_wrong_codes_do_not_hurt(at: At) -> None:
    """People mistype."""
    world = at("nothing")
    challenge = signing.challenge(world.house, "hr@organisation.example")
    for _ in range(4):
        with pytest.raises(Refused):
            signing.enter(world.house, challenge.id, _another(challenge.code))
    assert signing.enter(world.house, challenge.id, challenge.code)


def test_a_code_is_good_for_ten_minutes(at: At) -> None:
    """The tenth minute is too late."""
    world = at("nothing")
    early = signing.challenge(world.house, "hr@organisation.example")
    late = signing.challenge(world.house, "hr@organisation.example")
    world.clock.advance(minutes=9, seconds=59)
    assert signing.enter(world.house, early.id, early.code)
    world.clock.advance(seconds=1)
    with pytest.raises(Refused):
        signing.enter(world.house, late.id, late.code)


def test_an_unknown_address_is_not_told_from_a_known_one(at: At) -> None:
    """It gets a challenge like any other, whose code opens nothing."""
    world = at("nothing")
    nobody = signing.challenge(world.house, "stranger@nowhere.example")
    assert nobody.person is None
    for code in (nobody.code, _another(nobody.code)):
        with pytest.raises(Refused):
            signing.enter(world.house, nobody.id, code)
    with pytest.raises(Refused):
        signing.enter(world.house, "0" * 32, "12345678")


def test_one_persons_code_does_not_open_anothers_challenge(at: At) -> None:
    """A code belongs to its challenge."""
    world = at("nothing")
    one = signing.challenge(world.house, "hr@organisation.example")
    other = signing.challenge(world.house, "sg@organisation.example")
    with pytest.raises(Refused):
        signing.enter(world.house, other.id, one.code)


def test_a_session_is_fresh_for_five_minutes_and_good_for_twelve_hours(at: At) -> None:
    """Then it is over without anybody's act."""
    world = at("nothing")
    token = signing.begin(world.house, "sg")

    def level() -> Level | None:
        actor = signing.who(world.house, token, "web")
        return actor.level if actor else None

    assert level() is Level.FRESH
    world.clock.advance(minutes=5)
    assert level() is Level.SESSION
    world.clock.advance(hours=11, minutes=54, seconds=59)
    assert level() is Level.SESSION
    world.clock.advance(seconds=1)
    assert level() is None


def test_who_signs_out_is_out(at: At) -> None:
    """One session ends, the person's other ones do not; an unknown token harms nobody."""
    world = at("nothing")
    one, two = signing.begin(world.house, "sg"), signing.begin(world.house, "sg")
    signing.end(world.house, one)
    signing.end(world.house, "nonsense")
    assert signing.who(world.house, one, "web") is None
    assert signing.who(world.house, two, "web") is not None
    assert signing.who(world.house, "", "web") is None


def test_a_role_that_is_taken_away_is_gone_at_once(at: At) -> None:
    """Roles are read with each request, not kept in the session."""
    world = at("nothing")
    token = signing.begin(world.house, "hr")
    with world.house.database.deciding() as session:
        for grant in world.rows(Grant):
            if grant.person_id == "hr":
                session.delete(session.get_one(Grant, grant.id))
    actor = signing.who(world.house, token, "web")
    assert actor is not None
    assert actor.roles == frozenset()


def test_a_link_and_its_code_are_good_for_that_question_only(at: At) -> None:
    """The level is link, without roles; it answers its invitation and no other."""
    world = at("acceptance")
    question = world.open_question()
    (invitation,) = world.invitations(question.id)
    challenge = signing.challenge_for_link(world.house, invitation.person_id, invitation.id)
    actor = signing.who(
        world.house, signing.enter(world.house, challenge.id, challenge.code), "web"
    )
    assert actor == Actor(invitation.person_id, Level.LINK, "web", frozenset(), invitation.id)
    closed = world.questions("closed")[0]
    with pytest.raises(Refused) as refusal:
        perform(world.house, actor, ANSWER, closed.id, GivenAnswer("shortlist"))
    assert refusal.value.reason is Reason.AUTHORITY
    assert perform(world.house, actor, ANSWER, question.id, GivenAnswer("accept"))


def test_an_officer_who_is_asked_by_link_is_no_officer_there(at: At) -> None:
    """Whoever holds an office and opens a link has the link's level, not the office's."""
    world = at("acceptance")
    (invitation,) = world.invitations(world.open_question().id)
    with world.house.database.deciding() as session:
        session.add(Grant(person_id=invitation.person_id, role="hr_officer"))
    challenge = signing.challenge_for_link(world.house, invitation.person_id, invitation.id)
    token = signing.enter(world.house, challenge.id, challenge.code)
    actor = signing.who(world.house, token, "web")
    assert actor is not None
    assert actor.roles == frozenset()
    assert not sees(world, actor)


def test_neither_codes_nor_tokens_are_kept_in_clear(at: At) -> None:
    """Whoever reads the tables can sign in as nobody."""
    world = at("acceptance")
    challenge = signing.challenge(world.house, "hr@organisation.example")
    token = signing.enter(world.house, challenge.id, challenge.code)
    held = str([each.model_dump() for kind in (Code, SignIn) for each in world.rows(kind)])
    (invitation,) = world.invitations(world.open_question().id)
    link = world.house.keys.token(f"invitation:{invitation.id}")
    assert challenge.code not in held
    assert token not in held
    assert link not in str(invitation.model_dump())
    assert len(link) == 64
