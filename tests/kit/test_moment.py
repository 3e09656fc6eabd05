"""A day and time as people say it: the year only where it is another."""

from datetime import UTC, datetime

import pytest

from portal.kit.i18n import moment

AUTUMN = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
NEW_YEAR = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # 2027 already in Paris


@pytest.mark.parametrize(
    ("locale", "at", "now", "told"),
    [
        ("fr", AUTUMN, AUTUMN, "mardi 24 novembre, 16 h 00"),
        ("fr", AUTUMN, datetime(2027, 1, 2, tzinfo=UTC), "mardi 24 novembre 2026, 16 h 00"),
        ("en", AUTUMN, datetime(2025, 1, 2, tzinfo=UTC), "Tuesday 24 November 2026, 16:00"),
        ("fr", NEW_YEAR, datetime(2027, 6, 1, tzinfo=UTC), "vendredi 1er janvier, 00 h 30"),
        ("fr", NEW_YEAR, AUTUMN, "vendredi 1er janvier 2027, 00 h 30"),
    ],
)
def test_a_moment_says_its_year_where_that_is_not_the_readers(
    locale: str, at: datetime, now: datetime, told: str
) -> None:
    assert moment(locale, at, "Europe/Paris", now) == told
