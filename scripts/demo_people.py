"""The invented people of the demo files: names, jobs, places and the draw that joins them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

SEED = 2026
TODAY = date(2026, 11, 16)  # the day the files were "exported"

FIRST = """
    Aïcha Alexandre Amina Anaïs Antoine Baptiste Camille Bénédicte Chloé Clément David Élodie Emma Fatou François
    Gaëlle Guillaume Hélène Hugo Inès Ismaël Jeanne Joséphine Jules Karim Léa Loïc Lucas Manon Mehdi Mélanie Nadia
    Nathalie Noémie Océane Olivier Pauline Quentin Raphaël Rémi Sandrine Sébastien Sofia Solène Théo Thomas Valérie
    Yasmine Zoé Émile
""".split()  # noqa: SIM905 (names read better in lines)
LAST = """
    Arnaud Barbier Benoît Bertrand Blanchard Bonnet Bourgeois Carpentier Chevalier Colin Da-Silva Delaunay Deschamps
    Diallo Dufour Dumas Fabre Faure Fontaine Gaillard Garnier Gauthier Giraud Guérin Haddad Hoarau Jacquet Lacroix
    Lambert Leblanc Lefèvre Lemaire Léveillé Marchand Masson Mercier Moulin N'Diaye Nguyen Noël Olivier Payet Perrot
    Picard Renaud Rivière Roche Roussel Schmitt Tessier Vasseur Vidal
""".split()  # noqa: SIM905
# Job in French, the same in English, place.
WORK = (
    ("Infirmière", "Nurse", "Saint-Étienne"),
    ("Aide-soignant(e)", "Healthcare assistant", "Lyon 3e"),
    ("Soudeur TIG", "TIG welder", "St Etienne"),
    ("Soudeuse", "Welder", "Villeurbanne"),
    ("Cariste CACES 1-3-5", "Forklift driver", "Saint-Priest"),
    ("Préparatrice de commandes", "Order picker", "Vénissieux"),
    ("Développeur Python", "Python developer", "Lyon"),
    ("Data analyst", "Data analyst", "LYON CEDEX 03"),
    ("Comptable", "Accountant", "Grenoble"),
    ("Gestionnaire de paie", "Payroll specialist", "69003 Lyon"),
    ("Maçon", "Bricklayer", "Bourgoin-Jallieu"),
    ("Électricienne", "Electrician", "Vienne (38)"),
    ("Technicien de maintenance", "Maintenance technician", "Roanne"),
    ("Chauffeur PL", "HGV driver", "Saint-Chamond"),
    ("Auxiliaire de vie", "Home carer", "Firminy"),
    ("Commerciale", "Sales rep", "Nantes"),
    ("Cuisinier", "Cook", "Annecy"),
    ("Serveuse", "Waitress", "Chambéry"),
    ("Agent d'entretien", "Cleaner", "Clermont-Ferrand"),
    ("Assistante RH", "HR assistant", "Paris 11e"),
)
AVAILABLE = (
    "immédiate",
    "préavis 3 mois",
    "préavis 1 mois",
    "ASAP",
    "01/03/2027",
    "à partir de mars 2027",
    "",
    "à voir",
)
CONTRACTS = ("CDI", "CDI, intérim", "CDD", "CDI/CDD", "intérim", "freelance", "alternance", "")
YEARS = ("1 an", "2-3 ans", "5 ans", "8 ans", "10+ ans", "débutant", "confirmée", "")
NOTES = ("", "", "", "Entretien très positif.", "À rappeler pour un poste proche.")
SALARIES = ("", "", "32k", "30-35 K€", "2 400 € brut/mois", "28 000 €", "selon profil")
LANGUAGES = ("", "", "anglais B1", "anglais courant", "anglais C1, espagnol", "portugais")
SKILLS = {
    "Soudeur TIG": "TIG, MIG, lecture de plans",
    "Développeur Python": "Python; SQL; Docker",
    "Comptable": "Sage, Excel (TCD)",
    "Cariste CACES 1-3-5": "CACES 1, CACES 3, CACES 5",
}
NATIONALITIES = ("française", "française", "portugaise", "sénégalaise", "")
CONSENT = "J'accepte que mes données soient conservées deux ans pour d'autres offres. (formulaire v3)"
FICTION = ("019900", "026191", "035301", "046571", "053649")  # ARCEP: never given to a subscriber
_ACCENTED, _BARE = "àâäçéèêëîïôöùûüÿÀÂÇÉÈÊËÎÏÔÖÙÛ", "aaaceeeeiioouuuyAACEEEEIIOOUU"


@dataclass(slots=True)
class Line:
    """One record as the CSV file holds it, the trap in it ("" for none), and what an import should say of it."""

    last: str
    first: str
    mail: str
    phone: str
    job: str
    city: str
    radius: str
    available: str
    contract: str
    years: str
    applied: str
    consent: str
    text: str
    born: str
    sex: str
    nationality: str
    note: str
    salary: str
    languages: str
    skills: str
    trap: str = ""
    outcome: str = "created"
    phone_number: int | None = None  # what a spreadsheet makes of a phone

    def but(self, trap: str, outcome: str, **changes: str) -> "Line":
        """Return this record with some cells changed into a trap."""
        other = replace(self, trap=trap, outcome=outcome)
        for cell, text in changes.items():
            setattr(other, cell, text)
        return other

    def cells(self) -> list[str]:
        """Return the cells in the order of the CSV file."""
        return [getattr(self, name) for name in CELLS]


CELLS = tuple(Line.__dataclass_fields__)[:-3]


def people() -> Iterator[Line]:
    """Yield ever more people, always the same ones."""
    draw = random.Random(SEED)  # noqa: S311 (nothing secret: the same people each time)
    number = 0
    while True:
        yield person(draw, number)
        number += 1


def person(draw: random.Random, number: int) -> Line:
    """Return an ordinary record. `number` keeps addresses and phones apart."""
    first, last = FIRST[number % len(FIRST)], LAST[(number * 7 + number // len(LAST)) % len(LAST)]
    job, _, city = WORK[number % len(WORK)]
    applied = french(TODAY - timedelta(days=draw.randrange(20, 300)))
    consents = draw.random() < 0.7
    wishes = random.Random(f"{SEED}/{number}")  # noqa: S311 (drawn apart, so that what was there before stays as it was)
    return Line(
        last=last,
        first=first,
        mail=f"{plain(first)}.{plain(last)}@{draw.choice(('courriel', 'boite', 'messagerie'))}.example",
        phone=phone(number),
        job=job,
        city=city,
        radius=draw.choice(("30", "20 km", "50", "10", "")),
        available=draw.choice(AVAILABLE),
        contract=draw.choice(CONTRACTS),
        years=draw.choice(YEARS),
        applied=applied,
        consent=applied if consents else "",
        text=CONSENT if consents else "",
        born=french(date(1965, 1, 1) + timedelta(days=draw.randrange(13_000))),
        sex=draw.choice(("F", "M", "F", "M", "")),
        nationality=draw.choice(NATIONALITIES),
        note=draw.choice(NOTES),
        salary=wishes.choice(SALARIES),
        languages=wishes.choice(LANGUAGES),
        skills=SKILLS.get(job, ""),
    )


def phone(number: int) -> str:
    """Return a fictional French number, spaced as people space it."""
    digits = f"{FICTION[number % len(FICTION)]}{1000 + number * 37:04d}"
    return " ".join(digits[at : at + 2] for at in range(0, 10, 2))


def unaccented(name: str) -> str:
    """Return a name as someone without accents on the keyboard types it."""
    return name.translate(str.maketrans(_ACCENTED, _BARE))


def plain(name: str) -> str:
    """Return a name as it stands in an address."""
    return "".join(letter for letter in unaccented(name).lower() if letter.isalpha())


def french(day: date) -> str:
    """Return a day as French exports write it."""
    return day.strftime("%d/%m/%Y")
