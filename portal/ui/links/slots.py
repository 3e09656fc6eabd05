"""The page behind two held times: pick one, or neither."""

from portal.booking.holding import SlotTaken
from portal.booking.models import Slot
from portal.kit.errors import NotFound
from portal.kit.i18n import moment
from portal.postbox.rules import LinkPurpose
from portal.replies import picking
from portal.ui.links.became import became, closed
from portal.ui.links.door import LinkDoor, opened
from portal.ui.links.visit import LinkPage, Reply, Visit, page


def show(visit: Visit) -> Reply:
    """Show what is held, with the time chosen in the letter first."""
    with opened(visit, LinkPurpose.SLOTS) as door:
        return _slots(door)


def act(visit: Visit) -> Reply:
    """Take what was pressed: a time, neither, or the wish for others."""
    with opened(visit, LinkPurpose.SLOTS) as door:
        pressed = visit.form.get("slot", "")
        if settled := closed(door):
            return _picked(door) or settled
        if pressed == "neither":
            others = picking.neither(door.session, door.who, door.ask, now=visit.now)
            return page("neither.html", locale=door.link.locale, others=others)
        if not pressed.isdecimal() or len(pressed) > 18:
            raise NotFound
        try:
            picking.pick(door.session, door.who, door.ask, int(pressed), now=visit.now)
        except SlotTaken as taken:
            return _slots(door, problem=taken.sentence)
        return _slots(door)


def _slots(door: LinkDoor, *, problem: str = "") -> Reply:
    told = door.told()
    if picked := _picked(door):
        return picked
    if not told.fate.open:
        return became(door)
    chosen = door.visit.params.get("choice", "")
    slots = picking.slots_to_pick(door.session, door.ask, now=door.visit.now)
    slots.sort(key=lambda slot: str(slot.id) != chosen)
    return page(
        "slots.html",
        locale=door.link.locale,
        status=409 if problem else 200,
        it=told,
        slots=[_told(slot, door) for slot in slots],
        neither_first=chosen == "neither",
        problem=problem,
    )


def _picked(door: LinkDoor) -> Reply | None:
    """Show the time they picked here, while it stands."""
    booked = picking.picked(door.session, door.ask)
    if booked is None or booked.ends_at <= door.visit.now:
        return None
    when = moment(door.locale, booked.starts_at, door.link.zone, door.visit.now)
    return page("picked.html", locale=door.link.locale, it=door.told(), when=when)


def _told(slot: Slot, door: LinkDoor) -> tuple[int | None, str]:
    return slot.id, moment(door.locale, slot.starts_at, door.link.zone, door.visit.now)


PAGES = (LinkPage("/p/{token}", show, act), LinkPage("/p/{token}/{choice}", show, act))
