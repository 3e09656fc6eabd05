"""What people do with their browser, and what is written down of it."""

import re
from typing import Any

from playwright.sync_api import Page, expect
from sqlmodel import col, select

from portal.access import actions as access
from portal.kit import clock
from portal.kit.db import Database, saved
from portal.timeline.models import TimelineEvent
from portal.timeline.who import Role, System
from tests.oidc.house_of_keys import PASSWORD

BUTTON = "Se connecter avec La Maison des clés"


def invite(rows: Database, login: str, role: Role = Role.RECRUITER) -> int:
    """Let someone work here, unless they do already."""
    with rows.work() as session:
        email, name = f"{login}@maison.example", f"{login.title()} Dubois"
        return saved(access.invite(session, System("test"), email, name, role, now=clock.now()).id)


def to_the_provider(page: Page) -> None:
    page.goto("/signin")
    page.get_by_role("link", name=BUTTON).click()
    expect(page).to_have_title("House of keys")


def show_keys(page: Page, login: str, password: str = PASSWORD) -> None:
    page.get_by_label("Login").fill(login)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Go in").click()


def come_in(page: Page, login: str) -> None:
    to_the_provider(page)
    show_keys(page, login)


def is_in(page: Page, name: str) -> None:
    expect(page.get_by_role("navigation").get_by_text(name).first).to_be_visible()


def is_refused(page: Page, sentence: str) -> None:
    """One sentence, on the sign-in page, and nobody signed in."""
    expect(page.get_by_role("alert")).to_contain_text(sentence)
    expect(page.get_by_role("link", name=BUTTON)).to_be_visible()
    assert not any(cookie["name"] == "vivier_session" for cookie in page.context.cookies())


def written(rows: Database) -> list[dict[str, Any]]:
    """Every entry and refusal, the newest last: what stands in the row."""
    with rows.work() as session:
        kinds = ("signed_in", "entry_refused")
        query = select(TimelineEvent).where(col(TimelineEvent.kind).in_(kinds)).order_by(col(TimelineEvent.id))
        return [{"kind": row.kind, "who": row.actor_id, **row.params} for row in session.exec(query)]


def last(rows: Database) -> dict[str, Any]:
    return written(rows)[-1]


def refused(why: str, **more: Any) -> dict[str, Any]:
    return {"kind": "entry_refused", "who": None, "way": "keys", "why": why, **more}


def sessions_of(page: Page) -> list[str]:
    return [cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "vivier_session"]


SIGN_IN_PAGE = re.compile(r"/signin$")
