"""What stands between everybody and the real provider, so that a test can have it misbehave as no certified one would.

It forwards all it is asked. `on_ask` may change what a browser asks of the authorization endpoint, `on_token` what the
token endpoint answers, `on_back` where the browser is sent in the end; `before_token` may keep us waiting or hang up.
"""

import http.client
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.serving import free_port

KEPT = {"host", "cookie", "content-type", "content-length", "accept", "authorization", "user-agent", "origin"}


class HungUp(Exception):
    """The provider breaks off without a word."""


@dataclass
class Front:
    """One address people know, with a provider behind it."""

    behind: int = 0
    port: int = field(default_factory=free_port)
    asked: list[str] = field(default_factory=list)
    on_ask: Callable[[dict[str, str]], dict[str, str]] = field(default=dict)
    on_token: Callable[[dict[str, Any]], dict[str, Any]] = field(default=dict)
    on_back: Callable[[str], str] = field(default=str)
    before_token: Callable[[], None] = field(default=lambda: None)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def behave(self) -> None:
        """Pass on everything as it is again."""
        self.on_ask, self.on_token, self.on_back, self.before_token = dict, dict, str, lambda: None
        self.asked.clear()

    def open(self) -> ThreadingHTTPServer:
        server = ThreadingHTTPServer(("127.0.0.1", self.port), self._handler())
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        front = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                front.asked.append(urlsplit(self.path).path)
                try:
                    status, headers, body = front.forward(self)
                except HungUp:
                    return
                self.send_response(status)
                for name, value in headers:
                    if name.lower() not in {"content-length", "transfer-encoding", "connection", "date"}:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET  # noqa: N815 - the library's name

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Say nothing."""

        return Handler

    def forward(self, request: BaseHTTPRequestHandler) -> tuple[int, list[tuple[str, str]], bytes]:
        path, query = urlsplit(request.path).path, urlsplit(request.path).query
        if path == "/auth":
            query = urlencode(self.on_ask(dict(parse_qsl(query))))
        if path == "/token":
            self.before_token()
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        headers = {name: value for name, value in request.headers.items() if name.lower() in KEPT}
        upstream = http.client.HTTPConnection("127.0.0.1", self.behind, timeout=20)
        upstream.request(request.command, f"{path}?{query}" if query else path, body or None, headers)
        answer = upstream.getresponse()
        told = answer.read()
        upstream.close()
        if path == "/token" and answer.status == 200:
            told = json.dumps(self.on_token(json.loads(told))).encode()
        return answer.status, [self._led(name, value) for name, value in answer.getheaders()], told

    def _led(self, name: str, value: str) -> tuple[str, str]:
        return name, self.on_back(value) if name.lower() == "location" and "/signin/back/" in value else value
