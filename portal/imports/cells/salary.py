"""The least someone would work for: euros a year, gross, and only where the cell says as much."""

import re
from functools import lru_cache

from portal.kit.fold import fold

LEAST, MOST = 12_000, 500_000  # outside these, it is another unit than the one it seems to be

_AMOUNT = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+|\d+)(?:([.,])(\d{1,2}))?(?!\d)\s*(k)?", re.IGNORECASE
)
_OTHER_MONEY = re.compile(r"[$£¥%<]")
# Every word such a cell may hold; anything else (net, TJM, a day, an hour, variable, at most) is for a person to read.
_PLAIN = frozenset(
    """
    e eur euro euros keur ke k brut bruts brute gross salaire salary fixe fixed base souhaite souhaitee pretention
    pretentions a de d entre et and between to from partir minimum min mini au moins at least plus par per an ans annee
    annuel annuels annuelle annuellement year yearly annual annually mois mensuel mensuelle mensuellement month monthly
    """.split()  # noqa: SIM905 (a paragraph of words reads better than a column)
)
_YEAR = frozenset("an ans annee annuel annuels annuelle annuellement year yearly annual annually".split())  # noqa: SIM905
_MONTH = frozenset("mois mensuel mensuelle mensuellement month monthly".split())  # noqa: SIM905
_GROSS = frozenset("brut bruts brute gross".split())  # noqa: SIM905


@lru_cache(maxsize=20_000)
def read_salary(text: str) -> int | None:
    """Return 45000 for "45k", "45-50 K€" and "45 000 € brut/an", 38400 for "3 200 € brut/mois"; else None.

    A range counts by its lower end. A month counts twelve times, and only where it is said to be gross. A bare number is
    a year's. "2500 net", "TJM 450", "15 €/h", "45k + variable", "max 40k" and other money are not guessed.
    """
    if len(text) > 100 or _OTHER_MONEY.search(text):
        return None
    amounts = _AMOUNT.findall(text)
    words = set(re.sub(r"[\d]+", " ", fold(_AMOUNT.sub(" ", text))).split())
    if not 1 <= len(amounts) <= 2 or not words <= _PLAIN:
        return None
    values = _values(amounts, text)
    if values is None:
        return None
    lowest = min(values)
    if words & _MONTH:
        lowest = lowest * 12 if words & _GROSS and not words & _YEAR else 0.0
    return round(lowest) if LEAST <= lowest <= MOST else None


def _values(amounts: list[tuple[str, str, str, str]], text: str) -> list[float] | None:
    """Return the amounts in euros: the "k" of one end of a range counts for both."""
    thousands = any(k for *_, k in amounts) or re.search(r"\bk\s*(?:€|eur)", text, re.IGNORECASE) is not None
    values = []
    for whole, _, part, _ in amounts:
        bare = re.sub(r"\D", "", whole)
        if len(bare) > 7:
            return None
        value = float(f"{bare}.{part or 0}")
        values.append(value * 1000 if thousands and value < 1000 else value)
    return values if len(values) == 1 or values[0] <= values[1] else None
