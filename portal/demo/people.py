"""Invented people as an export would hold them. Every name is drawn from lists; nobody here exists."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from portal.kit.fold import fold
from portal.talents import jobs, places

FIRST_NAMES = [
    "Camille",
    "Léa",
    "Manon",
    "Chloé",
    "Inès",
    "Zoé",
    "Jade",
    "Louise",
    "Alice",
    "Lina",
    "Sarah",
    "Emma",
    "Nora",
    "Salomé",
    "Élise",
    "Maëlle",
    "Aïcha",
    "Fatou",
    "Amina",
    "Yasmine",
    "Hélène",
    "Sophie",
    "Nathalie",
    "Sandrine",
    "Aurélie",
    "Mélanie",
    "Pauline",
    "Margaux",
    "Agathe",
    "Clémence",
    "Lucas",
    "Hugo",
    "Théo",
    "Nathan",
    "Enzo",
    "Louis",
    "Jules",
    "Adam",
    "Raphaël",
    "Gabriel",
    "Karim",
    "Mehdi",
    "Youssef",
    "Moussa",
    "Ibrahim",
    "Antoine",
    "Baptiste",
    "Clément",
    "Romain",
    "Julien",
    "Nicolas",
    "Thomas",
    "Maxime",
    "Olivier",
    "François",
    "Étienne",
    "Loïc",
    "Yann",
    "Mathis",
    "Sacha",
    "Noé",
    "Bao",
    "Linh",
    "Wei",
    "Anaïs",
    "Célia",
    "Océane",
    "Rachel",
    "Victor",
    "Oscar",
    "Simon",
    "Samuel",
]
LAST_NAMES = [
    "Aubry",
    "Bailly",
    "Barbier",
    "Baron",
    "Benoit",
    "Berger",
    "Besson",
    "Blanc",
    "Bonnet",
    "Boucher",
    "Bourgeois",
    "Brun",
    "Carlier",
    "Caron",
    "Charpentier",
    "Chevalier",
    "Colin",
    "Cordier",
    "Costa",
    "Da-Silva",
    "Delmas",
    "Denis",
    "Deschamps",
    "Diallo",
    "Diarra",
    "Duval",
    "Fabre",
    "Faure",
    "Fernandez",
    "Ferreira",
    "Fleury",
    "Fontaine",
    "Garnier",
    "Gauthier",
    "Gomez",
    "Guérin",
    "Haddad",
    "Hamon",
    "Hubert",
    "Huet",
    "Jacquet",
    "Joly",
    "Kaya",
    "Klein",
    "Lacroix",
    "Laporte",
    "Lebrun",
    "Leclerc",
    "Lefort",
    "Legrand",
    "Lemoine",
    "Lopez",
    "Mansouri",
    "Marchand",
    "Mercier",
    "Meunier",
    "Monnier",
    "Moulin",
    "Nguyen",
    "Noël",
    "Ollivier",
    "Perrin",
    "Petit",
    "Picard",
    "Poirier",
    "Prévost",
    "Renard",
    "Renaud",
    "Rey",
    "Rivière",
    "Roche",
    "Roussel",
    "Roux",
    "Sanchez",
    "Schmitt",
    "Simon",
    "Tanguy",
    "Tessier",
    "Traoré",
    "Vasseur",
    "Vidal",
    "Weber",
    "Zidane",
]
# How often each job is met in this pool; the first is what most launches are about.
JOBS = {
    "J1506": 26, "J1501": 22, "K1302": 8, "H2913": 12, "H2902": 6, "I1304": 10, "F1703": 7, "F1602": 8, "N1101": 9,
    "N1103": 8, "N4101": 8, "M1855": 9, "M1805": 8, "M1203": 9, "M1607": 6, "G1609": 6, "G1803": 5, "D1106": 5,
    "M1501": 4, "K2205": 5,
}  # fmt: skip
# Most of the pool lives where most of the jobs are.
CITIES = [
    "Lyon",
    "Villeurbanne",
    "Saint-Étienne",
    "Grenoble",
    "Vénissieux",
    "Bourg-en-Bresse",
    "Vienne",
    "Roanne",
    "Annecy",
    "Chambéry",
    "Valence",
    "Paris",
    "Lille",
    "Nantes",
    "Rennes",
    "Bordeaux",
    "Toulouse",
    "Marseille",
    "Montpellier",
    "Strasbourg",
    "Dijon",
    "Clermont-Ferrand",
    "Mâcon",
    "Le-Havre",
    "Tours",
]
HEADER = (
    "Nom", "Prénom", "E-mail", "Téléphone", "Métier", "Ville", "Mobilité (km)", "Disponibilité", "Contrat", "Expérience",
    "Date de candidature", "Consentement le", "Texte du consentement",
)  # fmt: skip
CONSENT = "J’accepte que mes coordonnées soient conservées deux ans pour être recontacté·e au sujet d’offres d’emploi."
_EXCHANGES = ("01 99 00", "02 61 91", "03 53 01", "04 65 71", "05 36 49")  # kept for fiction by the ARCEP


@dataclass(frozen=True, slots=True)
class Batch:
    """One export: how many people, applied between two days; `consented` is the share whose line proves a consent."""

    count: int
    first_day: date
    last_day: date
    consented: float = 0.0


class Crowd:
    """Draws people one after the other, never the same e-mail or phone twice."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._emails: set[str] = set()
        self._others = 0
        self._drawn = 0

    def export(self, batch: Batch) -> bytes:
        """Return a CSV file as an ATS would write it (UTF-8, `;`)."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow(HEADER)
        writer.writerows(self._rows(batch))
        return text.getvalue().encode()

    def _rows(self, batch: Batch) -> Iterator[list[str]]:
        draw = self._random
        span = (batch.last_day - batch.first_day).days
        for _ in range(batch.count):
            first, last = draw.choice(FIRST_NAMES), draw.choice(LAST_NAMES)
            day = batch.first_day + timedelta(days=draw.randint(0, span))
            agreed = draw.random() < batch.consented
            job = jobs.get(draw.choices(list(JOBS), list(JOBS.values()))[0])
            assert job is not None
            yield [
                last.replace("-", " "), first, self._email(first, last), self._phone(), job.label_fr, self._city(),
                str(draw.choice((10, 20, 30, 30, 50, 80))), self._availability(day),
                draw.choice(("CDI", "CDI", "CDI, CDD", "CDD", "Intérim", "CDI, intérim")),
                draw.choice(("1 an", "3 ans", "4 ans", "6 ans", "8 ans", "12 ans", "")),
                f"{day:%d/%m/%Y}", f"{day:%d/%m/%Y}" if agreed else "", CONSENT if agreed else "",
            ]  # fmt: skip

    def _email(self, first: str, last: str) -> str:
        base = f"{fold(first)}.{fold(last)}".replace(" ", "-")
        email = f"{base}@courriel.example"
        while email in self._emails:  # another person of this name, with an address that looks like nobody's
            self._others += 1
            email = f"{fold(first)[0]}{self._others * 7919 % 100_000:05d}@courriel.example"
        self._emails.add(email)
        return email

    def _phone(self) -> str:
        self._drawn += 1
        exchange = _EXCHANGES[self._drawn % len(_EXCHANGES)]
        number = f"{self._drawn:04d}"
        return f"{exchange} {number[:2]} {number[2:]}"

    def _city(self) -> str:
        return self._random.choices(CITIES, [24, 10, 12, 9, 5] + [2] * (len(CITIES) - 5))[0].replace("-", " ")

    def _availability(self, day: date) -> str:
        later = day + timedelta(days=self._random.randint(20, 200))
        return self._random.choice(
            ("immédiate", "immédiate", "préavis 1 mois", "préavis 3 mois", f"{later:%d/%m/%Y}", "")
        )


def place(name: str) -> str:
    """Return the INSEE code of a well-known place."""
    found = places.match(name)
    assert found is not None, name
    return found.insee
