"""Answers to what is not done: RFC 9457 problems with every finding, status by reason."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from governance.refusals import Finding, Reason, Refused, Sentence, Verdict, refuse, say

MEDIA = "application/problem+json"
STATUS = {
    Reason.RULE: HTTPStatus.CONFLICT,
    Reason.TURN: HTTPStatus.CONFLICT,
    Reason.CONFLICT: HTTPStatus.CONFLICT,
    Reason.AUTHORITY: HTTPStatus.FORBIDDEN,
    Reason.INPUT: HTTPStatus.UNPROCESSABLE_ENTITY,
    Reason.MISSING: HTTPStatus.NOT_FOUND,
}
TITLES = {
    Reason.RULE: "A rule forbids it",
    Reason.TURN: "It is not its turn",
    Reason.CONFLICT: "Something has changed meanwhile",
    Reason.AUTHORITY: "Not by this person, or not at this level of identity",
    Reason.INPUT: "The request cannot be understood",
    Reason.MISSING: "There is no such thing, or not for this person's eyes",
}
DESCRIPTIONS = {
    401: "Nobody is signed in: no bearer token, or one that is over.",
    403: "Not by this person, or not at this level of identity.",
    404: "No such thing, or not for this person's eyes.",
    409: "A rule forbids it, it is not its turn, or something has changed meanwhile.",
    413: "The request is too large.",
    415: "The request is of a kind that is not taken here.",
    422: "The request cannot be understood: every fault with its place.",
}
SCHEMA = {"$ref": "#/components/schemas/Problem"}


class Reported(BaseModel):
    """One rule's answer: what is the case, where it is written, what cures it."""

    rule: str = Field(description="The rule's stable name.")
    article: str = Field(description="Where the rule is written; empty where it is technical.")
    outcome: Verdict
    because: str = Field(description="What is the case, as a sentence.")
    cure: str = Field(description="What to do about it.")
    where: str = Field(description="The place in the input; empty where there is none.")


class Problem(BaseModel):
    """An act that was not done, as RFC 9457 has it. Nothing was changed."""

    type: str = Field(examples=["urn:mandate:refused:turn"])
    title: str = Field(examples=["It is not its turn"])
    status: int = Field(examples=[409])
    detail: str = Field(description="All findings as text.")
    reason: Reason | None = Field(None, description="Why, in one word; absent for plain HTTP.")
    findings: list[Reported] = Field(default_factory=list)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The documented problems of an endpoint."""
    return {
        status: {"description": DESCRIPTIONS[status], "content": {MEDIA: {"schema": SCHEMA}}}
        for status in statuses
    }


def not_signed_in() -> Refused:
    """For a request without a token, or with one that opens nothing any more."""
    return refuse(
        "nobody is signed in, or not any more",
        rule="signed_in",
        article="Mandate, levels of identity",
        cure="Ask for a code at /challenges, exchange it at /sessions, send the token as Bearer.",
        reason=Reason.AUTHORITY,
    )


def answer_in_problems(app: FastAPI) -> None:
    """Whatever is refused or fails leaves as a problem."""
    app.exception_handler(Refused)(_refused)
    app.exception_handler(RequestValidationError)(_not_understood)
    app.exception_handler(HTTPException)(_plain)
    app.exception_handler(Exception)(_failed)


async def _refused(request: Request, refused: Exception) -> JSONResponse:
    assert isinstance(refused, Refused)  # noqa: S101 -- registered for nothing else
    status = STATUS[refused.reason]
    if refused.reason is Reason.AUTHORITY and getattr(request.state, "actor", None) is None:
        status = HTTPStatus.UNAUTHORIZED
    return _problem(
        Problem(
            type=f"urn:mandate:refused:{refused.reason}",
            title=TITLES[refused.reason],
            status=status,
            detail=str(refused),
            reason=refused.reason,
            findings=[Reported.model_validate(each.as_json()) for each in refused.findings],
        )
    )


async def _not_understood(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 -- registered for nothing else
    findings = [
        Finding(
            "request_is_understood",
            "",
            Verdict.FAIL,
            _because(each),
            say("See the schema of this request in openapi.json."),
            ".".join(str(step) for step in each["loc"]),
        )
        for each in error.errors()
    ]
    return await _refused(request, Refused(findings, Reason.INPUT))


PLAINLY = {
    "extra_forbidden": say("no field of this name is known here"),
    "missing": say("this field is missing"),
    "string_type": say("text is expected"),
}


def _because(error: Mapping[str, Any]) -> Sentence:
    """What is wrong with a part of a request, in the words of this API."""
    if error["type"] == "json_invalid":
        problem = str(error.get("ctx", {}).get("error", ""))
        return say("the body is no JSON: {problem}", problem=problem[:1].lower() + problem[1:])
    told = error["msg"][:1].lower() + error["msg"][1:]
    return PLAINLY.get(error["type"]) or say("{problem}", problem=told)


async def _plain(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 -- registered for nothing else
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return await _refused(request, _not_json())
    phrase = HTTPStatus(error.status_code).phrase
    said = Problem(type="about:blank", title=phrase, status=error.status_code, detail=error.detail)
    return _problem(said, error.headers)


def _not_json() -> Refused:
    return refuse(
        "the body is not JSON in UTF-8",
        rule="request_is_understood",
        cure="See the schema of this request in openapi.json.",
        where="body",
        reason=Reason.INPUT,
    )


async def _failed(_: Request, __: Exception) -> JSONResponse:
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    detail = "Nothing was changed. Try again; if it goes on, tell the administrator when it was."
    return _problem(Problem(type="about:blank", title=status.phrase, status=status, detail=detail))


def _problem(problem: Problem, headers: Any = None) -> JSONResponse:
    given = dict(headers or {})
    if problem.status == HTTPStatus.UNAUTHORIZED:
        given["WWW-Authenticate"] = "Bearer"
    content = problem.model_dump(mode="json", exclude_none=True)
    return JSONResponse(content, problem.status, given, media_type=MEDIA)
