"""The letters that follow an answer."""

from portal.consent.rules import Purpose
from portal.conversations.models import Ask
from portal.conversations.readers import Author, Reader
from portal.conversations.rules import Question
from portal.kit.i18n import say
from portal.postbox.content import Content, NamedLink, button, buttons, p, small
from portal.postbox.rules import LinkPurpose

PURPOSE = Purpose.POOL


def hello(reader: Reader) -> str:
    """Return the greeting, also for someone whose first name we do not know."""
    return say(reader.locale, "Hello {first_name},", first_name=reader.first_name).replace(" ,", ",")


def by_hand(reader: Reader, author: Author, subject: str, text: str) -> Content:
    """What a recruiter wrote, as they wrote it."""
    paragraphs = tuple(p(part.strip()) for part in text.split("\n\n") if part.strip())
    return Content(
        "by_hand",
        reader.locale,
        subject,
        (*paragraphs, p(f"{author.name}\n{author.house}"), small(reader.why)),
    )


def new_link(reader: Reader, author: Author, ask: Ask) -> Content:
    """A fresh link to a question whose first one came too late."""
    purpose = LinkPurpose.SURVEY if ask.question is Question.SURVEY else LinkPurpose.ANSWER
    act = {"ask": ask.id, "survey": ask.survey_id} if ask.survey_id else {"ask": ask.id}
    return Content(
        "new_link",
        reader.locale,
        say(reader.locale, "Your new link"),
        (
            p(hello(reader)),
            p(say(reader.locale, "Here is the new link you asked for. It is good for a week.")),
            buttons(button(say(reader.locale, "Answer"), "answer")),
            p(f"{author.name}\n{author.house}"),
        ),
        (NamedLink("answer", purpose, ask.deadline, act),),
    )
