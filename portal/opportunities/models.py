"""A job to fill."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from portal.kit.db import choice, key, ref
from portal.talents.vocabulary import Contract, Environment, Remote


class Opportunity(SQLModel, table=True):
    """Title, place, contract, salary range, start, environment, and the condensed digest people receive."""

    id: int | None = key()
    owner_id: int = ref("staff.id")
    title: str
    job_code: str | None = None
    place_code: str | None = None
    place_name: str = ""
    lat: float | None = None
    lon: float | None = None
    contract: Contract = choice(Contract)
    salary_min: int | None = Field(default=None, description="euros a year, gross")
    salary_max: int | None = None
    starts_on: date | None = None
    remote: Remote | None = choice(Remote, default=None, nullable=True)
    environment: Environment | None = choice(Environment, default=None, nullable=True)
    digest_fr: str = Field(default="", description="what the work is, in a few lines")
    digest_en: str = ""
    created_at: datetime
    closed_at: datetime | None = None
