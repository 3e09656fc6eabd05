"""What the doorkeeper answers, with Reflex's own tree of states and no browser."""

import asyncio
import json
import logging
from collections.abc import Iterator

import pytest
from reflex.event import Event
from reflex.state import State, StateUpdate
from reflex.utils.format import format_event_handler

from portal.kit.db import Database
from portal.kit.errors import Refused
from portal.timeline.who import Person, Role
from portal.ui import doors, pages
from portal.ui.admin.settings.state import Team
from portal.ui.doorkeeper import HYDRATION, Doorkeeper, on_trouble
from portal.ui.doors import Left, Room, Told
from portal.ui.session import Language, Notices, Shell
from tests.cast import NOW

pages.load()
LOAD_TEAM = format_event_handler(Team.load)
ENTER = format_event_handler(Shell.enter)
HYDRATE = next(name for name in HYDRATION if name.endswith("hydrate_and_load"))
ADA = Person(1, Role.ADMIN, "Ada", "fr", "Europe/Paris")
ADA_DEMOTED = Person(1, Role.RECRUITER, "Ada", "fr", "Europe/Paris")
CLAIRE = Person(2, Role.RECRUITER, "Claire", "fr", "Europe/Paris")


class Sessions(dict[str, Person]):
    """Who holds which token, for these tests."""

    broken = False

    def person_of(self, session: object, token: str, *, now: object) -> Person | None:
        if self.broken:
            raise ConnectionError("the database of claire@vivier.example is away")
        return self.get(token)


@pytest.fixture
def sessions(house: Database) -> Iterator[Sessions]:
    known = Sessions(ada=ADA, claire=CLAIRE)
    pool = doors.open_house(house, known.person_of, lambda: NOW)
    yield known
    pool.shutdown()


@pytest.fixture
def root() -> State:
    return State(_reflex_internal_init=True)


def ask(root: State, name: str, token: str = "") -> StateUpdate | None:
    cookie = {"cookie": f"theme=dark; vivier_session={token}"} if token else {}
    router = {"headers": cookie, "pathname": "/"}
    root.router_data = root._update_router_vars(router, root.router_data)
    return asyncio.run(Doorkeeper().preprocess(None, root, Event(name=name)))  # type: ignore[arg-type]


def where(update: StateUpdate | None) -> str:
    assert update is not None
    assert not update.delta
    return str(update.events[0].payload["javascript_code"])


def test_each_is_led_where_they_belong(sessions: Sessions, root: State) -> None:
    assert where(ask(root, ENTER)) == 'window.location.assign("/")'
    assert where(ask(root, HYDRATE, "forged")) == 'window.location.assign("/")'
    assert where(ask(root, LOAD_TEAM, "claire")) == 'window.location.assign("/")'
    assert ask(root, LOAD_TEAM, "ada") is None


def test_states_filled_for_one_are_empty_for_another(sessions: Sessions, root: State) -> None:
    ask(root, ENTER, "ada")
    team = asyncio.run(root.get_state(Team))
    team.loaded, team._closed_last = True, 7
    ask(root, ENTER, "ada")
    assert team.loaded
    ask(root, HYDRATE, "claire")
    assert (team.loaded, team._closed_last) == (False, 0)
    assert asyncio.run(root.get_state(Room))._filled_for


def test_states_are_empty_once_the_session_ends_or_the_role_changes(sessions: Sessions, root: State) -> None:
    for change in ({}, {"ada": ADA_DEMOTED}):
        sessions["ada"] = ADA
        ask(root, ENTER, "ada")
        team = asyncio.run(root.get_state(Team))
        team.loaded = True
        sessions.pop("ada")
        sessions.update(change)
        ask(root, HYDRATE, "ada")
        assert not team.loaded


def test_when_the_database_is_away_nothing_is_done_and_one_sentence_said(
    sessions: Sessions, root: State, caplog: pytest.LogCaptureFixture
) -> None:
    sessions.broken = True
    with caplog.at_level(logging.ERROR, "vivier.web"):
        update = ask(root, LOAD_TEAM, "ada")
    assert update is not None
    assert not update.events
    assert "de notre côté" in json.dumps(update.delta, ensure_ascii=False)
    assert list(update.delta) == [Notices.get_full_name()]
    assert "ConnectionError" in caplog.text
    assert "claire@" not in caplog.text


def test_an_exception_becomes_one_sentence_and_one_line_without_words(caplog: pytest.LogCaptureFixture) -> None:
    def told(exception: Exception) -> str:
        event = on_trouble(exception)
        assert event is not None
        return str(event)

    assert "trouble" in told(ValueError("claire@vivier.example"))
    assert "Tout est plein." in told(Told("Tout est plein."))
    assert "refuse" in told(Refused("Write each hour like 20:00."))
    assert "window.location.assign" in told(Left())
    assert "claire" not in caplog.text
    assert caplog.text.count("ValueError") == 1


def test_a_sentence_is_told_in_the_language_of_the_tree(root: State) -> None:
    language, notices = asyncio.run(root.get_state(Language)), asyncio.run(root.get_state(Notices))
    language.locale = "en"
    asyncio.run(Notices.refuse.fn(notices, "Write each hour like 20:00."))
    assert notices.text == "Write each hour like 20:00."
    language.locale = "fr"
    asyncio.run(Notices.trouble.fn(notices))
    assert "de notre côté" in notices.text
