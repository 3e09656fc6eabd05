"""The invitation both sides put in their calendar (RFC 5545, RFC 5546).

The organizer is the house, whose address the letter comes from: a mail program believes an update or a cancellation only from
the organizer, and puts nothing in a calendar for an invitation that its reader seems to have sent. Both sides are attendees.
No answer is asked for (RSVP=FALSE): both have said yes already, and nobody reads what a calendar would send back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from portal.postbox.calendars import HOUSE

RING_BEFORE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Invitation:
    """One appointment as one of the two reads it; times in UTC. `url` is an address, or the place of a link."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    house: str
    attendees: tuple[tuple[str, str], ...]
    description: str = ""
    location: str = ""
    url: str = ""


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
    for name in ("description", "location", "url"):
        if told := getattr(invitation, name):
            event.add(name, told)
    event["organizer"] = vCalAddress(HOUSE, params={"CN": vText(invitation.house)})
    for name, email in invitation.attendees:
        event.add("attendee", _attendee(name, email), encode=False)
    if method == "REQUEST":
        event.add_component(_alarm(invitation.summary))
    calendar = Calendar()
    calendar.add("prodid", "-//Vivier//vivier//FR")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return str(calendar.to_ical().decode())


def _attendee(name: str, email: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    told = {"CN": name, "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    for parameter, value in told.items():
        address.params[parameter] = vText(value)
    return address


def _alarm(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -RING_BEFORE)
    return alarm
