"""What an installation decides: where things are kept, where it listens, whom it may reach.

Every setting is an environment variable with the prefix `MANDATE_`, or a line of `mandate.env`.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """The settings of one installation; one installation serves one organisation."""

    model_config = SettingsConfigDict(
        env_prefix="MANDATE_", env_file="mandate.env", extra="ignore", frozen=True
    )

    home: Path = Field(Path("var"), description="Folder of the embedded database, keys and mail.")
    database_url: str = Field(
        "", description="SQLAlchemy address; empty: SQLite in the home folder."
    )
    organisation: str = Field("interpol", description="Which rulebook folder is the law here.")
    rulebooks: Path = Field(
        ROOT / "governance" / "rulebooks", description="Folder of the organisations' rulebooks."
    )
    templates: Path = Field(ROOT / "templates", description="Folder of letters, pages, notices.")
    keys: Path | None = Field(None, description="Folder of the file keys; back it up apart.")
    seal_key: Path | None = Field(
        None, description="PKCS#12 file of the documents' seal; empty: a key made here."
    )
    seal_passphrase: str = Field("", description="Passphrase of that file, or PIN of the device.")
    seal_device: Path | None = Field(
        None, description="PKCS#11 module of a device that holds the seal's key."
    )
    seal_token: str = Field("", description="Label of the token on that device.")
    seal_label: str = Field("", description="Label of the key on that token.")
    seal_certificate: str = Field("", description="Label of its certificate; empty: the key's.")
    host: str = Field("127.0.0.1", description="Address that the web application listens on.")
    port: int = Field(8080, description="Port that the web application listens on.")
    public_url: str = Field("", description="Address in mails; empty: http://host:port.")
    prefect_port: int = Field(4200, description="Port of the local Prefect server.")
    smtp_host: str = Field("127.0.0.1", description="Mail server.")
    smtp_port: int = Field(8025, description="Port of the mail server.")
    smtp_user: str = Field("", description="User at the mail server, if it asks for one.")
    smtp_password: str = Field("", description="Password at the mail server.")
    smtp_security: Literal["none", "starttls", "tls"] = Field(
        "none", description="How the connection to the mail server is protected."
    )
    mail_from: str = Field(
        "mandate@organisation.example", description="Sender of all mails and notices."
    )
    slack_token: str = Field("", description="Bot token for notices by Slack; empty: none.")
    slack_api: str = Field(
        "https://slack.com/api/", description="Address of Slack's API, or of what stands for it."
    )
    webhook_secret: str = Field("", description="Signs webhooks; empty: no webhooks.")
    webhook_hosts: str = Field(
        "", description="Hosts (with port, if any) that webhooks may go to, by comma."
    )
    apprise_services: str = Field(
        "", description="Services of apprise that may be used, by comma: msteams, tgram, vapid."
    )
    push_hosts: str = Field(
        "fcm.googleapis.com, updates.push.services.mozilla.com, web.push.apple.com, "
        "*.notify.windows.com",
        description="Push services of browsers that notices may go to, by comma; empty: none.",
    )
    clock_file: Path | None = Field(
        None, description="A shared rehearsal clock; empty: the machine's clock."
    )
    demonstration: bool = Field(
        False, description="Show the mail catcher and sign-in links for the invented people."
    )
    demonstration_past: bool = Field(
        True, description="Give the body of the demonstration its meetings; a rehearsal has none."
    )
    session_hours: int = Field(12, description="How long a sign-in lasts.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="How much is logged; never personal data at any level."
    )
    rate_limit_per_minute: int = Field(
        300, description="Requests a minute from one address before it is asked to wait."
    )

    @cached_property
    def database(self) -> str:
        """The address of the database in force."""
        return self.database_url or f"sqlite:///{(self.home / 'mandate.db').resolve()}"

    @cached_property
    def clock(self) -> Path | None:
        """The shared clock of a demonstration or rehearsal in this home, or None for the machine's.

        Found by where it lies, so that a command in another shell tells the same time.
        """
        kept = self.home / "clock.json"
        return self.clock_file or (kept if kept.exists() else None)

    @cached_property
    def base_url(self) -> str:
        """The address that people outside see, without a closing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @cached_property
    def keys_folder(self) -> Path:
        """Where the file keys are: apart from the data, so that a backup of one is not both."""
        return self.keys or self.home / "keys"

    @cached_property
    def rulebook_folder(self) -> Path:
        """The law of this organisation."""
        return self.rulebooks / self.organisation
