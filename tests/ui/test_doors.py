"""Who may call what, without a browser."""

from dataclasses import fields, is_dataclass
from typing import get_args

import pytest
from reflex.vars.object import ObjectVar
from reflex_base.registry import RegistrationContext

from portal.kit.db import Database
from portal.kit.embedded import Urls
from portal.kit.errors import Refused
from portal.timeline.who import Person, Role
from portal.ui import doors, pages
from portal.ui.doorkeeper import HYDRATION, allows
from portal.ui.doors import ADMINS, EVERYONE_SIGNED_IN, Door, House, Left, Room, Told
from tests.cast import NOW, staff

pages.load()
CONTEXT = RegistrationContext.ensure_context()


def person(role: Role) -> Person:
    return Person(1, role, "Someone", "fr", "Europe/Paris")


def test_every_state_says_who_may_call_it() -> None:
    ours = [state for state in CONTEXT.base_states.values() if state.__module__.startswith("portal.")]
    assert ours
    assert not [state for state in ours if state is not Room and not vars(state).get("audience")]


def test_a_state_without_an_audience_cannot_be_written() -> None:
    with pytest.raises(TypeError, match="must say its audience"):
        type("Forgotten", (Room,), {"__module__": __name__})


def test_only_what_hydration_needs_is_open_to_everyone_signed_in() -> None:
    assert CONTEXT.event_handlers.keys() >= HYDRATION
    for name, registered in CONTEXT.event_handlers.items():
        internal = not all(issubclass(state, Room) for state in registered.states)
        if internal:
            assert allows(name, person(Role.ADMIN)) == (name in HYDRATION), name


def test_no_handler_is_a_setter() -> None:
    setters = [name for name in CONTEXT.event_handlers if name.endswith(".setvar")]
    assert setters
    assert not [name for name in setters if allows(name, person(Role.ADMIN))]


def test_what_a_room_does_for_its_handlers_is_no_handler() -> None:
    assert not [name for name in CONTEXT.event_handlers if name.rsplit(".", 1)[-1] in {"inside", "number", "asked"}]


def test_defaults_hold_no_person() -> None:
    empty = Room.get_root_state()(_reflex_internal_init=True).dict(initial=True)
    texts = [value for state, values in empty.items() if "portal" in state for value in values.values()]
    assert not [text for text in texts if isinstance(text, str) and "@" in text]


@pytest.fixture
def house(database: Urls) -> House:
    base = Database(database.app)

    def person_of(session: object, token: str, *, now: object) -> Person | None:
        return known.get(token)

    with base.work() as session:
        known = {"claire": staff(session, "Claire", Role.RECRUITER)}
    pool = doors.open_house(base, person_of, lambda: NOW)
    yield doors.house()
    pool.shutdown()
    base.close()


def test_the_door_asks_again_who_comes(house: House) -> None:
    assert house.enter("claire", EVERYONE_SIGNED_IN, lambda door: door.who.name) == "Claire"
    for token, audience in (("nobody", EVERYONE_SIGNED_IN), ("", EVERYONE_SIGNED_IN), ("claire", ADMINS)):
        with pytest.raises(Left):
            house.enter(token, audience, lambda door: door.who.name)


def test_a_refusal_is_told_in_the_persons_language(house: House) -> None:
    def refuse(door: Door) -> None:
        raise Refused("Write each hour like 20:00.")

    with pytest.raises(Told) as told:
        house.enter("claire", EVERYONE_SIGNED_IN, refuse)
    assert str(told.value) == "Écrivez chaque heure comme ceci\N{NO-BREAK SPACE}: 20:00."


def test_what_is_refused_half_way_is_not_half_done(house: House) -> None:
    def begin_and_refuse(door: Door) -> None:
        staff(door.session, "Nobody", Role.ADMIN)
        raise Refused("Write each hour like 20:00.")

    with pytest.raises(Told):
        house.enter("claire", EVERYONE_SIGNED_IN, begin_and_refuse)
    from portal.access.queries import staff_by_email

    assert (
        house.enter("claire", EVERYONE_SIGNED_IN, lambda d: staff_by_email(d.session, "nobody@vivier.example")) is None
    )


def test_no_field_of_a_row_hides_behind_a_word_reflex_keeps_for_itself() -> None:
    hidden = [
        f"{type_.__module__}.{type_.__name__}.{field.name}"
        for state in CONTEXT.base_states.values()
        if state.__module__.startswith("portal.")
        for var in state.base_vars.values()
        for type_ in {var._var_type, *get_args(var._var_type)}
        if is_dataclass(type_)
        for field in fields(type_)
        if hasattr(ObjectVar, field.name)
    ]
    assert not hidden, f"On a page, `row.to` is a method of Reflex's Var and never the row's own field: {hidden}"
