"""The channels beside mail. Each gets the same complete text; the libraries are optional extras.

Where a person may give an address, the installation says which hosts and services are meant: a
notice never becomes a request to somewhere inside.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

import httpx

from governance.notices import push
from governance.notices.letter import Letter, NotSent
from governance.notices.message import organisation_of
from governance.notices.wording import Wording, wording_of
from governance.settings import Settings

SECONDS = 10
SERVER_ERROR = 500
TOO_MANY = 429
PASSING = frozenset({408, 425, TOO_MANY})
# What Slack says of a person or a token that no second try would cure.
FOR_GOOD = frozenset({"channel_not_found", "user_not_found", "is_archived", "not_in_channel"})


@dataclass(frozen=True)
class Sending:
    """A notice on its way: the letter, where to, and what it says."""

    letter: Letter
    address: str
    wording: Wording


def offered(settings: Settings) -> tuple[str, ...]:
    """The channels that this installation has: set up, and their library there."""
    there = {
        "slack": bool(settings.slack_token) and _has("slack_sdk"),
        "webhook": bool(settings.webhook_secret and settings.webhook_hosts),
        "push": bool(settings.push_hosts.strip()),
        "apprise": bool(settings.apprise_services) and _has("apprise"),
    }
    return tuple(name for name, is_there in there.items() if is_there)


def why_not(settings: Settings, channel: str, address: str) -> str:
    """Why an address cannot be used on a channel; empty where it can."""
    if channel not in offered(settings):
        return "this installation has no such channel"
    if channel == push.PUSH:
        return "a device is added on the device itself, on the page of your preferences"
    if channel == "slack":
        good = address[:1] in {"U", "W", "C", "D"} and address.isalnum() and address.isascii()
        return "" if good else "a Slack member's id begins with U, such as U024BE7LH"
    parts = urlsplit(address)
    if channel == "webhook":
        if parts.scheme not in {"https", "http"} or not parts.hostname or parts.username:
            return "this is no web address"
        hosts = _listed(settings.webhook_hosts)
        host = f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname
        return "" if {host, parts.hostname} & hosts else "this host is not among those allowed here"
    services = _listed(settings.apprise_services)
    return "" if parts.scheme in services else "this service is not among those allowed here"


def send(settings: Settings, channel: str, letter: Letter, address: str) -> tuple[str, ...]:
    """Hand a notice to a channel; gives the addresses that are no more. Raises NotSent."""
    refused = "" if channel == push.PUSH else why_not(settings, channel, address)
    if refused:
        raise NotSent(f"The channel {channel} cannot be used: {refused}.", for_good=True)
    organisation = organisation_of(settings.rulebook_folder)
    wording = wording_of(letter, organisation, settings.templates)
    return CHANNELS[channel](settings, Sending(letter, address, wording)) or ()


def signature(secret: str, id_: str, timestamp: str, body: bytes) -> str:
    """Over id, instant and body, as the Standard Webhooks specification has it: `v1,base64`."""
    signed = f"{id_}.{timestamp}.".encode() + body
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def _webhook(settings: Settings, sending: Sending) -> None:
    letter, wording = sending.letter, sending.wording
    id_ = letter.message_id.strip("<>").partition("@")[0]
    body = json.dumps(
        {
            "id": id_,
            "type": f"notice.{letter.template}",
            "at": letter.at.to_iso8601_string(),
            "language": wording.language,
            "subject": wording.subject,
            "text": wording.text,
            "link": letter.link,
        },
        ensure_ascii=False,
    ).encode()
    timestamp = str(int(letter.at.timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": id_,
        "Webhook-Id": id_,
        "Webhook-Timestamp": timestamp,
        "Webhook-Signature": signature(settings.webhook_secret, id_, timestamp, body),
    }
    try:
        answer = httpx.post(sending.address, content=body, headers=headers, timeout=SECONDS)
    except httpx.HTTPError as error:
        raise _away("webhook", type(error).__name__) from error
    if not answer.is_success:
        status = answer.status_code
        passing = status >= SERVER_ERROR or status in PASSING
        raise NotSent(
            f"The webhook answered {status}."
            + (" It is tried again." if passing else " Correct its address."),
            for_good=not passing,
        )


def _slack(settings: Settings, sending: Sending) -> None:
    slack: Any = import_module("slack_sdk")
    errors: Any = import_module("slack_sdk.errors")
    client = slack.WebClient(
        token=settings.slack_token, base_url=settings.slack_api, timeout=SECONDS
    )
    text = f"*{sending.wording.subject}*\n\n{sending.wording.text}"
    try:
        client.chat_postMessage(channel=sending.address, text=text, unfurl_links=False)
    except errors.SlackApiError as error:
        code = str(error.response.get("error", "refused"))
        raise NotSent(f"Slack refused the notice ({code}).", for_good=code in FOR_GOOD) from error
    except (errors.SlackClientError, OSError) as error:
        raise _away("slack", type(error).__name__) from error


def _apprise(_: Settings, sending: Sending) -> None:
    apprise: Any = import_module("apprise")
    service = apprise.Apprise()
    if not service.add(sending.address):
        raise NotSent("The address of the service is not understood.", for_good=True)
    taken = service.notify(
        title=sending.wording.subject,
        body=sending.wording.text,
        body_format=apprise.NotifyFormat.TEXT,
    )
    if not taken:
        raise _away("apprise", urlsplit(sending.address).scheme)


def _push(settings: Settings, sending: Sending) -> tuple[str, ...]:
    return push.send(settings, sending.letter, sending.wording, sending.address)


def _away(channel: str, why: str) -> NotSent:
    return NotSent(
        f"The channel {channel} did not take the notice ({why}). It is tried again.", for_good=False
    )


def _has(library: str) -> bool:
    return find_spec(library) is not None


def _listed(setting: str) -> set[str]:
    return {each.strip().lower() for each in setting.split(",") if each.strip()}


Sender = Callable[[Settings, Sending], tuple[str, ...] | None]
CHANNELS: Mapping[str, Sender] = {
    "apprise": _apprise,
    "push": _push,
    "slack": _slack,
    "webhook": _webhook,
}
