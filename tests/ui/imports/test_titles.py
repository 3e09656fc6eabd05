"""Titles whose job nobody can tell, asked on the page."""

from portal.imports.job_values import tell_job
from portal.kit.db import Database
from portal.ui.recruiter.imports.run.titles import found_jobs, next_title
from tests.cast import NOW, Cast
from tests.ui.imports.test_pages import base, inside, people, sent

__all__ = ["base", "people"]


def test_the_page_asks_one_title_after_the_other(base: Database, people: Cast) -> None:
    run = sent(
        base, people.claire, "Email,Métier\na@x.example,Vendeur\nb@x.example,Peintre\nc@x.example,Vendeur\n".encode()
    )
    row, more = inside(base, people.claire, lambda door: next_title(door, run, {}))
    assert (row.text, row.lines, more) == ("Vendeur", "2 lignes", "1 autre intitulé ensuite.")
    (first, *_) = inside(base, people.claire, lambda door: found_jobs(door, "vendeur prêt"))
    assert (first.value, "prêt-à-porter" in first.words) == ("D1214", True)
    inside(base, people.claire, lambda door: tell_job(door.session, door.who, row.text, first.value, now=NOW))
    row, more = inside(base, people.claire, lambda door: next_title(door, run, {}))
    assert (row.text, more) == ("Peintre", "")
    assert inside(base, people.claire, lambda door: next_title(door, run, {"Métier": "ignore"}))[0].text == ""
    assert inside(base, people.claire, lambda door: next_title(door, 404, {}))[0].text == ""
