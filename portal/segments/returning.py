"""When those whom time alone holds back may be written to again."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from portal.access.guards import recruiter
from portal.gate.law import decide
from portal.gate.queries import facts_for
from portal.gate.rules import Verdict
from portal.segments.reachable import Aim, about
from portal.timeline.who import Who


def returns(session: Session, who: Who, talent_ids: Sequence[int], *, now: datetime, aim: Aim) -> dict[int, datetime]:
    """Return the time from which each of these people who must wait may be written to; few people, a page of them."""
    recruiter(who)
    asked = [about(who, aim, talent_id) for talent_id in talent_ids]
    decided = zip(talent_ids, map(decide, facts_for(session, asked, now=now)), strict=True)
    return {id_: answer.until for id_, answer in decided if answer.verdict is Verdict.WAIT and answer.until is not None}
