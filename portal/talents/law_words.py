"""The table of the words of the law (`data/law.words`), read once."""

from enum import StrEnum
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent / "data" / "law.words"


class Ground(StrEnum):
    """A ground of art. 225-1, or a proxy of one."""

    AGE = "age"
    SEX = "sex"
    ORIGIN = "origin"
    FAMILY = "family"
    HEALTH = "health"
    RELIGION = "religion"
    POLITICS = "politics"
    UNION = "union"
    ORIENTATION = "orientation"
    LOOKS = "looks"
    HOME = "home"
    NAME = "name"
    MEANS = "means"
    STUDY_YEAR = "study_year"
    PHOTO = "photo"
    PAY = "pay"  # what they earn or earned: directive (EU) 2023/970, art. 5


@cache
def _sections() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    words: list[str] = []
    for line in _TABLE.read_text().splitlines():
        if line.startswith("["):
            words = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            words.append(line)
    return {
        name: [each.strip() for each in " ".join(lines).split("|") if each.strip()] for name, lines in found.items()
    }


def words(how: str) -> list[tuple[str, Ground | None]]:
    """Return the expressions that count in this way (part, alone, beside, work, law), each with what it is about."""
    return [
        (word, Ground(about) if about else None)
        for section, listed in _sections().items()
        for counts, _, about in [section.partition(" ")]
        if counts == how
        for word in listed
    ]
