"""What a link page says, in both languages, and whether it can be read."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.kit.i18n import say
from portal.settings import PROJECT
from portal.ui.links.style import CSS, DAY, NIGHT
from portal.ui.links.visit import accepted

PARTS = [PROJECT / "portal" / name for name in ("access", "consent", "signin", "ui/links")]
ON = [("ink", "page"), ("ink", "surface"), ("quiet", "page"), ("quiet", "surface"), ("ink", "todo-soft")]
ON += [("accent", "surface"), ("on-accent", "accent")]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)] if len(colour) == 7 else [1.0, 1.0, 1.0]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("palette", [DAY, NIGHT], ids=["day", "night"])
@pytest.mark.parametrize(("text", "ground"), ON)
def test_text_is_seven_times_lighter_or_darker_than_its_ground(palette: dict[str, str], text: str, ground: str) -> None:
    light, dark = sorted((luminance(palette[text]), luminance(palette[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 7


def test_every_colour_of_the_style_has_a_value() -> None:
    assert [name for name in re.findall(r"var\(--([a-z-]+)\)", CSS) if f"--{name}:" not in CSS] == []


def sentences_of(path: Path) -> Iterator[str]:
    """The English sentences a file hands to the translators."""
    text = path.read_text()
    if path.suffix == ".html":
        yield from re.findall(r'\bt\("([^"]+)"', text)
        return
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Call(func=ast.Name(id="N_" | "Refused"), args=[ast.Constant(value=str(sentence)), *_]):
                yield sentence


SENTENCES = sorted(
    {s for part in PARTS for path in part.rglob("*") if path.suffix in {".py", ".html"} for s in sentences_of(path)}
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_sentence_has_its_french_with_the_same_names_in_it(sentence: str) -> None:
    names = {name: f"‹{name}›" for name in re.findall(r"{(\w+)}", sentence)}
    french = say("fr", sentence, **names)
    assert french != sentence.format(**names)
    assert all(value in french for value in names.values())
    assert not re.search(r"[^\u00a0\u202f][!?;»]", french), "a no-break space stands before these"
    assert "'" not in french


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("de, en;q=.5, fr;q=0.9", "fr"),
        ("en-GB,en;q=0.9,fr;q=0.8", "en"),
        ("fr;q=0, en;q=0.1", "en"),
        ("en, fr", "en"),
        ("es", "fr"),
        ("", "fr"),
        ("en;q=lots", "en"),
    ],
)
def test_the_language_a_browser_would_rather_have_is_taken(asked: str, language: str) -> None:
    assert accepted(asked) == language
