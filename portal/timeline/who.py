"""Who acts: the first thing every verb is told, and what stands on every timeline row."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a signed-in person may be."""

    RECRUITER = "recruiter"
    ADMIN = "admin"
    DPO = "dpo"
    CANDIDATE = "candidate"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone signed in: `id` is a staff id, or for a candidate the talent's id."""

    id: int
    role: Role
    name: str
    locale: str
    zone: str
    fresh: bool = False

    @property
    def is_staff(self) -> bool:
        """Tell staff from candidates."""
        return self.role is not Role.CANDIDATE


@dataclass(frozen=True, slots=True)
class LinkGrant:
    """The bearer of one link: one act for one person, never a session."""

    link_id: int
    talent_id: int


@dataclass(frozen=True, slots=True)
class System:
    """The worker or the command line, with its reason."""

    reason: str


Who = Person | LinkGrant | System
