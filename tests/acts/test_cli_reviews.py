"""`mandate representation review` as its keepers meet it: statuses, JSON, odd input."""

from __future__ import annotations

from pathlib import Path

import pytest

from governance.representation.reviews.models import Review
from tests.acts.conftest import At
from tests.acts.desk import Desk
from tests.acts.test_reviews import committee

BODY = "interpol_executive_committee"
REVIEW = ("representation", "review")


@pytest.fixture
def desk(sqlite_at: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk on a fresh installation, with a composition on file."""
    (tmp_path / "members.csv").write_text(committee("CHN"))
    return Desk(sqlite_at("nothing"), monkeypatch, tmp_path)


def test_a_review_goes_from_its_opening_to_its_decision(desk: Desk) -> None:
    """Each act prints the review as it stands after it."""
    review = desk.done(*REVIEW, "open", BODY, "--due", "2026-12-01")
    assert review["state"] == "due"
    told = desk.done(*REVIEW, "compute", review["id"], "members.csv", "--on", "2026-12-01")
    assert told["state"] == "at_risk"
    assert told["verdict"]["rules"]
    told = desk.done(*REVIEW, "justify", review["id"], "--text", "The candidates were few.")
    assert told["state"] == "justified"
    assert desk.done(*REVIEW, "decide", review["id"])["state"] == "decided"
    assert [each["id"] for each in desk.done(*REVIEW, "list", "--body", BODY)] == [review["id"]]
    assert desk.done(*REVIEW, "show", review["id"], by="auditor")["state"] == "decided"
    assert desk.world.faults() == []


def test_what_is_not_understood_or_not_theirs_changes_nothing(desk: Desk) -> None:
    """2 for bad input, 1 for who may not and for an act out of turn; the review stays."""
    assert desk.run(*REVIEW, "open", BODY, "--due", "soon").exit_code == 2
    assert desk.run(*REVIEW, "open", "no_such_body", "--due", "2026-12-01").exit_code == 2
    assert desk.run(*REVIEW, "open", BODY, "--due", "2026-12-01", by="nobody").exit_code == 1
    id_ = desk.done(*REVIEW, "open", BODY, "--due", "2026-12-01")["id"]
    assert desk.run(*REVIEW, "decide", id_).exit_code == 1
    assert desk.run(*REVIEW, "compute", id_, "members.csv", "--fact", "odd").exit_code == 2
    assert desk.run(*REVIEW, "show", id_, by="nobody").exit_code != 0
    (review,) = desk.world.rows(Review)
    assert review.state == "due"
