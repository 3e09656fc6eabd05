"""The same rules asked of the truth: the wide row of each person, and EXISTS over the tables beside it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import col

from portal.consent.models import Consent
from portal.conversations.models import AnswerGiven, Ask
from portal.segments import document as d
from portal.segments.compile import Condition, Today, combined
from portal.segments.models import Place
from portal.talents import places
from portal.talents.models import Source, Talent, TalentTag


def condition(node: d.Group | d.Criterion, today: Today) -> Condition:
    """Return what a talent must meet."""
    if isinstance(node, d.Group):
        return combined(node, [condition(child, today) for child in node.of])
    return _of_row(node, today) if not isinstance(node, _BESIDE) else _beside(node, today)


_BESIDE = (d.Consent, d.Tags, d.Sources, d.Answered)


def _beside(node: Any, today: Today) -> Condition:
    match node:
        case d.Consent():
            given = (col(Consent.standing) == "given") & (
                col(Consent.expires_on).is_(None) | (col(Consent.expires_on) > today.day)
            )
            stands = {"valid": given, "withdrawn": col(Consent.standing) == "withdrawn"}
            mine = (col(Consent.talent_id) == col(Talent.id)) & (col(Consent.purpose) == node.purpose)
            return sa.exists().where(mine, sa.or_(*(stands[state.value] for state in node.one_of)))
        case d.Tags():
            mine = col(TalentTag.talent_id) == col(Talent.id)
            return sa.exists().where(mine, col(TalentTag.tag_id).in_(node.one_of))
        case d.Sources():
            return sa.exists().where(col(Source.talent_id) == col(Talent.id), col(Source.kind).in_(node.one_of))
        case _:
            mine = (col(Ask.talent_id) == col(Talent.id)) & (col(AnswerGiven.ask_id) == col(Ask.id))
            said = col(AnswerGiven.answer).in_(node.one_of)
            if node.reasons:
                said = said & col(AnswerGiven.reason).in_(node.reasons)
            return sa.exists().where(mine, said)


def _of_row(node: Any, today: Today) -> Condition:  # noqa: C901, PLR0911, PLR0912 - one line a criterion
    match node:
        case d.Job():
            others = col(Talent.other_jobs).op("&&", is_comparison=True)(_texts(node.one_of))
            return col(Talent.job_code).in_(node.one_of) | others
        case d.Near():
            return _anywhere(lambda table: _chord2(table, node.place) <= places.chord2(node.km))
        case d.Mobility():
            here = places.get(node.place)
            assert here is not None
            named = col(Talent.regions).op("@>", is_comparison=True)(_texts([here.region]))
            return _anywhere(lambda table: _chord2(table, node.place) <= col(Talent.mobility_c2)) | named
        case d.Available():
            dated = col(Talent.availability).in_(("from_date", "notice"))
            by = today.day + timedelta(days=node.days or 0)
            return (col(Talent.availability) == "now") | (dated & (col(Talent.available_from) <= by))
        case d.Situation():
            return col(Talent.availability).in_(node.one_of)
        case d.Contracts():
            return col(Talent.contracts).op("&&", is_comparison=True)(_texts(node.one_of))
        case d.Skills():
            return col(Talent.skills).op("&&", is_comparison=True)(_texts(node.one_of))
        case d.Level():
            return col(Talent.experience).in_(node.one_of)
        case d.Salary():
            return col(Talent.salary_floor) <= node.at_most
        case d.RemoteShare():
            return col(Talent.remote).in_(node.one_of)
        case d.LastLetter() | d.LastAct():
            column = col(Talent.last_letter_at if isinstance(node, d.LastLetter) else Talent.last_act_at)
            within = column >= today.now - timedelta(days=node.days or 0)
            return within if node.when is d.Since.WITHIN else within.is_not(sa.true())
        case d.Own(test=d.Test.ONE_OF):
            return col(Talent.custom)[str(node.field)].astext.in_(node.one_of)
        case d.Own():
            value = sa.cast(col(Talent.custom)[str(node.field)].astext, sa.Numeric)
            return value.between(node.least, node.most)
        case d.Spoken():
            return col(Talent.languages).op("&&", is_comparison=True)(_texts(["en:B2", "en:C1", "en:C2"]))
    raise NotImplementedError(node)


def _texts(values: Any) -> sa.ColumnElement[Any]:
    return sa.literal([str(value) for value in values], pg.ARRAY(sa.Text))


def _anywhere(meets: Callable[[Any], Condition]) -> Condition:
    other = col(Place.insee) == sa.any_(col(Talent.other_places))
    return meets(Talent) | sa.and_(col(Talent.other_places) != _texts([]), sa.exists().where(other, meets(Place)))


def _chord2(table: Any, insee: str) -> sa.ColumnElement[float]:
    here = places.get(insee)
    assert here is not None
    columns = (table.ux, table.uy, table.uz) if table is Talent else (table.x, table.y, table.z)
    total: Any = sa.literal(0.0)
    for column, at in zip(columns, places.unit_vector(here.lat, here.lon), strict=True):
        total = total + (col(column) - at) * (col(column) - at)
    return total
