"""What mail programs do to a letter: they drop its style, draw it with Word, and link nothing by themselves."""

import re
from html.parser import HTMLParser

import pytest

from portal.postbox.content import Block, button, buttons, facts, p, quote, small
from portal.postbox.rendering import Rendered, render

SPACE = "https://talents.example.org/signin"
ANSWERS = buttons(button("Oui", "answer", "yes"), button("Plus tard", "answer", "later"), button("Non", "answer", "no"))


def drawn(*blocks: Block, live: bool = True) -> Rendered:
    return render(
        locale="fr",
        subject="Bonjour",
        blocks=blocks,
        urls={"answer": "https://talents.example.org/a/xyz"},
        unsubscribe="https://talents.example.org/u/abc",
        space=SPACE,
        live=live,
    )


class _Cells(HTMLParser):
    """The cells of a letter, and the link in each."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[tuple[dict[str, str], dict[str, str]]] = []
        self._cell: dict[str, str] = {}
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag not in {"meta", "br"}:
            self._open.append(tag)
        if tag == "td":
            self._cell = told
        if tag == "a" and self._open[-2] == "td":
            self.cells.append((self._cell, told))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, f"{tag} is closed where it was not open"


def styles(told: str) -> dict[str, str]:
    return {
        name.strip(): value.strip() for name, value in (one.split(":", 1) for one in told.split(";") if one.strip())
    }


def without_style(html: str) -> str:
    return re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)


def links(html: str) -> dict[str, str]:
    return {words: href for href, words in re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', html)}


def test_buttons_are_cells_that_need_no_style_block() -> None:
    read = _Cells()
    read.feed(without_style(drawn(p("Bonjour,"), ANSWERS).html))
    assert [link["href"].rsplit("/", 1)[1] for _, link in read.cells] == ["yes", "later", "no"]
    for number, (cell, link) in enumerate(read.cells):
        first = number == 0
        box, words = styles(cell["style"]), styles(link["style"])
        # Word knows the cell's colour and padding; everybody else presses the padded link, 44 px high.
        assert cell["bgcolor"] == ("#0b5c63" if first else "#ffffff")
        assert box["mso-padding-alt"] == "12px 18px"
        assert "padding" in box
        assert box["border"] == "1px solid #0b5c63"
        assert words["color"] == ("#fff" if first else "#0b4f55")
        assert words["display"] == "inline-block"
        assert 2 * int(words["padding"].split("px")[0]) + int(words["line-height"].removesuffix("px")) >= 44


def test_the_head_keeps_only_what_a_dark_room_needs() -> None:
    html = drawn(p("Bonjour,"), ANSWERS).html
    (head,) = re.findall(r"<style>(.*?)</style>", html, flags=re.DOTALL)
    assert head.strip().startswith("@media (prefers-color-scheme: dark)") or head.strip().startswith("@media")
    assert "!important" in head
    assert "<!--" not in html


def test_a_letter_of_every_kind_of_block_is_whole_html() -> None:
    html = drawn(
        p("Un\ndeux"), ANSWERS, facts([("Lieu", "Lyon"), ("Contrat", "CDI")]), quote("Oui."), small("Fin")
    ).html
    read = _Cells()
    read.feed(html)
    assert "Un<br>\ndeux" in html
    assert html.count("<tbody>") == html.count("</tbody>") == html.count("<table")


@pytest.mark.parametrize(
    ("words", "told", "href"),
    [
        ("Voir https://maison.example/poste?id=1&lang=fr.", "https://maison.example/poste?id=1&amp;lang=fr", ...),
        ("(www.maison.example)", "www.maison.example", "https://www.maison.example"),
        (
            "Écrivez à claire.besson@maison.example, merci",
            "claire.besson@maison.example",
            "mailto:claire.besson@maison.example",
        ),
        ("Au 06 12 34 56 78 ou plus tard", "06 12 34 56 78", "tel:0612345678"),
        ("Au +33 6.12.34.56.78.", "+33 6.12.34.56.78", "tel:+33612345678"),
        ("https://fr.example.org/wiki/Lyon_(ville)", "https://fr.example.org/wiki/Lyon_(ville)", ...),
        ("depuis votre espace.", "votre espace", SPACE),
        ("from your\u00a0space", "your\u00a0space", SPACE),
    ],
)
def test_a_typed_address_is_a_link(words: str, told: str, href: str) -> None:
    found = links(drawn(p(words)).html)
    assert found[told] == (told if href is ... else href)


@pytest.mark.parametrize(
    "words",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "le 24/11/2026 à 10 h 30, 32 000 € brut",
        "SIRET 012 345 678 90123",
        "a@b",
        "votre espace de travail@",
    ],
)
def test_what_is_no_address_of_ours_stays_words(words: str) -> None:
    found = set(links(drawn(p(words)).html)) - {"Ne plus m’écrire", "votre espace"}
    assert not found


def test_a_typed_address_can_break_out_of_nothing() -> None:
    html = drawn(p('https://x.example/"onmouseover="alert(1) <script>alert(1)</script> https://y.example/\'&<b>')).html
    assert "<script>" not in html
    assert 'onmouseover="' not in html
    assert links(html)["https://x.example/"] == "https://x.example/"


def test_a_letter_that_names_their_space_says_where_it_is_in_both_parts() -> None:
    named = drawn(p("Vous pouvez annuler depuis votre espace."))
    assert f"Votre espace\u00a0:\n{SPACE}\n" in named.text
    assert SPACE not in drawn(p("Bonjour,")).text


def test_nothing_typed_leads_anywhere_in_a_preview() -> None:
    found = links(drawn(p("https://maison.example et claire@maison.example"), live=False).html)
    assert found["https://maison.example"] == found["claire@maison.example"] == "#"
