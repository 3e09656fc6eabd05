"""How many letters a second leave: planned, gated, rendered and delivered, beside the naive way in the same run.

`python benchmarks/letters.py [LETTERS] [NAIVE]`; the last line on stdout is JSON:
`letters_per_s`, `naive_per_s`, their `ratio`, and the CPU this process spends on a letter in `cpu_ms_per_letter`.

The real path is what a worker does from the press on "launch" to the last 250 written down, on an embedded PostgreSQL of
its own with fsync on: it plans the next people while it delivers to the first, as the jobs `advance` and `deliver` do.
The naive path is fastapi-mail as its manual shows it: a template and a connection for each letter,
nothing asked, nothing kept, half of them before the real ones and half after: machines change their pace. Both speak to
the same bare sink in a process of its own, which is not the limit.
"""

import asyncio
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from fastapi_mail import ConnectionConfig, FastMail, MessageSchema, MessageType
from sqlmodel import col

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from portal.access.house import house  # noqa: E402 - the project is not installed where a benchmark runs
from portal.kit import embedded, migrate, tokens  # noqa: E402
from portal.kit.db import Database  # noqa: E402
from portal.postbox.mime import Sender  # noqa: E402
from portal.postbox.models import Letter  # noqa: E402
from portal.postbox.rules import LetterState  # noqa: E402
from portal.schedule import Work  # noqa: E402
from portal.worker import TURN  # noqa: E402
from tests.crowd import crowd, launch_on_all, working_hour  # noqa: E402

SITE = "https://talents.example.org"


def main(letters: int = 5000, naive: int = 600) -> None:
    folder = Path(tempfile.mkdtemp(prefix="vivier-bench-"))
    folder.chmod(0o711)
    try:
        with embedded.start(folder / "data") as cluster, sink(folder / "taken") as port:
            migrate.upgrade(cluster.owner_url)
            slow = asyncio.run(naively(port, naive // 2, folder))
            (folder / "taken").write_text("")
            seconds, cpu = real(cluster.app_url, port, letters)
            taken = (folder / "taken").read_text().split()
            assert len(taken) == len(set(taken)) == letters, f"{len(taken)} letters arrived, {letters} were launched"
            slow += asyncio.run(naively(port, naive // 2, folder))
    finally:
        shutil.rmtree(folder)
    per_s, naive_per_s = letters / seconds, naive // 2 * 2 / slow
    told = {
        "letters": letters,
        "letters_per_s": round(per_s, 1),
        "naive_per_s": round(naive_per_s, 1),
        "ratio": round(per_s / naive_per_s, 2),
        "cpu_ms_per_letter": round(cpu / letters * 1000, 3),
    }
    print(json.dumps(told))


@contextmanager
def sink(file: Path) -> Iterator[int]:
    command = [sys.executable, "-m", "tests.bare_sink", str(file)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.communicate()


def real(url: str, port: int, letters: int) -> tuple[float, float]:
    """Launch on so many people and work until all has left; seconds of the wall and of this process's CPU."""
    tokens.use_secret("a secret of the benchmark that is long enough")
    now = working_hour(datetime.now(UTC))
    database = Database(url)
    with database.work() as session:
        house(session)
        crowd(session, letters, now=now)
        launch_on_all(session, now=now)
    sys.setswitchinterval(TURN)  # as the worker does
    work = Work(database, Sender("127.0.0.1", port, "maison@vivier.example", "La Maison"), SITE, lambda: now)
    wall, cpu = time.perf_counter(), time.process_time()
    asyncio.run(_as_a_worker(work))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"all in {wall:.2f} s", file=sys.stderr)
    with database.work() as session:
        sent = sa.select(sa.func.count()).select_from(Letter).where(col(Letter.state) == LetterState.SENT)
        assert session.execute(sent).scalar_one() == letters
    database.close()
    return wall, cpu


async def _as_a_worker(work: Work) -> None:
    planning = asyncio.create_task(asyncio.to_thread(work.plan))
    while not planning.done():
        if not await work.post():
            await asyncio.wait({planning}, timeout=0.05)
    await planning
    await work.post()


# Our template is HTML before it is Jinja's; the naive way knows nothing of that.
_AS_JINJA = {
    "<!--%": "{%",
    "%-->": "%}",
    "for label, href in said": "for b in said",
    "{{ label }}": "{{ b['label'] }}",
    "{{ href }}": "{{ urls[b['link']] }}/{{ b['tail'] }}",
}


async def naively(port: int, count: int, folder: Path) -> float:
    """Send so many letters as fastapi-mail's manual does; seconds of the wall."""
    templates = folder / "templates"
    templates.mkdir(exist_ok=True)
    ours = (ROOT / "portal" / "postbox" / "templates" / "letter.html").read_text()
    for ours_is, naive_is in _AS_JINJA.items():
        ours = ours.replace(ours_is, naive_is)
    (templates / "letter.html").write_text(ours)
    mailer = FastMail(
        ConnectionConfig(
            MAIL_USERNAME="",
            MAIL_PASSWORD="",
            MAIL_FROM="maison@vivier.example",
            MAIL_FROM_NAME="La Maison",
            MAIL_PORT=port,
            MAIL_SERVER="127.0.0.1",
            MAIL_STARTTLS=False,
            MAIL_SSL_TLS=False,
            USE_CREDENTIALS=False,
            TEMPLATE_FOLDER=templates,
        )
    )
    began = time.perf_counter()
    for number in range(count):
        letter = MessageSchema(
            subject="Êtes-vous toujours en veille ?",
            recipients=[f"personne{number}@candidat.example"],
            template_body=_same_content(number),
            subtype=MessageType.html,
        )
        await mailer.send_message(letter, template_name="letter.html")
    return time.perf_counter() - began


def _same_content(number: int) -> dict[str, object]:
    buttons = [{"label": w, "link": "answer", "tail": w} for w in ("yes", "more_info", "later", "no")]
    return {
        "locale": "fr",
        "subject": "Êtes-vous toujours en veille ?",
        "blocks": [
            ("p", "Bonjour Zoé,"),
            ("p", "Avant de vous parler d’un poste, une seule question : êtes-vous à l’écoute d’une proposition ?"),
            ("p", "Un clic suffit. Si c’est oui, je vous envoie l’essentiel d’une offre, sans engagement."),
            ("p", "Claire\nLa Maison"),
            ("buttons", buttons),
            ("small", "Vous pouvez répondre jusqu’au mardi 8 décembre à 10 h."),
            ("small", "Vous recevez ce message parce que vous avez accepté de rester dans notre vivier."),
        ],
        "urls": {"answer": f"{SITE}/l/{number:032d}"},
        "codes": {},
        "unsubscribe": f"{SITE}/u/{number:032d}",
        "stop_label": "Ne plus m’écrire",
    }


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
