"""An invitation as it leaves: what is known only then stands in its place (RFC 5545).

Kept for the record it holds no address of the house and no link anyone could press, like every letter.
"""

from collections.abc import Mapping
from email.utils import parseaddr

from icalendar import Calendar, vCalAddress, vText, vUri

# Where the house's own address goes, and links by their name.
HOUSE = "mailto:house@vivier.invalid"
_LINK = "{{{name}}}"


def place_of(link: str) -> str:
    """Return what stands for a link, by its name, until the letter leaves."""
    return _LINK.format(name=link)


def addressed(calendar: str, *, house: str, urls: Mapping[str, str]) -> str:
    """Return the invitation with the house's address as its organizer, and its links as addresses."""
    whole = Calendar.from_ical(calendar)
    for event in whole.walk("VEVENT"):
        organizer = event.get("organizer")
        if organizer == HOUSE:
            event["organizer"] = vCalAddress(f"mailto:{parseaddr(house)[1] or house}", params=organizer.params)
        for name, kind in (("description", vText), ("url", vUri)):
            if name in event:
                event[name] = kind(_with_links(str(event[name]), urls))
    return str(whole.to_ical().decode())


def _with_links(text: str, urls: Mapping[str, str]) -> str:
    for name, url in urls.items():
        text = text.replace(place_of(name), url)
    return text
