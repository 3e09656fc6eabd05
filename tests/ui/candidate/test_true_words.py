"""What her space says of agreements and answers is what is so: no interest of ours is her yes, no ended yes still stands."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from portal.access.house import change_house
from portal.consent.models import Consent
from portal.consent.queries import TextChanged
from portal.consent.rules import Basis, Purpose, Standing, stance
from portal.conversations.models import Ask
from portal.conversations.rules import Answer, Question
from portal.kit.db import saved
from portal.kit.errors import Refused
from portal.privacy.mirror import document
from portal.replies.saying import still_true
from portal.timeline.who import Person, System
from portal.ui.candidate.consents import state as consents
from portal.ui.candidate.consents.state import Agreement
from portal.ui.candidate.data import lines
from portal.ui.candidate.home import state as home
from portal.ui.doors import Door
from tests.cast import NOW, as_candidate, cast, talent

ENDED = {"expires_on": date(2026, 10, 31)}


@pytest.fixture
def her(session: Session) -> Person:
    return as_candidate(talent(session, "Wei"))


def settle(session: Session, who: Person, **columns: object) -> None:
    row = session.get_one(Consent, (who.id, Purpose.POOL))
    for name, value in columns.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()


def seen(session: Session, who: Person) -> tuple[str, Agreement, str]:
    """What home, the page of agreements and the data say of the pool."""
    door = Door(session, who, NOW)
    (pool,) = [row for row in consents._agreements(door) if row.purpose == "pool"]
    held = next(row for row in document(session, who, now=NOW)["consents"] if row["purpose"] == "pool")
    return home._home(door).agreed, pool, lines.consent(door, held)[1]


def test_our_interest_is_not_her_agreement(session: Session, her: Person) -> None:
    settle(session, her, basis=Basis.LEGITIMATE_INTEREST)
    at_home, pool, data = seen(session, her)
    assert at_home == "Nous vous écrivons sur la base de notre intérêt légitime\u202f; un clic suffit pour dire non."
    assert (pool.standing, pool.can_give, pool.can_withdraw, pool.can_object) == (
        "Notre intérêt légitime", True, False, True,
    )  # fmt: skip
    assert data == "notre intérêt légitime, sans votre accord"
    assert "accepté" not in at_home + pool.detail


def test_an_agreement_that_ended_says_so_and_can_be_given_again(session: Session, her: Person) -> None:
    settle(session, her, **ENDED)
    at_home, pool, data = seen(session, her)
    assert at_home == "Votre accord a pris fin le 31 oct. 2026\u202f; vous pouvez le donner à nouveau."
    assert (pool.standing, pool.good, pool.can_give, pool.again) == ("C’est terminé", False, True, True)
    assert "prolonge" not in pool.detail
    assert data.startswith("terminé")
    still_true(session, her, now=NOW)
    assert seen(session, her)[1].again, "an act does not bring back what has ended"
    consents._give(Door(session, her, NOW), "pool", pool.version, pool.language)
    at_home, pool, _ = seen(session, her)
    assert (at_home, pool.can_give, pool.can_withdraw) == ("Vous avez accepté de rester en contact.", False, True)


@pytest.mark.parametrize("basis", [Basis.CONSENT, Basis.LEGITIMATE_INTEREST])
def test_that_acts_prolong_it_is_said_where_they_do(session: Session, her: Person, basis: Basis) -> None:
    settle(session, her, basis=basis, expires_on=(NOW + timedelta(days=10)).date())
    assert "prolonge ce délai" in seen(session, her)[1].detail
    still_true(session, her, now=NOW)
    assert session.get_one(Consent, (her.id, Purpose.POOL)).expires_on == date(2028, 11, 24)
    settle(session, her, basis=basis, expires_on=None)
    assert "prolonge" not in seen(session, her)[1].detail


def test_what_stands_on_its_last_day_has_ended_as_the_gate_has_it() -> None:
    days = [date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)]
    told = [stance(Standing.GIVEN, Basis.CONSENT, day, date(2026, 11, 24)).value for day in days]
    assert told == ["ended", "ended", "agreed"]


def test_a_yes_in_her_space_is_bound_to_text_and_language_and_asks_who_she_is(session: Session, her: Person) -> None:
    door = Door(session, her, NOW)
    before = seen(session, her)[1]
    change_house(session, System("an admin"), name="Autre Maison")
    with pytest.raises(TextChanged):
        consents._give(door, "pool", before.version, before.language)
    now = seen(session, her)[1]
    assert "Autre Maison" in now.text
    for version, language in (now.version, "de"), (0, "fr"), (now.version + 1, "fr"):
        with pytest.raises(TextChanged):
            consents._give(door, "survey", version, language)
    a_while_ago = Person(her.id, her.role, her.name, "fr", her.zone, fresh=False)
    survey = next(row for row in consents._agreements(door) if row.purpose == "survey")
    with pytest.raises(Refused, match="15 minutes"):
        consents._give(Door(session, a_while_ago, NOW), "survey", survey.version, "fr")
    consents._give(door, "survey", survey.version, "en")
    kept = session.get_one(Consent, (her.id, Purpose.SURVEY))
    assert kept.standing is Standing.GIVEN
    consents._withdraw(Door(session, a_while_ago, NOW), "survey")
    assert kept.standing is Standing.WITHDRAWN


@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        (Question.SURVEY, None, "vous avez répondu"),
        (Question.SLOTS, Answer.YES, "vous avez choisi un créneau"),
        (Question.SLOTS, Answer.NO, "aucun ne vous convenait"),
    ],
)
def test_what_she_answered_is_not_told_as_no_answer(
    session: Session, her: Person, question: Question, answer: Answer | None, told: str
) -> None:
    known = {"talent_id": her.id, "owner_id": cast(session).claire.id, "question": question}
    session.add(Ask(**known, answer=answer, asked_at=NOW, answered_at=NOW, deadline=NOW + timedelta(days=9)))
    session.flush()
    (row,) = document(session, her, now=NOW)["answers"]
    assert lines.answer(Door(session, her, NOW), row)[1] == told
    assert saved(session.exec(select(Ask).where(col(Ask.talent_id) == her.id)).one().id)
