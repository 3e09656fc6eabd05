"""Experience surveys and what people answered."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import SQLModel

from portal.kit.db import document, key, maybe_ref, ref


class Survey(SQLModel, table=True):
    """Questions in two languages, see `portal.surveys.document.Questionnaire`."""

    id: int | None = key()
    owner_id: int = ref("staff.id")
    title_fr: str
    title_en: str = ""
    questions: list[dict[str, Any]] = document(default_factory=list)
    created_at: datetime
    closed_at: datetime | None = None


class SurveyResponse(SQLModel, table=True):
    """One person's answers: one row a person and survey."""

    __tablename__ = "survey_response"
    __table_args__: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("survey_id", "talent_id"),)

    id: int | None = key()
    survey_id: int = ref("survey.id", index=False)
    talent_id: int = ref("talent.id")
    launch_id: int | None = maybe_ref("launch.id")
    answers: dict[str, Any] = document(default_factory=dict)
    answered_at: datetime
