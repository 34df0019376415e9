"""What a nomination must keep. Pure: no rows, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from governance.refusals import Answer, failed, passed, rule

OWN = "Mandate, nominations"
SINCE = date(2026, 1, 1)


@dataclass(frozen=True)
class Nominating:
    """A nomination about to be taken: by whom, whom, and what the call allows."""

    country: str
    nationality: str
    same_address: bool
    made: int
    at_most: int | None
    own_nationals: bool
    taken: bool
    agreed: bool


@rule(OWN, SINCE)
def call_takes_nominations(case: Nominating) -> Answer:
    """A member nominates where the call takes nominations."""
    if case.taken:
        return passed("the call takes nominations")
    return failed(
        "this call takes no nominations", cure="Let the person apply on the page of the call."
    )


@rule(OWN, SINCE)
def nominations_are_within_their_number(case: Nominating) -> Answer:
    """A member nominates no more candidates than the rulebook lets it."""
    if case.at_most is None:
        return passed("nominations are not limited in number")
    if case.made < case.at_most:
        return passed("{made} of {at_most} nominated", made=case.made, at_most=case.at_most)
    return failed(
        "{made} candidates are nominated already, and {at_most} are the most",
        cure="Take one nomination back first.",
        made=case.made,
        at_most=case.at_most,
    )


@rule(OWN, SINCE)
def nominee_is_a_national(case: Nominating) -> Answer:
    """Where the rulebook says so, a member nominates its own nationals."""
    if not case.own_nationals or case.nationality == case.country:
        return passed("the nominee is one whom this member may nominate")
    return failed(
        "the nominee is a national of {nationality}, and members nominate their own nationals",
        cure="Let the person apply, or be nominated by their own country.",
        nationality=case.nationality,
    )


@rule(OWN, SINCE)
def nominee_is_not_the_bureau(case: Nominating) -> Answer:
    """A nominee is reached at an address of their own, not at the bureau's."""
    if not case.same_address:
        return passed("the nominee has an address of their own")
    return failed(
        "the nominee's address is the bureau's own",
        cure="Give an address at which the person reads our mails alone.",
    )


@rule(OWN, SINCE)
def nominee_has_agreed(case: Nominating) -> Answer:
    """Nobody is nominated who has not agreed to it, and to how their data are used."""
    if case.agreed:
        return passed("the nominee has agreed")
    return failed(
        "it is not said that the person agrees",
        cure="Ask the person, and tick it.",
    )
