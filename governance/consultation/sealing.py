"""Where the confidential texts of a question are kept: all under one key, erased together."""

from __future__ import annotations

from governance.consultation.models import Consultation


def file_of(consultation: Consultation) -> str:
    """The name of the key of a question's texts."""
    return f"consultation:{consultation.id}"
