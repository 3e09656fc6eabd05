"""Sessions of the cast, to put into a browser or a socket."""

from portal.access.sessions import open_session
from portal.kit import clock
from portal.kit.db import Database
from portal.timeline.who import Person, Role
from tests.cast import as_candidate, cast, talent
from tests.serving import Site


def sessions(site: Site) -> dict[Role, str]:
    """Return a session token for each role of a fresh cast on this site."""
    return {role: token for role, (_, token) in people(site).items()}


def people(site: Site) -> dict[Role, tuple[Person, str]]:
    """Bring the cast onto this site, each signed in: who they are, and the token of their cookie."""
    database = Database(site.database.app)
    now = clock.now()
    with database.work() as session:
        staff = cast(session)
        camille = as_candidate(talent(session, "Camille"))
        everyone = {
            Role.RECRUITER: staff.claire,
            Role.ADMIN: staff.ada,
            Role.DPO: staff.dora,
            Role.CANDIDATE: camille,
        }
        signed_in = {
            role: (
                who,
                open_session(session, now=now, **({"staff_id": who.id} if who.is_staff else {"talent_id": who.id})),
            )
            for role, who in everyone.items()
        }
    database.close()
    return signed_in
