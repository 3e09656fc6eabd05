"""The page behind times to choose: pick one, or neither; once picked, the talk, which can be moved and cancelled here."""

from portal.booking.holding import SlotTaken
from portal.booking.models import Booking, Slot
from portal.conversations.rules import Answer
from portal.kit.errors import NotFound, Refused
from portal.kit.zones import moment_in
from portal.postbox.rules import LinkPurpose
from portal.replies import picking
from portal.replies.becoming import Became
from portal.ui.links import talk
from portal.ui.links.became import became, closed
from portal.ui.links.door import LinkDoor, opened
from portal.ui.links.visit import LinkPage, Reply, Visit, page


def show(visit: Visit) -> Reply:
    """Show what is held, with the time chosen in the letter first."""
    with opened(visit, LinkPurpose.SLOTS) as door:
        return _slots(door)


def act(visit: Visit) -> Reply:
    """Take what was pressed: a time, neither, another time for the talk picked here, or the wish for others."""
    with opened(visit, LinkPurpose.SLOTS) as door:
        booked = _standing(door)
        if booked is not None and "slot" not in visit.form and visit.form.keys() & talk.PRESSES:
            return talk.change(visit, door.session, door.who, booked, door.link.locale)
        pressed = visit.form.get("slot", "")
        if pressed == "neither" and door.ask.answer is Answer.NO and door.told().fate.became is Became.ANSWERED:
            return _neither(door)
        if settled := closed(door):
            return settled if booked is None else talk.told(visit, door.session, booked, door.link.locale)
        return _pressed(door, pressed)


def _pressed(door: LinkDoor, pressed: str) -> Reply:
    visit = door.visit
    if pressed == "neither":
        return _neither(door)
    if not pressed.isdecimal() or len(pressed) > 18:
        raise NotFound
    phone = visit.form.get("phone", "")
    try:
        picking.pick(door.session, door.who, door.ask, int(pressed), phone=phone, now=visit.now)
    except SlotTaken as taken:
        return _slots(door, problem=taken.sentence, status=409)
    except Refused as refused:
        if not phone or not picking.still_open(door.session, door.ask, now=visit.now):
            raise
        return _slots(door, problem=refused.sentence, status=400, first=pressed)
    return _slots(door)


def _neither(door: LinkDoor) -> Reply:
    """Tell what comes instead: pressed twice, twice the same."""
    others = picking.neither(door.session, door.who, door.ask, now=door.visit.now)
    return page("neither.html", locale=door.link.locale, others=others)


def _slots(door: LinkDoor, *, problem: str = "", status: int = 200, first: str = "") -> Reply:
    told = door.told()
    if (booked := _standing(door)) is not None:
        return talk.told(door.visit, door.session, booked, door.link.locale)
    if not told.fate.open:
        return became(door)
    chosen = first or door.visit.params.get("choice", "")
    offer = picking.to_pick(door.session, door.ask, now=door.visit.now)
    slots = sorted(offer.slots, key=lambda slot: str(slot.id) != chosen)
    return page(
        "slots.html",
        locale=door.link.locale,
        status=status,
        it=told,
        slots=[_told(slot, door, offer.zone) for slot in slots],
        held=offer.held,
        call=picking.call_told(offer, door.locale),
        phone_missing=not offer.phone,
        phone=door.visit.form.get("phone", ""),
        neither_first=chosen == "neither",
        problem=problem,
    )


def _standing(door: LinkDoor) -> Booking | None:
    """Return the talk they picked here, while it is to come; or that we called off, for which they may pick another time."""
    booked, slot = picking.talk_of(door.session, door.ask), picking.picked(door.session, door.ask)
    if slot is not None and slot.ends_at > door.visit.now:
        return booked
    fate = door.told().fate
    off = fate.became is Became.TAKEN_BACK and not fate.by_them
    return picking.called_off(door.session, door.ask) if off else None


def _told(slot: Slot, door: LinkDoor, other: str) -> tuple[int | None, str]:
    return slot.id, moment_in(door.locale, slot.starts_at, door.link.zone, other, door.visit.now)


PAGES = (LinkPage("/p/{token}", show, act), LinkPage("/p/{token}/{choice}", show, act))
