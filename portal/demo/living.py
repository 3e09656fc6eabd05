"""The living talent of the demo: fields of the house's own, what people say in them, notes, tags and kept views."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sqlmodel import Session, col, select

from portal.demo.people import place
from portal.kit.db import Database, saved
from portal.talents.custom import Field
from portal.talents.custom_fields import add_field, custom_fields
from portal.talents.models import Talent
from portal.talents.notes import write_note
from portal.talents.rules import FieldKind, TalentMay
from portal.talents.tags import put_tag
from portal.talents.views import keep_view
from portal.timeline.who import Person

_SKILLS = (
    "soins d’urgence", "perfusion", "soudure TIG", "soudure inox", "lecture de plan", "électricité tertiaire",
    "gestes de manutention", "préparation de commandes", "Excel", "relation client", "gestion de stock", "hygiène HACCP",
)  # fmt: skip
_LANGUAGES = ("en:B1", "en:B2", "en:C1", "es:B1", "ar:C2", "pt:C1", "de:A2", "it:B1")
_NEAR = ("Villeurbanne", "Saint-Étienne", "Grenoble", "Vienne", "Bourg-en-Bresse")
_REFUSES = ("le travail de nuit", "les déplacements de plus d’une semaine", "l’intérim", "les open spaces")
_NOTES = (
    "Rappel en octobre : préfère un poste en équipe, un seul site.",
    "Très à l’aise en lecture de plan ; cherche un atelier qui forme.",
    "Disponible pour un essai d’une journée, à convenir avec l’atelier.",
    "A dirigé une équipe de quatre pendant deux ans.",
    "Souhaite une mutuelle d’entreprise et des horaires fixes.",
    "Recommande un collègue soudeur, à qui demander son accord d’abord.",
)
_TAGS = ("Salon de Lyon", "À rappeler", "Essai réussi", "Recommandation interne")


def make_fields(database: Database, admin: Person, *, now: datetime) -> None:
    """An admin adds what this house needs to know."""
    with database.work() as session:
        add_field(
            session, admin, FieldKind.CHOICES, "Horaires acceptés", "Shifts accepted",
            [("Jour", "Day"), ("2×8", "Two shifts"), ("Nuit", "Night"), ("Week-end", "Weekend")],
            talent_may=TalentMay.EDIT, now=now,
        )  # fmt: skip
        add_field(
            session, admin, FieldKind.YES_NO, "Permis cariste", "Forklift licence", talent_may=TalentMay.EDIT, now=now
        )
        add_field(
            session, admin, FieldKind.CHOICE, "Habilitation électrique", "Electrical certification",
            [("B1V", "B1V"), ("B2V", "B2V"), ("H1V", "H1V")], talent_may=TalentMay.SEE, now=now,
        )  # fmt: skip
        add_field(session, admin, FieldKind.DATE, "Essai en atelier le", "Workshop trial on", now=now)


def tell_more(session: Session, draw: Random, *, now: datetime) -> dict[str, object]:
    """Draw what someone says beside their main wishes: columns of `Talent`, and fields open to them."""
    changes: dict[str, object] = {
        "skills": draw.sample(_SKILLS, draw.randint(1, 3)),
        "languages": ["fr", *draw.sample(_LANGUAGES, draw.randint(0, 2))],
        "other_places": [place(draw.choice(_NEAR))] if draw.random() < 0.4 else [],
        "relocation": draw.random() < 0.2,
        "refuses": draw.choice(_REFUSES) if draw.random() < 0.5 else "",
    }
    return changes | {
        field.column: _value(field, draw, now) for field in custom_fields(session) if field.talent_may is TalentMay.EDIT
    }


def _value(field: Field, draw: Random, now: datetime) -> object:
    match field.kind:
        case FieldKind.CHOICES:
            return [choice.code for choice in draw.sample(field.choices, draw.randint(1, 2))]
        case FieldKind.CHOICE:
            return draw.choice(field.choices).code
        case FieldKind.YES_NO:
            return draw.choice(("yes", "no"))
        case FieldKind.DATE:
            return (now + timedelta(days=draw.randint(5, 60))).date()
        case FieldKind.TEXT | FieldKind.NUMBER:
            return None


def keep_house(database: Database, team: Sequence[Person], draw: Random, *, now: datetime) -> None:
    """Recruiters note and tag some people over the last days, and keep two views."""
    claire = team[0]
    with database.work() as session:
        known = session.exec(select(Talent.id).where(col(Talent.erased_at).is_(None)).order_by(col(Talent.id)))
        everyone = [saved(id_) for id_ in known]
        for name in _TAGS:
            put_tag(session, draw.choice(team), draw.sample(everyone, 60), name, now=now - timedelta(days=20))
        for talent_id in draw.sample(everyone, 60):
            at = now - timedelta(days=draw.randint(0, 8), hours=draw.randint(0, 8))
            write_note(session, draw.choice(team), talent_id, draw.choice(_NOTES), now=at)
        keep_view(session, claire, "Soins, derniers signes", {"job": "J1506", "sort": "last_act"}, now=now)
        keep_view(session, claire, "Libres à Lyon", _near_lyon(), shared=True, now=now)


def _near_lyon() -> dict[str, str]:
    return {"place": place("Lyon"), "km": "30", "availability": "now", "sort": "newest"}
