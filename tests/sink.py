"""A real SMTP server that keeps what it is handed, for tests that read the mail."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from portal.postbox.mime import Sender
from tests.serving import free_port


@dataclass
class Sink:
    """The letters received, in order; `refuse` maps an address to the answer its RCPT gets.

    `reply_to` is where the house says that answers go, if it says so.
    """

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    reply_to: str | None = "bonjour@vivier.example"
    from_name: str = "La Maison"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        letter = message_from_bytes(envelope.content or b"", policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 taken"

    @property
    def sender(self) -> Sender:
        return Sender("127.0.0.1", self.port, "maison@vivier.example", self.from_name, reply_to=self.reply_to)

    def to(self, address: str) -> list[EmailMessage]:
        return [letter for letter in self.letters if address in str(letter["To"])]


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def html_of(letter: EmailMessage) -> str:
    part = letter.get_body(("html",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def links_in(letter: EmailMessage) -> list[str]:
    return re.findall(r"https?://\S+", text_of(letter))


def link_to(letter: EmailMessage, tail: str) -> str:
    """The link that ends in a choice."""
    return next(link for link in links_in(letter) if link.endswith(f"/{tail}"))


def calendar_of(letter: EmailMessage) -> str:
    part = next(part for part in letter.walk() if part.get_content_type() == "text/calendar")
    return part.get_payload(decode=True).decode()  # type: ignore[union-attr]


@contextmanager
def listening() -> Iterator[Sink]:
    """A sink on a free port of this machine."""
    sink = Sink()
    sink.port = free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
