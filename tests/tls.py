"""A small proxy that ends TLS before a port, as a house puts one before its portal."""

import asyncio
import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from portal.kit import clock


@contextmanager
def ending_tls(listen: int, behind: int, folder: Path) -> Iterator[None]:
    """Listen on one port of this machine and pass on what comes to another, byte by byte, until the block ends."""
    proxy = _Proxy(behind)
    loop = asyncio.new_event_loop()
    # In a thread of its own: a test that drives a browser has an event loop already.
    with ThreadPoolExecutor(1) as aside:
        server = aside.submit(loop.run_until_complete, proxy.listen(listen, _certified(folder))).result()
        running = aside.submit(loop.run_forever)
        try:
            yield
        finally:
            loop.call_soon_threadsafe(loop.stop)
            running.result()
            server.close()
            aside.submit(loop.run_until_complete, proxy.hang_up()).result()
            loop.close()


class _Proxy:
    def __init__(self, behind: int) -> None:
        self._behind = behind
        self._ends: list[asyncio.StreamWriter] = []
        self._calls: list[asyncio.Future[object]] = []

    async def listen(self, port: int, tls: ssl.SSLContext) -> asyncio.Server:
        return await asyncio.start_server(self._pass_on, "127.0.0.1", port, ssl=tls)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner, outer = await asyncio.open_connection("127.0.0.1", self._behind)
        self._ends += [writer, outer]
        self._calls.append(asyncio.gather(_pump(reader, outer), _pump(inner, writer)))

    async def hang_up(self) -> None:
        for end in self._ends:
            end.transport.abort()
        await asyncio.gather(*self._calls)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):  # a browser leaves without a word
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


def _certified(folder: Path) -> ssl.SSLContext:
    """A certificate nobody knows, for a browser that was told not to mind."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "vivier")])
    now = clock.now()
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
    ).sign(key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    kept = folder / "certificate.pem"
    kept.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(kept)
    return context
