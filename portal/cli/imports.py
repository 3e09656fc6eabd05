"""`vivier import …`: take people in from an export."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from portal.cli.standing import house_open, sentences
from portal.consent.rules import Basis
from portal.imports.progress import Heard, Stage, silent
from portal.kit import clock
from portal.talents.rules import SourceKind
from portal.timeline.who import System


def import_people(
    file: Annotated[
        Path, typer.Argument(help="An export: CSV, XLSX, ODS, vCard, LinkedIn's connections or JSON Resume.")
    ],
    source_kind: Annotated[SourceKind, typer.Option(help="Where these people come from.")],
    source: Annotated[str, typer.Option(help="That place in words, as their first letter will name it.")],
    collected_on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day the file was exported.")],
    basis: Annotated[Basis, typer.Option(help="Consent counts only where a line holds its day and its text.")],
    sheet: Annotated[
        str, typer.Option(help="Of a workbook, the sheet to read; the one that says most otherwise.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would happen, change nothing.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Take nobody in if any line is rejected.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON document.")] = False,
) -> None:
    """Take people in from an export. Columns are understood as the last files of the same source were.

    Example: vivier import export.csv --source-kind ats_export --source "Our ATS" --collected-on 2026-11-16 --basis none
    """
    from portal.imports.actions import import_file
    from portal.imports.planning import Choices

    with sentences(), house_open() as (_, database):
        choices = Choices(source_kind, source, collected_on.date(), basis, strict=strict)
        with database.work() as session:
            report = import_file(
                session,
                System("vivier import"),
                file,
                choices,
                sheet=sheet,
                dry_run=dry_run,
                now=clock.now(),
                told=_teller(),
            )
    typer.echo(json.dumps(report.as_json("en"), ensure_ascii=False) if as_json else "\n".join(report.told("en")))
    raise typer.Exit(1 if strict and report.rejected else 0)


def _teller() -> Heard:
    """Return what shows how far it is, where somebody looks at the terminal."""
    if not sys.stderr.isatty():
        return silent

    def tell(stage: Stage, done: int, of: int) -> None:
        typer.echo(f"\r\033[K{stage.value}: {done:,} / {of:,}", nl=False, err=True)
        if stage is Stage.WRITING and done == of:
            typer.echo("", err=True)

    return tell
