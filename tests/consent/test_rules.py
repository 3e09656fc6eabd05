"""Months as the law counts them, and which evidence adds to which."""

from datetime import date

import pytest

from portal.consent.notices import LANGUAGES, wording
from portal.consent.rules import Basis, Purpose, expires_on, inform_by, is_stronger


@pytest.mark.parametrize(
    ("last_act", "months", "day"),
    [
        (date(2026, 11, 23), 24, date(2028, 11, 23)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 1, 31), 11, date(2026, 12, 31)),
    ],
)
def test_a_consent_runs_from_the_last_act_of_the_person(last_act: date, months: int, day: date) -> None:
    assert expires_on(last_act, months) == day


def test_art_14_gives_a_month_from_the_day_of_collection() -> None:
    assert inform_by(date(2026, 1, 31)) == date(2026, 2, 28)


OLD, NEW = date(2026, 1, 1), date(2026, 6, 1)
CONSENT, INTEREST, NONE = Basis.CONSENT, Basis.LEGITIMATE_INTEREST, Basis.NONE


@pytest.mark.parametrize(
    ("new", "since", "old", "old_since", "adds"),
    [
        (CONSENT, NEW, CONSENT, OLD, True),
        (CONSENT, OLD, CONSENT, OLD, False),
        (CONSENT, OLD, INTEREST, NEW, True),
        (INTEREST, NEW, CONSENT, OLD, False),
        (INTEREST, NEW, INTEREST, OLD, False),
        (INTEREST, OLD, NONE, NEW, True),
    ],
)
def test_a_file_never_weakens_what_stands(new: Basis, since: date, old: Basis, old_since: date, adds: bool) -> None:
    assert is_stronger(new, since, old, old_since) is adds


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("purpose", Purpose)
def test_every_notice_says_what_articles_13_and_14_ask_for(purpose: Purpose, locale: str) -> None:
    text = wording(purpose, locale, house="Maison Test", months=24)
    asked = {
        "fr": ["Responsable", "Maison Test", "accord", "source", "24 mois", "retirer", "opposer", "CNIL", "effacer"],
        "en": ["Controller", "Maison Test", "consent", "source", "24 months", "withdraw", "object", "CNIL", "erase"],
    }
    assert [word for word in asked[locale] if word not in text] == []
    assert len(text.split()) < 300
