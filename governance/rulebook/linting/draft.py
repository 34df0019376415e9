"""A folder of law as read: each file with its tree, its model where it is lawful, its faults."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from governance.refusals import say
from governance.rulebook.linting import faults
from governance.rulebook.linting.yamltext import LARGEST, Node, Reading, read_text
from governance.rulebook.parts import Part
from governance.rulebook.schema import Organisation, Posts, Procedure
from governance.rulebook.stages import Stage

ORGANISATION, POSTS = "organisation.yaml", "posts.yaml"
ONE_STAGE: TypeAdapter[Stage] = TypeAdapter(Stage)
P = TypeVar("P", bound=Part)


@dataclass
class ProcedureDraft:
    """A procedure as far as it could be read: `whole` is None while anything in it is wrong."""

    reading: Reading
    whole: Procedure | None
    stages: list[tuple[int, Stage]]  # with their place in the list
    keys: list[str]  # of all stages, the unreadable ones too

    @property
    def all_stages_read(self) -> bool:
        """True where every stage is lawful by itself."""
        return bool(self.stages) and len(self.stages) == len(self.keys)


@dataclass
class Draft:
    """What a folder holds."""

    readings: list[Reading] = field(default_factory=list)
    organisation: Organisation | None = None
    posts: Posts | None = None
    procedures: list[ProcedureDraft] = field(default_factory=list)

    def reading(self, name: str) -> Reading | None:
        """The reading of a file."""
        return next((each for each in self.readings if each.name == name), None)


def read_folder(folder: Path) -> Draft:
    """Every YAML file of the folder; folders in it, such as demonstrations, are not law."""
    draft = read_files(sorted(folder.glob("*.yaml")))
    for needed in (ORGANISATION, POSTS):
        if draft.reading(needed) is None:
            missing = Reading(needed)
            missing.fault(
                (1, 1),
                say("{file} is missing", file=needed),
                say("Write it beside the procedures."),
                "rulebook_files",
            )
            draft.readings.append(missing)
    return draft


def read_files(paths: list[Path]) -> Draft:
    """The files given, each as what its name says it is."""
    draft = Draft()
    for path in paths:
        reading = _opened(path)
        draft.readings.append(reading)
        if reading.tree is None:
            continue
        if path.name == ORGANISATION:
            draft.organisation = _model(reading, reading.tree, Organisation)
        elif path.name == POSTS:
            draft.posts = _model(reading, reading.tree, Posts)
        else:
            draft.procedures.append(_procedure(reading, reading.tree))
    return draft


def _opened(path: Path) -> Reading:
    try:
        with path.open("rb") as file:
            return read_text(path.name, file.read(LARGEST + 1))
    except OSError as error:
        reading = Reading(path.name)
        problem = error.strerror or "unknown"
        because = say("the file cannot be opened: {problem}", problem=problem)
        reading.fault((1, 1), because, say("Give a file that may be read."), "rulebook_files")
        return reading


def _model(reading: Reading, tree: Node, model: type[P]) -> P | None:
    try:
        return model.model_validate(tree.plain())
    except ValidationError as error:
        faults.note(reading, error, model)
        return None


def _procedure(reading: Reading, tree: Node) -> ProcedureDraft:
    whole = _model(reading, tree, Procedure)
    if whole is not None:
        keys = [each.key for each in whole.stages]
        return ProcedureDraft(reading, whole, list(enumerate(whole.stages)), keys)
    listed = tree.get("stages")
    nodes = listed.value if listed is not None and isinstance(listed.value, list) else []
    read = [(index, _stage(node)) for index, node in enumerate(nodes)]
    stages = [(index, stage) for index, stage in read if stage is not None]
    return ProcedureDraft(reading, None, stages, [_key(node) for node in nodes])


def _stage(node: Node) -> Stage | None:
    try:
        return ONE_STAGE.validate_python(node.plain())
    except ValidationError:
        return None  # its faults were noted with the procedure's


def _key(node: Node) -> str:
    key = node.get("key")
    return str(key.value) if key is not None else ""
