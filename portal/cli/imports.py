"""`vivier import …`: take people in from an export."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from portal.cli.columns import kept_mapping, told_columns
from portal.cli.standing import house_open, sentences
from portal.consent.rules import Basis
from portal.imports.order import Order, WhichOrder
from portal.imports.progress import Heard, Stage, silent
from portal.kit import clock
from portal.kit.errors import Refused
from portal.kit.i18n import N_
from portal.talents.rules import SourceKind
from portal.timeline.who import System

WHICH_HERE = N_(
    "“{text}” (“{column}”): nothing in the file tells whether the day or the month comes first. Nothing was taken in: say "
    "--dates dmy or --dates mdy."
)
NO_TEXT = N_("“{name}” holds no text that anybody could have agreed to, or cannot be read (UTF-8).")


File = Annotated[Path, typer.Argument(help="An export: CSV, XLSX, ODS, vCard, LinkedIn's connections or JSON Resume.")]
Day = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day the file was exported.")]
Sheet = Annotated[str, typer.Option(help="Of a workbook, the sheet to read; the one that says most otherwise.")]
Text = Annotated[
    Path | None, typer.Option(help="A file with the text that all agreed to whose line holds none of its own.")
]
Dates = Annotated[
    Order | None, typer.Option(help="Whether the day or the month comes first, where the file does not tell.")
]
Map = Annotated[
    list[str], typer.Option("--map", metavar="HEADER=FIELD", help="What a column is taken in as; --json names each.")
]
Ignore = Annotated[list[str], typer.Option("--ignore", metavar="HEADER", help="A column that is not taken in.")]
StopList = Annotated[
    bool, typer.Option("--stop-list", help="Everybody in the file asked not to be written to: nobody is taken in.")
]
Mapping = Annotated[
    Path | None,
    typer.Option(help="JSON of what columns are taken in as, name → field or “ignore”; or what --json printed."),
]


def import_people(
    file: File,
    source_kind: Annotated[SourceKind, typer.Option(help="Where these people come from.")],
    source: Annotated[str, typer.Option(help="That place in words, as their first letter will name it.")],
    collected_on: Day,
    basis: Annotated[Basis, typer.Option(help="Consent counts only where a line holds its day and its text.")],
    sheet: Sheet = "",
    consent_text: Text = None,
    dates: Dates = None,
    as_told: Map = [],  # noqa: B006 - typer's own way to say "none"
    ignore: Ignore = [],  # noqa: B006
    mapping: Mapping = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would happen, change nothing.")] = False,
    stop_list: StopList = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Take nobody in if anything is wrong with any line.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON document.")] = False,
) -> None:
    """Take people in from an export. Columns are understood as the last files of the same source were.

    Example: vivier import export.csv --source-kind ats_export --source "Our ATS" --collected-on 2026-11-16 --basis none
    """
    from portal.imports.actions import import_file
    from portal.imports.planning import Choices

    with sentences(), house_open() as (_, database):
        text, day, columns = _text_of(consent_text), collected_on.date(), told_columns(as_told, ignore)
        order = dates.value if dates else ""
        choices = Choices(source_kind, source, day, basis, strict, columns, text, order, stop_list)
        known, who = kept_mapping(mapping), System("vivier import")
        take = partial(import_file, sheet=sheet, known=known, dry_run=dry_run, told=_teller())
        with database.work() as session, _order_named():
            report = take(session, who, file, choices, now=clock.now())
    typer.echo(json.dumps(report.as_json("en"), ensure_ascii=False) if as_json else "\n".join(report.told("en")))
    raise typer.Exit(1 if strict and report.faulty else 0)


@contextmanager
def _order_named() -> Iterator[None]:
    """Name the option to whoever has to say in which order a file writes its days."""
    try:
        yield
    except WhichOrder as asked:
        raise Refused(WHICH_HERE, **asked.params) from asked


def _text_of(file: Path | None) -> str:
    """Return the text that people agreed to, as it stands in a file of its own."""
    if file is None:
        return ""
    try:
        text = file.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as unread:
        raise Refused(NO_TEXT, name=file.name) from unread
    if not text:
        raise Refused(NO_TEXT, name=file.name)
    return text


def _teller() -> Heard:
    """Return what shows how far it is, where somebody looks at the terminal."""
    if not sys.stderr.isatty():
        return silent

    def tell(stage: Stage, done: int, of: int) -> None:
        typer.echo(f"\r\033[K{stage.value}: {done:,} / {of:,}", nl=False, err=True)
        if stage is Stage.WRITING and done == of:
            typer.echo("", err=True)

    return tell
