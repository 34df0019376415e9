"""Notices through real mail servers: taken once, refused for good, or tried again."""

import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP as SMTP_POLICY
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Protocol

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from governance.access.signing import challenge, challenge_for_link
from governance.clock import OwnedClock
from governance.database import Database
from governance.house import House
from governance.notices.outgoing import Letter, NotSent, send_code, send_letter
from governance.people.models import Person
from governance.record.filekeys import KeyRing
from governance.record.models import Outbox
from governance.settings import Settings

QUEUED = {
    "acceptance": {"invitation": "i1", "question": {"en": "Do you accept?"}},
    "acknowledgement": {"candidacy": "c1"},
    "question": {"invitation": "i2", "question": {"en": "Do you object?"}},
    "reference": {"invitation": "i3", "question": {"en": "What can you say?"}},
    "regret": {"document": "d1"},
    "reminder": {"invitation": "i2", "question": {"en": "Do you object?"}},
}
PAGES = {"acknowledgement": "/candidacy/", "regret": "/letters/"}
ADDRESS = "awa@example.org"


class Postbox(Protocol):
    """The mail server of the tests."""

    port: int
    messages: list[EmailMessage]
    refuse: dict[str, str]


def a_house(tmp_path: Path, port: int, url: str = "sqlite://", **changes: Any) -> House:
    """A house whose mail server listens on this port."""
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        home=tmp_path,
        smtp_port=port,
        public_url="https://mandate.example",
        **changes,
    )
    clock = OwnedClock("2026-11-23T08:00:00+00:00")
    return House(Database(url), clock, KeyRing(settings.keys_folder), settings)


def a_person(language: str = "en", email: str = ADDRESS) -> Person:
    """Somebody who is written to."""
    return Person(family_name="Example", given_names="Awa", email=email, language=language)


def a_row(kind: str, person: Person) -> Outbox:
    """A row of the outbox as the rooms of the house queue it."""
    return Outbox(
        key=f"{kind}:1",
        subject_kind="case",
        subject_id="c1",
        person_id=person.id,
        template=kind,
        facts={"reference": "INT-2026-0012", **QUEUED[kind]},
        queued_at=OwnedClock("2026-11-23T07:59:00+00:00").now(),
    )


def a_letter(house: House, kind: str = "question", **person: str) -> Letter:
    """The letter of such a row."""
    whom = a_person(**person)
    return Letter.of(a_row(kind, whom), whom, house)


def refused(house: House, letter: Letter) -> NotSent:
    """Why a letter was not sent."""
    with pytest.raises(NotSent) as caught:
        send_letter(house.settings, letter)
    return caught.value


def parts(message: EmailMessage) -> tuple[str, str]:
    """The plain text and the HTML."""
    plain, html = message.iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    return plain.get_content(), html.get_content()


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
@pytest.mark.parametrize("kind", QUEUED)
def test_every_kind_leaves_in_every_language(
    kind: str, language: str, smtp: Postbox, tmp_path: Path
) -> None:
    """What arrives has sober headers, two parts, and the link that its token is derived for."""
    house = a_house(tmp_path, smtp.port)
    letter = a_letter(house, kind, language=language)
    send_letter(house.settings, letter)
    (message,) = smtp.messages
    assert message.get_content_type() == "multipart/alternative"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == language
    assert message["Date"].datetime == house.clock.now()
    assert str(message["From"]) == "INTERPOL <mandate@organisation.example>"
    assert str(message["To"]) == f"Awa Example <{ADDRESS}>"
    for part in parts(message):
        assert "INT-2026-0012" in part
        named = QUEUED[kind].get("candidacy", "")
        assert re.findall(rf"https://\S+?(/\w+/){named}[0-9a-f]{{64}}\b", part)[:1] == (
            [page] if (page := PAGES.get(kind, "/decide/")) else []
        )
    assert ('<html lang="ar" dir="rtl">' in parts(message)[1]) == (language == "ar")


def test_the_link_is_the_one_that_the_page_knows(smtp: Postbox, tmp_path: Path) -> None:
    """The token in the mail is the installation's for this invitation, and of this one only."""
    house = a_house(tmp_path, smtp.port)
    asked, written = house.keys.token("invitation:i2"), house.keys.token("document:d1")
    assert a_letter(house).link == f"https://mandate.example/decide/{asked}"
    assert a_letter(house, "regret").link == f"https://mandate.example/letters/{written}"


def test_a_second_try_is_the_same_letter(smtp: Postbox, tmp_path: Path) -> None:
    """A mail that went twice can be told by its Message-ID, which tells nothing of the key."""
    house = a_house(tmp_path, smtp.port)
    send_letter(house.settings, a_letter(house))
    house.clock.advance(minutes=5)  # type: ignore[attr-defined]
    send_letter(house.settings, a_letter(house))
    send_letter(house.settings, a_letter(house, "reminder"))
    first, second, other = (str(message["Message-ID"]) for message in smtp.messages)
    assert first == second != other
    assert re.fullmatch(r"<[0-9a-f]{40}@organisation\.example>", first)


@pytest.mark.parametrize(
    ("reply", "for_good", "words"),
    [
        ("550 5.1.1 <awa@example.org> is not known here", True, "for good (550 5.1.1)"),
        ("553 no", True, "for good (553)"),
        ("451 4.7.1 awa@example.org is greylisted", False, "for now (451 4.7.1)"),
        ("452 full", False, "for now (452)"),
    ],
)
def test_what_the_server_says_of_an_address_decides(
    reply: str, for_good: bool, words: str, smtp: Postbox, tmp_path: Path
) -> None:
    """A five is for good, a four passes; the address is not repeated to whoever reads logs."""
    house = a_house(tmp_path, smtp.port)
    smtp.refuse[ADDRESS] = reply
    why = refused(house, a_letter(house))
    assert why.for_good is for_good
    assert words in str(why)
    assert "awa" not in str(why).lower()
    assert smtp.messages == []


def test_a_server_that_is_away_is_tried_again(free_port: Callable[[], int], tmp_path: Path) -> None:
    """A refused connection is nobody's fault for good, and the cure names the settings."""
    house = a_house(tmp_path, free_port())
    why = refused(house, a_letter(house))
    assert not why.for_good
    assert "ConnectionRefusedError" in str(why)
    assert "MANDATE_SMTP_" in str(why)


def test_a_name_cannot_write_headers(smtp: Postbox, tmp_path: Path) -> None:
    """A name with line ends and a Bcc reaches its person and nobody else."""
    house = a_house(tmp_path, smtp.port)
    whom = a_person()
    whom.family_name = "Example\r\nBcc: all@example.org\r\n\r\nDear all,"
    send_letter(house.settings, Letter.of(a_row("question", whom), whom, house))
    (message,) = smtp.messages
    assert message["Bcc"] is None
    assert [each.addr_spec for each in message["To"].addresses] == [ADDRESS]
    assert parts(message)[0].startswith("Dear Awa Example Bcc: all@example.org Dear all,")


def test_a_code_goes_to_whom_it_was_made_for(
    smtp: Postbox, sqlite_url: str, tmp_path: Path
) -> None:
    """Each code is a mail of its own, in the language of the person, without a link."""
    house = a_house(tmp_path, smtp.port, sqlite_url)
    with house.database.deciding() as session:
        session.add(whom := a_person("fr"))
    made = [challenge(house, ADDRESS), challenge_for_link(house, whom.id, "i1")]
    for each in made:
        send_code(house, each)
    assert len({str(message["Message-ID"]) for message in smtp.messages}) == len(made)
    for message, each in zip(smtp.messages, made, strict=True):
        assert message["Subject"] == "Votre code à usage unique"
        for part in parts(message):
            assert re.search(rf"\b{each.code}\b", part)
            assert "http" not in part


def test_for_a_stranger_no_code_leaves(smtp: Postbox, sqlite_url: str, tmp_path: Path) -> None:
    """Whoever types an address that is not registered causes no mail, and no error."""
    house = a_house(tmp_path, smtp.port, sqlite_url)
    send_code(house, challenge(house, "stranger@example.org"))
    assert smtp.messages == []


class Server:
    """A mail server with replies of its own at the end of a mail and of a connection."""

    def __init__(self, data: str = "250 OK", mail: str = "") -> None:
        self.messages: list[EmailMessage] = []
        self._data, self._mail = data, mail

    async def handle_MAIL(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._mail:
            return self._mail
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        message = BytesParser(_class=EmailMessage, policy=SMTP_POLICY).parsebytes(content)
        self.messages.append(message)
        return self._data

    async def handle_QUIT(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        return "421 no farewell"


@contextmanager
def listening(server: Server, port: int, **settings: Any) -> Iterator[None]:
    """The server, while it listens."""
    controller = Controller(server, hostname="127.0.0.1", port=port, **settings)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


@pytest.mark.parametrize(("reply", "for_good"), [("554 5.6.0 no", True), ("451 later", False)])
def test_what_the_server_says_of_the_mail_decides_too(
    reply: str, for_good: bool, free_port: Callable[[], int], tmp_path: Path
) -> None:
    """A mail that is refused after it was read is refused like an address."""
    house = a_house(tmp_path, free_port())
    with listening(Server(reply), house.settings.smtp_port):
        why = refused(house, a_letter(house))
    assert why.for_good is for_good
    assert reply[:3] in str(why)


def test_a_sender_that_the_server_refuses_is_no_fault_of_the_letter(
    free_port: Callable[[], int], tmp_path: Path
) -> None:
    """A wrong setting refuses every letter; none is given up before it is corrected."""
    house = a_house(tmp_path, free_port())
    with listening(Server(mail="550 who are you"), house.settings.smtp_port):
        why = refused(house, a_letter(house))
    assert not why.for_good
    assert "reply 550" in str(why)


def test_a_bad_farewell_does_not_send_a_mail_twice(
    free_port: Callable[[], int], tmp_path: Path
) -> None:
    """What the server has taken is sent, whatever it says at the end."""
    house, server = a_house(tmp_path, free_port()), Server()
    with listening(server, house.settings.smtp_port):
        send_letter(house.settings, a_letter(house))
    assert len(server.messages) == 1


def test_a_domain_outside_ascii_goes_where_the_server_takes_it(
    free_port: Callable[[], int], tmp_path: Path
) -> None:
    """Otherwise it is refused for good, with the cure."""
    house, server = a_house(tmp_path, free_port()), Server()
    letter = a_letter(house, email="zoe@exämple.org")
    with listening(server, house.settings.smtp_port, enable_SMTPUTF8=False):
        why = refused(house, letter)
    assert why.for_good
    assert "another address" in str(why)
    with listening(server, house.settings.smtp_port, enable_SMTPUTF8=True):
        send_letter(house.settings, letter)
    assert len(server.messages) == 1


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of this machine's own, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example")])
    now = datetime.now(UTC)  # noqa: TID251 -- TLS goes by the machine's clock
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "mail.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


def protected(certificate: Path, security: str) -> dict[str, Any]:
    """What makes aiosmtpd speak TLS from the first byte, or ask for it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    if security == "tls":
        return {"ssl_context": context}
    return {"tls_context": context, "require_starttls": True}


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_protected_server_is_spoken_to_in_protection_only(
    security: str,
    certificate: Path,
    free_port: Callable[[], int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With a certificate that nobody vouches for no word is said; with a good one it is sent."""
    house, server = a_house(tmp_path, free_port(), smtp_security=security), Server()
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    with listening(server, house.settings.smtp_port, **protected(certificate, security)):
        why = refused(house, a_letter(house))
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        send_letter(house.settings, a_letter(house))
    assert not why.for_good
    assert "SSLCertVerificationError" in str(why)
    assert len(server.messages) == 1


def test_protection_that_the_server_does_not_offer_is_not_done_without(
    smtp: Postbox, tmp_path: Path
) -> None:
    """Nobody in between can talk us out of STARTTLS."""
    house = a_house(tmp_path, smtp.port, smtp_security="starttls")
    assert not refused(house, a_letter(house)).for_good
    assert smtp.messages == []


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # the test's server has nothing to protect
@pytest.mark.parametrize(("password", "arrives"), [("right", True), ("wrong", False)])
def test_a_server_that_asks_who_we_are_is_told(
    password: str, arrives: bool, free_port: Callable[[], int], tmp_path: Path
) -> None:
    """A wrong password is trouble of the installation: no letter is given up for it."""

    def who(_: SMTP, __: Session, ___: Envelope, ____: str, given: LoginPassword) -> AuthResult:
        return AuthResult(success=given.password == b"right", handled=False)

    asks = {"authenticator": who, "auth_required": True, "auth_require_tls": False}
    house = a_house(tmp_path, free_port(), smtp_user="mandate", smtp_password=password)
    server = Server()
    with listening(server, house.settings.smtp_port, **asks):
        if arrives:
            send_letter(house.settings, a_letter(house))
        else:
            why = refused(house, a_letter(house))
            assert not why.for_good
            assert "reply 535" in str(why)
    assert len(server.messages) == arrives
