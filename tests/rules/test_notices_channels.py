"""Notices by other channels, through their own libraries, to a real server on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from governance.clock import OwnedClock
from governance.notices.channels import offered, send, signature, why_not
from governance.notices.letter import Letter, NotSent
from governance.settings import Settings

LINK = "https://mandate.example/decide/" + "5e" * 32


@dataclass
class Taker:
    """A server that keeps what it is sent and answers as it is told."""

    server: ThreadingHTTPServer
    taken: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    status: int = 200
    gone: dict[str, int] = field(default_factory=dict)  # what it says of single addresses
    answer: dict[str, Any] = field(default_factory=lambda: {"ok": True, "ts": "1", "channel": "U1"})

    @property
    def host(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def taker() -> Iterator[Taker]:
    """A real HTTP server on a free port of the loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            kept.taken.append((self.path, dict(self.headers), body))
            told = json.dumps(kept.answer).encode()
            self.send_response(kept.gone.get(self.path, kept.status))
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_: object) -> None:
            """Nothing is said."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept = Taker(server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield kept
    server.shutdown()
    thread.join()
    server.server_close()


def settings_for(taker: Taker, **more: Any) -> Settings:
    """An installation whose channels all end at this server."""
    return Settings(
        _env_file=None,
        slack_token="xoxb-test",
        slack_api=f"http://{taker.host}/api/",
        webhook_secret="a secret of this test",
        webhook_hosts=taker.host,
        apprise_services="json",
        **more,
    )


def a_letter(language: str = "en") -> Letter:
    """A question to somebody."""
    return Letter(
        key="question:1",
        to_name="Awa Example",
        to_address="awa@example.org",
        language=language,
        template="question",
        message_id=f"<{'ab' * 20}@organisation.example>",
        at=OwnedClock("2026-11-23T08:00:00+00:00").now(),
        link=LINK,
        facts={
            "reference": "INT-2026-0012",
            "question": {"en": "Do you object?", "ar": "هل تعترضون؟"},
            "candidate": "Zoë Example-Candidate",
        },
    )


def test_a_webhook_is_signed_and_may_come_twice(taker: Taker) -> None:
    """The same id each time, a signature over id, instant and body, the whole text."""
    settings = settings_for(taker)
    for _ in range(2):
        send(settings, "webhook", a_letter(), f"http://{taker.host}/hook")
    (path, headers, body), second = taker.taken
    assert path == "/hook"
    assert headers["Idempotency-Key"] == second[1]["Idempotency-Key"] == "ab" * 20
    good = signature(settings.webhook_secret, "ab" * 20, headers["Webhook-Timestamp"], body)
    assert headers["Webhook-Signature"] == good
    told = json.loads(body)
    assert told["link"] == LINK
    assert LINK in told["text"]
    assert "Do you object?" in told["text"]
    assert "Zoë" not in body.decode()


@pytest.mark.parametrize(("status", "for_good"), [(500, False), (429, False), (404, True)])
def test_a_webhook_that_fails_is_tried_again_only_where_that_helps(
    taker: Taker, status: int, for_good: bool
) -> None:
    """A server's trouble passes; a wrong address does not."""
    taker.status = status
    with pytest.raises(NotSent) as found:
        send(settings_for(taker), "webhook", a_letter(), f"http://{taker.host}/hook")
    assert found.value.for_good is for_good


def test_slack_is_written_to_through_its_library(taker: Taker) -> None:
    """In the reader's language, to their member id, with the link."""
    send(settings_for(taker), "slack", a_letter("ar"), "U024BE7LH")
    ((path, headers, body),) = taker.taken
    assert path == "/api/chat.postMessage"
    assert headers["Authorization"] == "Bearer xoxb-test"
    text = body.decode()
    assert "U024BE7LH" in text
    assert "5e5e5e" in text


def test_slack_that_knows_nobody_of_that_name_is_for_good(taker: Taker) -> None:
    """A wrong member id is not tried for a week."""
    taker.answer = {"ok": False, "error": "channel_not_found"}
    with pytest.raises(NotSent) as found:
        send(settings_for(taker), "slack", a_letter(), "U024BE7LH")
    assert found.value.for_good


def test_any_service_of_apprise_that_is_allowed_is_used(taker: Taker) -> None:
    """Really sent, through the library's own plugin."""
    send(settings_for(taker), "apprise", a_letter(), f"json://{taker.host}/notify")
    ((path, _, body),) = taker.taken
    assert path.rstrip("/") == "/notify"
    told = json.loads(body)
    assert told["title"] == "INT-2026-0012: your answer is requested"
    assert LINK in told["message"]


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        ("webhook", "http://169.254.169.254/latest/meta-data"),
        ("webhook", "http://user@127.0.0.1/hook"),
        ("webhook", "file:///etc/passwd"),
        ("apprise", "mailto://someone:pass@example.org"),
        ("slack", "#general"),
        ("pigeon", "loft 4"),
    ],
)
def test_a_notice_never_becomes_a_request_to_somewhere_else(
    taker: Taker, channel: str, address: str
) -> None:
    """Hosts and services are the installation's choice, not a person's."""
    assert why_not(settings_for(taker), channel, address)
    with pytest.raises(NotSent) as found:
        send(settings_for(taker), channel, a_letter(), address)
    assert found.value.for_good
    assert taker.taken == []


def test_a_channel_that_is_not_set_up_is_not_offered() -> None:
    """Without settings there is mail alone."""
    assert offered(Settings(_env_file=None, push_hosts="")) == ()  # type: ignore[call-arg]
