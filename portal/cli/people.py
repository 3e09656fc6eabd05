"""`vivier invite …`: who works here; the first admin comes in this way."""

from typing import Annotated

import typer

from portal.cli.standing import house_open, sentences
from portal.kit import clock
from portal.signin import actions as signin
from portal.timeline.who import Role, System

HOURS = 24


def invite(
    email: Annotated[str, typer.Argument(help="Their e-mail address.")],
    role: Annotated[str, typer.Option(help="recruiter, admin or dpo.")] = Role.RECRUITER.value,
    name: Annotated[str, typer.Option(help="First and last name, as candidates will read it.")] = "",
    locale: Annotated[str, typer.Option(help="fr or en.")] = "fr",
) -> None:
    """Let someone work here, write to them, and print a sign-in link good for a day.

    Example: vivier invite ada@example.org --role admin --name "Ada Martin"
    """
    roles = {each.value: each for each in Role if each is not Role.CANDIDATE}
    if role not in roles:
        raise typer.BadParameter(f"must be one of {', '.join(roles)}", param_hint="--role")
    with sentences(), house_open() as (settings, database):
        now, who = clock.now(), System("command line")
        with database.work() as session:
            shown = name or email.partition("@")[0]
            staff = signin.invite(session, who, email, shown, roles[role], locale=locale, now=now)
            path = signin.ready_link(session, staff_id=staff.id, now=now, hours=HOURS)
        typer.echo(f"{staff.name} ({staff.email}) is {role} here. Sign in once, within {HOURS} hours:")
        typer.echo(f"{settings.site_url}{path}")
