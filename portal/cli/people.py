"""`vivier invite …`: who works here; the first admin comes in this way."""

from typing import Annotated

import typer

from portal.cli.standing import house_open, sentences
from portal.kit import clock
from portal.timeline.who import Role, System

HOURS = 24
EMERGENCY_HOURS = 1


def invite(
    email: Annotated[str, typer.Argument(help="Their e-mail address.")],
    role: Annotated[str, typer.Option(help="recruiter, admin or dpo.")] = "",
    name: Annotated[str, typer.Option(help="First and last name, as candidates will read it.")] = "",
    locale: Annotated[str, typer.Option(help="fr or en.")] = "fr",
    emergency: Annotated[
        bool, typer.Option("--emergency", help="An admin's link that works even where STAFF_LINKS is off; no letter.")
    ] = False,
) -> None:
    """Let someone work here, write to them, and print a sign-in link good for a day.

    Example: vivier invite ada@example.org --role admin --name "Ada Martin"
    """
    from portal.signin import inviting
    from portal.signin.actions import ready_link

    chosen = _role(role, emergency)
    with sentences(), house_open() as (settings, database):
        now, who = clock.now(), System("command line")
        shown = name or email.partition("@")[0]
        with database.work() as session:
            if emergency:
                path = inviting.invite_in_an_emergency(session, who, email, name, now=now, hours=EMERGENCY_HOURS)
                told = f"{email} is admin here. Sign in once, within the hour; it is written down:"
            elif settings.staff_links:
                staff = inviting.invite(session, who, email, shown, chosen, locale=locale, now=now)
                path = ready_link(session, staff_id=staff.id, now=now, hours=HOURS)
                told = f"{staff.name} ({staff.email}) is {chosen.value} here. Sign in once, within {HOURS} hours:"
            else:
                path = "/signin"
                at = f"{settings.site_url}{path}"
                staff = inviting.invite(session, who, email, shown, chosen, locale=locale, now=now, sign_in_at=at)
                told = f"{staff.name} ({staff.email}) is {chosen.value} here, with their work account:"
        typer.echo(told)
        typer.echo(f"{settings.site_url}{path}")


def _role(told: str, emergency: bool) -> Role:
    """Return the role asked for: recruiters are invited most, and an emergency needs an admin."""
    roles = {each.value: each for each in Role if each is not Role.CANDIDATE}
    role = told or (Role.ADMIN if emergency else Role.RECRUITER).value
    if role not in roles:
        raise typer.BadParameter(f"must be one of {', '.join(roles)}", param_hint="--role")
    if emergency and roles[role] is not Role.ADMIN:
        raise typer.BadParameter("must be admin: an emergency link lets an admin in", param_hint="--role")
    return roles[role]
