"""What someone's agreements became, told to them; only in the month after their address changed, and then to both addresses."""

from datetime import datetime

from sqlmodel import Session

from portal.access.house import house
from portal.gate.actions import put
from portal.gate.addresses import lately, to_both
from portal.gate.requests import Draft, Request
from portal.kit.i18n import say
from portal.postbox.content import Content, p, small
from portal.postbox.rules import LetterKind
from portal.talents.models import Talent
from portal.timeline.who import Who


def tell_both(session: Session, who: Who, talent_id: int, *, now: datetime) -> None:
    """Write to both addresses that what they agreed to has changed: whoever reads the one of before may object."""
    if lately(session, talent_id, now=now):
        talent = session.get_one(Talent, talent_id)
        draft = Draft(Request(LetterKind.SECURITY, talent_id=talent_id), _receipt(talent.locale, house(session).name))
        put(session, who, to_both(session, draft, now=now), now=now)


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
