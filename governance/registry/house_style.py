"""What the organisation of this installation decides about its documents, and with which key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from governance.documents.own import Own, own_of, templates_of
from governance.documents.proof.keys import Device, KeyFile, key_made_here
from governance.documents.source import Templates
from governance.language import LANGUAGES
from governance.refusals import Sentence, say
from governance.rulebook.schema import Organisation
from governance.settings import Settings


@dataclass(frozen=True)
class Style:
    """The organisation's decisions and its templates, ours where it has none."""

    own: Own
    templates: Templates


def style_of(settings: Settings) -> Style:
    """The style in force now: an edited text holds from the next document on."""
    folder = settings.rulebook_folder / "documents"
    return Style(own_of(folder), templates_of(folder))


def kind_named(templates: Templates, kind: str, language: str) -> Sentence | str:
    """A kind as readers know it: ours in their own language, an own one as it was named in it."""
    form = templates.kinds.get(kind)
    if form is None:
        return kind
    return form.names.get(language, form.name) if form.is_own else say(form.name)


def names_of(templates: Templates, kind: str) -> dict[str, str]:
    """A kind's name in every language, as far as it has one."""
    form = templates.kinds.get(kind)
    if form is None:
        return {"en": kind}
    if form.is_own:
        return dict(form.names)
    said = {each: templates.labels(each).get(form.name, form.name) for each in LANGUAGES}
    return {**said, "en": form.name}


def letterhead_of(organisation: Organisation, language: str) -> dict[str, Any]:
    """The organisation as its documents name it at their head, in a language."""
    head = organisation.letterhead
    others = [
        {"language": each, "name": head.name.say(each)}
        for each in organisation.languages
        if each != language and head.name.say(each) != head.name.say(language)
    ]
    return {
        "name": head.name.say(language),
        "short_name": organisation.short,
        "other_names": others,
        "address": list(head.address),
        "colour": head.colour,
    }


def place_of(organisation: Organisation, language: str) -> str:
    """Where its documents are dated."""
    head = organisation.letterhead
    return (head.place or head.name).say(language)


def key_of(settings: Settings) -> KeyFile | Device:
    """The key of the seal: on a device, in a file, or made here the first time it is wanted."""
    if settings.seal_device:
        return Device(
            str(settings.seal_device),
            settings.seal_token,
            settings.seal_passphrase,
            settings.seal_label,
            settings.seal_certificate or settings.seal_label,
        )
    if settings.seal_key is not None:
        return KeyFile(settings.seal_key, settings.seal_passphrase)
    return key_made_here(settings.keys_folder, settings.organisation)
