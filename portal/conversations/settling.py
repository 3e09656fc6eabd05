"""Letters in trouble, and how a person settles them: an uncertain one counts as sent, or leaves again."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.access.guards import recruiter
from portal.access.models import Staff
from portal.conversations.inbox import full_name
from portal.kit import jobs
from portal.kit.bulk import among
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind, LetterState, Refusal
from portal.talents.models import Talent
from portal.timeline.actions import record, record_many
from portal.timeline.who import Person, Role, Who


@dataclass(frozen=True, slots=True)
class Trouble:
    """A letter that failed, or of which nobody knows whether it arrived; `why` holds the server's words.

    `doubtful`: its address was refused on two days, without a reason one could go by.
    """

    letter_id: uuid.UUID
    talent_id: int
    name: str
    subject: str
    state: LetterState
    at: datetime
    why: str
    bounced: bool
    doubtful: bool = False


def theirs_to_look_at(me: Person) -> sa.ColumnElement[bool]:
    """Tell whose letters in trouble are this recruiter's: their own, and those nobody signed or whose author left.

    An admin looks at everyone's.
    """
    if me.role is Role.ADMIN:
        return sa.true()
    left = sa.select(col(Staff.id)).where(col(Staff.disabled_at).is_not(None))
    return (col(Letter.author_id) == me.id) | col(Letter.author_id).is_(None) | col(Letter.author_id).in_(left)


def letters_in_trouble(session: Session, who: Who, *, most: int = 50) -> tuple[list[Trouble], int]:
    """Return the letters of this recruiter somebody must look at, newest first, and how many there are in all.

    Those nobody signed, or whose author left, are everyone's to look at.
    """
    living = (
        sa.select(Letter, full_name(), col(Talent.bounced_at))
        .join(Talent, col(Talent.id) == col(Letter.talent_id))
        .where(
            col(Letter.state).in_([LetterState.FAILED, LetterState.UNKNOWN]),
            col(Letter.kind) != LetterKind.SECURITY,
            col(Talent.erased_at).is_(None),
            theirs_to_look_at(recruiter(who)),
        )
    )
    total = session.execute(living.with_only_columns(sa.func.count())).scalar_one()
    found = session.execute(living.order_by(col(Letter.queued_at).desc()).limit(most))
    return [
        Trouble(
            letter_id=row.id,
            talent_id=row.talent_id or 0,
            name=name,
            subject=row.subject,
            state=row.state,
            at=row.queued_at,
            why=row.why or "",
            bounced=bounced_at is not None,
            doubtful=row.refusal is Refusal.PERHAPS_AGAIN,
        )
        for row, name, bounced_at in found
    ], total


def count_as_sent(session: Session, who: Who, letters: Collection[uuid.UUID] | None = None, *, now: datetime) -> int:
    """Take uncertain letters for sent, all of theirs or these: better one letter too few than one too many."""
    told = _settle(session, who, letters, state=LetterState.SENT, sent_at=col(Letter.queued_at))
    record_many(session, who, "letter_settled", told, now=now)
    return len(told)


def send_again(session: Session, who: Who, letters: Collection[uuid.UUID] | None = None, *, now: datetime) -> int:
    """Let uncertain letters leave once more, all of theirs or these, as soon as the gate lets them; return how many.

    It is the same letter, under the same Message-ID: it counts once for a rhythm, many mailboxes show it once, and
    whoever presses second finds nothing uncertain any more.
    """
    queued = {"state": LetterState.QUEUED, "claimed_by": None, "attempts": 0, "not_before": now, "why": None}
    told = _settle(session, who, letters, **queued)
    record_many(session, who, "letter_sent_again", told, now=now)
    jobs.wake(session, "deliver")
    return len(told)


def uncertain_letters(session: Session, who: Who) -> int:
    """Return of how many letters of theirs nobody knows whether they arrived."""
    uncertain = _uncertain(recruiter(who)).subquery()
    return int(session.execute(sa.select(sa.func.count()).select_from(uncertain)).scalar_one())


def _uncertain(me: Person) -> sa.Select[Any]:
    living = sa.select(col(Talent.id)).where(col(Talent.erased_at).is_(None))
    return sa.select(col(Letter.id)).where(
        col(Letter.state) == LetterState.UNKNOWN,
        col(Letter.kind) != LetterKind.SECURITY,
        col(Letter.talent_id).in_(living),
        theirs_to_look_at(me),
    )


def _settle(
    session: Session,
    who: Who,
    letters: Collection[uuid.UUID] | None,
    **values: Any,  # noqa: ANN401 - columns of one table
) -> list[tuple[int, dict[str, object]]]:
    """Change the uncertain letters of theirs; return whom each was for, and which it was."""
    uncertain = _uncertain(recruiter(who))
    if letters is not None:
        uncertain = uncertain.where(among(col(Letter.id), letters))
    # In one order: two who press at once share them, whoever comes second finds them settled.
    held = list(session.scalars(uncertain.order_by(col(Letter.id)).with_for_update()))
    changed = sa.update(Letter).where(among(col(Letter.id), held), col(Letter.state) == LetterState.UNKNOWN)
    rows = session.execute(
        changed.values(**values).returning(col(Letter.id), col(Letter.talent_id), col(Letter.template))
    ).all()
    session.expire_all()
    return [
        (talent, {"template": template, "letter": str(id_)}) for id_, talent, template in rows if talent is not None
    ]


def settle(session: Session, who: Who, letter_id: uuid.UUID, *, now: datetime) -> None:
    """A person looked at a letter in trouble: it counts as sent where nobody can know, else it is set aside."""
    recruiter(who)
    letter = session.get(Letter, letter_id, with_for_update=True)
    if letter is None or letter.state not in {LetterState.UNKNOWN, LetterState.FAILED}:
        return
    if letter.state is LetterState.UNKNOWN:
        count_as_sent(session, who, [letter_id], now=now)
        return
    letter.state = LetterState.CANCELLED
    session.add(letter)
    told = {"template": letter.template, "letter": str(letter.id)}
    record(session, who, "letter_settled", letter.talent_id, now=now, **told)  # type: ignore[arg-type]  # none is `words`
