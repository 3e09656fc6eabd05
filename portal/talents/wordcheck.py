"""The word check beside a free note: only what bears on the job may be written down (labour code, L.1221-6).

A hint, never a refusal. Its words are those of every other door (`portal.talents.law_words`), but for those that count only as
a whole name: a hint that cries wolf is soon read by nobody.
"""

from dataclasses import dataclass

from portal.kit.i18n import N_
from portal.talents.protected import Ground, find

HINTS: dict[Ground, str] = {
    Ground.HEALTH: N_("“{word}” speaks of health or disability: note only what bears on the job (labour code, L.1221-6)."),
    Ground.FAMILY: N_("“{word}” speaks of family or pregnancy: note only what bears on the job (labour code, L.1221-6)."),
    Ground.ORIGIN: N_("“{word}” speaks of origin or nationality: note only what bears on the job (labour code, L.1221-6)."),
    Ground.RELIGION: N_("“{word}” speaks of religion: note only what bears on the job (labour code, L.1221-6)."),
    Ground.POLITICS: N_("“{word}” speaks of political opinions: note only what bears on the job (labour code, L.1221-6)."),
    Ground.UNION: N_("“{word}” speaks of union activities: note only what bears on the job (labour code, L.1221-6)."),
    Ground.LOOKS: N_("“{word}” speaks of looks: note only what bears on the job (labour code, L.1221-6)."),
    Ground.AGE: N_("“{word}” speaks of age: note only what bears on the job (labour code, L.1221-6)."),
    Ground.ORIENTATION: N_("“{word}” speaks of private life: note only what bears on the job (labour code, L.1221-6)."),
    Ground.SEX: N_("“{word}” speaks of sex or gender: note only what bears on the job (labour code, L.1221-6)."),
    Ground.HOME: N_("“{word}” speaks of where someone lives: note only what bears on the job (labour code, L.1221-6)."),
    Ground.MEANS: N_("“{word}” speaks of private means: note only what bears on the job (labour code, L.1221-6)."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Flag:
    """A word or expression to reconsider: where it stands in the text, and the msgid to say with `word`."""

    start: int
    end: int
    word: str
    ground: Ground

    @property
    def sentence(self) -> str:
        """Return the msgid; fill it with `word`."""
        return HINTS[self.ground]


def check(text: str) -> tuple[Flag, ...]:
    """Return what had better not be noted, in reading order; the longest expression wins."""
    found = find(text, whole=len(text.split()) < 2)
    return tuple(Flag(each.start, each.end, each.word, each.ground) for each in found if each.ground in HINTS)
