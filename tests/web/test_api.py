"""The API: the same acts over HTTP, each refusal with its status and findings."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from governance.access.signing import begin
from governance.api import application
from governance.appointments.models import Task
from tests.acts.test_cli import code_in
from tests.acts.world import LEADERS, POST, PROCEDURE, World, candidates_file, row

REF = "INT-2026-0001"
LAUNCH = {"procedure": PROCEDURE, "post": POST}
NOBODY = "0" * 32


@dataclass
class Caller:
    """Calls the API of a world as it is mounted, as one person or another."""

    world: World

    def __post_init__(self) -> None:
        """Mounted as the web application mounts it."""
        self.app = Starlette(routes=[Mount("/api/v1", application(self.world.house))])

    def call(self, method: str, path: str, by: str = "hr", **more: Any) -> Any:
        """A call by somebody who is signed in; by nobody where `by` is empty."""
        headers = dict(more.pop("headers", {}))
        if by:
            token = by if len(by) > 20 else begin(self.world.house, by)
            headers["Authorization"] = f"Bearer {token}"
        return asyncio.run(self._send(method, f"/api/v1{path}", headers=headers, **more))

    async def _send(self, method: str, path: str, **more: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://mandate") as client:
            return await client.request(method, path, **more)

    def get(self, path: str, by: str = "hr", status: int = 200) -> Any:
        """What a GET answers."""
        answer = self.call("GET", path, by)
        assert answer.status_code == status, answer.text
        return answer.json()

    def post(self, path: str, given: Any = None, by: str = "hr", status: int = 200) -> Any:
        """What a POST answers; what is due afterwards is done."""
        answer = self.call("POST", path, by, json=given)
        assert answer.status_code == status, answer.text
        self.world.go_on()
        return answer.json()


@pytest.fixture
def at(sqlite_at: Callable[[str], World], smtp: Any) -> Callable[[str], Caller]:
    """The API of a world at a stage, with a real mail server."""

    def made(stage: str) -> Caller:
        world = sqlite_at(stage)
        settings = world.house.settings.model_copy(
            update={"smtp_host": smtp.host, "smtp_port": smtp.port}
        )
        world.house = replace(world.house, settings=settings)
        return Caller(world)

    return made


At = Callable[[str], Caller]


# --- the walk ----------------------------------------------------------------------------------


def test_an_appointment_is_made_over_http_alone(at: At, smtp: Any) -> None:
    """From launch to entry on duty, each act by the person whose turn it is."""
    api = at("nothing")
    launched = api.call("POST", "/appointments", json=LAUNCH)
    assert (launched.status_code, launched.headers["location"]) == (
        201,
        f"/api/v1/appointments/{REF}",
    )
    case = f"/appointments/{REF}"
    api.world.case = api.world.rows(_case_model())[0].id
    for need in ("job_description", "funding_confirmed"):
        api.post(f"{case}/needs/{need}", {"note": "there"})
    _import(api, row("Aalto", "FIN"), row("Boonmee", "THA"), row("Dube", "ZWE"))
    api.world.pass_days(45)
    api.post(f"{case}/eligibility", {"reason": "As advertised."})
    candidates = api.get(case)["candidates"]
    api.post(f"{case}/checks", {**GOOD, "checks": _open_checks(candidates)})
    assert {each["state"] for each in api.get(case)["candidates"]} == {"cleared"}
    aalto = api.world.candidacy("Aalto").id
    _answer(api, "panel", position="shortlist", chosen=[aalto])
    if api.world.the_case().stage == "representation":
        api.post(f"{case}/justification", {"text": "Nobody else was cleared."})
    for leader in LEADERS:
        _answer(api, leader, position="no_objection")
    _answer(api, "sg", position="appoint", chosen=[aalto])
    _accept(api, smtp)
    for task in api.world.rows(Task):
        api.post(f"{case}/tasks/{task.key}")
    assert api.get(case)["state"] == "completed"
    assert api.world.faults() == []


GOOD = {"result": "satisfactory", "source": "vetting file"}


def _case_model() -> Any:
    from governance.appointments.models import Case

    return Case


def _import(api: Caller, *rows: str, status: int = 200) -> Any:
    answer = api.call(
        "POST",
        f"/appointments/{REF}/candidates",
        content=candidates_file(*rows).content,
        headers={"Content-Type": "text/csv; charset=utf-8"},
    )
    assert answer.status_code == status, answer.text
    api.world.go_on()
    return answer.json()


def _open_checks(candidates: Any) -> list[dict[str, str]]:
    return [
        {"candidacy": each["candidacy"], "kind": check["kind"]}
        for each in candidates
        for check in each["checks"]
    ]


def _answer(api: Caller, by: str, **given: Any) -> Any:
    (waits,) = api.get("/waiting", by)
    question = api.get(f"/consultations/{waits['invitation']}", by)
    given["seen_version"] = question["content_version"]
    return api.post(f"/consultations/{question['id']}/answer", given, by)


def _accept(api: Caller, smtp: Any) -> None:
    """The candidate answers with the token of a link and a code; the token opens nothing else."""
    invitation = api.world.invitations(api.world.open_question().id)[0]
    link = api.world.house.keys.token(f"invitation:{invitation.id}")
    asked = api.post("/challenges/link", {"token": link}, by="", status=202)
    code = code_in(smtp.messages[-1])
    given = {"challenge": asked["challenge"], "code": code}
    token = api.post("/sessions", given, by="", status=201)["token"]
    assert api.get("/appointments", token)["total"] == 0
    api.get(f"/appointments/{REF}", token, status=404)
    api.get(f"/record/{REF}", token, status=404)
    assert [each["invitation"] for each in api.get("/waiting", token)] == [invitation.id]
    (letter, *_) = api.get(f"/appointments/{REF}")["documents"]
    assert api.call("GET", f"/documents/{letter['id']}", token).status_code == 200
    _answer(api, token, position="accept")


CHECKS = {**GOOD, "checks": [{"candidacy": NOBODY, "kind": "identity"}]}

# --- refusals ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "call", "by", "expected"),
    [
        ("nothing", ("GET", "/appointments", None), "", (401, "signed_in")),
        ("nothing", ("GET", "/appointments", None), "x" * 43, (401, "signed_in")),
        ("nothing", ("POST", "/appointments", LAUNCH), "sg", (403, "hr_officer")),
        ("call", ("POST", "/appointments", LAUNCH), "hr", (409, "post_is_not_being_filled")),
        ("nothing", ("POST", "/appointments", {**LAUNCH, "post": "p"}), "hr", (422, "known_post")),
        ("nothing", ("POST", "/appointments", {}), "hr", (422, "request_is_understood")),
        ("nothing", ("GET", f"/appointments/{REF}", None), "hr", (404, "known_case")),
        ("call", ("GET", f"/appointments/{REF}", None), "sg", (404, "known_case")),
        (
            "call",
            ("POST", f"/appointments/{REF}/eligibility", {}),
            "hr",
            (409, "turn_of_the_stage"),
        ),
        ("call", ("POST", f"/appointments/{REF}/withdraw", {}), "hr", (422, "reasons_are_given")),
        ("call", ("GET", f"/documents/{NOBODY}", None), "hr", (404, "known_document")),
        ("call", ("GET", f"/consultations/{NOBODY}", None), "hr", (404, "known_consultation")),
        ("nothing", ("POST", "/challenges/link", {"token": "0" * 64}), "", (404, "known_link")),
        (
            "nothing",
            ("POST", "/sessions", {"challenge": NOBODY, "code": "1"}),
            "",
            (401, "one_time_code"),
        ),
    ],
)
def test_each_kind_of_refusal_has_its_status(
    at: At, stage: str, call: tuple[str, str, Any], by: str, expected: tuple[int, str]
) -> None:
    """A refusal is a problem with the rule, the sentence and the cure; nothing was changed."""
    method, path, given = call
    answer = at(stage).call(method, path, by, json=given)
    problem = answer.json()
    assert (answer.status_code, problem["findings"][0]["rule"]) == expected
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["status"] == answer.status_code
    assert all(each["because"] and each["cure"] for each in problem["findings"])
    assert (answer.status_code == 401) == ("www-authenticate" in answer.headers)


def test_a_refused_answer_is_told_with_every_finding(at: At) -> None:
    """All rules are asked: the version and the missing reason are both told, and recorded."""
    api = at("decision")
    question = api.world.open_question()
    given = {"position": "none", "seen_version": 9}
    problem = api.post(f"/consultations/{question.id}/answer", given, "sg", status=409)
    rules = {each["rule"] for each in problem["findings"]}
    assert rules == {"reasons_are_given", "content_is_what_was_shown"}
    assert api.world.kinds(f"consultation:{question.id}")[-1] == "consultation:answer:refused"


def test_hr_sees_a_question_and_may_not_answer_it(at: At) -> None:
    """Whoever sees all is still not whoever was asked."""
    api = at("decision")
    question = api.world.open_question()
    assert api.get(f"/consultations/{question.id}")["mine"] is None
    given = {"position": "none", "text": "No.", "seen_version": 1}
    problem = api.post(f"/consultations/{question.id}/answer", given, "hr", status=403)
    assert problem["findings"][0]["rule"] == "person_was_asked"


def test_a_cookie_is_no_identity(at: At) -> None:
    """Only a bearer token signs in: a form on another site can do nothing here."""
    api = at("nothing")
    cookie = {"Cookie": f"mandate_session={begin(api.world.house, 'hr')}"}
    assert api.call("GET", "/me", "", headers=cookie).status_code == 401


def test_a_bad_file_of_candidates_is_refused_whole(at: At) -> None:
    """Every fault has its line; another kind of file is another status; nobody is imported."""
    api = at("applications")
    problem = _import(api, row("Aalto", "FIN"), row("Boonmee", "XXX"), status=422)
    assert all(each["where"].startswith("line 3") for each in problem["findings"])
    other = api.call("POST", f"/appointments/{REF}/candidates", json={})
    assert (other.status_code, other.json()["title"]) == (415, "Unsupported Media Type")
    assert api.world.candidacies() == {}


def test_what_is_not_there_at_all_is_a_problem_too(at: At) -> None:
    """Unknown addresses and methods answer in the same form."""
    api = at("nothing")
    assert api.get("/nowhere", status=404)["type"] == "about:blank"
    assert api.call("PATCH", "/appointments").status_code == 405


# --- signing in --------------------------------------------------------------------------------


def test_one_signs_in_with_a_mailed_code_and_out_again(at: At, smtp: Any) -> None:
    """A code is good once; a token is over after signing out; strangers get the same answer."""
    api = at("nothing")
    asked = api.post("/challenges", {"email": "HR@organisation.example"}, by="", status=202)
    stranger = api.post("/challenges", {"email": "who@nowhere.example"}, by="", status=202)
    assert (asked.keys(), len(smtp.messages)) == (stranger.keys(), 1)
    given = {"challenge": asked["challenge"], "code": code_in(smtp.messages[0])}
    token = api.post("/sessions", given, by="", status=201)["token"]
    api.post("/sessions", given, by="", status=401)
    me = api.get("/me", token)
    assert (me["roles"], me["level"]) == (["hr_officer"], "fresh")
    assert api.call("DELETE", "/sessions/current", token).status_code == 204
    api.get("/me", token, status=401)


# --- reading -----------------------------------------------------------------------------------


def test_somebody_who_was_asked_sees_their_own_part(at: At) -> None:
    """A leader sees the case's stage and their own question, and no other's answer."""
    api = at("consultation")
    _answer(api, "legal", position="object", text="The post is not funded.")
    told = api.get(f"/appointments/{REF}", "staff")
    assert told["sees"] == "own part"
    assert not {"candidates", "documents", "tasks"} & told.keys()
    (question,) = told["consultations"]
    assert all("text" not in each for each in question["asked"])
    (mine,) = [
        each["mine"]
        for each in api.get(f"/appointments/{REF}", "legal")["consultations"]
        if each["mine"]
    ]
    assert (mine["position"], mine["text"]) == ("object", "The post is not funded.")


def test_a_letter_is_the_bytes_that_were_sealed(at: At) -> None:
    """PDF and HTML leave as they were issued, and nothing in them can run on this site."""
    api = at("acceptance")
    (letter, *_) = api.get(f"/appointments/{REF}")["documents"]
    pdf = api.call("GET", f"/documents/{letter['id']}")
    assert hashlib.sha256(pdf.content).hexdigest() == pdf.headers["x-document-sha256"]
    assert pdf.headers["content-type"] == "application/pdf"
    html = api.call("GET", f"/documents/{letter['id']}?form=html")
    assert html.headers["content-type"] == "text/html; charset=utf-8"
    assert "sandbox" in html.headers["content-security-policy"]
    assert api.call("GET", f"/documents/{letter['id']}", "legal").status_code in {200, 404}
    assert api.call("GET", f"/documents/{letter['id']}", "nobody").status_code == 404


def test_the_trail_of_a_case_is_given_as_it_was_hashed(at: At) -> None:
    """Every entry comes with its hash, and follows from the one before it."""
    entries = at("applications").get(f"/record/{REF}")
    assert entries[0]["kind"] == "case:launch"
    assert [each["prev"] for each in entries[1:]] == [each["hash"] for each in entries[:-1]]


def test_cases_are_listed_page_by_page(at: At) -> None:
    """The next page begins before the last reference of this one."""
    api = at("call")
    page = api.get("/appointments?state=running&stage=call")
    assert [each["reference"] for each in page["appointments"]] == [REF]
    assert api.get(f"/appointments?older_than={REF}")["appointments"] == []


def test_a_period_is_counted_for_anybody(at: At) -> None:
    """Counting needs no session: a last day, the instant that binds, the working."""
    api = at("nothing")
    given = {"from": "2025-04-07", "days": 14, "calendar": "FR"}
    counted = api.post("/deadline", given, by="")
    assert (counted["last_day"], counted["due_at"]) == ("2025-04-22", "2025-04-22T22:00:00Z")
    problem = api.post("/deadline", {"days": 14, "calendar": "FR"}, by="", status=422)
    assert problem["findings"][0]["rule"] == "period_has_one_event"


def test_reading_changes_nothing(at: At, tmp_path: Path) -> None:
    """Any GET, done twice, gives the same and leaves no row behind."""
    api = at("decision")
    before = len(api.world.entries())
    paths = ("/appointments", f"/appointments/{REF}", f"/record/{REF}", "/waiting")
    for path in paths:
        assert api.get(path) == api.get(path)
    assert len(api.world.entries()) == before
