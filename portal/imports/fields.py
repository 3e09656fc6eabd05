"""What a column may be about, and the names French and English exports give it."""

import re
from enum import StrEnum

from portal.kit.fold import fold
from portal.kit.i18n import N_
from portal.talents.custom import key_of


class Field(StrEnum):
    """What a column may be taken in as."""

    EMAIL = "email"
    PHONE = "phone"
    OTHER_EMAILS = "other_emails"
    OTHER_PHONES = "other_phones"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    FULL_NAME = "full_name"
    JOB = "job"
    OTHER_JOBS = "other_jobs"
    EXPERIENCE = "experience"
    SKILLS = "skills"
    LANGUAGES = "languages"
    CONTRACTS = "contracts"
    SALARY = "salary"
    AVAILABILITY = "availability"
    AVAILABLE_FROM = "available_from"
    NOTICE = "notice"
    PLACE = "place"
    OTHER_PLACES = "other_places"
    RADIUS = "radius"
    REMOTE = "remote"
    RELOCATION = "relocation"
    INTERESTS = "interests"
    ENVIRONMENTS = "environments"
    REFUSES = "refuses"
    LOCALE = "locale"
    COLLECTED_ON = "collected_on"
    SOURCE = "source"
    CONSENT_ON = "consent_on"
    CONSENT_TEXT = "consent_text"
    CONSENT_UNTIL = "consent_until"
    CONSENT = "consent"
    OPTED_OUT = "opted_out"
    TO_DECIDE = "to_decide"


LABELS: dict[Field, str] = {
    Field.EMAIL: N_("E-mail address"),
    Field.PHONE: N_("Telephone"),
    Field.OTHER_EMAILS: N_("Other e-mail addresses"),
    Field.OTHER_PHONES: N_("Other telephone numbers"),
    Field.FIRST_NAME: N_("First name"),
    Field.LAST_NAME: N_("Last name"),
    Field.FULL_NAME: N_("Full name"),
    Field.JOB: N_("Job"),
    Field.OTHER_JOBS: N_("Other jobs"),
    Field.EXPERIENCE: N_("Experience"),
    Field.SKILLS: N_("Skills"),
    Field.LANGUAGES: N_("Languages"),
    Field.CONTRACTS: N_("Contracts"),
    Field.SALARY: N_("Salary floor"),
    Field.AVAILABILITY: N_("Availability"),
    Field.AVAILABLE_FROM: N_("Available from"),
    Field.NOTICE: N_("Length of notice"),
    Field.PLACE: N_("Place of work"),
    Field.OTHER_PLACES: N_("Other places and regions"),
    Field.RADIUS: N_("Distance they would travel"),
    Field.REMOTE: N_("Remote work"),
    Field.RELOCATION: N_("Would move house"),
    Field.INTERESTS: N_("Interests"),
    Field.ENVIRONMENTS: N_("Environments they like"),
    Field.REFUSES: N_("What they do not want"),
    Field.LOCALE: N_("Language of letters"),
    Field.COLLECTED_ON: N_("Day of application or collection"),
    Field.SOURCE: N_("Where they come from"),
    Field.CONSENT_ON: N_("Day of consent"),
    Field.CONSENT_TEXT: N_("Text they agreed to"),
    Field.CONSENT_UNTIL: N_("End of consent"),
    Field.CONSENT: N_("Agreed to be written to (a no stays outside)"),
    Field.OPTED_OUT: N_("Asked not to be written to"),
    Field.TO_DECIDE: N_("To decide: did they ask not to be written to?"),
}

# Several columns may say these.
SEVERAL_COLUMNS = frozenset({Field.OTHER_EMAILS, Field.OTHER_PHONES, Field.CONSENT, Field.OPTED_OUT, Field.TO_DECIDE})

OWN = N_("Field of the house’s own")


def label(field: str) -> str:
    """Return the msgid of what a column is taken in as; `field` may be one of the house's own ("custom.7")."""
    return OWN if key_of(field) else LABELS[Field(field)]


_NAMES: dict[Field, str] = {
    Field.EMAIL: (
        "email|e mail|mail|courriel|adresse email|adresse e mail|adresse mail|adresse courriel|adresse electronique|"
        "adresse de messagerie|email address|e mail address|mail address|email candidat|email du candidat|email perso|"
        "email personnel|email pro|e mail personnel|personal email|candidate email|mel|primary email|contact email"
    ),
    Field.PHONE: (
        "telephone|tel|tel portable|telephone portable|portable|mobile|telephone mobile|numero de telephone|"
        "num telephone|no telephone|n telephone|n de telephone|numero|gsm|phone|phone number|mobile phone|mobile number|"
        "cell|cell phone|cellphone|telephone 1|tel 1|tel mobile|telephone candidat|contact phone|numero de portable"
    ),
    Field.FIRST_NAME: "prenom|prenoms|prenom candidat|prenom du candidat|first name|firstname|given name|forename",
    Field.LAST_NAME: (
        "nom|nom de famille|nom candidat|nom du candidat|nom d usage|nom usuel|last name|lastname|surname|family name"
    ),
    Field.FULL_NAME: (
        "nom complet|nom prenom|nom et prenom|prenom nom|prenom et nom|nom prenoms|candidat|candidate|candidat e|"
        "full name|fullname|name|candidate name|talent|contact|identite|nom de famille et prenom|last name first name"
    ),
    Field.JOB: (
        "metier|poste|poste recherche|poste souhaite|poste actuel|poste vise|emploi|emploi recherche|emploi actuel|"
        "fonction|fonction actuelle|intitule|intitule du poste|intitule de poste|intitule poste|titre du poste|"
        "titre professionnel|profession|job|job title|jobtitle|position|current position|current title|current job|"
        "occupation|role|desired job|desired position|metier recherche|qualification|profil|headline"
    ),
    Field.OTHER_JOBS: (
        "autres metiers|autre metier|autres postes|autre poste|metiers secondaires|metier secondaire|second metier|"
        "metier 2|poste 2|other jobs|other job|other positions|other titles|secondary job|also open to"
    ),
    Field.EXPERIENCE: (
        "experience|annees d experience|annees experience|annee d experience|nombre d annees d experience|"
        "niveau d experience|niveau experience|experience professionnelle|experience annees|experience ans|xp|"
        "years of experience|years experience|experience years|experience level|seniority|anciennete"
    ),
    Field.SKILLS: (
        "competences|competence|competences cles|competences techniques|savoir faire|technologies|technos|outils|"
        "outils maitrises|logiciels|stack|stack technique|mots cles|skills|skill|key skills|technical skills|hard skills|"
        "tools|technologies used|keywords|expertise|expertises|habilitations|certifications"
    ),
    Field.LANGUAGES: (
        "langues|langues parlees|langues etrangeres|niveau de langue|niveau langue|langues et niveaux|"
        "competences linguistiques|languages|spoken languages|languages spoken|language skills|foreign languages"
    ),
    Field.CONTRACTS: (
        "contrat|contrats|type de contrat|types de contrat|type contrat|contrat recherche|contrat souhaite|"
        "contrats souhaites|contrats acceptes|type de contrat souhaite|contract|contracts|contract type|contract types|"
        "employment type|desired contract"
    ),
    # What they wish: a bare "Salaire" may be what they earn, which nobody may ask (see `asks_pay`).
    Field.SALARY: (
        "salaire souhaite|salaire demande|salaire minimum|salaire min|salaire voulu|salaire attendu|pretentions|pretention|"
        "pretentions salariales|pretention salariale|remuneration souhaitee|remuneration attendue|remuneration demandee|"
        "desired salary|desired pay|expected pay|expected salary|minimum salary|salary expectation|salary expectations|"
        "salary floor|expected compensation|desired compensation"
    ),
    Field.AVAILABILITY: (
        "disponibilite|disponibilites|dispo|delai de disponibilite|disponible|availability|available|"
        "statut de recherche|situation de recherche|job search status"
    ),
    Field.NOTICE: (
        "preavis|duree du preavis|duree de preavis|delai de preavis|preavis mois|preavis jours|notice|notice period|"
        "length of notice|notice length|notice days"
    ),
    Field.AVAILABLE_FROM: (
        "date de disponibilite|date disponibilite|date de dispo|date dispo|disponible le|disponible a partir du|"
        "disponible a partir de|disponible des|date de debut|available from|available on|available date|"
        "availability date|start date"
    ),
    Field.PLACE: (
        "ville|lieu|localisation|lieu de travail|lieu de travail souhaite|lieu souhaite|ville souhaitee|commune|"
        "ville de travail|zone geographique|secteur geographique|bassin d emploi|lieu recherche|localite|city|town|"
        "location|work location|preferred location|desired location|place|place of work|work place"
    ),
    Field.RADIUS: (
        "rayon|rayon km|rayon de mobilite|mobilite|mobilite km|mobilite geographique|distance|distance max|"
        "distance maximale|distance km|perimetre|rayon de recherche|radius|radius km|mobility|mobility km|"
        "max distance|travel distance"
    ),
    Field.OTHER_PLACES: (
        "autres villes|autre ville|autres lieux|autre lieu|autres lieux de travail|villes souhaitees|"
        "autres localisations|regions|regions souhaitees|region souhaitee|mobilite regions|other cities|other city|"
        "other locations|other places|preferred locations|preferred regions"
    ),
    Field.RELOCATION: (
        "demenagement|pret a demenager|prete a demenager|accepte de demenager|relocalisation|relocation|"
        "open to relocation|willing to relocate|would relocate|moving house"
    ),
    Field.INTERESTS: (
        "interets|centres d interet professionnels|motivations|motivation|ce qui motive|leviers de motivation|interests|"
        "motivators|what matters"
    ),
    Field.ENVIRONMENTS: (
        "environnement|environnements|environnement de travail|environnement souhaite|type de structure|"
        "type d etablissement|secteur souhaite|environment|environments|work environment|preferred environment|workplace"
    ),
    Field.REFUSES: (
        "refuse|refus|ne souhaite pas|ne veut pas|a eviter|exclusions|points bloquants|contre indications de poste|"
        "does not want|refuses|deal breakers|dealbreakers|no go|not wanted"
    ),
    Field.REMOTE: "teletravail|remote|remote work|travail a distance|home office|distanciel",
    Field.LOCALE: "langue|langue de contact|langue de correspondance|language|preferred language|locale|contact language",
    Field.COLLECTED_ON: (
        "date de candidature|date candidature|date de la candidature|candidature le|date de depot|date depot|"
        "date d ajout|date ajout|date d inscription|date inscription|date de creation|date creation|cree le|ajoute le|"
        "date de collecte|date de reception|date de contact|dernier contact|date dernier contact|application date|applied on|"
        "applied at|date applied|created|created at|created on|date added|added on|collected on|collection date|"
        "postule le|recu le|depose le|inscrit le|cv depose le|cv recu le|date du cv|date cv|date de depot du cv|"
        "date de reception du cv|date de mise a jour du cv|candidate created at|submitted at|submitted on|date submitted"
    ),
    Field.SOURCE: (
        "source|source candidature|source de la candidature|origine de la candidature|origine candidature|provenance|"
        "canal|origine du cv|source du cv|source name|candidate source|canal de recrutement"
    ),
    Field.CONSENT_ON: (
        "date de consentement|date consentement|date du consentement|consentement le|date rgpd|consentement date|"
        "date d accord|date accord|date accord rgpd|date optin|date opt in|"
        "date consentement rgpd|consent date|consent on|date of consent|"
        "consent future jobs at|consented on|consented at|opt in date|gdpr date|"
        "gdpr consent date|consentement rgpd le|consentement rgpd date"
    ),
    Field.CONSENT_TEXT: (
        "texte de consentement|texte du consentement|texte consentement|mention rgpd|mention d information|"
        "mention de consentement|libelle consentement|texte accepte|mention acceptee|consent text|consent notice|"
        "notice text|gdpr text|texte rgpd|mention|formulation du consentement|consentement texte|text of consent"
    ),
    Field.CONSENT_UNTIL: (
        "fin de consentement|fin du consentement|date de fin de consentement|date de fin du consentement|echeance rgpd|"
        "consentement jusqu au|gdpr expires at|gdpr expiration|gdpr expiry|consent expires at|consent expires on|consent until|"
        "valid until consent|date limite de conservation|fin de conservation|echeance du consentement"
    ),
    Field.OPTED_OUT: "unsubscribed|opted out|do not contact|ne pas contacter",
}

NAMES: dict[str, Field] = {fold(name): field for field, names in _NAMES.items() for name in names.split("|")}

# One word is enough among others: "E-mail principal", "Téléphone (perso)".
TELLING = {
    "email": Field.EMAIL, "mail": Field.EMAIL, "courriel": Field.EMAIL, "telephone": Field.PHONE, "phone": Field.PHONE,
    "portable": Field.PHONE,
}  # fmt: skip
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
_AGAIN = re.compile(r" \(\d+\)$")
_EITHER = re.compile(r"(?<=.) (?:h f|f h|m f|f m)$")


def folded(column: str) -> str:
    """Return a column's name as `NAMES` has it: "Nom (2)" is a second "Nom", "firstName" two words, "Poste (H/F)" a job."""
    return _EITHER.sub("", fold(_CAMEL.sub(" ", _AGAIN.sub("", column))))


def exact(column: str) -> Field | None:
    """Return what a column's name is known to mean."""
    return NAMES.get(folded(column))


# What tells one column of addresses or of numbers from another.
_WHICH = frozenset(
    "1 2 3 4 5 1st 2nd 3rd second seconde secondary secondaire other autre alternate alternative additional value valeur home "  # noqa: SIM905
    "work domicile bureau fixe pro perso professionnel professionnelle personnel personnelle mobile portable cell".split()
)
_FURTHER = {Field.EMAIL: Field.OTHER_EMAILS, Field.PHONE: Field.OTHER_PHONES}


def further(column: str) -> Field | None:
    """Return what a further column of addresses or numbers is: "2nd E-Mail", "Phone 2 - Value", "Téléphone fixe"."""
    words = folded(column).split()
    known = NAMES.get(" ".join(words)) or NAMES.get(" ".join(word for word in words if word not in _WHICH))
    return _FURTHER.get(known) if known else None


_PAY = frozenset(
    "salaire salaires remuneration remunerations package salary salaries pay wage wages compensation ctc smic brut net".split()  # noqa: SIM905
)
_WISHED = re.compile(
    r"\b(?:souhait|demand|attend|voulu|minim|min\b|pretention|desir|expect|wish|floor|ask|cible|target|objectif)"
)


def asks_pay(column: str) -> bool:
    """Tell whether a column speaks of pay without saying whether they wish it or earn it."""
    words = folded(column)
    return bool(_PAY & set(words.split())) and not _WISHED.search(words)


WHOSE_PAY = N_(
    "“{column}”: what they wish, or what they earn? It is left out. Take it in as the salary they wish if that is what it holds: "
    "nobody may keep what they earn (directive (EU) 2023/970, art. 5)."
)
