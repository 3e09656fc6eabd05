"""A websocket client that speaks Reflex's protocol and nothing of its manners: what an attacker would write."""

import json
import uuid
from typing import Any, Self

import simple_websocket

from tests.serving import Site

NAMESPACE = "/_event"
PATIENCE = 15.0


class RawSocket:
    """One connection. `token` names the states it asks for, `cookie` who it claims to be."""

    def __init__(self, site: Site, *, session: str = "", token: str = "") -> None:
        self.token = token or str(uuid.uuid4())
        address = f"{site.url.replace('http', 'ws')}/_event/?EIO=4&transport=websocket&token={self.token}"
        headers = {"Origin": site.url} | ({"Cookie": f"vivier_session={session}"} if session else {})
        self._socket = simple_websocket.Client(address, headers=headers)
        # The server's own opening word may hide behind its handshake until it says more: we do not wait for it.
        self._socket.send(f"40{NAMESPACE},{{}}")
        self._hear(f"40{NAMESPACE}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        self._socket.thread.join(PATIENCE)

    def call(self, handler: str, payload: dict[str, Any] | None = None, path: str = "/") -> dict[str, Any]:
        """Send one event and return the first answer to it."""
        self.send(handler, payload, path)
        return self.next()

    def send(self, handler: str, payload: dict[str, Any] | None = None, path: str = "/") -> None:
        """Send one event."""
        route = {"pathname": path, "asPath": path, "query": {}}
        event = {"name": handler, "payload": payload or {}, "router_data": route}
        self._socket.send(f"42{NAMESPACE},{json.dumps(['event', event])}")

    def next(self) -> dict[str, Any]:
        """Return the next answer."""
        answer: dict[str, Any] = json.loads(self._hear(f"42{NAMESPACE},").split(",", 1)[1])[1]
        return answer

    def until(self, words: str, most: int = 30) -> str:
        """Return everything heard up to the answer that holds these words."""
        heard = ""
        for _ in range(most):
            heard += json.dumps(self.next(), ensure_ascii=False)
            if words in heard:
                return heard
        raise AssertionError(f"Never heard “{words}” in: {heard[:2000]}")

    def _hear(self, beginning: str) -> str:
        while (said := self._socket.receive(timeout=PATIENCE)) is not None:
            if said == "2":
                self._socket.send("3")
            elif str(said).startswith(beginning):
                return str(said)
        raise AssertionError(f"Nothing beginning with {beginning} was said in {PATIENCE:.0f} s.")


def leads_away(answer: dict[str, Any]) -> bool:
    """Tell whether an answer says nothing but "go elsewhere"."""
    events = answer.get("events", [])
    codes = [event["payload"].get("javascript_code", "") for event in events]
    away = all(code.startswith("window.location.assign(") for code in codes)
    return not answer.get("delta") and len(events) == 1 and away
