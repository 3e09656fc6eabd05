"""From blocks to the two parts of a letter. Both are made from the same blocks, so they say the same thing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from css_inline import CSSInliner
from jinja2 import Environment, Template

from portal.kit.i18n import N_, say
from portal.postbox.content import Block
from portal.postbox.typed import linked, names_space

STOP_WRITING = N_("Stop writing to me")
YOUR_SPACE = N_("Your space")
INFORMATION = N_("What we do with your data")
# French sets a space before the colon.
LABEL = N_("{label}:")
_TEMPLATE = Path(__file__).parent / "templates" / "letter.html"


@dataclass(frozen=True, slots=True)
class Rendered:
    """The two parts of one letter."""

    text: str
    html: str


def render(
    *,
    locale: str,
    subject: str,
    blocks: Sequence[Block],
    urls: Mapping[str, str],
    codes: Mapping[str, str] | None = None,
    unsubscribe: str | None = None,
    space: str = "",
    information: str | None = None,
    live: bool = True,
) -> Rendered:
    """Return the plain and HTML parts; `urls` and `codes` by link name, `space` is where the reader signs in.

    `information` is what we do with people's data. Unless `live` no address that somebody typed leads anywhere.
    """
    codes = codes or {}
    lines = [_plain(block, locale, urls, codes) for block in blocks]
    if space and any(names_space(words) for block in blocks for words in _words(block)):
        lines.append(f"{say(locale, LABEL, label=say(locale, YOUR_SPACE))}\n{space}")
    if information:
        lines.append(f"{say(locale, LABEL, label=say(locale, INFORMATION))}\n{information}")
    if unsubscribe:
        lines.append(f"{say(locale, LABEL, label=say(locale, STOP_WRITING))}\n{unsubscribe}")
    html = _template().render(
        locale=locale,
        subject=subject,
        blocks=[_drawn(block, urls, space, live=live) for block in blocks],
        codes=codes,
        unsubscribe=unsubscribe,
        stop_label=say(locale, STOP_WRITING),
        information=information,
        information_label=say(locale, INFORMATION),
    )
    return Rendered("\n\n".join(lines) + "\n", html)


def _plain(block: Block, locale: str, urls: Mapping[str, str], codes: Mapping[str, str]) -> str:
    match block:
        case {"p": text} | {"small": text}:
            return str(text)
        case {"quote": text}:
            return "\n".join(f"> {line}" for line in str(text).splitlines())
        case {"facts": rows}:
            return "\n".join(f"- {say(locale, LABEL, label=label)} {value}" for label, value in rows)
        case {"code": link}:
            return codes.get(link, "")
        case {"buttons": pressed}:
            return "\n\n".join(f"{say(locale, LABEL, label=b['label'])}\n{_address(b, urls)}" for b in pressed)
    raise ValueError(f"unknown block {sorted(block)}")


def _drawn(block: Block, urls: Mapping[str, str], space: str, *, live: bool) -> tuple[str, Any]:
    """Return a block as the template takes it: words escaped, with their links; where each button leads."""
    ((kind, said),) = block.items()
    match kind:
        case "buttons":
            said = [(b["label"], _address(b, urls)) for b in said]
        case "facts":
            said = [(label, linked(str(value), space, live=live)) for label, value in said]
        case "p" | "small" | "quote":
            said = linked(str(said), space, live=live)
    return kind, said


def _words(block: Block) -> Iterator[str]:
    """Return what a block says in sentences."""
    yield from (str(block[kind]) for kind in ("p", "small", "quote") if kind in block)


def _address(pressed: Mapping[str, str], urls: Mapping[str, str]) -> str:
    tail = f"/{pressed['tail']}" if pressed.get("tail") else ""
    return f"{urls[pressed['link']]}{tail}"


@cache
def _template() -> Template:
    """Return the template with its styles written into each element, once for all letters.

    Mail programs drop `<style>`, and Word, which draws Outlook's letters, knows little else than tables. So that it can be
    read as HTML before it is a template, what Jinja does stands in comments; only what a dark room needs stays in the head.
    """
    inliner = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
    environment = Environment(
        block_start_string="<!--%", block_end_string="%-->", autoescape=True, trim_blocks=True, auto_reload=False
    )
    return environment.from_string(inliner.inline(_TEMPLATE.read_text(encoding="utf-8")))
