"""A mail server with nothing in the way: answers at once, takes over 8,000 letters a second, or fails as it is told.

`python -m tests.bare_sink FILE` listens on a free port, prints it, and appends to FILE the Message-ID of every letter
it has taken, before it says so.
"""

import asyncio
import os
import re
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

MESSAGE_ID = re.compile(rb"^message-id:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
ADDRESS = re.compile(rb"<([^>]*)>")
OK, END = b"250 2.0.0 OK\r\n", b"\r\n.\r\n"
# Instead of an answer: hang up, or never say a word. `body` CUT: in the middle of a letter, before its end.
CUT, SILENCE = b"cut", b""


@dataclass
class Manners:
    """How the server answers; each reply is bytes, CUT or SILENCE. `taken` are the Message-IDs it said 250 to."""

    greeting: bytes = b"220 sink\r\n"
    extensions: tuple[bytes, ...] = (b"PIPELINING",)
    auth: bytes = b"235 2.7.0 welcome\r\n"
    mail: bytes = OK
    rcpt: dict[str, bytes] = field(default_factory=dict)
    every_rcpt: bytes = OK
    go_on: bytes = b"354 go on\r\n"
    body: bytes = OK
    chunk: bytes = OK
    data: bytes = OK
    taken: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    connections: int = 0

    def answer(self, line: bytes) -> bytes:
        verb = line[:4].upper()
        if verb in {b"EHLO", b"HELO"}:
            told = [b"sink", *self.extensions]
            return b"".join(b"250" + (b" " if i == len(told) - 1 else b"-") + w + b"\r\n" for i, w in enumerate(told))
        if verb == b"RCPT":
            address = ADDRESS.search(line)
            return self.rcpt.get(address[1].decode() if address else "", self.every_rcpt)
        return {
            b"AUTH": self.auth,
            b"MAIL": self.mail,
            b"DATA": self.go_on,
            b"QUIT": b"221 2.0.0 bye\r\n",
        }.get(verb, OK)

    def take(self, message: bytes) -> bytes:
        """Hear a whole letter; keep its Message-ID before answering."""
        found = MESSAGE_ID.search(message)
        identity = found[1].decode() if found else "none"
        self.seen.append(identity)
        if self.data == OK:
            self.keep(identity)
        return self.data

    def keep(self, identity: str) -> None:
        self.taken.append(identity)


class Kept(Manners):
    """Also writes each Message-ID to a file, so that it can be counted from outside."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def keep(self, identity: str) -> None:
        os.write(self._file, f"{identity}\n".encode())


class Conversation(asyncio.Protocol):
    """One client's connection."""

    def __init__(self, manners: Manners) -> None:
        self.manners = manners
        self.heard = bytearray()
        self.in_letter = False
        self.chunks = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.socket: socket.socket = transport.get_extra_info("socket")
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.manners.connections += 1
        self.say(self.manners.greeting)

    def data_received(self, data: bytes) -> None:
        # Linux forgets it after each read; without it senders that wait for our ACK lose 40 ms a step.
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        self.heard += data
        while not self.transport.is_closing():
            end = END if self.in_letter else b"\r\n"
            at = self.heard.find(end)
            if self.in_letter and self.heard and self.manners.body == CUT:
                self.say(CUT)
            if at < 0 or not self.whole(at):
                return
            part, self.heard = bytes(self.heard[:at]), self.heard[at + len(end) :]
            if self.in_letter:
                self.in_letter = False
                self.say(self.manners.take(part))
            else:
                self.obey(part)

    def whole(self, at: int) -> bool:
        """Whether what a BDAT announces is there; then the chunk is taken (RFC 3030)."""
        verb, *said = bytes(self.heard[:at]).split()
        if self.in_letter or verb.upper() != b"BDAT":
            return True
        size, last = int(said[0]), said[1:] == [b"LAST"]
        if len(self.heard) < at + 2 + size:
            return False
        self.chunks += bytes(self.heard[at + 2 : at + 2 + size])
        self.heard = self.heard[at + 2 + size :]
        if last:
            letter, self.chunks = self.chunks, b""
        self.say(self.manners.take(letter) if last else self.manners.chunk)
        return False

    def obey(self, line: bytes) -> None:
        answer = self.manners.answer(line)
        self.chunks = b"" if line[:4].upper() == b"MAIL" else self.chunks
        self.in_letter = answer.startswith(b"354")
        self.say(answer)
        if line[:4].upper() == b"QUIT":
            self.transport.close()

    def say(self, answer: bytes) -> None:
        if answer == CUT:
            self.transport.abort()
        elif answer != SILENCE:
            self.transport.write(answer)


@contextmanager
def bare_sink(manners: Manners, port: int = 0) -> Iterator[int]:
    """The server in a thread of this process, until the block ends; gives its port."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    talking: list[Conversation] = []

    def meet() -> Conversation:
        talking.append(Conversation(manners))
        return talking[-1]

    async def listen() -> asyncio.Server:
        return await loop.create_server(meet, "127.0.0.1", port)

    async def leave() -> None:
        server.close()
        for one in talking:
            one.transport.abort()
        await asyncio.sleep(0)

    server = asyncio.run_coroutine_threadsafe(listen(), loop).result(10)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(leave(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _serve(file: Path) -> None:
    manners = Kept(file)
    server = await asyncio.get_running_loop().create_server(lambda: Conversation(manners), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1])))
