"""Whatever a browser sends, signed in or not, none of it stands in the log: no cookie, no token, no word, no address."""

import json

import pytest
from reflex.utils.format import format_event_handler

from portal.timeline.who import Role
from portal.ui import pages
from portal.ui.recruiter.today.waiting import Inbox
from portal.ui.session import Notices
from tests.raw_socket import RawSocket
from tests.serving import Site
from tests.signed_in import sessions

pages.load()
TELL = format_event_handler(Notices.tell)
WORDS = "Quetzalmarker"
# What an attacker, or a tab left open over an upgrade, may send in place of an event.
SENT = {
    "a handler that is no more": {
        "name": "reflex___state____state.gone.away",
        "payload": {"text": WORDS},
        "router_data": {},
    },
    "no name": {"payload": {"text": WORDS}, "router_data": {}},
    "a field too many": {"name": TELL, "payload": {"text": WORDS, WORDS: WORDS}, "router_data": {}},
    "another kind of value": {
        "name": format_event_handler(Inbox.deal_with),
        "payload": {"conversation_id": WORDS},
        "router_data": {},
    },
    "no object": [WORDS],
    "a text": WORDS,
    "nothing": None,
    "a route of another kind": {"name": TELL, "payload": {"text": WORDS}, "router_data": WORDS},
}


@pytest.fixture(scope="module")
def session(site: Site) -> str:
    return sessions(site)[Role.RECRUITER]


@pytest.fixture
def heard(site: Site) -> None:
    """Nothing of what was said before counts."""
    site.log.read()


@pytest.mark.parametrize("signed_in", [True, False], ids=["signed in", "a stranger"])
@pytest.mark.parametrize("sent", SENT.values(), ids=SENT)
def test_what_no_handler_takes_is_not_quoted(
    site: Site, session: str, heard: None, sent: object, signed_in: bool
) -> None:
    cookie = session if signed_in else ""
    with RawSocket(site, session=cookie) as socket:
        socket._socket.send(f"42/_event,{json.dumps(['event', sent])}")
    with RawSocket(site, session=session) as after:
        after.send(TELL, {"text": "all of it was heard"})
        after.until("all of it was heard")
    written = site.log.read()
    assert WORDS not in written
    assert session not in written
    assert "vivier_session" not in written


@pytest.mark.parametrize(
    "frame", [f'42/_event,["{WORDS}",{{}}]', f"42/_event,{WORDS}", f"9{WORDS}", f'42/{WORDS},["event",{{}}]']
)
def test_nor_is_what_is_no_event_at_all(site: Site, session: str, heard: None, frame: str) -> None:
    with RawSocket(site, session=session) as socket:
        socket._socket.send(frame)
    with RawSocket(site, session=session) as after:
        after.send(TELL, {"text": "all of it was heard"})
        after.until("all of it was heard")
    assert WORDS not in site.log.read()


def test_that_something_went_wrong_is_still_said(site: Site, session: str, heard: None) -> None:
    with RawSocket(site, session=session) as socket:
        socket._socket.send(f"42/_event,{json.dumps(['event', SENT['a handler that is no more']])}")
        socket.send(TELL, {"text": "all of it was heard"})
        socket.until("all of it was heard")
    assert "event_processor.py:" in site.log.read()
