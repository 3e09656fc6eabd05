"""What a browser may keep: files named after their content for ever, pages never without asking."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def caching(app: ASGIApp) -> ASGIApp:
    """Add the Cache-Control that the static files come without."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_header(message: Message) -> None:
            if message["type"] == "http.response.start":
                hashed = scope["path"].startswith("/assets/") and message["status"] == 200
                keep = "public, max-age=31536000, immutable" if hashed else "no-cache"
                MutableHeaders(scope=message).setdefault("Cache-Control", keep)
            await send(message)

        await app(scope, receive, send_with_header if scope["type"] == "http" else send)

    return answer
