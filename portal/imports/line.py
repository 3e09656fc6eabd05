"""What holds for every line of a file, and what one line says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from portal.imports.fields import Field
from portal.imports.reading.table import Trouble
from portal.talents.custom import Field as OwnField
from portal.talents.dates import after_months


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for every line: the day the file was collected, today, how long the house keeps people, its own fields."""

    collected_on: date
    today: date
    retention_months: int = 24
    own: tuple[OwnField, ...] = ()
    cleared: frozenset[str] = frozenset()  # names that an admin said are about work, folded
    jobs: Mapping[str, str] = field(default_factory=dict)  # which job a title is, where somebody had to say it
    dates: str = ""  # the order of day and month, as somebody chose it: "dmy" or "mdy"
    dates_before: str = ""  # and as it was chosen for the last file of this source
    stop_list: bool = False  # every line is of somebody who asked not to be written to

    @property
    def oldest(self) -> date:
        """The first day that is not too old."""
        return _before(self.today, self.retention_months)


@lru_cache(maxsize=64)
def _before(today: date, months: int) -> date:
    return after_months(today, -months)


@dataclass(frozen=True, slots=True)
class Line:
    """What one record says of one person. `values` are columns of `Talent`; `unread` what stayed text, by field.

    With a `trouble`, nothing else counts; with a `stop`, nothing but who it is about.
    """

    number: int
    email: str | None = None
    phone: str | None = None
    name_key: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    collected_on: date | None = None
    source: str = ""
    consent_on: date | None = None
    consent_text: str = ""
    unread: Mapping[str, str] = field(default_factory=dict)
    trouble: Trouble | None = None
    consent_until: date | None = None
    consent_over: bool = False
    stop: bool = False  # they asked not to be written to: `trouble` tells where it says so
    left_out: tuple[str, ...] = ()  # grounds of words that the law protects: they stand nowhere
    asks: Mapping[str, str] = field(default_factory=dict)  # what it says in columns nobody knows the sense of
    tags: tuple[str, ...] = ()
    note: str = ""
    others: tuple[str, ...] = ()  # addresses and numbers that stand there too
    remarks: tuple[tuple[Field, Trouble], ...] = ()  # what to know of what was taken in, and of what was not


class Rejected(Exception):
    """This record cannot be taken in; holds the reason."""

    def __init__(self, sentence: str, **params: str | int) -> None:
        super().__init__(sentence)
        self.trouble = Trouble(sentence, params)
