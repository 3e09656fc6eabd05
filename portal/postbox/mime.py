"""One letter as bytes on the wire: built by fastapi-mail, with what it gets wrong put right.

`docs/decisions/0004-mail.md` says which of its traps are stepped around here: a second Message-ID, an encoding on multiparts,
accents in headers, a template environment for every letter.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from email.mime.text import MIMEText
from email.policy import Compat32, compat32
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
    schema = MessageSchema(
        recipients=[envelope.address],
        subject=re.sub(r"[\r\n\t ]+", " ", envelope.subject),
        body=parts.text,
        alternative_body=parts.html,
        subtype=MessageType.plain,
        multipart_subtype=MultipartSubtypeEnum.alternative,
        reply_to=[sender.reply_to] if sender.reply_to else [],
        headers=_headers(envelope),
    )
    message = await _mailer(sender).get_message(schema)
    assert isinstance(message, Message)  # one schema, one message
    _mend(message, sender, envelope)
    if envelope.calendar:
        _attach_calendar(message, envelope.calendar)
    return message.as_bytes(policy=_WIRE)


class _Wire(Compat32):
    """Folding headers is half the cost of a letter: those that need none are written as they are (RFC 5322, 2.1.1)."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if isinstance(value, str) and value.isascii() and len(name) + len(value) < 900:
            return f"{name}: {value}\r\n".encode("ascii")
        return _folded(name, value)


@lru_cache(maxsize=1000)
def _folded(name: str, value: str) -> bytes:
    # Kept, because a launch says the same subject to everyone.
    return compat32.clone(linesep="\r\n").fold_binary(name, value)


_WIRE = _Wire(linesep="\r\n")


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


def _headers(envelope: Envelope) -> dict[str, str]:
    # Without one in lower case the library makes its own, and asks the network for this machine's name each time.
    headers = {"Auto-Submitted": "auto-generated", "message-id": envelope.message_id}
    if envelope.unsubscribe:
        headers["List-Unsubscribe"] = f"<{_one_line(envelope.unsubscribe)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _one_line(value: str) -> str:
    if CONTROL.search(value):
        raise ValueError("a control character in a header")
    return value


def _mend(message: Message, sender: Sender, envelope: Envelope) -> None:
    """Give the message the identity we stored, our clock's date and bare addresses; take it out of a wrapper of one part.

    A multipart may name no encoding (RFC 2045, 6.4). Bodies are in base64, which has no underscore: the boundary cannot
    stand in one, and need not be searched for.
    """
    ours = {"Message-ID": envelope.message_id, "Date": format_datetime(envelope.at), "To": envelope.address}
    if sender.reply_to:
        ours["Reply-To"] = sender.reply_to
    for name, value in ours.items():
        del message[name]
        message[name] = _one_line(value)
    inner = message.get_payload(0)
    assert isinstance(inner, Message)  # the alternatives
    message.set_payload(inner.get_payload())
    boundary = f"_{envelope.message_id.strip('<>').partition('@')[0]}_"
    del message["Content-Transfer-Encoding"], message["Content-Type"]
    # In one line: set_type and set_boundary read and write every parameter anew, and take a tenth of the time of a letter.
    message["Content-Type"] = f'multipart/alternative; boundary="{boundary}"'


def _attach_calendar(message: Message, calendar: str) -> None:
    method = "CANCEL" if "METHOD:CANCEL" in calendar else "REQUEST"
    part = MIMEText(calendar, "calendar", "utf-8")
    part.set_param("method", method)
    part.add_header("Content-Disposition", "attachment", filename="invitation.ics")
    message.attach(part)
