"""The letter about two rows that are one person from now on."""

from portal.gate.requests import Draft, Request
from portal.kit.i18n import say
from portal.postbox.content import Content, p, small
from portal.postbox.rules import LetterKind
from portal.talents.models import Talent

MADE_ONE = "made_one"


def made_one(stays: Talent, house: str) -> Draft:
    """To both addresses someone came in with; neither is named, for they may be two people whom we mistook for one."""
    locale = stays.locale
    content = Content(
        MADE_ONE,
        locale,
        say(locale, "Two files, one person"),
        (
            p(say(locale, "Hello,")),
            p(
                say(
                    locale,
                    "{house} held two files it takes to be yours, under two addresses. They are one now.",
                    house=house,
                )
            ),
            p(
                say(
                    locale, "You come in with the address you used last; asked with the other, the link goes there too."
                )
            ),
            small(say(locale, "You are not that person? Tell the recruiter you know: the two can be parted again.")),
        ),
    )
    return Draft(Request(LetterKind.SECURITY, talent_id=stays.id), content)
