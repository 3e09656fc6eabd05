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
# Seconds to wait for an answer; once a letter is handed over, as long as RFC 5321, 4.5.3.2.6 asks.
TIMEOUT = 30.0
DATA_TIMEOUT = 600.0
OK, WILL_FORWARD = 250, 251
# RFC 5321, 3.8: whatever was asked, the server closes the connection and has taken nothing.
SERVICE_ENDS = 421


class Fate(StrEnum):
    """What became of one letter at the server; `not_tried`: there was no server to hand it to."""

    SENT = "sent"
    RETRY = "retry"
    NOT_TRIED = "not_tried"
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
    clients = [_client(sender) for _ in range(max(1, min(CONNECTIONS, wanted)))]
    try:
        await _open(clients[0])
        # A server may allow fewer than we would like.
        others = await asyncio.gather(*(_open(client) for client in clients[1:]), return_exceptions=True)
        yield [clients[0], *(c for c, failed in zip(clients[1:], others, strict=True) if failed is None)]
    finally:
        for client in clients:
            await _leave(client)


async def send(clients: Sequence[aiosmtplib.SMTP], sender: Sender, parcels: Sequence[Parcel]) -> list[Report]:
    """Send the parcels, shared among the connections; return one report each.

    A letter whose connection was cut before it was handed over is tried once more on a new one: servers close after so
    many letters. A connection that is too slow is given up, and letters nobody could take were not tried.
    """
    waiting = list(reversed(parcels))
    cut_once: set[uuid.UUID] = set()
    reports: list[Report] = []

    async def work(client: aiosmtplib.SMTP) -> None:
        while waiting:
            parcel = waiting.pop()
            try:
                await _open(client)
                reports.append(await _one(client, sender, parcel))
            except MailDown:
                waiting.append(parcel)
                return
            except _CutBeforehand as cut:
                if parcel.letter_id in cut_once:
                    reports.append(Report(parcel.letter_id, Fate.RETRY, str(cut)))
                else:
                    cut_once.add(parcel.letter_id)
                    waiting.append(parcel)

    await asyncio.gather(*(work(client) for client in clients))
    return reports + [Report(parcel.letter_id, Fate.NOT_TRIED, "no server to hand it to") for parcel in waiting]


class _CutBeforehand(Exception):
    """The line was cut before the letter was handed over: it certainly did not go."""


def _client(sender: Sender) -> aiosmtplib.SMTP:
    return aiosmtplib.SMTP(
        hostname=sender.host,
        port=sender.port,
        username=sender.user or None,
        password=sender.password or None,
        use_tls=sender.security == "tls",
        start_tls=sender.security == "starttls",
        timeout=TIMEOUT,
    )


async def _open(client: aiosmtplib.SMTP) -> None:
    """Connect, greet and sign in unless that is done; MailDown says in one sentence what was missing."""
    if client.is_connected:
        return
    try:
        await client.connect()
        await client.ehlo()
    except (OSError, aiosmtplib.SMTPException) as why:
        client.close()
        raise MailDown(_words(why)) from why


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
        answer = await client.execute_command(b"MAIL", f"FROM:<{sender.mail_from}>".encode())
        if answer.code != OK:
            # Our own address refused, not theirs, is a matter for the house: the letter waits.
            return await _refused(client, parcel, answer, for_good=False)
        answer = await client.execute_command(b"RCPT", f"TO:<{parcel.address}>".encode())
        if answer.code not in {OK, WILL_FORWARD}:
            return await _refused(client, parcel, answer, at_recipient=True)
        handed_over = True
        answer = await client.data(parcel.message, timeout=DATA_TIMEOUT)
    except aiosmtplib.SMTPDataError as refusal:
        return await _refused(client, parcel, aiosmtplib.SMTPResponse(refusal.code, refusal.message))
    except (OSError, aiosmtplib.SMTPException) as cut:
        client.close()
        if handed_over:
            return Report(parcel.letter_id, Fate.UNKNOWN, _words(cut))
        raise MailDown(_words(cut)) if isinstance(cut, TimeoutError) else _CutBeforehand(_words(cut)) from cut
    return Report(parcel.letter_id, Fate.SENT, answer.message)


async def _refused(
    client: aiosmtplib.SMTP,
    parcel: Parcel,
    answer: aiosmtplib.SMTPResponse,
    *,
    for_good: bool = True,
    at_recipient: bool = False,
) -> Report:
    words = f"{answer.code} {answer.message}"
    if answer.code == SERVICE_ENDS:
        client.close()
        raise _CutBeforehand(words)
    await _reset(client)
    if answer.code < 500 or not for_good:
        return Report(parcel.letter_id, Fate.RETRY, words)
    return Report(parcel.letter_id, Fate.REFUSED, words, no_such_person=at_recipient and "5.1." in words)


def _words(why: Exception) -> str:
    if isinstance(why, aiosmtplib.SMTPResponseException):
        return f"{why.code} {why.message}"
    return str(why) or type(why).__name__


async def _reset(client: aiosmtplib.SMTP) -> None:
    try:
        await client.rset()
    except (OSError, aiosmtplib.SMTPException):
        client.close()
