"""The mails of the demonstration: caught by its own server, shown to whoever opens the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from email.utils import parsedate_to_datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from governance.refusals import Reason, Refused, refuse, say
from governance.web.case_views import Mail, MailboxPage, MailPage
from governance.web.desk import Desk, open_to_all
from governance.web.security import SHEET_HEADERS
from governance.web.views import Document, Fact, Moment, Option, Words

PAGE = 50
KEPT = 4000  # mails whose addressee is known without opening them again
NAME = re.compile(r"[\w.,:=+-]{1,200}")
LINK = re.compile(r"https?://[^\s<>\"']+")


@dataclass(frozen=True)
class Caught:
    """One mail in the folder: its file's name and the parsed message."""

    name: str
    message: EmailMessage


def folder_of(desk: Desk) -> Path:
    """Where the demonstration's mail server keeps its mails, as a maildir."""
    if not desk.house.settings.demonstration:
        raise _no_mail()
    return desk.house.settings.home / "mail"


def show_mailbox(desk: Desk) -> Response:
    """The mails, newest first."""
    asked = desk.request.query_params
    wanted, first = asked.get("to", ""), asked.get("first", "")[:6]
    start = int(first) if first.isdecimal() else 0
    found = [(path, _addressee(path)) for path in _newest(folder_of(desk))]
    mine = [path for path, to in found if not wanted or to == wanted]
    onward = urlencode({"to": wanted, "first": start + PAGE})
    view = MailboxPage(
        tuple(_mail(desk, _read(path)) for path in mine[start : start + PAGE]),
        wanted,
        tuple(Option(each, each) for each in sorted({to for _, to in found})),
        f"/mail?{onward}" if len(mine) > start + PAGE else "",
    )
    return desk.page("mailbox", view)


def show_mail(desk: Desk) -> Response:
    """One mail: its links, its HTML in a frame of its own, its text."""
    caught = _one(desk)
    text = _text(caught.message, "plain")
    base = desk.house.settings.base_url
    links = tuple(
        Document(_title(link), link.removeprefix(base), "")
        for link in dict.fromkeys(LINK.findall(text))
        if link.startswith(f"{base}/")
    )
    has_html = bool(_text(caught.message, "html"))
    headers = (Fact("Message-ID", str(caught.message["Message-ID"] or "").strip("<>")),)
    frame = f"{desk.request.url.path}/html" if has_html else ""
    return desk.page("mail", MailPage(_mail(desk, caught), text, frame, links, headers))


def show_html(desk: Desk) -> Response:
    """The HTML of a mail, where nothing in it can run."""
    html = _text(_one(desk).message, "html")
    base = '<base target="_blank">'
    return Response(base + html, media_type="text/html; charset=utf-8", headers=dict(SHEET_HEADERS))


def show_attachment(desk: Desk) -> Response:
    """An attachment, as it was sent."""
    attachments = list(_one(desk).message.iter_attachments())
    number = int(desk.path["number"])
    if number >= len(attachments):
        raise _no_mail()
    part = attachments[number]
    content = part.get_payload(decode=True)
    name = re.sub(r"[^\w.-]", "-", part.get_filename() or "attachment")
    return Response(
        content if isinstance(content, bytes) else b"",
        media_type=part.get_content_type(),
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _newest(folder: Path) -> list[Path]:
    found = [path for part in ("new", "cur") for path in (folder / part).glob("*")]
    return sorted(found, key=lambda each: each.stat().st_mtime_ns, reverse=True)


@lru_cache(KEPT)
def _addressee(path: Path) -> str:
    """To whom a mail goes, from its head alone; a mail in the folder never changes."""
    with path.open("rb") as file:
        return str(BytesParser(policy=default).parse(file, headersonly=True)["To"] or "")


def _one(desk: Desk) -> Caught:
    name, folder = desk.path["name"], folder_of(desk)
    for part in ("new", "cur"):
        path = folder / part / name
        if NAME.fullmatch(name) and path.is_file():
            return _read(path)
    raise _no_mail()


def _read(path: Path) -> Caught:
    parser = BytesParser(_class=EmailMessage, policy=default)
    return Caught(path.name, parser.parsebytes(path.read_bytes()))


def _mail(desk: Desk, caught: Caught) -> Mail:
    calendar = next(iter(desk.house.calendars.values()))
    message, href = caught.message, f"/mail/{caught.name}"
    attachments = tuple(
        Document(part.get_filename() or say("Attachment"), f"{href}/{number}", "")
        for number, part in enumerate(message.iter_attachments())
    )
    return Mail(
        href,
        str(message["Subject"] or ""),
        str(message["To"] or ""),
        str(message["From"] or ""),
        Moment(parsedate_to_datetime(str(message["Date"])), calendar.zone, calendar.title),
        attachments,
    )


def _text(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""


def _title(link: str) -> Words:
    page = link.split("/")[3] if link.count("/") > 2 else ""  # noqa: PLR2004 -- scheme and host
    return TITLES.get(page, link)


TITLES = {
    "decide": say("Open the question"),
    "letters": say("Open the letter"),
    "sign-in": say("Sign in"),
}


def _no_mail() -> Refused:
    return refuse(
        "there is no such mail here",
        rule="known_mail",
        cure="Mails are shown in a demonstration only; open one from the list.",
        reason=Reason.MISSING,
    )


routes: list[Route] = [
    Route("/mailbox", open_to_all(show_mailbox), methods=["GET"]),
    Route("/mail", open_to_all(show_mailbox), methods=["GET"]),
    Route("/mail/{name}", open_to_all(show_mail), methods=["GET"]),
    Route("/mail/{name}/html", open_to_all(show_html), methods=["GET"]),
    Route("/mail/{name}/{number:int}", open_to_all(show_attachment), methods=["GET"]),
]
