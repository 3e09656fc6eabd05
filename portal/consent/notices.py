"""What people are told before they agree, word for word (GDPR 13, 14): one text per purpose and language.

A changed wording, or a changed name of the house, makes a new version; the texts shown before are kept for ever.
"""

from portal.consent.rules import Purpose

# Each purpose in one paragraph: what we do, on what ground. The common part says the rest.
_WHY: dict[str, dict[Purpose, str]] = {
    "fr": {
        Purpose.POOL: (
            "{house} garde vos coordonnées et ce que vous dites de votre métier, de votre mobilité et de vos "
            "disponibilités, pour vous écrire quand un poste peut vous convenir. Nous le faisons avec votre accord ; "
            "tant que vous ne l’avez pas donné, sur la base de notre intérêt légitime à reprendre contact avec des "
            "personnes déjà rencontrées, si cette base vous a été annoncée."
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
            "the ground of our legitimate interest in getting back to people we have met, if we told you so."
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

_REST: dict[str, str] = {
    "fr": (
        "Responsable du traitement : {house}. Vos données viennent de vous, ou de la source nommée dans notre premier "
        "message et dans votre espace. Seuls les recruteurs de {house}, son délégué à la protection des données et "
        "l’hébergeur de ce service y ont accès ; elles ne sont ni vendues ni cédées, et personne n’est "
        "classé ni noté.\n\n"
        "Nous les gardons {months} mois après votre dernière action (une réponse, une connexion, un bouton pressé), "
        "puis nous les effaçons. La preuve de votre accord est gardée à part, sous un pseudonyme.\n\n"
        "Rien ne vous y oblige, et refuser est sans conséquence. À tout moment, depuis votre espace, vous pouvez retirer "
        "votre accord, vous opposer, consulter, corriger, récupérer ou effacer vos données, en limiter l’usage, ou écrire "
        "au délégué à la protection des données. Pour retirer votre accord ou vous opposer, le lien « Ne plus m’écrire » "
        "de nos messages suffit. Le retrait vaut pour l’avenir. Vous pouvez aussi saisir la CNIL (cnil.fr)."
    ),
    "en": (
        "Controller: {house}. Your data come from you, or from the source named in our first letter and in your space. "
        "Only the recruiters of {house}, its data protection officer and the host of this service can see them; they "
        "are neither sold nor passed on, and nobody is ranked or scored.\n\n"
        "We keep them for {months} months after your own last act (an answer, a sign-in, a pressed button), then "
        "erase them. The proof of your consent is kept apart, under a pseudonym.\n\n"
        "Nothing obliges you, and refusing has no consequence. At any time, in your space, you can withdraw your consent, "
        "object, see, correct, take away or erase your data, restrict their use, or write to the data protection officer. "
        "To withdraw your consent or object, the link “Stop writing to me” in our letters is enough. Withdrawing holds for "
        "the future. You may also complain to the "
        "CNIL (cnil.fr) or to the authority of your country."
    ),
}

LANGUAGES = tuple(_REST)


def wording(purpose: Purpose, locale: str, *, house: str, months: int) -> str:
    """Return the whole text for one purpose, as it is shown."""
    language = locale if locale in _REST else "fr"
    text = f"{_WHY[language][purpose]}\n\n{_REST[language]}".format(house=house, months=months)
    return text if language != "fr" else _typeset(text)


def _typeset(text: str) -> str:
    """Put the no-break spaces of French typography."""
    for mark in ":;!?":
        text = text.replace(f" {mark}", f"\u00a0{mark}")
    return text
