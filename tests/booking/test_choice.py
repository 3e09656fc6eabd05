"""Two times are a choice; nobody is asked to talk at night, or at an hour they have given away."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from portal.booking.rules import Span, Wish, remind_at, served, two_of

PARIS, MARTINIQUE, TAHITI = "Europe/Paris", "America/Martinique", "Pacific/Tahiti"
THURSDAY, FRIDAY = 26, 27


def at(day: int, hour: int, minute: int = 0) -> Span:
    """A half hour of November 2026, in Paris."""
    begins = datetime(2026, 11, day, hour - 1, minute, tzinfo=UTC)
    return Span(begins, begins + timedelta(minutes=30))


def free(*spans: Span) -> dict[int, Span]:
    return dict(enumerate(spans, 1))


MORNING = [at(THURSDAY, 9), at(THURSDAY, 9, 30), at(THURSDAY, 10)]


@pytest.mark.parametrize(
    ("times", "chosen"),
    [
        (free(*MORNING, at(FRIDAY, 9)), [1, 4]),  # another day
        (free(*MORNING, at(FRIDAY, 9), at(FRIDAY, 15)), [1, 5]),  # and its other half
        (free(*MORNING, at(THURSDAY, 16)), [1, 4]),  # one day: morning and afternoon
        (free(*MORNING), [1, 3]),  # one morning: the two furthest apart
        (free(at(THURSDAY, 9)), []),
    ],
)
def test_two_times_are_two_days_else_two_halves_of_one_else_far_apart(
    times: dict[int, Span], chosen: list[int]
) -> None:
    assert two_of(times, PARIS) == chosen


def test_a_day_is_the_readers_day() -> None:
    """Thursday 14:00 and 23:00 in Paris; 9 in the evening in Martinique is Friday for nobody."""
    assert two_of(free(at(THURSDAY, 14), at(THURSDAY, 14, 30), at(FRIDAY, 3)), MARTINIQUE) == [1, 3]


def test_nobody_is_asked_to_talk_before_eight_or_after_twenty_where_they_live() -> None:
    wish = Wish(1, datetime(2026, 11, 25, tzinfo=UTC), zone=MARTINIQUE)
    times = free(at(THURSDAY, 12), at(THURSDAY, 13), at(THURSDAY, 17), at(FRIDAY, 10), at(FRIDAY, 14))
    assert wish.choice(times) == [2, 5]  # 13:00 in Paris is 8:00 there
    assert Wish(1, datetime(2026, 11, 25, tzinfo=UTC), zone=TAHITI).choice(times) == []


def test_whoever_has_a_talk_then_or_said_no_to_it_is_not_offered_it() -> None:
    wish = Wish(1, datetime(2026, 11, 25, tzinfo=UTC), {1}, PARIS, [at(THURSDAY, 9, 15)])
    assert wish.choice(free(*MORNING, at(FRIDAY, 9))) == [3, 4]


def test_as_many_are_served_as_there_are_choices() -> None:
    wishes = [Wish(key, datetime(2026, 11, 25, tzinfo=UTC)) for key in (1, 2, 3)]
    assert served(wishes, free(*MORNING, at(FRIDAY, 9))) == [1, 2]


OPEN = (time(8), time(20))


@pytest.mark.parametrize(
    ("talk", "zone", "reminded"),
    [
        (at(FRIDAY, 10), PARIS, at(THURSDAY, 10)),
        (at(30, 10), PARIS, at(28, 10)),  # a Monday: on Saturday
        (at(FRIDAY, 13), MARTINIQUE, at(THURSDAY, 13)),  # 8:00 there
    ],
)
def test_a_reminder_comes_the_day_before_and_never_on_a_sunday(talk: Span, zone: str, reminded: Span) -> None:
    assert remind_at(talk.starts_at, zone, *OPEN, frozenset()) == reminded.starts_at


def test_over_a_long_week_end_it_comes_before_it_and_for_an_early_talk_not_at_night() -> None:
    easter_monday = date(2027, 3, 29)
    tuesday = datetime(2027, 3, 30, 4, 30, tzinfo=UTC)  # 6:30 in Paris
    told = remind_at(tuesday, PARIS, *OPEN, frozenset({easter_monday}))
    assert told == datetime(2027, 3, 27, 7, 0, tzinfo=UTC)  # Saturday at 8:00
