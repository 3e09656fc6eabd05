"""An import undone: what it did is as if it had not been, but for what people have done since."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from portal.consent import ledger
from portal.consent.models import Consent, LedgerEntry
from portal.consent.rules import Act
from portal.imports import actions as imports
from portal.imports.models import ImportRun
from portal.kit.db import Database
from portal.kit.errors import NotFound, Refused
from portal.talents.changes import update_by_talent
from portal.talents.models import Source, Talent
from portal.timeline.models import TimelineEvent
from portal.timeline.who import Person, Role, System
from tests.imports.files import CHOICES, CONSENT, HEADER, ZOE, bring, export, pool, recruiter
from tests.imports.test_taking_in import _ROWS, recruiter_once
from tests.trust import NOW

LATER = NOW + timedelta(hours=1)


def _last(session: Session) -> int:
    return session.scalar(sa.select(sa.func.max(col(ImportRun.id)))) or 0


def _undo(house: Database) -> dict[str, int]:
    who = recruiter(house)
    with house.work() as session:
        return imports.undo(session, who, _last(session), now=LATER)


def _living(house: Database) -> list[Talent]:
    return [one for one in pool(house) if one.erased_at is None]


def test_who_came_by_it_goes_and_nothing_of_them_stays(house: Database) -> None:
    bring(house, export(ZOE))
    assert _undo(house) == {"gone": 1, "returned": 0}
    assert _living(house) == []
    (gone,) = pool(house)
    assert (gone.email, gone.phone, gone.first_name, gone.said, gone.job_text) == (None, None, "", {}, "")
    with house.work() as session:
        assert session.exec(select(Source.text)).all() == []
        kinds = session.exec(select(TimelineEvent.kind).order_by(col(TimelineEvent.id))).all()
        assert kinds[-2:] == ["evidence_erased", "import_undone"]
        run = session.get_one(ImportRun, _last(session))
        assert (run.undone_at, run.undone["gone"]) == (LATER, 1)
    assert bring(house, export(ZOE)).created == 1


def test_what_it_changed_stands_again_as_before(house: Database) -> None:
    bring(house, export((*ZOE[:5], "Lyon", "01/10/2026", "")))
    before = pool(house)[0].model_dump()
    report = bring(house, export((*ZOE[:4], "Infirmière", "Nantes", "03/10/2026", "")))
    assert report.updated == 1
    assert pool(house)[0].place_name == "Nantes"
    assert _undo(house) == {"gone": 0, "returned": 1}
    assert pool(house)[0].model_dump() == before
    with house.work() as session:
        assert len(session.exec(select(Source)).all()) == 1


def test_what_they_said_themselves_since_stands(house: Database) -> None:
    bring(house, export((*ZOE[:5], "Lyon", "01/10/2026", "")))
    bring(house, export((*ZOE[:5], "Nantes", "03/10/2026", "")))
    zoe = pool(house)[0]
    with house.work() as session:
        who = Person(zoe.id or 0, Role.CANDIDATE, "Zoé", "fr", "Europe/Paris")
        update_by_talent(session, who, who.id, {"place_code": "29019"}, now=LATER)
    _undo(house)
    assert pool(house)[0].place_name == "Brest"


def test_who_has_acted_since_stays_and_is_counted(house: Database) -> None:
    bring(house, export(ZOE, ("Roux", "Ali", "ali@x.example", "", *ZOE[4:])))
    with house.work() as session:
        session.execute(sa.update(Talent).where(col(Talent.email) == "ali@x.example").values(last_act_at=NOW))
    assert _undo(house) == {"gone": 1, "acted": 1, "returned": 0}
    assert [one.email for one in _living(house)] == ["ali@x.example"]


def test_who_came_by_another_file_too_stays(house: Database) -> None:
    bring(house, export(ZOE))
    with house.work() as session:
        first = _last(session)
    bring(house, export((*ZOE[:5], "Nantes", "03/10/2026", "")))
    who = recruiter(house)
    with house.work() as session:
        assert imports.undo(session, who, first, now=LATER) == {"gone": 0, "elsewhere": 1, "returned": 0}
    assert [one.place_name for one in _living(house)] == ["Nantes"]


def test_a_consent_it_proved_is_taken_back_in_the_ledger_and_the_chain_stays_whole(house: Database) -> None:
    header = (*HEADER, "Date de consentement", "Texte de consentement")
    bring(house, export((*ZOE, "01/10/2026", "Oui."), header=header), CONSENT)
    bring(house, export((*ZOE[:6], "04/10/2026", "", "04/10/2026", "Oui, oui."), header=header), CONSENT)
    with house.work() as session:
        assert session.exec(select(Consent)).one().since.day == 4
    assert _undo(house)["returned"] == 1
    with house.work() as session:
        assert session.exec(select(Consent)).one().since.day == 1
        acts = session.exec(select(LedgerEntry.act).order_by(col(LedgerEntry.seq))).all()
        assert acts == [Act.IMPORTED_EVIDENCE, Act.IMPORTED_EVIDENCE, Act.WITHDRAWN]
        assert ledger.verify(session, System("test")).whole


def test_an_import_is_undone_once_and_only_by_the_back_office(house: Database) -> None:
    bring(house, export(ZOE))
    who = recruiter(house)
    with house.work() as session:
        for role in (Role.CANDIDATE, Role.DPO):
            stranger = Person(who.id, role, "X", "fr", "Europe/Paris", fresh=True)
            with pytest.raises(NotFound):
                imports.undo(session, stranger, _last(session), now=LATER)
    _undo(house)
    with pytest.raises(Refused, match="already"):
        _undo(house)


_SALARY = st.sampled_from(["", "45k", "45k net", "à discuter"])


@pytest.mark.own_database
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_ROWS, _ROWS, _SALARY, _SALARY)
def test_undoing_any_import_leaves_what_stood(
    house: Database, first: list[tuple[str, ...]], second: list[tuple[str, ...]], asked: str, then: str
) -> None:
    who = recruiter_once(house)
    header = (*HEADER, "Salaire souhaité")
    with Session(house.engine) as session:  # never committed
        _taken(session, who, export(*((*row, asked) for row in first), header=header))
        before = _stands(session)
        run = _taken(session, who, export(*((*row, then) for row in second), header=header))
        imports.undo(session, who, run, now=LATER)
        assert _stands(session) == before
        session.rollback()


def _taken(session: Session, who: Person, content: bytes) -> int:
    run = imports.upload(session, who, "x.csv", content, now=NOW)
    imports.take(session, who, run, replace(CHOICES), now=NOW)
    return run


def _stands(session: Session) -> list[tuple[object, ...]]:
    people = session.execute(sa.text("SELECT * FROM talent WHERE erased_at IS NULL ORDER BY id"))
    sources = session.execute(
        sa.text("SELECT talent_id, kind, text, collected_on FROM source WHERE text <> '' ORDER BY id")
    )
    return [tuple(row) for row in (*people, *sources)]
