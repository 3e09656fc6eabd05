"""The letters that follow an answer."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from portal.consent.rules import Purpose
from portal.conversations.models import Ask, Message
from portal.conversations.readers import Author, Reader
from portal.conversations.rules import Question
from portal.kit.i18n import day, say
from portal.postbox.content import Block, Content, NamedLink, button, buttons, p, quote, small
from portal.postbox.rules import LinkPurpose

PURPOSE = Purpose.POOL
# How long the button of a letter by hand takes an answer.
REPLY_FOR = timedelta(days=90)


def hello(reader: Reader) -> str:
    """Return the greeting, also for someone whose first name we do not know."""
    return say(reader.locale, "Hello {first_name},", first_name=reader.first_name).replace(" ,", ",")


def by_hand(
    reader: Reader, author: Author, subject: str, text: str, *, asked: Sequence[Message] = (), now: datetime
) -> Content:
    """What a recruiter wrote, as they wrote it, under it what it answers; a button answers in turn."""
    paragraphs = tuple(p(part.strip()) for part in text.split("\n\n") if part.strip())
    return Content(
        "by_hand",
        reader.locale,
        subject,
        (
            *paragraphs,
            p(f"{author.name}\n{author.house}"),
            buttons(button(say(reader.locale, "Reply"), "reply")),
            *_quoted(reader, asked),
            small(reader.why),
        ),
        (NamedLink("reply", LinkPurpose.REPLY, now + REPLY_FOR),),
    )


def _quoted(reader: Reader, asked: Sequence[Message]) -> Iterator[Block]:
    for one in asked:
        on = one.at.astimezone(ZoneInfo(reader.zone)).date()
        yield small(say(reader.locale, "You wrote on {day}:", day=day(reader.locale, on)))
        yield quote(one.text)


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
