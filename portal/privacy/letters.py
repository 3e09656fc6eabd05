"""The letters about someone's own data."""

from datetime import datetime

from portal.conversations.readers import Author, Reader
from portal.kit.i18n import moment, say
from portal.postbox.content import Content, NamedLink, button, buttons, p, quote, small
from portal.postbox.rules import LinkPurpose


def first_information(reader: Reader, author: Author, notice: str, *, until: datetime) -> Content:
    """Who we are, where their data come from, and one question: may we keep in touch?"""
    locale = reader.locale
    hello = say(locale, "Hello {first_name},", first_name=reader.first_name).replace(" ,", ",")
    ask = say(locale, "May we keep your file and write to you when a job fits? One press is enough, either way.")
    return Content(
        "first_information",
        locale,
        say(locale, "May we keep in touch?"),
        (
            p(hello),
            p(say(locale, "{source} Here is what we do with it, and what you can ask of us.", source=reader.why)),
            quote(notice),
            p(ask),
            buttons(
                button(say(locale, "Yes, keep in touch"), "consent", "yes"),
                button(say(locale, "No, stop here"), "consent", "no"),
            ),
            small(
                say(locale, "Without an answer by {day}, we write no more.", day=moment(locale, until, reader.zone)),
            ),
            p(f"{author.name}\n{author.house}"),
        ),
        (NamedLink("consent", LinkPurpose.CONSENT, until),),
    )
