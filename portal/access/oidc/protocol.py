"""Speaking with a provider: where to send the browser, and what the code it brings back stands for.

Everything here waits for the network and holds no database. A provider that is down or slow costs at most `PATIENCE`.
"""

import asyncio
import re
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any, TypeVar
from urllib.parse import urlencode

import httpx
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.client import OAuth2Client
from authlib.oauth2.rfc6749.parameters import prepare_token_request
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from portal.access.oidc.attempts import Attempt
from portal.access.oidc.proof import StrangeKey, keys_of, prove
from portal.access.oidc.rules import NotProven, Refusal
from portal.kit.providers import Provider

T = TypeVar("T")
# Seconds: to connect, between two bytes, and for all that one press of a button asks of the provider.
TIMEOUT = httpx.Timeout(4.0, connect=2.0)
PATIENCE = 6.0
REMEMBERED = timedelta(hours=1)
_WORD = re.compile(r"[a-z_]{1,40}")
_ASKED_OF_ALL = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass
class Way:
    """One provider, spoken to; what it publishes is remembered for an hour, and its keys until a strange one comes."""

    provider: Provider
    back: str  # our address it sends the browser back to
    home: str  # our address after signing out there
    _published: dict[str, Any] = field(default_factory=dict, repr=False)
    _read_at: datetime | None = field(default=None, repr=False)
    _keys: KeySet | None = field(default=None, repr=False)

    async def address(self, attempt: Attempt, *, now: datetime) -> str:
        """Return where the browser goes to sign in."""
        published = await _patiently(self._discovered(now))
        client = OAuth2Client(
            None,
            client_id=self.provider.client_id,
            scope=self.provider.scopes,
            redirect_uri=self.back,
            code_challenge_method="S256",
        )
        url, _ = client.create_authorization_url(
            published["authorization_endpoint"],
            state=attempt.state,
            code_verifier=attempt.verifier,
            nonce=attempt.nonce,
        )
        return str(url)

    async def claims(self, code: str, attempt: Attempt, *, now: datetime) -> dict[str, Any]:
        """Exchange the code the browser brought and return the claims of the ID token, proven; else raise NotProven."""
        return await _patiently(self._claims(code, attempt, now))

    def farewell(self) -> str:
        """Return where who came in this way signs out there (RP-Initiated Logout 1.0); nothing if it is not offered.

        It names us by `client_id`: an `id_token_hint` would mean keeping the ID token.
        """
        offered = self._published.get("end_session_endpoint", "")
        told = urlencode({"client_id": self.provider.client_id, "post_logout_redirect_uri": self.home})
        return f"{offered}{'&' if '?' in offered else '?'}{told}" if offered else ""

    async def _claims(self, code: str, attempt: Attempt, now: datetime) -> dict[str, Any]:
        published = await self._discovered(now)
        token = await self._exchanged(published, code, attempt)
        keys = self._keys or await self._read_keys(published)
        try:
            return self._proven(token, keys, attempt, now)
        except StrangeKey:
            # Once: they may have changed their keys since we looked.
            return self._proven(token, await self._read_keys(published), attempt, now)

    def _proven(self, token: str, keys: KeySet, attempt: Attempt, now: datetime) -> dict[str, Any]:
        us = self.provider
        return prove(token, keys, issuer=us.issuer, client_id=us.client_id, nonce=attempt.nonce, now=now)

    async def _discovered(self, now: datetime) -> dict[str, Any]:
        if self._read_at is None or now - self._read_at > REMEMBERED:
            document = await _get(f"{self.provider.issuer.rstrip('/')}/.well-known/openid-configuration")
            if any(not isinstance(document.get(name), str) for name in _ASKED_OF_ALL):
                raise NotProven(Refusal.SILENT, "no_discovery_document")
            if document["issuer"] != self.provider.issuer:
                raise NotProven(Refusal.WRONG_ISSUER, "discovery_document")
            self._published, self._read_at = document, now
        return self._published

    async def _read_keys(self, published: dict[str, Any]) -> KeySet:
        document = await _get(published["jwks_uri"])
        try:
            self._keys = keys_of(document)
        except (JoseError, KeyError, TypeError, ValueError, AttributeError) as wrong:
            raise NotProven(Refusal.SILENT, "no_keys") from wrong
        return self._keys

    async def _exchanged(self, published: dict[str, Any], code: str, attempt: Attempt) -> str:
        """Return the ID token the code stands for; a code works once, and only with its verifier."""
        body = prepare_token_request(
            "authorization_code", code=code, redirect_uri=self.back, code_verifier=attempt.verifier
        )
        methods = published.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        how = "client_secret_post" if "client_secret_post" in methods else "client_secret_basic"
        auth = ClientAuth(self.provider.client_id, self.provider.client_secret, how)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        url, headers, body = auth.prepare("POST", published["token_endpoint"], headers, body)
        answer = await _asked(lambda http: http.post(url, headers=headers, content=body))
        document = _document(answer)
        if not answer.is_success:
            raise NotProven(Refusal.CODE_REFUSED, word(document.get("error")))
        token = document.get("id_token")
        if not isinstance(token, str):
            raise NotProven(Refusal.BAD_SIGNATURE, "no_id_token")
        return token


def word(sent: object) -> str:
    """Return an error code of the protocol as it may stand in a log: a short word, or none."""
    return sent if isinstance(sent, str) and _WORD.fullmatch(sent) else "no_word"


async def _patiently(asked: Awaitable[T]) -> T:
    try:
        async with asyncio.timeout(PATIENCE):
            return await asked
    except TimeoutError as slow:
        raise NotProven(Refusal.SILENT, "slow") from slow


async def _get(url: str) -> dict[str, Any]:
    answer = await _asked(lambda http: http.get(url, headers={"Accept": "application/json"}))
    if not answer.is_success:
        raise NotProven(Refusal.SILENT, f"status_{answer.status_code}")
    return _document(answer)


async def _asked(request: Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]) -> httpx.Response:
    try:
        async with httpx.AsyncClient(verify=_trusted(), timeout=TIMEOUT) as http:
            answer = await request(http)
    except (httpx.HTTPError, httpx.InvalidURL) as away:
        raise NotProven(Refusal.SILENT, type(away).__name__) from away
    if answer.status_code >= 500:
        raise NotProven(Refusal.SILENT, f"status_{answer.status_code}")
    return answer


def _document(answer: httpx.Response) -> dict[str, Any]:
    try:
        document = answer.json()
    except ValueError as wrong:
        raise NotProven(Refusal.SILENT, "no_json") from wrong
    return document if isinstance(document, dict) else {}


@cache
def _trusted() -> ssl.SSLContext:
    """Read the machine's certificates once: it takes longer than a request."""
    return httpx.create_ssl_context()
