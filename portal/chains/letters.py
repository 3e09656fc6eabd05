"""The letters a chain writes: one function a step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.booking.models import Slot
from portal.chains.definition import Info, QuestionStep, SurveyStep, Text
from portal.conversations.readers import Author, Reader
from portal.conversations.rules import Answer
from portal.kit.i18n import N_, moment, say, short_day
from portal.opportunities.models import Opportunity
from portal.postbox.content import Block, Content, NamedLink, button, buttons, facts, p, small
from portal.postbox.rules import LinkPurpose

ANSWER_LABELS = {
    Answer.YES: N_("Yes"),
    Answer.MORE_INFO: N_("Tell me more"),
    Answer.LATER: N_("Later"),
    Answer.NO: N_("No, thank you"),
}
_DIGEST_LABELS = {Answer.YES: N_("OK, let us talk"), Answer.NO: N_("Not for me")}


@dataclass(frozen=True, slots=True)
class Occasion:
    """What all letters of one launch share."""

    author: Author
    opportunity: Opportunity | None = None


def info(step: Info, reader: Reader, occasion: Occasion) -> Content:
    """A letter that asks nothing."""
    subject, blocks = _written(step.text, reader, occasion)
    return Content("info", reader.locale, subject, (*blocks, small(reader.why)))


def question(step: QuestionStep, reader: Reader, occasion: Occasion, *, until: datetime) -> Content:
    """One question, four answers, one press."""
    subject, blocks = _written(step.text, reader, occasion)
    pressed = [button(say(reader.locale, label), "answer", answer.value) for answer, label in ANSWER_LABELS.items()]
    return Content(
        f"question_{step.question}",
        reader.locale,
        subject,
        (*blocks, buttons(*pressed), _until(reader, until), small(reader.why)),
        (NamedLink("answer", LinkPurpose.ANSWER, until),),
    )


def digest(reader: Reader, occasion: Occasion, *, until: datetime) -> Content:
    """The condensed offer, after their own yes."""
    job = _job(occasion)
    pressed = [button(say(reader.locale, label), "answer", answer.value) for answer, label in _DIGEST_LABELS.items()]
    return Content(
        "digest",
        reader.locale,
        say(reader.locale, "In short: {title}", title=job.title)[:78],
        (
            p(_hello(reader)),
            p(say(reader.locale, "Thank you for your answer. Here is the essential, as promised.")),
            facts(digest_facts(job, reader.locale)),
            *([p(text)] if (text := digest_text(job, reader.locale)) else []),
            p(say(reader.locale, "Does it speak to you? If so, you will get two times to choose from.")),
            buttons(*pressed),
            _until(reader, until),
            *_signed(reader, occasion),
        ),
        (NamedLink("answer", LinkPurpose.ANSWER, until),),
    )


def slots(reader: Reader, occasion: Occasion, held: Sequence[Slot], *, until: datetime) -> Content:
    """Two times held for them alone."""
    told = [moment(reader.locale, slot.starts_at, reader.zone) for slot in held]
    pressed = [button(label, "slots", str(slot.id)) for label, slot in zip(told, held, strict=True)]
    neither = button(say(reader.locale, "Neither suits me"), "slots", "neither")
    return Content(
        "slots",
        reader.locale,
        say(reader.locale, "Two times held for you"),
        (
            p(_hello(reader)),
            p(
                say(
                    reader.locale,
                    "{author} keeps two times for you, for you alone, until {deadline}. Which one suits you?",
                    author=occasion.author.name,
                    deadline=moment(reader.locale, until, reader.zone),
                )
            ),
            buttons(*pressed, neither),
            p(say(reader.locale, "You will both get a calendar invitation as soon as you have picked.")),
            *_signed(reader, occasion),
        ),
        (NamedLink("slots", LinkPurpose.SLOTS, until),),
    )


def survey(step: SurveyStep, reader: Reader, occasion: Occasion, *, until: datetime) -> Content:
    """An invitation to say how it went."""
    subject, blocks = _written(step.text, reader, occasion)
    return Content(
        "survey",
        reader.locale,
        subject,
        (
            *blocks,
            buttons(button(say(reader.locale, "Answer the survey"), "survey")),
            _until(reader, until),
            small(reader.why),
        ),
        (NamedLink("survey", LinkPurpose.SURVEY, until, {"survey": step.survey_id}),),
    )


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
        return say(locale, "{low} to {high} K€ gross a year", low=f"{low / 1000:g}", high=f"{high / 1000:g}")
    if low or high:
        return say(locale, "{salary} K€ gross a year", salary=f"{(low or high or 0) / 1000:g}")
    return ""


def _written(text: Text, reader: Reader, occasion: Occasion) -> tuple[str, list[Block]]:
    words = text.fr if reader.locale == "fr" else text.en
    job = occasion.opportunity
    filled = {
        "first_name": reader.first_name,
        "knows": reader.knows,
        "author": occasion.author.name,
        "house": occasion.author.house,
        "title": job.title if job else "",
        "place": job.place_name if job else "",
    }
    paragraphs = [_tidy(part.format(**filled)) for part in words.body.split("\n\n")]
    return _tidy(words.subject.format(**filled)), [p(part) for part in paragraphs if part]


def _tidy(text: str) -> str:
    """Close the gaps an unknown name leaves: `Bonjour ,` and doubled spaces."""
    lines = (" ".join(line.replace(" ,", ",").split(" ")).replace("  ", " ").strip() for line in text.splitlines())
    return "\n".join(lines).strip()


def _hello(reader: Reader) -> str:
    return _tidy(say(reader.locale, "Hello {first_name},", first_name=reader.first_name))


def _until(reader: Reader, until: datetime) -> Block:
    return small(
        say(reader.locale, "You can answer until {deadline}.", deadline=moment(reader.locale, until, reader.zone))
    )


def _signed(reader: Reader, occasion: Occasion) -> tuple[Block, ...]:
    return p(f"{occasion.author.name}\n{occasion.author.house}"), small(reader.why)


def _job(occasion: Occasion) -> Opportunity:
    if occasion.opportunity is None:
        raise ValueError("a digest needs an opportunity: the launch checks it")
    return occasion.opportunity
