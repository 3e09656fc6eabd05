"""Speaking SMTP: a few lasting connections, and an honest account of what became of each letter."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiosmtplib

from portal.kit.i18n import N_
from portal.postbox.answers import GO_ON, OK, SERVICE_ENDS, WILL_FORWARD, Answer, legible, nameless, without
from portal.postbox.mime import Sender
from portal.postbox.reports import Fate, Parcel, Report, Unreachable
from portal.postbox.rules import Refusal
from portal.postbox.watch import SILENT, Watch

CUT = N_("The mail server cut the line.")
CONNECTIONS = 10
# Seconds to wait for an answer; once a letter is handed over, as long as RFC 5321, 4.5.3.2.6 asks.
TIMEOUT = 30.0
DATA_TIMEOUT = 600.0
# What is left of that once the run is over, or the worker told to stop.
GRACE = 10.0


@asynccontextmanager
async def connections(sender: Sender, wanted: int) -> AsyncIterator[list[aiosmtplib.SMTP]]:
    """Open up to `CONNECTIONS` lasting connections; raise Unreachable if the first cannot be had."""
    clients = [_client(sender) for _ in range(max(1, min(CONNECTIONS, wanted)))]
    try:
        await _open(clients[0])
        # A server may allow fewer than we would like.
        others = await asyncio.gather(*(_open(client) for client in clients[1:]), return_exceptions=True)
        yield [clients[0], *(c for c, failed in zip(clients[1:], others, strict=True) if failed is None)]
    finally:
        await asyncio.gather(*(_leave(client) for client in clients))


async def send(
    clients: Sequence[aiosmtplib.SMTP], sender: Sender, parcels: Sequence[Parcel], watch: Watch
) -> list[Report]:
    """Send the parcels, shared among the connections, while `watch` lets them; return one report each.

    A letter whose connection was cut before it was handed over is tried once more on a new one: servers close after so
    many letters. A connection that is too slow is given up, and letters nobody could take were not tried.
    """
    share = _Share(sender, watch, list(reversed(parcels)))
    await asyncio.gather(*(share.work(client) for client in clients))
    words = share.trouble or watch.down
    return share.reports + [Report(parcel.letter_id, Fate.NOT_TRIED, words) for parcel in share.waiting]


@dataclass(slots=True)
class _Share:
    """Letters that a few connections take one after the other."""

    sender: Sender
    watch: Watch
    waiting: list[Parcel]
    cut_once: set[uuid.UUID] = field(default_factory=set)
    reports: list[Report] = field(default_factory=list)
    trouble: str = ""

    async def work(self, client: aiosmtplib.SMTP) -> None:
        while self.waiting and await self.watch.turn():
            try:
                await self._next(client)
            except Unreachable as down:
                self.trouble = str(down)
                return
            finally:
                self.watch.leave()

    async def _next(self, client: aiosmtplib.SMTP) -> None:
        if not self.waiting:  # another connection was quicker
            return
        parcel = self.waiting.pop()
        try:
            await _open(client)
            report = await _one(client, self.sender, parcel, self.watch)
        except Unreachable:
            self.waiting.append(parcel)
            raise
        except _CutBeforehand as cut:
            if parcel.letter_id not in self.cut_once:
                self.cut_once.add(parcel.letter_id)
                self.waiting.append(parcel)
                return
            report = Report(parcel.letter_id, Fate.RETRY, str(cut), alike=without(str(cut), parcel.address))
        self.reports.append(report)
        self.watch.heard(parcel.address, report)
        if self.watch.suspicious and not self.watch.down:
            await _look_closer(client, self.sender, report, parcel.address, self.watch)


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
    """Connect, greet and sign in unless that is done; Unreachable says in one sentence what was missing."""
    if client.is_connected:
        return
    try:
        await client.connect()
        await client.ehlo()
    except (OSError, aiosmtplib.SMTPException) as why:
        client.close()
        raise Unreachable(f"{client.hostname}:{client.port}: {_words(why)}") from why


async def _leave(client: aiosmtplib.SMTP) -> None:
    try:
        if client.is_connected:
            await client.quit(timeout=GRACE)
    except (OSError, aiosmtplib.SMTPException):
        client.close()


async def _one(client: aiosmtplib.SMTP, sender: Sender, parcel: Parcel, watch: Watch) -> Report:
    """Send one letter. A line cut before all of it can have been taken leaves it where it was."""
    try:
        answer = await _said(client.execute_command(b"MAIL", f"FROM:<{sender.mail_from}>".encode()))
        if answer.code != OK:
            # Our own address refused, not theirs, is a matter for the house: the letter waits.
            return await _refused(client, parcel, answer, None)
        answer = await _said(client.execute_command(b"RCPT", f"TO:<{parcel.address}>".encode()))
        if answer.code not in {OK, WILL_FORWARD}:
            return await _refused(client, parcel, answer, answer.of_address())
        rest = await _prepare(client, parcel.message)
        if isinstance(rest, Answer):
            return await _refused(client, parcel, rest, Refusal.OTHER)
    except (OSError, aiosmtplib.SMTPException) as cut:
        client.close()
        raise Unreachable(_words(cut)) if isinstance(cut, TimeoutError) else _CutBeforehand(_words(cut)) from cut
    try:
        answer = await _hand_over(client, rest, watch)
    except (OSError, aiosmtplib.SMTPException) as cut:
        client.close()
        return Report(parcel.letter_id, Fate.UNKNOWN, _words(cut))
    if answer.code != OK:
        return await _refused(client, parcel, answer, Refusal.OTHER)
    return Report(parcel.letter_id, Fate.SENT, answer.words)


async def _prepare(client: aiosmtplib.SMTP, message: bytes) -> bytes | Answer:
    """Come to where one write hands the letter over: return what is then written, or why the server will not have it.

    With CHUNKING (RFC 3030) the whole body is there by then and counts for nothing until the last chunk: only of a line cut
    around those few bytes can nobody know. Without, it is the body itself.
    """
    if client.supports_extension("chunking"):
        body, end = message[:-2], message[-2:]
        async with asyncio.timeout(DATA_TIMEOUT):
            answer = await _written(client, b"BDAT %d\r\n%b" % (len(body), body))
        return b"BDAT %d LAST\r\n%b" % (len(end), end) if answer.code == OK else answer
    answer = await _said(client.execute_command(b"DATA"))
    if answer.code != GO_ON:
        return answer
    # RFC 5321, 4.5.2: a line that begins with the full stop gets another.
    return (b"\r\n" + message).replace(b"\r\n.", b"\r\n..")[2:] + b".\r\n"


async def _hand_over(client: aiosmtplib.SMTP, rest: bytes, watch: Watch) -> Answer:
    """Write the rest in one go and wait for the answer: long, but not when the run is over."""
    async with asyncio.timeout(GRACE if watch.hurried else DATA_TIMEOUT) as limit:
        watch.waiting[limit] = asyncio.get_running_loop().time()
        try:
            return await _written(client, rest)
        finally:
            del watch.waiting[limit]


async def _written(client: aiosmtplib.SMTP, told: bytes) -> Answer:
    if client.protocol is None:
        raise aiosmtplib.SMTPServerDisconnected("Connection lost")
    client.protocol.write(told)
    return await _said(client.protocol.read_response())


async def _said(waiting: Awaitable[aiosmtplib.SMTPResponse]) -> Answer:
    response = await waiting
    return Answer(response.code, legible(response.message))


async def _refused(client: aiosmtplib.SMTP, parcel: Parcel, answer: Answer, refusal: Refusal | None) -> Report:
    """Say what a refusal comes to; without a `refusal` it is none of this letter."""
    if answer.code == SERVICE_ENDS:
        client.close()
        raise _CutBeforehand(answer.words)
    await _reset(client)
    if not answer.for_good:
        return Report(parcel.letter_id, Fate.RETRY, answer.words)
    alike = without(answer.words, parcel.address)
    fate = Fate.RETRY if refusal is None else Fate.REFUSED
    return Report(parcel.letter_id, fate, answer.words, refusal, alike)


async def _look_closer(client: aiosmtplib.SMTP, sender: Sender, report: Report, address: str, watch: Watch) -> None:
    """So many were refused in the same words: are they all gone, or does the server refuse everybody?

    It is asked, without sending anything, about an address that took a letter.
    """
    of_address = report.refusal in {Refusal.GONE, Refusal.PERHAPS}
    if of_address and watch.last_taken and await _takes(client, sender, watch.last_taken):
        watch.believe()
    else:
        watch.stop(nameless(report.words, address))


async def _takes(client: aiosmtplib.SMTP, sender: Sender, address: str) -> bool:
    try:
        await _open(client)
        await client.execute_command(b"MAIL", f"FROM:<{sender.mail_from}>".encode())
        answer = await client.execute_command(b"RCPT", f"TO:<{address}>".encode())
        await _reset(client)
    except (OSError, aiosmtplib.SMTPException, Unreachable):
        client.close()
        return False
    return answer.code in {OK, WILL_FORWARD}


def _words(why: Exception) -> str:
    if isinstance(why, aiosmtplib.SMTPResponseException):
        return Answer(why.code, legible(why.message)).words
    if isinstance(why, aiosmtplib.SMTPServerDisconnected | ConnectionError):
        return CUT
    if isinstance(why, TimeoutError):
        return SILENT
    return legible(str(why)) or type(why).__name__


async def _reset(client: aiosmtplib.SMTP) -> None:
    try:
        await client.rset()
    except (OSError, aiosmtplib.SMTPException):
        client.close()
