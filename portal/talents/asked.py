"""Which segments ask for something a rule names by number or code: what is asked for cannot vanish under them."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session

from portal.kit.errors import Refused
from portal.kit.i18n import N_

CHOICE_ASKED = N_("These segments ask for “{choice}”: {names}. Take it out of them first, or rename it.")
# By name alone: `portal.segments` stands above. One put away may come back, so it counts too.
_NAMING = sa.text(
    "SELECT name FROM segment WHERE jsonb_path_exists(rule, CAST(:path AS jsonpath), :vars) ORDER BY name, id FOR UPDATE"
).bindparams(sa.bindparam("vars", type_=pg.JSONB()))
_A_CHOICE = '$.** ? (@.kind == "field" && @.field == $field).one_of[*] ? (@ == $code)'
_A_SURVEY = '$.** ? (@.kind == "score" && @.survey == $survey)'


def asking_choice(session: Session, field_id: int, code: str) -> list[str]:
    """Return the names of the segments whose rule asks for a choice of a field, however deep."""
    return _naming(session, _A_CHOICE, {"field": field_id, "code": code})


def asking_survey(session: Session, survey_id: int) -> list[str]:
    """Return the names of the segments whose rule asks how a survey was answered."""
    return _naming(session, _A_SURVEY, {"survey": survey_id})


# By name alone again: `portal.chains` stands above. Whoever was asked may be told that it is over; nobody is asked in vain.
_TO_ASK = sa.text("""
SELECT DISTINCT chain.name
  FROM launch JOIN chain_version version ON version.id = launch.version_id JOIN chain ON chain.id = version.chain_id
 CROSS JOIN LATERAL jsonb_path_query(version.definition, :path, :vars) asks
 WHERE launch.state IN ('planned', 'running', 'paused')
   AND (launch.enrolled_at IS NULL OR EXISTS (
       SELECT FROM enrolment way WHERE way.launch_id = launch.id AND way.state IN ('due', 'asked')
          AND NOT (way.state = 'asked' AND way.step = asks ->> 'key')))
 ORDER BY chain.name
""").bindparams(sa.bindparam("path", type_=pg.JSONPATH()), sa.bindparam("vars", type_=pg.JSONB()))
_A_SURVEY_STEP = '$.steps[*] ? (@.type == "survey" && @.survey_id == $survey)'


def chains_to_ask(session: Session, survey_id: int) -> list[str]:
    """Return the names of the chains of which a launch has people who are still to be asked this survey."""
    return [str(name) for name in session.scalars(_TO_ASK, {"path": _A_SURVEY_STEP, "vars": {"survey": survey_id}})]


def _naming(session: Session, path: str, values: dict[str, object]) -> list[str]:
    return [str(name) for name in session.scalars(_NAMING, {"path": path, "vars": values})]


def refuse_if_asked(sentence: str, asking: Iterable[str], **params: str) -> None:
    """Refuse with the names of those who ask, if anyone does."""
    if names := ", ".join(asking):
        raise Refused(sentence, names=names, **params)
