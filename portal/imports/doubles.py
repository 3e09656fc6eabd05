"""One person once: which lines are the same person, in the file and in the pool, and which leave a doubt. Pure.

Same e-mail, or same telephone *and* same name: one person. Same e-mail under another name where no telephone number says that
they are one, same telephone under another name, the e-mail of one with the telephone of another, or an address beside the one
someone comes in with: a doubt, which rejects the line until a person decides. Of two people who share an address or a number,
the one in the pool stands, else the one whose line comes first. An address that three names bear identifies nobody.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from portal.doubles.likeness import is_another_name
from portal.imports.reader import Mark
from portal.imports.reading.table import Trouble
from portal.imports.shared import by_email, same_person
from portal.kit.i18n import N_
from portal.talents.identity import Holder

EMAIL_OF_ONE = N_("The e-mail address is one person’s and the telephone number another’s: check which is right.")
OTHER_NAME = N_("This telephone number is already someone’s of another name: check whose it is.")
OTHER_NAME_ABOVE = N_("The telephone number of line {line} stands here under another name: check whose it is.")
OTHER_PERSON = N_("This e-mail address is already someone’s of another name: check whose it is.")
OTHER_PERSON_ABOVE = N_("The e-mail address of line {line} stands here under another name: check whose it is.")
SEVERAL = N_("Several people in the pool share this name and telephone number: check who this is.")
OTHER_ADDRESS = N_(
    "This person comes in with another e-mail address, and no file replaces it: check whether the line is about them."
)

HERE = frozenset({OTHER_NAME_ABOVE, OTHER_PERSON_ABOVE})  # whose line above may be about the same person

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OnePerson:
    """Someone in the pool or someone new, and the lines about them in the order of the file."""

    talent_id: int | None
    lines: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Everybody once, in the order they first appear; and the lines in doubt, by number."""

    people: list[OnePerson]
    doubts: dict[int, Trouble]


def join(lines: Sequence[Mark], known: Sequence[Holder]) -> Joined:
    """Return who the lines are about. `known` holds everyone in the pool with one of their addresses or numbers."""
    alone = _alone(lines, known)
    joined = (
        _join([line for line in lines if line.number not in alone], known)
        if len(alone) < len(lines)
        else Joined([], {})
    )
    if not alone:
        return joined
    people = [OnePerson(alone[line.number], (line,)) for line in lines if line.number in alone]
    return Joined(sorted(joined.people + people, key=lambda one: one.lines[0].number), joined.doubts)


def _alone(lines: Sequence[Mark], known: Sequence[Holder]) -> dict[int, int | None]:
    """Return the lines that share neither address nor number with any other, and whom of the pool they are about.

    Most lines of most files: nothing of the law below can be about them, so it need not be asked.
    """
    emails = Counter(line.email for line in lines)
    phones = Counter(line.phone for line in lines)
    by_email = {holder.email: holder for holder in known if holder.email}
    held = {holder.phone for holder in known if holder.phone}
    rows = Counter(holder.id for holder in known)
    alone: dict[int, int | None] = {}
    for line in lines:
        if (line.email and emails[line.email] > 1) or (line.phone and (phones[line.phone] > 1 or line.phone in held)):
            continue
        holder = by_email.get(line.email) if line.email else None
        if holder is None:
            alone[line.number] = None
        elif rows[holder.id] > 1 or (holder.phone and phones[holder.phone]):
            continue
        elif not is_another_name(line.name_key, holder.name_key):
            alone[line.number] = holder.id
    return alone


def _join(lines: Sequence[Mark], known: Sequence[Holder]) -> Joined:
    pool = _Pool.of(known)
    certain, doubts = _sorted_out(lines, pool)
    doubts |= _between_two(lines, known)
    while True:
        left = [line for line in certain if line.number not in doubts]
        groups = _Groups(left, pool)
        new = (
            groups.doubts
            | _other_names(left, pool)
            | _other_addresses(left, groups, pool)
            | _shared_numbers(left, groups, pool)
        )
        if not new:
            return Joined(groups.people(left), doubts)
        doubts |= new  # without these lines others may come apart: look again


@dataclass(frozen=True, slots=True)
class _Pool:
    by_email: Mapping[str, Holder]
    by_phone: Mapping[str, Sequence[Holder]]
    rows: Mapping[int, Sequence[Holder]]
    proven: Collection[int]  # whose address is their own word

    @classmethod
    def of(cls, known: Sequence[Holder]) -> "_Pool":
        by_phone, rows = defaultdict(list), defaultdict(list)
        by_email = {}
        for holder in known:
            rows[holder.id].append(holder)
            if holder.email:
                by_email[holder.email] = holder
            if holder.phone:
                by_phone[holder.phone].append(holder)
        return cls(by_email, by_phone, rows, {holder.id for holder in known if holder.proven})

    def find(self, line: Mark) -> Holder | Trouble | None:
        """Return whom in the pool this line alone is about, or why nobody can tell."""
        holders = self.by_phone.get(line.phone or "", ())
        owner = self.by_email.get(line.email or "")
        if owner is not None:
            if holders:
                return owner if owner.id in {holder.id for holder in holders} else Trouble(EMAIL_OF_ONE, {})
            named = any(not is_another_name(line.name_key, row.name_key) for row in self.rows[owner.id])
            return owner if named else Trouble(OTHER_PERSON, {})
        same = list({holder.id: holder for holder in holders if holder.name_key == line.name_key}.values())
        if len(same) > 1:
            return Trouble(SEVERAL, {})
        return same[0] if same else None


def _sorted_out(lines: Sequence[Mark], pool: _Pool) -> tuple[list[Mark], dict[int, Trouble]]:
    doubts = {line.number: found for line in lines if isinstance(found := pool.find(line), Trouble)}
    return [line for line in lines if line.number not in doubts], doubts


def _between_two(lines: Sequence[Mark], known: Sequence[Holder]) -> dict[int, Trouble]:
    """Find the lines that would make one person of two who share neither e-mail nor number."""
    phones_of: dict[str, set[str]] = defaultdict(set)
    emails_of: dict[Key, set[str]] = defaultdict(set)
    everybody: list[Mark | Holder] = [*lines, *known]
    for one in everybody:
        if one.email and one.phone:
            phones_of[one.email].add(one.phone)
            emails_of[one.phone, one.name_key].add(one.email)
    return {
        line.number: Trouble(EMAIL_OF_ONE, {})
        for line in lines
        if line.email and line.phone
        if len(phones_of[line.email]) > 1 and len(emails_of[line.phone, line.name_key]) > 1
    }


class _Groups:
    """Marks joined by what they share (union-find over their keys), never two people of the pool together."""

    def __init__(self, lines: Sequence[Mark], pool: _Pool) -> None:
        self._above: dict[Key, Key] = {}
        self._talent: dict[Key, int] = {}
        self._sizes: Counter[Key] = Counter()
        self.doubts: dict[int, Trouble] = {}
        found = {line.number: holder for line in lines if isinstance(holder := pool.find(line), Holder)}
        # Those whom the pool knows by themselves come first: the others can only join them.
        for line in sorted(lines, key=lambda line: line.number not in found):
            self._add(line, found.get(line.number))
        self._sizes.update(self.of(line) for line in lines)

    def of(self, line: Mark) -> Key:
        """Return the name of the line's group."""
        return self._root(_keys(line)[0])

    def talent(self, line: Mark) -> int | None:
        """Return whom in the pool the line's group is about."""
        return self._talent.get(self.of(line))

    def size(self, line: Mark) -> int:
        """Return how many lines the line's group holds."""
        return self._sizes[self.of(line)]

    def people(self, lines: Sequence[Mark]) -> list[OnePerson]:
        """Return everybody once."""
        together: dict[Key, list[Mark]] = defaultdict(list)
        for line in lines:
            together[self.of(line)].append(line)
        return [OnePerson(self._talent.get(root), tuple(theirs)) for root, theirs in together.items()]

    def _add(self, line: Mark, holder: Holder | None) -> None:
        keys = _keys(line) + ([("talent", str(holder.id))] if holder else [])
        roots = {self._root(key) for key in keys}
        talents = {self._talent[root] for root in roots if root in self._talent} | ({holder.id} if holder else set())
        if len(talents) > 1:
            self.doubts[line.number] = Trouble(EMAIL_OF_ONE, {})
            return
        first = self._root(keys[0])
        for root in roots:
            self._above[root] = first
        if talents:
            self._talent[first] = talents.pop()

    def _root(self, key: Key) -> Key:
        while (above := self._above.setdefault(key, key)) != key:
            self._above[key] = self._above.setdefault(above, above)
            key = above
        return key


def _keys(line: Mark) -> list[Key]:
    keys: list[Key] = []
    if line.email:
        keys.append(("email", line.email))
    if line.phone:
        keys.append(("phone", line.phone, line.name_key))
    return keys


def _other_addresses(lines: Sequence[Mark], groups: _Groups, pool: _Pool) -> dict[int, Trouble]:
    """Find the lines that bring another address for someone whose own word theirs is."""
    return {
        line.number: Trouble(OTHER_ADDRESS, {})
        for line in lines
        if line.email and line.number not in groups.doubts
        if groups.talent(line) in pool.proven and line.email not in pool.by_email
    }


def _other_names(lines: Sequence[Mark], pool: _Pool) -> dict[int, Trouble]:
    """Find the lines whose address is that of someone above who has another name, and no number says that they are one."""
    doubts: dict[int, Trouble] = {}
    for email, theirs in by_email(lines).items():
        if email not in pool.by_email:
            same = {line.number for line in same_person(theirs)}
            why = Trouble(OTHER_PERSON_ABOVE, {"line": theirs[0].number})
            doubts |= {line.number: why for line in theirs if line.number not in same}
    return doubts


def _shared_numbers(lines: Sequence[Mark], groups: _Groups, pool: _Pool) -> dict[int, Trouble]:
    """Find the lines whose number is already another's."""
    doubts: dict[int, Trouble] = {}
    first: dict[str, Mark] = {}
    for line in lines:
        if not line.phone or line.number in groups.doubts:
            continue
        holders = pool.by_phone.get(line.phone)
        if holders:
            if groups.talent(line) not in {holder.id for holder in holders}:
                doubts[line.number] = Trouble(OTHER_NAME, {})
            continue
        above = first.setdefault(line.phone, line)
        if groups.of(above) != groups.of(line):
            of_one = groups.talent(line) is not None or groups.size(line) > 1
            doubts[line.number] = (
                Trouble(EMAIL_OF_ONE, {}) if of_one else Trouble(OTHER_NAME_ABOVE, {"line": above.number})
            )
    return doubts
