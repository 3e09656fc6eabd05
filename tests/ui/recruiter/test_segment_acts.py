"""What a recruiter can do at once about those whom something holds back."""

from datetime import timedelta

from sqlmodel import Session, select

from portal.conversations.actions import open_conversation
from portal.conversations.models import Conversation
from portal.gate.law.reason import Act
from portal.kit.db import saved
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind
from portal.ui.doors import Door
from portal.ui.recruiter.segment import acting, counting, tree
from tests.cast import NOW, Cast, talent

NURSES = tree.planted({"kind": "all", "of": [{"kind": "job", "one_of": ["J1506"]}]})


def buckets(door: Door) -> dict[str, str]:
    return {one.key: one.count for one in counting.counted(door, NURSES, 0, "", 1).buckets}


def test_those_without_a_legal_ground_get_the_first_information_once(session: Session, door: Door) -> None:
    for name in ("Léa", "Mia"):
        talent(session, name, job_code="J1506", consented=False)
    ids = counting.in_bucket(door, NURSES, 0, "no_basis")
    assert acting._question(door, Act.INFORM, len(ids))[0] == "Envoyer la première information à 2 personnes\u202f?"
    assert acting._do(door, Act.INFORM, ids) == (2, {})
    assert [one.kind for one in session.exec(select(Letter))] == [LetterKind.NOTICE] * 2
    going, held = acting._do(door, Act.INFORM, ids)
    told, lines = acting._told(door, Act.INFORM, going, held)
    assert (going, held.total(), lines) == (0, 2, ["2 · déjà informés"])
    assert told.startswith("Aucun message ne part. 2 personnes")


def test_a_colleagues_conversations_are_taken_over_and_their_people_can_be_written_to(
    session: Session, people: Cast, door: Door
) -> None:
    nora, mine = (saved(talent(session, name, job_code="J1506").id) for name in ("Nora", "Inès"))
    open_conversation(session, people.marc, nora, people.marc.id, now=NOW)
    open_conversation(session, people.claire, mine, people.claire.id, now=NOW)
    assert buckets(door) == {"reachable": "1", "conversation_open": "1"}
    ids = counting.in_bucket(door, NURSES, 0, "conversation_open")
    assert ids == [nora]
    assert acting._do(door, Act.TAKE_OVER, ids) == (1, {})
    assert buckets(door) == {"reachable": "2"}
    assert {one.owner_id for one in session.exec(select(Conversation))} == {people.claire.id}
    assert acting._do(door, Act.TAKE_OVER, [mine, nora]) == (0, {}), "what is mine already stays"


def test_whom_time_alone_holds_back_is_shown_with_the_day_they_come_back(session: Session, door: Door) -> None:
    later = talent(session, "Zoé", job_code="J1506", paused_until=(NOW + timedelta(days=9)).date())
    session.flush()
    (seen,) = counting.counted(door, NURSES, 0, "paused", 1).people
    assert seen.id == later.id
    assert seen.reach.endswith("jusqu’au 3 déc. 2026")
