"""A raw socket client calls every handler there is: the registry is asked, so pages to come are tried as well."""

import http.client
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from reflex.state import EventHandlerSetVar
from reflex.utils.format import format_event_handler
from reflex_base.registry import RegistrationContext

from portal.access.sessions import open_session, sign_out
from portal.kit import clock
from portal.kit.db import Database
from portal.timeline.who import Role
from portal.ui import pages
from portal.ui.admin.settings.state import Team
from portal.ui.doorkeeper import HYDRATION
from portal.ui.doors import Room
from portal.ui.session import Notices, Shell
from tests.cast import staff
from tests.raw_socket import RawSocket, leads_away
from tests.serving import Site
from tests.signed_in import sessions

pages.load()
HANDLERS = dict(sorted(RegistrationContext.ensure_context().event_handlers.items()))
ENTER = format_event_handler(Shell.enter)
TELL = format_event_handler(Notices.tell)
HYDRATE = next(name for name in HYDRATION if name.endswith("hydrate_and_load"))


def may(role: Role | None, name: str) -> bool:
    """What the States declare, read without the doorkeeper's own function."""
    registered = HANDLERS[name]
    if role is None or isinstance(registered.handler, EventHandlerSetVar):
        return False
    if name in HYDRATION:
        return True
    return all(issubclass(state, Room) and role in state.audience for state in registered.states)


@pytest.fixture(scope="module")
def tokens(site: Site) -> dict[Role | None, str]:
    return {None: "", **sessions(site)}


@pytest.fixture
def admin_socket(site: Site, tokens: dict[Role | None, str]) -> Iterator[RawSocket]:
    with RawSocket(site, session=tokens[Role.ADMIN]) as socket:
        yield socket


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role.value if role else "anonymous")
def test_whoever_calls_a_handler_that_is_not_theirs_gets_nothing(
    site: Site, tokens: dict[Role | None, str], role: Role | None
) -> None:
    refused = [name for name in HANDLERS if not may(role, name)]
    assert refused
    with RawSocket(site, session=tokens[role]) as socket:
        for name in refused:
            answer = socket.call(name)
            assert leads_away(answer), f"{name} answered {role}: {answer}"


def test_the_same_call_by_whom_it_is_for_gets_the_data(admin_socket: RawSocket) -> None:
    admin_socket.send(format_event_handler(Team.load))
    assert "claire@vivier.example" in admin_socket.until("claire@vivier.example")


def test_a_token_overheard_opens_nobodys_states(site: Site, tokens: dict[Role | None, str]) -> None:
    with RawSocket(site, session=tokens[Role.ADMIN]) as admin:
        admin.send(format_event_handler(Team.load))
        admin.until("claire@vivier.example")
    with RawSocket(site, token=admin.token) as stranger:
        assert leads_away(stranger.call(HYDRATE))
    with RawSocket(site, token=admin.token, session=tokens[Role.RECRUITER]) as colleague:
        colleague.send(HYDRATE)
        colleague.send(TELL, {"text": "the end of what I hear"})
        heard = colleague.until("the end of what I hear")
    assert "claire@vivier.example" not in heard


def test_who_signs_out_is_out_on_every_socket_at_once(site: Site) -> None:
    database = Database(site.database.app)
    with database.work() as session:
        nora = staff(session, "Nora", Role.RECRUITER)
        token = open_session(session, staff_id=nora.id, now=clock.now())
    with RawSocket(site, session=token) as socket:
        socket.send(ENTER)
        socket.until("Nora")
        with database.work() as session:
            sign_out(session, token, now=clock.now())
        assert leads_away(socket.call(ENTER))
        assert leads_away(socket.call(HYDRATE))
    database.close()


def test_a_handler_that_does_not_exist_is_no_way_in(admin_socket: RawSocket) -> None:
    admin_socket.send(ENTER)
    admin_socket.until("Ada")
    admin_socket._socket.send('42/_event,["event",{"name":"no.such.handler","payload":{},"router_data":{}}]')
    admin_socket.send(TELL, {"text": "still here"})
    assert "still here" in admin_socket.until("still here")


def test_the_server_takes_no_file_from_anyone(site: Site) -> None:
    request = urllib.request.Request(f"{site.url}/_upload", data=b"x" * 1000, method="POST")
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(request)
    with refusal.value as answer:
        assert answer.code in {404, 405}


def test_another_site_cannot_open_the_socket(site: Site, tokens: dict[Role | None, str]) -> None:
    headers = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Cookie": f"vivier_session={tokens[Role.ADMIN]}",
    }
    answers = {}
    for origin in (site.url, "https://elsewhere.example"):
        connection = http.client.HTTPConnection(site.url.removeprefix("http://"), timeout=10)
        connection.request("GET", "/_event/?EIO=4&transport=websocket&token=x", headers=headers | {"Origin": origin})
        with connection.getresponse() as answer:
            answers[origin] = answer.status
        connection.close()
    assert answers[site.url] == 101
    assert answers["https://elsewhere.example"] in {400, 403}
