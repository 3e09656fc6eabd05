"""What files left behind of someone is theirs to read; what is somebody else's is not."""

import pytest
from sqlmodel import select

from portal.imports import actions as imports
from portal.kit.db import Database, saved
from portal.privacy.mirror import document
from portal.talents.models import Doubt
from portal.timeline.who import Person, Role
from portal.ui.candidate.data.shown import shown
from portal.ui.doors import Door
from tests.imports.files import CONSENT, HEADER, ZOE, bring, export, pool, recruiter
from tests.trust import NOW


def themself(talent_id: int) -> Person:
    return Person(talent_id, Role.CANDIDATE, "Zoé", "fr", "Europe/Paris", fresh=True)


def lines(house: Database, talent_id: int, title: str) -> list[tuple[str, str, str]]:
    with house.work() as session:
        parts, _, _ = shown(Door(session, themself(talent_id), NOW))
    (part,) = [part for part in parts if part.title == title]
    return [(one.name, one.value, one.source) for one in part.lines]


@pytest.mark.own_database
def test_what_a_file_replaced_is_in_it_with_who_had_said_it(house: Database) -> None:
    header = (*HEADER, "Salaire souhaité", "Date de consentement", "Texte de consentement")
    bring(house, export((*ZOE[:5], "Lyon", "01/10/2026", "", "45k net", "01/10/2026", "Oui."), header=header), CONSENT)
    again = (*ZOE[:5], "Nantes", "03/10/2026", "", "45k", "03/10/2026", "Oui, oui.")
    bring(house, export(again, header=header), CONSENT)
    zoe = saved(pool(house)[0].id)
    with house.work() as session:
        held = {row["field"]: row for row in document(session, themself(zoe), now=NOW)["replaced"]}
    by = {"said_by": "source", "said_on": "2026-10-01", "source": "Export ATS"}
    place = {"place_name": "Lyon", "place_code": "69123"}
    assert held["place_name"] == {"import_id": 2, "field": "place_name", "value": place, **by}
    assert held["unread.salary_floor"]["value"] == {"unread.salary_floor": "45k net"}
    assert held["collected"]["value"] == {"collected_on": "2026-10-01", "source_kind": "ats_export"}
    assert held["consent"]["value"]["standing"] == "given"
    assert "salary_floor" not in held
    told = {name: (words, source) for name, words, source in lines(house, zoe, "Ce que des fichiers ont remplacé")}
    assert told["lieu de travail"] == ("Lyon", "avant l’import n°\u00a02 (Export ATS)")
    assert told["jour et source de la collecte"][0] == "1er oct. 2026, export ATS"


def test_of_a_line_in_doubt_they_read_what_it_shares_with_them_until_it_is_theirs(house: Database) -> None:
    who = recruiter(house)
    bring(house, export(ZOE))
    bring(house, export(("Roux", "Zoë-Anne", "za@x.example", *ZOE[3:4], "Cariste", "Brest", "02/10/2026", "")))
    zoe, title = saved(pool(house)[0].id), "Lignes de fichiers qui parlent peut-être de vous"
    with house.work() as session:
        (row,) = document(session, themself(zoe), now=NOW)["doubts"]
        assert (row["theirs"], row["values"]) == (None, {"last_name": "Roux", "phone": "+33612345678"})
        doubt = saved(session.exec(select(Doubt)).one().id)
    ((_, words, _),) = lines(house, zoe, title)
    assert "za@x.example" not in words
    assert "+33 6 12 34 56 78" in words
    with house.work() as session:
        imports.two_people(session, who, doubt, now=NOW)
        other = session.exec(select(Doubt)).one().undo["created"]
        (theirs,) = document(session, themself(other), now=NOW)["doubts"]
        assert (theirs["theirs"], theirs["values"]["email"]) == (True, "za@x.example")
        (row,) = document(session, themself(zoe), now=NOW)["doubts"]
        assert (row["theirs"], "email" in row["values"]) == (False, False)
        imports.take_back(session, who, doubt, now=NOW)
        imports.same_person(session, who, doubt, now=NOW)
        (row,) = document(session, themself(zoe), now=NOW)["doubts"]
        assert (row["theirs"], row["values"]["email"]) == (True, "za@x.example")
    assert "reconnue comme parlant de vous" in lines(house, zoe, title)[0][1]
