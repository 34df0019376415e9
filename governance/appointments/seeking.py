"""What of a case can be searched for: its reference and its post, and nothing of any candidate."""

from __future__ import annotations

from sqlmodel import Session, select

from governance.appointments.law import law_of
from governance.appointments.models import Case
from governance.record.seeking import Thing, keep
from governance.rulebook.schema import Post


def keep_case(session: Session, case: Case, post: Post) -> None:
    """A case, by its reference and the title of its post in every language."""
    title = {str(key): words for key, words in post.title.root.items()}
    keep(
        session,
        Thing("case", case.id, case.id, case.reference, title, case.launched_at,
              place=case.reference, texts=(post.key,)),
    )  # fmt: skip


def keep_all(session: Session) -> int:
    """Every case anew; how many there are."""
    cases = list(session.exec(select(Case)))
    for case in cases:
        post = law_of(session, case.law).post(case.post)
        if post is not None:
            keep_case(session, case, post)
    return len(cases)
