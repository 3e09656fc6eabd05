"""Where a page comes from, written as a browser writes it."""

import re

_USUAL = {"http": 80, "https": 443}
_ORIGIN = re.compile(r"(https?)://([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::(\d{1,5}))?/?", re.ASCII)


def origin(url: str) -> str | None:
    """Return the origin of an address (RFC 6454, 6.2): scheme, name, and the port if it is not the usual one.

    None if it is no address, or says more: a path, a question, somebody's name.
    """
    found = _ORIGIN.fullmatch(url.lower())
    if found is None:
        return None
    scheme, name, port = found[1], found[2], int(found[3] or _USUAL[found[1]])
    if not 0 < port < 65536:
        return None
    return f"{scheme}://{name}" if port == _USUAL[scheme] else f"{scheme}://{name}:{port}"
