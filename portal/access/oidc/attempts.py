"""One attempt to sign in, from the button to the way back.

The browser keeps only what was drawn at random, the provider and the deadline. State, nonce and PKCE verifier are
derived from it under the house's secret, so nothing is stored, nobody who reads the cookie learns them, and a changed
cookie fits no state. Each attempt has a cookie of its own: two tabs do not disturb each other.
"""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from portal.kit.tokens import keyed_hash, new_token, same

LASTS = timedelta(minutes=10)
_COOKIE = "vivier_way_"


@dataclass(frozen=True, slots=True)
class Attempt:
    """`kept` is the cookie's value: `provider.deadline.random`."""

    kept: str

    @property
    def provider(self) -> str:
        """Return the name of the provider it was begun with."""
        return self.kept.partition(".")[0]

    @property
    def until(self) -> datetime:
        """Return its deadline."""
        return datetime.fromtimestamp(int(self.kept.split(".")[1]), UTC)

    @property
    def state(self) -> str:
        """Return what ties the answer to this browser."""
        return self._derived("state")

    @property
    def nonce(self) -> str:
        """Return what ties the ID token to this attempt."""
        return self._derived("nonce")

    @property
    def verifier(self) -> str:
        """Return what ties the code to this attempt (PKCE, RFC 7636: 43 characters)."""
        return self._derived("verifier")

    @property
    def cookie(self) -> str:
        """Return the name of the cookie that keeps it."""
        return _cookie(self.state)

    def _derived(self, purpose: str) -> str:
        return urlsafe_b64encode(keyed_hash(self.kept, f"sign-in {purpose}")).rstrip(b"=").decode()


def begin(provider: str, *, now: datetime) -> Attempt:
    """Draw a new attempt."""
    return Attempt(f"{provider}.{int((now + LASTS).timestamp())}.{new_token()}")


def resume(cookies: Mapping[str, str], state: str, provider: str, *, now: datetime) -> Attempt | None:
    """Return the attempt this state belongs to, if this browser began it with this provider and in time."""
    attempt = Attempt(cookies.get(_cookie(state), ""))
    if not same(attempt.state.encode(), state.encode()):
        return None
    # From here on the cookie is one of ours, as we wrote it.
    return attempt if attempt.provider == provider and attempt.until > now else None


def _cookie(state: str) -> str:
    """Name a cookie after its state; what came from the network is cut to what a name may hold."""
    return _COOKIE + "".join(c for c in state[:16] if c.isascii() and (c.isalnum() or c in "-_"))
