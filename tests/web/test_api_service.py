"""The API after a decision and around a call: services, roster, calls, rulings, pause, copy."""

from __future__ import annotations

from tests.acts.competing import address, the_service
from tests.acts.conftest import At
from tests.web.test_api import REF, Caller


def test_a_service_is_led_from_entry_to_confirmation_over_http(sqlite_at: At) -> None:
    """What may be done now is told with what stands in its way; then it is done."""
    world = sqlite_at("expected")
    caller = Caller(world)
    number = the_service(world).reference
    (offer,) = caller.get(f"/appointments/{REF}/offers")["offers"]
    assert (offer["state"], offer["name"]) == ("accepted", "Given Aalto")
    blocked = caller.get(f"/services/{number}")["acts"]["enter"]
    assert {each["rule"] for each in blocked} == {"oath_is_taken", "every_condition_is_met"}
    caller.post(f"/appointments/{REF}/acts/meet_condition", {"given": {"condition": "medical"}})
    begins = the_service(world).begins_on
    world.clock.advance(days=(begins - world.clock.now().date()).days + 1)
    path = f"/services/{number}/acts"
    caller.post(f"{path}/oath", {})
    caller.post(f"{path}/enter", {})
    caller.post(f"{path}/confirm", {}, status=409)
    for key in ("first_review", "final_review"):
        caller.post(f"{path}/task", {"given": {"key": key, "result": "satisfactory"}})
    caller.post(f"{path}/confirm", {})
    (line,) = caller.get("/services?state=serving")["services"]
    assert line["next_due_on"]
    caller.post(f"{path}/extend", {"given": {"until": "never"}}, status=422)
    caller.get(f"/services/{number}", by="legal", status=404)
    caller.post(f"{path}/separate", {"given": {"reason": "Resigned."}}, by="legal", status=404)


def test_the_roster_acting_and_a_copy_are_reached_over_http(sqlite_at: At) -> None:
    """A place is drawn into the case that the copy has opened; acting is capped."""
    world = sqlite_at("expected")
    caller = Caller(world)
    (place,) = caller.get("/roster")["roster"]
    copied = caller.post(f"/appointments/{REF}/copy", {}, status=201)["facts"]["reference"]
    drawn = {"case": copied}
    caller.post(f"/roster/{place['id']}/draw", drawn, status=409)
    for need in ("job_description", "funding_confirmed"):
        caller.post(f"/appointments/{copied}/needs/{need}", {})
    caller.post(f"/roster/{place['id']}/draw", drawn)
    caller.get("/roster", by="legal", status=403)
    acting = {
        "email": address("chair"),
        "office": "director_hr",
        "begins_on": "2027-02-01",
        "ends_on": "2027-12-31",
        "reason": "The post is vacant.",
    }
    caller.post("/services", {"given": acting}, status=409)
    caller.post("/services", {"given": acting | {"ends_on": "2027-03-31"}}, status=201)


def test_a_call_is_extended_and_cancelled_over_http(sqlite_at: At) -> None:
    """Open calls are told to anybody, its history and notes verbales to HR and audit."""
    world = sqlite_at("call")
    caller = Caller(world)
    caller.call("PUT", "/bureaus/SEN", json={"email": "bcn@police.example", "language": "fr"})
    assert caller.get("/bureaus")["bureaus"][0]["country"] == "SEN"
    for need in ("job_description", "funding_confirmed"):
        caller.post(f"/appointments/{REF}/needs/{need}", {})
    assert [each["reference"] for each in caller.get("/calls", by="")["calls"]] == [REF]
    acts = f"/appointments/{REF}/acts"
    longer = {"given": {"last_day": "2027-03-31", "reason": "Few have answered."}}
    caller.post(f"{acts}/extend_call", longer)
    told = caller.get(f"/appointments/{REF}/calls")
    assert len(told["calls"][0]["changes"]) == 1
    assert [each["country"] for each in told["notes_verbales"]] == ["SEN"]
    caller.get(f"/appointments/{REF}/calls", by="legal", status=404)
    caller.post(f"{acts}/cancel_call", {"given": {"reason": ""}}, status=422)
    caller.post(f"{acts}/cancel_call", {"given": {"reason": "Abolished."}})
    assert caller.get("/calls", by="")["calls"] == []


def test_a_ruling_is_proposed_and_read_over_http(sqlite_at: At) -> None:
    """Whoever proposes does not sign; where each candidate stands is told to HR and audit."""
    world = sqlite_at("vetting")
    caller = Caller(world)
    candidacy = world.candidacy("Dube").id
    world.record_checks("adverse", "Dube", kinds=("misconduct",))
    world.record_checks("satisfactory")
    world.go_on()
    world.pass_days(16)
    given = {
        "candidacy_id": candidacy,
        "outcome": "refuse",
        "reason": "integrity",
        "text": "For reasons.",
    }
    path = f"/appointments/{REF}/acts/propose_ruling"
    caller.post(path, {"given": given | {"outcome": "maybe"}}, status=422)
    caller.post(path, {"given": given}, by="auditor", status=403)
    caller.post(path, {"given": given})
    told = caller.get(f"/appointments/{REF}/vetting")
    assert {each["name"] for each in told["candidates"]} >= {"Given Dube"}
    caller.get(f"/appointments/{REF}/vetting", by="legal", status=404)


def test_a_case_stands_still_and_goes_on_over_http(sqlite_at: At) -> None:
    """Paused, nothing is done in it; resumed, its deadlines moved."""
    caller = Caller(sqlite_at("applications"))
    acts = f"/appointments/{REF}/acts"
    caller.post(f"{acts}/pause", {"given": {"reason": "The budget is under review."}})
    caller.post(f"{acts}/pause", {"given": {"reason": "Again."}}, status=409)
    assert caller.post(f"{acts}/resume", {})["facts"]["deadlines"] == 1
