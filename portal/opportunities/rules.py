"""What an opportunity must say before it can be put to anyone."""

from dataclasses import dataclass
from datetime import date

from portal.kit.errors import Refused
from portal.kit.i18n import N_
from portal.talents import jobs, places
from portal.talents.vocabulary import Contract, Environment, Remote

LONGEST_TITLE = 120
LONGEST_DIGEST = 1_500
MOST_SALARY = 1_000_000


@dataclass(frozen=True, slots=True)
class Terms:
    """What a recruiter writes: `job_code` ROME, `place_code` INSEE, salaries in euros a year, gross."""

    title: str
    contract: Contract
    digest_fr: str = ""
    digest_en: str = ""
    job_code: str | None = None
    place_code: str | None = None
    salary_min: int | None = None
    salary_max: int | None = None
    starts_on: date | None = None
    remote: Remote | None = None
    environment: Environment | None = None


def refuse_nonsense(terms: Terms) -> None:
    """Raise the first sentence that says what to mend."""
    _title(terms.title)
    _digests(terms)
    _salaries(terms)
    if terms.job_code is not None and jobs.get(terms.job_code) is None:
        raise Refused(N_("No job is known under the code “{code}”: choose one from the list."), code=terms.job_code)
    if terms.place_code is not None and places.get(terms.place_code) is None:
        raise Refused(N_("No place is known under the code “{code}”: choose one from the list."), code=terms.place_code)


def _title(title: str) -> None:
    if not title.strip():
        raise Refused(N_("Give the opportunity a title: people read it first."))
    if len(title) > LONGEST_TITLE:
        raise Refused(N_("A title has {most} characters at most."), most=LONGEST_TITLE)


def _digests(terms: Terms) -> None:
    if not (terms.digest_fr.strip() or terms.digest_en.strip()):
        raise Refused(N_("Write the digest, in French or in English: it is what people receive after their yes."))
    if max(len(terms.digest_fr), len(terms.digest_en)) > LONGEST_DIGEST:
        raise Refused(N_("A digest is condensed: {most} characters at most."), most=LONGEST_DIGEST)


def _salaries(terms: Terms) -> None:
    for amount in (terms.salary_min, terms.salary_max):
        if amount is not None and not 1 <= amount <= MOST_SALARY:
            raise Refused(N_("A salary is in euros a year, from 1 to {most}."), most=MOST_SALARY)
    if terms.salary_min is not None and terms.salary_max is not None and terms.salary_min > terms.salary_max:
        raise Refused(N_("The lowest salary is above the highest: swap them or correct one."))
