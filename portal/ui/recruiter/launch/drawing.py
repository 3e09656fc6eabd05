"""From the numbers of a launch to what the page shows of them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from portal.chains import queries
from portal.chains.queries import Board, LatestAnswer, Reach, Stage
from portal.chains.rules import LaunchState
from portal.kit.i18n import N_, ago, moment, number, say, say_n, short_day
from portal.segments.queries import count, rule_of, segment_for
from portal.talents import jobs
from portal.ui.doors import Door
from portal.ui.recruiter.launch import words

CHOSEN = N_("people chosen in the pool")
PAGE = 50
ANSWERS = (Stage.YES, Stage.MORE_INFO, Stage.LATER, Stage.NO, Stage.WAITED_FOR, Stage.SILENT, Stage.DIGEST_NO)
ASIDE = (Stage.DUE, Stage.LEAVING, Stage.FAILED, Stage.NEITHER, Stage.STOPPED, Stage.UNSUBSCRIBED)


@dataclass
class RiverStep:
    """One number of the river."""

    words: str
    count: str
    height: float
    next_height: float
    href: str
    kind: str


@dataclass
class CountRow:
    """One number of a list, and where its people are."""

    words: str
    count: str
    href: str
    todo: bool
    here: bool


@dataclass
class AnswerRow:
    """What somebody said, and when."""

    href: str
    name: str
    told: str
    when: str
    exactly: str


@dataclass
class PersonLine:
    """One of the people behind a number."""

    href: str
    name: str
    work: str
    told: str
    when: str
    exactly: str


def numbers(door: Door, launch_id: int, stage: str, why: str | None) -> dict[str, Any]:
    """Return everything that changes while letters leave and answers come in."""
    board = queries.board(door.session, door.who, launch_id, now=door.now)
    shown = chosen(board, stage)
    latest = queries.latest_answers(door.session, door.who, launch_id, now=door.now, most=6)
    return {
        "state": board.launch.state.value,
        "state_told": say(door.locale, words.STATES[board.launch.state]),
        "state_shade": words.shade(board.launch.state),
        "river": _river(door, board),
        "rates": _rates(door, board),
        "answers": [_count(door, board, launch_id, one, shown) for one in ANSWERS if board.counts[one]],
        "reasons": _split(door, board, Stage.NO_BECAUSE, why if shown is Stage.NO_BECAUSE else None),
        "held": [
            *_split(door, board, Stage.HELD, why if shown is Stage.HELD else None),
            *_split(door, board, Stage.BLOCKED, why if shown is Stage.BLOCKED else None),
            *(_count(door, board, launch_id, one, shown) for one in ASIDE if board.counts[one]),
        ],
        "latest": [_answer(door, one) for one in latest],
    }


def chosen(board: Board, stage: str) -> Stage | Reach:
    """Return whose list is open: the one asked for, or else the one that matters most now."""
    if stage in set(Stage):
        return Stage(stage)
    reached = next((one for one in board.river if one.code == stage), None)
    if reached is not None:
        return reached
    return next((one for one in (Stage.ANSWERED, Stage.SENT) if board.counts[one]), Stage.ENROLLED)


def head(door: Door, launch_id: int) -> dict[str, Any]:
    """Return what stands above the river."""
    one = queries.launch_for(door.session, door.who, launch_id)
    starts = moment(door.locale, one.starts_at, door.zone, door.now)
    begun = say(door.locale, N_("starts on {when}") if one.starts_at > door.now else N_("since {when}"), when=starts)
    return {
        "name": one.chain,
        "segment": one.segment or say(door.locale, CHOSEN),
        "segment_to": f"/segments/{one.segment_id}" if one.segment_id else "",
        "chain_to": f"/chains/{one.chain_id}",
        "chain_told": say(door.locale, N_("version {number}"), number=one.number),
        "job": one.opportunity,
        "job_to": f"/opportunities/{one.opportunity_id}" if one.opportunity_id else "",
        "owner": one.owner,
        "begun": begun,
        "planned": _planned(door, one),
        **words.confirmed(door, launch_id),
        **words.newer(door, launch_id),
    }


def _planned(door: Door, one: queries.LaunchRow) -> str:
    """Return what stands where people will be, while the segment has not been read yet."""
    if (
        one.segment_id is None
        or one.enrolled_at is not None
        or one.state not in {LaunchState.PLANNED, LaunchState.PAUSED}
    ):
        return ""
    rule = rule_of(segment_for(door.session, door.who, one.segment_id))
    today = say_n(
        door.locale, "{count} matches today.", "{count} match today.", count(door.session, rule, now=door.now)
    )
    told = N_("Nobody is on the way yet: the segment is read when the launch begins, so that it is true that day.")
    return f"{say(door.locale, told)} {today}"


def people(door: Door, launch_id: int, stage: str, why: str | None, page: int) -> dict[str, Any]:
    """Return page `page` of the people behind the number that is open."""
    board = queries.board(door.session, door.who, launch_id, now=door.now)
    shown = chosen(board, stage)
    found = queries.people_at(door.session, door.who, launch_id, shown, now=door.now, why=why, page=page, size=PAGE)
    many = _many(board, shown, why)
    first = (page - 1) * PAGE
    return {
        "stage_told": _stage_told(door, shown, why),
        "stage_count": number(door.locale, many),
        "people": [_person(door, one) for one in found],
        "paged": say(
            door.locale,
            N_("{first}–{last} of {many}"),
            first=number(door.locale, min(first + 1, many)),
            last=number(door.locale, min(first + PAGE, many)),
            many=number(door.locale, many),
        ),
        "page": page,
        "has_after": first + PAGE < many,
    }


def _many(board: Board, shown: Stage | Reach, why: str | None) -> int:
    if isinstance(shown, Reach):
        return shown.people
    return board.counts[shown] if why is None else sum(one.people for one in board.by_reason(shown) if one.why == why)


def _stage_told(door: Door, stage: Stage | Reach, why: str | None) -> str:
    if isinstance(stage, Reach):
        return say(door.locale, stage.words)
    told = say(door.locale, words.STAGES[stage])
    if why is None or stage not in {Stage.HELD, Stage.BLOCKED, Stage.NO_BECAUSE}:
        return told
    return f"{told} · {_why(door, stage, why)}"


def _why(door: Door, stage: Stage, why: str) -> str:
    return words.reason(door.locale, why) if stage is Stage.NO_BECAUSE else words.because(door.locale, why)


def _river(door: Door, board: Board) -> list[RiverStep]:
    """Draw the segment, then how far people came in the chain's own steps."""
    most = max(board.counts[Stage.ENROLLED], 1)
    parts = [(Stage.ENROLLED.value, words.STAGES[Stage.ENROLLED], board.counts[Stage.ENROLLED])]
    parts += [(one.code, one.words, one.people) for one in board.river]
    heights = [round(max(100 * many / most, 2 if many else 0.5), 1) for _, _, many in parts]
    return [
        RiverStep(
            words=say(door.locale, told),
            count=number(door.locale, many),
            height=height,
            next_height=following,
            href=_address(board.launch.id, code),
            kind="",
        )
        for (code, told, many), height, following in zip(parts, heights, [*heights[1:], heights[-1]], strict=True)
    ]


def _address(launch_id: int, stage: str, why: str | None = None) -> str:
    asked = {"people": stage} | ({"why": why} if why is not None else {})
    return f"/launches/{launch_id}?{urlencode(asked)}"


def _count(door: Door, board: Board, launch_id: int, stage: Stage, shown: Stage | Reach) -> CountRow:
    return CountRow(
        words=say(door.locale, words.STAGES[stage]),
        count=number(door.locale, board.counts[stage]),
        href=_address(launch_id, stage),
        todo=stage in {Stage.NEITHER, Stage.MORE_INFO},
        here=stage is shown,
    )


def _split(door: Door, board: Board, stage: Stage, why: str | None) -> list[CountRow]:
    return [
        CountRow(
            words=_why(door, stage, one.why),
            count=number(door.locale, one.people),
            href=_address(board.launch.id, stage, one.why),
            todo=one.why == words.NO_SLOTS,
            here=one.why == why,
        )
        for one in board.by_reason(stage)
    ]


def _rates(door: Door, board: Board) -> str:
    """Return the shares people look at, in one sentence; nothing while nobody was written to."""
    told = [
        say(door.locale, sentence, percent=f"{100 * share:.0f}")
        for sentence, share in (
            (N_("{percent}% answered"), board.share(Stage.ANSWERED)),
            (N_("{percent}% are interested"), board.share(Stage.INTERESTED)),
            (N_("{percent}% booked"), board.share(Stage.BOOKED)),
        )
        if share is not None
    ]
    if board.takes is not None:
        told.append(
            say(door.locale, N_("half of the answers came within {time}"), time=_span(door.locale, board.takes))
        )
    return " · ".join(told)


def _span(locale: str, takes: timedelta) -> str:
    minutes = max(1, round(takes.total_seconds() / 60))
    if minutes < 60:
        return say_n(locale, "{count} minute", "{count} minutes", minutes)
    if minutes < 48 * 60:
        return say_n(locale, "{count} hour", "{count} hours", round(minutes / 60))
    return say_n(locale, "{count} day", "{count} days", round(minutes / 1440))


def _answer(door: Door, one: LatestAnswer) -> AnswerRow:
    return AnswerRow(
        href=f"/pool/{one.talent_id}",
        name=one.name or say(door.locale, N_("someone erased")),
        told=_said(door, one),
        when=ago(door.locale, one.at, door.zone, door.now),
        exactly=moment(door.locale, one.at, door.zone, door.now),
    )


def _said(door: Door, one: LatestAnswer) -> str:
    match one.question, one.answer.value:
        case "slots", _:
            return say(door.locale, N_("picked a time"))
        case "digest", "yes":
            return say(door.locale, N_("OK to talk"))
        case "digest", _:
            told = say(door.locale, N_("the offer is not for them"))
        case _, "later" if one.later_on is not None:
            day = short_day(door.locale, one.later_on)
            return say(door.locale, N_("said later: not before {day}"), day=day)
        case _, said:
            told = say(door.locale, _SAID.get(said, N_("answered")))
    return f"{told} · {words.reason(door.locale, one.reason)}" if one.reason else told


_SAID = {
    "yes": N_("said yes"),
    "more_info": N_("wants to know more"),
    "no": N_("said no"),
    "later": N_("answered “later”"),
}


def _person(door: Door, one: queries.PersonRow) -> PersonLine:
    told, when = words.standing(door, one)
    job = jobs.label(one.job_code, door.locale) if one.job_code else one.job_text
    return PersonLine(
        href=f"/pool/{one.talent_id}",
        name=one.name or say(door.locale, N_("someone erased")),
        work=" · ".join(part for part in (job, one.place_name) if part),
        told=told,
        when=ago(door.locale, when, door.zone, door.now) if when else "",
        exactly=moment(door.locale, when, door.zone, door.now) if when else "",
    )
