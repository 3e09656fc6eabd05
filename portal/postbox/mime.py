"""One letter as bytes on the wire: built by fastapi-mail, with what it gets wrong put right.

`docs/decisions/0004-mail.md` says which of its traps are stepped around here: a second Message-ID, an encoding on multiparts,
accents in headers, a template environment for every letter.
"""

import base64
import re
from binascii import b2a_qp
from dataclasses import dataclass, replace
from datetime import datetime
from email.header import Header
from email.message import Message
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr
from functools import cache, lru_cache

from fastapi_mail import ConnectionConfig, FastMail, MessageSchema, MessageType, MultipartSubtypeEnum

from portal.postbox.rendering import Rendered

# One mailbox and nothing else: no second one, no accents (RFC 6531 is asked of few servers), nothing to break out with.
ADDRESS = re.compile(r"[^\s@<>(),;:\"\\\x00-\x1f\x7f-\U0010ffff]+@[A-Za-z0-9.-]+")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# More of a name no mail program shows.
LONGEST_NAME = 70
_FOLD = "\r\n "
# So many letters of a name of two bytes fit one encoded word (RFC 2047, 2).
_ONE_WORD = 22


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

    @lru_cache(maxsize=200)  # noqa: B019 - the house has one sender, and few who write
    def signed_by(self, name: str, address: str | None) -> "Sender":
        """Return the house writing in somebody's name; answers go to them, unless the house said where they go.

        `address` is None for who left.
        """
        answers = self.reply_to
        if answers is None and address is not None and ADDRESS.fullmatch(address):
            answers = mailbox("Reply-To", name, address)
        return replace(self, from_name=f"{_tidy(name)}, {self.from_name}", reply_to=answers)


@dataclass(frozen=True, slots=True)
class Envelope:
    """Everything of one message but its parts.

    `before` are the Message-IDs of its thread, oldest first. `by_hand`: a person wrote it, which mail programs are not
    told otherwise (RFC 3834, 5).
    """

    address: str
    subject: str
    message_id: str
    at: datetime
    unsubscribe: str | None = None
    calendar: str | None = None
    name: str = ""
    before: tuple[str, ...] = ()
    by_hand: bool = False


async def build(sender: Sender, envelope: Envelope, parts: Rendered) -> bytes:
    """Return the message, CRLF line ends; ValueError if the address or a header could not be written as one.

    Headers: `List-Unsubscribe` and `List-Unsubscribe-Post` as RFC 8058 asks where `unsubscribe` is given;
    a calendar is attached as `text/calendar; method=REQUEST` (RFC 6047).
    """
    if not ADDRESS.fullmatch(envelope.address):
        raise ValueError("not an address SMTP can carry")
    bodies = {_TEXT: parts.text, _HTML: parts.html, _CALENDAR: envelope.calendar or ""}
    plainly = tuple(name for name, body in bodies.items() if _is_nearly_ascii(body))
    mould = await _mould(sender, envelope, plainly)
    filled = {
        _TO: _line("To", mailbox("To", envelope.name, envelope.address)),
        _SUBJECT: _line("Subject", re.sub(r"[\r\n\t ]+", " ", envelope.subject)),
        _DATE: _line("Date", format_datetime(envelope.at)),
        _MESSAGE_ID: _line("Message-ID", envelope.message_id),
        _UNSUBSCRIBE: _line("List-Unsubscribe", f"<{envelope.unsubscribe}>"),
        _IN_REPLY_TO: _named("In-Reply-To", envelope.before[-1:]),
        _REFERENCES: _named("References", envelope.before),
        # Nobody who wrote the words knew this letter's number: the boundary stands in no body, and need not be searched for.
        _BOUNDARY: f"_{envelope.message_id.strip('<>').partition('@')[0]}_".encode("ascii"),
        **{name: _quoted(body) if name in plainly else _base64(body) for name, body in bodies.items()},
    }
    return b"".join(filled.get(piece, piece) for piece in mould)


# What is another in each letter stands in the mould as one of these.
_TO, _SUBJECT, _DATE, _MESSAGE_ID, _UNSUBSCRIBE = b"To", b"Subject", b"Date", b"Message-ID", b"List-Unsubscribe"
_IN_REPLY_TO, _REFERENCES = b"In-Reply-To", b"References"
_BOUNDARY, _TEXT, _HTML, _CALENDAR = b"_mould_", b"mould/text", b"mould/html", b"mould/calendar"
_AS_BASE64 = {base64.encodebytes(body).strip(): body for body in (_TEXT, _HTML, _CALENDAR)}
_BODIES = b"|".join(re.escape(coded) + b"\r\n" for coded in _AS_BASE64)
_ANOTHER = re.compile(
    rb"^(To|Subject|Date|Message-ID|List-Unsubscribe|In-Reply-To|References): [^\r\n]*\r\n|"
    + b"|".join((_BOUNDARY, _TEXT, _HTML, _CALENDAR, _BODIES)),
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What letters have in common; `plainly` are the bodies that stand nearly as they are."""

    sender: Sender
    unsubscribes: bool
    method: str | None
    threaded: bool
    by_hand: bool
    plainly: tuple[bytes, ...]


_moulds: dict[_Shape, list[bytes]] = {}


async def _mould(sender: Sender, envelope: Envelope, plainly: tuple[bytes, ...]) -> list[bytes]:
    """Return a letter of this shape in pieces, built by fastapi-mail once: a launch is thousands of the same shape."""
    method = _method(envelope.calendar) if envelope.calendar else None
    threaded = bool(envelope.before)
    shape = _Shape(sender, envelope.unsubscribe is not None, method, threaded, envelope.by_hand, plainly)
    if shape not in _moulds:
        _moulds[shape] = _cut((await _model(shape)).as_bytes(policy=compat32.clone(linesep="\r\n")))
    return _moulds[shape]


async def _model(shape: _Shape) -> Message:
    sender, headers = shape.sender, {"message-id": "<mould@example.org>"}
    if not shape.by_hand:
        headers |= {"Auto-Submitted": "auto-generated"}
    if shape.unsubscribes:
        headers |= {"List-Unsubscribe": "<mould>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    if shape.threaded:
        headers |= {"In-Reply-To": "<mould>", "References": "<mould>"}
    schema = MessageSchema(
        recipients=["mould@example.org"],
        subject="mould",
        body=_TEXT.decode(),
        alternative_body=_HTML.decode(),
        subtype=MessageType.plain,
        multipart_subtype=MultipartSubtypeEnum.alternative,
        headers=headers,
    )
    message = await _mailer(sender).get_message(schema)
    assert isinstance(message, Message)  # one schema, one message
    _mend(message, sender)
    if shape.method:
        _attach_calendar(message, shape.method)
    for part, name in zip(message.get_payload(), (_TEXT, _HTML, _CALENDAR), strict=False):
        if name in shape.plainly:
            part.replace_header("Content-Transfer-Encoding", "quoted-printable")
            part.set_payload(name.decode())
    return message


def _cut(message: bytes) -> list[bytes]:
    """Split a message where one letter differs from another: at whole header lines, the boundary and the bodies."""
    pieces, at = [], 0
    for found in _ANOTHER.finditer(message):
        pieces += [message[at : found.start()], found[1] or _AS_BASE64.get(found[0].strip(), found[0])]
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


def mailbox(header: str, name: str, address: str) -> str:
    """Return a name and an address as this header holds them; accents are encoded, and folded where they are many."""
    name = _tidy(name)
    if not name or name.isascii():
        return formataddr((name, address))
    if len(name) <= _ONE_WORD:
        return f"=?utf-8?b?{base64.b64encode(name.encode()).decode()}?= <{address}>"
    return f"{Header(name, 'utf-8', header_name=header).encode(linesep='')} <{address}>"


def _tidy(name: str) -> str:
    return " ".join(CONTROL.sub(" ", name).split())[:LONGEST_NAME]


def _named(header: str, message_ids: tuple[str, ...]) -> bytes:
    """Return a line of Message-IDs, one to a folded line."""
    return f"{header}: {_FOLD.join(message_ids)}\r\n".encode("ascii")


def _is_nearly_ascii(text: str) -> bool:
    """Tell whether it can be read as it stands, accents aside: plain words in base64 look like something to hide."""
    if text.isascii():
        return True
    size = len(text.encode())
    return (size - len(text)) * 6 <= size


def _quoted(text: str) -> bytes:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return b2a_qp(lines.encode(), istext=True).replace(b"\n", b"\r\n")


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
