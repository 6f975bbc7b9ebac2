"""A small mail server (RFC 5321) for tests, with STARTTLS, TLS and AUTH PLAIN."""

from __future__ import annotations

import asyncio
import base64
import email.policy
import ssl
import subprocess
from email import message_from_bytes
from pathlib import Path
from threading import Event, Thread

from backyard.mail.server import Wall


def make_certificate(folder: Path) -> Path:
    """Have openssl make a certificate for localhost, with its key in the same file."""
    file = folder / "localhost.pem"
    request = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", str(folder / "key"), "-out", str(folder / "certificate")]
    subprocess.run(["openssl", *request, *names, *files], check=True, capture_output=True)
    file.write_text((folder / "key").read_text() + (folder / "certificate").read_text())
    return file


class SmtpServer:
    """Listens on a port of localhost, in a thread of its own, and keeps what it is handed.

    `login` is the user and password that it wants. `refusal` is what it answers to each mail,
    `is_silent` that it never answers at all.
    """

    def __init__(
        self,
        wall: Wall,
        certificate: Path,
        login: tuple[str, str] | None = None,
        refusal: str = "",
        is_silent: bool = False,
    ) -> None:
        self.wall, self.login, self.refusal, self.is_silent = wall, login, refusal, is_silent
        self.received: list[bytes] = []
        self.port = 0
        self.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.tls.load_cert_chain(certificate)
        self._ready, self._thread = Event(), Thread(target=self._run)

    def start(self) -> None:
        """Return when it listens."""
        self._thread.start()
        self._ready.wait()

    def stop(self) -> None:
        """Return when it has ended."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()

    def letters(self) -> list[tuple[str, str, str, str]]:
        """From, To, subject and text of each mail."""
        parsed = [
            message_from_bytes(one.replace(b"\r\n", b"\n"), policy=email.policy.default)
            for one in self.received
        ]
        return [(m["From"], m["To"], m["Subject"], m.get_content()) for m in parsed]

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        tls = self.tls if self.wall is Wall.TLS else None
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=tls)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stopping.wait()
        server.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if self.is_silent:
                await self._stopping.wait()
            else:
                await self._greet(reader, writer)
        except (ConnectionError, ssl.SSLError):
            pass  # the client did not want to go on
        finally:
            writer.close()

    async def _greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 localhost\r\n")
        while line := await reader.readline():
            word = line.split()[0].upper().decode()
            if word == "STARTTLS":
                writer.write(b"220 go on\r\n")
                await writer.start_tls(self.tls)
            elif word == "DATA":
                writer.write(b"354 go on\r\n")
                await self._take(reader)
                writer.write((f"554 {self.refusal}" if self.refusal else "250 ok").encode())
                writer.write(b"\r\n")
            else:
                writer.write(self._answer(word, line).encode())
            await writer.drain()

    async def _take(self, reader: asyncio.StreamReader) -> None:
        text = await reader.readuntil(b"\r\n.\r\n")
        if not self.refusal:
            self.received.append(text.removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n."))

    def _answer(self, word: str, line: bytes) -> str:
        if word == "EHLO":
            offer = "250-STARTTLS\r\n" if self.wall is Wall.STARTTLS else ""
            return f"250-localhost\r\n{offer}250 AUTH PLAIN\r\n"
        if word == "AUTH":
            given = base64.b64decode(line.split()[2]).decode().split("\0")[1:]
            return "235 ok\r\n" if tuple(given) == self.login else f"535 not {given[1]}\r\n"
        return "221 bye\r\n" if word == "QUIT" else "250 ok\r\n"
