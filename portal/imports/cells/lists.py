"""Lists in one cell: skills in anybody's words, and the closed words of wishes."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from portal.imports.cells.nothing import is_nothing
from portal.imports.fields import Field
from portal.kit.cells import parts
from portal.kit.fold import fold
from portal.talents.vocabulary import Environment, Interest

MOST_SKILLS, LONGEST_SKILL = 50, 80
# Not at "/" or "-" without spaces: "CI/CD" and "Marie-Galante" are one thing.
_CUTS = re.compile(r"[,;|\n\t•·●▪]+| [/–-] ")
_PARENTHESIS = re.compile(r"[()]")

_INTERESTS = {
    Interest.TRAINING: "training formation formations apprendre learning se_former evolution_des_competences",
    Interest.MANAGEMENT: "managing_people management manager encadrer encadrement equipe_a_encadrer leadership",
    Interest.INTERNATIONAL: "working_abroad international a_l_etranger etranger abroad travailler_a_l_etranger",
    Interest.MISSION: "mission sens impact utilite purpose une_mission_qui_a_du_sens a_mission_that_matters meaning",
    Interest.TECHNOLOGY: "technology technologie technologies innovation tech technique la_technologie",
    Interest.AUTONOMY: "autonomy autonomie independance independence l_autonomie liberte",
    Interest.TEAM: "team equipe l_equipe esprit_d_equipe travail_en_equipe teamwork the_team collegues colleagues",
    Interest.CUSTOMER_CONTACT: "contact_client relation_client customer_contact contact_with_customers contact_humain clients",
    Interest.HANDS_ON: "hands_on manuel travail_manuel working_with_their_hands terrain travailler_de_ses_mains",
    Interest.CREATIVITY: "creating creativite creativity creation creer creatif",
    Interest.STABILITY: "stability stabilite securite_de_l_emploi job_security perennite",
    Interest.WORK_LIFE_BALANCE: "work_life_balance equilibre equilibre_vie_pro_vie_perso equilibre_de_vie balance "
    "equilibre_vie_professionnelle_vie_personnelle horaires flexibilite qualite_de_vie",
}  # fmt: skip
_ENVIRONMENTS = {
    Environment.HOSPITAL: "hospital hopital hopitaux chu hospitalier milieu_hospitalier",
    Environment.CLINIC: "clinic clinique cliniques",
    Environment.CARE_HOME: "care_home ehpad maison_de_retraite nursing_home",
    Environment.HOME_CARE: "home_care domicile aide_a_domicile soins_a_domicile ssiad a_domicile had",
    Environment.SCHOOL: "school ecole ecoles college lycee etablissement_scolaire",
    Environment.WORKSHOP: "workshop atelier ateliers",
    Environment.FACTORY: "factory usine usines industrie site_industriel production plant",
    Environment.BUILDING_SITE: "building_site chantier chantiers btp construction",
    Environment.OFFICE: "office bureau bureaux",
    Environment.WAREHOUSE: "warehouse entrepot entrepots plateforme_logistique logistique",
    Environment.ON_THE_ROAD: "on_the_road itinerant route sur_la_route deplacements",
    Environment.SHOP: "shop magasin magasins boutique boutiques commerce retail store",
    Environment.RESTAURANT: "restaurant restaurants restauration",
    Environment.HOTEL: "hotel hotels hotellerie",
    Environment.LAB: "laboratory lab laboratoire labo laboratoires",
    Environment.OUTDOORS: "outdoors exterieur plein_air en_exterieur dehors",
    Environment.STARTUP: "startup start_up startups start_ups jeune_pousse",
    Environment.SMALL_BUSINESS: "small_business pme tpe petite_entreprise petite_structure sme",
    Environment.LARGE_COMPANY: "large_company grand_groupe grands_groupes grande_entreprise eti corporate groupe",
    Environment.PUBLIC_SERVICE: "public_service service_public fonction_publique secteur_public public_sector collectivite",
    Environment.REMOTE_TEAM: "remote_team equipe_a_distance full_remote equipe_distribuee",
}  # fmt: skip
_INTEREST_WORDS = {word.replace("_", " "): key for key, words in _INTERESTS.items() for word in words.split()}
_ENVIRONMENT_WORDS = {word.replace("_", " "): key for key, words in _ENVIRONMENTS.items() for word in words.split()}


@lru_cache(maxsize=20_000)
def read_skills(text: str) -> tuple[tuple[str, ...], str]:
    """Return each skill once, in the words and order of the cell, and what is too long or too much to be one."""
    kept: dict[str, str] = {}
    over: list[str] = []
    for part in _pieces(text):
        skill = " ".join(part.split()).strip(" .-–*")
        key = fold(skill) or skill  # "C++" folds to "c": the sign tells it from C
        key = key if key != "c" else skill.casefold()
        if not skill or key in kept or is_nothing(skill, Field.SKILLS):
            continue
        if len(skill) > LONGEST_SKILL or len(kept) >= MOST_SKILLS:
            over.append(skill)
        else:
            kept[key] = skill
    return tuple(kept.values()), ", ".join(over)


def _pieces(text: str) -> Iterator[str]:
    """Cut a list, but nothing that stands in quotation marks, as the pool's own file writes it."""
    pieces = parts(text) if '"' in text else []
    if not any(piece.quoted for piece in pieces):
        yield from _parts(text)
    for piece in pieces if any(piece.quoted for piece in pieces) else ():
        yield from [piece.text] if piece.quoted else _parts(piece.text)


def _parts(text: str) -> Iterator[str]:
    """Cut a list, but at no comma within parentheses: one after which the next of them closes."""
    marks = [found.start() for found in _PARENTHESIS.finditer(text)]
    begun = 0
    for cut in _CUTS.finditer(text):
        following = bisect_left(marks, cut.end())
        within = following < len(marks) and text[marks[following]] == ")"
        if not within or cut[0].startswith(" "):
            yield text[begun : cut.start()]
            begun = cut.end()
    yield text[begun:]


@lru_cache(maxsize=20_000)
def read_interests(text: str) -> tuple[tuple[str, ...], str]:
    """Return the interests that "formation, autonomie" names, and the words left over."""
    return _closed(text, _INTEREST_WORDS)


@lru_cache(maxsize=20_000)
def read_environments(text: str) -> tuple[tuple[str, ...], str]:
    """Return the environments that "hôpital / EHPAD" names, and the words left over."""
    return _closed(text, _ENVIRONMENT_WORDS)


def _closed(
    text: str, words: dict[str, StrEnum] | dict[str, Interest] | dict[str, Environment]
) -> tuple[tuple[str, ...], str]:
    found: dict[str, None] = {}
    over: list[str] = []
    for part in re.split(r"[,;|\n•·/+&]| et | and | ou | or ", text[:1_000]):
        key = fold(part)
        key = re.sub(r"^(?:la|le|les|l|un|une|en|the|a|d|de|des) ", "", key) if key not in words else key
        if key in words:
            found[words[key].value] = None
        elif key:
            over.append(part.strip())
    return tuple(found), ", ".join(over)


_YES = frozenset("oui yes true vrai 1 o y ok volontiers sans_probleme absolument".replace("_", " ").split())
_NO = frozenset("non no false faux 0 n jamais never".split())  # noqa: SIM905
_MOVE = r"(?: (?:a|au|to|de|du|pour|un|une|willing to|open to|ready to))* (?:demenager|demenagement|relocate|relocation|move)"
_WOULD = re.compile(rf"(?:prete?|ouverte?|open|willing|ready|accepte|d accord){_MOVE}(?: house)?")
_WOULD_NOT = re.compile(rf"(?:pas|ne souhaite pas|refuse|not|no|will not){_MOVE}(?: house)?")


@lru_cache(maxsize=2_000)
def read_relocation(text: str) -> bool | None:
    """Return whether they would move house: "oui", "prêt à déménager", "not willing to relocate"; else None."""
    folded = fold(text)
    if folded in _YES or _WOULD.fullmatch(folded):
        return True
    return False if folded in _NO or _WOULD_NOT.fullmatch(folded) else None
