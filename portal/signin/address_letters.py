"""The letters about someone's address. Those to an address that is not proven name nobody."""

from datetime import datetime

from portal.access.models import Staff
from portal.gate.addresses import PROVE
from portal.gate.requests import Draft, Request
from portal.kit.db import saved
from portal.kit.i18n import moment, say
from portal.postbox.content import Block, Content, NamedLink, button, buttons, p, small
from portal.postbox.rules import LetterKind, LinkPurpose
from portal.signin.proposals import BACK
from portal.talents.models import AddressChange, Talent

_LINK = "address"


def prove(talent: Talent, change: AddressChange, house: str, by: str) -> Draft:
    """To the new address: is it theirs? `by` names the colleague who proposed it, if one did."""
    locale = talent.locale
    asked = say(locale, "You asked {house} to write to you at this address from now on.", house=house)
    noted = say(locale, "{name}, of {house}, noted this address as yours.", name=by, house=house)
    press = say(locale, "If it is, press the button: sign-in links and letters then come here.")
    until = moment(locale, change.expires_at, talent.zone)
    return _to(
        talent,
        PROVE,
        say(locale, "Is this your address?"),
        p(noted if by else asked),
        p(press),
        buttons(button(say(locale, "Yes, it is my address"), _LINK)),
        small(say(locale, "The button works until {until}.", until=until)),
        small(say(locale, "It is not you? Leave this letter alone: nothing changes without the button.")),
        links=(NamedLink(_LINK, LinkPurpose.ADDRESS, change.expires_at, {"change": saved(change.id)}),),
    )


def changed(talent: Talent, change: AddressChange, house: str, *, until: datetime) -> Draft:
    """To the address of before: it is another now, and one click takes that back."""
    locale = talent.locale
    return _to(
        talent,
        "address_changed",
        say(locale, "Your address was changed"),
        p(say(locale, "From now on, {house} writes to you at another address.", house=house)),
        p(
            say(
                locale, "It was proven by a button in a letter sent there. Browsers that were signed in are signed out."
            )
        ),
        p(say(locale, "Was it not you? One click puts this address back, and signs everyone out.")),
        buttons(button(say(locale, "It was not me"), _LINK)),
        p(say(locale, "For 30 days, we also tell you here when your data are erased or your agreements change.")),
        small(say(locale, "It was you? There is nothing to do.")),
        links=(NamedLink(_LINK, LinkPurpose.ADDRESS, until, {"change": saved(change.id), BACK: True}),),
    )


def returned(talent: Talent, house: str) -> Draft:
    """To an address whose proof was taken back."""
    locale = talent.locale
    return _to(
        talent,
        "address_returned",
        say(locale, "The change of address was taken back"),
        p(
            say(
                locale,
                "The person {house} wrote to here said, from their address of before, that it was not them.",
                house=house,
            )
        ),
        p(say(locale, "Nothing more about this file comes to this address.")),
    )


def taken(holder: Talent | Staff, house: str) -> Draft:
    """To whoever has an address somebody else asked to use."""
    locale = holder.locale
    told = (
        p(say(locale, "Someone asked {house} to write to them at this address.", house=house)),
        p(say(locale, "You already come in with it, so nothing changes, and they were not told that we know it.")),
        p(say(locale, "Was it you? Sign in with this address, and tell your recruiter that both files are yours.")),
        small(say(locale, "It was not you? There is nothing to do.")),
    )
    subject = say(locale, "Someone asked to use your address")
    if isinstance(holder, Talent):
        return _to(holder, "address_taken", subject, *told)
    content = Content("address_taken", locale, subject, (p(say(locale, "Hello,")), *told))
    return Draft(Request(LetterKind.SECURITY, staff_id=holder.id), content)


def _to(talent: Talent, template: str, subject: str, *blocks: Block, links: tuple[NamedLink, ...] = ()) -> Draft:
    hello = p(say(talent.locale, "Hello,"))
    content = Content(template, talent.locale, subject, (hello, *blocks), links)
    return Draft(Request(LetterKind.SECURITY, talent_id=talent.id), content)
