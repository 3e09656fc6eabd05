"""What a recruiter sees of segments: counts, reasons, people."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.opportunities.actions import create
from portal.opportunities.rules import Terms
from portal.segments import actions
from portal.segments.queries import segment_for
from portal.talents.telling import LANGUAGES
from portal.talents.vocabulary import Contract
from portal.ui.doors import Door
from portal.ui.recruiter.segment import counting, drafts, fields, tree
from portal.ui.recruiter.segments.state import read
from tests.cast import NOW, Cast, as_candidate, talent

NURSES = {"kind": "all", "of": [{"kind": "job", "one_of": ["J1506"]}]}


def door(session: Session, people: Cast) -> Door:
    return Door(session, people.claire, NOW)


def counted(door: Door, bucket: str = "", page: int = 1) -> counting.Counted:
    return counting.counted(door, tree.planted(NURSES), 0, bucket, page)


def test_the_split_shows_each_reason_with_its_people(session: Session, people: Cast) -> None:
    nora = talent(session, "Nora", job_code="J1506")
    lea = talent(session, "Léa", job_code="J1506", consented=False)
    talent(session, "Paul", job_code="H2913")
    seen = counted(door(session, people))
    assert seen.matches == "2 correspondent"
    assert [(one.key, one.count, one.share) for one in seen.buckets] == [("reachable", "1", 50), ("no_basis", "1", 50)]
    assert {one.id for one in seen.people} == {nora.id, lea.id}
    assert [one.id for one in counted(door(session, people), "no_basis").people] == [lea.id]
    assert [one.id for one in counted(door(session, people), "reachable").people] == [nora.id]


def test_a_bucket_that_does_not_exist_opens_everyone_and_a_page_too_far_the_last(
    session: Session, people: Cast
) -> None:
    for number in range(counting.PEOPLE_A_PAGE + 1):
        talent(session, f"Nora{number}", job_code="J1506")
    seen = counted(door(session, people), "'; DROP TABLE talent", 99)
    assert (seen.page, len(seen.people), seen.has_before, seen.has_after) == (2, 1, True, False)
    assert seen.place_in_list == "21 à 21 sur 21"


def test_beside_a_rule_to_be_mended_stands_no_count_of_another(session: Session, people: Cast) -> None:
    rule = tree.planted(NURSES)
    tree.add(rule, tree.ROOT, "near")
    assert counting.counted(door(session, people), rule, 0, "", 1) == counting.Counted(stale=True)


def test_what_is_being_filled_in_is_not_yet_something_to_mend(session: Session, people: Cast) -> None:
    rule = tree.planted(NURSES)
    added = tree.add(rule, tree.ROOT, "near")
    while_open, _, _ = drafts.shown(door(session, people), rule, added)
    group = tree.add(rule, tree.ROOT, "any")
    while_adding, _, _ = drafts.shown(door(session, people), tree.planted(NURSES) | {"of": rule["of"][-1:]}, 0, group)
    assert while_adding.sentence == "La phrase suit vos choix."
    once_left, _, _ = drafts.shown(door(session, people), rule, 0)
    assert while_open.sentence == "La phrase suit vos choix."
    assert once_left.sentence == "Corrigez ce qui est signalé et la phrase suivra."


def test_a_segment_of_everybody_is_saved_told_and_explained(session: Session, people: Cast) -> None:
    nora = talent(session, "Nora")
    for kind in ("all", "any", "none"):
        kept = drafts.save(door(session, people), 0, "Tout le monde", tree.blank() | {"kind": kind})
    opened = drafts.opened(door(session, people), kept.segment_id)
    assert opened.told.sentence == "Tout le vivier."
    seen = counting.counted(door(session, people), opened.rule, 0, "", 1)
    assert (seen.matches, [one.id for one in seen.people]) == ("1 personne dans le vivier", [nora.id])
    told = counting.because(door(session, people), opened.rule, saved(nora.id))
    assert told == "Dans le segment, car il contient tout le monde."


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("dist", ["near"]),
        ("CDI", ["contract"]),
        ("preavis", ["notice"]),
        ("RGPD", ["consent", "notice_due"]),
        ("niveau anglais", ["spoken"]),
        ("soudeurs", ["segment"]),
        ("hopital", ["environment"]),
        ("zodiaque", []),
        ("", sorted(tree.BLANKS)),
    ],
)
def test_a_criterion_is_found_by_a_few_letters_of_what_it_can_ask(
    session: Session, people: Cast, typed: str, kinds: list[str]
) -> None:
    actions.save(session, people.claire, "Soudeurs de Lyon", NURSES, now=NOW)
    found = drafts.kinds_found(door(session, people), typed)
    assert sorted(option.value for group in found for option in group.options) == sorted(kinds)


def test_every_language_a_talent_may_name_can_be_asked_for(session: Session, people: Cast) -> None:
    rule = tree.planted({"kind": "all", "of": [{"kind": "spoken", "language": "en", "at_least": None}]})
    for code in LANGUAGES:
        fields.write(rule["of"][0], "language", code)
        assert rule["of"][0]["language"] == code
    _, _, shown = drafts.shown(door(session, people), rule, 2)
    assert {option.value for option in shown.house.picks} == set(LANGUAGES)


def test_a_blank_rule_counts_the_pool(session: Session, people: Cast) -> None:
    talent(session, "Nora")
    seen = counting.counted(door(session, people), tree.blank(), 0, "", 1)
    assert not seen.stale
    assert seen.matches == "1 personne dans le vivier"


def test_each_person_has_the_reason_they_are_in(session: Session, people: Cast) -> None:
    nora = talent(session, "Nora", job_code="J1506")
    told = counting.because(door(session, people), tree.planted(NURSES), saved(nora.id))
    assert "Infirmier" in told


def test_who_works_in_the_very_town_is_told_no_distance(session: Session, people: Cast) -> None:
    nora = talent(session, "Nora")
    near = {"kind": "all", "of": [{"kind": "near", "place": "69123", "km": 30}]}
    told = counting.because(door(session, people), tree.planted(near), saved(nora.id))
    assert "travaille à Lyon" in told
    assert "km" not in told


def test_a_segment_is_saved_renamed_and_opened_again_as_it_was(session: Session, people: Cast) -> None:
    kept = drafts.save(door(session, people), 0, "Infirmiers", tree.planted(NURSES))
    again = drafts.save(door(session, people), kept.segment_id, "Soignants", tree.planted(NURSES))
    assert (again.segment_id, again.told) == (kept.segment_id, "«\u00a0Soignants\u00a0» est enregistré.")
    opened = drafts.opened(door(session, people), kept.segment_id)
    assert (opened.name, tree.document(opened.rule)) == ("Soignants", NURSES)


def test_a_rule_that_makes_no_sense_is_not_saved(session: Session, people: Cast) -> None:
    with pytest.raises(Refused):
        drafts.save(
            door(session, people), 0, "Personne", tree.planted({"kind": "all", "of": [{"kind": "any", "of": []}]})
        )
    with pytest.raises(Refused):
        drafts.save(door(session, people), 0, " ", tree.planted(NURSES))


def test_a_segment_begins_from_an_opportunity_with_its_job_and_a_mobility_that_covers_its_place(
    session: Session, people: Cast
) -> None:
    job = create(
        session,
        people.claire,
        Terms(title="Infirmier", contract=Contract.CDI, digest_fr="Un bloc.", job_code="J1506", place_code="69123"),
        now=NOW,
    )
    draft = drafts.begun(door(session, people), str(job.id))
    assert draft.name == "Infirmier"
    assert [(line.kind, line.problem) for line in draft.told.lines if line.shape == "criterion"] == [
        ("job", ""),
        ("mobility", ""),
    ]
    for wrong in ("999999", "x", "-1", "9" * 40):
        with pytest.raises(NotFound):
            drafts.begun(door(session, people), wrong)


def test_the_list_shows_segments_last_changed_first_and_those_put_away_apart(session: Session, people: Cast) -> None:
    talent(session, "Nora", job_code="J1506")
    old = actions.save(session, people.marc, "Premier", NURSES, now=NOW - timedelta(days=9))
    actions.save(session, people.claire, "Récent", NURSES, now=NOW - timedelta(days=1))
    rows, any_away = read(door(session, people), away=False)
    assert ([(row.name, row.size, row.owner) for row in rows], any_away) == (
        [("Récent", "1", "Claire"), ("Premier", "1", "Marc")],
        False,
    )
    actions.archive(session, people.claire, saved(old.id), now=NOW)
    assert [row.name for row in read(door(session, people), away=False)[0]] == ["Récent"]
    assert [row.name for row in read(door(session, people), away=True)[0]] == ["Premier"]


def test_a_segment_that_no_longer_reads_opens_with_what_to_mend(session: Session, people: Cast) -> None:
    kept = actions.save(session, people.claire, "Ancien", NURSES, now=NOW)
    kept.rule = {"kind": "all", "of": [{"kind": "job", "one_of": ["Z9999"]}]}
    session.add(kept)
    opened = drafts.opened(door(session, people), saved(kept.id))
    assert [bool(line.problem) for line in opened.told.lines if line.shape == "criterion"] == [True]


def test_neither_a_candidate_nor_the_dpo_reads_a_segment(session: Session, people: Cast) -> None:
    kept = actions.save(session, people.claire, "Infirmiers", NURSES, now=NOW)
    nora = talent(session, "Nora", job_code="J1506")
    for who in (people.dora, as_candidate(nora)):
        stranger = Door(session, who, NOW)
        with pytest.raises(NotFound):
            read(stranger, away=False)
        with pytest.raises(NotFound):
            drafts.opened(stranger, saved(kept.id))
        with pytest.raises(NotFound):
            drafts.save(stranger, saved(kept.id), "À moi", tree.planted(NURSES))
        with pytest.raises(NotFound):
            counting.counted(stranger, tree.planted(NURSES), 0, "", 1)
        with pytest.raises(NotFound):
            counting.because(stranger, tree.planted(NURSES), saved(nora.id))
    assert segment_for(session, people.claire, saved(kept.id)).name == "Infirmiers"
