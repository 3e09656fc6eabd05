"""A questionnaire: one typed document, every question in two languages."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Asked(Part):
    """What every question has: `key` names its answers and never changes once someone answered."""

    key: str = Field(pattern=r"^[a-z0-9_]{1,40}$")
    fr: str = Field(max_length=300)
    en: str = Field(max_length=300)
    required: bool = False

    def text(self, locale: str) -> str:
        return self.fr if locale == "fr" else self.en


class Nps(Asked):
    """How likely they are to recommend us, 0 to 10."""

    kind: Literal["nps"] = "nps"


class Scale(Asked):
    """1 to 5."""

    kind: Literal["scale"] = "scale"


class Option(Part):
    """One thing to choose."""

    key: str = Field(pattern=r"^[a-z0-9_]{1,40}$")
    fr: str = Field(max_length=120)
    en: str = Field(max_length=120)

    def text(self, locale: str) -> str:
        return self.fr if locale == "fr" else self.en


class Choice(Asked):
    """One of several options."""

    kind: Literal["choice"] = "choice"
    options: tuple[Option, ...]


class Text(Asked):
    """Free words."""

    kind: Literal["text"] = "text"


Question = Annotated[Nps | Scale | Choice | Text, Field(discriminator="kind")]


class Questionnaire(Part):
    """The questions, in order."""

    questions: tuple[Question, ...]
