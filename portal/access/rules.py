"""How long people stay signed in, and who may do what; no I/O."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

from portal.kit.errors import NotFound, Refused
from portal.timeline.who import LinkGrant, Person, Role, System, Who

# Counted from the sign-in and never prolonged by reading: a page that is looked at changes no row.
STAFF_STAYS = timedelta(hours=12)  # one working day; the back-office holds many people's data
CANDIDATE_STAYS = timedelta(days=30)  # their own data only, on their own telephone
# Giving a consent, changing it or erasing everything asks for a sign-in younger than this.
FRESH_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries within one window."""

    tries: int
    window: timedelta


def require_admin(who: Who) -> None:
    """Let an admin or the command line pass."""
    if not (isinstance(who, System) or (isinstance(who, Person) and who.role is Role.ADMIN)):
        raise NotFound


def require_self(who: Who, talent_id: int) -> None:
    """Let the person themself pass, by sign-in or by a link of theirs, or the system; nobody acts for another."""
    match who:
        case Person(role=Role.CANDIDATE, id=id_) | LinkGrant(talent_id=id_) if id_ == talent_id:
            return
        case System():
            return
        case _:
            raise NotFound


def require_fresh(who: Who) -> None:
    """Ask a person who signed in a while ago to do so again."""
    if isinstance(who, Person) and not who.fresh:
        raise Refused("Please sign in again first: this change asks for a sign-in of less than 15 minutes.")


def network_of(address: str) -> str:
    """Return the network of an IP address: /24 (IPv4) or /48 (IPv6), so that no single line is followed."""
    try:
        ip = ip_address(address)
    except ValueError:
        return "unknown"
    mapped = getattr(ip, "ipv4_mapped", None)
    ip = mapped or ip
    return str(ip_network(f"{ip}/{24 if ip.version == 4 else 48}", strict=False))


def window_start(now: datetime, window: timedelta) -> datetime:
    """Return when the present window began."""
    return datetime.fromtimestamp(now.timestamp() // window.total_seconds() * window.total_seconds(), UTC)
