"""A letter that leaves now, as bytes: its words drawn, its links in place, in the voice of whoever signs it."""

import logging
from collections.abc import Sequence
from datetime import datetime

from portal.gate.claiming import Ready
from portal.kit.faults import without_words
from portal.postbox.calendars import addressed
from portal.postbox.content import BY_HAND
from portal.postbox.mime import Envelope, Sender, build
from portal.postbox.rendering import render
from portal.postbox.reports import Fate, Parcel, Report

log = logging.getLogger("vivier.work")
# Where anybody reads what the house does with people's data.
INFORMATION = "/information"


async def dress(
    ready: Sequence[Ready], sender: Sender, site_url: str, now: datetime
) -> tuple[list[Parcel], list[Report]]:
    """Make bytes of the letters; one that cannot be written is reported and takes no other down with it."""
    parcels, unwritable = [], []
    for one in ready:
        try:
            parcels.append(await _parcel(one, sender, site_url, now))
        except Exception as why:  # noqa: BLE001 - nobody's words in the log: it takes no other letter down
            log.error("letter %s cannot be written: %s", one.letter.id, without_words(why))  # noqa: TRY400
            words = f"this letter cannot be written ({type(why).__name__})"
            unwritable.append(Report(one.letter.id, Fate.REFUSED, words))
    return parcels, unwritable


async def _parcel(one: Ready, sender: Sender, site_url: str, now: datetime) -> Parcel:
    letter = one.letter
    parts = render(
        locale=letter.locale,
        subject=letter.subject,
        blocks=letter.blocks,
        urls=one.urls,
        codes=one.codes,
        unsubscribe=one.unsubscribe,
        space=one.space,
        information=f"{site_url}{INFORMATION}" if letter.talent_id is not None else None,
    )
    calendar = letter.calendar and addressed(letter.calendar, house=sender.mail_from, urls=one.urls)
    envelope = Envelope(
        letter.address,
        letter.subject,
        letter.message_id,
        now,
        one.unsubscribe,
        calendar,
        name=letter.name,
        before=one.before,
        by_hand=letter.template == BY_HAND,
    )
    voice = sender.signed_by(letter.author, letter.author_address) if letter.author else sender
    return Parcel(letter.id, letter.address, await build(voice, envelope, parts))
