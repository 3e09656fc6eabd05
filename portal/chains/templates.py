"""Chains ready to use. A recruiter changes their words, saves a version, and launches."""

from typing import Any

THANK_YOU: dict[str, Any] = {
    "steps": [
        {
            "type": "info",
            "key": "thanks",
            "text": {
                "fr": {
                    "subject": "Où en est votre dossier",
                    "body": "Bonjour {first_name},\n\n{thanks} {knows}\n\n"
                    "Nous n’avons pas de poste à vous proposer tout de suite, et nous préférons vous le dire clairement."
                    " Votre dossier reste dans notre vivier : si un poste vous correspond, vous serez parmi les premières"
                    " personnes à qui nous écrirons.\n\nVous pouvez à tout moment mettre à jour votre disponibilité ou"
                    " demander à ne plus recevoir de messages.\n\n{author}\n{house}",
                },
                "en": {
                    "subject": "Where your file stands",
                    "body": "Hello {first_name},\n\n{thanks} {knows}\n\nWe have no job to"
                    " offer you right now, and we would rather say so plainly. Your file stays in our pool: if a job fits,"
                    " you will be among the first people we write to.\n\nYou can update your availability or ask us to"
                    " stop writing at any time.\n\n{author}\n{house}",
                },
            },
            "next": "end",
        },
        {"type": "end", "key": "end"},
    ]
}

STILL_LOOKING: dict[str, Any] = {
    "steps": [
        {
            "type": "question",
            "key": "still_looking",
            "question": "still_looking",
            "text": {
                "fr": {
                    "subject": "Êtes-vous toujours en veille ?",
                    "body": "Bonjour {first_name},\n\n{knows} Une seule question : êtes-vous à l’écoute d’une"
                    " proposition en ce moment ?\n\nUn clic suffit, et aucune réponse ne vous engage. Si ce n’est pas le moment,"
                    " dites-nous quand revenir vers vous.\n\n{author}\n{house}",
                },
                "en": {
                    "subject": "Are you still looking?",
                    "body": "Hello {first_name},\n\n{knows} One question only: are you open to an offer at the moment?"
                    "\n\nOne click is enough, and no answer commits you. If now is not the time, tell us when to come"
                    " back to you.\n\n{author}\n{house}",
                },
            },
            "on_yes": "digest",
            "on_more_info": "digest",
            "on_no": "end",
            "on_later": "end",
            "on_silence": "end",
            "silence_days": 14,
        },
        {"type": "digest", "key": "digest", "on_yes": "slots", "on_no": "end", "on_silence": "end", "silence_days": 7},
        {"type": "slots", "key": "slots", "on_picked": "end", "on_neither": "end", "on_silence": "end"},
        {"type": "end", "key": "end"},
    ]
}

SIMILAR_OPPORTUNITY: dict[str, Any] = {
    "steps": [
        {
            "type": "question",
            "key": "opportunity",
            "question": "opportunity",
            "text": {
                "fr": {
                    "subject": "Un poste à vous proposer",
                    "body": "Bonjour {first_name},\n\n{knows} Nous cherchons quelqu’un pour ce poste : {title}, {place}."
                    " {likeness}\n\nVoulez-vous en savoir plus ? Un oui ne vous engage à rien.\n\n{author}\n{house}",
                },
                "en": {
                    "subject": "A job to put to you",
                    "body": "Hello {first_name},\n\n{knows} We are looking for someone for this job: {title}, {place}."
                    " {likeness}\n\nWould you like to know more? A yes commits you to nothing.\n\n{author}\n{house}",
                },
            },
            "on_yes": "digest",
            "on_more_info": "digest",
            "on_no": "end",
            "on_later": "end",
            "on_silence": "end",
            "silence_days": 10,
        },
        {"type": "digest", "key": "digest", "on_yes": "slots", "on_no": "end", "on_silence": "end", "silence_days": 7},
        {"type": "slots", "key": "slots", "on_picked": "end", "on_neither": "end", "on_silence": "end"},
        {"type": "end", "key": "end"},
    ]
}

UPDATE: dict[str, Any] = {
    "steps": [
        {
            "type": "question",
            "key": "still_true",
            "question": "still_looking",
            "text": {
                "fr": {
                    "subject": "Où en êtes-vous ?",
                    "body": "Bonjour {first_name},\n\n{still_true}\n\nUn clic suffit. Si quelque chose a changé, votre métier,"
                    " votre disponibilité ou l’endroit où vous voulez travailler, dites-le dans votre espace : nous ne"
                    " vous écrirons que si cela vous ressemble.\n\n{author}\n{house}",
                },
                "en": {
                    "subject": "Where do you stand?",
                    "body": "Hello {first_name},\n\n{still_true}\n\nOne click is enough. If something has changed, your job, your"
                    " availability or where you want to work, say so in your space: we only write when it suits you."
                    "\n\n{author}\n{house}",
                },
            },
            "on_yes": "end",
            "on_more_info": "end",
            "on_no": "end",
            "on_later": "end",
            "on_silence": "end",
            "silence_days": 14,
        },
        {"type": "end", "key": "end"},
    ]
}


def survey(survey_id: int) -> dict[str, Any]:
    """Return the chain that asks how it went, with this survey."""
    ask: dict[str, Any] = {
        "type": "survey",
        "key": "survey",
        "survey_id": survey_id,
        "text": {
            "fr": {
                "subject": "Comment nous y prenons-nous ?",
                "body": "Bonjour {first_name},\n\nNous aimerions savoir comment nous nous y prenons avec vous. Qu’est-ce"
                " qui vous convient, qu’est-ce qui vous manque ? Quelques questions, deux minutes, et rien n’est obligatoire.\n\n"
                "Nous lisons chaque réponse, avec votre nom, et elle ne change rien à votre candidature.\n\n{author}\n"
                "{house}",
            },
            "en": {
                "subject": "How are we doing?",
                "body": "Hello {first_name},\n\nWe would like to know how we are doing with you. What suits you, what do you"
                " miss? A few"
                " questions, two minutes, and nothing is required.\n\nWe read every answer, with your name, and it changes"
                " nothing about your application.\n\n{author}\n{house}",
            },
        },
        "next": "end",
        "silence_days": 14,
    }
    return {"steps": [ask, {"type": "end", "key": "end"}]}


TEMPLATES: dict[str, dict[str, Any]] = {
    "still_looking": STILL_LOOKING,
    "similar_opportunity": SIMILAR_OPPORTUNITY,
    "thank_you": THANK_YOU,
}
