"""What makes no sense in the rule of a segment, said before anyone wonders why nobody matches."""

import re
from collections.abc import Callable
from math import isfinite
from typing import Any

from portal.conversations.rules import Answer
from portal.kit.errors import Refused
from portal.kit.fold import fold
from portal.kit.i18n import N_
from portal.segments.contradictions import why_nobody
from portal.segments.document import (
    Answered,
    Available,
    Collected,
    Confirmed,
    Criterion,
    Group,
    Job,
    LastAct,
    LastAnswer,
    LastLetter,
    Member,
    Mobility,
    Near,
    NoticeDue,
    NoticePeriod,
    Own,
    Salary,
    Score,
    Since,
    Skills,
    Spoken,
    Tags,
    Test,
    criteria,
)
from portal.talents import jobs, places
from portal.talents.protected import WHY, find

MOST_VALUES = 100
MOST_KM = 1_000
MOST_DAYS = 3_650
MOST_SALARY = 1_000_000
_LONGEST_WORD = 80
_LARGEST_NUMBER = 2**62
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def refuse_nonsense(rule: Group) -> None:
    """Raise the first sentence that says what to mend. A rule that asks nothing at all holds everybody."""
    if rule.of or rule.kind != "all":
        _refuse_empty(rule)
    for criterion in criteria(rule):
        _refuse_values(criterion)
        if check := _CHECKS.get(type(criterion)):
            check(criterion)
    if why := why_nobody(rule):
        raise Refused(why)


def _refuse_empty(group: Group) -> None:
    if not group.of:
        raise Refused(N_("A group holds nothing: add a criterion to it, or take it out."))
    for child in group.of:
        if isinstance(child, Group):
            _refuse_empty(child)


def _refuse_values(criterion: Criterion) -> None:
    values = getattr(criterion, "one_of", None)
    if values is None:
        return
    if not values:
        raise Refused(N_("A criterion holds no value: choose at least one, or take the criterion out."))
    if len(values) > MOST_VALUES:
        raise Refused(N_("A criterion holds {most} values at most."), most=MOST_VALUES)


def _job(criterion: Job) -> None:
    for code in criterion.one_of:
        if jobs.get(code) is None:
            unknown = N_("No job is known under the code “{code}”: choose one from the list.")
            raise Refused(unknown, code=code[:_LONGEST_WORD])


def _place(insee: str) -> None:
    if places.get(insee) is None:
        unknown = N_("No place is known under the code “{code}”: choose one from the list.")
        raise Refused(unknown, code=insee[:_LONGEST_WORD])


def _near(criterion: Near) -> None:
    _place(criterion.place)
    if not 1 <= criterion.km <= MOST_KM:
        raise Refused(N_("A distance goes from 1 to {most} km."), most=MOST_KM)


def _mobility(criterion: Mobility) -> None:
    _place(criterion.place)


def _available(criterion: Available) -> None:
    needs = {"now": (False, False), "by": (True, False), "within": (False, True)}[criterion.when]
    if needs != (criterion.day is not None, criterion.days is not None):
        raise Refused(N_("Say when they should be available: now, by a day, or within a number of days."))
    _days(criterion.days)


def _days(days: int | None) -> None:
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise Refused(N_("A number of days goes from 1 to {most}."), most=MOST_DAYS)


def _salary(criterion: Salary) -> None:
    if not 1 <= criterion.at_most <= MOST_SALARY:
        raise Refused(N_("A salary is in euros a year, from 1 to {most}."), most=MOST_SALARY)


def _collected(criterion: Collected | Confirmed | NoticePeriod) -> None:
    _days(criterion.days)


def _since(criterion: LastLetter | LastAct) -> None:
    if (criterion.when is Since.NEVER) != (criterion.days is None):
        raise Refused(N_("Say within how many days, or never."))
    _days(criterion.days)


def _answer(criterion: LastAnswer | Answered) -> None:
    if criterion.reasons and set(criterion.one_of) != {Answer.NO}:
        raise Refused(N_("A reason goes with a no: ask for the answer “no” alone, or take the reasons out."))
    if isinstance(criterion, LastAnswer):
        _days(criterion.days)


def _skills(criterion: Skills) -> None:
    for skill in criterion.one_of:
        _refuse_text(skill)


def _refuse_text(text: str) -> None:
    if not fold(text):
        raise Refused(N_("Write a word with letters or digits."))
    if len(text) > _LONGEST_WORD or not text.isprintable():
        raise Refused(N_("Write one line of {most} characters at most."), most=_LONGEST_WORD)
    if found := find(text):
        raise Refused(WHY[found[0].ground], word=found[0].word)


def _spoken(criterion: Spoken) -> None:
    if not _LANGUAGE.fullmatch(criterion.language):
        raise Refused(N_("Choose a language from the list."))


def _tags(criterion: Tags) -> None:
    for tag in criterion.one_of:
        _number(tag)


def _number(number: int) -> None:
    """A number of the house's own things: whether there is such a thing is told where names are read."""
    if not 1 <= number <= _LARGEST_NUMBER:
        raise Refused(N_("Choose one from the list."))


def _own(criterion: Own) -> None:
    _number(criterion.field)
    match criterion.test:
        case Test.HOLDS | Test.IS:
            _refuse_text(criterion.text)
        case Test.ONE_OF:
            for code in criterion.one_of or ("",):
                _refuse_text(code)
        case Test.NUMBER:
            _refuse_range(criterion.least, criterion.most)
        case Test.DAY:
            days = (criterion.since, criterion.until)
            _refuse_range(*(None if day is None else day.toordinal() for day in days))
        case Test.KNOWN:
            pass


def _refuse_range(least: float | None, most: float | None) -> None:
    ends = [end for end in (least, most) if end is not None]
    if not ends or not all(isfinite(end) for end in ends) or ends != sorted(ends):
        raise Refused(N_("Say from where or up to where, the lower end first."))


def _notice_due(criterion: NoticeDue) -> None:
    if (criterion.when == "within") != (criterion.days is not None):
        raise Refused(N_("Say within how many days the information is due, or none."))
    _days(criterion.days)


def _score(criterion: Score) -> None:
    _number(criterion.survey)


def _member(criterion: Member) -> None:
    _number(criterion.segment)


_CHECKS: dict[type[Any], Callable[[Any], None]] = {
    Job: _job,
    Near: _near,
    Mobility: _mobility,
    Available: _available,
    Salary: _salary,
    Collected: _collected,
    LastLetter: _since,
    LastAct: _since,
    LastAnswer: _answer,
    Answered: _answer,
    Skills: _skills,
    Spoken: _spoken,
    NoticePeriod: _collected,
    Tags: _tags,
    Own: _own,
    NoticeDue: _notice_due,
    Confirmed: _collected,
    Score: _score,
    Member: _member,
}
