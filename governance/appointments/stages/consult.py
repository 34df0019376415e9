"""consult: put a question, wait for its outcome, and do what the outcome means for candidacies."""

from __future__ import annotations

from typing import Any

from governance.appointments.assessment.scoring import score
from governance.appointments.checks.rules import CLEARED, Vetted
from governance.appointments.models import Candidacy
from governance.appointments.service import offers
from governance.appointments.stages.asked import (
    barred_from,
    everybody_asked,
    kept_apart_from,
)
from governance.appointments.stages.standing import WAIT, Standing, Turn, move
from governance.consultation import rounds
from governance.consultation.models import Consultation
from governance.consultation.opening import Question, find, open_consultation
from governance.rulebook.decisions import ELECTED, FURTHER_ROUND
from governance.rulebook.stages import NEXT_ON_LIST, Consult

# Who may be chosen with a position, and what being chosen does to a candidacy.
SELECTIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "cleared": (CLEARED, "shortlist"),
    "shortlisted": (("shortlisted",), "choose"),
}
HELD = ("shortlisted", "chosen")
CANDIDATES_OWN = {"accept": "accept", "accepted": "accept"}


def consult(standing: Standing) -> Turn:
    """Open the question of this round, or read its outcome downwards."""
    if _stage(standing).form == "scores":
        return score(standing)
    asked = find(standing.moment.session, standing.subject, standing.stage.key, standing.round)
    if asked is None:
        return WAIT if _vetted_anew(standing) else _open(standing)
    if asked.state != "closed" or asked.outcome is None:
        return WAIT
    if _vetted_anew(standing) & set(asked.outcome["chosen"]):
        return WAIT
    standing.moment.cites.append(asked.closing_entry)
    if _everybody_chosen_has_left(standing, asked.outcome):
        return _ask_again(standing, asked)
    effects = _take_effect(standing, asked.outcome)
    result = effects.pop("result", asked.outcome["result"])
    return Turn(result, {"consultation": asked.id, **effects})


def _open(standing: Standing) -> Turn:
    stage = _stage(standing)
    _prepare_selection(standing, stage)
    candidates = _candidates(standing, stage)
    barred = barred_from(standing, stage)
    asked = everybody_asked(standing, stage, barred)
    question = Question(
        owner=standing.subject,
        step_key=stage.key,
        round=standing.round,
        reference=standing.case.reference,
        question={str(key): words for key, words in stage.question.root.items()},
        asked_by=standing.case.launched_by,
        rule=_rule(stage) | rounds.BY_OWNER | {"stewards": [standing.procedure.launcher]},
        level=stage.level,
        content={
            "about": standing.case.chosen,
            "apart": sorted(kept_apart_from(standing, stage)),
            "barred": sorted(barred),
            "candidates": [each.id for each in candidates],
            "keep_apart": list(stage.keep_apart),
            "may_delegate": stage.may_delegate,
            "subjects": sorted({each.person_id for each in candidates}),
            "title": standing.post.title.root,
            "urgent": stage.urgent,
        },
        asked=asked,
        template="acceptance" if stage.level == "link" else "question",
        tellers=tuple(each.person_id for each in asked) if stage.tellers else (),
    )
    opened = _further_round(standing) or open_consultation(standing.moment, question)
    made = offers.make(standing, candidates[0]) if stage.ask == ("chosen",) else None
    return Turn(
        None,
        {
            "consultation": opened.id,
            "asked": [each.person_id for each in asked],
            "rule": question.rule["kind"],
            "candidates": question.content["candidates"],
            "stepped_back": opened.content.get("stepped_back", []),
            **({"offer": made.number} if made else {}),
        },
    )


def _further_round(standing: Standing) -> Consultation | None:
    """The next round, where the last one asks for it and the procedure leads straight back here.

    A ballot goes on among those who stay in; after a tie, what a second one means holds; a second
    call has its own quorum.
    """
    before = rounds.latest(standing.moment.session, standing.subject, standing.stage.key)
    if before is None or before.state != "closed" or before.outcome is None:
        return None
    if not rounds.follows(before) or before.round + 1 != standing.round:
        return None
    result = before.outcome["result"]
    if result != FURTHER_ROUND and standing.stage.next_for(result) != standing.stage.key:
        return None  # other stages came between: it is a question of its own
    return rounds.open_next(standing.moment, before)


def _stage(standing: Standing) -> Consult:
    stage = standing.stage
    assert isinstance(stage, Consult)  # noqa: S101 -- the table of verbs has chosen this function
    return stage


def _rule(stage: Consult) -> dict[str, Any]:
    within = stage.within.model_dump(mode="json", exclude_none=True) if stage.within else None
    titles = {each.key: each.title.root for each in stage.rule.positions}
    return dict(stage.plain_rule()) | {"within": within, "titles": titles}


def _among(stage: Consult) -> str | None:
    chooses = (each.choose.among for each in stage.rule.positions if each.choose)
    return next(chooses, None)


def _chosen_among(stage: Consult, result: str) -> str | None:
    """Among whom a result has chosen: what its position says, or a ballot that elected."""
    if stage.rule.kind == "ballot":
        return _among(stage) if result == ELECTED else None
    position = stage.rule.position(result)
    return position.choose.among if position and position.choose else None


def _prepare_selection(standing: Standing, stage: Consult) -> None:
    """A selection among the cleared begins anew: who was on the shortlist is cleared again."""
    among = _among(stage)
    if among == "cleared":
        for candidacy in standing.candidacies("shortlisted", "chosen"):
            _set_aside(candidacy)
        standing.case.chosen = None
    if among == "shortlisted":  # whoever was proposed and not elected may be proposed again
        for candidacy in standing.candidacies("chosen"):
            _set_aside(candidacy)
            move(candidacy, "shortlist")
        standing.case.chosen, standing.case.endorsed = None, []


def _set_aside(candidacy: Candidacy) -> None:
    move(candidacy, "set_aside", Vetted((), conditions=bool(candidacy.conditions)))


def _candidates(standing: Standing, stage: Consult) -> list[Candidacy]:
    among = _among(stage)
    if among is not None:
        return standing.candidacies(*SELECTIONS[among][0])
    if stage.ask == ("chosen",):
        chosen = standing.chosen()
        return [chosen] if chosen else []
    return standing.candidacies("shortlisted", "chosen")


def _take_effect(standing: Standing, outcome: dict[str, Any]) -> dict[str, Any]:
    stage = _stage(standing)
    result, chosen = outcome["result"], outcome["chosen"]
    if stage.ask == ("chosen",):
        return _candidate_has_answered(standing, result)
    among = _chosen_among(stage, result)
    if among is None:
        return {}
    states, event = SELECTIONS[among]
    still = [each for each in standing.candidacies(*states) if each.id in chosen]
    if event != "choose":
        for candidacy in still:
            move(candidacy, event)
    if event == "choose":
        return _choose(standing, [each for each in chosen if each in {one.id for one in still}])
    return {"chosen": [each.id for each in still]}


def _vetted_anew(standing: Standing) -> set[str]:
    """Whose check ran out while they were on the shortlist: they are waited for."""
    return {each.id for each in standing.candidacies("review") if each.held in HELD}


def _choose(standing: Standing, endorsed: list[str]) -> dict[str, Any]:
    """The first of the endorsed list is chosen; the others wait, in their order, for a refusal."""
    first = standing.moment.session.get_one(Candidacy, endorsed[0])
    move(first, "choose")
    standing.case.chosen = first.id
    standing.case.endorsed = endorsed[1:]
    return {"chosen": endorsed}


def _next_on_list(standing: Standing) -> dict[str, Any]:
    """The next of the endorsed list who is still there is chosen, where the law says so."""
    stage = _stage(standing)
    waiting = {each.id: each for each in standing.candidacies("shortlisted")}
    left = [each for each in standing.case.endorsed if each in waiting]
    if not stage.endorsed or not left:
        return {}
    standing.case.endorsed = left[1:]
    move(waiting[left[0]], "choose")
    standing.case.chosen = left[0]
    return {"next": left[0], "result": NEXT_ON_LIST}


def _everybody_chosen_has_left(standing: Standing, outcome: dict[str, Any]) -> bool:
    """Whether all who were chosen withdrew between the answer and now."""
    among = _chosen_among(_stage(standing), outcome["result"])
    if among is None:
        return False
    able = {each.id for each in standing.candidacies(*SELECTIONS[among][0])}
    return not able & set(outcome["chosen"])


def _ask_again(standing: Standing, asked: Consultation) -> Turn:
    again = standing.round + 1
    standing.case.rounds = {**standing.case.rounds, standing.stage.key: again}
    return Turn(None, {"consultation": asked.id, "round": again})


def _candidate_has_answered(standing: Standing, result: str) -> dict[str, Any]:
    candidacy = standing.chosen()
    if candidacy is None:
        return {}
    event = CANDIDATES_OWN.get(result, "decline")
    move(candidacy, event)
    closed = offers.answered(standing, result)
    if event == "decline":
        standing.case.chosen = None
        closed |= _next_on_list(standing)
    return {"candidacy": candidacy.id, **closed}
