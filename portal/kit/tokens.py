"""Secrets: made here, and only their hashes are kept."""

import hashlib
import hmac
import secrets

_secret = b""


def use_secret(secret: str) -> None:
    """Key every keyed hash of this process with the house's secret."""
    global _secret  # noqa: PLW0603 - set once at start
    _secret = secret.encode()


def new_token() -> str:
    """Return 192 random bits, safe in an address."""
    return secrets.token_urlsafe(24)


def new_code() -> str:
    """Return eight random digits to type on another device."""
    return f"{secrets.randbelow(10**8):08d}"


def token_hash(token: str) -> bytes:
    """Return the SHA-256 of a token of full entropy (no key needed: it cannot be guessed)."""
    return hashlib.sha256(token.encode()).digest()


def keyed_hash(text: str, purpose: str) -> bytes:
    """Return an HMAC-SHA256 under the house's secret, for short codes and addresses that could be guessed."""
    if not _secret:
        raise RuntimeError("kit.tokens.use_secret was not called")
    return hmac.new(_secret, f"{purpose}\0{text}".encode(), hashlib.sha256).digest()


def same(left: bytes, right: bytes) -> bool:
    """Compare without telling how far the two agree."""
    return hmac.compare_digest(left, right)
