"""The settings: environment variables named `BACKYARD_…`, checked once, at the start.

docs/operating.md lists them for operators.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Any, Final, Self

from flask import current_app
from limits import parse_many
from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from backyard.mail.server import Server, is_loopback

ROOT: Final = Path(__file__).resolve().parents[2]
"""The checkout, where `instance/` and `exercises/` are unless a setting says otherwise."""

PREFIX: Final = "BACKYARD_"

REQUEST_LIMIT: Final = 2 * 1024 * 1024
"""Bytes of a request's body: a whole submission (1 MiB) with room for the form around it."""


class ConfigurationError(Exception):
    """The settings can't be used; the message tells the operator what to change."""


def _rate(text: str) -> str:
    try:
        parse_many(text)
    except ValueError:
        raise ValueError("write it as `10 per minute` or `10 per minute; 100 per hour`") from None
    return text


def _database_url(text: str) -> str:
    try:
        return text and make_url(text).render_as_string(hide_password=False)
    except ArgumentError:
        raise ValueError("write it as `sqlite:////folder/file` (docs/operating.md)") from None


def _smtp_url(url: SecretStr) -> SecretStr:
    if url:
        Server.parse(url.get_secret_value())
    return url


def _mail_from(text: str) -> str:
    if text and ("@" not in parseaddr(text)[1] or not text.isprintable()):
        raise ValueError("write it as `Backyard <practice@example.org>` or as the bare address")
    return text


Rate = Annotated[str, AfterValidator(_rate)]


class Settings(BaseSettings):
    """What an operator may set. Each field is the variable `BACKYARD_<FIELD>`.

    Rates are sentences such as `10 per minute`; several are joined by `;`.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)

    instance: Path = ROOT / "instance"
    database_url: Annotated[str, AfterValidator(_database_url)] = ""
    exercises_dir: Path = ROOT / "exercises"
    runtime: str = ""  # read by sandbox/docker, for the commands too
    public_url: AnyHttpUrl = AnyHttpUrl("http://127.0.0.1:8000")
    secure_cookies: bool | None = None
    trusted_proxies: Annotated[int, Field(ge=0, le=5)] = 0
    session_days: Annotated[int, Field(ge=1, le=365)] = 14
    login_rate: Rate = "10 per minute; 100 per hour"
    account_rate: Rate = "300 per hour"  # more than one address may try, or it locks people out
    register_rate: Rate = "100 per hour"  # a whole class may sit behind one address
    submit_rate: Rate = "10 per minute"
    run_rate: Rate = "30 per minute"  # runs count nowhere, and a new one calls off the one before
    question_rate: Rate = "120 per minute"  # of a tryout, each in a sandbox that is there
    tryouts: Annotated[int, Field(ge=0, le=64)] = 4  # at once, by each worker
    draft_rate: Rate = "120 per minute"
    join_rate: Rate = "10 per minute"
    forgotten_rate: Rate = "30 per hour"
    mail_rate: Rate = "5 per hour"
    smtp_url: Annotated[SecretStr, AfterValidator(_smtp_url)] = SecretStr("")  # with a password
    mail_from: Annotated[str, AfterValidator(_mail_from)] = ""
    pool_memory_mb: Annotated[int, Field(ge=0)] = 1024

    @model_validator(mode="after")
    def _cookies_are_safe(self) -> Self:
        if self.public_url.scheme == "http" and not self.is_local and self.secure_cookies is None:
            raise ValueError(
                f"public_url {self.public_url} is plain http, so anybody on the way could read "
                "the sessions. Use https, or accept that with BACKYARD_SECURE_COOKIES=false"
            )
        return self

    @property
    def is_local(self) -> bool:
        """Whether the public URL leads to this very machine."""
        return is_loopback((self.public_url.host or "").strip("[]"))

    @property
    def cookies_are_secure(self) -> bool:
        """Whether cookies are for https alone: yes, unless set, or unless this is plain http."""
        if self.secure_cookies is not None:
            return self.secure_cookies
        return self.public_url.scheme == "https"

    @property
    def sender(self) -> str:
        """Whom mails come from: as set, or `backyard` at the public URL's host."""
        return self.mail_from or f"Backyard <backyard@{self.public_url.host}>"

    @property
    def database(self) -> str:
        """SQLAlchemy's URL: the one that was set, or a SQLite file in the instance folder."""
        return self.database_url or f"sqlite:///{self.instance.absolute() / 'backyard.sqlite3'}"

    @property
    def secret_key_file(self) -> Path:
        """Where the key is that signs sessions. `backyard setup` makes it."""
        return self.instance / "secret_key"

    def secret_key(self) -> str:
        """Read the key. Raises ConfigurationError where there is none."""
        try:
            key = self.secret_key_file.read_text().strip()
        except OSError as error:
            raise ConfigurationError(
                f"Can't read the secret key {self.secret_key_file} ({error.strerror}). "
                "Run `backyard setup` to make one, or point BACKYARD_INSTANCE to its folder."
            ) from None
        if len(key) < 32:
            raise ConfigurationError(
                f"The secret key in {self.secret_key_file} is too short. "
                "Delete the file and run `backyard setup`; everybody has to log in again."
            )
        return key

    def for_flask(self) -> dict[str, Any]:
        """The same settings in the words of Flask and its extensions."""
        return {
            "SECRET_KEY": self.secret_key(),
            "SQLALCHEMY_DATABASE_URI": self.database,
            "MAX_CONTENT_LENGTH": REQUEST_LIMIT,
            "MAX_FORM_MEMORY_SIZE": REQUEST_LIMIT,
            "SESSION_COOKIE_NAME": "backyard",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.cookies_are_secure,
            "PERMANENT_SESSION_LIFETIME": timedelta(days=self.session_days),
            "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: a long evening's work is kept
            "RATELIMIT_HEADERS_ENABLED": True,
        }


def load_settings() -> Settings:
    """Read the environment. Raises ConfigurationError with a line for each wrong variable."""
    lines = list(_misspelt())
    try:
        settings = Settings()
    except ValidationError as error:
        lines += [_explain(problem["loc"], problem["msg"]) for problem in error.errors()]
    if lines:
        raise ConfigurationError("\n".join(lines))
    return settings


def _misspelt() -> Iterator[str]:
    """Only what looks like a setting: others may use the prefix, such as Kubernetes for a service
    that is called backyard."""
    known = [f"{PREFIX}{field.upper()}" for field in Settings.model_fields]
    for name in os.environ:
        if name.startswith(PREFIX) and name not in known:
            for meant in difflib.get_close_matches(name, known, n=1, cutoff=0.85):
                yield f"{name}: there is no such setting. Did you mean {meant}?"


def _explain(place: tuple[int | str, ...], message: str) -> str:
    name = f"{PREFIX}{str(place[0]).upper()}" if place else "Settings"
    return f"{name}: {message.removeprefix('Value error, ')}."


def current_settings() -> Settings:
    """The settings of the application in whose context this runs."""
    settings: Settings = current_app.extensions["backyard.settings"]
    return settings
