"""What only a browser that opened the page can send back: a scanner that posts blindly, or another site, has it not.

The GET sets a cookie and writes its mark, bound to this very page, into the form; the POST must bring both.
"""

import re
from collections.abc import Mapping

from portal.kit.tokens import keyed_hash, new_token, same

COOKIE = "vivier_nonce"
FIELD = "nonce"
LIVES = 3600
_SHAPE = re.compile(r"[A-Za-z0-9_-]{32}")


def kept(cookies: Mapping[str, str]) -> str:
    """Return the browser's nonce, or a new one; two pages open at once share it."""
    found = cookies.get(COOKIE, "")
    return found if _SHAPE.fullmatch(found) else new_token()


def mark(nonce: str, path: str) -> str:
    """Return what the form on `path` carries."""
    return keyed_hash(f"{nonce} {path}", "nonce").hex()


def brought(cookies: Mapping[str, str], form: Mapping[str, str], path: str) -> bool:
    """Tell whether a POST to `path` brings both halves."""
    nonce = cookies.get(COOKIE, "")
    return bool(_SHAPE.fullmatch(nonce)) and same(mark(nonce, path).encode(), form.get(FIELD, "").encode())
