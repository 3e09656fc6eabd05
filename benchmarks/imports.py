"""How many lines of a dirty export a second come into a pool of a million, beside a row at a time in the same run.

`python benchmarks/imports.py [LINES] [POOL] [SAMPLE] [BASIS]`; the last line on stdout is JSON: `rows_per_s`,
`ratio_vs_rows` and `peak_mb`, the largest memory this process held while it took the file in; and `again_per_s`, the same
file once more, as one export follows another: everybody looked for and weighed, nothing of them changed.

The real path is what `vivier import` does, from the file on disk to the commit: read, told apart from the pool, weighed,
written with sources, timeline and what an undo needs. The naive path is the same readers and the same rows, one person
after the other: looked for by e-mail and telephone, weighed, an object for each row, one transaction.
"""

import json
import random
import resource
import shutil
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from portal.access.house import house  # noqa: E402 - the project is not installed where a benchmark runs
from portal.consent.rules import Basis  # noqa: E402
from portal.imports.actions import import_file  # noqa: E402
from portal.imports.lines import Setting, read_line  # noqa: E402
from portal.imports.mapping import map_columns  # noqa: E402
from portal.imports.planning import Choices  # noqa: E402
from portal.imports.progress import Heard, Stage  # noqa: E402
from portal.imports.reading import read  # noqa: E402
from portal.kit import embedded, migrate, tokens  # noqa: E402
from portal.kit.db import Database  # noqa: E402
from portal.talents.identity import standing  # noqa: E402
from portal.talents.merging import By, Word, weigh  # noqa: E402
from portal.talents.models import Source, Talent  # noqa: E402
from portal.talents.rules import SourceKind  # noqa: E402
from portal.timeline.actions import record  # noqa: E402
from portal.timeline.who import System  # noqa: E402

WHO = System("benchmark")
HEADER = "Nom;Prénom;E-mail;Téléphone;Métier;Ville;Type de contrat;Disponibilité;Date de candidature;Source;Sexe\n"
FIRST = ("Zoé", "Inès", "Luc", "Ali", "Mia", "Noa", "Eva", "Tom", "Léa", "Jules", "Jean-Pierre", "Anaïs")
LAST = ("Roux", "MARTIN", "Lefèvre", "d'Almeida", "Nguyen", "Petit", "Le Goff", "Garcia", "bernard", "Müller")
JOBS = ("Soudeur TIG", "infirmière", "Comptable", "Développeur Python", "chauffeur PL", "Chuchoteur", "Cuisinier H/F")
PLACES = ("Lyon", "Lyon 3e", "69003", "LYON CEDEX 03", "St Etienne", "Brest (29)", "Nantes", "à voir", "Vienne (38)")
CONTRACTS = ("CDI", "CDI, intérim", "cdd", "freelance", "")
WHEN = ("immédiate", "préavis 3 mois", "ASAP", "à partir de mars 2027", "en poste", "")

_POOL = """
INSERT INTO talent (pseudonym, created_at, email, phone, first_name, last_name, name_key, address_form, locale, zone,
                    job_text, does, place_name, radius_km, contracts, interests, environments, regions,
                    source_kind, collected_on, said)
SELECT gen_random_uuid(), now(), 'p' || n || '@candidat.example', '+336' || lpad(n::text, 8, '0'),
       'Zoé', 'Roux ' || n, 'zoe roux ' || n, 'neutral', 'fr', 'Europe/Paris',
       'Soudeur', '', 'Lyon', 30, '{}', '{}', '{}', '{}', 'ats_export', DATE '2026-06-01',
       '{"email": {"by": "source", "on": "2026-06-01", "source": "Avant"},
         "place_name": {"by": "source", "on": "2026-06-01", "source": "Avant"},
         "job_text": {"by": "source", "on": "2026-06-01", "source": "Avant"}}'::jsonb
  FROM generate_series(1, :count) AS n
"""


def main(lines: int = 200_000, pool: int = 1_000_000, sample: int = 4_000, basis: str = "none") -> None:
    folder = Path(tempfile.mkdtemp(prefix="vivier-bench-"))
    folder.chmod(0o711)
    tokens.use_secret("a secret of the benchmark that is long enough")
    try:
        with embedded.start(folder / "data") as cluster:
            migrate.upgrade(cluster.owner_url)
            database = Database(cluster.app_url)
            fill(database, pool)
            naive = seconds_by_rows(database, export(folder / "few.csv", sample, pool, seed=1), choices("none"))
            file = export(folder / "many.csv", lines, pool, seed=2)
            cpu = cpu_s()
            seconds, counts = seconds_of_import(database, file, choices(basis))
            cpu = cpu_s() - cpu
            again, _ = seconds_of_import(database, file, choices(basis))
            database.close()
    finally:
        shutil.rmtree(folder)
    per_s, naive_per_s = lines / seconds, sample / naive
    told = {
        "rows": lines,
        "pool": pool,
        **counts,
        "seconds": round(seconds, 2),
        "rows_per_s": round(per_s, 1),
        "again_per_s": round(lines / again, 1),
        "cpu_ms_per_row": round(cpu / lines * 1000, 4),
        "naive_per_s": round(naive_per_s, 1),
        "ratio_vs_rows": round(per_s / naive_per_s, 2),
        "peak_mb": round(peak_mb(resource.RUSAGE_SELF), 1),
        "peak_mb_of_readers": round(peak_mb(resource.RUSAGE_CHILDREN), 1),
    }
    print(json.dumps(told))


def choices(basis: str) -> Choices:
    return Choices(SourceKind.ATS_EXPORT, "Export ATS", date(2026, 11, 16), Basis(basis))


def fill(database: Database, count: int) -> None:
    """Write a pool to collide with, by one statement."""
    began = time.perf_counter()
    with database.work() as session:
        rules = house(session)
        rules.legitimate_interest_for = [*rules.legitimate_interest_for, SourceKind.ATS_EXPORT.value]
        session.add(rules)
        session.execute(sa.text(_POOL), {"count": count})
    print(f"a pool of {count} in {time.perf_counter() - began:.1f} s", file=sys.stderr)


def export(file: Path, count: int, pool: int, *, seed: int) -> Path:
    """Write an export as people keep them: a third known, the others new, twice there, half wrong or not understood."""
    chance = random.Random(seed)
    with file.open("w", encoding="cp1252") as out:
        out.write(HEADER)
        for n in range(count):
            out.write(";".join(_line(chance, n, pool, seed)) + "\n")
    return file


def _line(chance: random.Random, n: int, pool: int, seed: int) -> tuple[str, ...]:
    first, last = chance.choice(FIRST), f"{chance.choice(LAST)} {n}"
    email, phone = f"Nouveau.{seed}.{n}@Exemple.example ", f"07 {seed}{n:07d}"
    day = f"{chance.randint(1, 28):02d}/{chance.randint(4, 10):02d}/2026"
    case = chance.random()
    known = chance.randint(1, pool)
    if case < 0.30:  # known by their address
        first, last, email, phone = "Zoé", f"Roux {known}", f"P{known}@candidat.example", ""
    elif case < 0.35:  # known by number and name
        first, last, email, phone = "ZOE", f"ROUX {known}", "", f"+33 6 {known:08d}"
    elif case < 0.38:  # the number of someone else
        phone = f"06{known:08d}"
    elif case < 0.45 and n > 100:  # stands above already
        above = n - chance.randint(1, 100)
        email = f"nouveau.{seed}.{above}@exemple.example"
        phone = ""
    elif case < 0.48:
        email = chance.choice(("x@y", "sans adresse", "zoe@exemple..example"))
    elif case < 0.50:
        email, phone = "", "12"
    elif case < 0.51:
        day = "31/02/2026"
    where = chance.choice(("Indeed", "site", "salon de l’emploi"))
    return (
        last, first, email, phone, chance.choice(JOBS), chance.choice(PLACES), chance.choice(CONTRACTS),
        chance.choice(WHEN), day, where, chance.choice(("F", "M", "")),
    )  # fmt: skip


def seconds_of_import(database: Database, file: Path, chosen: Choices) -> tuple[float, dict[str, int]]:
    began = time.perf_counter()
    with database.work() as session:
        report = import_file(session, WHO, file, chosen, now=datetime.now(UTC), told=_stages(began))
    took = time.perf_counter() - began
    counts = {"created": report.created, "updated": report.updated, "unchanged": report.unchanged}
    assert report.taken
    assert sum(counts.values()) + len(report.rejected) <= report.read
    return took, counts | {"rejected": len(report.rejected)}


def _stages(began: float) -> Heard:
    """Tell on stderr when each stage begins."""
    seen: set[Stage] = set()

    def tell(stage: Stage, _done: int, of: int) -> None:
        if stage not in seen:
            seen.add(stage)
            print(f"{time.perf_counter() - began:6.1f} s {stage} ({of})", file=sys.stderr)

    return tell


def seconds_by_rows(database: Database, file: Path, chosen: Choices) -> float:
    """Take a file in as one would at first: a question, a decision and an object for each line, one transaction."""
    now = datetime.now(UTC)
    began = time.perf_counter()
    with database.work() as session:
        rules = house(session)
        table = read(file.name, file.read_bytes())
        columns = map_columns(table, {})
        setting = Setting(chosen.collected_on, now.astimezone(ZoneInfo(rules.zone)).date(), rules.retention_months)
        for record_ in table.records:
            line = read_line(record_, columns, table.header, setting)
            if line.trouble is None:
                word = Word(line.values, By.SOURCE, line.collected_on, chosen.source_text, chosen.source_kind)
                _one(session, line, word, now)
    return time.perf_counter() - began


def _one(session: Session, line: object, word: Word, now: datetime) -> None:
    talent = _found(session, line)
    if talent is None:
        values = {name: value for name, value in weigh({}, [word]).changes.items() if value is not None}
        talent = Talent(created_at=now, **values)
        kind = "imported"
    else:
        changes = weigh(standing(session, [talent.id])[talent.id], [word]).changes
        for name, value in changes.items():
            setattr(talent, name, value)
        kind = "import_updated"
    session.add(talent)
    session.flush()
    session.add(Source(talent_id=talent.id, kind=word.kind, text=word.source, collected_on=word.on, recorded_at=now))
    record(session, WHO, kind, talent.id, now=now, source_kind=word.kind, collected_on=word.on.isoformat())


def _found(session: Session, line: object) -> Talent | None:
    living = col(Talent.erased_at).is_(None)
    if line.email:
        found = session.exec(select(Talent).where(col(Talent.email) == line.email, living)).first()
        if found is not None or not line.phone:
            return found
    same = (col(Talent.phone) == line.phone) & (col(Talent.name_key) == line.name_key) & living
    return session.exec(select(Talent).where(same)).first()


def cpu_s() -> float:
    """Return what this process and those it waited for have computed; the database is another."""
    return sum(resource.getrusage(who).ru_utime for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def peak_mb(whose: int) -> float:
    return resource.getrusage(whose).ru_maxrss / 1024


if __name__ == "__main__":
    given = sys.argv[1:]
    main(*(int(word) if word.isdigit() else word for word in given))
