"""Nothing a person reads is left in one language."""

import re
from collections import defaultdict
from pathlib import Path
from string import Formatter

from babel.messages.pofile import read_po

from tests.words import PORTAL, sentences


def _french() -> dict[str, list[tuple[str, str]]]:
    told: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for file in sorted((PORTAL / "locales" / "fr").glob("*.po")):
        with file.open("rb") as handle:
            for message in read_po(handle, locale="fr"):
                pairs = zip(_all(message.id), _all(message.string), strict=True) if message.id else ()
                for msgid, french in pairs:
                    told[msgid].append((french, file.name))
    return told


def _all(text: object) -> tuple[str, ...]:
    return tuple(str(one) for one in text) if isinstance(text, tuple | list) else (str(text),)


def test_every_sentence_is_told_in_french() -> None:
    french = _french()
    missing = {(sentence, where) for sentence, where in sentences() if not any(told for told, _ in french[sentence])}
    # What is only a name, a number or a sign says the same in both languages.
    bare = {(s, w) for s, w in missing if not re.search(r"[A-Za-z]", re.sub(r"\{\w+\}", "", s))}
    assert not missing - bare, "\n".join(f"{where}: {sentence}" for sentence, where in sorted(missing - bare))


def test_both_languages_fill_in_the_same_names() -> None:
    for english, all_told in _french().items():
        for french, file in all_told:
            if french:
                assert _names(french) <= _names(english), f"{file}: “{french}” names what “{english}” does not know"


def test_one_sentence_has_one_translation() -> None:
    twice = {english: told for english, told in _french().items() if len({french for french, _ in told}) > 1}
    assert not twice, "\n".join(f"“{english}”: {told}" for english, told in twice.items())


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_catalogues_hold_no_address_of_a_machine() -> None:
    for file in Path(PORTAL / "locales").rglob("*.po"):
        assert "POT-Creation" not in file.read_text(encoding="utf-8"), file.name
