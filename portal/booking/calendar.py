"""The invitation both sides put in their calendar (RFC 5545, RFC 5546)."""

from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar, Event, vCalAddress, vText


@dataclass(frozen=True, slots=True)
class Invitation:
    """One appointment; times in UTC."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    organizer: tuple[str, str]
    attendee: tuple[str, str]


def invite(invitation: Invitation, *, now: datetime) -> str:
    """Return an iCalendar object with METHOD:REQUEST."""
    return _calendar(invitation, "REQUEST", "CONFIRMED", now)


def withdraw(invitation: Invitation, *, now: datetime) -> str:
    """Return the iCalendar object that takes the appointment out again, METHOD:CANCEL."""
    return _calendar(invitation, "CANCEL", "CANCELLED", now)


def _calendar(invitation: Invitation, method: str, status: str, now: datetime) -> str:
    event = Event()
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", invitation.starts_at)
    event.add("dtend", invitation.ends_at)
    event.add("summary", invitation.summary)
    event.add("status", status)
    event["organizer"] = _address(*invitation.organizer)
    attendee = _address(*invitation.attendee)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    event.add("attendee", attendee, encode=False)
    calendar = Calendar()
    calendar.add("prodid", "-//Vivier//vivier//FR")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return str(calendar.to_ical().decode())


def _address(name: str, email: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = vText(name)
    return address
