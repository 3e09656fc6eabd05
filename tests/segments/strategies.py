"""Random rules over a small world, and random people who live in it."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from portal.consent.models import Consent as ConsentRow
from portal.consent.rules import Basis, Purpose, Standing
from portal.conversations.rules import Answer, Reason
from portal.segments import document as d
from portal.talents import places
from portal.talents.models import Talent
from portal.talents.rules import SourceKind
from portal.talents.vocabulary import Availability, Contract, Environment, Experience, Interest, Remote
from tests.people import LYON, MARSEILLE, NOW, PARIS, SAINT_ETIENNE, TODAY, VILLEURBANNE, placed
from tests.segments.plain import Someone

JOBS = ("J1506", "M1805", "H2913")
PLACES = (LYON, VILLEURBANNE, PARIS, MARSEILLE, SAINT_ETIENNE)
DAYS = (1, 30, 60, 200)
TAGS = (1, 2, 3)
SURVEYS = (1, 2)
# Two segments, of which the second is made of the first.
SEGMENTS = {
    1: d.Group(kind="any", of=(d.Job(one_of=("J1506",)), d.Tags(one_of=(1, 2)))),
    2: d.Group(kind="none", of=(d.Member(segment=1), d.Relocation())),
}
OWN = (
    d.Own(field=7, test=d.Test.HOLDS, text="elec"),
    d.Own(field=7, test=d.Test.IS, text="permis B"),
    d.Own(field=7, test=d.Test.ONE_OF, one_of=("night", "yes")),
    d.Own(field=7, test=d.Test.NUMBER, least=3, most=10),
    d.Own(field=7, test=d.Test.NUMBER, most=4.5),
    d.Own(field=7, test=d.Test.DAY, since=date(2026, 1, 1)),
    d.Own(field=7, test=d.Test.DAY, since=date(2025, 1, 1), until=date(2026, 6, 30)),
    d.Own(field=7, test=d.Test.KNOWN),
)
VALUES = (
    "Électricité, plomberie",
    "PERMIS  b",
    "night",
    ["day", "night"],
    "yes",
    3,
    4,
    12,
    "2026-03-01",
    "2025-05-05",
    "90%_",
)
# Never a number that could fall on the edge of one of DAYS.
AGES = (0, 15, 45, 100, 400)


def some(values: Any, most: int = 2) -> Any:
    return st.lists(st.sampled_from(list(values)), min_size=1, max_size=most, unique=True).map(tuple)


def _since(kind: type[d.LastLetter] | type[d.LastAct]) -> Any:
    timed = st.builds(kind, when=st.sampled_from([d.Since.WITHIN, d.Since.NOT_WITHIN]), days=st.sampled_from(DAYS))
    return st.one_of(timed, st.just(kind(when=d.Since.NEVER)))


criteria = st.one_of(
    st.builds(d.Job, one_of=some(JOBS)),
    st.builds(d.Near, place=st.sampled_from(PLACES), km=st.sampled_from((1, 20, 80, 400, 1000))),
    st.builds(d.Mobility, place=st.sampled_from(PLACES), remote_counts=st.booleans()),
    st.just(d.Available(when="now")),
    st.builds(d.Available, when=st.just("by"), day=st.sampled_from([TODAY + timedelta(days=n) for n in (-10, 0, 30)])),
    st.builds(d.Available, when=st.just("within"), days=st.sampled_from(DAYS)),
    st.builds(d.Situation, one_of=some(Availability)),
    st.builds(d.Contracts, one_of=some(Contract)),
    st.builds(d.Level, one_of=some(Experience)),
    st.builds(d.Interests, one_of=some(Interest)),
    st.builds(d.Environments, one_of=some(Environment)),
    st.builds(d.RemoteShare, one_of=some(Remote)),
    st.builds(d.Salary, at_most=st.sampled_from((25_000, 35_000)), or_unsaid=st.booleans()),
    st.builds(d.Sources, one_of=some(SourceKind)),
    st.builds(d.Collected, when=st.sampled_from(["within", "before"]), days=st.sampled_from(DAYS)),
    _since(d.LastLetter),
    _since(d.LastAct),
    st.builds(d.LastAnswer, one_of=some(Answer), days=st.none() | st.sampled_from(DAYS)),
    st.builds(d.LastAnswer, one_of=st.just((Answer.NO,)), reasons=some(Reason), days=st.none() | st.sampled_from(DAYS)),
    st.builds(d.Consent, purpose=st.sampled_from(Purpose), one_of=some(d.ConsentState, 4)),
    st.builds(d.Language, one_of=some(("fr", "en"))),
    st.builds(d.Skills, one_of=some(("soudure TIG", "Électricité", "EXCEL"))),
    st.builds(d.Spoken, language=st.sampled_from(["en", "de"]), at_least=st.sampled_from([None, *d.Cefr])),
    st.builds(d.NoticePeriod, days=st.sampled_from((15, 30, 90))),
    st.just(d.Relocation()),
    st.builds(d.Tags, one_of=some(TAGS)),
    st.builds(d.Answered, one_of=some(Answer)),
    st.builds(d.Answered, one_of=st.just((Answer.NO,)), reasons=some(Reason)),
    st.sampled_from((d.NoticeDue(when="owed"), d.NoticeDue(when="over"), d.NoticeDue(when="within", days=10))),
    st.builds(d.Confirmed, when=st.sampled_from(["within", "before"]), days=st.sampled_from(DAYS)),
    st.sampled_from(OWN),
    st.builds(d.Score, survey=st.sampled_from(SURVEYS), one_of=some(d.Band)),
    st.builds(d.Member, segment=st.sampled_from(list(SEGMENTS))),
)


def _groups(parts: Any) -> Any:
    return st.builds(
        d.Group, kind=st.sampled_from(["all", "any", "none"]), of=st.lists(parts, min_size=1, max_size=3).map(tuple)
    )


rules = _groups(st.recursive(criteria, _groups, max_leaves=8))


@st.composite
def people(draw: st.DrawFn) -> Someone:
    """Someone of whom anything may be unknown."""
    said = draw(st.sampled_from([None, *Availability]))
    answer = draw(st.sampled_from([None, *Answer]))
    radius = draw(st.sampled_from([None, 10, 60, 300]))
    return Someone(
        Talent(
            created_at=NOW - timedelta(days=draw(st.sampled_from((0, 25, 40)))),
            other_jobs=draw(st.lists(st.sampled_from(JOBS), max_size=2)),
            skills=draw(st.lists(st.sampled_from(["Soudure  tig", "électricité", "Excel", "Œuvre"]), max_size=2)),
            languages=draw(st.lists(st.sampled_from(["en", "en:B2", "de:A1", "fr:C2"]), max_size=2)),
            notice_days=draw(st.sampled_from([None, 0, 30, 60])),
            relocation=draw(st.sampled_from([None, True, False])),
            custom=draw(st.sampled_from([{}, {"8": "yes"}, *({"7": value} for value in VALUES)])),
            other_places=draw(st.lists(st.sampled_from(PLACES), max_size=2, unique=True)),
            said={"skills": {"by": "talent", "on": (TODAY - timedelta(days=draw(st.sampled_from(AGES)))).isoformat()}},
            email=f"{draw(st.uuids())}@people.example",
            locale=draw(st.sampled_from(["fr", "en"])),
            source_kind=draw(st.sampled_from(SourceKind)),
            collected_on=TODAY - timedelta(days=draw(st.sampled_from(AGES))),
            job_code=draw(st.sampled_from([None, *JOBS])),
            experience=draw(st.sampled_from([None, *Experience])),
            contracts=draw(st.lists(st.sampled_from([c.value for c in Contract]), max_size=2)),
            interests=draw(st.lists(st.sampled_from([i.value for i in Interest]), max_size=2)),
            environments=draw(st.lists(st.sampled_from([e.value for e in Environment]), max_size=2)),
            salary_floor=draw(st.sampled_from([None, 20_000, 30_000, 35_000, 50_000])),
            availability=said,
            available_from=draw(st.sampled_from([None, *(TODAY + timedelta(days=n) for n in (-10, 0, 1, 45))])),
            radius_km=radius,
            mobility_c2=None if radius is None else places.chord2(radius),
            regions=draw(st.lists(st.sampled_from(["84", "11", "93"]), max_size=1)),
            remote=draw(st.sampled_from([None, *Remote])),
            last_letter_at=draw(_moments()),
            last_act_at=draw(_moments()),
            last_answer=answer and answer.value,
            last_answer_at=answer and NOW - timedelta(days=draw(st.sampled_from(AGES))),
            last_reason=draw(st.sampled_from([None, *(r.value for r in Reason)])) if answer is Answer.NO else None,
            **placed(draw(st.sampled_from([None, *PLACES]))),
        ),
        draw(st.lists(_consents(), max_size=3, unique_by=lambda row: row.purpose)),
        draw(st.lists(st.sampled_from(TAGS), max_size=2, unique=True)),
        draw(st.lists(st.sampled_from([kind.value for kind in SourceKind]), max_size=2)),
        draw(st.lists(_answers(), max_size=2)),
        draw(st.dictionaries(st.sampled_from(SURVEYS), st.sampled_from((0, 6, 7, 8, 9, 10, "9", None)))),
        SEGMENTS,
    )


def _answers() -> Any:
    given = st.sampled_from([answer.value for answer in Answer])
    refused = st.tuples(st.just("no"), st.sampled_from([reason.value for reason in Reason]))
    return st.one_of(st.tuples(given, st.none()), refused)


def _moments() -> Any:
    return st.sampled_from([None, *(NOW - timedelta(days=age) for age in AGES)])


@st.composite
def _consents(draw: st.DrawFn) -> ConsentRow:
    return ConsentRow(
        talent_id=0,
        purpose=draw(st.sampled_from(Purpose)),
        basis=draw(st.sampled_from(Basis)),
        standing=draw(st.sampled_from(Standing)),
        since=NOW - timedelta(days=100),
        expires_on=draw(st.sampled_from([None, *(TODAY + timedelta(days=n) for n in (-1, 0, 1))])),
        notified_at=draw(_moments()),
    )
