"""What the pages of an import show, through the door they use."""

from dataclasses import replace
from typing import Any

import pytest

from portal.imports import actions as imports
from portal.imports.queries import report_of
from portal.kit import tokens
from portal.kit.db import Database
from portal.kit.errors import NotFound, Refused
from portal.timeline.who import Person
from portal.ui.doors import Door
from portal.ui.recruiter import informed
from portal.ui.recruiter.imports import state as listing
from portal.ui.recruiter.imports.run import state
from portal.ui.recruiter.imports.run.outcome import done
from portal.ui.recruiter.imports.run.reading import read
from tests.cast import NOW, Cast, as_candidate, cast, talent
from tests.imports.files import DEMO, HEADER, ZOE, export
from tests.imports.test_stops import why_not
from tests.trust import contents_of

FORM = {"source_kind": "ats_export", "source_text": "Export ATS", "collected_on": "2026-11-16", "basis": "none"}


@pytest.fixture
def base(house: Database) -> Database:
    tokens.use_secret("a secret of the tests, long enough to be one")
    return house


@pytest.fixture
def people(base: Database) -> Cast:
    with base.work() as session:
        return cast(session)


def sent(base: Database, who: Person, content: bytes) -> int:
    with base.work() as session:
        return imports.upload(session, who, "export.csv", content, now=NOW)


def inside(base: Database, who: Person, fn: Any) -> Any:
    with base.work() as session:
        return fn(Door(session, who, NOW))


def test_a_file_is_shown_with_its_columns_values_and_what_the_law_drops(base: Database, people: Cast) -> None:
    run = sent(base, people.claire, export(ZOE))
    asked = inside(base, people.claire, lambda door: read(door, run))
    assert [(one.name, one.becomes) for one in asked.columns] == [
        ("Nom", "last_name"),
        ("Prénom", "first_name"),
        ("E-mail", "email"),
        ("Téléphone", "phone"),
        ("Métier", "job"),
        ("Ville", "place"),
        ("Date de candidature", "collected_on"),
    ]
    assert [one.first for one in asked.columns[:2]] == ["Roux", "Zoé"]
    assert [sample.told for one in asked.columns[3:6] for sample in one.samples] == [
        "+33612345678",
        "Soudeur / Soudeuse Tungsten Inert Gas -TIG- (sûr à 100\xa0%)",
        "Lyon (69)",
    ]
    assert {one.why for one in asked.columns} == {"d’après son nom"}
    assert [(one.name, "225-1" in one.why) for one in asked.dropped] == [("Sexe", True)]


def test_the_export_of_the_demo_is_foreseen_then_taken_in_with_the_same_numbers(base: Database, people: Cast) -> None:
    run = sent(base, people.claire, (DEMO / "export_ats_candidats.csv").read_bytes())
    before = contents_of(base)
    effect, _ = inside(base, people.claire, lambda door: state._foresee(door, run, FORM))
    after = contents_of(base)
    assert {name for name in after if after[name] != before[name]} <= {"import_run", "import_preview", "house"}
    counts = (effect.created, effect.updated, effect.unchanged, effect.rejected)
    assert effect.press == f"Importer {effect.created} personnes"
    taken, told = inside(base, people.claire, lambda door: state._take(door, run, strict=False))
    assert (taken.created, taken.updated, taken.unchanged, taken.rejected) == counts
    assert told == ""
    assert [one.line for one in taken.lines] == [one.line for one in effect.lines]
    assert [one.name for one in taken.dropped] == ["Date de naissance", "Sexe", "Nationalité"]
    assert taken.waiting == int(effect.created)


def test_strict_takes_nobody_in_and_says_what_to_do(base: Database, people: Cast) -> None:
    run = sent(base, people.claire, export(ZOE, ("x", "", "broken", "", "", "", "", "")))
    inside(base, people.claire, lambda door: state._foresee(door, run, FORM))
    taken, told = inside(base, people.claire, lambda door: state._take(door, run, strict=True))
    assert taken is None
    assert told.startswith("Personne n’a été importé")
    assert inside(base, people.claire, lambda door: state._take(door, run, strict=False))[0].created == "1"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"collected_on": ""}, "Give the day"),
        ({"collected_on": "tomorrow"}, "Give the day"),
        ({"collected_on": "2027-01-01"}, "still to come"),
        ({"source_kind": "police"}, "Choose where"),
        ({"source_text": " \0 "}, "Say where"),
        ({"basis": "legitimate-interest"}, "does not allow"),
        ({"column.0": "first_name", "column.1": "first_name"}, "cannot both be “Prénom”"),
        ({"column.0": "race"}, "not something a column"),
        ({"column.2": "ignore", "column.3": "ignore"}, "No column holds"),
    ],
)
def test_a_choice_that_cannot_stand_is_told_and_the_file_waits(
    base: Database, people: Cast, changed: dict[str, str], told: str
) -> None:
    run = sent(base, people.claire, export(ZOE))
    with pytest.raises(Refused) as refused:
        inside(base, people.claire, lambda door: state._foresee(door, run, FORM | changed))
    assert told in str(refused.value)
    assert inside(base, people.claire, lambda door: read(door, run)).file_name == "export.csv"


def test_a_column_the_law_protects_cannot_be_asked_back(base: Database, people: Cast) -> None:
    run = sent(base, people.claire, export(ZOE))
    effect, asked = inside(
        base, people.claire, lambda door: state._foresee(door, run, FORM | {f"column.{HEADER.index('Sexe')}": "job"})
    )
    assert [one.name for one in effect.dropped] == [one.name for one in asked.dropped] == ["Sexe"]


def test_a_mapping_corrected_is_remembered(base: Database, people: Cast) -> None:
    run = sent(base, people.claire, export(ZOE))
    inside(base, people.claire, lambda door: state._foresee(door, run, FORM | {"column.4": "ignore"}))
    again = inside(base, people.claire, lambda door: read(door, run))
    assert {one.name: one.becomes for one in again.columns}["Métier"] == "ignore"
    assert (again.source_text, again.collected_on) == ("Export ATS", "2026-11-16")


def test_whom_an_import_brought_is_informed_once(base: Database, people: Cast) -> None:
    run = sent(base, people.claire, export(ZOE, ("Sans", "Mail", "", "06 12 34 56 79", "", "", "", "")))
    inside(base, people.claire, lambda door: state._foresee(door, run, FORM))
    inside(base, people.claire, lambda door: state._take(door, run, strict=False))
    ids = inside(base, people.claire, lambda door: state.to_inform(door.session, door.who, run))
    going, held = inside(base, people.claire, lambda door: state._inform(door, run, ids))
    assert (going, dict(held)) == (1, {"no e-mail address": 1})
    told, lines = inside(base, people.claire, lambda door: informed.tell(door, going, held))
    assert told == "1 message part. 1 personne est retenue\N{NO-BREAK SPACE}:"
    assert lines == ["1 · sans adresse e-mail"]
    again = inside(base, people.claire, lambda door: state._inform(door, run, ids))
    assert again[0] == 0
    assert inside(base, people.claire, lambda door: done(door, run)).waiting == 1


def test_the_list_tells_those_that_wait_from_those_that_are_in(base: Database, people: Cast) -> None:
    first, second = sent(base, people.claire, export(ZOE)), sent(base, people.marc, export(ZOE))
    inside(base, people.claire, lambda door: state._foresee(door, first, FORM))
    inside(base, people.claire, lambda door: state._take(door, first, strict=False))
    rows = inside(base, people.marc, listing.read)
    assert [(row.id, row.waits, row.told) for row in rows] == [
        (second, True, ""),
        (first, False, "1 nouvelle personne"),
    ]


def test_who_does_not_recruit_finds_no_import(base: Database, people: Cast) -> None:
    run = sent(base, people.claire, export(ZOE))
    with base.work() as session:
        camille = as_candidate(talent(session, "Camille"))
    for who in (people.dora, camille):
        for fn in (
            lambda door: read(door, run),
            lambda door: done(door, run),
            lambda door: state._foresee(door, run, FORM),
            lambda door: state._take(door, run, strict=False),
            lambda door: state._give_up(door, run),
            lambda door: state._inform(door, run, [1]),
            listing.read,
        ):
            with pytest.raises(NotFound):
                inside(base, who, fn)


def test_a_file_given_up_is_forgotten(base: Database, people: Cast) -> None:
    run = sent(base, people.claire, export(ZOE))
    inside(base, people.claire, lambda door: state._give_up(door, run))
    with pytest.raises(NotFound):
        inside(base, replace(people.claire), lambda door: read(door, run))


def test_rejected_and_doubtful_lines_stand_apart_with_their_numbers_and_names(base: Database, people: Cast) -> None:
    header = ("Prénom", "Nom", "E-mail", "Téléphone")
    known = ("Olga", "Base", "olga@x.example", "0655000001")
    first = sent(base, people.claire, export(known, header=header))
    inside(base, people.claire, lambda door: state._foresee(door, first, FORM))
    inside(base, people.claire, lambda door: state._take(door, first, strict=False))
    rows = (
        ("Paul", "Martin", "paul(at)x.example", ""),
        ("Anne", "Faure", "", ""),
        ("Boris", "Autre", "boris@x.example", "0655000001"),
        ("Zoé", "Roux", "zoe@x.example", ""),
    )
    second = sent(base, people.claire, export(*rows, header=header))
    foreseen, _ = inside(base, people.claire, lambda door: state._foresee(door, second, FORM))
    taken, _ = inside(base, people.claire, lambda door: state._take(door, second, strict=False))
    for effect in (foreseen, taken, inside(base, people.claire, lambda door: done(door, second))):
        assert (effect.created, effect.rejected, effect.doubtful) == ("1", "2", "1")
        assert [one.name for one in effect.lines] == ["Paul Martin", "Anne Faure"]
        assert [one.name for one in effect.doubts] == ["Boris Autre"]
    told = inside(base, people.claire, lambda door: report_of(door.session, door.who, second)).told("fr")
    assert "2 lignes rejetées\u00a0:" in told
    assert "1 ligne en doute, tant que personne n’a décidé de qui elle parle\u00a0:" in told
    assert [line.partition("\u00a0: ")[0] for line in told if line.startswith("ligne")] == [
        "ligne 2, Paul Martin",
        "ligne 3, Anne Faure",
        "ligne 4, Boris Autre",
    ]


STOP = ("Nom", "Prénom", "E-mail", "Téléphone", "Métier", "Ville", "Date de candidature", "Ne pas contacter")


@pytest.mark.parametrize(
    "content",
    [export((*ZOE[:7], "Oui"), header=STOP), export(("Roux", "Paul", "paul@x.example", *ZOE[3:]))],
    ids=["a stop", "a doubt"],
)
def test_a_file_by_which_nobody_comes_in_is_heard_all_the_same(base: Database, people: Cast, content: bytes) -> None:
    for each in (export(ZOE), content):
        run = sent(base, people.claire, each)
        effect, _ = inside(base, people.claire, lambda door, run=run: state._foresee(door, run, FORM))
        assert not effect.nobody
        inside(base, people.claire, lambda door, run=run: state._take(door, run, strict=False))
    assert effect.press == "Tenir compte du fichier, sans importer personne"
    empty = sent(base, people.claire, export(("Roux", "", "broken", "", "", "", "", "")))
    effect, _ = inside(base, people.claire, lambda door: state._foresee(door, empty, FORM))
    assert (effect.nobody, effect.press) == (True, "Importer 0 personne")


def test_a_stop_list_is_said_on_the_page_and_remembered_until_it_is_taken(base: Database, people: Cast) -> None:
    first = sent(base, people.claire, export(ZOE))
    inside(base, people.claire, lambda door: state._foresee(door, first, FORM))
    inside(base, people.claire, lambda door: state._take(door, first, strict=False))
    run = sent(base, people.claire, export((ZOE[2],), ("new@x.example",), header=("E-mail",)))
    effect, asked = inside(base, people.claire, lambda door: state._foresee(door, run, FORM | {"stop_list": "on"}))
    assert (asked.stop_list, effect.nobody, effect.faulty, effect.created) == (True, False, False, "0")
    assert why_not(base, ZOE[2]) != "withdrawn"
    inside(base, people.claire, lambda door: state._take(door, run, strict=True))
    assert why_not(base, ZOE[2]) == "withdrawn"
    again = sent(base, people.claire, export(("new@x.example",), header=("E-mail",)))
    effect, _ = inside(base, people.claire, lambda door: state._foresee(door, again, FORM))
    assert (effect.created, effect.rejected) == ("0", "1")
