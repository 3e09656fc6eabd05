"""Who may come in, and the rules of the house."""

import uuid
from datetime import datetime, time

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from portal.kit.db import choice, key, maybe_ref, ref, words
from portal.timeline.who import Role


class Staff(SQLModel, table=True):
    """A recruiter, an admin or a DPO."""

    id: int | None = key()
    email: str = Field(unique=True, description="lower case")
    name: str
    role: Role = choice(Role)
    locale: str = "fr"
    zone: str = "Europe/Paris"
    invited_at: datetime
    disabled_at: datetime | None = None


class WebSession(SQLModel, table=True):
    """A signed-in browser; the cookie holds a token whose hash stands here."""

    __tablename__ = "web_session"

    id: int | None = key()
    token_hash: bytes = Field(unique=True)
    staff_id: int | None = maybe_ref("staff.id")
    talent_id: int | None = maybe_ref("talent.id")
    created_at: datetime
    fresh_until: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    farewell: str | None = Field(default=None, description="where signing out goes on, at their identity provider")


class StaffIdentity(SQLModel, table=True):
    """An account at an identity provider that is a member of staff, since it first vouched for their address."""

    __tablename__ = "staff_identity"
    __table_args__ = (sa.UniqueConstraint("staff_id", "issuer"),)

    issuer: str = Field(primary_key=True)
    sub: str = Field(primary_key=True)
    staff_id: int = ref("staff.id", index=False)
    linked_at: datetime


class UsedAttempt(SQLModel, table=True):
    """The state of a sign-in through a provider that came back: none comes back twice."""

    __tablename__ = "used_attempt"

    state_hash: bytes = Field(primary_key=True)
    used_at: datetime


class SignInRequest(SQLModel, table=True):
    """Someone asked for a sign-in mail; known and unknown addresses leave the same row.

    The browser that asked holds the other half, so the code typed on it needs no address.
    """

    __tablename__ = "sign_in_request"

    id: int | None = key()
    browser_hash: bytes = Field(unique=True)
    letter_id: uuid.UUID | None = None
    asked_at: datetime
    expires_at: datetime
    tries: int = 0


class RateCount(SQLModel, table=True):
    """How often something was tried within one window; `subject` is a keyed hash, never an address."""

    __tablename__ = "rate_count"

    subject: bytes = Field(primary_key=True)
    window: datetime = Field(primary_key=True)
    tries: int = 0


class House(SQLModel, table=True):
    """The rules of the house; exactly one row."""

    id: int = Field(default=1, primary_key=True)
    name: str = "Vivier"
    named: bool = Field(default=False, description="name and zone are settled: the environment no longer gives them")
    controller_contact: str = Field(default="", description="where the controller is reached (GDPR 13(1)(a))")
    dpo_contact: str = Field(default="", description="where the data protection officer is reached (GDPR 13(1)(b))")
    mail_domain: str = Field(default="vivier.example", description="right of the @ in Message-IDs")
    zone: str = "Europe/Paris"
    rhythm_days: int = 30
    quiet_from: time = time(20, 0)
    quiet_to: time = time(8, 0)
    hold_hours: int = 48
    notice_hours: int = 2
    retention_months: int = 24
    no_holds_days: int = 180
    later_days: int = 90
    says_tu: bool = False
    legitimate_interest_for: list[str] = words()

    __table_args__ = (sa.CheckConstraint("id = 1", name="only_one"),)
