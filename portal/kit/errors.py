"""Errors a person may read: one sentence that says what to do."""


class Refused(Exception):
    """What was asked cannot be done; `str(error)` is an English msgid, `params` fill it, the reader's language tells it."""

    def __init__(self, sentence: str, **params: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.params = params

    def __str__(self) -> str:
        """Return the sentence in English, filled in."""
        return self.sentence.format(**self.params)


class NotFound(Refused):
    """It does not exist, or it is not yours: the two are told alike."""

    def __init__(self) -> None:
        super().__init__("This page does not exist, or it is not yours to see.")
