"""Speaking SMTP: a few lasting connections, and an honest account of what became of each letter."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum

import aiosmtplib

from portal.postbox.mime import Sender

CONNECTIONS = 10
TIMEOUT = 30.0


class Fate(StrEnum):
    """What became of one letter at the server."""

    SENT = "sent"
    RETRY = "retry"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message ready to leave."""

    letter_id: uuid.UUID
    address: str
    message: bytes


@dataclass(frozen=True, slots=True)
class Report:
    """What the server said of one letter; `no_such_person` when the address itself was refused (RFC 3463, 5.1.x)."""

    letter_id: uuid.UUID
    fate: Fate
    words: str
    no_such_person: bool = False


class MailDown(Exception):
    """The mail server cannot be reached: letters wait where they are."""


@asynccontextmanager
async def connections(sender: Sender, wanted: int) -> AsyncIterator[list[aiosmtplib.SMTP]]:
    """Open up to `CONNECTIONS` lasting connections; raise MailDown if the first cannot be had."""
    opened: list[aiosmtplib.SMTP] = []
    try:
        for _ in range(max(1, min(CONNECTIONS, wanted))):
            opened.append(await _connect(sender))  # noqa: PERF401 - those already open must be closed if one fails
    except (OSError, aiosmtplib.SMTPException) as why:
        if not opened:
            raise MailDown(str(why)) from why
    try:
        yield opened
    finally:
        for client in opened:
            await _leave(client)


async def send(clients: Sequence[aiosmtplib.SMTP], sender: Sender, parcels: Sequence[Parcel]) -> list[Report]:
    """Send the parcels, shared among the connections; return one report each."""
    waiting = list(reversed(parcels))
    reports: list[Report] = []

    async def work(client: aiosmtplib.SMTP) -> None:
        while waiting:
            parcel = waiting.pop()
            reports.append(await _one(client, sender, parcel))

    await asyncio.gather(*(work(client) for client in clients))
    return reports


async def _connect(sender: Sender) -> aiosmtplib.SMTP:
    client = aiosmtplib.SMTP(
        hostname=sender.host,
        port=sender.port,
        username=sender.user or None,
        password=sender.password or None,
        use_tls=sender.security == "tls",
        start_tls=sender.security == "starttls",
        timeout=TIMEOUT,
    )
    await client.connect()
    return client


async def _leave(client: aiosmtplib.SMTP) -> None:
    try:
        if client.is_connected:
            await client.quit()
    except (OSError, aiosmtplib.SMTPException):
        client.close()


async def _one(client: aiosmtplib.SMTP, sender: Sender, parcel: Parcel) -> Report:
    """Send one letter; only a line cut after the body went and before the server answered leaves it unknown."""
    handed_over = False
    try:
        if not client.is_connected:
            await client.connect()
        await client.mail(sender.mail_from)
        await client.rcpt(parcel.address)
        handed_over = True
        answer = await client.data(parcel.message)
    except aiosmtplib.SMTPResponseException as refusal:
        report = _answered(parcel, refusal, at_recipient=not handed_over)
        await _reset(client)
        return report
    except (OSError, TimeoutError, aiosmtplib.SMTPException) as cut:
        client.close()
        return Report(parcel.letter_id, Fate.UNKNOWN if handed_over else Fate.RETRY, str(cut) or type(cut).__name__)
    return Report(parcel.letter_id, Fate.SENT, answer.message)


def _answered(parcel: Parcel, refusal: aiosmtplib.SMTPResponseException, *, at_recipient: bool) -> Report:
    words = f"{refusal.code} {refusal.message}"
    if refusal.code < 500:
        return Report(parcel.letter_id, Fate.RETRY, words)
    if isinstance(refusal, aiosmtplib.SMTPSenderRefused):
        # Our own address is refused, not theirs: a matter for the house, the letter waits.
        return Report(parcel.letter_id, Fate.RETRY, words)
    return Report(parcel.letter_id, Fate.REFUSED, words, no_such_person=at_recipient and "5.1." in words)


async def _reset(client: aiosmtplib.SMTP) -> None:
    try:
        await client.rset()
    except (OSError, aiosmtplib.SMTPException):
        client.close()
