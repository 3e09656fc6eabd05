"""Where a rule under way comes from, and how it becomes a saved segment."""

from dataclasses import dataclass
from typing import Any

from portal.access.guards import recruiter
from portal.kit.errors import NotFound
from portal.kit.i18n import N_, say
from portal.opportunities.models import Opportunity
from portal.opportunities.queries import opportunity_for
from portal.segments import actions
from portal.segments.linter import warnings
from portal.segments.names import names
from portal.segments.queries import segment_for
from portal.segments.sentences import sentence
from portal.talents.vocabulary import Remote
from portal.ui.doors import Door
from portal.ui.recruiter.segment import fields, kinds, tree
from portal.ui.recruiter.segment.fields import Fields
from portal.ui.recruiter.segment.kinds import Kinds
from portal.ui.recruiter.segment.lines import Line, written
from portal.ui.recruiter.segment.tree import Node

SAVED = N_("“{name}” is saved.")
REMOVED = N_("Taken out of the rule.")
_TO_MEND = N_("Mend what is marked and the sentence follows.")
_TO_COME = N_("The sentence follows as you choose.")


@dataclass(frozen=True)
class Said:
    """A rule told to its writer."""

    lines: list[Line]
    sentence: str
    problem: str
    empty: bool
    warnings: list[str]


@dataclass(frozen=True)
class Draft:
    """A rule to go on with."""

    rule: Node
    told: Said
    name: str = ""
    segment_id: int = 0
    opportunity_id: int = 0
    unsaved: bool = False


@dataclass(frozen=True)
class Saved:
    """What was saved, and the sentence that says so."""

    segment_id: int
    name: str
    told: str


def begun(door: Door, opportunity: str) -> Draft:
    """Return a blank rule, or the one an opportunity suggests: its job, and a mobility that covers its place."""
    if not opportunity:
        rule = tree.blank()
        return Draft(rule, said(door, rule))
    if not opportunity.isdecimal() or len(opportunity) > 18:
        raise NotFound
    job = opportunity_for(door.session, door.who, int(opportunity))
    asked = suggested(job)
    rule = tree.planted(asked)
    return Draft(
        rule, said(door, rule), job.title[: actions.LONGEST_NAME], 0, int(opportunity), unsaved=bool(asked["of"])
    )


def suggested(job: Opportunity) -> dict[str, Any]:
    """Return the rule an opportunity suggests; it may ask nothing."""
    asked: list[dict[str, Any]] = []
    if job.job_code:
        asked.append({"kind": "job", "one_of": [job.job_code]})
    if job.place_code:
        asked.append({"kind": "mobility", "place": job.place_code, "remote_counts": job.remote is Remote.FULL})
    return {"kind": "all", "of": asked}


def opened(door: Door, segment_id: int) -> Draft:
    """Return a saved segment's rule, even one that no longer reads: its lines say what to mend."""
    segment = segment_for(door.session, door.who, segment_id)
    rule = tree.planted(segment.rule)
    return Draft(rule, said(door, rule), segment.name, segment_id)


def said(door: Door, rule: Node, *filling: int) -> Said:
    """Return a rule's lines and its one sentence; what is being filled in is not yet something to mend."""
    called = names(door.session)
    told = written(rule, door.locale, called)
    being_filled = [part for part in filling if part]
    left = any(line.problem and line.id not in being_filled for line in told.lines)
    left = left or (bool(told.problem) and not being_filled)
    words = say(door.locale, _TO_MEND if left else _TO_COME)
    if told.rule is not None:
        words = sentence(told.rule, door.locale, called)
    proxies = warnings(told.rule, door.locale) if told.rule is not None else []
    return Said(told.lines, words, told.problem, empty=not rule["of"], warnings=proxies)


def shown(door: Door, rule: Node, open_id: int, adding_to: int = 0) -> tuple[Said, int, Fields]:
    """Return a rule's words and the fields of its open criterion, if there is such a one."""
    node = tree.find(rule, open_id)
    if node is None or tree.is_group(node):
        return said(door, rule, adding_to), 0, Fields()
    return said(door, rule, open_id), open_id, fields.shown(node, door.locale, names(door.session))


def kinds_found(door: Door, text: str) -> list[Kinds]:
    """Return the criteria a few letters find, by what the house calls its own things too."""
    recruiter(door.who)
    return kinds.found(text, door.locale, names(door.session))


def told_removed(door: Door) -> str:
    return say(door.locale, REMOVED)


def save(door: Door, segment_id: int, name: str, rule: Node) -> Saved:
    """Save a rule; Refused with what to mend first."""
    kept = actions.save(door.session, door.who, name, tree.whole(rule), now=door.now, segment_id=segment_id or None)
    return Saved(kept.id or 0, kept.name, say(door.locale, SAVED, name=kept.name))
