"""Versions of the law as rows: each once, the newest loaded in force, older ones kept for cases."""

from __future__ import annotations

import pendulum
from sqlmodel import Session, col, create_engine, select

from governance.rulebook.loader import load
from governance.rulebook.models import RulebookVersion, keep
from governance.rulebook.version import thaw
from governance.settings import ROOT

LAW = ROOT / "governance" / "rulebooks" / "interpol"
MONDAY = pendulum.datetime(2026, 11, 23, 8)


def test_a_version_is_kept_once_and_comes_back_as_it_was() -> None:
    """Loading the same law again keeps no second copy; loading an older one puts it in force."""
    engine = create_engine("sqlite://")
    RulebookVersion.__table__.create(engine)  # type: ignore[attr-defined]
    law = load(LAW)
    newer = law.model_copy(update={"posts": law.posts[:0]})

    with Session(engine) as session:
        first, is_new = keep(session, law, MONDAY)
        session.flush()
        again, is_new_again = keep(session, law, MONDAY.add(days=1))
        second, _ = keep(session, newer, MONDAY.add(days=2))
        session.flush()
        keep(session, law, MONDAY.add(days=3))
        session.flush()
        in_force = session.exec(
            select(RulebookVersion).order_by(col(RulebookVersion.loaded_at).desc())
        ).all()

        assert (is_new, is_new_again, again) == (True, False, first)
        assert [each.hash for each in in_force] == [first, second]
        assert thaw(in_force[0].canonical, first) == law
    engine.dispose()
