"""One letter as bytes on the wire: built by fastapi-mail, with what it gets wrong put right.

`docs/decisions/0004-mail.md` says which of its traps are stepped around here: a second Message-ID, an encoding on multiparts,
accents in headers, a template environment for every letter.
"""

import base64
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime
from functools import cache, lru_cache

from fastapi_mail import ConnectionConfig, FastMail, MessageSchema, MessageType, MultipartSubtypeEnum

from portal.postbox.rendering import Rendered

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


async def build(sender: Sender, envelope: Envelope, parts: Rendered) -> bytes:
    """Return the message, CRLF line ends; ValueError if the address or a header could not be written as one.

    Headers: `List-Unsubscribe` and `List-Unsubscribe-Post` as RFC 8058 asks where `unsubscribe` is given;
    a calendar is attached as `text/calendar; method=REQUEST` (RFC 6047).
    """
    if not ADDRESS.fullmatch(envelope.address):
        raise ValueError("not an address SMTP can carry")
    mould = await _mould(sender, envelope)
    filled = {
        _TO: _line("To", envelope.address),
        _SUBJECT: _line("Subject", re.sub(r"[\r\n\t ]+", " ", envelope.subject)),
        _DATE: _line("Date", format_datetime(envelope.at)),
        _MESSAGE_ID: _line("Message-ID", envelope.message_id),
        _UNSUBSCRIBE: _line("List-Unsubscribe", f"<{envelope.unsubscribe}>"),
        # Bodies are in base64, which has no underscore: the boundary cannot stand in one, and need not be searched for.
        _BOUNDARY: f"_{envelope.message_id.strip('<>').partition('@')[0]}_".encode("ascii"),
        _TEXT: _base64(parts.text),
        _HTML: _base64(parts.html),
        _CALENDAR: _base64(envelope.calendar or ""),
    }
    return b"".join(filled.get(piece, piece) for piece in mould)


# What is another in each letter stands in the mould as one of these.
_TO, _SUBJECT, _DATE, _MESSAGE_ID, _UNSUBSCRIBE = b"To", b"Subject", b"Date", b"Message-ID", b"List-Unsubscribe"
_BOUNDARY, _TEXT, _HTML, _CALENDAR = b"_mould_", b"mould/text", b"mould/html", b"mould/calendar"
_BODIES = b"|".join(re.escape(base64.encodebytes(body).strip()) + b"\r\n" for body in (_TEXT, _HTML, _CALENDAR))
_ANOTHER = re.compile(
    rb"^(To|Subject|Date|Message-ID|List-Unsubscribe): [^\r\n]*\r\n|" + _BOUNDARY + b"|" + _BODIES, re.MULTILINE
)
_moulds: dict[tuple[Sender, bool, str | None], list[bytes]] = {}


async def _mould(sender: Sender, envelope: Envelope) -> list[bytes]:
    """Return a letter of this shape in pieces, built by fastapi-mail once: a launch is thousands of the same shape."""
    method = _method(envelope.calendar) if envelope.calendar else None
    shape = (sender, envelope.unsubscribe is not None, method)
    if shape not in _moulds:
        _moulds[shape] = _cut((await _model(*shape)).as_bytes(policy=compat32.clone(linesep="\r\n")))
    return _moulds[shape]


async def _model(sender: Sender, unsubscribes: bool, method: str | None) -> Message:
    headers = {"Auto-Submitted": "auto-generated", "message-id": "<mould@example.org>"}
    if unsubscribes:
        headers |= {"List-Unsubscribe": "<mould>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    schema = MessageSchema(
        recipients=["mould@example.org"],
        subject="mould",
        body=_TEXT.decode(),
        alternative_body=_HTML.decode(),
        subtype=MessageType.plain,
        multipart_subtype=MultipartSubtypeEnum.alternative,
        reply_to=[sender.reply_to] if sender.reply_to else [],
        headers=headers,
    )
    message = await _mailer(sender).get_message(schema)
    assert isinstance(message, Message)  # one schema, one message
    _mend(message, sender)
    if method:
        _attach_calendar(message, method)
    return message


def _cut(message: bytes) -> list[bytes]:
    """Split a message where one letter differs from another: at whole header lines, the boundary and the bodies."""
    pieces, at = [], 0
    for found in _ANOTHER.finditer(message):
        name = found[1] or (_BOUNDARY if found[0] == _BOUNDARY else base64.decodebytes(found[0]))
        pieces += [message[at : found.start()], name]
        at = found.end()
    return [*pieces, message[at:]]


def _line(name: str, value: str) -> bytes:
    """Return a header line, folded if it must be (RFC 5322, 2.1.1)."""
    if CONTROL.search(value):
        raise ValueError("a control character in a header")
    if value.isascii() and len(name) + len(value) < 900:
        return f"{name}: {value}\r\n".encode("ascii")
    return _folded(name, value)


@lru_cache(maxsize=1000)
def _folded(name: str, value: str) -> bytes:
    # Kept, because a launch says the same subject to everyone.
    return compat32.clone(linesep="\r\n").fold_binary(name, value)


def _base64(text: str) -> bytes:
    return base64.encodebytes(text.encode()).replace(b"\n", b"\r\n")


@cache
def _mailer(sender: Sender) -> FastMail:
    """Return fastapi-mail set for this sender: it builds, `portal.postbox.delivery` sends over lasting connections."""
    return FastMail(
        ConnectionConfig(
            MAIL_USERNAME=sender.user,
            MAIL_PASSWORD=sender.password,
            MAIL_PORT=sender.port,
            MAIL_SERVER=sender.host,
            MAIL_STARTTLS=sender.security == "starttls",
            MAIL_SSL_TLS=sender.security == "tls",
            MAIL_FROM=sender.mail_from,
            MAIL_FROM_NAME=_one_line(sender.from_name),
            USE_CREDENTIALS=bool(sender.user),
        )
    )


def _one_line(value: str) -> str:
    if CONTROL.search(value):
        raise ValueError("a control character in a header")
    return value


def _mend(message: Message, sender: Sender) -> None:
    """Name each header once and take the message out of a wrapper of one part.

    A multipart may name no encoding (RFC 2045, 6.4).
    """
    for name in ("Message-ID", "Reply-To"):
        del message[name]
    message["Message-ID"] = "<mould@example.org>"
    if sender.reply_to:
        message["Reply-To"] = _one_line(sender.reply_to)
    inner = message.get_payload(0)
    assert isinstance(inner, Message)  # the alternatives
    message.set_payload(inner.get_payload())
    del message["Content-Transfer-Encoding"], message["Content-Type"]
    message["Content-Type"] = f'multipart/alternative; boundary="{_BOUNDARY.decode()}"'


def _method(calendar: str) -> str:
    return "CANCEL" if "METHOD:CANCEL" in calendar else "REQUEST"


def _attach_calendar(message: Message, method: str) -> None:
    part = MIMEText(_CALENDAR.decode(), "calendar", "utf-8")
    part.set_param("method", method)
    part.add_header("Content-Disposition", "attachment", filename="invitation.ics")
    message.attach(part)
