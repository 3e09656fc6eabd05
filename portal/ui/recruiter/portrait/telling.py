"""The portrait in words and shapes, made in Python: the page only draws it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from portal.access.guards import recruiter
from portal.conversations.labels import answer_label, reason_label
from portal.conversations.rules import Answer, Reason
from portal.kit.i18n import N_, number, say, say_n, short_day
from portal.reports.waking import Next, Suggestion, suggestions
from portal.segments import atlas, liveness, portrait
from portal.segments.models import Segment
from portal.segments.queries import everyone_ids, member_ids, rule_of, segment_for
from portal.segments.reachable import split_ids
from portal.talents import places
from portal.talents.labels import label
from portal.talents.vocabulary import Availability
from portal.ui.components.pictures import Bar, curve
from portal.ui.doors import Door
from portal.ui.recruiter.pool.narrowing import SILENT, UNSAID, address, clean

SHADES = 5
_MOST_REGIONS = 6
_FREE = {
    Availability.NOW.value: N_("free from today"),
    "soon": N_("free within 60 days"),
    "later": N_("free later"),
    None: N_("have not said when"),
}
_SILENT = N_("no answer yet")
_ACTS = {
    Next.INFORM: N_("Send them the first information"),
    Next.ASK: N_("Ask if they are still looking"),
    Next.OFFER: N_("Offer them a job"),
}


@dataclass
class Line:
    """One curve over the nights: its name, where it stands today, the SVG path, and the same in words."""

    words: str
    today: str
    path: str
    told: str


@dataclass
class Shade:
    """The cells of one shade of the map, as one SVG path; `told` is its line of the legend."""

    path: str
    kind: str
    told: str


@dataclass
class Act:
    """Something to do next, for how many, and where it is done."""

    told: str
    words: str
    address: str


@dataclass(frozen=True)
class Seen:
    """Everything the page draws."""

    name: str = ""
    people: str = ""
    lines: list[Line] = field(default_factory=list)
    first_night: str = ""
    acts: list[Act] = field(default_factory=list)
    free: list[Bar] = field(default_factory=list)
    answers: list[Bar] = field(default_factory=list)
    reasons: list[Bar] = field(default_factory=list)
    shades: list[Shade] = field(default_factory=list)
    regions: list[Bar] = field(default_factory=list)
    beside: str = ""
    map_told: str = ""


def seen(door: Door, segment_id: int) -> Seen:
    """Return the portrait of a segment, or with 0 of the whole pool."""
    recruiter(door.who)
    segment = segment_for(door.session, door.who, segment_id) if segment_id else None
    ids = member_ids(door.session, rule_of(segment), now=door.now) if segment else everyone_ids(door.session)
    lines, first = _lines(door, segment_id or None, ids)
    found = portrait.where(door.session, ids)
    at = {"segment": str(segment_id)} if segment_id else {}
    return Seen(
        name=segment.name if segment else "",
        people=say_n(door.locale, "{count} person", "{count} people", len(ids)),
        lines=lines,
        first_night=first,
        acts=_acts(door, segment_id, ids) if segment else [],
        free=_bars(door, portrait.availability(door.session, ids, now=door.now), len(ids), _free, "availability", at),
        answers=_bars(door, portrait.answers(door.session, ids), len(ids), _answer, "answer", at),
        reasons=_bars(door, portrait.reasons(door.session, ids), 0, _reason, "reason", at),
        shades=_shades(door.locale, found.cells),
        regions=_regions(door.locale, found.regions, len(ids)),
        beside=_beside(door.locale, found),
        map_told=_map_told(door.locale, found),
    )


def _lines(door: Door, segment_id: int | None, ids: Sequence[int]) -> tuple[list[Line], str]:
    """Return the four curves, today at their end, and the first night there is."""
    today = liveness.alive(door.session, door.who, ids, now=door.now)
    nights = liveness.history(door.session, door.who, segment_id, now=door.now)
    drawn = [night.alive for night in nights] + [today]
    locale = door.locale
    shares = (
        (say(locale, "gave a sign within six months"), [one.share(one.fresh) for one in drawn]),
        (say(locale, "with a legal ground for our letters"), [one.share(one.with_basis) for one in drawn]),
        (say(locale, "reachable now"), [one.share(one.reachable) for one in drawn]),
    )
    size = Line(
        say(locale, "people"),
        number(locale, today.people),
        curve([float(one.people) for one in drawn]) if nights else "",
        _went(locale, number(locale, drawn[0].people), number(locale, today.people)) if nights else "",
    )
    told = [
        Line(
            words,
            say(locale, "{percent}%", percent=values[-1]),
            curve([float(value) for value in values], most=100) if nights else "",
            _went(locale, say(locale, "{percent}%", percent=values[0]), say(locale, "{percent}%", percent=values[-1]))
            if nights
            else "",
        )
        for words, values in shares
    ]
    return [size, *told], short_day(locale, nights[0].day) if nights else ""


def _went(locale: str, first: str, last: str) -> str:
    return say(locale, "from {first} to {last}", first=first, last=last)


def _acts(door: Door, segment_id: int, ids: Sequence[int]) -> list[Act]:
    found = split_ids(door.session, door.who, ids, now=door.now)
    return [_act(door.locale, segment_id, one) for one in suggestions(door.session, door.who, found, now=door.now)]


def _act(locale: str, segment_id: int, one: Suggestion) -> Act:
    match one.what:
        case Next.INFORM:
            told = say_n(
                locale, "{count} person must be informed first.", "{count} people must be informed first.", one.count
            )
            return Act(told, say(locale, _ACTS[one.what]), f"/segments/{segment_id}?bucket=notice_first")
        case Next.ASK:
            told = say_n(
                locale,
                "{count} person one may write to gave no sign for six months.",
                "{count} people one may write to gave no sign for six months.",
                one.count,
            )
        case Next.OFFER:
            told = say_n(
                locale,
                "{count} person said yes lately and may hear about a job.",
                "{count} people said yes lately and may hear about a job.",
                one.count,
            )
    template = "still_looking" if one.what is Next.ASK else "similar_opportunity"
    launch = f"/chains/launch?segment={segment_id}&chain={one.chain_id}"
    return Act(told, say(locale, _ACTS[one.what]), launch if one.chain_id else f"/chains/new?template={template}")


def _bars(
    door: Door,
    parts: Sequence[portrait.Part],
    whole: int,
    told: Callable[[str, str | None], str],
    asked: str,
    at: Mapping[str, str],
) -> list[Bar]:
    """Return one bar a part; each opens its people in the pool, by the filter `asked` (unknown: its last choice)."""
    most = whole or max((part.count for part in parts), default=1)
    return [
        Bar(
            told(door.locale, part.word),
            number(door.locale, part.count),
            round(100 * part.count / most),
            href=address(clean({**at, asked: part.word or _UNKNOWN[asked]})),
        )
        for part in parts
    ]


_UNKNOWN = {"availability": UNSAID, "answer": SILENT, "reason": ""}


def _free(locale: str, word: str | None) -> str:
    return say(locale, _FREE[word]) if word in _FREE else label(locale, Availability(str(word)))


def _answer(locale: str, word: str | None) -> str:
    return answer_label(locale, Answer(word)) if word else say(locale, _SILENT)


def _reason(locale: str, word: str | None) -> str:
    return reason_label(locale, Reason(str(word)))


def _shades(locale: str, cells: dict[int, int]) -> list[Shade]:
    """Return the map by shades; steps widen like squares, so that a town with most people leaves the rest in sight."""
    base = Shade(atlas.everywhere(), "shade-0", "")
    most = max(cells.values(), default=0)
    tops = sorted({max(1, most * step * step // SHADES**2) for step in range(1, SHADES + 1)}) if cells else []
    shades = []
    for place, top in enumerate(tops):
        above = tops[place - 1] if place else 0
        inside = [cell for cell, count in cells.items() if above < count <= top]
        kind = f"shade-{SHADES - len(tops) + place + 1}"
        shades.append(Shade(atlas.outline(inside), kind, _from_to(locale, above + 1, top)))
    return [base, *shades]


def _from_to(locale: str, least: int, most: int) -> str:
    if least == most:
        return number(locale, most)
    return say(locale, "{least} to {most}", least=number(locale, least), most=number(locale, most))


def _regions(locale: str, regions: dict[str, int], whole: int) -> list[Bar]:
    named = places.regions()
    first = sorted(regions.items(), key=lambda one: (-one[1], one[0]))[:_MOST_REGIONS]
    return [Bar(named.get(code, code), number(locale, count), round(100 * count / whole)) for code, count in first]


def _beside(locale: str, found: portrait.Where) -> str:
    """Say who does not stand on the map."""
    told = []
    if found.nowhere:
        told.append(
            say_n(
                locale,
                "{count} person named no place of work.",
                "{count} people named no place of work.",
                found.nowhere,
            )
        )
    if found.remote:
        told.append(
            say_n(
                locale,
                "{count} person would work fully remotely.",
                "{count} people would work fully remotely.",
                found.remote,
            )
        )
    return " ".join(told)


def _map_told(locale: str, found: portrait.Where) -> str:
    if not found.regions:
        return say(locale, "Map of France: nobody named a place of work yet.")
    code, count = max(found.regions.items(), key=lambda one: one[1])
    told = N_("Map of France by hexagons, darker where more people can work; most in {region}: {count}.")
    return say(locale, told, region=places.regions().get(code, code), count=number(locale, count))


def shared(locale: str, here: Segment, there: Segment, found: portrait.Overlap) -> list[Bar]:
    """Return two segments side by side as three bars; each opens its people in the pool."""
    one, other = str(here.id), str(there.id)
    parts = (
        (say(locale, "only in “{segment}”", segment=here.name), found.only_here, {"segment": one, "without": other}),
        (say(locale, "in both"), found.both, {"segment": one, "also": other}),
        (say(locale, "only in “{segment}”", segment=there.name), found.only_there, {"segment": other, "without": one}),
    )
    whole = sum(count for _, count, _ in parts) or 1
    return [
        Bar(words, number(locale, count), round(100 * count / whole), href=address(clean(asked)))
        for words, count, asked in parts
    ]
