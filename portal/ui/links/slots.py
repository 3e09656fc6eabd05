"""The page behind two held times: pick one, or neither."""

from sqlmodel import Session

from portal.booking.holding import SlotTaken
from portal.booking.models import Slot
from portal.conversations.models import Ask
from portal.kit.errors import NotFound
from portal.kit.i18n import moment
from portal.postbox.rules import LinkPurpose
from portal.replies import picking
from portal.replies.queries import Granted, ask_behind, asked, granted
from portal.replies.renewing import renew
from portal.ui.links.visit import LinkPage, Reply, Visit, page


def show(visit: Visit) -> Reply:
    """Show what is held, with the time chosen in the letter first."""
    with visit.database.work() as session:
        link, ask = _behind(session, visit)
        return _slots(session, visit, link, ask)


def act(visit: Visit) -> Reply:
    """Take what was pressed: a time, neither, or the wish for others."""
    with visit.database.work() as session:
        link, ask = _behind(session, visit)
        if "renew" in visit.form:
            renew(session, link.grant, ask, now=visit.now)
            return page("new_link.html", locale=link.locale)
        pressed = visit.form.get("slot", "")
        if pressed == "neither":
            others = picking.neither(session, link.grant, ask, now=visit.now)
            return page("neither.html", locale=link.locale, others=others)
        if not pressed.isdecimal() or len(pressed) > 18:
            raise NotFound
        try:
            picking.pick(session, link.grant, ask, int(pressed), now=visit.now)
        except SlotTaken as taken:
            return _slots(session, visit, link, ask, problem=taken.sentence)
        return _slots(session, visit, link, ask)


def _behind(session: Session, visit: Visit) -> tuple[Granted, Ask]:
    link = granted(session, visit.token, LinkPurpose.SLOTS, now=visit.now)
    return link, ask_behind(session, link)


def _slots(session: Session, visit: Visit, link: Granted, ask: Ask, *, problem: str = "") -> Reply:
    locale = visit.locale(link.locale)
    told = asked(session, ask, locale=locale, zone=link.zone, now=visit.now)
    booked = picking.picked(session, ask)
    if booked is not None:
        return page("picked.html", locale=link.locale, it=told, when=moment(locale, booked.starts_at, link.zone))
    if not told.open:
        return page("closed.html", locale=link.locale, it=told)
    slots = picking.slots_to_pick(session, ask, now=visit.now)
    chosen = visit.params.get("choice", "")
    slots.sort(key=lambda slot: str(slot.id) != chosen)
    return page(
        "slots.html",
        locale=link.locale,
        status=409 if problem else 200,
        it=told,
        slots=[_told(slot, locale, link.zone) for slot in slots],
        neither_first=chosen == "neither",
        problem=problem,
    )


def _told(slot: Slot, locale: str, zone: str) -> tuple[int | None, str]:
    return slot.id, moment(locale, slot.starts_at, zone)


PAGES = (LinkPage("/p/{token}", show, act), LinkPage("/p/{token}/{choice}", show, act))
