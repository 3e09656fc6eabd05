"""The life of the demo, in the order it was lived. Only verbs of the product write here, each at its own time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from portal.access import actions as access
from portal.access.house import change_house
from portal.booking import offering
from portal.chains import actions as chains
from portal.chains.templates import SIMILAR_OPPORTUNITY, STILL_LOOKING, THANK_YOU
from portal.consent.rules import Basis
from portal.demo.answers import Answers
from portal.demo.living import keep_house, make_fields
from portal.demo.past import Past, old_mail_server
from portal.demo.people import Batch, Crowd, place
from portal.demo.twice import come_twice
from portal.demo.wishes import live_on_their_own
from portal.imports import actions as imports
from portal.imports.planning import Choices
from portal.kit.db import Database, saved
from portal.opportunities import actions as opportunities
from portal.opportunities.rules import Terms
from portal.postbox.mime import Sender
from portal.privacy.informing import inform
from portal.segments import actions as segments
from portal.surveys import actions as surveys
from portal.talents.models import Talent
from portal.talents.rules import SourceKind
from portal.talents.vocabulary import Contract, Environment
from portal.timeline.who import Person, Role, System

SEED = 20_261_123
DPO = "dpo@vivier.example"
ZONE = "Europe/Paris"
SITE = "Candidatures du site"
_DEMO = System("demo")
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Team:
    """Who works here."""

    admin: Person
    claire: Person
    karim: Person
    dpo: Person


def is_empty(database: Database) -> bool:
    """Tell whether nobody has come in yet."""
    with database.work() as session:
        return session.exec(select(Talent.id).limit(1)).first() is None


def grow(database: Database, site_url: str, *, now: datetime, tell: Progress) -> Team:
    """Live two years of a house up to `now`; about a minute."""
    with old_mail_server() as port:
        past = Past(database, Sender("127.0.0.1", port, "maison@vivier.example", ""), site_url, now)
        tell("The team moves in")
        team = _team(past, now - timedelta(days=780))
        make_fields(past.database, team.admin, now=now - timedelta(days=700))
        tell("Two years of applications, referrals and exports come in")
        _imports(past, team, now)
        tell("Candidates come and go: wishes, consents, pauses, withdrawals")
        _candidates(past, now)
        tell("Recruiters note, tag and keep their views")
        keep_house(past.database, (team.claire, team.karim), Random(SEED + 4), now=now)
        come_twice(past.database, team.karim, now=now)
        tell("Opportunities, segments, times to talk, a survey")
        rooms = _rooms(past, team, now)
        tell("A first launch is lived through")
        _old_launch(past, team, rooms, now)
        tell("A second launch is under way")
        _launch_under_way(past, team, rooms, now)
    return team


def _team(past: Past, when: datetime) -> Team:
    def come_in(name: str, email: str, role: Role) -> Person:
        with past.database.work() as session:
            row = access.invite(session, _DEMO, email, name, role, now=when)
        return Person(saved(row.id), role, name, "fr", ZONE, fresh=True)

    team = Team(
        admin=come_in("Agnès Admin", "admin@vivier.example", Role.ADMIN),
        claire=come_in("Claire Besson", "claire@vivier.example", Role.RECRUITER),
        karim=come_in("Karim Haddad", "karim@vivier.example", Role.RECRUITER),
        dpo=come_in("Dominique Perrot", DPO, Role.DPO),
    )
    allowed = [SourceKind.APPLICATION.value, SourceKind.ATS_EXPORT.value]
    with past.database.work() as session:
        change_house(
            session,
            team.admin,
            legitimate_interest_for=allowed,
            controller_contact="12 quai des Saules\n69002 Lyon",
            dpo_contact=DPO,
        )
    return team


def _imports(past: Past, team: Team, now: datetime) -> None:
    crowd, today = Crowd(SEED), now.date()

    def days(count: int) -> timedelta:
        return timedelta(days=count)

    plan = (
        # A job fair long ago: by now these consents have run out.
        (SourceKind.EVENT, "Salon de l’emploi de Lyon", Basis.CONSENT, 738, Batch(160, today - days(765), today - days(740), 1)),
        (SourceKind.ATS_EXPORT, "Ancien ATS", Basis.LEGITIMATE_INTEREST, 400, Batch(540, today - days(690), today - days(402))),
        (SourceKind.APPLICATION, SITE, Basis.CONSENT, 120, Batch(420, today - days(300), today - days(121), 0.9)),
        (SourceKind.APPLICATION, SITE, Basis.CONSENT, 25, Batch(460, today - days(119), today - days(26), 0.95)),
        (SourceKind.REFERRAL, "Cooptation", Basis.NONE, 20, Batch(140, today - days(24), today - days(21))),
        (SourceKind.LINKEDIN, "Échanges LinkedIn", Basis.NONE, 9, Batch(280, today - days(40), today - days(10))),
    )  # fmt: skip
    for kind, text, basis, ago, batch in plan:
        content, when = crowd.export(batch), now - days(ago)
        choices = Choices(kind, text, min(batch.last_day, when.date()), basis)
        past.at = when
        with past.database.work() as session:
            run = imports.upload(session, team.claire, "export.csv", content, now=when)
        with past.database.work() as session:
            imports.take(session, team.claire, run, choices, now=when)
        if kind in {SourceKind.ATS_EXPORT, SourceKind.REFERRAL}:
            _inform(past, team, kind)


def _inform(past: Past, team: Team, kind: SourceKind) -> None:
    """The first information goes out in the week after the import, in working hours."""
    past.at = _morning(past.at + timedelta(days=2))
    with past.database.work() as session:
        everyone = [saved(id_) for id_ in session.exec(select(Talent.id).where(col(Talent.source_kind) == kind))]
        inform(session, team.claire, everyone, now=past.at)
    past.live()


def _candidates(past: Past, now: datetime) -> None:
    with past.database.work() as session:
        everyone = session.exec(select(Talent).order_by(col(Talent.id))).all()
    draw = Random(SEED + 1)

    def some_day(talent: Talent) -> datetime:
        return now - timedelta(days=draw.randint(1, min(100, (now - talent.created_at).days)), hours=draw.randint(0, 9))

    acts = sorted(((some_day(talent), talent) for talent in draw.sample(list(everyone), 260)), key=lambda act: act[0])
    week = None
    for past.at, talent in acts:
        who = Person(saved(talent.id), Role.CANDIDATE, talent.first_name, talent.locale, talent.zone, fresh=True)
        with past.database.work() as session:
            live_on_their_own(session, who, draw, now=past.at)
        if (this_week := past.at.isocalendar().week) != week:
            past.night()
            week = this_week


@dataclass(frozen=True, slots=True)
class Rooms:
    """What the rooms of the back-office hold: ids."""

    nurse_job: int
    welder_job: int
    nurses: int
    welders: int
    survey: int


def _rooms(past: Past, team: Team, now: datetime) -> Rooms:
    past.at = _morning(now - timedelta(days=24))
    nurse = Terms(
        title="Infirmerie de site, Lyon Gerland", contract=Contract.CDI, job_code="J1506", place_code=place("Lyon"),
        salary_min=33_000, salary_max=37_000, starts_on=now.date() + timedelta(days=60), environment=Environment.OFFICE,
        digest_fr="Un cabinet de santé au travail de six personnes, dans une usine de 900 salariés. Horaires de jour, ni"
        " nuits ni week-ends. Vous menez les visites, les soins d’urgence et la prévention.",
        digest_en="An occupational health team of six in a plant of 900. Day shifts, no nights, no weekends. You run the"
        " visits, first aid and prevention.",
    )  # fmt: skip
    welder = Terms(
        title="Soudage TIG, Saint-Étienne", contract=Contract.CDI, job_code="H2913", place_code=place("Saint-Étienne"),
        salary_min=28_000, salary_max=34_000, environment=Environment.WORKSHOP,
        digest_fr="Atelier de chaudronnerie fine, douze personnes, pièces inox pour l’agroalimentaire. 2×7, vendredi"
        " après-midi libre.",
        digest_en="A fine boiler-making workshop of twelve, stainless parts for the food industry. Friday afternoons free.",
    )  # fmt: skip
    near_lyon: dict[str, object] = {"kind": "near", "place": place("Lyon"), "km": 40}
    rules: dict[str, list[dict[str, object]]] = {
        "Soins infirmiers, autour de Lyon": [{"kind": "job", "one_of": ["J1506"]}, near_lyon],
        "Soudage et chaudronnerie": [{"kind": "job", "one_of": ["H2913", "H2902"]}],
        "Candidatures du site": [{"kind": "source", "one_of": ["application"]}],
    }
    _offer_times(past, team, now)
    with past.database.work() as session:
        jobs_ = [saved(opportunities.create(session, team.claire, terms, now=past.at).id) for terms in (nurse, welder)]
        found = [
            saved(segments.save(session, team.claire, name, {"kind": "all", "of": parts}, now=past.at).id)
            for name, parts in rules.items()
        ]
        survey = saved(surveys.create(session, team.claire, *SURVEY, now=past.at).id)
        chains.create(session, team.claire, "Merci pour votre candidature", THANK_YOU, now=past.at)
    return Rooms(jobs_[0], jobs_[1], found[0], found[1], survey)


def _offer_times(past: Past, team: Team, now: datetime) -> None:
    for ahead in range(2, 26):
        day = (now + timedelta(days=ahead)).date()
        if day.weekday() < 5:
            with past.database.work() as session:
                offering.offer(session, team.claire, day, time(10), time(12), 30, now=past.at)
                offering.offer(session, team.karim, day, time(14), time(16), 30, now=past.at)


SURVEY = (
    "Votre expérience de candidature",
    "Your experience as a candidate",
    [
        {"kind": "nps", "key": "recommend", "required": True,
         "fr": "Recommanderiez-vous à une personne proche de postuler chez nous ?", "en": "Would you recommend applying here?"},
        {"kind": "scale", "key": "clarity", "fr": "Les étapes vous ont-elles paru claires ?", "en": "Were the steps clear?"},
        {"kind": "choice", "key": "speed", "fr": "Notre réponse est venue…", "en": "Our answer came…",
         "options": [{"key": "fast", "fr": "vite", "en": "quickly"}, {"key": "late", "fr": "tard", "en": "late"},
                     {"key": "never", "fr": "jamais", "en": "never"}]},
        {"kind": "text", "key": "words", "fr": "Un conseil pour nous ?", "en": "A word of advice for us?"},
    ],
)  # fmt: skip


def _old_launch(past: Past, team: Team, rooms: Rooms, now: datetime) -> None:
    """Welders, three weeks ago: answered, talked to, over for most."""
    past.at = _morning(now - timedelta(days=21))
    _launch(past, team.karim, "Un poste qui ressemble au vôtre", SIMILAR_OPPORTUNITY, (rooms.welders, rooms.welder_job))
    past.live()
    answers = Answers(past, Random(SEED + 2))
    for _ in range(5):
        past.at = _morning(past.at + timedelta(days=2))
        answers.some(share=0.35)
        past.night()
    with past.database.work() as session:
        answered = session.exec(select(Talent).where(col(Talent.last_answer).is_not(None))).all()
    for talent in answered:
        answers.survey(talent, rooms.survey)


def _launch(past: Past, who: Person, name: str, steps: dict[str, object], about: tuple[int, int]) -> None:
    """Write a chain from a template and start it on a segment, for a job."""
    segment, job = about
    with past.database.work() as session:
        version = saved(chains.create(session, who, name, steps, now=past.at).id)
        chains.launch(session, who, version_id=version, segment_id=segment, opportunity_id=job, now=past.at)


def _launch_under_way(past: Past, team: Team, rooms: Rooms, now: datetime) -> None:
    """Nurses around Lyon: letters left a week ago, answers are coming in."""
    past.at = _morning(now - timedelta(days=7))
    _launch(past, team.claire, "Toujours en veille ?", STILL_LOOKING, (rooms.nurses, rooms.nurse_job))
    past.live()
    answers = Answers(past, Random(SEED + 3))
    for day in (6, 5, 4, 3, 2, 1):
        past.at = _morning(now - timedelta(days=day))
        answers.some(share=0.3)
        past.night()
    past.at = now
    past.live()


def _morning(when: datetime) -> datetime:
    """Return ten o’clock of that day in Paris, or of the Monday after a weekend."""
    here = when.astimezone(ZoneInfo(ZONE))
    while here.weekday() >= 5:
        here += timedelta(days=1)
    return datetime.combine(here.date(), time(10), ZoneInfo(ZONE))
