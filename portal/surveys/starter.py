"""What a new survey begins with: nothing here is asked of anyone before a recruiter saved it."""

from portal.surveys.document import Nps, Questionnaire, Text

TITLE_FR, TITLE_EN = "Votre expérience avec nous", "Your experience with us"
STARTER = Questionnaire(
    questions=(
        Nps(
            key="q1",
            fr="Recommanderiez-vous notre maison à une personne qui cherche un emploi ?",
            en="Would you recommend our house to someone who is looking for a job?",
            required=True,
        ),
        Text(
            key="q2",
            fr="Qu’aurions-nous pu faire mieux ?",
            en="What could we have done better?",
        ),
    )
)
