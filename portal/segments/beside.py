"""What stands beside someone's own row and a rule may ask: told criterion by criterion, like `known`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.conversations.labels import answer_label, reason_label
from portal.conversations.models import AnswerGiven, Ask
from portal.conversations.rules import Answer, Reason
from portal.kit.i18n import N_, say, say_n, short_day
from portal.segments import document as d
from portal.segments.house_clauses import told_number
from portal.segments.models import Projection
from portal.segments.names import UNNAMED, Names
from portal.segments.wording import language_name
from portal.talents import jobs
from portal.talents.labels import label
from portal.talents.models import Source, Talent, TalentTag
from portal.talents.rules import FieldKind, SourceKind


@dataclass(frozen=True, slots=True)
class Beside:
    """Tags worn, sources, answers ever given, and two days the projection holds."""

    tags: tuple[int, ...] = ()
    sources: tuple[SourceKind, ...] = ()
    answers: tuple[tuple[Answer, Reason | None], ...] = ()
    confirmed_on: date | None = None
    notice_due: date | None = None
    names: Names = UNNAMED
    holds: Mapping[d.Criterion, bool] = field(default_factory=dict)


def beside(session: Session, talent_id: int, names: Names, holds: Mapping[d.Criterion, bool]) -> Beside:
    """Read what stands beside one person; `holds` is what was found true of them."""
    worn = sa.select(col(TalentTag.tag_id)).where(col(TalentTag.talent_id) == talent_id).order_by(col(TalentTag.tag_id))
    kinds = sa.select(col(Source.kind)).distinct().where(col(Source.talent_id) == talent_id)
    said = (
        sa.select(col(AnswerGiven.answer), col(AnswerGiven.reason))
        .distinct()
        .join(Ask, col(Ask.id) == col(AnswerGiven.ask_id))
        .where(col(Ask.talent_id) == talent_id)
    )
    days = sa.select(col(Projection.confirmed_on), col(Projection.notice_due)).where(
        col(Projection.talent_id) == talent_id
    )
    confirmed, due = session.execute(days).one()
    return Beside(
        tags=tuple(session.scalars(worn)),
        sources=tuple(session.scalars(kinds)),
        answers=tuple((answer, reason) for answer, reason in session.execute(said)),
        confirmed_on=confirmed,
        notice_due=due,
        names=names,
        holds=holds,
    )


def _jobs(_: d.Job, talent: Talent, __: Beside, locale: str) -> str:
    codes = [code for code in (talent.job_code, *talent.other_jobs) if code]
    if not codes:
        return say(locale, "we do not know their job")
    if len(codes) == 1:
        return say(locale, "their job is “{job}”", job=jobs.label(codes[0], locale))
    return say(locale, "their jobs: {jobs}", jobs=_listed([jobs.label(code, locale) for code in codes]))


def _listed(told: list[str]) -> str:
    return ", ".join(told)


def _skills(_: d.Skills, talent: Talent, __: Beside, locale: str) -> str:
    if not talent.skills:
        return say(locale, "they have named no skill")
    return say(locale, "their skills: {skills}", skills=_listed(talent.skills))


def _spoken(_: d.Spoken, talent: Talent, __: Beside, locale: str) -> str:
    if not talent.languages:
        return say(locale, "they have not said which languages they speak")
    spoken = [spoken.partition(":")[::2] for spoken in talent.languages]
    told = [f"{language_name(code, locale)} {level}".strip() for code, level in spoken]
    return say(locale, "they speak: {languages}", languages=_listed(told))


def _notice(_: d.NoticePeriod, talent: Talent, __: Beside, locale: str) -> str:
    if talent.notice_days is None:
        return say(locale, "they have not said how long their notice is")
    return say_n(locale, "their notice is a day", "their notice is {count} days", talent.notice_days)


_MOVES, _STAYS = N_("they would move house"), N_("they would not move house")


def _relocation(_: d.Relocation, talent: Talent, __: Beside, locale: str) -> str:
    if talent.relocation is None:
        return say(locale, "they have not said whether they would move house")
    return say(locale, _MOVES if talent.relocation else _STAYS)


def _tags(_: d.Tags, __: Talent, beside: Beside, locale: str) -> str:
    if not beside.tags:
        return say(locale, "they wear no tag")
    return say(locale, "their tags: {tags}", tags=_listed([beside.names.tag(locale, tag) for tag in beside.tags]))


def _sources(_: d.Sources, talent: Talent, beside: Beside, locale: str) -> str:
    kinds = dict.fromkeys((talent.source_kind, *beside.sources))
    return say(locale, "they came by: {source}", source=_listed([label(locale, kind) for kind in kinds]))


def _own(criterion: d.Own, talent: Talent, beside: Beside, locale: str) -> str:
    field, value = beside.names.field(locale, criterion.field), talent.custom.get(str(criterion.field))
    if value is None:
        return say(locale, "nothing is known of “{field}”", field=field)
    return say(locale, "their “{field}”: {value}", field=field, value=_value(criterion.field, value, beside, locale))


def _value(number: int, value: Any, beside: Beside, locale: str) -> str:  # noqa: ANN401 - what a JSON document holds
    own = beside.names.own(number)
    if isinstance(value, list):
        return _listed([beside.names.choice(locale, number, str(each)) for each in value])
    if isinstance(value, int | float):
        return told_number(locale, value)
    if own is not None and own.kind is FieldKind.DATE:
        return short_day(locale, date.fromisoformat(value))
    chosen = own is not None and own.kind in {FieldKind.CHOICE, FieldKind.YES_NO}
    return beside.names.choice(locale, number, value) if chosen else str(value)


def _answered(_: d.Answered, __: Talent, beside: Beside, locale: str) -> str:
    if not beside.answers:
        return say(locale, "they have answered nothing yet")
    told = [_answer(locale, answer, reason) for answer, reason in beside.answers]
    return say(locale, "their answers so far: {answers}", answers=_listed(told))


def _answer(locale: str, answer: Answer, reason: Reason | None) -> str:
    told = answer_label(locale, answer)
    return say(locale, "{answer} ({reasons})", answer=told, reasons=reason_label(locale, reason)) if reason else told


def _notice_due(_: d.NoticeDue, __: Talent, beside: Beside, locale: str) -> str:
    if beside.notice_due is None:
        return say(locale, "they are informed, or told us themselves")
    return say(locale, "they are to be informed by {day}", day=short_day(locale, beside.notice_due))


def _confirmed(_: d.Confirmed, __: Talent, beside: Beside, locale: str) -> str:
    if beside.confirmed_on is None:
        return say(locale, "nobody has confirmed their record yet")
    return say(locale, "their record was last confirmed on {day}", day=short_day(locale, beside.confirmed_on))


def _score(criterion: d.Score, _: Talent, beside: Beside, locale: str) -> str:
    survey = beside.names.survey(locale, criterion.survey)
    if beside.holds.get(criterion):
        return say(locale, "they answered so in the survey “{survey}”", survey=survey)
    return say(locale, "they did not answer so in the survey “{survey}”", survey=survey)


def _member(criterion: d.Member, _: Talent, beside: Beside, locale: str) -> str:
    name = beside.names.segment(locale, criterion.segment)
    if beside.holds.get(criterion):
        return say(locale, "they are in the segment “{name}”", name=name)
    return say(locale, "they are not in the segment “{name}”", name=name)


KNOWN: dict[type[Any], Callable[[Any, Talent, Beside, str], str]] = {
    d.Job: _jobs,
    d.Skills: _skills,
    d.Spoken: _spoken,
    d.NoticePeriod: _notice,
    d.Relocation: _relocation,
    d.Tags: _tags,
    d.Sources: _sources,
    d.Own: _own,
    d.Answered: _answered,
    d.NoticeDue: _notice_due,
    d.Confirmed: _confirmed,
    d.Score: _score,
    d.Member: _member,
}
