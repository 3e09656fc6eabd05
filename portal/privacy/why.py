"""Why someone got a letter: the gate's own decision about it, what it was for, and what it said of its ground then."""

import uuid
from datetime import datetime

from sqlmodel import Session, col, select

from portal.access.models import Staff
from portal.consent.rules import Purpose
from portal.gate.explain import decisions_of
from portal.gate.rules import Verdict
from portal.kit.errors import NotFound
from portal.kit.i18n import N_, moment, say
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind
from portal.timeline.who import Person

PURPOSES = {
    Purpose.POOL: N_("It was for staying in touch about jobs."),
    Purpose.SURVEY: N_("It was to ask your opinion."),
    Purpose.EVENT: N_("It was to invite you to a meeting."),
}


def why_this_letter(session: Session, who: Person, letter_id: uuid.UUID, *, now: datetime) -> list[str]:
    """Return the sentences that explain one letter to whom it was written; NotFound for any other."""
    letter = session.exec(select(Letter).where(col(Letter.id) == letter_id, col(Letter.talent_id) == who.id)).first()
    if letter is None or who.is_staff:
        raise NotFound
    decided = decisions_of(session, who, letter_id, now=now)
    told = [decided[0].sentence]
    if letter.purpose in set(Purpose):
        told.append(say(who.locale, PURPOSES[Purpose(letter.purpose)]))
    # The ground as the letter itself named it, in its last line: what stands today may be another.
    if letter.kind not in {LetterKind.SECURITY, LetterKind.NOTICE}:
        told += [str(block["small"]) for block in letter.blocks if "small" in block][-1:]
    told += [each.sentence for each in decided[1:] if each.verdict is not Verdict.GO]
    return [*told, _who(session, who, letter, decided[0].at, now)]


def _who(session: Session, who: Person, letter: Letter, at: datetime, now: datetime) -> str:
    author = session.get(Staff, letter.author_id) if letter.author_id else None
    when = moment(who.locale, at, who.zone, now)
    if author is None:
        return say(who.locale, "Decided by our rules, {when}.", when=when)
    return say(who.locale, "Wanted by {author}, checked by our rules, {when}.", author=author.name, when=when)
