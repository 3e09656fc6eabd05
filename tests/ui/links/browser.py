"""A browser without scripts: it keeps cookies and does not follow."""

import asyncio

import httpx
from starlette.types import ASGIApp


class Browser:
    """Speaks HTTP to an app of ours and remembers its cookies."""

    def __init__(self, app: ASGIApp, base_url: str = "http://vivier.example") -> None:
        self._app, self._base = app, base_url
        self.cookies = httpx.Cookies()

    def get(self, path: str) -> httpx.Response:
        return self.request("GET", path)

    def head(self, path: str) -> httpx.Response:
        return self.request("HEAD", path)

    def put(self, path: str) -> httpx.Response:
        return self.request("PUT", path)

    def post(self, path: str, **more: object) -> httpx.Response:
        return self.request("POST", path, **more)

    def request(self, method: str, path: str, **more: object) -> httpx.Response:
        return asyncio.run(self._request(method, path, **more))

    async def _request(self, method: str, path: str, **more: object) -> httpx.Response:
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(transport=transport, base_url=self._base, cookies=self.cookies) as client:
            answer = await client.request(method, path, **more)  # type: ignore[arg-type]
            self.cookies = client.cookies
            return answer
