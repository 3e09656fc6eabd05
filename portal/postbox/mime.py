"""One letter as bytes on the wire.

Written out here rather than through `email.message`, which costs ten times as much for a shape that never changes:
`multipart/alternative` with the plain part first (RFC 2046, 5.1.4), then HTML, then an invitation if there is one.
"""

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime
from functools import lru_cache

from portal.postbox.rendering import Rendered

CRLF = b"\r\n"
# One mailbox and nothing else: no second one, no accents (RFC 6531 is asked of few servers), nothing to break out with.
ADDRESS = re.compile(r"[^\s@<>(),;:\"\\\x00-\x1f\x7f-\U0010ffff]+@[A-Za-z0-9.-]+")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who the house writes as, and through which server."""

    host: str
    port: int
    mail_from: str
    from_name: str
    reply_to: str | None = None
    user: str = ""
    password: str = ""
    security: str = "none"


@dataclass(frozen=True, slots=True)
class Envelope:
    """Everything of one message but its parts."""

    address: str
    subject: str
    message_id: str
    at: datetime
    unsubscribe: str | None = None
    calendar: str | None = None


def build(sender: Sender, envelope: Envelope, parts: Rendered) -> bytes:
    """Return the message, CRLF line ends; ValueError if the address or a header could not be written as one.

    Headers: `List-Unsubscribe` and `List-Unsubscribe-Post` as RFC 8058 asks where `unsubscribe` is given;
    a calendar is attached as `text/calendar; method=REQUEST` (RFC 6047).
    """
    if not ADDRESS.fullmatch(envelope.address):
        raise ValueError("not an address SMTP can carry")
    # Base64 has no underscore: the boundary cannot stand in a body.
    boundary = f"_{envelope.message_id.strip('<>').partition('@')[0]}_"
    lines = [_header(name, value) for name, value in _headers(sender, envelope)]
    lines.append(f'Content-Type: multipart/alternative; boundary="{boundary}"'.encode("ascii"))
    for kind, body in _bodies(parts, envelope.calendar):
        lines += [b"", f"--{boundary}".encode(), kind, b"Content-Transfer-Encoding: base64", b"", _base64(body)]
    lines += [f"--{boundary}--".encode(), b""]
    return CRLF.join(lines)


def _headers(sender: Sender, envelope: Envelope) -> Iterable[tuple[str, str]]:
    yield "MIME-Version", "1.0"
    yield "Date", format_datetime(envelope.at)
    yield "Message-ID", envelope.message_id
    yield "From", _mailbox(sender.from_name, sender.mail_from)
    yield "To", envelope.address
    yield "Subject", " ".join(envelope.subject.split())
    if sender.reply_to:
        yield "Reply-To", sender.reply_to
    yield "Auto-Submitted", "auto-generated"
    if envelope.unsubscribe:
        yield "List-Unsubscribe", f"<{envelope.unsubscribe}>"
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"


def _mailbox(name: str, address: str) -> str:
    if not name:
        return address
    if not name.isascii():
        return f"{_encoded_name(name)} <{address}>"
    quoted = name.replace("\\", r"\\").replace('"', r"\"")
    return f'"{quoted}" <{address}>'


@lru_cache(maxsize=1000)
def _encoded_name(name: str) -> str:
    return Header(name, "utf-8", maxlinelen=200).encode()


def _header(name: str, value: str) -> bytes:
    """Return one header; accents as RFC 2047 has them, only in a subject."""
    if CONTROL.search(value):
        raise ValueError(f"a control character in {name}")
    return f"{name}: {_accented(value) if name == 'Subject' else value}".encode("ascii")


@lru_cache(maxsize=1000)
def _accented(subject: str) -> str:
    # Kept, because a launch says the same to everyone and folding a header is slow.
    return subject if subject.isascii() else Header(subject, "utf-8", header_name="Subject").encode(linesep="\r\n")


def _bodies(parts: Rendered, calendar: str | None) -> Iterable[tuple[bytes, str]]:
    yield b"Content-Type: text/plain; charset=utf-8", parts.text
    yield b"Content-Type: text/html; charset=utf-8", parts.html
    if calendar:
        method = b"CANCEL" if "METHOD:CANCEL" in calendar else b"REQUEST"
        kind = b"Content-Type: text/calendar; charset=utf-8; method=" + method
        yield kind + CRLF + b'Content-Disposition: attachment; filename="invitation.ics"', calendar


def _base64(body: str) -> bytes:
    return base64.encodebytes(body.encode()).replace(b"\n", CRLF)
