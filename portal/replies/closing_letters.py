"""The letter that says a job is closed, to those who said yes to it and wait for us."""

from portal.conversations.readers import Author, Reader
from portal.kit.i18n import say
from portal.opportunities.models import Opportunity
from portal.postbox.content import Content, p, small
from portal.replies.letters import hello

TEMPLATE = "job_closed_news"


def job_closed(reader: Reader, author: Author, job: Opportunity, *, times: bool) -> Content:
    """Say it first, and what it changes for them; `times` were offered to them."""
    closed = say(
        reader.locale,
        "You had answered us about “{title}”. I would rather tell you at once: this job is no longer open, so what was to"
        " follow will not come.",
        title=job.title,
    )
    no_times = say(reader.locale, "The times offered to you for it are no longer kept.")
    return Content(
        TEMPLATE,
        reader.locale,
        say(reader.locale, "The job is no longer open"),
        (
            p(hello(reader)),
            p(closed),
            *([p(no_times)] if times else []),
            p(say(reader.locale, "There is nothing for you to do. Thank you for the time you took to answer us.")),
            p(f"{author.name}\n{author.house}"),
            small(reader.why),
        ),
    )
