"""A doubt decided: the same person, or two people; and the decision taken back.

Of two who are both in the pool already `portal.doubles` decides; the page shows both kinds in one list.
"""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.consent.evidence import Evidence, import_evidence_many
from portal.consent.evidence import stood as stood_before
from portal.consent.rules import Basis
from portal.doubles import actions as people
from portal.doubles.actions import LATER
from portal.doubles.apart import forget_apart, tell_apart
from portal.doubles.deciding import SINCE, decide, decided, undecided, wait_again
from portal.imports.actions.letting_go import give_back, let_go
from portal.imports.doubting import hold_back, mark_of, word_of
from portal.imports.heeding import leave_in_peace, speak_again
from portal.imports.kept_out import keep_out, let_in_again
from portal.kit.db import saved
from portal.kit.errors import Refused
from portal.kit.i18n import N_
from portal.talents.actions import Arrival, take_in
from portal.talents.identity import Holder, goes_on_as, holders
from portal.talents.models import Doubt, HeldBack, ImportChange, Source, Talent
from portal.talents.proving import leave_aside
from portal.talents.returning import before
from portal.talents.rules import Decision, Outcome
from portal.timeline.actions import record
from portal.timeline.who import Who

FORGOTTEN = N_("What this line said is no longer kept: import its file again.")
NOT_THEM = N_("This person is not one of those the line may be about.")


def same_person(session: Session, who: Who, doubt_id: int, talent_id: int | None = None, *, now: datetime) -> int:
    """Make one person of both: of two of the pool, or of a line and someone meant (`talent_id`, or the first one).

    Return whose row goes on. An address that is their own word stands: the line's is left aside, and leads to them.
    """
    doubt = undecided(session, who, doubt_id)
    if doubt.other_id is not None:
        return people.make_one(session, who, doubt_id, now=now)
    _refuse_forgotten(doubt)
    meant = [holder.id for holder in _meant(session, doubt)]
    chosen = talent_id or next(iter(meant), 0)
    if chosen not in meant:
        raise Refused(NOT_THEM)
    if doubt.words.get("stop"):
        return _stop_them(session, who, doubt, chosen, now=now)
    word = word_of(doubt.words, without="email" if _held_by_other(session, doubt, chosen) else "")
    aside = leave_aside(session, who, chosen, str(word.values.get("email") or ""), now=now)
    known = _sources(session, chosen)
    ((_, foreseen),) = take_in(session, who, [Arrival(chosen, (word,))], import_id=doubt.import_id, now=now)
    came = sorted(_sources(session, chosen) - known)
    stood = before(foreseen.stood, foreseen.weighed.changes)
    named, consent = _named(session, doubt, chosen, Outcome.UNCHANGED), stood_before(session, [chosen]).get(chosen)
    doubt.undo = {
        "talent": chosen,
        "before": stood,
        "sources": came,
        "aside": aside,
        "named": named,
        "consent": consent,
    }
    _prove(session, who, doubt, chosen, now=now)
    decide(session, who, doubt, Decision.SAME, now=now)
    record(session, who, "doubt_merged", chosen, now=now)
    return chosen


def two_people(session: Session, who: Who, doubt_id: int, *, now: datetime) -> None:
    """Remember that they are two: of the pool, or a line, which is then taken in as someone else, and those it meant.

    An address stays whose it is: e-mail is unique, a telephone number is not.
    """
    doubt = undecided(session, who, doubt_id)
    if doubt.other_id is not None:
        people.two_people(session, who, doubt_id, now=now)
        return
    _refuse_forgotten(doubt)
    mark, meant = mark_of(doubt.words), _meant(session, doubt)
    if doubt.words.get("stop"):
        _somebody_else(session, who, doubt, meant, now=now)
        return
    taken = any(holder.email == mark.email for holder in meant if mark.email)
    if taken and not mark.phone:
        raise Refused(NOT_THEM)
    word = word_of(doubt.words, without="email" if taken else "")
    ((new_id, _),) = take_in(session, who, [Arrival(None, (word,))], import_id=doubt.import_id, now=now)
    for holder in meant:
        tell_apart(session, mark, holder, recruiter(who).id, now=now)
    doubt.undo = {"created": new_id}
    _named(session, doubt, new_id, Outcome.CREATED)
    _prove(session, who, doubt, new_id, now=now)
    decide(session, who, doubt, Decision.TWO, now=now)
    record(session, who, "doubt_two", doubt.talent_id, now=now)


def left_aside(session: Session, who: Who, doubt_id: int) -> bool:
    """Tell whether deciding that a line is about someone left its address aside."""
    return bool(decided(session, who, doubt_id).undo.get("aside"))


def take_back(session: Session, who: Who, doubt_id: int, *, now: datetime) -> None:
    """Undo a decision: what stood stands again, and the doubt waits."""
    doubt = decided(session, who, doubt_id)
    if doubt.other_id is not None:
        people.take_back(session, who, doubt_id, now=now)
        return
    _refuse_forgotten(doubt)
    if doubt.words.get("stop"):
        _ask_again(session, who, doubt, now=now)
    elif doubt.decision is Decision.SAME:
        if not give_back(session, who, doubt, now=now):
            raise Refused(LATER)
        record(session, who, "doubt_taken_back", doubt.undo["talent"], now=now)
    else:
        gone, _ = let_go(session, who, [doubt.undo["created"]], doubt.import_id, now=now)
        if not gone:
            raise Refused(SINCE)
        for holder in _meant(session, doubt):
            forget_apart(session, mark_of(doubt.words), holder)
    wait_again(session, doubt)


def _stop_them(session: Session, who: Who, doubt: Doubt, chosen: int, *, now: datetime) -> int:
    """It is them who asked not to be written to: nothing of the line is taken in, and they are left in peace."""
    before = leave_in_peace(session, who, [chosen], source=doubt.words["source"], now=now)
    keep_out(session, [mark_of(doubt.words)], doubt.import_id, now=now)
    doubt.undo = {"stop": {str(id_): stood for id_, stood in before.items()}}
    session.execute(sa.delete(HeldBack).where(col(HeldBack.doubt_id) == doubt.id))
    decide(session, who, doubt, Decision.SAME, now=now)
    record(session, who, "doubt_merged", chosen, now=now)
    return chosen


def _somebody_else(session: Session, who: Who, doubt: Doubt, meant: Sequence[Holder], *, now: datetime) -> None:
    """Somebody else asked not to be written to: they stay outside, and those of the pool may be written to again."""
    mark = mark_of(doubt.words)
    for holder in meant:
        tell_apart(session, mark, holder, recruiter(who).id, now=now)
    # An address that is one of theirs is not this other person's.
    taken = any(holder.email == mark.email for holder in meant if mark.email)
    keep_out(session, [mark._replace(email=None) if taken else mark], doubt.import_id, now=now)
    session.execute(sa.delete(HeldBack).where(col(HeldBack.doubt_id) == doubt.id))
    decide(session, who, doubt, Decision.TWO, now=now)
    record(session, who, "doubt_two", doubt.talent_id, now=now)


def _ask_again(session: Session, who: Who, doubt: Doubt, *, now: datetime) -> None:
    """Take a decision about a stop back: whoever it may mean is held back again."""
    speak_again(session, who, {int(id_): stood for id_, stood in doubt.undo.get("stop", {}).items()}, now=now)
    let_in_again(session, [mark_of(doubt.words)])
    if doubt.decision is Decision.TWO:
        for holder in _meant(session, doubt):
            forget_apart(session, mark_of(doubt.words), holder)
    hold_back(session, col(Doubt.id) == doubt.id)


def _refuse_forgotten(doubt: Doubt) -> None:
    if not doubt.words:
        raise Refused(FORGOTTEN)


def _meant(session: Session, doubt: Doubt) -> list[Holder]:
    """Return whom the line may be about, as they go on; whose address it has first."""
    ids = [doubt.talent_id, *doubt.words["also"]]
    goes_on = goes_on_as(session, ids)
    order = list(dict.fromkeys(goes_on[id_] for id_ in ids if id_ in goes_on))
    query = select(Talent).where(col(Talent.id).in_(order), col(Talent.erased_at).is_(None))
    people_meant = sorted(session.exec(query), key=lambda one: order.index(saved(one.id)))
    return [Holder(saved(one.id), one.email, one.phone, one.name_key) for one in people_meant]


def _held_by_other(session: Session, doubt: Doubt, chosen: int) -> bool:
    email = mark_of(doubt.words).email
    return bool(email) and any(holder.id != chosen for holder in holders(session, {str(email)}, ()))


def _sources(session: Session, talent_id: int) -> set[int]:
    return {saved(id_) for id_ in session.exec(select(Source.id).where(col(Source.talent_id) == talent_id))}


def _named(session: Session, doubt: Doubt, talent_id: int, outcome: Outcome) -> bool:
    """Write down that the doubt's file names this person: what undoes it has to know; tell whether that is new."""
    if doubt.import_id is None:
        return False
    row = pg.insert(ImportChange).values(import_id=doubt.import_id, talent_id=talent_id, outcome=outcome, before={})
    return bool(session.execute(row.on_conflict_do_nothing().returning(col(ImportChange.talent_id))).all())


def _prove(session: Session, who: Who, doubt: Doubt, talent_id: int, *, now: datetime) -> None:
    words, basis = doubt.words, Basis(doubt.words["basis"])
    until = words.get("consent_until")
    over = words.get("consent_over") or (until and until <= now.date().isoformat())
    if basis is Basis.CONSENT and over:
        return
    on = words["on"] if basis is Basis.LEGITIMATE_INTEREST else words["consent_on"]
    if basis is Basis.NONE or not on or (basis is Basis.CONSENT and not words["consent_text"]):
        return
    ends, text = date.fromisoformat(until) if until else None, words["consent_text"]
    proof = Evidence(talent_id, basis, date.fromisoformat(on), text, source=words["source"], until=ends)
    import_evidence_many(session, who, [proof], now=now)
