"""Which mail server there is, read from the setting BACKYARD_SMTP_URL."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Self
from urllib.parse import unquote, urlsplit


class Wall(StrEnum):
    """What guards the way to the server."""

    TLS = "smtps"
    STARTTLS = "smtp"
    NONE = "smtp+plain"


PORTS: Final = {Wall.TLS: 465, Wall.STARTTLS: 587, Wall.NONE: 25}

SHAPE: Final = (
    "write it as `smtp://user:password@host:587`, `smtps://…` or `smtp+plain://localhost` "
    "(docs/operating.md), with %-codes for special characters in the password"
)


@dataclass(frozen=True, slots=True)
class Server:
    """A server and how to reach it. `password` never shows in a representation."""

    wall: Wall
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def parse(cls, url: str) -> Self:
        """Read a URL. Raises ValueError with a sentence that holds nothing of the URL."""
        try:
            parts = urlsplit(url)
            wall, host = Wall(parts.scheme), parts.hostname or ""
            port = parts.port or PORTS[wall]
        except ValueError:
            raise ValueError(SHAPE) from None
        if not host or parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError(SHAPE)
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        if bool(user) != bool(password):
            raise ValueError("a user needs a password, and a password a user")
        if user and wall is Wall.NONE and not is_loopback(host):
            raise ValueError(
                "a password would go to another machine unencrypted: use smtp:// or smtps://"
            )
        return cls(wall, host, port, user, password)


def is_loopback(host: str) -> bool:
    """Whether `host`, a name or an address, is this very machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
