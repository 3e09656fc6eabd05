"""The ledger in the database and in a file: adding to it, walking it, exporting it, verifying it."""

import json
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TextIO

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.consent import chain
from portal.consent.chain import FIELDS, FIRST, Flaw, Row, Verdict
from portal.consent.models import LedgerEntry, LedgerEvidence
from portal.consent.rules import Act, Basis, Purpose
from portal.kit.bulk import among, insert_many
from portal.kit.errors import Refused
from portal.kit.i18n import N_, say
from portal.talents.models import Talent
from portal.timeline.who import Person, Role, System, Who

FORMAT = "vivier-consent-ledger"
# One writer at a time, across every process: the chain has no branches.
_LOCK = 0x6C656467_65720001
_PAGE = 2000


@dataclass(frozen=True, slots=True)
class Event:
    """One thing to write down. `text` is what the person was shown, `told` what else belongs to its personal part."""

    talent_id: int
    act: Act
    purpose: Purpose
    basis: Basis
    interface: str
    text: str = ""
    notice_version: int | None = None
    notice_locale: str | None = None
    told: dict[str, str] = field(default_factory=dict)


def append(session: Session, events: Sequence[Event], *, now: datetime) -> dict[int, int]:
    """Add events to the chain, in order; return the last entry's number of each talent.

    The lock falls with the transaction, so numbers have no gaps: an act that fails takes its entries with it.
    """
    if not events:
        return {}
    people = _people(session, {event.talent_id for event in events})
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    seq, prev = _head(session)
    entries, evidence, last = [], [], {}
    for event in events:
        seq += 1
        person = people[event.talent_id]
        salt, personal = chain.new_salt(), _personal(event, person)
        entry = _entry(event, seq, prev, person.pseudonym, chain.commit_to(salt, personal), now)
        prev = entry["hash"]
        entries.append(entry)
        # What an erasure writes down names nobody, or it would undo itself.
        if event.act is not Act.ERASED:
            evidence.append({"seq": seq, "talent_id": event.talent_id, "salt": salt, "personal": personal})
        last[event.talent_id] = seq
    insert_many(session, LedgerEntry, entries)
    insert_many(session, LedgerEvidence, evidence)
    return last


def head(session: Session) -> tuple[int, str]:
    """Return how many entries the ledger holds and the hash of the last: note it elsewhere, and a cut tail shows."""
    return _head(session)


def rows(session: Session, *, up_to: int | None = None) -> Generator[Row, None, None]:
    """Walk the ledger from its first entry, page by page, with the evidence that still stands."""
    columns = [getattr(LedgerEntry, name) for name in (*FIELDS, "hash")]
    query = (
        sa.select(*columns, col(LedgerEvidence.salt), col(LedgerEvidence.personal))
        .outerjoin(LedgerEvidence, col(LedgerEvidence.seq) == col(LedgerEntry.seq))
        .order_by(col(LedgerEntry.seq))
        .execution_options(yield_per=_PAGE)
    )
    if up_to is not None:
        query = query.where(col(LedgerEntry.seq) <= up_to)
    with session.execute(query) as result:
        for found in result.mappings():
            yield Row(fields_of(found), found["hash"], found["salt"], found["personal"])


def verify(session: Session, who: Who, head: str | None = None) -> Verdict:
    """Verify the whole ledger as it stands in the database."""
    require_reader(who)
    # Stopping at a bad row must give the server's cursor back at once.
    with closing(rows(session)) as walk:
        return chain.verify(walk, head)


def export(session: Session, who: Who, file: TextIO, *, now: datetime) -> int:
    """Write the whole ledger as JSON Lines, self-contained; return how many entries.

    The first line says how to verify and where the chain ends; each other line is one entry.
    """
    require_reader(who)
    count, last = _head(session)
    top = {"format": FORMAT, "version": 1, "entries": count, "head": last, "exported_at": chain.instant(now)}
    file.write(json.dumps(top) + "\n")
    for row in rows(session, up_to=count):
        evidence = None if row.personal is None else {"salt": row.salt, "personal": row.personal}
        file.write(json.dumps({**row.fields, "hash": row.hash, "evidence": evidence}, ensure_ascii=False) + "\n")
    return count


def verify_file(file: TextIO, head: str | None = None) -> Verdict:
    """Verify an export without any database; the head it names itself must be reached too."""
    try:
        top = json.loads(file.readline())
        if not isinstance(top, dict) or top.get("format") != FORMAT:
            raise Refused("This file is not an export of a consent ledger: make one with “vivier ledger export FILE”.")
        verdict = chain.verify(_from_lines(file), str(top["head"]))
    except (ValueError, KeyError, TypeError) as wrong:
        raise Refused("This export cannot be read: its lines are not those “vivier ledger export” writes.") from wrong
    if not verdict.whole or head is None:
        return verdict
    file.seek(0)
    file.readline()
    return chain.verify(_from_lines(file), head)


_SENTENCES = {
    Flaw.GAP: N_("Entry {seq} is missing: somebody removed it or changed its number."),
    Flaw.PREV: N_("Entry {seq} does not follow from the one before it: somebody put it in or took its neighbour away."),
    Flaw.HASH: N_("Entry {seq} was changed after it was written: its hash no longer fits."),
    Flaw.COMMITMENT: N_("The personal part of entry {seq} was changed: it no longer fits its commitment."),
    Flaw.CUT: N_("The end of the ledger is missing from entry {seq} on: the head you noted is nowhere in it."),
}
_WHOLE = N_("The chain is whole: {count} entries, head {head}.")


def tell(locale: str, verdict: Verdict) -> str:
    """Say what a verification found."""
    if verdict.flaw is None:
        return say(locale, _WHOLE, count=verdict.rows, head=verdict.head)
    return say(locale, _SENTENCES[verdict.flaw], seq=verdict.first_bad)


def require_reader(who: Who) -> None:
    """Let the DPO and the command line read the ledger; nobody else."""
    if not (isinstance(who, System) or (isinstance(who, Person) and who.role is Role.DPO)):
        raise Refused("The consent ledger is for the data protection officer to read.")


def fields_of(found: Mapping[Any, Any]) -> dict[str, Any]:
    """Return what an entry's hash covers, in canonical form."""
    values = {name: found[name] for name in FIELDS}
    return {**values, "at": chain.instant(values["at"]), "pseudonym": str(values["pseudonym"])}


def _head(session: Session) -> tuple[int, str]:
    query = select(LedgerEntry.seq, LedgerEntry.hash).order_by(col(LedgerEntry.seq).desc()).limit(1)
    found = session.exec(query).first()
    return (found[0], found[1]) if found else (0, FIRST)


def _people(session: Session, ids: set[int]) -> dict[int, Any]:
    query = sa.select(Talent.id, Talent.pseudonym, Talent.email, Talent.first_name, Talent.last_name).where(  # type: ignore[call-overload]
        among(col(Talent.id), ids)
    )
    return {row.id: row for row in session.execute(query)}


def _personal(event: Event, person: Any) -> dict[str, str]:  # noqa: ANN401 - a row of five columns
    if event.act is Act.ERASED:
        return {}
    name = f"{person.first_name} {person.last_name}".strip()
    return {"name": name, "email": person.email or "", "notice": event.text, **event.told}


def _entry(event: Event, seq: int, prev: str, pseudonym: Any, commitment: str, now: datetime) -> dict[str, Any]:  # noqa: ANN401
    values: dict[str, Any] = {
        "seq": seq,
        "at": now,
        "pseudonym": pseudonym,
        "act": event.act,
        "purpose": event.purpose,
        "basis": event.basis,
        "notice_version": event.notice_version,
        "notice_locale": event.notice_locale,
        "notice_hash": chain.text_hash(event.text),
        "interface": event.interface,
        "commitment": commitment,
        "prev": prev,
    }
    return {**values, "hash": chain.entry_hash(fields_of(values))}


def _from_lines(lines: Iterable[str]) -> Iterator[Row]:
    for line in lines:
        if not line.strip():
            continue
        item = json.loads(line)
        evidence = item.get("evidence") or {}
        yield Row(
            {name: item[name] for name in FIELDS}, str(item["hash"]), evidence.get("salt"), evidence.get("personal")
        )
