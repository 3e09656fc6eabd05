"""Two rows of one person, and all that can hang on each."""

import uuid
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col, select

from portal.booking.models import Booking, Slot
from portal.chains.models import Chain, ChainVersion, Enrolment, Launch
from portal.chains.rules import EnrolmentState, LaunchState
from portal.consent import actions as consents
from portal.consent.models import Consent
from portal.consent.queries import current_notice
from portal.consent.rules import Basis, Purpose, Standing
from portal.conversations.models import Ask, Conversation, Message
from portal.conversations.rules import Question
from portal.gate.actions import put
from portal.gate.requests import Draft, Request
from portal.kit.db import saved
from portal.postbox.content import Content, p
from portal.postbox.models import Letter, LetterLink
from portal.postbox.rules import LetterKind, LetterState, LinkPurpose
from portal.surveys.models import Survey, SurveyResponse
from portal.talents.models import Doubt, ImportChange, Source, Talent
from portal.talents.notes import write_note
from portal.talents.rules import SourceKind
from portal.talents.tags import put_tag
from portal.timeline.actions import record
from portal.timeline.who import Person, Role, System
from tests.people import NOW, candidate, staff, talent

QUESTIONS = [{"kind": "text", "key": "why", "fr": "Pourquoi ?", "en": "Why?"}]
BEFORE, LATER = NOW - timedelta(days=40), NOW + timedelta(hours=1)


def said(by: str, on: str, *names: str) -> dict[str, Any]:
    return {name: {"by": by, "on": on} for name in names}


def two(session: Session, **other: Any) -> tuple[Talent, Talent]:
    """Zoé twice: from an export in May, and from a fair in June under another address."""
    zoe = talent(
        session,
        "Zoé Roux",
        place="69123",
        phone="+33612345678",
        job_code="J1506",
        job_text="infirmière",
        skills=["triage"],
        said=said(
            "source", "2026-05-01", "email", "phone", "job_text", "job_code", "skills", "place_name", "place_code"
        ),
        collected_on=date(2026, 5, 1),
        source_kind=SourceKind.ATS_EXPORT,
    )
    known: dict[str, Any] = {
        "place": "69123",
        "email": "z.roux@ailleurs.example",
        "job_code": "J1506",
        "job_text": "infirmière de bloc",
        "radius_km": 30,
        "said": said("source", "2026-06-01", "email", "job_text", "job_code", "place_name", "place_code")
        | said("talent", "2026-06-02", "radius_km")
        | {"unread.salary_floor": {"by": "source", "on": "2026-06-01", "text": "à négocier"}}
        | {"unread.job_text": {"by": "source", "on": "2026-06-01", "text": "et un peu tout"}},
        "collected_on": date(2026, 6, 1),
        "source_kind": SourceKind.EVENT,
    }
    return zoe, talent(session, "Zoé Roux", **(known | other))


def doubt_about(session: Session, one: Talent, other: Talent) -> int:
    row = Doubt(
        talent_id=saved(one.id),
        other_id=saved(other.id),
        sentence="Both have this name, and {fact} as well: are they one person?",
        params={"fact": "the same job"},
        found_at=NOW,
    )
    session.add(row)
    session.flush()
    return saved(row.id)


def consent(session: Session, one: Talent, standing: Standing, **more: Any) -> None:
    row: dict[str, Any] = {"purpose": Purpose.POOL, "basis": Basis.CONSENT, "since": BEFORE, "notified_at": BEFORE}
    session.add(Consent(talent_id=saved(one.id), standing=standing, **(row | more)))
    session.flush()


def letter(session: Session, one: Talent, kind: LetterKind = LetterKind.SERVICE, **more: Any) -> Letter:
    """A letter the gate let go; sent unless told otherwise."""
    request = Request(kind, talent_id=one.id, purpose=Purpose.POOL, **more)
    content = Content(template="digest", locale="fr", subject="Bonjour", blocks=(p("Bonjour"),))
    (outcome,) = put(session, System("test"), [Draft(request, content)], now=BEFORE)
    assert outcome.letter_id is not None
    found = session.get_one(Letter, outcome.letter_id)
    found.state, found.sent_at = LetterState.SENT, BEFORE
    session.add(found)
    session.flush()
    return found


class Life:
    """What can hang on one person, each thing written the way the product writes it, or as its row stands."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.claire = staff(session, "Claire")
        self.survey = self._add(
            Survey(owner_id=self.claire.id, title_fr="Enquête", questions=QUESTIONS, created_at=BEFORE)
        )
        self.launches = [self._launch() for _ in range(2)]
        self.tags = ["Salon", "Bloc"]
        self.runs = 0

    def _add(self, row: Any) -> Any:
        self.session.add(row)
        self.session.flush()
        return row

    def _launch(self) -> Launch:
        chain = self._add(Chain(name="En veille ?", owner_id=self.claire.id, created_at=BEFORE))
        version = ChainVersion(chain_id=chain.id, number=1, definition={}, author_id=self.claire.id, created_at=BEFORE)
        self._add(version)
        return self._add(
            Launch(
                version_id=version.id,
                owner_id=self.claire.id,
                state=LaunchState.RUNNING,
                starts_at=BEFORE,
                created_at=BEFORE,
            )
        )

    def note(self, one: Talent) -> None:
        write_note(self.session, self.claire, saved(one.id), "Permis B", now=BEFORE)

    def tag(self, one: Talent) -> None:
        put_tag(self.session, self.claire, [saved(one.id)], self.tags[saved(one.id) % 2], now=BEFORE)
        put_tag(self.session, self.claire, [saved(one.id)], self.tags[0], now=BEFORE)

    def source(self, one: Talent) -> None:
        day = date(2026, 5, 1)
        self._add(Source(talent_id=one.id, kind=SourceKind.EVENT, text="Salon", collected_on=day, recorded_at=BEFORE))

    def way(self, one: Talent) -> None:
        for launch in self.launches[: 1 + saved(one.id) % 2]:
            self._add(
                Enrolment(
                    launch_id=launch.id,
                    talent_id=one.id,
                    step="ask",
                    state=EnrolmentState.DUE,
                    due_at=NOW,
                    entered_at=BEFORE,
                )
            )

    def conversation(self, one: Talent) -> None:
        opened = self._add(
            Conversation(talent_id=one.id, owner_id=self.claire.id, opened_at=BEFORE, waiting_since=BEFORE)
        )
        self._add(Message(conversation_id=opened.id, talent_id=one.id, at=BEFORE, from_talent=True, text="Bonjour"))

    def answer(self, one: Talent) -> None:
        sent = letter(self.session, one)
        asked = self._add(
            Ask(
                talent_id=one.id, owner_id=self.claire.id, letter_id=sent.id, question=Question.STILL_LOOKING,
                asked_at=BEFORE, deadline=NOW + timedelta(days=30),
            )
        )  # fmt: skip
        self._add(
            LetterLink(
                letter_id=sent.id, talent_id=one.id, purpose=LinkPurpose.ANSWER, act={"ask": asked.id},
                token_hash=uuid.uuid4().bytes, created_at=BEFORE, expires_at=NOW + timedelta(days=30),
            )
        )  # fmt: skip

    def meeting(self, one: Talent) -> None:
        begins = NOW + timedelta(days=3, hours=saved(one.id) % 500)
        slot = self._add(Slot(staff_id=self.claire.id, starts_at=begins, ends_at=begins + timedelta(minutes=30)))
        self._add(
            Booking(
                slot_id=slot.id,
                talent_id=one.id,
                staff_id=self.claire.id,
                booked_at=BEFORE,
                calendar_uid=str(uuid.uuid4()),
            )
        )

    def response(self, one: Talent) -> None:
        row = SurveyResponse(survey_id=self.survey.id, talent_id=one.id, answers={"why": "Bien"}, answered_at=BEFORE)
        self._add(row)

    def agreement(self, one: Talent) -> None:
        who = Person(saved(one.id), Role.CANDIDATE, "Zoé", "fr", "Europe/Paris", fresh=True)
        notice = current_notice(self.session, Purpose.POOL, "fr", now=BEFORE)
        consents.give(self.session, who, saved(one.id), Purpose.POOL, notice, interface="portal", now=BEFORE)

    def withdrawal(self, one: Talent) -> None:
        consents.withdraw(self.session, candidate(one), saved(one.id), Purpose.EVENT, interface="portal", now=BEFORE)

    def history(self, one: Talent) -> None:
        record(self.session, self.claire, "profile_confirmed", one.id, now=BEFORE, words={"text": "dit au téléphone"})

    def doubt(self, one: Talent) -> None:
        doubt_about(self.session, one, talent(self.session, f"Zoé Rou {one.id}", email=f"rou{one.id}@x.example"))


WAYS = tuple(name for name in vars(Life) if not name.startswith("_"))


def of(session: Session, kind: Any, one: Talent | int) -> list[Any]:
    id_ = one if isinstance(one, int) else saved(one.id)
    return list(session.exec(select(kind).where(col(kind.talent_id) == id_)))


__all__ = [
    "BEFORE", "LATER", "NOW", "WAYS", "ImportChange", "Life", "consent", "doubt_about", "letter", "of", "said", "two",
]  # fmt: skip
