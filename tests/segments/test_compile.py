"""The statement a rule becomes finds the very people the rule describes."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from portal.conversations.models import AnswerGiven, Ask
from portal.conversations.rules import Question
from portal.segments import queries
from portal.segments.document import Group
from portal.segments.explain import explain
from portal.segments.reading import read
from portal.talents.models import Source, Tag, TalentTag
from tests.people import LYON, NOW, PARIS, SAINT_ETIENNE, TODAY, VILLEURBANNE, staff, talent
from tests.segments.plain import Someone, holds
from tests.segments.strategies import TAGS, people, rules


def take_in(session: Session, pool: list[Someone]) -> None:
    session.add_all(Tag(id=number, name=f"tag {number}", folded=f"tag {number}", created_at=NOW) for number in TAGS)
    owner = staff(session, "Claude")
    for someone in pool:
        session.add(someone.talent)
        session.flush()
        id_ = someone.talent.id or 0
        for row in someone.consents:
            row.talent_id = id_
            session.add(row)
        session.add_all(TalentTag(talent_id=id_, tag_id=tag, at=NOW) for tag in someone.tags)
        said = {"text": "fichier", "collected_on": TODAY, "recorded_at": NOW}
        session.add_all(Source(talent_id=id_, kind=kind, **said) for kind in someone.sources)  # type: ignore[arg-type]
        for answer, reason in someone.answers:
            ask = Ask(talent_id=id_, owner_id=owner.id, question=Question.OPPORTUNITY, asked_at=NOW, deadline=NOW)
            session.add(ask)
            session.flush()
            session.add(AnswerGiven(ask_id=ask.id, answer=answer, reason=reason, given_at=NOW, via="link"))
    session.flush()


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(rule=rules, pool=st.lists(people(), max_size=8))
def test_any_rule_over_any_pool_finds_whom_plain_python_finds(
    session: Session, rule: Group, pool: list[Someone]
) -> None:
    with session.begin_nested() as kept:
        take_in(session, pool)
        expected = sorted(someone.talent.id or 0 for someone in pool if holds(rule, someone))
        assert queries.member_ids(session, rule, now=NOW) == expected
        assert queries.count(session, rule, now=NOW) == len(expected)
        kept.rollback()
    session.expunge_all()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(rule=rules, someone=people())
def test_the_explanation_agrees_with_the_count(session: Session, rule: Group, someone: Someone) -> None:
    with session.begin_nested() as kept:
        take_in(session, [someone])
        who = staff(session)
        for locale, inside, outside in (("en", "In, because", "Not in"), ("fr", "Dans le segment", "Pas dans")):
            told = explain(session, who, rule, someone.talent.id or 0, locale=locale, now=NOW)
            assert told.member == holds(rule, someone)
            assert told.sentence.startswith(inside if told.member else outside)
        kept.rollback()
    session.expunge_all()


def test_within_thirty_km_of_lyon_takes_villeurbanne_but_not_saint_etienne(session: Session) -> None:
    near = talent(session, "Awa Diallo", place=VILLEURBANNE)
    talent(session, "Jean Petit", place=SAINT_ETIENNE)
    talent(session, "Nadia Sans Lieu")
    rule = read({"kind": "all", "of": [{"kind": "near", "place": LYON, "km": 30}]})
    assert queries.member_ids(session, rule, now=NOW) == [near.id]


def test_whoever_was_erased_is_in_no_segment_not_even_one_that_excludes(session: Session) -> None:
    talent(session, "Awa Diallo", place=PARIS, erased_at=NOW)
    rule = read({"kind": "none", "of": [{"kind": "near", "place": LYON, "km": 30}]})
    assert queries.member_ids(session, rule, now=NOW) == []


def test_excluding_an_answer_keeps_those_who_never_answered(session: Session) -> None:
    silent = talent(session, "Awa Diallo")
    talent(session, "Jean Petit", last_answer="no", last_answer_at=NOW, last_reason="too_far")
    rule = read({"kind": "none", "of": [{"kind": "answer", "one_of": ["no"], "reasons": ["too_far"]}]})
    assert queries.member_ids(session, rule, now=NOW) == [silent.id]


def test_the_explanation_says_how_far_someone_works(session: Session) -> None:
    someone = talent(session, "Awa Diallo", place=SAINT_ETIENNE, job_code="J1506")
    who = staff(session)
    rule = read(
        {"kind": "all", "of": [{"kind": "job", "one_of": ["J1506"]}, {"kind": "near", "place": LYON, "km": 30}]}
    )
    told = explain(session, who, rule, someone.id or 0, locale="fr", now=NOW)
    assert told.sentence == ("Pas dans le segment, car la personne travaille à Saint-Étienne, à 50\u00a0km de Lyon.")
    assert [line.holds for line in told.lines] == [True, False]


def test_members_come_in_order_of_name_page_by_page(session: Session) -> None:
    for name in ("Zoé Martin", "Élodie Blanc", "awa diallo"):
        talent(session, name, job_code="J1506")
    rule = read({"kind": "all", "of": [{"kind": "job", "one_of": ["J1506"]}]})
    first = queries.members(session, rule, now=NOW, size=2)
    second = queries.members(session, rule, now=NOW, page=2, size=2)
    assert [row.name for row in first + second] == ["awa diallo", "Élodie Blanc", "Zoé Martin"]
