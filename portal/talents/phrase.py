"""The phrase that shows we know what someone does, in words people use; nothing at all when nothing is known."""

from typing import Protocol

from portal.talents import jobs


class Doer(Protocol):
    """Whoever does something somewhere: a talent, or a row with these columns of one."""

    does: str
    job_code: str | None
    place_name: str


def phrase(talent: Doer, locale: str, *, tu: bool = False) -> str | None:
    """Return e.g. `vous soudez à Saint-Étienne`: what they said themself, else from their job; never a job title."""
    if talent.does:
        return talent.does
    told = jobs.phrase(talent.job_code, locale, tu=tu) if talent.job_code else None
    if told is None:
        return None
    return f"{told} {at_place(talent.place_name, locale)}" if talent.place_name else told


def at_place(place: str, locale: str) -> str:
    """Return `à Lyon`, `au Havre`, `aux Ulis`, `à La Rochelle`; `in Lyon` in English."""
    if locale != "fr":
        return f"in {place}"
    if place.startswith("Le "):
        return f"au {place[3:]}"
    if place.startswith("Les "):
        return f"aux {place[4:]}"
    return f"à {place}"
