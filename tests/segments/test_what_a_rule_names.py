"""What a rule names stays what it was: it cannot vanish, change its sense, or be asked for when it is not there."""

from typing import Any

import pytest
from sqlmodel import Session

from portal.kit.db import saved
from portal.kit.errors import Refused
from portal.segments import actions, queries
from portal.segments.explain import explain
from portal.segments.names import names
from portal.segments.queries import rule_of, segment_for
from portal.segments.sentences import sentence
from portal.surveys import actions as surveys
from portal.talents import custom_fields
from portal.talents.custom import Choice, Field
from portal.talents.rules import FieldKind
from portal.talents.tags import put_tag
from portal.timeline.who import Person, Role
from tests.people import NOW, staff, talent

ZONES = [("Nord", "North"), ("Sud", "South"), ("Est", "East")]
NPS = {"kind": "nps", "key": "would", "fr": "Nous recommanderiez-vous ?", "en": "Would you recommend us?"}
WHY = {"kind": "text", "key": "why", "fr": "Pourquoi ?", "en": "Why?"}


@pytest.fixture
def boss(session: Session) -> Person:
    return staff(session, "Ada", Role.ADMIN)


@pytest.fixture
def zone(session: Session, boss: Person) -> Field:
    return custom_fields.add_field(session, boss, FieldKind.CHOICE, "Zone", "Area", ZONES, now=NOW)


def own(field: int, *codes: str) -> dict[str, Any]:
    return {"kind": "all", "of": [{"kind": "field", "field": field, "test": "one_of", "one_of": list(codes)}]}


def all_of(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "all", "of": list(parts)}


def change(session: Session, boss: Person, zone: Field, *choices: Choice) -> Field:
    return custom_fields.change_field(
        session, boss, zone.id, name_fr="Zone", name_en="Area", choices=choices,
        recruiters_edit=True, talent_may=zone.talent_may, now=NOW,
    )  # fmt: skip


def test_a_choice_that_segments_ask_for_is_not_taken_away_and_they_are_named(
    session: Session, boss: Person, zone: Field
) -> None:
    north, south, east = zone.choices
    actions.save(session, boss, "Sud", own(zone.id, south.code), now=NOW)
    deep = all_of({"kind": "none", "of": [own(zone.id, east.code, south.code)]})
    away = actions.save(session, boss, "Pas au sud", deep, now=NOW)
    actions.archive(session, boss, saved(away.id), now=NOW)
    with pytest.raises(Refused) as refused:
        change(session, boss, zone, north, east)
    assert refused.value.params == {"names": "Pas au sud, Sud", "choice": "Sud"}
    change(session, boss, zone, north, Choice(south.code, "Grand Sud", "Deep South"), east)


def test_the_code_of_a_choice_is_never_given_to_another(session: Session, boss: Person, zone: Field) -> None:
    north, _, east = zone.choices
    for _ in range(60):
        changed = change(session, boss, zone, north, east, Choice("", "Sud-Est lointain", "South"))
        added = changed.choices[-1]
        assert added.code not in {"south", *(choice.code for choice in zone.choices)}
        change(session, boss, zone, north, east)
        zone = changed


def test_what_was_put_away_is_told_by_its_name(session: Session, boss: Person, zone: Field) -> None:
    nora = talent(session, "Nora", custom={zone.key: "south"})
    inner = actions.save(session, boss, "Au sud", own(zone.id, "south"), now=NOW)
    outer = actions.save(session, boss, "Tous", all_of({"kind": "segment", "segment": saved(inner.id)}), now=NOW)
    custom_fields.archive_field(session, boss, zone.id, now=NOW)
    actions.archive(session, boss, saved(inner.id), now=NOW)
    called = names(session)
    assert sentence(rule_of(inner), "en", called) == "People whose “Area (put away)” is “South”."
    assert (
        sentence(rule_of(outer), "fr", called) == "Les personnes qui sont dans le segment «\u00a0Au sud (rangé)\u00a0»."
    )
    told = explain(session, boss, rule_of(inner), saved(nora.id), locale="fr", now=NOW)
    assert "Zone (rangé)" in told.sentence
    # Saved again it stays, for it was asked for already; nobody begins to ask for it.
    actions.save(session, boss, "Encore", own(zone.id, "south", "east"), now=NOW, segment_id=inner.id)
    actions.save(session, boss, "Tous", queries.rule_of(outer), now=NOW, segment_id=outer.id)
    for rule in (own(zone.id, "south"), all_of({"kind": "segment", "segment": saved(inner.id)})):
        with pytest.raises(Refused, match="put away"):
            actions.save(session, boss, "Nouveau", rule, now=NOW)


def test_a_rule_is_not_saved_about_what_is_not_there(session: Session, boss: Person, zone: Field) -> None:
    tag = put_tag(session, boss, [], "Salon", now=NOW).tag.id
    words_only = surveys.create(session, boss, "Accueil", "Welcome", [WHY], now=NOW)
    scored = surveys.create(session, boss, "Entretien", "Interview", [NPS, WHY], now=NOW)
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"kind": "tag", "one_of": [tag, 999_999]}, "a tag"),
        ({"kind": "field", "field": 99_999, "test": "known"}, "a field"),
        (own(zone.id, "zzz")["of"][0], "no such choice"),
        (own(zone.id, "yes")["of"][0], "no such choice"),
        ({"kind": "score", "survey": 999_999, "one_of": ["promoter"]}, "a survey"),
        ({"kind": "score", "survey": words_only.id, "one_of": ["promoter"]}, "does not ask whether"),
        ({"kind": "segment", "segment": 999_999}, "a segment"),
    ]
    for part, told in wrong:
        with pytest.raises(Refused, match=told):
            actions.save(session, boss, "Rien", all_of({"kind": "any", "of": [part]}), now=NOW)
    right = (
        {"kind": "tag", "one_of": [tag]},
        {"kind": "field", "field": zone.id, "test": "known"},
        {"kind": "score", "survey": scored.id, "one_of": ["promoter"]},
    )
    assert actions.save(session, boss, "Tout", all_of(*right), now=NOW).id


def test_a_survey_keeps_the_question_that_segments_ask_for(session: Session, boss: Person) -> None:
    survey = surveys.create(session, boss, "Entretien", "Interview", [NPS, WHY], now=NOW)
    part = {"kind": "score", "survey": survey.id, "one_of": ["promoter"]}
    actions.save(session, boss, "Ravis", all_of(part), now=NOW)
    with pytest.raises(Refused) as refused:
        surveys.edit(session, boss, saved(survey.id), "Entretien", "Interview", [WHY], now=NOW)
    assert refused.value.params == {"names": "Ravis"}
    surveys.edit(session, boss, saved(survey.id), "Entretien", "Interview", [NPS], now=NOW)


def test_what_is_not_there_any_more_is_never_told_by_a_number(session: Session, boss: Person) -> None:
    segment = actions.save(session, boss, "Ancien", all_of(), now=NOW)
    segment.rule = all_of(
        {"kind": "tag", "one_of": [8]}, own(8, "zzz")["of"][0], {"kind": "segment", "segment": 888_888},
        {"kind": "score", "survey": 888_888, "one_of": ["promoter"]},
    )  # fmt: skip
    session.add(segment)
    for locale in ("fr", "en"):
        told = sentence(rule_of(segment_for(session, boss, saved(segment.id))), locale, names(session))
        assert "8" not in told
