"""What the command line gives beside the members: facts, other bodies, own schemes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from governance.refusals import Reason, Refused, refuse
from governance.representation.composition import Member
from governance.representation.members_file import read_members
from governance.representation.scheme_file import read_scheme
from governance.representation.schemes import Scheme
from governance.rulebook.bodies.body import Body
from governance.rulebook.bodies.reading import load_body
from governance.rulebook.linting.faults import near

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
ALWAYS = frozenset({"membership", "vacant_seats", "base"})  # facts of every body
LARGEST = 4 * 1024 * 1024


@dataclass(frozen=True)
class Given:
    """Facts, members of other bodies, schemes, and the composition before."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    others: Mapping[str, tuple[Member, ...]] = field(default_factory=dict)
    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    before: tuple[Member, ...] | None = None

    def after(self, members: tuple[Member, ...]) -> Given:
        """The same, with a composition that came before."""
        return replace(self, before=members)


def read_csv(path: Path) -> str:
    """The text of a CSV. Refused where there is none, or where it is no text."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise refuse(
            "{path} cannot be read: {problem}",
            rule="members_file",
            cure="Give the path of a CSV file.",
            reason=Reason.INPUT,
            path=path,
            problem=(error.strerror or "unknown").lower(),
        ) from None
    if len(raw) > LARGEST:
        raise refuse("{path} is too large", rule="members_file", reason=Reason.INPUT, path=path)
    try:
        return raw.decode("utf-16" if raw.startswith(UTF_16) else "utf-8-sig")
    except UnicodeDecodeError:
        raise refuse(
            "{path} is not written in UTF-8",
            rule="members_file",
            cure="Save it again as CSV in UTF-8.",
            reason=Reason.INPUT,
            path=path,
        ) from None


def given_from(
    law: Body,
    facts: Sequence[str],
    others: Sequence[str],
    schemes: Sequence[str],
    before: Path | None,
) -> Given:
    """What was given by options. Refused with a sentence where one cannot be understood."""
    told = {key: value_of(text) for key, text in map(_pair("--fact"), facts)}
    for key in told:
        _is_spoken_of(key, law)
    return Given(
        facts=told,
        others={
            key: read_members(read_csv(Path(text)), _law_of(key, law)).members
            for key, text in map(_pair("--with"), others)
        },
        schemes={
            key: read_scheme(key, read_csv(Path(text)))
            for key, text in map(_pair("--scheme"), schemes)
        },
        before=read_members(read_csv(before), law).members if before is not None else None,
    )


def _is_spoken_of(key: str, law: Body) -> None:
    """Refused where no rule of the body can speak of a fact: a slip would change no verdict."""
    known = {*law.facts, *ALWAYS}
    if key not in known:
        raise refuse(
            'no rule of the body speaks of the fact "{key}"',
            rule="command_line",
            cure=str(near(key, known)),
            where="--fact",
            reason=Reason.INPUT,
            key=key,
        )


def _law_of(key: str, law: Body) -> Body:
    """The rules of the other body, for its columns; where it has none here, our own."""
    try:
        return load_body(key)
    except Refused:
        return law.model_copy(update={"roles": (), "chambers": ()})


def _pair(option: str) -> Any:
    def split(text: str) -> tuple[str, str]:
        key, sign, value = text.partition("=")
        if not sign or not key.strip() or not value.strip():
            raise refuse(
                "{option} {text} is not written as KEY=VALUE",
                rule="command_line",
                cure="Write for example {option} membership=170.",
                reason=Reason.INPUT,
                option=option,
                text=text,
            )
        return key.strip(), value.strip()

    return split


def value_of(text: str) -> Any:
    """A fact as it is typed: a whole number, yes or no, or words."""
    if text.casefold() in ("yes", "true"):
        return True
    if text.casefold() in ("no", "false"):
        return False
    return int(text) if text.lstrip("-").isdigit() else text
