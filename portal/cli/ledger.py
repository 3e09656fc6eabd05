"""`vivier ledger …`: the proof of consents, verified and taken away."""

from pathlib import Path
from typing import Annotated

import typer

from portal.cli.standing import house_open, sentences
from portal.consent import ledger
from portal.consent.chain import Verdict
from portal.kit import clock
from portal.timeline.who import System

app = typer.Typer(help="Verify the consent ledger, or export it.", no_args_is_help=True, rich_markup_mode=None)

_WHO = System("command line")
File = Annotated[Path | None, typer.Argument(help="An export to verify, offline; the database's ledger without it.")]
Head = Annotated[str | None, typer.Option(help="A head noted earlier: tells whether the tail was cut since.")]


@app.command()
def verify(file: File = None, head: Head = None) -> None:
    """Verify the whole chain; exit 1 naming the first bad row.

    Example: vivier ledger verify ledger.jsonl --head 3f1c…
    """
    with sentences():
        verdict = _of_database(head) if file is None else _of_file(file, head)
    typer.echo(ledger.tell("en", verdict), err=not verdict.whole)
    raise typer.Exit(0 if verdict.whole else 1)


@app.command()
def export(file: Annotated[Path, typer.Argument(help="Where to write it (JSON Lines).")]) -> None:
    """Write the whole ledger into one file that can be verified anywhere, and print its head.

    Example: vivier ledger export ledger.jsonl
    """
    with sentences(), house_open() as (_, database):
        draft = file.with_name(f"{file.name}.part")
        try:
            # Whole or not at all; names and addresses stand in it, so nobody else may read it.
            draft.touch(mode=0o600)
            with draft.open("w", encoding="utf-8") as out, database.work() as session:
                count = ledger.export(session, _WHO, out, now=clock.now())
                _, head = ledger.head(session)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
    typer.echo(f"{count} entries are in {file}. Head: {head}")


def _of_database(head: str | None) -> Verdict:
    with house_open() as (_, database), database.work() as session:
        return ledger.verify(session, _WHO, head)


def _of_file(file: Path, head: str | None) -> Verdict:
    with file.open(encoding="utf-8", errors="replace") as lines:
        return ledger.verify_file(lines, head)
