"""Rows for tests of reads: staff and people in the pool, written down directly."""

from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session

from portal.access.models import Staff
from portal.kit.fold import fold
from portal.talents import places
from portal.talents.models import Talent
from portal.talents.rules import SourceKind
from portal.timeline.who import Person, Role

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)  # a Tuesday, 11:00 in Paris
TODAY = date(2026, 11, 24)

PARIS, LYON, VILLEURBANNE, MARSEILLE, SAINT_ETIENNE = "75056", "69123", "69266", "13055", "42218"


def staff(session: Session, name: str = "Camille", role: Role = Role.RECRUITER, zone: str = "Europe/Paris") -> Person:
    """Hire someone and return them as they act."""
    email = f"{fold(name).replace(' ', '.')}.{role.value}@house.example"
    row = Staff(email=email, name=name, role=role, zone=zone, invited_at=NOW)
    session.add(row)
    session.flush()
    assert row.id is not None
    return Person(row.id, role, name, "fr", zone)


def candidate(talent: Talent) -> Person:
    """Return this talent, signed in."""
    assert talent.id is not None
    return Person(talent.id, Role.CANDIDATE, talent.first_name, talent.locale, talent.zone)


def talent(session: Session, name: str = "Awa Diallo", *, place: str | None = None, **columns: Any) -> Talent:
    """Put one person in the pool; `place` is an INSEE code."""
    first, _, last = name.partition(" ")
    known: dict[str, Any] = {
        "created_at": NOW,
        "first_name": first,
        "last_name": last,
        "name_key": fold(name),
        "email": f"{fold(name).replace(' ', '.')}@people.example",
        "source_kind": SourceKind.APPLICATION,
        "collected_on": TODAY,
    }
    row = Talent(**(known | placed(place) | columns))
    session.add(row)
    session.flush()
    return row


def placed(insee: str | None) -> dict[str, Any]:
    """Return the columns of a declared place of work."""
    if insee is None:
        return {}
    place = places.get(insee)
    assert place is not None
    ux, uy, uz = places.unit_vector(place.lat, place.lon)
    return {
        "place_code": insee,
        "place_name": place.name,
        "lat": place.lat,
        "lon": place.lon,
        "ux": ux,
        "uy": uy,
        "uz": uz,
    }
