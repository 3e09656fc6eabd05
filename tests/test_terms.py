"""One term a thing: what `docs/words.md` says stands in the catalogues, and what it forbids does not."""

import re

import pytest
from babel.messages.pofile import read_po

from portal.chains.templates import TEMPLATES
from portal.settings import PROJECT

ROW = re.compile(r"^\| (?!English|---)(.+?) \| (.+?) \| (.*?) ?\| (.*?) ?\|$", re.MULTILINE)
TABLE = ROW.findall((PROJECT / "docs" / "words.md").read_text(encoding="utf-8"))


def _terms(cell: str) -> list[re.Pattern[str]]:
    """Each term of a cell as a pattern of whole words; as written where it is no word in small letters."""
    told = [term.strip() for term in cell.split(",") if term.strip()]
    return [
        re.compile(
            r"(?<!\w)" + re.escape(term).replace(r"\ ", r"\s").replace(r"\*", r"\w*") + r"(?!\w)",
            re.IGNORECASE if term == term.lower() else re.NOFLAG,
        )
        for term in told
    ]


def _sentences() -> list[tuple[str, str]]:
    """Every sentence in English, with its French."""
    found: list[tuple[str, str]] = []
    for file in sorted((PROJECT / "portal" / "locales" / "fr").glob("*.po")):
        with file.open("rb") as handle:
            for message in read_po(handle, locale="fr"):
                one = message.id if isinstance(message.id, tuple) else (message.id,)
                told = message.string if isinstance(message.string, tuple) else (message.string,)
                found += list(zip(one, told, strict=True)) if message.id else []
    texts = [step["text"] for chain in TEMPLATES.values() for step in chain["steps"] if "text" in step]
    return found + [(text["en"][part], text["fr"][part]) for text in texts for part in ("subject", "body")]


SENTENCES = _sentences()


def test_the_table_is_read() -> None:
    assert len(TABLE) > 10
    assert len(SENTENCES) > 1000


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_a_word_not_to_be_used_stands_in_no_sentence(row: tuple[str, str, str, str]) -> None:
    wrong = [en for en, _ in SENTENCES for never in _terms(row[2]) if never.search(en)]
    wrong += [fr for _, fr in SENTENCES for never in _terms(row[3]) if never.search(fr)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_a_term_is_said_by_its_own_word_in_french(row: tuple[str, str, str, str]) -> None:
    english, french = _terms(row[0]), _terms(row[1])
    other = [
        f"{en}\n    {fr}"
        for en, fr in SENTENCES
        if any(term.search(en) for term in english) and not any(term.search(fr) for term in french)
    ]
    assert not other, "\n".join(other)
