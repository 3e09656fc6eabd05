"""The page of a talk: when it is, who calls, and the two things one may press: another time, or cancel it."""

from typing import Any

from portal.booking.holding import SlotTaken
from portal.booking.models import Booking
from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import say
from portal.replies.one_talk import granted_talk, talk_told
from portal.replies.talks import book_again, cancel_booking, give_number, move_booking
from portal.timeline.who import LinkGrant
from portal.ui.links.visit import LinkPage, Reply, Visit, page

# What is pressed on the page of a talk.
PRESSES = frozenset({"cancel", "move", "phone"})


def show(visit: Visit) -> Reply:
    """Show the talk as it stands."""
    with visit.database.work() as session:
        link, booked = granted_talk(session, visit.token, now=visit.now)
        return told(visit, session, booked, link.locale)


def act(visit: Visit) -> Reply:
    """Take what was pressed."""
    with visit.database.work() as session:
        link, booked = granted_talk(session, visit.token, now=visit.now)
        return change(visit, session, link.grant, booked, link.locale)


def change(visit: Visit, session: Any, who: LinkGrant, booked: Booking, locale: str) -> Reply:
    """Move the talk, cancel it, or book it again; tell what it is now."""
    if "cancel" in visit.form:
        if booked.cancelled_at is None:
            cancel_booking(session, who, who.talent_id, saved(booked.id), now=visit.now)
        return told(visit, session, booked, locale)
    if "phone" in visit.form and booked.cancelled_at is None:
        try:
            give_number(session, who, booked, visit.form["phone"], now=visit.now)
        except Refused as refused:
            return told(
                visit, session, booked, locale, wrong=say(visit.locale(locale), refused.sentence, **refused.params)
            )
        return told(visit, session, booked, locale)
    pressed = visit.form.get("move", "")
    if not pressed.isdecimal() or len(pressed) > 18:
        raise NotFound
    try:
        if booked.cancelled_at is None:
            booked = move_booking(session, who, who.talent_id, saved(booked.id), int(pressed), now=visit.now)
        else:
            booked = book_again(session, who, booked, int(pressed), now=visit.now)
    except SlotTaken as taken:
        return told(visit, session, booked, locale, problem=taken.sentence)
    return told(visit, session, booked, locale)


def told(visit: Visit, session: Any, booked: Booking, locale: str, *, problem: str = "", wrong: str = "") -> Reply:
    """Answer with the talk as it stands; `problem` with a time, `wrong` with the number given."""
    it = talk_told(session, booked, locale=visit.locale(locale), now=visit.now)
    status = 409 if problem else 400 if wrong else 200
    typed = visit.form.get("phone", "")
    return page("talk.html", locale=locale, status=status, it=it, problem=problem, wrong=wrong, typed=typed)


PAGE = LinkPage("/b/{token}", show, act)
