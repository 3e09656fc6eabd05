"""Each criterion as one sentence, and beside it the people anyone who reads the sentence would expect."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from portal.consent.models import Consent as ConsentRow
from portal.consent.rules import Basis, Purpose, Standing
from portal.segments import document as d
from portal.segments import queries
from portal.segments.clauses import clause
from portal.segments.explain import explain
from portal.segments.names import names
from portal.segments.reading import read
from portal.talents import places
from portal.talents.models import CustomField, Talent
from portal.talents.rules import FieldKind
from tests.people import LYON, MARSEILLE, NOW, PARIS, SAINT_ETIENNE, TODAY, VILLEURBANNE, placed, staff
from tests.segments.plain import Someone, holds
from tests.segments.strategies import SEGMENTS
from tests.segments.test_compile import take_in

AUVERGNE_RHONE_ALPES = "84"


def _ago(days: int) -> Any:
    return NOW - timedelta(days=days)


def _on(days: int) -> date:
    return TODAY + timedelta(days=days)


def _stands(purpose: Purpose, standing: Standing, *, until: date | None = None) -> ConsentRow:
    return ConsentRow(
        talent_id=0, purpose=purpose, basis=Basis.CONSENT, standing=standing, since=_ago(100), expires_on=until
    )


def _talent(name: str, place: str | None = None, radius: int | None = None, **columns: Any) -> Talent:
    known: dict[str, Any] = {
        "created_at": _ago(1),
        "first_name": name,
        "email": f"{name.lower()}@people.example",
        "source_kind": "application",
        "collected_on": _on(-15),
        "radius_km": radius,
        "mobility_c2": None if radius is None else places.chord2(radius),
    }
    return Talent(**(known | placed(place) | columns))


def cast() -> dict[str, Someone]:
    """Return seven people; of Elsa nothing is known, and of nobody everything."""
    awa = _talent(
        "Awa", LYON, 30, job_code="J1506", other_jobs=["H2913"], availability="now", contracts=["cdi", "interim"],
        experience="senior", interests=["training"], environments=["hospital"], remote="none", salary_floor=30_000,
        skills=["Soudure TIG"], languages=["en:B2", "es"], relocation=True, last_letter_at=_ago(45), last_act_at=_ago(15),
        last_answer="no", last_reason="too_far", last_answer_at=_ago(15), custom={"7": "Électricité, plomberie"},
    )  # fmt: skip
    bao = _talent(
        "Bao", SAINT_ETIENNE, other_places=[LYON], availability="notice", notice_days=60, contracts=["cdd"],
        experience="junior", salary_floor=50_000, skills=["électricité"], languages=["en"], locale="en",
        source_kind="linkedin", collected_on=_on(-400), custom={"7": 12}, remote="some",
    )  # fmt: skip
    chloe = _talent(
        "Chloé", PARIS, regions=[AUVERGNE_RHONE_ALPES], availability="notice", notice_days=90, remote="full",
        languages=["en:A2", "wo"], relocation=False, source_kind="ats_export", created_at=_ago(40),
        custom={"7": ["day", "night"]}, last_answer="yes", last_answer_at=_ago(200),
    )  # fmt: skip
    driss = _talent(
        "Driss", PARIS, 10, job_code="M1805", availability="from_date", available_from=_on(45),
        source_kind="referral", created_at=_ago(25), custom={"7": "2026-03-01"}, last_letter_at=_ago(200),
    )  # fmt: skip
    farid = _talent("Farid", MARSEILLE, 300, availability="not_looking", job_code="H2913", custom={"7": "yes"})
    gina = _talent("Gina", availability="notice", available_from=_on(90), notice_days=30, environments=["clinic"])
    since = _talent("Hugo", VILLEURBANNE, availability="from_date", available_from=_on(-10))
    pool = Purpose.POOL
    return {
        "Awa": Someone(
            awa, [_stands(pool, Standing.GIVEN, until=_on(1))], [1], [], [("no", "too_far")], {1: 9}, SEGMENTS
        ),
        "Bao": Someone(bao, [_stands(pool, Standing.WITHDRAWN)], [2, 3], ["event"], [], {1: 7}, SEGMENTS),
        "Chloé": Someone(
            chloe,
            [_stands(pool, Standing.GIVEN, until=_on(0))],
            [],
            [],
            [("no", "salary"), ("yes", None)],
            {1: 3},
            SEGMENTS,
        ),
        "Driss": Someone(driss, scores={2: 10}, segments=SEGMENTS),
        "Elsa": Someone(_talent("Elsa"), segments=SEGMENTS),
        "Farid": Someone(farid, [_stands(Purpose.EVENT, Standing.GIVEN)], segments=SEGMENTS),
        "Gina": Someone(gina, segments=SEGMENTS),
        "Hugo": Someone(since, segments=SEGMENTS),
    }


def _c(kind: str, **asked: Any) -> dict[str, Any]:
    return {"kind": kind, **asked}


def _own(test: str, **asked: Any) -> dict[str, Any]:
    return _c("field", field=7, test=test, **asked)


EVERYBODY = "Awa Bao Chloé Driss Elsa Farid Gina Hugo"
MEANT: list[tuple[dict[str, Any], str, str]] = [
    (_c("job", one_of=["J1506"]), "whose job is “Nurse”", "Awa"),
    (_c("job", one_of=["H2913"]), "whose job is “Welder”", "Awa Farid"),
    (_c("skill", one_of=["soudure tig"]), "whose skills include “soudure tig”", "Awa"),
    (_c("skill", one_of=["ELECTRICITE"]), "whose skills include “ELECTRICITE”", "Bao"),
    (_c("spoken", language="en"), "who speak English", "Awa Bao Chloé"),
    (_c("spoken", language="en", at_least="B1"), "who speak English, at level B1 at least", "Awa"),
    (_c("spoken", language="wo"), "who speak Wolof", "Chloé"),
    (_c("notice", days=60), "whose notice is 60 days at most", "Bao Gina"),
    (_c("relocation"), "who would move house for the right job", "Awa"),
    (_c("near", place=LYON, km=10), "who work within 10 km of Lyon", "Awa Bao Hugo"),
    (_c("near", place=SAINT_ETIENNE, km=10), "who work within 10 km of Saint-Étienne", "Bao"),
    (_c("mobility", place=LYON), "whose own mobility covers Lyon", "Awa Bao Chloé Farid"),
    (_c("mobility", place=PARIS), "whose own mobility covers Paris", "Chloé Driss"),
    (
        _c("mobility", place=MARSEILLE, remote_counts=True),
        "whose own mobility covers Marseille or who work fully remotely",
        "Chloé Farid",
    ),
    (_c("available", when="now"), "who are available now", "Awa Hugo"),
    (_c("available", when="within", days=60), "who are available in the next 60 days", "Awa Bao Driss Hugo"),
    (_c("available", when="within", days=30), "who are available in the next 30 days", "Awa Hugo"),
    (_c("available", when="within", days=90), "who are available in the next 90 days", "Awa Bao Chloé Driss Gina Hugo"),
    (_c("available", when="by", day=_on(60).isoformat()), "who are available by 23 Jan 2027", "Awa Bao Driss Hugo"),
    (_c("situation", one_of=["notice"]), "who are on notice", "Bao Chloé Gina"),
    (_c("situation", one_of=["not_looking"]), "who are not looking", "Farid"),
    (_c("contract", one_of=["cdi", "cdd"]), "who would take: permanent contract or fixed-term contract", "Awa Bao"),
    (_c("experience", one_of=["junior"]), "whose experience is: under 2 years", "Bao"),
    (_c("interest", one_of=["training"]), "who are drawn by: training", "Awa"),
    (_c("environment", one_of=["hospital", "clinic"]), "who like to work in: hospital or clinic", "Awa Gina"),
    (_c("remote", one_of=["full"]), "who want to work fully remote", "Chloé"),
    (_c("salary", at_most=35_000), "who ask for 35,000 € a year at most", "Awa"),
    (
        _c("salary", at_most=35_000, or_unsaid=True),
        "who ask for 35,000 € a year at most or named no salary",
        "Awa Chloé Driss Elsa Farid Gina Hugo",
    ),
    (_c("source", one_of=["event"]), "who came to us by: event", "Bao"),
    (_c("source", one_of=["linkedin", "referral"]), "who came to us by: LinkedIn or referral", "Bao Driss"),
    (
        _c("collected", when="within", days=30),
        "who came to us in the last 30 days",
        "Awa Chloé Driss Elsa Farid Gina Hugo",
    ),
    (_c("collected", when="before", days=365), "who came to us more than 365 days ago", "Bao"),
    (_c("last_letter", when="within", days=60), "whom we wrote to in the last 60 days", "Awa"),
    (
        _c("last_letter", when="not_within", days=60),
        "whom we did not write to in the last 60 days",
        "Bao Chloé Driss Elsa Farid Gina Hugo",
    ),
    (_c("last_letter", when="never"), "whom we never wrote to", "Bao Chloé Elsa Farid Gina Hugo"),
    (_c("last_act", when="within", days=30), "who gave news in the last 30 days", "Awa"),
    (_c("last_act", when="never"), "who never gave news", "Bao Chloé Driss Elsa Farid Gina Hugo"),
    (_c("answer", one_of=["no"]), "whose last answer is no", "Awa"),
    (_c("answer", one_of=["yes"], days=60), "whose last answer is yes, given in the last 60 days", ""),
    (_c("answered", one_of=["no"]), "who once answered no", "Awa Chloé"),
    (_c("answered", one_of=["no"], reasons=["salary"]), "who once answered no (salary)", "Chloé"),
    (
        _c("confirmed", when="within", days=30),
        "whose record was confirmed in the last 30 days",
        EVERYBODY.replace("Bao ", ""),
    ),
    (_c("confirmed", when="before", days=365), "whose record nobody confirmed in the last 365 days", "Bao"),
    (_c("consent", one_of=["valid"]), "who agree today to be in the pool", "Awa"),
    (_c("consent", one_of=["expired"]), "whose agreement to be in the pool has expired", "Chloé"),
    (_c("consent", one_of=["withdrawn"]), "who withdrew from the pool", "Bao"),
    (_c("consent", purpose="event", one_of=["valid"]), "who agree today to be invited to events", "Farid"),
    (_c("notice_due", when="over"), "whom we did not inform in time (art. 14)", "Chloé"),
    (_c("notice_due", when="within", days=10), "whom we must inform within 10 days (art. 14)", "Driss"),
    (_c("notice_due", when="owed"), "whom we still owe the first information (art. 14)", "Bao Chloé Driss"),
    (_c("language", one_of=["en"]), "whom we write to in English", "Bao"),
    (_c("tag", one_of=[1, 3]), "who wear the tag “tag 1” or “tag 3”", "Awa Bao"),
    (_own("holds", text="elec"), "whose “Divers” mentions “elec”", "Awa"),
    (_own("is", text="electricite plomberie"), "whose “Divers” is “electricite plomberie”", "Awa"),
    (_own("one_of", one_of=["night"]), "whose “Divers” is “night”", "Chloé"),
    (_own("one_of", one_of=["yes"]), "whose “Divers” is “yes”", "Farid"),
    (_own("number", least=10), "whose “Divers” is 10 or more", "Bao"),
    (_own("day", since="2026-01-01"), "whose “Divers” is 1 Jan 2026 or later", "Driss"),
    (_own("known"), "whose “Divers” is known", "Awa Bao Chloé Driss Farid"),
    (_c("score", survey=1, one_of=["promoter"]), "who are promoters (9 or 10) in the survey “Enquête 1”", "Awa"),
    (
        _c("score", survey=1, one_of=["detractor"]),
        "who are detractors (6 and under) in the survey “Enquête 1”",
        "Chloé",
    ),
    (_c("segment", segment=1), "who are in the segment “Segment 1”", "Awa Bao"),
    (_c("segment", segment=2), "who are in the segment “Segment 2”", "Chloé Driss Elsa Farid Gina Hugo"),
]


def test_every_criterion_holds_the_people_its_sentence_speaks_of(session: Session) -> None:
    people = cast()
    take_in(session, list(people.values()))
    night = [{"code": "night", "fr": "night", "en": "night"}]
    session.add(
        CustomField(id=7, kind=FieldKind.CHOICE, name_fr="Divers", name_en="Divers", choices=night, created_at=NOW)
    )
    session.flush()
    called = names(session)
    for asked, told, expected in MEANT:
        rule = read({"kind": "all", "of": [asked]})
        assert clause(rule.of[0], "en", called) == told  # type: ignore[arg-type]
        counted = set(queries.member_ids(session, rule, now=NOW))
        found = " ".join(name for name, one in people.items() if one.talent.id in counted)
        assert (told, found) == (told, expected)
        assert (told, " ".join(name for name, one in people.items() if holds(rule, one))) == (told, expected)


def test_everybody_is_in_a_rule_that_asks_nothing(session: Session) -> None:
    people = cast()
    take_in(session, list(people.values()))
    rule = read({"kind": "all", "of": []})
    assert queries.member_ids(session, rule, now=NOW) == sorted(one.talent.id or 0 for one in people.values())
    assert queries.count(session, rule, now=NOW) == len(people)


def test_no_criterion_is_missing_from_the_table() -> None:
    asked = {type(read({"kind": "all", "of": [raw]}).of[0]) for raw, _, _ in MEANT}
    assert asked == set(d.Criterion.__args__)


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_what_is_not_known_is_named(session: Session, locale: str) -> None:
    people = cast()
    take_in(session, list(people.values()))
    session.expire_all()
    me, elsa = staff(session), people["Elsa"].talent.id or 0
    told: dict[str, str] = {}
    for asked, _, _ in MEANT:
        rule = read({"kind": "all", "of": [asked]})
        told[asked["kind"]] = explain(session, me, rule, elsa, locale=locale, now=NOW).lines[0].known
    assert not {"they have not said", "la personne ne l’a pas dit"} & set(told.values())
    unknown = [
        "skill",
        "spoken",
        "notice",
        "relocation",
        "contract",
        "experience",
        "interest",
        "environment",
        "remote",
        "salary",
    ]
    assert len({told[kind] for kind in unknown}) == len(unknown)
