"""The letter that lets someone in."""

from datetime import datetime, timedelta

from portal.gate.requests import Draft, Request
from portal.kit.i18n import N_, say
from portal.postbox.content import Content, NamedLink, button, buttons, code, p, small
from portal.postbox.rules import LetterKind, LinkPurpose

LINK_LIVES = timedelta(minutes=20)
INVITATION_LIVES = timedelta(hours=24)
_LINK = "sign_in"


def sign_in(
    *,
    locale: str,
    house: str,
    first_name: str,
    now: datetime,
    staff_id: int | None = None,
    talent_id: int | None = None,
) -> Draft:
    """One link for this device, the same digits for another; both worth one sign-in."""
    hello = say(locale, N_("Hello {name},"), name=first_name) if first_name else say(locale, N_("Hello,"))
    press = say(locale, N_("Here is the link to sign in to {house}. It works once, for 20 minutes."), house=house)
    content = Content(
        template=_LINK,
        locale=locale,
        subject=say(locale, N_("Your sign-in link")),
        blocks=(
            p(hello),
            p(press),
            buttons(button(say(locale, N_("Sign in")), _LINK)),
            p(say(locale, N_("On another device? Type this code on the page where you asked:"))),
            code(_LINK),
            small(say(locale, N_("You did not ask for it? Leave this letter alone: nobody can come in without it."))),
        ),
        links=(NamedLink(_LINK, LinkPurpose.SIGN_IN, now + LINK_LIVES),),
    )
    return Draft(Request(LetterKind.SECURITY, staff_id=staff_id, talent_id=talent_id), content)


def invitation(*, locale: str, house: str, first_name: str, staff_id: int, now: datetime) -> Draft:
    """Welcome a new colleague: one link, good for a day."""
    until = now + INVITATION_LIVES
    content = Content(
        template="invitation",
        locale=locale,
        subject=say(locale, N_("You can now work in {house}"), house=house),
        blocks=(
            p(say(locale, N_("Hello {name},"), name=first_name)),
            p(
                say(
                    locale,
                    N_("You have been invited to work in {house}. This link lets you in once, within a day."),
                    house=house,
                )
            ),
            buttons(button(say(locale, N_("Sign in")), _LINK)),
            small(say(locale, N_("Later, ask for a new link on the sign-in page: there is no password to remember."))),
        ),
        links=(NamedLink(_LINK, LinkPurpose.SIGN_IN, until),),
    )
    return Draft(Request(LetterKind.SECURITY, staff_id=staff_id), content)


def welcome(*, locale: str, house: str, first_name: str, staff_id: int, address: str) -> Draft:
    """Welcome a new colleague who signs in with their work account: no link, nothing to lose."""
    content = Content(
        template="invitation",
        locale=locale,
        subject=say(locale, N_("You can now work in {house}"), house=house),
        blocks=(
            p(say(locale, N_("Hello {name},"), name=first_name)),
            p(say(locale, N_("You have been invited to work in {house}."), house=house)),
            p(say(locale, N_("Sign in there with your work account: {address}"), address=address)),
        ),
    )
    return Draft(Request(LetterKind.SECURITY, staff_id=staff_id), content)
