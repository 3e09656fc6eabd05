"""People who come in by the letters of a living house, and what happens to their address."""

import re
from urllib.parse import urlsplit

import httpx

from portal.signin.queries import person_of
from portal.timeline.who import Person
from portal.ui.links.app import links_app
from tests.sink import links_in
from tests.ui.links.browser import Browser
from tests.world import World


def browser(world: World) -> Browser:
    return Browser(links_app(world.database, now=lambda: world.now))


def press(at: Browser, path: str, **form: str) -> httpx.Response:
    """Open a page and press its button."""
    return at.post(path, data={"nonce": nonce_of(at, path), **form})


def nonce_of(at: Browser, path: str) -> str:
    """Open a page that has a button."""
    nonce = re.search(r'name="nonce" value="([0-9a-f]+)"', at.get(path).text)
    assert nonce, path
    return nonce.group(1)


def ask(world: World, at: Browser, address: str) -> str:
    """Ask for a sign-in letter; return the path of its link, "" when none came."""
    world.work()
    before = len(world.sink.to(address))
    assert press(at, "/signin", email=address).status_code == 303
    world.work()
    came = [path_in(letter) for letter in world.sink.to(address)[before:]]
    return next((path for path in came if path.startswith("/s/")), "")


def path_in(letter: object) -> str:
    """The path of the first link of a letter."""
    return urlsplit(links_in(letter)[0]).path  # type: ignore[arg-type]


def come_in(world: World, address: str) -> Browser:
    at = browser(world)
    link = ask(world, at, address)
    assert link, f"no letter came to {address}"
    answer = press(at, link)
    assert answer.headers.get("location") == "/me", answer.text
    return at


def who(world: World, at: Browser) -> Person | None:
    with world.database.work() as session:
        return person_of(session, at.cookies.get("vivier_session") or "", now=world.now)


def last(world: World, address: str) -> str:
    """The path of the link in the last letter to an address."""
    world.work()
    return path_in(world.sink.to(address)[-1])


def subjects(world: World, address: str) -> list[str]:
    world.work()
    return [str(letter["Subject"]) for letter in world.sink.to(address)]
