"""What clauses are made of: words joined as each language joins them."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from babel import Locale

from portal.kit.i18n import N_, say
from portal.talents import places
from portal.talents.labels import label

AND = N_("{before} and {last}")
OR = N_("{before} or {last}")


def join(locale: str, parts: Sequence[str], last: str) -> str:
    """Return `a, b and c`; `last` is the msgid that joins the last two."""
    if len(parts) < 2:
        return "".join(parts)
    return say(locale, last, before=", ".join(parts[:-1]), last=parts[-1])


def reasons(locale: str, told: Sequence[str]) -> str:
    """Return reasons one after the other, as each language sets a semicolon."""
    return say(locale, "; ").join(told)


def words(locale: str, values: Iterable[StrEnum]) -> str:
    """Return closed words as alternatives."""
    return join(locale, [label(locale, value) for value in values], OR)


def quoted(locale: str, values: Iterable[str]) -> str:
    """Return words as people wrote them, as alternatives."""
    return join(locale, [say(locale, "“{word}”", word=value) for value in values], OR)


def place_name(insee: str) -> str:
    """Return the place's name, or its code if nobody knows it."""
    place = places.get(insee)
    return place.name if place else insee


def language_name(code: str, locale: str) -> str:
    """Return `English` for `en`, `anglais` in French; the code where nobody knows it."""
    return str(Locale("fr" if locale.startswith("fr") else "en").languages.get(code, code))
