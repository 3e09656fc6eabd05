"""One letter as bytes on the wire: built by fastapi-mail, with what it gets wrong put right.

`docs/decisions/` says which of its traps are stepped around here: a second Message-ID, HTML before text, accents in headers.
"""

from dataclasses import dataclass
from email.message import Message
from email.mime.text import MIMEText

from fastapi_mail import ConnectionConfig, FastMail, MessageSchema, MessageType, MultipartSubtypeEnum

from portal.postbox.rendering import Rendered


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

    def mailer(self) -> FastMail:
        """Return fastapi-mail set for this sender (it builds; `portal.postbox.delivery` sends)."""
        return FastMail(
            ConnectionConfig(
                MAIL_USERNAME=self.user,
                MAIL_PASSWORD=self.password,
                MAIL_PORT=self.port,
                MAIL_SERVER=self.host,
                MAIL_STARTTLS=self.security == "starttls",
                MAIL_SSL_TLS=self.security == "tls",
                MAIL_FROM=self.mail_from,
                MAIL_FROM_NAME=self.from_name,
                USE_CREDENTIALS=bool(self.user),
            )
        )


@dataclass(frozen=True, slots=True)
class Envelope:
    """Everything of one message but its parts."""

    address: str
    subject: str
    message_id: str
    unsubscribe: str | None = None
    calendar: str | None = None


async def build(mailer: FastMail, sender: Sender, envelope: Envelope, parts: Rendered) -> bytes:
    """Return the message, CRLF line ends.

    Headers: `List-Unsubscribe` and `List-Unsubscribe-Post` as RFC 8058 asks where `unsubscribe` is given;
    a calendar is attached as `text/calendar; method=REQUEST` (RFC 6047).
    """
    schema = MessageSchema(
        recipients=[envelope.address],
        subject=envelope.subject,
        body=parts.text,
        alternative_body=parts.html,
        subtype=MessageType.plain,
        multipart_subtype=MultipartSubtypeEnum.alternative,
        reply_to=[sender.reply_to] if sender.reply_to else [],
        headers=_headers(envelope),
    )
    message = await mailer.get_message(schema)
    assert isinstance(message, Message)  # one schema, one message
    del message["Message-ID"]
    message["Message-ID"] = envelope.message_id
    for part in message.walk():
        if part.is_multipart():
            # RFC 2045, 6.4: a multipart may not say it is encoded.
            del part["Content-Transfer-Encoding"]
    if envelope.calendar:
        _attach_calendar(message, envelope.calendar)
    return message.as_bytes(policy=message.policy.clone(linesep="\r\n"))


def _headers(envelope: Envelope) -> dict[str, str]:
    if not envelope.unsubscribe:
        return {"Auto-Submitted": "auto-generated"}
    return {
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{envelope.unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _attach_calendar(message: Message, calendar: str) -> None:
    method = "CANCEL" if "METHOD:CANCEL" in calendar else "REQUEST"
    part = MIMEText(calendar, "calendar", "utf-8")
    part.set_param("method", method)
    part.add_header("Content-Disposition", "attachment", filename="invitation.ics")
    alternatives = next(inner for inner in message.walk() if inner.get_content_type() == "multipart/alternative")
    alternatives.attach(part)
