"""Proxies in a rule: lawful to ask, yet they may stand for what the law forbids to choose by. Warned about, never refused.

What the law protects has no criterion at all (`document`), and its names are refused on the way in (`reading`). A proxy is
told with its reason when the rule is written and again before a launch, so that a person decides knowingly.
Penal code, art. 225-1; labour code, L.1132-1; Défenseur des droits, *Recruter avec des outils numériques* (2018).
"""

from collections.abc import Callable
from typing import Any

from portal.kit.i18n import N_, number, say
from portal.segments import document as d
from portal.segments.wording import place_name
from portal.talents.vocabulary import Experience

# Nearer than this, a place of work says where someone lives.
NEIGHBOURS_KM = 5

_RESIDENCE = N_(
    "“Within {km} km of {place}” may stand for where people live, which the law protects: widen it unless the job needs it."
)
_ORIGIN = N_(
    "The language of letters may stand for origin, which the law protects: use it to write in the right language, not to choose."
)
_AGE = N_(
    "“Under 2 years” alone may stand for age, which the law protects: let the other levels in unless the job is for beginners."
)


def warnings(rule: d.Group, locale: str) -> list[str]:
    """Return a sentence for each proxy a rule asks, in reading order, each once."""
    told = [_LOOKS[type(part)](part, locale) for part in d.criteria(rule) if type(part) in _LOOKS]
    return list(dict.fromkeys(sentence for sentence in told if sentence))


def _near(part: d.Near, locale: str) -> str:
    if part.km > NEIGHBOURS_KM:
        return ""
    return say(locale, _RESIDENCE, km=number(locale, part.km), place=place_name(part.place))


def _level(part: d.Level, locale: str) -> str:
    return say(locale, _AGE) if set(part.one_of) == {Experience.JUNIOR} else ""


_LOOKS: dict[type[Any], Callable[[Any, str], str]] = {
    d.Near: _near,
    d.Level: _level,
    d.Language: lambda _, locale: say(locale, _ORIGIN),
}
