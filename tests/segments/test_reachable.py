"""Reachable now splits any segment exactly, and says of each person what the gate says of them."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from portal.chains.models import Chain, ChainVersion, Enrolment, Launch
from portal.consent.models import Consent
from portal.consent.rules import Basis, Purpose, Standing
from portal.conversations.models import Ask, Conversation
from portal.conversations.rules import Answer, Question
from portal.gate.law import decide
from portal.gate.models import GateDecision
from portal.gate.queries import facts_for
from portal.gate.requests import Request
from portal.gate.rules import Check, Verdict
from portal.kit.db import new_id
from portal.opportunities.models import Opportunity
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind, LetterState
from portal.segments.models import Segment
from portal.segments.reachable import Aim, split, split_ids
from portal.segments.reading import read
from portal.surveys.models import Survey
from portal.talents.models import Talent
from portal.talents.rules import SourceKind
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


def wrote(session: Session, someone: Talent, days_ago: int) -> None:
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
            state=LetterState.SENT, queued_at=at, not_before=at,
        )
    )  # fmt: skip
    session.flush()


def enrolled(session: Session, someone: Talent, owner: Person) -> int:
    """Someone went through a launch of `owner`."""
    chain = Chain(name="Similar job", owner_id=owner.id, created_at=NOW)
    segment = Segment(name="Nurses", owner_id=owner.id, rule={}, created_at=NOW, updated_at=NOW)
    session.add_all([chain, segment])
    session.flush()
    version = ChainVersion(chain_id=chain.id, number=1, definition={}, author_id=owner.id, created_at=NOW)
    session.add(version)
    session.flush()
    launch = Launch(
        version_id=version.id, segment_id=segment.id, owner_id=owner.id, state="done", starts_at=NOW, created_at=NOW
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
    asked(session, someone, me, question=Question.OPPORTUNITY, opportunity_id=theatre, enrolment_id=way)
    assert split(session, me, NURSES, now=NOW, aim=Aim(opportunity_id=theatre)).blocked[0].because == "same_opportunity"
    assert split(session, me, NURSES, now=NOW, aim=Aim(opportunity_id=ward)).reachable == (someone.id,)


def test_sunday_night_makes_nobody_unreachable(session: Session) -> None:
    me = staff(session)
    someone = talent(session, "Awa", job_code="J1506")
    agrees(session, someone)
    sunday_night = NOW + timedelta(days=5, hours=12)
    assert split(session, me, NURSES, now=sunday_night).reachable == (someone.id,)


# Early checks object seldom, or the later ones would never be asked.
seldom = st.sampled_from([False] * 7 + [True])
lives = st.fixed_dictionaries(
    {
        "zone": st.sampled_from(["Europe/Paris", "Pacific/Noumea", "America/Martinique"]),
        "bounced": seldom,
        "gone": seldom,
        "nowhere": seldom,
        "erased": seldom,
        "surveyed": seldom,
        "stopped": st.booleans(),
        "source": st.sampled_from(SourceKind),
        "age": st.sampled_from([0, 30, 31, 45]),
        "standing": st.sampled_from([None, *Standing, *[Standing.GIVEN] * 6]),
        "basis": st.sampled_from(Basis),
        "expires": st.sampled_from([None, None, None, -1, 0, 1]),
        "notified": st.sampled_from([True, True, True, False]),
        "wrote": st.sampled_from([None, 3, 29, 31, 70]),
        "rhythm": st.sampled_from([None, 7, 90]),
        "paused": st.sampled_from([None, 0, 5]),
        "talks_with": st.sampled_from([None, "me", "colleague"]),
        "asked": st.sampled_from([None, *Question]),
        "answer": st.sampled_from([None, *Answer]),
        "answered": st.sampled_from([1, 100, 179, 180, 200]),
        "about": st.sampled_from([None, 0, 1]),
    }
)


def live(
    session: Session, number: int, life: dict[str, Any], staffed: list[Person], offered: list[int], survey: int
) -> int:
    someone = talent(
        session,
        f"Person {number}",
        **({"email": None, "phone": f"+3361234{number:04d}"} if life["nowhere"] else {}),
        zone=life["zone"],
        source_kind=life["source"],
        created_at=NOW - timedelta(days=life["age"]),
        erased_at=NOW if life["erased"] else None,
        bounced_at=NOW if life["bounced"] else None,
        do_not_contact_at=NOW if life["gone"] else None,
        rhythm_days=life["rhythm"],
        paused_until=None if life["paused"] is None else TODAY + timedelta(days=life["paused"]),
    )
    if life["standing"]:
        until = None if life["expires"] is None else TODAY + timedelta(days=life["expires"])
        seen = NOW if life["notified"] else None
        agrees(session, someone, standing=life["standing"], basis=life["basis"], expires_on=until, notified_at=seen)
    if life["wrote"] is not None:
        wrote(session, someone, life["wrote"])
    if life["talks_with"]:
        owner = staffed[0 if life["talks_with"] == "me" else 1]
        session.add(
            Conversation(
                talent_id=someone.id,
                owner_id=owner.id,
                opened_at=NOW,
                follow_ups_stopped_at=NOW if life["stopped"] else None,
            )
        )
    if life["asked"]:
        asked(
            session, someone, staffed[1], question=life["asked"],
            opportunity_id=None if life["about"] is None else offered[life["about"]],
            answer=life["answer"], answered_at=NOW - timedelta(days=life["answered"]) if life["answer"] else None,
            later_on=TODAY + timedelta(days=life["about"] or 0) if life["answer"] is Answer.LATER else None,
        )  # fmt: skip
    if life["surveyed"]:
        asked(session, someone, staffed[1], question=Question.SURVEY, survey_id=survey)
    session.flush()
    assert someone.id is not None
    return someone.id


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    pool=st.lists(lives, max_size=8),
    question=st.sampled_from([None, Question.STILL_LOOKING]),
    about=st.sampled_from([None, 0, 1]),
    inviting=st.booleans(),
)
@pytest.mark.slow
def test_the_split_is_a_partition_and_says_what_the_gate_says_of_each_alone(
    session: Session, pool: list[dict[str, Any]], question: Question | None, about: int | None, inviting: bool
) -> None:
    with session.begin_nested() as kept:
        staffed = [staff(session), staff(session, "Louis")]
        offered = [job(session, staffed[0]), job(session, staffed[0])]
        survey = questionnaire(session, staffed[0])
        ids = [live(session, number, life, staffed, offered, survey) for number, life in enumerate(pool)]
        aim = Aim(
            question=question,
            opportunity_id=None if about is None else offered[about],
            survey_id=survey if inviting else None,
        )

        told = split_ids(session, staffed[0], ids, now=NOW, aim=aim)

        placed = [*told.reachable, *(id_ for bucket in told.blocked for id_ in bucket.talent_ids)]
        assert sorted(placed) == sorted(ids)
        reasons = {id_: (b.reason.check, b.because) for b in told.blocked for id_ in b.talent_ids}
        for id_ in ids:
            request = Request(
                kind=LetterKind.CONTACT, talent_id=id_, purpose=Purpose.POOL, question=aim.question,
                opportunity_id=aim.opportunity_id, survey_id=aim.survey_id, author_id=staffed[0].id,
            )  # fmt: skip
            alone = decide(facts_for(session, [request], now=NOW)[0])
            expected = None if alone.verdict is Verdict.GO else (alone.check, alone.because)
            assert reasons.get(id_) == expected
        kept.rollback()
    session.expunge_all()
