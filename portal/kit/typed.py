"""What somebody typed in a field of several lines: taken whole or refused, never cut. Pages and verbs ask for the same length."""

from portal.kit.errors import Refused

LONGEST = 4_000


def typed(text: object, most: int = LONGEST) -> str:
    """Return the words, a line break counted once as the page counts it; refused when longer than `most` characters."""
    words = str(text or "").replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(words) > most:
        raise Refused("Write at most {most} characters.", most=most)
    return words
