"""The letters of a chain as they would arrive, for real people; nothing is written, held or sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.access.guards import recruiter
from portal.access.house import house
from portal.booking import openings
from portal.booking.models import Slot
from portal.booking.rules import Wish
from portal.chains.acquaintance import Acquaintance, acquaintances
from portal.chains.definition import Definition
from portal.chains.steps import Step
from portal.chains.turns import Occasion, Sheet
from portal.conversations.readers import Reader, author, readers
from portal.kit.db import saved
from portal.kit.i18n import N_, say
from portal.opportunities.models import Opportunity
from portal.postbox.content import Block, Content
from portal.postbox.rendering import render
from portal.segments.reachable import Aim
from portal.talents.models import Talent
from portal.talents.phrase import phrase
from portal.talents.vocabulary import Contract
from portal.timeline.who import Person, Who

# How many people are looked at to find readers of both languages.
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Letter:
    """One step's letter: `html` is the whole page, its links leading nowhere."""

    step: str
    number: int
    subject: str
    html: str
    locale: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What one person would receive, step after step as if they said yes."""

    talent_id: int
    name: str
    locale: str
    letters: tuple[Letter, ...]


def aim_of(definition: Definition, opportunity_id: int | None, *, chain_id: int) -> Aim:
    """Return what the first letter of a chain is about, for the split of its segment."""
    first = next((step for step in definition.steps if step.SPEAKS), None)
    if first is None:
        return Aim(opportunity_id=opportunity_id)
    return Aim(opportunity_id=opportunity_id, chain_id=chain_id, step=first.key, **first.about())


def previews(
    session: Session,
    who: Person,
    definition: Definition,
    talent_ids: Sequence[int],
    *,
    opportunity_id: int | None = None,
    now: datetime,
    many: int = 3,
) -> list[Preview]:
    """Return what the first of these people would receive from `who`, readers of both languages if there are any.

    Give the reachable ones first: the same people come out each time.
    """
    recruiter(who)
    chosen = _differing(session, talent_ids[:_LOOKED_AT], many)
    known = readers(session, chosen)
    job = session.get(Opportunity, opportunity_id) if opportunity_id is not None else None
    occasion = Occasion(author(session, who.id), job)
    times, between = _times(session, who.id, who.zone, now), acquaintances(session, chosen, now=now)
    written = [
        (
            known[talent],
            _letters(definition, Sheet(known[talent], occasion, now, times.until, times.slots, between[talent])),
        )
        for talent in chosen
    ]
    return [Preview(reader.talent_id, reader.name, reader.locale, told) for reader, told in written]


def _differing(session: Session, talent_ids: Sequence[int], many: int) -> list[int]:
    """Return the first of each language, then the first of the rest, in their order."""
    found = session.execute(sa.select(col(Talent.id), col(Talent.locale)).where(col(Talent.id).in_(talent_ids)))
    speaks: dict[int, str] = {talent: locale for talent, locale in found if talent is not None}
    known = [talent for talent in talent_ids if talent in speaks]
    firsts = [next(t for t in known if speaks[t] == locale) for locale in dict.fromkeys(speaks[t] for t in known)]
    chosen = {*firsts[:many], *[talent for talent in known if talent not in firsts][: max(0, many - len(firsts))]}
    return [talent for talent in known if talent in chosen]


def sample(
    session: Session, who: Who, definition: Definition, step: str, locale: str, *, now: datetime
) -> Letter | None:
    """Return one step's letter for an invented nurse, while the chain is being written; None if it writes nothing."""
    owner = recruiter(who)
    reader = _invented(session, locale, now)
    job = Opportunity(
        owner_id=owner.id,
        title=say(locale, N_("Site nurse")),
        place_name="Lyon",
        contract=Contract.CDI,
        salary_min=32_000,
        salary_max=36_000,
        digest_fr="Un cabinet de six personnes, des journées de 9 h à 17 h, sans nuits ni week-ends.",
        digest_en="A practice of six people, from 9:00 to 17:00, no nights and no weekends.",
        created_at=now,
    )
    occasion, times = Occasion(author(session, owner.id), job), _times(session, owner.id, owner.zone, now)
    sheet = Sheet(reader, occasion, now, times.until, times.slots, Acquaintance(talked=True, applied=True))
    return next(iter(_letters(definition, sheet, definition.step(step))), None)


def _invented(session: Session, locale: str, now: datetime) -> Reader:
    nurse = Talent(
        first_name="Camille",
        last_name="",
        job_code="J1506",
        place_name="Lyon",
        locale=locale,
        created_at=now,
        collected_on=now.date(),
    )
    does = phrase(nurse, locale, tu=house(session).says_tu)
    return Reader(
        talent_id=0,
        first_name="Camille",
        name="Camille",
        email="",
        locale=locale,
        zone="Europe/Paris",
        knows=say(locale, "If our notes are right, {phrase}.", phrase=does) if does else "",
        why=say(locale, N_("Here stands why this person hears from us, and since when.")),
    )


@dataclass(frozen=True, slots=True)
class _Times:
    slots: tuple[Slot, ...]
    until: datetime


def _times(session: Session, staff_id: int, zone: str, now: datetime) -> _Times:
    """Return the two times that would be held now, or two invented ones while there are fewer."""
    until = now + timedelta(hours=house(session).hold_hours)
    free = {saved(slot.id): slot for slot in openings.free_slots(session, staff_id, now=now)}
    if two := Wish(0, until, zone=zone).choice({id_: slot.span for id_, slot in free.items()}):
        return _Times(tuple(free[id_] for id_ in two), until)
    whole = until.replace(minute=0, second=0, microsecond=0)
    begins = (whole.replace(hour=9) + timedelta(days=1), whole.replace(hour=13) + timedelta(days=2))
    return _Times(
        tuple(
            Slot(id=index, staff_id=staff_id, starts_at=one, ends_at=one + timedelta(minutes=30))
            for index, one in enumerate(begins)
        ),
        until,
    )


def _letters(definition: Definition, sheet: Sheet, only: Step | None = None) -> tuple[Letter, ...]:
    if sheet.occasion.opportunity is None and definition.needs_opportunity:
        return ()
    written = [
        (number, step, step.write(_sheet_for(step, definition, sheet)))
        for number, step in enumerate(definition.steps, start=1)
        if only is None or step.key == only.key
    ]
    return tuple(_dressed(step.key, number, content) for number, step, content in written if content is not None)


def _sheet_for(step: Step, definition: Definition, sheet: Sheet) -> Sheet:
    """What comes after the first step follows an answer, as far as one can tell beforehand."""
    until = sheet.leaves_at + step.lasts if step.lasts else sheet.until
    follows = step.key != definition.steps[0].key
    return replace(sheet, until=until, onward=definition.onward, answers=follows)


def _dressed(step: str, number: int, content: Content) -> Letter:
    rendered = render(
        locale=content.locale,
        subject=content.subject,
        blocks=[_inert(block) for block in content.blocks],
        urls={link.name: "#" for link in content.links},
        unsubscribe="#",
        space="#",
        live=False,
    )
    return Letter(step, number, content.subject, rendered.html, content.locale)


def _inert(block: Block) -> Block:
    """Take away where each button leads: nothing in a preview can be pressed."""
    if "buttons" not in block:
        return block
    return block | {"buttons": [pressed | {"tail": ""} for pressed in block["buttons"]]}
