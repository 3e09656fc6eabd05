"""The statement a rule becomes finds the very people the rule describes."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from portal.conversations.models import AnswerGiven, Ask
from portal.conversations.rules import Question
from portal.kit.errors import Refused
from portal.segments import actions, queries
from portal.segments.document import Group
from portal.segments.explain import explain
from portal.segments.models import Segment
from portal.segments.reading import read
from portal.surveys.models import Survey, SurveyResponse
from portal.talents.models import Source, Tag, TalentTag
from tests.people import LYON, NOW, PARIS, SAINT_ETIENNE, TODAY, VILLEURBANNE, staff, talent
from tests.segments.plain import Someone, holds
from tests.segments.strategies import SEGMENTS, SURVEYS, TAGS, people, rules


def take_in(session: Session, pool: list[Someone]) -> None:
    session.add_all(Tag(id=number, name=f"tag {number}", folded=f"tag {number}", created_at=NOW) for number in TAGS)
    owner = staff(session, "Claude")
    house = {"owner_id": owner.id, "created_at": NOW}
    asks = [{"key": "would", "kind": "nps"}, {"key": "why", "kind": "text"}]
    session.add_all(Survey(id=number, title_fr=f"Enquête {number}", questions=asks, **house) for number in SURVEYS)
    session.add_all(
        Segment(id=number, name=f"Segment {number}", rule=rule.model_dump(mode="json"), updated_at=NOW, **house)
        for number, rule in SEGMENTS.items()
    )
    session.flush()
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
        session.add_all(
            SurveyResponse(survey_id=survey, talent_id=id_, answers={"would": given, "why": "9"}, answered_at=NOW)
            for survey, given in someone.scores.items()
        )
        for answer, reason in someone.answers:
            ask = Ask(talent_id=id_, owner_id=owner.id, question=Question.OPPORTUNITY, asked_at=NOW, deadline=NOW)
            session.add(ask)
            session.flush()
            session.add(AnswerGiven(ask_id=ask.id, answer=answer, reason=reason, given_at=NOW, via="link"))
    session.flush()


@pytest.mark.slow
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


@pytest.mark.slow
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


def test_a_text_in_a_field_that_once_held_days_is_no_day_to_come(session: Session) -> None:
    when = talent(session, "Awa Diallo", custom={"7": "2026-05-04"})
    talent(session, "Jean Petit", custom={"7": "90%_"})
    rule = read({"kind": "all", "of": [{"kind": "field", "field": 7, "test": "day", "since": "2026-01-01"}]})
    assert queries.member_ids(session, rule, now=NOW) == [when.id]


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


def test_promoters_are_those_of_that_survey_and_only_what_was_answered_counts(session: Session) -> None:
    me = staff(session)
    asks = [{"key": "would", "kind": "nps"}, {"key": "pace", "kind": "scale"}]
    mine, other = (
        Survey(owner_id=me.id, title_fr=title, title_en=title, questions=asks, created_at=NOW)
        for title in ("Entretiens", "Accueil")
    )
    session.add_all([mine, other])
    session.flush()
    given = {"Awa": 9, "Bao": 8, "Chloé": 0, "Driss": None, "Elsa": 10}
    ids = {name: talent(session, name).id for name in given}
    for name, score in given.items():
        survey = other if name == "Elsa" else mine
        answers = {"pace": 10} | ({} if score is None else {"would": score})
        session.add(SurveyResponse(survey_id=survey.id, talent_id=ids[name], answers=answers, answered_at=NOW))
    session.flush()
    for band, names in (("promoter", ["Awa"]), ("passive", ["Bao"]), ("detractor", ["Chloé"])):
        rule = read({"kind": "all", "of": [{"kind": "score", "survey": mine.id, "one_of": [band]}]})
        assert queries.member_ids(session, rule, now=NOW) == [ids[name] for name in names]
    told = explain(session, me, rule, ids["Awa"] or 0, locale="en", now=NOW)
    assert told.sentence == "Not in, because they did not answer so in the survey “Entretiens”."


def test_a_segment_of_a_segment_follows_its_rule_and_goes_on_when_that_one_is_put_away(session: Session) -> None:
    me = staff(session)
    awa = talent(session, "Awa Diallo", job_code="J1506", relocation=True)
    bao = talent(session, "Bao Linh", job_code="H2913", relocation=True)
    inner = actions.save(session, me, "Soins", {"kind": "all", "of": [{"kind": "job", "one_of": ["J1506"]}]}, now=NOW)
    member = {"kind": "segment", "segment": inner.id}
    outside = read({"kind": "all", "of": [{"kind": "relocation"}, {"kind": "none", "of": [member]}]})
    assert queries.member_ids(session, outside, now=NOW) == [bao.id]
    told = explain(session, me, outside, awa.id or 0, locale="en", now=NOW)
    assert told.sentence == "Not in, because they are in the segment “Soins”."
    welders = {"kind": "all", "of": [{"kind": "job", "one_of": ["H2913"]}]}
    actions.save(session, me, "Soudure", welders, now=NOW, segment_id=inner.id)
    actions.archive(session, me, inner.id or 0, now=NOW)
    assert queries.member_ids(session, outside, now=NOW) == [awa.id]


def test_a_segment_is_never_made_of_itself_nor_of_one_that_is_not_there(session: Session) -> None:
    me = staff(session)
    one = actions.save(session, me, "Un", {"kind": "all", "of": [{"kind": "relocation"}]}, now=NOW)
    two = actions.save(session, me, "Deux", {"kind": "any", "of": [{"kind": "segment", "segment": one.id}]}, now=NOW)
    for number in (one.id, two.id):
        itself = {"kind": "none", "of": [{"kind": "segment", "segment": number}]}
        with pytest.raises(Refused, match="made of itself"):
            actions.save(session, me, "Un", itself, now=NOW, segment_id=one.id)
    gone = read({"kind": "all", "of": [{"kind": "segment", "segment": 10**9}]})
    with pytest.raises(Refused, match="not there any more"):
        queries.count(session, gone, now=NOW)


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
