"""A kind of document that is an organisation's own: its facts as data, never as code.

`kinds/KIND.yaml` in the organisation's folder names the kind in each of its languages, says what it
is like (a letter, a paper of a body …) and lists its facts; a text in each language says them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import Field, StrictBool, create_model
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from governance.documents import facts
from governance.documents.facts import Facts, may_be_absent
from governance.documents.kind import LETTERS, PAPERS, Kind
from governance.language import LANGUAGES
from governance.refusals import Finding, Reason, Refused, Verdict, say

FOLDER = "kinds"
# What a kind may be like: the facts that it has besides its own, and where its texts stand.
LIKE: Mapping[str, tuple[type[facts.Document], str]] = {
    "letter": (facts.Letter, LETTERS),
    "addressed": (facts.Addressed, LETTERS),
    "document": (facts.Document, LETTERS),
    "paper": (facts.BodyPaper, PAPERS),
    "meeting_paper": (facts.MeetingPaper, PAPERS),
}
# What a fact may be.
TYPES: Mapping[str, Any] = {
    "line": facts.Line,
    "passage": facts.Passage,
    "day": facts.Day,
    "number": facts.Count,
    "yes_no": StrictBool,
    "money": facts.Money,
    "period": facts.Period,
    "salary": facts.Salary,
    "post": facts.Post,
    "decision": facts.Decision,
    "decision_text": facts.DecisionText,
    "meeting": facts.Meeting,
    "person": facts.Signatory,
    "addressee": facts.Addressee,
    "attendee": facts.Attendee,
    "agenda_item": facts.AgendaItem,
    "action": facts.Action,
    "vote": facts.Tally,
    "rule": facts.Rule,
}
_OF_A_KIND = ("name", "like", "fields", "words", "sample")
_OF_A_FIELD = ("is", "about", "may_be_absent", "one_of", "fields")
_NAME = re.compile(r"[a-z][a-z0-9_]{1,39}")
_LIST = "list of "
_DEEPEST = 3


def name_of(path: str) -> str:
    """The kind that a file of this path describes."""
    return PurePosixPath(path).stem


def read_kind(path: str, content: bytes, taken: Mapping[str, Kind]) -> Kind:
    """The kind that a file describes. Refused with every fault, its line and its cure."""
    reader = _Reader(path)
    kind = reader.kind(content, taken)
    if reader.faults or kind is None:
        raise Refused(reader.faults, Reason.INPUT)
    return kind


class _Reader:
    """Reads one file, and gathers what is wrong with it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.faults: list[Finding] = []

    def kind(self, content: bytes, taken: Mapping[str, Kind]) -> Kind | None:
        """The kind, or nothing where its file has faults."""
        told = self._loaded(content)
        if told is None:
            return None
        name = name_of(self.path)
        if not _NAME.fullmatch(name):
            self._fault(
                told, "", f"{name!r} is no name for a kind", "Use small letters, digits and _."
            )
        elif name in taken:
            cure = f"Choose another name; to change our text, write {taken[name].folder}/text/…."
            self._fault(told, "", f"{name!r} is a kind of ours", cure)
        self._only(told, _OF_A_KIND, ("name", "like", "fields"))
        names = self._names(told)
        like = self._one_of(told, "like", LIKE, "what a kind may be like")
        base, folder = LIKE[like or "letter"]
        fields = self._fields(told.get("fields"), told, base, 1)
        words, samples = self._words(told), self._samples(told)
        if self.faults:
            return None
        return Kind(
            next(iter(names.values())),
            create_model(f"Own_{name}", __base__=base, **fields),
            folder,
            names,
            words,
            samples,
        )

    def _loaded(self, content: bytes) -> CommentedMap | None:
        try:
            told = YAML(typ="rt", pure=True).load(content.decode("utf-8"))
        except (YAMLError, UnicodeDecodeError) as error:
            mark = getattr(error, "problem_mark", None)
            problem = str(getattr(error, "problem", None) or error).split("\n")[0]
            self._at(mark.line + 1 if mark else 0, problem, "Correct the file.")
            return None
        if isinstance(told, CommentedMap):
            return told
        self._at(1, "a kind is a table: name, like, fields", "See docs/documents.md.")
        return None

    def _names(self, told: CommentedMap) -> dict[str, str]:
        given = told.get("name")
        if isinstance(given, CommentedMap) and given:
            return {str(key): str(said) for key, said in self._by_language(told, "name", given)}
        if "name" in told:
            self._fault(told, "name", "a kind has a name in each of its languages", "{en: …}")
        return {"en": ""}

    def _by_language(
        self, holder: CommentedMap, key: str, given: Mapping[str, Any]
    ) -> Iterator[tuple[str, Any]]:
        for language, said in given.items():
            if language not in LANGUAGES:
                problem = f"dates and sums are not known in {language!r}"
                self._fault(holder, key, problem, f"Use {', '.join(LANGUAGES)}.")
            elif not isinstance(said, str) or not said.strip():
                self._fault(holder, key, f"it says nothing in {language}", "Write the words.")
            else:
                yield language, said.strip()

    def _words(self, told: CommentedMap) -> dict[str, dict[str, str]]:
        given = told.get("words") or CommentedMap()
        if not isinstance(given, CommentedMap):
            self._fault(told, "words", "words are a table", "Fee: {fr: Frais}")
            return {}
        found = {}
        for english, said in given.items():
            if isinstance(said, CommentedMap):
                found[str(english)] = dict(self._by_language(given, english, said))
            else:
                self._fault(given, english, "a word is said by language", "Fee: {fr: Frais}")
        return found

    def _samples(self, told: CommentedMap) -> dict[str, dict[str, Any]]:
        given = told.get("sample") or CommentedMap()
        if isinstance(given, CommentedMap) and all(_is_table(each) for each in given.values()):
            for key in given:
                if key not in {"all", *LANGUAGES}:
                    cure = f"Use all, {', '.join(LANGUAGES)}."
                    self._fault(given, key, f"{key!r} is no language of a sample", cure)
            return {str(key): _plain(each) for key, each in given.items()}
        self._fault(told, "sample", "a sample gives facts by language", "Use all: or en:.")
        return {}

    def _fields(
        self, given: Any, holder: CommentedMap, base: type[Facts], depth: int
    ) -> dict[str, Any]:
        if not isinstance(given, CommentedMap) or not given:
            if "fields" in holder:
                self._fault(holder, "fields", "fields are a table of facts", "See the manual.")
            return {}
        found = {}
        for name, what in given.items():
            if self._is_free(given, name, base) and (
                typed := self._field(given, name, what, depth)
            ):
                found[str(name)] = typed
        return found

    def _is_free(self, given: CommentedMap, name: Any, base: type[Facts]) -> bool:
        """A fact's name is a plain word that means nothing else, to us or to the templates."""
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            cure = "Use small letters, digits and _."
            self._fault(given, name, f"{name!r} is no name for a fact", cure)
        elif name in base.model_fields:
            self._fault(given, name, f"every document of this kind has {name}", "Take it out.")
        elif hasattr(dict, name) or hasattr(Facts, name):
            self._fault(given, name, f"{name!r} means something else", "Choose another name.")
        else:
            return True
        return False

    def _field(self, given: CommentedMap, name: str, what: Any, depth: int) -> Any:
        if not isinstance(what, CommentedMap):
            self._fault(given, name, "a fact says what it is", "{is: line}")
            return None
        before = len(self.faults)
        for key in what:
            if key not in _OF_A_FIELD:
                cure = f"Use only {', '.join(_OF_A_FIELD)}."
                self._fault(what, key, f"{name} has something that is not read", cure)
        told = str(what.get("is", "one_of" if "one_of" in what else ""))
        many, one = told.startswith(_LIST), told.removeprefix(_LIST)
        type_ = self._type(given, name, what, one, depth)
        if len(self.faults) > before:
            return None
        return _annotated(type_, what.get("about"), what.get("may_be_absent"), many=many)

    def _type(
        self, given: CommentedMap, name: str, what: CommentedMap, one: str, depth: int
    ) -> Any:
        makes: dict[str, Callable[[], Any]] = {
            "one_of": lambda: self._choice(given, name, what.get("one_of")),
            "table": lambda: self._table(given, name, what, depth),
        }
        if one in makes:
            return makes[one]()
        if one not in TYPES:
            known = ", ".join((*TYPES, "table", "one_of"))
            said = f"{one!r} is nothing that a fact can be" if one else "it does not say what it is"
            self._fault(given, name, said, f"Use one of {known}; or list of one of them.")
        return TYPES.get(one)

    def _choice(self, given: CommentedMap, name: str, choices: Any) -> Any:
        if isinstance(choices, list) and choices and all(_is_word(each) for each in choices):
            return Literal[tuple(str(each) for each in choices)]
        self._fault(given, name, "choices are a list of words", "one_of: [new, used]")
        return None

    def _table(self, given: CommentedMap, name: str, what: CommentedMap, depth: int) -> Any:
        if depth >= _DEEPEST:
            self._fault(given, name, "tables stand in tables too deep", "Make it flatter.")
            return None
        if "fields" not in what:
            self._fault(given, name, "a table has fields", "fields: {what: {is: line}}")
            return None
        inner = self._fields(what["fields"], what, Facts, depth + 1)
        return create_model(f"Own_{name}", __base__=Facts, **inner)

    def _one_of(
        self, told: CommentedMap, key: str, known: Mapping[str, Any], what: str
    ) -> str | None:
        given = told.get(key)
        if isinstance(given, str) and given in known:
            return given
        if key in told:
            self._fault(told, key, f"{given!r} is not {what}", f"Use one of {', '.join(known)}.")
        return None

    def _only(self, told: CommentedMap, known: tuple[str, ...], wanted: tuple[str, ...]) -> None:
        for key in told:
            if key not in known:
                self._fault(told, key, "this is not read here", f"Use only {', '.join(known)}.")
        for key in wanted:
            if key not in told:
                self._fault(told, "", f"{key} is missing", f"Write {key}: ….")

    def _fault(self, holder: CommentedMap, key: Any, problem: str, cure: str) -> None:
        line = holder.lc.line
        if key in holder:
            line = holder.lc.key(key)[0]
        self._at(line + 1, f"{key}: {problem}" if key != "" else problem, cure)

    def _at(self, line: int, problem: str, cure: str) -> None:
        place = f"{self.path}, line {line}" if line else self.path
        because = say("{problem}", problem=problem)
        remedy = say("{cure}", cure=cure)
        self.faults.append(Finding("own_kind", "", Verdict.FAIL, because, remedy, place))


def _annotated(type_: Any, about: Any, absent: Any, *, many: bool) -> Any:
    """A field of a model: required, or with the reason why it may be empty."""
    reason = str(absent).rstrip(".") + "." if absent else ""
    field = may_be_absent(reason) if reason else Field(description=str(about) if about else None)
    if many:
        listed: Any = tuple[type_, ...]
        return (listed if reason else Annotated[listed, Field(min_length=1)], field)
    return (type_ | None if reason else type_, field)


def _is_table(told: Any) -> bool:
    return isinstance(told, CommentedMap)


def _is_word(told: Any) -> bool:
    return isinstance(told, str) and _NAME.fullmatch(told) is not None


def _plain(told: Any) -> Any:
    """What YAML gives, as plain data; a day as it is written."""
    if isinstance(told, dict):
        return {str(key): _plain(each) for key, each in told.items()}
    if isinstance(told, list):
        return [_plain(each) for each in told]
    if isinstance(told, bool | int) or told is None:
        return told
    return told.isoformat() if hasattr(told, "isoformat") else str(told)
