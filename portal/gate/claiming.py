"""Taking letters in hand: those that leave next, asked about once more, each with links made for it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.gate.actions import ask_again
from portal.gate.requests import Request, request_from
from portal.gate.rules import Verdict
from portal.postbox import links as postbox_links
from portal.postbox.models import Letter
from portal.postbox.rules import WITHOUT_UNSUBSCRIBE, LetterKind, LetterState, LinkPurpose
from portal.postbox.threads import said_before

# One unsubscribes from an old letter too.
UNSUBSCRIBE_DAYS = 365
TOO_LATE = "too_late"
# A letter of a chain that leaves so long after the hour it was written for says a deadline that is not true: it is planned anew.
LATE, LATEST = "late", timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Ready:
    """A letter (a row of `_NEXT`) with its fresh links and the Message-IDs of its thread, oldest first; not yet bytes."""

    letter: Any
    urls: dict[str, str]
    codes: dict[str, str]
    unsubscribe: str | None
    space: str
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InHand:
    """What a worker took: the letters that leave now, and those that turned out never to leave."""

    ready: list[Ready]
    lost: list[uuid.UUID]


def count_due(session: Session, *, now: datetime) -> int:
    """Return how many letters could leave now."""
    due = (col(Letter.state) == LetterState.QUEUED, col(Letter.not_before) <= now)
    return int(session.execute(sa.select(sa.func.count()).select_from(Letter).where(*due)).scalar_one())


# PostgreSQL thinks few letters are due, and would sort all of a launch for every share of it: each share dearer than the
# launch is long. Without sorting it walks the index and stops after the first few.
_IN_ORDER = sa.text("SET LOCAL enable_sort = off")
# Plain SQL, and only what a letter leaves with: whole objects of the session cost twice as much as all the rest. First goes
# what somebody waits for to come in, by `ix_letter_due`: its words stand here as they stand there.
_LEAVES_WITH = """
    SELECT x.id, x.kind, x.talent_id, x.staff_id, x.author_id, x.purpose, x.template, x.thread, x.locale, x.address,
           x.subject, x.blocks, x.links, x.calendar, x.message_id, x.attempts, d.request, coalesce(d.until, d.at) AS planned_for
      FROM letter x JOIN gate_decision d ON d.id = x.decision_id
     WHERE x.state = 'queued' AND x.not_before <= :now
"""


def _with_names(due: str) -> sa.TextClause:
    """Join whom the letters go to and who signs them, once they are chosen: the walk of the index stays as it is.

    Only the address that stands is told with a name; an author who left has no address here.
    """
    return sa.text(
        f"""
        SELECT x.*, w.name AS author, CASE WHEN w.disabled_at IS NULL THEN w.email END AS author_address,
               coalesce(trim(t.first_name || ' ' || t.last_name), c.name, '') AS name
          FROM ({due}) x
          LEFT JOIN talent t ON t.id = x.talent_id AND t.email = x.address
          LEFT JOIN staff c ON c.id = x.staff_id AND c.email = x.address
          LEFT JOIN staff w ON w.id = x.author_id AND x.talent_id IS NOT NULL
        """  # noqa: S608 - of constants alone
    )


_NEXT = _with_names(
    f"""
    {_LEAVES_WITH} AND NOT EXISTS (SELECT FROM mail_outage WHERE ended_at IS NULL)
     ORDER BY x.kind <> 'security', x.not_before
     LIMIT :share FOR UPDATE OF x SKIP LOCKED
    """
)
# While the mail is down: first to somebody whose address took a letter, then to whoever was not refused meanwhile.
_TO_TRY = _with_names(
    f"""
    {_LEAVES_WITH}
     ORDER BY NOT EXISTS (SELECT FROM letter y WHERE y.talent_id = x.talent_id AND y.address = x.address
                             AND y.state = 'sent' AND y.why IS NULL)
              AND NOT EXISTS (SELECT FROM letter y WHERE y.staff_id = x.staff_id AND y.address = x.address
                                 AND y.state = 'sent' AND y.why IS NULL),
              x.why IS NOT NULL, x.attempts, x.kind <> 'security', x.not_before
     LIMIT 1 FOR UPDATE OF x SKIP LOCKED
    """  # noqa: S608 - of constants alone
)
_TAKE = sa.text(
    "UPDATE letter SET state = 'sending', claimed_by = :worker, attempts = attempts + 1 WHERE id = ANY (:letters)"
)


def take_in_hand(session: Session, share: int, worker: int, site_url: str, *, now: datetime) -> InHand | None:
    """Take up to `share` letters for this worker, those the gate now holds back put aside; None when nothing is due."""
    session.execute(_IN_ORDER)
    return _taken(session, session.execute(_NEXT, {"now": now, "share": share}).all(), worker, site_url, now)


def take_one_to_try(session: Session, worker: int, site_url: str, *, now: datetime) -> InHand | None:
    """Take one letter that tells whether the mail is back; None when nothing is due."""
    return _taken(session, session.execute(_TO_TRY, {"now": now}).all(), worker, site_url, now)


def _taken(session: Session, due: Sequence[Any], worker: int, site_url: str, now: datetime) -> InHand | None:
    if not due:
        return None
    going, lost = _still_going(session, due, now)
    before = said_before(session, going)
    ready = [_with_links(letter, site_url, before.get(letter.thread, ()), now) for letter in going]
    postbox_links.store(session, [link for _, minted in ready for link in minted])
    session.execute(_TAKE, {"letters": [letter.id for letter in going], "worker": worker})
    return InHand([made for made, _ in ready], lost)


def _still_going(session: Session, due: Sequence[Any], now: datetime) -> tuple[list[Any], list[uuid.UUID]]:
    """Split off the letters that still may go, and those that never will; the others wait."""
    requests = [_request(letter) for letter in due]
    going, lost = [], []
    for letter, decision in zip(due, ask_again(session, requests, now=now), strict=True):
        why = decision.because if decision.verdict is Verdict.NEVER else _no_longer_true(letter, now)
        if why is not None:
            _set(session, letter, state=LetterState.CANCELLED, why=why)
            lost.append(letter.id)
        elif decision.until is not None and decision.until > now:
            _set(session, letter, not_before=decision.until)
        else:
            going.append(letter)
    return going, lost


def _request(letter: Any) -> Request:  # noqa: ANN401 - a row of _NEXT
    return request_from(
        letter.request,
        kind=LetterKind(letter.kind),
        talent_id=letter.talent_id,
        staff_id=letter.staff_id,
        purpose=letter.purpose,
        letter_id=letter.id,
    )


def _no_longer_true(letter: Any, now: datetime) -> str | None:  # noqa: ANN401 - a row of _NEXT
    """Tell why a letter waited too long: nothing in it could be pressed any more, or a chain's question names another day.

    One that the server did not take at once goes on trying: planned anew each time, it would try for ever.
    """
    if letter.links and all(datetime.fromisoformat(link["until"]) <= now for link in letter.links):
        return TOO_LATE
    of_a_chain = "step" in letter.request and letter.links and not letter.attempts
    return LATE if of_a_chain and letter.planned_for + LATEST < now else None


def _set(session: Session, letter: Any, **values: Any) -> None:  # noqa: ANN401 - a row of _NEXT, columns of its table
    session.execute(sa.update(Letter).where(col(Letter.id) == letter.id).values(**values))


def _with_links(
    letter: Any,  # noqa: ANN401 - a row of _NEXT
    site_url: str,
    before: tuple[str, ...],
    now: datetime,
) -> tuple[Ready, list[postbox_links.Minted]]:
    documents = list(letter.links)
    if letter.kind not in WITHOUT_UNSUBSCRIBE:
        until = now + timedelta(days=UNSUBSCRIBE_DAYS)
        documents.append({"name": "_stop", "purpose": LinkPurpose.UNSUBSCRIBE, "until": until.isoformat()})
    minted = [
        postbox_links.mint(document, letter_id=letter.id, talent_id=letter.talent_id, staff_id=letter.staff_id, now=now)
        for document in documents
    ]
    urls = {link.name: f"{site_url}/{_PATH[link.row['purpose']]}/{link.token}" for link in minted}
    urls["site"] = site_url
    codes = {link.name: link.code for link in minted if link.code}
    return Ready(letter, urls, codes, urls.pop("_stop", None), f"{site_url}/signin", before), minted


# Short, because some mail programs still cut long lines in two.
_PATH = {
    LinkPurpose.SIGN_IN: "s",
    LinkPurpose.ANSWER: "a",
    LinkPurpose.SLOTS: "p",
    LinkPurpose.SURVEY: "q",
    LinkPurpose.CONSENT: "c",
    LinkPurpose.UNSUBSCRIBE: "u",
    LinkPurpose.ADDRESS: "e",
    LinkPurpose.REPLY: "r",
    LinkPurpose.BOOKING: "b",
}
