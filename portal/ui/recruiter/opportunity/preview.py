"""The digest as a candidate reads it: the letter's own function, for an invented reader."""

from dataclasses import dataclass, field
from datetime import timedelta

from portal.access.house import house
from portal.chains.steps.digest import Digest
from portal.chains.turns import Occasion, Sheet
from portal.conversations.readers import Reader, author
from portal.kit.i18n import LOCALES, N_, say
from portal.opportunities.models import Opportunity
from portal.postbox.content import Block
from portal.talents import places
from portal.talents.vocabulary import Contract
from portal.ui.doors import Door
from portal.ui.recruiter.opportunity.values import Values, readable

_FIRST_NAME = "Camille"
_UNTITLED = N_("The title")
_DIGEST = Digest(key="digest", on_yes="end", on_no="end", on_silence="end")


@dataclass
class Piece:
    """One block of the letter: `kind` is `p`, `facts`, `buttons` or `small`."""

    kind: str
    text: str = ""
    facts: list[list[str]] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)


@dataclass
class Seen:
    """The letter in one language; `note` where the reader gets the other language's digest."""

    subject: str = ""
    pieces: list[Piece] = field(default_factory=list)
    note: str = ""


def seen(door: Door, values: Values, language: str) -> Seen:
    """Return the letter people of `language` would get, as far as the form is written."""
    # Whoever reads the house in another language, as tests do, reads the letter in it too.
    language = language if door.locale in LOCALES and language in LOCALES else door.locale
    occasion = Occasion(author(door.session, door.who.id), _job(door, values, language))
    until = door.now + timedelta(hours=house(door.session).hold_hours)
    content = _DIGEST.write(Sheet(_reader(door, language), occasion, door.now, until))
    return Seen(content.subject, [_piece(block) for block in content.blocks], _note(door, values, language))


def _job(door: Door, values: Values, language: str) -> Opportunity:
    """What cannot be read yet is left out."""
    told = readable(values)
    told["title"] = values.title.strip() or say(language, _UNTITLED)
    place = places.get(values.place_code)
    told.setdefault("contract", Contract.CDI)
    return Opportunity(owner_id=door.who.id, created_at=door.now, place_name=place.name if place else "", **told)


def _reader(door: Door, language: str) -> Reader:
    """Nobody in particular: why they get it differs from one reader to the next."""
    why = say(language, "Here each person reads why they get this letter.")
    return Reader(0, _FIRST_NAME, _FIRST_NAME, "", language, door.zone, "", why)


def _piece(block: Block) -> Piece:
    match block:
        case {"facts": rows}:
            return Piece("facts", facts=[[str(name), str(value)] for name, value in rows])
        case {"buttons": pressed}:
            return Piece("buttons", buttons=[str(one["label"]) for one in pressed])
        case {"small": text}:
            return Piece("small", str(text))
        case _:
            return Piece("p", str(block.get("p", "")))


def _note(door: Door, values: Values, language: str) -> str:
    if language == "fr" and values.digest_en.strip() and not values.digest_fr.strip():
        return say(door.locale, "French readers get the English digest: there is no French one yet.")
    if language == "en" and values.digest_fr.strip() and not values.digest_en.strip():
        return say(door.locale, "English readers get the French digest: there is no English one yet.")
    return ""
