"""A talk in words: that it is a call, how long it lasts, by whom, to which number."""

from portal.booking.models import Slot
from portal.kit.i18n import N_, say
from portal.talents.addresses import spaced

_CALL = N_("It is a {minutes}-minute phone call: {author} calls you on {phone}.")
UNKNOWN = N_("It is a {minutes}-minute phone call with {author}. We do not have your number yet.")
ASKED_WHEN_PICKING = N_(
    "It is a {minutes}-minute phone call with {author}. We do not have your number: you can give it when you pick a time."
)
ASKED_BY_LINK = N_(
    "It is a {minutes}-minute phone call with {author}. We do not have your number yet: you can give it with the link below."
)


def call(locale: str, author: str, slot: Slot, phone: str, *, missing: str = UNKNOWN) -> str:
    """Say it to the candidate; `missing` says where they can give a number we do not know."""
    minutes = minutes_of(slot)
    if not phone:
        return say(locale, missing, author=author, minutes=minutes)
    return say(locale, _CALL, author=author, minutes=minutes, phone=shown(phone))


def minutes_of(slot: Slot) -> int:
    """Return how long it lasts."""
    return int((slot.ends_at - slot.starts_at).total_seconds() // 60)


def shown(phone: str) -> str:
    """Return a number as people read it out, without a space at which a line could break it."""
    return spaced(phone).replace(" ", "\u00a0")
