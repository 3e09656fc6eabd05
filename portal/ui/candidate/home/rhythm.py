"""How often someone hears from us, in one sentence."""

from portal.access.house import house
from portal.kit.clock import local_day
from portal.kit.i18n import day, say, say_n
from portal.talents.queries import Profile
from portal.ui.doors import Door


def rhythm_told(door: Door, me: Profile) -> str:
    """Return "At most one letter in 30 days.", or until when they paused us."""
    paused, today = me.told["paused_until"].value, local_day(door.now, door.zone)
    if paused is not None and paused > today:
        until = day(door.locale, paused, year=paused.year != today.year)
        return say(door.locale, "You paused our letters until {day}.", day=until)
    days = me.told["rhythm_days"].value or house(door.session).rhythm_days
    return say_n(door.locale, "At most one letter a day.", "At most one letter in {count} days.", days)
