"""A job in a few words, as letters and pages tell it."""

from portal.kit.i18n import N_, say, short_day
from portal.opportunities.models import Opportunity


def digest_facts(job: Opportunity, locale: str) -> list[tuple[str, str]]:
    """Return what is known of the job, label and value, in the reader's language."""
    rows = [
        (say(locale, "The job"), job.title),
        (say(locale, "Place"), job.place_name),
        (say(locale, "Contract"), say(locale, CONTRACTS[job.contract.value])),
        (say(locale, "Salary"), _salary(job, locale)),
        (say(locale, "Start"), short_day(locale, job.starts_on) if job.starts_on else ""),
    ]
    return [(label, value) for label, value in rows if value]


CONTRACTS = {
    "cdi": N_("permanent contract"),
    "cdd": N_("fixed-term contract"),
    "interim": N_("temporary work"),
    "freelance": N_("freelance"),
    "apprenticeship": N_("apprenticeship"),
    "internship": N_("internship"),
}


def digest_text(job: Opportunity, locale: str) -> str:
    """Return the digest in the reader's language, or in the other one rather than nothing."""
    return (job.digest_fr or job.digest_en) if locale == "fr" else (job.digest_en or job.digest_fr)


def _salary(job: Opportunity, locale: str) -> str:
    low, high = job.salary_min, job.salary_max
    if low and high and low != high:
        return say(locale, "€{low}k to €{high}k gross a year", low=f"{low / 1000:g}", high=f"{high / 1000:g}")
    if low or high:
        return say(locale, "€{salary}k gross a year", salary=f"{(low or high or 0) / 1000:g}")
    return ""
