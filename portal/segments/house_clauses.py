"""Clauses that speak of what the house itself made: tags, fields of its own, surveys, other segments."""

from collections.abc import Callable
from typing import Any

from portal.kit.i18n import N_, say, short_day
from portal.segments import document as d
from portal.segments.names import Names
from portal.segments.wording import OR, join, quoted


def _tags(criterion: d.Tags, locale: str, names: Names) -> str:
    return say(locale, "who wear the tag {tags}", tags=quoted(locale, [names.tag(locale, n) for n in criterion.one_of]))


def _own(criterion: d.Own, locale: str, names: Names) -> str:
    field = names.field(locale, criterion.field)
    match criterion.test:
        case d.Test.HOLDS:
            return say(locale, "whose “{field}” mentions “{text}”", field=field, text=criterion.text)
        case d.Test.IS:
            return say(locale, "whose “{field}” is “{text}”", field=field, text=criterion.text)
        case d.Test.ONE_OF:
            chosen = [names.choice(locale, criterion.field, code) for code in criterion.one_of or ()]
            return say(locale, "whose “{field}” is {these}", field=field, these=quoted(locale, chosen))
        case d.Test.KNOWN:
            return say(locale, "whose “{field}” is known", field=field)
        case d.Test.NUMBER:
            ends = (criterion.least, criterion.most)
            return _between(
                locale, _NUMBERS, field, *(None if end is None else told_number(locale, end) for end in ends)
            )
        case d.Test.DAY:
            days = (criterion.since, criterion.until)
            return _between(locale, _DAYS, field, *(None if day is None else short_day(locale, day) for day in days))


_NUMBERS = (N_("whose “{field}” is {least} or more"), N_("whose “{field}” is {most} or less"))
_DAYS = (N_("whose “{field}” is {least} or later"), N_("whose “{field}” is {most} or earlier"))


def _between(locale: str, open_ended: tuple[str, str], field: str, least: str | None, most: str | None) -> str:
    if least and most:
        return say(locale, "whose “{field}” goes from {least} to {most}", field=field, least=least, most=most)
    return say(locale, open_ended[0 if least else 1], field=field, least=least, most=most)


def told_number(locale: str, value: float) -> str:
    """Return `1,200.5`, or `1 200,5` in French."""
    told = f"{value:,.10g}"
    return told.replace(",", "\u202f").replace(".", ",") if locale.startswith("fr") else told


BANDS = {
    d.Band.PROMOTER: N_("promoters (9 or 10)"),
    d.Band.PASSIVE: N_("passives (7 or 8)"),
    d.Band.DETRACTOR: N_("detractors (6 and under)"),
}


def _score(criterion: d.Score, locale: str, names: Names) -> str:
    bands = join(locale, [say(locale, BANDS[band]) for band in criterion.one_of], OR)
    survey = names.survey(locale, criterion.survey)
    return say(locale, "who are {bands} in the survey “{survey}”", bands=bands, survey=survey)


def _member(criterion: d.Member, locale: str, names: Names) -> str:
    return say(locale, "who are in the segment “{name}”", name=names.segment(locale, criterion.segment))


CLAUSES: dict[type[Any], Callable[[Any, str, Names], str]] = {
    d.Tags: _tags,
    d.Own: _own,
    d.Score: _score,
    d.Member: _member,
}
