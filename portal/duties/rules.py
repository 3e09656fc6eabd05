"""Which duties there are, in the words an admin reads when one fails."""

from enum import StrEnum

from portal.kit.i18n import N_


class Duty(StrEnum):
    """One thing that time makes due; a new one is a row here and one in `portal.schedule`."""

    UNINFORMED = "uninformed"
    LAST_ADDRESSES = "last_addresses"
    FILES = "files"
    SIGN_INS = "sign_ins"
    LOST_LETTERS = "lost_letters"
    UNDELIVERED = "undelivered"
    HELD_TIMES = "held_times"
    REMINDERS = "reminders"
    PRESSES = "presses"
    IDLE = "idle"
    DOUBLES = "doubles"
    SEGMENTS = "segments"


TOLD: dict[Duty, str] = {
    Duty.UNINFORMED: N_("erasing people who were never informed (GDPR 14)"),
    Duty.LAST_ADDRESSES: N_("forgetting the last address of people who were erased"),
    Duty.FILES: N_("forgetting files and lines nobody decided about"),
    Duty.SIGN_INS: N_("forgetting old sign-ins and links"),
    Duty.LOST_LETTERS: N_("finding the letters of a worker that was killed"),
    Duty.UNDELIVERED: N_("ending what waits for the answer to a letter that never left"),
    Duty.HELD_TIMES: N_("giving back times that were held for somebody"),
    Duty.REMINDERS: N_("reminding people of tomorrow’s talks"),
    Duty.PRESSES: N_("forgetting which buttons were pressed"),
    Duty.IDLE: N_("closing conversations in which nobody speaks"),
    Duty.DOUBLES: N_("looking for possible doubles"),
    Duty.SEGMENTS: N_("noting how the segments stand"),
}
