"""What may be chosen in those filters of the pool that follow what the house holds."""

from collections.abc import Iterable, Mapping
from operator import itemgetter

from portal.conversations.labels import answer_label, reason_label
from portal.conversations.rules import Answer, Reason
from portal.kit.errors import Refused
from portal.kit.i18n import N_, say
from portal.segments.names import Names, names
from portal.segments.queries import rule_of, segment_for
from portal.talents import jobs, telling
from portal.talents.queries import jobs_in_pool, places_in_pool
from portal.ui.doors import Door
from portal.ui.recruiter.pool.narrowing import OF_SEGMENTS, SILENT

Pairs = list[list[str]]


def choices(door: Door, asked: Mapping[str, str]) -> tuple[dict[str, str], dict[str, Pairs]]:
    """Return what was asked without segments that are not there, and the choices of each filter."""
    asked = {name: value if _stands(door, name, value) else "" for name, value in asked.items()}
    called = names(door.session)
    segments = [[str(number), name] for number, name in called.segments.items()]
    answers = [(answer, answer_label(door.locale, answer)) for answer in Answer]
    found: dict[str, Pairs] = {
        "job": _by_name((code, jobs.label(code, door.locale)) for code in jobs_in_pool(door.session, door.who)),
        "place": _by_name((code, telling.place(code)) for code in places_in_pool(door.session, door.who)),
        "answer": [*_told(answers), [SILENT, _upper(say(door.locale, N_("no answer yet")))]],
        "reason": _told((reason, reason_label(door.locale, reason)) for reason in Reason),
        "tag": [[str(number), name] for number, name in called.tags.items()],
        **dict.fromkeys(OF_SEGMENTS, segments),
    }
    anything = ["", say(door.locale, N_("Any"))]
    return asked, {name: [anything, *pairs, *_gone(door, asked, name, pairs, called)] for name, pairs in found.items()}


def _stands(door: Door, name: str, value: str) -> bool:
    """An address is typed by anyone: a segment that is not there, or no longer reads, narrows nothing."""
    if name not in OF_SEGMENTS or not value:
        return True
    try:
        rule_of(segment_for(door.session, door.who, int(value)))
    except Refused:
        return False
    return True


def _gone(door: Door, asked: Mapping[str, str], name: str, pairs: Pairs, called: Names) -> Pairs:
    """What an older view or address asks for is shown by its name, even where it can no longer be chosen."""
    known = {value for value, _ in pairs}
    if name not in {"tag", *OF_SEGMENTS} or asked[name] in {"", *known}:
        return []
    tell = called.tag if name == "tag" else called.segment
    return [[asked[name], tell(door.locale, int(asked[name]))]]


def _by_name(told: Iterable[tuple[str, str]]) -> Pairs:
    return sorted(([value, words] for value, words in told), key=itemgetter(1))


def _told(told: Iterable[tuple[str, str]]) -> Pairs:
    return [[str(value), _upper(words)] for value, words in told]


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
