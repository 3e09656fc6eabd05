"""A day and time as people say it: the year only where it is another."""

from datetime import UTC, datetime

import pytest

from portal.kit.i18n import moment, until

AUTUMN = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
NEW_YEAR = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # 2027 already in Paris


@pytest.mark.parametrize(
    ("locale", "at", "now", "told"),
    [
        ("fr", AUTUMN, AUTUMN, "mardi 24 novembre à 16\u00a0h"),
        ("fr", AUTUMN, datetime(2027, 1, 2, tzinfo=UTC), "mardi 24 novembre 2026 à 16\u00a0h"),
        ("en", AUTUMN, datetime(2025, 1, 2, tzinfo=UTC), "Tuesday 24 November 2026 at 16:00"),
        ("fr", NEW_YEAR, datetime(2027, 6, 1, tzinfo=UTC), "vendredi 1er janvier à 0\u00a0h\u00a030"),
        ("fr", NEW_YEAR, AUTUMN, "vendredi 1er janvier 2027 à 0\u00a0h\u00a030"),
    ],
)
def test_a_moment_says_its_year_where_that_is_not_the_readers(
    locale: str, at: datetime, now: datetime, told: str
) -> None:
    assert moment(locale, at, "Europe/Paris", now) == told


@pytest.mark.parametrize(
    ("locale", "at", "told"),
    [
        ("fr", datetime(2026, 11, 26, 17, 5, tzinfo=UTC), "jusqu’à jeudi 18\u00a0h"),
        ("en", datetime(2026, 11, 26, 17, 5, tzinfo=UTC), "until Thursday 6\u00a0pm"),
        ("fr", datetime(2026, 12, 14, 9, 59, tzinfo=UTC), "jusqu’au lundi 14 décembre à 10\u00a0h"),
        ("en", datetime(2026, 12, 14, 9, 59, tzinfo=UTC), "until Monday 14 December, 10\u00a0am"),
        ("fr", datetime(2026, 11, 24, 17, 0, tzinfo=UTC), "jusqu’à 18\u00a0h aujourd’hui"),
        ("fr", datetime(2026, 11, 24, 15, 40, tzinfo=UTC), "jusqu’à 16\u00a0h\u00a040 aujourd’hui"),
        ("en", datetime(2027, 1, 4, 11, 0, tzinfo=UTC), "until Monday 4 January 2027, 12\u00a0pm"),
    ],
)
def test_a_deadline_is_said_as_people_say_it_and_never_promises_a_minute_too_many(
    locale: str, at: datetime, told: str
) -> None:
    assert until(locale, at, "Europe/Paris", AUTUMN) == told
