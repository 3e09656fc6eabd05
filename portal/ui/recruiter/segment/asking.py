"""Whether anyone of the pool is in a rule under way, and why: those a few letters find."""

from portal.access.guards import recruiter
from portal.kit.i18n import N_, say
from portal.segments.explain import explain
from portal.segments.pool import pool_page
from portal.ui.doors import Door
from portal.ui.recruiter.segment.counting import PersonRow, work_of
from portal.ui.recruiter.segment.lines import written
from portal.ui.recruiter.segment.tree import Node

MOST = 5
IN, NOT_IN = N_("in the segment"), N_("not in the segment")


def verdicts(door: Door, rule: Node, wanted: str) -> list[PersonRow]:
    """Return the first people a search finds, each with "In, because…" or "Not in, because…"; nobody while it is blank."""
    recruiter(door.who)
    read = written(rule, door.locale).rule
    if read is None or not wanted:
        return []
    found, _ = pool_page(door.session, door.who, wanted, now=door.now, size=MOST)
    told = [(one, explain(door.session, door.who, read, one.id, locale=door.locale, now=door.now)) for one in found]
    return [
        PersonRow(
            one.id,
            one.name or say(door.locale, N_("No name")),
            work_of(one, door.locale),
            say(door.locale, IN if why.member else NOT_IN),
            "good" if why.member else "outline",
            why.sentence,
        )
        for one, why in told
    ]
