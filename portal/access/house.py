"""The rules of the house: one row, made with its defaults when first asked for."""

from sqlmodel import Session

from portal.access.models import House


def house(session: Session) -> House:
    """Return the house's rules."""
    found = session.get(House, 1)
    if found is None:
        found = House()
        session.add(found)
        session.flush()
    return found
