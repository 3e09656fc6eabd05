"""The duties that fail at present."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from portal.duties.rules import Duty
from portal.kit.db import choice


class FailingDuty(SQLModel, table=True):
    """A duty that failed when it was last tried; the row goes when it is done."""

    __tablename__ = "failing_duty"

    duty: Duty = choice(Duty, primary_key=True)
    since: datetime
    last_at: datetime
    because: str = Field(description="what failed and where in our code: never a value, so nobody's name")
