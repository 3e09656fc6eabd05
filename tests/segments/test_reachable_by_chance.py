"""On random pools the split of a segment says of each person what the gate says of them alone."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from portal.chains.models import ChainVersion
from portal.consent.rules import Basis, Purpose, Standing
from portal.conversations.models import Conversation
from portal.conversations.rules import Answer, Question
from portal.gate.law import decide
from portal.gate.queries import facts_for
from portal.gate.requests import Request
from portal.gate.rules import Verdict
from portal.kit.db import saved
from portal.opportunities.models import Opportunity
from portal.postbox.rules import LetterKind
from portal.segments.reachable import Aim, split_ids
from portal.talents.rules import SourceKind
from portal.timeline.who import Person
from tests.people import NOW, TODAY, staff, talent
from tests.segments.test_reachable import agrees, asked, job, questionnaire, version_of, wrote

# Early checks object seldom, or the later ones would never be asked.
seldom = st.sampled_from([False] * 7 + [True])
lives = st.fixed_dictionaries(
    {
        "zone": st.sampled_from(["Europe/Paris", "Pacific/Noumea", "America/Martinique"]),
        "bounced": seldom,
        "gone": seldom,
        "nowhere": seldom,
        "erased": seldom,
        "surveyed": st.sampled_from([None] * 5 + [3, 59, 60]),
        "stopped": st.booleans(),
        "source": st.sampled_from(SourceKind),
        "age": st.sampled_from([0, 30, 31, 45]),
        "standing": st.sampled_from([None, *Standing, *[Standing.GIVEN] * 6]),
        "basis": st.sampled_from(Basis),
        "expires": st.sampled_from([None, None, None, -1, 0, 1]),
        "notified": st.sampled_from([True, True, True, False]),
        "wrote": st.sampled_from([None, 3, 29, 31, 59, 60, 70]),
        "step": st.sampled_from([None, "news", "thanks"]),
        "open": st.booleans(),
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
    session: Session,
    number: int,
    life: dict[str, Any],
    staffed: list[Person],
    offered: list[int],
    survey: int,
    chain: int,
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
        about = None if life["about"] is None else offered[life["about"]]
        step = {"chain_id": chain, "step": life["step"], "opportunity_id": about} if life["step"] else {}
        wrote(session, someone, life["wrote"], **step)
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
            **({"deadline": NOW + timedelta(days=3)} if life["open"] else {}),
            later_on=TODAY + timedelta(days=life["about"] or 0) if life["answer"] is Answer.LATER else None,
        )  # fmt: skip
    if life["surveyed"] is not None:
        at = NOW - timedelta(days=life["surveyed"])
        asked(session, someone, staffed[1], question=Question.SURVEY, survey_id=survey, asked_at=at)
    session.flush()
    assert someone.id is not None
    return someone.id


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    pool=st.lists(lives, max_size=8),
    question=st.sampled_from([None, Question.STILL_LOOKING]),
    about=st.sampled_from([None, 0, 1]),
    inviting=st.booleans(),
    step=st.sampled_from([None, "news"]),
    closed=st.sampled_from([False, False, True]),
)
@pytest.mark.slow
def test_the_split_is_a_partition_and_says_what_the_gate_says_of_each_alone(
    session: Session,
    pool: list[dict[str, Any]],
    question: Question | None,
    about: int | None,
    inviting: bool,
    step: str | None,
    closed: bool,
) -> None:
    with session.begin_nested() as kept:
        staffed = [staff(session), staff(session, "Louis")]
        offered = [job(session, staffed[0]), job(session, staffed[0])]
        survey = questionnaire(session, staffed[0])
        chain = saved(session.get_one(ChainVersion, version_of(session, staffed[0])).chain_id)
        if closed:
            session.get_one(Opportunity, offered[0]).closed_at = NOW
            session.flush()
        ids = [live(session, number, life, staffed, offered, survey, chain) for number, life in enumerate(pool)]
        aim = Aim(
            question=question,
            opportunity_id=None if about is None else offered[about],
            survey_id=survey if inviting else None,
            chain_id=chain if step else None,
            step=step,
        )

        told = split_ids(session, staffed[0], ids, now=NOW, aim=aim)

        placed = [*told.reachable, *(id_ for bucket in told.blocked for id_ in bucket.talent_ids)]
        assert sorted(placed) == sorted(ids)
        reasons = {id_: (b.reason.check, b.because) for b in told.blocked for id_ in b.talent_ids}
        for id_ in ids:
            request = Request(
                kind=LetterKind.CONTACT, talent_id=id_, purpose=Purpose.POOL, question=aim.question,
                opportunity_id=aim.opportunity_id, survey_id=aim.survey_id, author_id=staffed[0].id,
                chain_id=aim.chain_id, step=aim.step,
            )  # fmt: skip
            alone = decide(facts_for(session, [request], now=NOW)[0])
            expected = None if alone.verdict is Verdict.GO else (alone.check, alone.because)
            assert reasons.get(id_) == expected
        kept.rollback()
    session.expunge_all()
