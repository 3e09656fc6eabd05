"""What docs/privacy.md promises a third party works as written there."""

import io
import re
import subprocess
import sys
from pathlib import Path

from portal.consent import actions, ledger
from portal.consent.queries import current_notice
from portal.consent.rules import Purpose
from portal.kit.db import Database
from portal.kit.embedded import Urls
from portal.settings import PROJECT
from tests.trust import DEMO, NOW, candidate, talent


def exported(url: str) -> str:
    house = Database(url)
    file = io.StringIO()
    with house.work() as session:
        ids = [talent(session, f"élodie{n}@exemple.example").id or 0 for n in range(3)]
        notice = current_notice(session, Purpose.POOL, "fr", now=NOW)
        for id_ in ids:
            actions.give(session, candidate(id_), id_, Purpose.POOL, notice, interface="portal", now=NOW)
        actions.erase_evidence(session, DEMO, ids[:1], interface="portal", now=NOW)
        ledger.export(session, DEMO, file, now=NOW)
    house.close()
    return file.getvalue()


def test_a_third_party_verifies_an_export_with_the_lines_of_the_manual(database: Urls, tmp_path: Path) -> None:
    (script,) = re.findall(r"```python\n(.+?)```", (PROJECT / "docs" / "privacy.md").read_text(), re.DOTALL)
    assert len([line for line in script.splitlines() if line.strip()]) <= 20
    text, file = exported(database.app), tmp_path / "ledger.jsonl"

    def verify(content: str) -> subprocess.CompletedProcess[str]:
        file.write_text(content, encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-W", "ignore", "-c", script, str(file)], capture_output=True, text=True, check=False
        )

    assert verify(text).stdout.startswith("4 entries, whole")
    assert "entry 2: changed" in verify(text.replace('"seq": 2, "at": "2026', '"seq": 2, "at": "2025')).stderr
    assert "the end is missing" in verify("".join(text.splitlines(keepends=True)[:-1])).stderr
