"""What someone's agreements became, told to them: after a yes by a link, and in the month after their address changed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from portal.access.house import house
from portal.consent.queries import NoticeView
from portal.conversations.readers import Reader, readers
from portal.gate.actions import put
from portal.gate.addresses import lately, to_both
from portal.gate.requests import Draft, Request
from portal.kit.i18n import moment, say
from portal.postbox.content import Content, NamedLink, button, buttons, p, quote, small
from portal.postbox.rules import LetterKind, LinkPurpose
from portal.talents.models import Talent
from portal.timeline.who import LinkGrant, Who

# What the link of a receipt is for, and how long it is good.
NOT_ME, NOT_ME_FOR = "not_me", timedelta(days=30)


def tell_both(session: Session, who: Who, talent_id: int, *, now: datetime) -> None:
    """Write to both addresses that what they agreed to has changed: whoever reads the one of before may object."""
    if lately(session, talent_id, now=now):
        talent = session.get_one(Talent, talent_id)
        draft = Draft(Request(LetterKind.SECURITY, talent_id=talent_id), _receipt(talent.locale, house(session).name))
        put(session, who, to_both(session, draft, now=now), now=now)


def confirm_yes(session: Session, who: LinkGrant, text: NoticeView, undo: Mapping[str, Any], *, now: datetime) -> None:
    """Write the receipt of a yes said by a link: what was agreed to, word for word, and *this was not me*."""
    reader = readers(session, [who.talent_id], text.purpose)[who.talent_id]
    request = Request(LetterKind.SERVICE, talent_id=who.talent_id, purpose=text.purpose)
    until = now + NOT_ME_FOR
    link = NamedLink("not_me", LinkPurpose.CONSENT, until, {"only": NOT_ME, "undo": dict(undo)})
    put(session, who, [Draft(request, _confirmation(reader, house(session).name, text, link, now))], now=now)


def confirm_undone(session: Session, who: LinkGrant, *, now: datetime) -> None:
    """Tell them that the yes said in their name is undone."""
    reader = readers(session, [who.talent_id])[who.talent_id]
    request = Request(LetterKind.SERVICE, talent_id=who.talent_id)
    put(session, who, [Draft(request, _undone(reader, house(session).name))], now=now)


def _confirmation(reader: Reader, house: str, text: NoticeView, link: NamedLink, now: datetime) -> Content:
    locale = reader.locale
    said = say(
        locale,
        "On {when}, a yes was pressed in our letter to this address: {house} may write to you. You can take it back "
        "whenever you like, in your space or with “Stop writing to me” in any of our letters.",
        when=moment(locale, now, reader.zone),
        house=house,
    )
    ask = say(
        locale,
        "It was not you? One click undoes it, until {until}.",
        until=moment(locale, link.until, reader.zone, now),
    )
    return Content(
        "consent_receipt",
        locale,
        say(locale, "It is noted: we keep in touch"),
        (
            p(_hello(reader)),
            p(said),
            p(say(locale, "This is the text that was on the page:")),
            quote(text.text),
            p(ask),
            buttons(button(say(locale, "This was not me"), link.name)),
            p(house),
        ),
        (link,),
    )


def _hello(reader: Reader) -> str:
    return say(reader.locale, "Hello {first_name},", first_name=reader.first_name).replace(" ,", ",")


def _undone(reader: Reader, house: str) -> Content:
    locale = reader.locale
    told = say(
        locale,
        "You told us that it was not you who said yes to {house}. That yes is undone, as if it had never been said, and "
        "what was to leave because of it stays here.",
        house=house,
    )
    care = say(
        locale, "Whoever pressed it could read one of our letters to you: if you forwarded it, ask them to delete it."
    )
    content = (p(_hello(reader)), p(told), small(care), p(house))
    return Content("consent_undone", locale, say(locale, "It is undone"), content)


def _receipt(locale: str, house: str) -> Content:
    return Content(
        "agreement_changed",
        locale,
        say(locale, "What you agreed to has changed"),
        (
            p(say(locale, "Hello,")),
            p(
                say(
                    locale,
                    "What you agreed to with {house} has changed: your space shows it, word for word.",
                    house=house,
                )
            ),
            p(say(locale, "Your address changed less than 30 days ago, so we tell both addresses.")),
            small(say(locale, "It was not you? Take the change of address back, from the letter that told you of it.")),
        ),
    )
