"""Whether a form comes from one of our own pages."""

from urllib.parse import urlsplit

from starlette.requests import Request


def from_here(request: Request) -> bool:
    """Tell whether one of our own pages sends this: the cookie is SameSite=Lax, and the browser says so itself."""
    fetched, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if fetched is None and origin is None:
        return False
    if fetched is not None and fetched != "same-origin":
        return False
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")
