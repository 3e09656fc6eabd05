"""The people of the tests: always the same ones, so that a name says who they are and what they may do."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from portal.access.models import Staff
from portal.consent.models import Consent
from portal.consent.rules import Basis, Purpose, Standing
from portal.kit.db import saved
from portal.kit.fold import fold
from portal.talents import places
from portal.talents.models import Source, Talent
from portal.talents.rules import SourceKind
from portal.timeline.who import Person, Role
from tests import people

# A Tuesday morning in Paris, no holiday near.
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Cast:
    """Claire recruits; Marc recruits in another team; Dora is the DPO; Ada the admin."""

    claire: Person
    marc: Person
    dora: Person
    ada: Person


def staff(session: Session, name: str, role: Role) -> Person:
    row = Staff(email=f"{fold(name)}@vivier.example", name=name, role=role, invited_at=NOW)
    session.add(row)
    session.flush()
    return Person(saved(row.id), role, name, "fr", "Europe/Paris", fresh=True)


def cast(session: Session) -> Cast:
    return Cast(
        claire=staff(session, "Claire", Role.RECRUITER),
        marc=staff(session, "Marc", Role.RECRUITER),
        dora=staff(session, "Dora", Role.DPO),
        ada=staff(session, "Ada", Role.ADMIN),
    )


def talent(
    session: Session, first_name: str, *, consented: bool = True, place: str = "Lyon", locale: str = "fr", **known: Any
) -> Talent:
    """Someone in the pool who applied a month ago and, unless told otherwise, agreed to stay in it."""
    where = places.match(place)
    assert where is not None
    told = {
        "created_at": NOW - timedelta(days=30),
        "email": f"{fold(first_name)}@candidat.example",
        "first_name": first_name,
        "last_name": "Martin",
        "locale": locale,
        "collected_on": date(2026, 10, 20),
    }
    row = people.talent(session, f"{first_name} Martin", place=where.insee, **(told | known))
    session.add(
        Source(
            talent_id=saved(row.id),
            kind=SourceKind.APPLICATION,
            text="candidature spontanée",
            collected_on=date(2026, 10, 20),
            recorded_at=NOW - timedelta(days=30),
        )
    )
    if consented:
        session.add(
            Consent(
                talent_id=saved(row.id),
                purpose=Purpose.POOL,
                basis=Basis.CONSENT,
                standing=Standing.GIVEN,
                since=NOW - timedelta(days=30),
                expires_on=date(2028, 10, 20),
                notified_at=NOW - timedelta(days=30),
            )
        )
    session.flush()
    return row


def as_candidate(row: Talent) -> Person:
    return Person(saved(row.id), Role.CANDIDATE, row.first_name, row.locale, row.zone, fresh=True)
