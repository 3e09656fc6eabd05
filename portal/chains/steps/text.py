"""The words of a letter, in both languages, as a recruiter writes them."""

from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Annotated, Any

from pydantic import StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from portal.chains.steps.base import Part
from portal.chains.turns import Occasion, Sheet
from portal.conversations.readers import Reader
from portal.kit.i18n import N_, say, until
from portal.kit.zones import named
from portal.postbox.content import Block, p, small

# What a letter's text may name; see `written`.
FILLED_IN = ("first_name", "knows", "still_true", "thanks", "likeness", "author", "house", "title", "place")
OF_THE_JOB = frozenset({"title", "place"})

# Of somebody of whom no more than a name is known nothing can be still true: they are asked.
_STILL_TRUE = N_("{knows} Is this still true, and are you still open to an offer?")
_TELL_US = N_(
    "We know your name and little else. What do you do, and are you open to an offer? Behind “Yes” there is room to say it."
)

# The type of our own errors within pydantic's: `ctx` holds the sentence and what fills it.
OURS = "chain"
UNKNOWN_NAME = N_("Step {step}: {name} is not a name that can be filled in ({language}). Known are {known}.")
LONE_BRACE = N_("Step {step}: a brace stands alone ({language}). Remove it, or insert a name with its button.")


class Words(Part):
    """A letter's subject and body in one language; `{first_name}` and the like are filled in."""

    subject: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    body: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]

    @field_validator("subject", "body", mode="before")
    @classmethod
    def _plain(cls, text: Any) -> Any:  # noqa: ANN401 - whatever was typed
        # PostgreSQL keeps no NUL, and a browser sends the ends of lines as it likes.
        return text.replace("\0", "").replace("\r\n", "\n") if isinstance(text, str) else text

    @field_validator("subject")
    @classmethod
    def _one_line(cls, text: str) -> str:
        return text.replace("\n", " ")

    @field_validator("subject", "body")
    @classmethod
    def _only_known_names(cls, text: str) -> str:
        try:
            parsed = list(Formatter().parse(text))
        except ValueError as wrong:
            raise _wrong(LONE_BRACE) from wrong
        for _, name, how, conversion in parsed:
            if name is not None and (name not in FILLED_IN or how or conversion):
                known = ", ".join(f"{{{one}}}" for one in FILLED_IN)
                raise _wrong(UNKNOWN_NAME, name=f"{{{name}}}", known=known)
        return text


def _wrong(sentence: str, **params: object) -> PydanticCustomError:
    return PydanticCustomError(OURS, "to be mended", {"sentence": sentence, "params": params})


class Text(Part):
    """The same letter in French and English."""

    fr: Words
    en: Words

    @property
    def about_a_job(self) -> bool:
        """Tell whether it names the job or its place."""
        said = (f"{words.subject} {words.body}" for words in (self.fr, self.en))
        return any(name in OF_THE_JOB for words in said for _, name, _, _ in Formatter().parse(words))


def subject_of(step: Mapping[str, Any], locale: str) -> str:
    """Return the subject of a step that may be half written, in the reader's language."""
    text = step.get("text", {})
    return str(text.get(locale, text.get("en", {})).get("subject", ""))


def written(text: Text, sheet: Sheet) -> tuple[str, list[Block]]:
    """Return the subject and the paragraphs as this reader gets them: of them, and of us, only what is so."""
    reader, occasion, between = sheet.reader, sheet.occasion, sheet.between
    words = text.fr if reader.locale == "fr" else text.en
    job = occasion.opportunity
    filled = {
        "first_name": reader.first_name,
        "knows": reader.knows,
        "still_true": say(reader.locale, _STILL_TRUE if reader.knows else _TELL_US, knows=reader.knows),
        "thanks": between.thanks(reader.locale),
        "likeness": between.likeness(reader.locale, job.id if job else None),
        "author": occasion.author.name,
        "house": occasion.author.house,
        "title": job.title if job else "",
        "place": job.place_name if job else "",
    }
    paragraphs = [tidy(_placed_once(part, filled)) for part in words.body.split("\n\n")]
    return tidy(_placed_once(words.subject, filled)), [p(part) for part in paragraphs if part]


def _placed_once(text: str, filled: Mapping[str, str]) -> str:
    """Fill in the names; a title that ends with its place is not followed by it: `Infirmière de site, Lyon, Lyon`."""
    title, place = filled["title"], filled["place"]
    told = text.format(**filled)
    return told.replace(f"{title}, {place}", title) if place and title.endswith(place) else told


def tidy(text: str) -> str:
    """Close the gaps an unknown name leaves: `Bonjour ,` and doubled spaces."""
    lines = (" ".join(line.replace(" ,", ",").split(" ")).replace("  ", " ").strip() for line in text.splitlines())
    return "\n".join(lines).strip()


def hello(reader: Reader) -> Block:
    """Greet them, also if we know no first name."""
    return p(tidy(say(reader.locale, "Hello {first_name},", first_name=reader.first_name)))


def answer_until(sheet: Sheet) -> Block:
    """Say until when it can be answered; with the zone where who asks lives by another clock."""
    reader = sheet.reader
    told = until(reader.locale, sheet.until, reader.zone, sheet.leaves_at)
    told = named(reader.locale, told, sheet.until, reader.zone, sheet.occasion.author.zone)
    return small(say(reader.locale, "You can answer {until}.", until=told))


def signed(reader: Reader, occasion: Occasion) -> Sequence[Block]:
    """Sign, and say why they receive this."""
    return p(f"{occasion.author.name}\n{occasion.author.house}"), small(reader.why)
