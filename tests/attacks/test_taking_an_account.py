"""Nobody else's word changes where someone's sign-in letters go: no line of a file, no colleague, nothing that is undone."""

import re
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from portal.conversations.rules import Answer
from portal.imports import actions as imports
from portal.kit.db import saved
from portal.privacy.actions import erase
from portal.privacy.mirror import document
from portal.signin import changing
from portal.talents.models import Doubt, Talent
from portal.ui.candidate.wishes.address import _propose
from portal.ui.doors import Door
from portal.ui.recruiter.talent.state import _save
from tests.arrivals import ask, browser, come_in, last, press, subjects, who
from tests.cast import Cast, cast, talent
from tests.imports.files import bring, export
from tests.scenes import answer, launched
from tests.world import World

HERS, EVIL = "zoe@candidat.example", "attaquant@evil.example"
HEADER = ("Nom", "Prénom", "Email", "Téléphone")
LINE = ("Martin", "Zoé", EVIL, "+33612345678")


def zoe(world: World) -> tuple[Cast, int]:
    with world.database.work() as session:
        return cast(session), saved(talent(session, "Zoé", phone="+33612345678", name_key="zoe martin").id)


def address(world: World, talent_id: int) -> str | None:
    with world.database.work() as session:
        return session.get_one(Talent, talent_id).email


def test_one_line_of_a_spreadsheet_takes_no_account(world: World) -> None:
    _, id_ = zoe(world)
    at = come_in(world, HERS)
    report = bring(world.database, export(LINE, header=HEADER))
    assert address(world, id_) == HERS
    assert ask(world, browser(world), EVIL) == ""
    assert who(world, at) is not None
    # A person decides: it is neither taken in nor lost.
    assert (report.created, report.updated, [told.line for told in report.doubtful]) == (0, 0, [2])


@pytest.mark.parametrize("decision", ["same_person", "two_people"])
def test_whatever_is_decided_about_that_line_it_takes_no_account(world: World, decision: str) -> None:
    people, id_ = zoe(world)
    come_in(world, HERS)
    bring(world.database, export(LINE, header=HEADER))
    with world.database.work() as session:
        getattr(imports, decision)(session, people.claire, session.exec(select(Doubt.id)).one(), now=world.now)
    assert address(world, id_) == HERS
    at = browser(world)
    link = ask(world, at, EVIL)
    assert bool(link) is (decision == "two_people")  # then it is somebody else's own file
    # The same file, next week: nobody is asked a second time.
    world.later(days=7)
    assert bring(world.database, export(LINE, header=HEADER)).rejected == ()
    assert address(world, id_) == HERS


def test_someone_who_answered_from_a_letter_has_proven_their_address_too(world: World) -> None:
    scene = launched(world, "Zoe")
    answer(world, "zoe", Answer.YES)
    with world.database.work() as session:
        one = session.get_one(Talent, scene.ids["Zoe"])
        one.phone, one.name_key = "+33612345678", "zoe martin"
        session.add(one)
    bring(world.database, export(("Martin", "Zoé", EVIL, "+33612345678"), header=HEADER))
    assert address(world, scene.ids["Zoe"]) == HERS


def test_an_address_nobody_proved_is_still_corrected_by_a_file(world: World) -> None:
    _, id_ = zoe(world)
    bring(world.database, export(LINE, header=HEADER))
    assert address(world, id_) == EVIL


def test_no_colleague_becomes_a_candidate_by_one_edit(world: World) -> None:
    people, id_ = zoe(world)
    at = come_in(world, HERS)
    with world.database.work() as session:
        door = Door(session, people.claire, world.now)
        _save(door, id_, {"email": "recruteur.prive@evil.example"})
    assert address(world, id_) == HERS
    assert ask(world, browser(world), "recruteur.prive@evil.example") == ""
    assert who(world, at) is not None


def test_the_database_refuses_what_no_code_thought_of(world: World) -> None:
    _, id_ = zoe(world)
    come_in(world, HERS)
    take = sa.update(Talent).where(col(Talent.id) == id_).values(email=EVIL)
    for more in ({}, {"said": {}}, {"proven_at": None}):
        with pytest.raises(sa.exc.DBAPIError), world.database.work() as session:
            session.execute(take.values(more))
    assert address(world, id_) == HERS


def test_asking_for_an_address_tells_nobody_whether_it_is_known(world: World) -> None:
    """The page, what waits and all the person may read are the same for an address nobody has and for somebody's."""
    wanted = {"Ana": "free@x.example", "Bea": "paul@candidat.example", "Cleo": "claire@vivier.example"}
    with world.database.work() as session:
        cast(session)
        for name in (*wanted, "Paul"):
            talent(session, name)
    told = []
    for name, address_wanted in wanted.items():
        me = who(world, come_in(world, f"{name.lower()}@candidat.example"))
        assert me is not None
        with world.database.work() as session:
            other, said = _propose(Door(session, me, world.now), address_wanted)
        world.work()
        with world.database.work() as session:
            seen = document(session, me, now=world.now)
        told.append(re.sub("[0-9]+", "…", str((other.told, said, _shape(seen))).replace(address_wanted, "…")))
    assert told[0] == told[1] == told[2]
    assert "addresses" in told[0]
    for known in ("paul@candidat.example", "claire@vivier.example"):
        assert subjects(world, known) == ["Quelqu’un a demandé à utiliser votre adresse"]
    assert subjects(world, "free@x.example") == ["Est-ce votre adresse ?"]


def _shape(seen: dict[str, Any]) -> dict[str, Any]:
    """What of a mirror could tell two people apart by more than their name and address."""
    return {name: len(rows) if isinstance(rows, list) else "" for name, rows in seen.items()} | {
        "kinds": [(row["kind"], row["params"].get("template")) for row in seen["history"]],
        "states": [row["state"] for row in seen["addresses"]],
    }


def test_in_the_month_after_a_change_an_erasure_is_told_to_both(world: World) -> None:
    people, id_ = zoe(world)
    come_in(world, HERS)
    with world.database.work() as session:
        changing.propose(session, people.claire, id_, EVIL, now=world.now)
    world.work()
    press(browser(world), last(world, EVIL))
    at = come_in(world, EVIL)
    me = who(world, at)
    assert me is not None
    with world.database.work() as session:
        erase(session, me, id_, now=world.now)
    assert subjects(world, HERS)[-1] == subjects(world, EVIL)[-1] == "Vos données sont effacées"
