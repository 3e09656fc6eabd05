"""From blocks to the two parts of a letter. Both are made from the same blocks, so they say the same thing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup, escape

from portal.kit.i18n import N_, say
from portal.postbox.content import Block

STOP_WRITING = N_("Stop writing to me")
INFORMATION = N_("What we do with your data")
# French sets a space before the colon.
LABEL = N_("{label}:")


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
    information: str | None = None,
) -> Rendered:
    """Return the plain and HTML parts; `urls` and `codes` by link name, `information` what we do with people's data."""
    codes = codes or {}
    lines = [_plain(block, locale, urls, codes) for block in blocks]
    if information:
        lines.append(f"{say(locale, LABEL, label=say(locale, INFORMATION))}\n{information}")
    if unsubscribe:
        lines.append(f"{say(locale, LABEL, label=say(locale, STOP_WRITING))}\n{unsubscribe}")
    html = _template().render(
        locale=locale,
        subject=subject,
        blocks=blocks,
        urls=urls,
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


def _address(pressed: Mapping[str, str], urls: Mapping[str, str]) -> str:
    tail = f"/{pressed['tail']}" if pressed.get("tail") else ""
    return f"{urls[pressed['link']]}{tail}"


def _lines(text: Any) -> Markup:  # noqa: ANN401 - a Jinja filter takes what the template hands it
    return Markup("<br>\n".join(str(escape(text)).splitlines()))  # noqa: S704 - escaped before it is cut into lines


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        trim_blocks=True,
        auto_reload=False,
    )
    environment.filters["lines"] = _lines
    return environment.get_template("letter.html")
