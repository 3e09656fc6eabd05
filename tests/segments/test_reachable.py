"""Reachable now splits any segment exactly, and says of each person what the gate says of them."""

from datetime import timedelta
from typing import Any

from sqlmodel import Session

from portal.chains.models import Chain, ChainVersion, Enrolment, Launch
from portal.consent.models import Consent
from portal.consent.rules import Basis, Purpose, Standing
from portal.conversations.models import Ask, Conversation
from portal.conversations.rules import Answer, Question
from portal.gate.models import GateDecision
from portal.gate.rules import Check, Verdict
from portal.kit.db import new_id, saved
from portal.opportunities.models import Opportunity
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind, LetterState
from portal.segments.models import Segment
from portal.segments.reachable import Aim, split
from portal.segments.reading import read
from portal.surveys.models import Survey
from portal.talents.models import Talent
from portal.talents.vocabulary import Contract
from portal.timeline.who import Person
from tests.people import NOW, TODAY, staff, talent

NURSES = read({"kind": "all", "of": [{"kind": "job", "one_of": ["J1506"]}]})


def agrees(session: Session, someone: Talent, **columns: Any) -> None:
    known: dict[str, Any] = {
        "purpose": Purpose.POOL, "basis": Basis.CONSENT, "standing": Standing.GIVEN, "since": NOW - timedelta(days=90),
        "expires_on": TODAY + timedelta(days=300), "notified_at": NOW - timedelta(days=90),
    }  # fmt: skip
    session.add(Consent(talent_id=someone.id, **(known | columns)))
    session.flush()


def asked(session: Session, someone: Talent, owner: Person, **columns: Any) -> None:
    known: dict[str, Any] = {
        "question": Question.STILL_LOOKING, "asked_at": NOW - timedelta(days=20), "deadline": NOW - timedelta(days=6),
    }  # fmt: skip
    session.add(Ask(talent_id=someone.id, owner_id=owner.id, **(known | columns)))
    session.flush()


def wrote(session: Session, someone: Talent, days_ago: int, **columns: Any) -> None:
    """A contact letter left so long ago."""
    at, letter_id, decision_id = NOW - timedelta(days=days_ago), new_id(), new_id()
    session.add(
        GateDecision(
            id=decision_id,
            letter_id=letter_id,
            talent_id=someone.id,
            at=at,
            kind=LetterKind.CONTACT,
            verdict=Verdict.GO,
            asked_by="system",
        )
    )
    session.flush()
    session.add(
        Letter(
            id=letter_id, decision_id=decision_id, talent_id=someone.id, kind=LetterKind.CONTACT, template="question",
            locale="fr", address="x@people.example", subject="?", message_id=f"<{letter_id}@house.example>",
            state=LetterState.SENT, queued_at=at, not_before=at, **columns,
        )
    )  # fmt: skip
    session.flush()


def version_of(session: Session, owner: Person) -> int:
    chain = Chain(name="Similar job", owner_id=owner.id, created_at=NOW)
    session.add(chain)
    session.flush()
    version = ChainVersion(chain_id=chain.id, number=1, definition={}, author_id=owner.id, created_at=NOW)
    session.add(version)
    session.flush()
    return saved(version.id)


def enrolled(session: Session, someone: Talent, owner: Person) -> int:
    """Someone went through a launch of `owner`."""
    segment = Segment(name="Nurses", owner_id=owner.id, rule={}, created_at=NOW, updated_at=NOW)
    session.add(segment)
    session.flush()
    launch = Launch(
        version_id=version_of(session, owner),
        segment_id=segment.id,
        owner_id=owner.id,
        state="done",
        starts_at=NOW,
        created_at=NOW,
    )
    session.add(launch)
    session.flush()
    way = Enrolment(launch_id=launch.id, talent_id=someone.id, step="question", state="ended", entered_at=NOW)
    session.add(way)
    session.flush()
    assert way.id is not None
    return way.id


def job(session: Session, owner: Person) -> int:
    row = Opportunity(owner_id=owner.id, title="Infirmière de bloc", contract=Contract.CDI, created_at=NOW)
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def questionnaire(session: Session, owner: Person) -> int:
    row = Survey(owner_id=owner.id, title_fr="Votre avis", created_at=NOW)
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def test_each_nurse_stands_in_one_bucket_with_the_reason_the_gate_gives(session: Session) -> None:
    me, colleague = staff(session), staff(session, "Louis")
    people = {
        name: talent(session, name, job_code="J1506") for name in ("Awa", "Bo", "Carl", "Dina", "Eve", "Fay", "Gus")
    }
    for name in ("Awa", "Carl", "Dina", "Eve", "Fay"):
        agrees(session, people[name])
    agrees(session, people["Gus"], expires_on=TODAY)
    asked(session, people["Carl"], me, answer=Answer.LATER, answered_at=NOW, later_on=TODAY + timedelta(days=90))
    session.add(Conversation(talent_id=people["Dina"].id, owner_id=colleague.id, opened_at=NOW))
    wrote(session, people["Eve"], days_ago=3)
    people["Fay"].bounced_at = NOW
    session.add(people["Fay"])
    session.flush()

    told = split(session, me, NURSES, now=NOW)

    assert told.reachable == (people["Awa"].id,)
    assert [(bucket.reason.check, bucket.because, bucket.talent_ids) for bucket in told.blocked] == [
        (Check.PERSON, "bounced", (people["Fay"].id,)),
        (Check.BASIS, "no_basis", (people["Bo"].id,)),
        (Check.BASIS, "expired", (people["Gus"].id,)),
        (Check.ALREADY_ASKED, "conversation_open", (people["Dina"].id,)),
        (Check.ANSWERS, "later", (people["Carl"].id,)),
        (Check.RHYTHM, "rhythm", (people["Eve"].id,)),
    ]
    assert told.total == 7
    assert told.blocked[1].label("fr") == "sans base légale valable"


def test_my_own_conversation_does_not_keep_me_from_writing(session: Session) -> None:
    me = staff(session)
    someone = talent(session, "Awa", job_code="J1506")
    agrees(session, someone)
    session.add(Conversation(talent_id=someone.id, owner_id=me.id, opened_at=NOW))
    session.flush()
    assert split(session, me, NURSES, now=NOW).reachable == (someone.id,)


def test_who_was_asked_about_a_job_is_not_reachable_for_it_again_but_for_another(session: Session) -> None:
    me = staff(session)
    someone = talent(session, "Awa", job_code="J1506")
    agrees(session, someone)
    theatre, ward = job(session, me), job(session, me)
    way = enrolled(session, someone, me)
    answered = {"answer": Answer.LATER, "answered_at": NOW - timedelta(days=20)}
    asked(session, someone, me, question=Question.OPPORTUNITY, opportunity_id=theatre, enrolment_id=way, **answered)
    assert split(session, me, NURSES, now=NOW, aim=Aim(opportunity_id=theatre)).blocked[0].because == "same_opportunity"
    assert split(session, me, NURSES, now=NOW, aim=Aim(opportunity_id=ward)).reachable == (someone.id,)


def test_who_was_asked_about_a_job_and_stayed_silent_is_told_from_who_may_still_answer(session: Session) -> None:
    me = staff(session)
    theatre = job(session, me)
    for name, days in (("Awa", -6), ("Lou", 6)):
        someone = talent(session, name, job_code="J1506")
        agrees(session, someone)
        deadline = NOW + timedelta(days=days)
        asked(session, someone, me, question=Question.OPPORTUNITY, opportunity_id=theatre, deadline=deadline)
    held = split(session, me, NURSES, now=NOW, aim=Aim(opportunity_id=theatre)).blocked
    assert {bucket.because: bucket.count for bucket in held} == {"same_opportunity": 1, "silent_on_job": 1}


def test_sunday_night_makes_nobody_unreachable(session: Session) -> None:
    me = staff(session)
    someone = talent(session, "Awa", job_code="J1506")
    agrees(session, someone)
    sunday_night = NOW + timedelta(days=5, hours=12)
    assert split(session, me, NURSES, now=sunday_night).reachable == (someone.id,)
