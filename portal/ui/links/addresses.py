"""“Is this your address?”, and “it was not me”: GET says what pressing does, only POST does it."""

from collections.abc import Callable

from portal.kit.i18n import moment
from portal.signin import changing
from portal.signin.proposals import Behind, Says, behind
from portal.ui.links.visit import LinkPage, Reply, Visit, page


def show(visit: Visit) -> Reply:
    """Show what stands behind the link."""
    with visit.database.work() as session:
        return _told(visit, behind(session, visit.token, now=visit.now))


def act(visit: Visit) -> Reply:
    """Do what the button says, or say why nothing changed."""
    with visit.database.work() as session:
        return _told(visit, _verb(visit)(session, visit.token, now=visit.now), pressed="renew" in visit.form)


def _verb(visit: Visit) -> Callable[..., Behind]:
    if "renew" in visit.form:
        return changing.renew
    return changing.take_back if "back" in visit.form else changing.prove


def _told(visit: Visit, it: Behind, *, pressed: bool = False) -> Reply:
    locale = it.talent.locale
    if pressed and it.says is Says.EXPIRED and not it.back:
        return page("new_link.html", locale=locale, times=False)
    until = moment(visit.locale(locale), it.change.expires_at, it.talent.zone, visit.now)
    address = it.change.before if it.back else it.change.address
    return page("address_back.html" if it.back else "address.html", locale=locale, it=it, address=address, until=until)


PAGE = LinkPage("/e/{token}", show, act)
