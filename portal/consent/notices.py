"""What people are told before they agree, word for word (GDPR 13, 14): one text per purpose and language.

A changed wording, a changed name or contact of the house makes a new version; the texts shown before are kept for ever.
"""

from dataclasses import dataclass

from portal.consent.rules import Purpose

# Each purpose in one paragraph: what we do, on what ground. The common part says the rest.
_WHY: dict[str, dict[Purpose, str]] = {
    "fr": {
        Purpose.POOL: (
            "{house} garde vos coordonnées et ce que vous dites de votre métier, de votre mobilité et de vos "
            "disponibilités, pour vous écrire quand un poste peut vous convenir. Nous le faisons avec votre accord ; "
            "tant que vous ne l’avez pas donné, sur la base de notre intérêt légitime à reprendre contact avec les "
            "personnes dont le dossier nous est parvenu, si cette base vous a été annoncée."
        ),
        Purpose.SURVEY: (
            "{house} vous demande votre avis sur la façon dont vous avez été accueilli ou accueillie, pour mieux "
            "traiter les candidatures. Nous le faisons avec votre accord. Répondre ou non ne change rien à la suite "
            "donnée à votre candidature."
        ),
        Purpose.EVENT: (
            "{house} vous invite à des rencontres liées à votre métier : portes ouvertes, visites, ateliers. "
            "Nous le faisons avec votre accord."
        ),
    },
    "en": {
        Purpose.POOL: (
            "{house} keeps your contact details and what you say about your work, where you can work and when, "
            "to write to you when a job may suit you. We do so with your consent; until you have given it, only on "
            "the ground of our legitimate interest in getting back to people whose file reached us, if we told you so."
        ),
        Purpose.SURVEY: (
            "{house} asks your opinion of how you were received, in order to treat applicants better. We do so with "
            "your consent. Whether you answer or not changes nothing to your application."
        ),
        Purpose.EVENT: (
            "{house} invites you to meetings about your line of work: open days, visits, workshops. "
            "We do so with your consent."
        ),
    },
}

# The common part, paragraph by paragraph. `reached` and `dpo` are sentences, or nothing where the house has not said it.
_REST: dict[str, str] = {
    "fr": (
        "Responsable du traitement : {house}{reached}. {dpo}Vos données viennent de vous, ou de la source nommée dans "
        "notre premier message et dans votre espace. Seuls les recruteurs de {house}, son délégué à la protection des "
        "données et l’hébergeur de ce service y ont accès ; elles ne sont ni vendues ni cédées, et personne n’est "
        "classé ni noté.\n\n"
        "Nous les gardons {months} mois après votre dernière action (une réponse, une connexion, un clic sur un bouton), "
        "puis nous les effaçons. La preuve de votre accord est gardée à part, sous un pseudonyme.\n\n"
        "Rien ne vous y oblige, et refuser est sans conséquence. À tout moment, dans votre espace, vous pouvez retirer "
        "votre accord, vous opposer, consulter, corriger, récupérer ou effacer vos données ; « Ne plus m’écrire », dans "
        "nos messages, suffit aussi pour arrêter.{ask} Le retrait vaut pour l’avenir. Vous pouvez aussi saisir la CNIL "
        "(cnil.fr)."
    ),
    "en": (
        "Controller: {house}{reached}. {dpo}Your data come from you, or from the source named in our first letter and "
        "in your space. Only the recruiters of {house}, its data protection officer and the host of this service can "
        "see them; they are neither sold nor passed on, and nobody is ranked or scored.\n\n"
        "We keep them for {months} months after your own last act (an answer, a sign-in, a click on a button), then "
        "erase them. The proof of your consent is kept apart, under a pseudonym.\n\n"
        "Nothing obliges you, and refusing has no consequence. At any time, in your space, you can withdraw your "
        "consent, object, see, correct, take away or erase your data; “Stop writing to me”, in our letters, is enough "
        "to end it too.{ask} Withdrawing holds for the future. You may also complain to the CNIL (cnil.fr) or to the "
        "authority of your country."
    ),
}
_DPO = {
    "fr": "Délégué à la protection des données : {contact}. ",
    "en": "Data protection officer: {contact}. ",
}
_ASK = {
    "fr": " Pour toute autre demande, y compris limiter l’usage de vos données, écrivez à {contact}.",
    "en": " For anything else you ask, restricting the use of your data included, write to {contact}.",
}
LANGUAGES = tuple(_REST)


@dataclass(frozen=True, slots=True)
class Controller:
    """Who answers for the data (GDPR 13(1)(a) and (b)), and how long they are kept. A contact may stand on several lines."""

    name: str
    months: int
    contact: str = ""
    dpo: str = ""


def wording(purpose: Purpose, locale: str, *, house: str, months: int, contact: str = "", dpo: str = "") -> str:
    """Return the whole text for one purpose, as it is shown."""
    who = Controller(house, months, contact, dpo)
    return f"{why(purpose, locale, who)}\n\n{rest(locale, who)}"


def why(purpose: Purpose, locale: str, who: Controller) -> str:
    """Return what we do for one purpose, and on what ground."""
    language = _spoken(locale)
    return _typeset(_WHY[language][purpose].format(house=who.name), language)


def rest(locale: str, who: Controller) -> str:
    """Return what holds for every purpose: who answers for it, how long we keep it, what people may ask."""
    language = _spoken(locale)
    contact, dpo = _on_one_line(who.contact), _on_one_line(who.dpo)
    asked = dpo or contact
    told = {
        "house": who.name,
        "months": who.months,
        "reached": f", {contact}" if contact else "",
        "dpo": _DPO[language].format(contact=dpo) if dpo else "",
        "ask": _ASK[language].format(contact=asked) if asked else "",
    }
    return _typeset(_REST[language].format(**told), language)


def _spoken(locale: str) -> str:
    return locale if locale in _REST else "fr"


def _on_one_line(contact: str) -> str:
    return ", ".join(line.strip().rstrip(".,") for line in contact.splitlines() if line.strip())


def _typeset(text: str, language: str) -> str:
    """Put the no-break spaces of French typography."""
    if language == "fr":
        for mark in ":;!?":
            text = text.replace(f" {mark}", f"\u00a0{mark}")
        text = text.replace("« ", "«\u00a0").replace(" »", "\u00a0»")
    return text
