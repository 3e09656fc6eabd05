"""What came of the first information, told alike wherever a recruiter sends it."""

from collections import Counter
from collections.abc import Sequence

from portal.gate.law import LAW
from portal.kit.i18n import N_, number, say, say_n
from portal.privacy.informing import inform
from portal.ui.doors import Door

# So many people in one transaction.
AT_ONCE = 500


def write(door: Door, ids: Sequence[int]) -> tuple[int, Counter[str]]:
    """Write to these people; return how many letters go, and what holds the others back."""
    sent = inform(door.session, door.who, ids, now=door.now)
    return sent.going, Counter(LAW[held.because].short for held in sent.held_back if held.because)


def tell(door: Door, going: int, held: Counter[str]) -> tuple[str, list[str]]:
    """Return what happened in a sentence, and a line for each reason that holds people back."""
    told = (
        say_n(door.locale, N_("{count} letter is on its way."), N_("{count} letters are on their way."), going)
        if going
        else say(door.locale, N_("No letter leaves."))
    )
    if held:
        told += " " + say_n(
            door.locale, N_("{count} person is held back:"), N_("{count} people are held back:"), held.total()
        )
    return told, [f"{number(door.locale, count)} · {say(door.locale, why)}" for why, count in held.most_common()]
