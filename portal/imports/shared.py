"""Whose address it is: of several in a line the one somebody has, and nobody's what three names bear. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from portal.doubles.likeness import is_another_name
from portal.imports.reader import Mark
from portal.imports.reading.table import Trouble
from portal.kit.i18n import N_
from portal.talents.identity import Holder

NOBODYS_OWN = N_("“{text}” stands under three names or more, so it is nobody’s own, and there is no telephone number.")
_MANY_NAMES = 3
_TOO_MANY = 50  # of so many nobody asks which are spellings of one


def by_any_address(lines: Iterable[Mark], known: Sequence[Holder]) -> list[Mark]:
    """Return the lines by the first of their addresses that somebody of the pool has, if anybody has one."""
    held = {holder.email for holder in known if holder.email}
    return [
        line._replace(email=next((each for each in line.others if each in held), line.email))
        if line.others and line.email not in held
        else line
        for line in lines
    ]


def without_shared(lines: Sequence[Mark], known: Sequence[Holder]) -> tuple[list[Mark], dict[int, Trouble]]:
    """Take from the lines the addresses that three names or more bear; return those left with no way to write as well.

    Whom the pool knows by such an address and by name stays known by it, and a stop says what it says.
    """
    rows: dict[int, list[str]] = defaultdict(list)
    for row in known:
        rows[row.id].append(row.name_key)
    owners = {row.email: rows[row.id] for row in known if row.email}
    shared: dict[str, list[str]] = {}
    for email, theirs in by_email(line for line in lines if line.name_key).items():
        names = owners.get(email, [])
        others = {line.name_key for line in theirs if _is_other(line.name_key, names)}
        if len(_alike(sorted(others), is_another_name)) + bool(names) >= _MANY_NAMES:
            shared[email] = names
    left, nobodys = [], {}
    for line in lines:
        known_as = shared.get(line.email or "")
        if known_as is None or line.stop or (line.name_key and not _is_other(line.name_key, known_as)):
            left.append(line)
        elif line.phone:
            left.append(line._replace(email=None))
        else:
            nobodys[line.number] = Trouble(NOBODYS_OWN, {"text": line.email or ""})
    return left, nobodys


def _is_other(name: str, names: Sequence[str]) -> bool:
    return all(is_another_name(name, each) for each in names)


def by_email(lines: Iterable[Mark]) -> dict[str, list[Mark]]:
    """Return the lines of each address that several bear."""
    found: dict[str, list[Mark]] = defaultdict(list)
    for line in lines:
        if line.email:
            found[line.email].append(line)
    return {email: theirs for email, theirs in found.items() if len(theirs) > 1}


def same_person(theirs: Sequence[Mark]) -> list[Mark]:
    """Return those of the lines with one address that are about the person of the first: by name, or by number."""
    phones: dict[str, set[str | None]] = defaultdict(set)
    for line in theirs:
        phones[line.name_key] |= {line.phone} - {None}
    groups = _alike(list(phones), lambda one, other: is_another_name(one, other) and not phones[one] & phones[other])
    first = next(group for group in groups if theirs[0].name_key in group)
    return [line for line in theirs if line.name_key in first]


def _alike(names: Sequence[str], differ: Callable[[str, str], bool]) -> list[list[str]]:
    """Return these in groups of which each knows another: in whatever order they come, the groups are the same."""
    if len(names) > _TOO_MANY:
        return [[name] for name in names]
    groups: list[list[str]] = []
    for one in names:
        near: list[list[str]] = [group for group in groups if not all(differ(one, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([one, *(other for group in near for other in group)])
    return groups
