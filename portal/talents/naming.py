"""What the house names itself: a tag, a field of its own, its choices. None of them may say what the law protects."""

from portal.kit.errors import Refused
from portal.kit.i18n import N_
from portal.talents import wordcheck
from portal.talents.checks import one_line
from portal.talents.protected import WHY, ground_of

NAMELESS = N_("Give it a name.")


def clean_name(text: object, most: int) -> str:
    """Return a name as one line; Refused when empty, too long, or about what nobody may be chosen by (with the article)."""
    name = one_line(text, most)
    if not name:
        raise Refused(NAMELESS)
    refuse_protected(name)
    return name


def refuse_protected(text: str) -> None:
    """Refuse a name that the criteria of a segment could not bear (penal code, art. 225-1), in French or English."""
    if ground := ground_of(text):
        raise Refused(WHY[ground], word=text)
    for flag in wordcheck.check(text):
        raise Refused(WHY[flag.ground], word=flag.word)
