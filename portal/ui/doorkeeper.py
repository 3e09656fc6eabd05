"""Stands before every event handler and lets through only whom it was written for.

Reflex runs `preprocess` before each event of a browser, and before each event a handler chained, while the state of
that browser is locked. What is not allowed here is refused: there is no list of what is forbidden.
"""

import hashlib
import logging
import traceback

import reflex as rx
from reflex.event import Event, EventSpec
from reflex.middleware import Middleware
from reflex.state import BaseState, EventHandlerSetVar, OnLoadInternalState, State, StateUpdate
from reflex_base.constants.state import FIELD_MARKER
from reflex_base.registry import RegistrationContext
from reflex_base.utils.format import format_event_handler

from portal.kit.errors import NotFound, Refused
from portal.kit.faults import without_words
from portal.kit.i18n import say
from portal.timeline.who import Person
from portal.ui import doors
from portal.ui.doors import Left, Room, Told
from portal.ui.session import BROKEN, HOME, Language, Notices, Shell, leave_for

log = logging.getLogger("vivier.web")

# What Reflex itself needs to bring a page to life, for someone signed in. Its other internal handlers
# (`hydrate`, `update_vars_internal`, `handle_frontend_exception`, `State.set_is_hydrated`) are not needed:
# they belong to older browsers' protocol, to client storage, which we do not use, or write what they are told to logs.
HYDRATION = frozenset(
    {
        format_event_handler(State.event_handlers["hydrate_and_load"]),
        format_event_handler(OnLoadInternalState.event_handlers["on_load_internal"]),
        format_event_handler(OnLoadInternalState.event_handlers["set_is_hydrated"]),
    }
)

# What reads a page as it is opened.
OPENING = frozenset({"load", "open"})


class Doorkeeper(Middleware):
    """Deny by default: a handler runs for a person of its State's audience, and for nobody else."""

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:  # noqa: ARG002
        """Return None to let the event through, or what to answer instead."""
        try:
            token = doors.session_token(state.router.headers.cookie)
            person = await doors.person(token)
            await _belongs_to(state, token, person)
        except Exception as wrong:  # noqa: BLE001 - whatever it is, the answer is no
            log_without_words(wrong)
            return await _say_broken(state)
        # By the front, which knows the browser's cookie of today: another tab may have signed in meanwhile.
        return None if person is not None and allows(event.name, person) else _only(leave_for(HOME))


def allows(name: str, person: Person) -> bool:
    """Tell whether this person may call the handler of this full name."""
    if name in HYDRATION:
        return True
    registered = RegistrationContext.get().event_handlers.get(name)
    if registered is None or isinstance(registered.handler, EventHandlerSetVar):
        return False
    return all(issubclass(state, Room) and person.role in state.audience for state in registered.states)


def _only(event: EventSpec) -> StateUpdate:
    return StateUpdate(events=Event.from_event_type(event))


def on_trouble(exception: Exception) -> EventSpec | None:
    """Answer an exception that left a handler: a sentence for the person, one line for the log."""
    match exception:
        case Left():
            return leave_for(HOME)
        case Refused() if _leads_nowhere(exception):
            return Shell.lose()
        case Told():
            return Notices.tell(str(exception), "problem")
        case Refused():
            return Notices.refuse(exception.sentence)
        case _:
            log_without_words(exception)
            # Never answer the answer: a notice that cannot be told must not ask for another one.
            return None if _from_notices(exception) else Notices.trouble()


def on_browser_trouble(exception: Exception) -> None:
    """Note what a browser says went wrong in it: a line, and only its beginning (anybody may send any text)."""
    log.warning("In a browser: %.200s", str(exception).replace("\n", " ").replace("\r", " "))


def log_without_words(wrong: BaseException) -> None:
    """Log where and what kind, never the message."""
    log.error("%s", without_words(wrong))


def _leads_nowhere(refused: Refused) -> bool:
    """Tell whether what a page is about is not there, as it is opened; an act on what has gone stays on its page."""
    steps = traceback.extract_tb(refused.__traceback__)
    opening = any(step.name in OPENING and "/portal/ui/" in step.filename for step in steps)
    return opening and (isinstance(refused, NotFound) or isinstance(refused.__cause__, NotFound))


def _from_notices(exception: Exception) -> bool:
    return any(step.name in {"trouble", "refuse", "_say"} for step in traceback.extract_tb(exception.__traceback__))


async def _belongs_to(state: BaseState, token: str, person: Person | None) -> None:
    """Empty the tree of states when it was filled for other eyes than those of who asks now."""
    mark = "" if person is None else hashlib.sha256(f"{token} {person.id} {person.role}".encode()).hexdigest()
    room = await state.get_state(Room)
    if room._filled_for == mark:  # noqa: SLF001 - the doorkeeper's own mark
        return
    if room._filled_for:  # noqa: SLF001
        for other in RegistrationContext.get().base_states.values():
            await state.get_state(other)
        state._get_root_state().reset()  # noqa: SLF001 - Reflex gives no public way to the root
    room._filled_for = mark  # noqa: SLF001


async def _say_broken(state: BaseState) -> StateUpdate:
    """Say it without looking at the tree: we could not find out whose it is."""
    language = await state.get_state(Language)
    words = {"text": say(language.locale, BROKEN), "tone": "problem", "undo": ""}
    return StateUpdate(delta={Notices.get_full_name(): {name + FIELD_MARKER: word for name, word in words.items()}})
