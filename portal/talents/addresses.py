"""Addresses, numbers and names as people type them → as the pool keeps them."""

import re
from functools import lru_cache

import phonenumbers

_ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL = re.compile(
    rf"(?=.{{3,254}}\Z)(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{2,59}})"
)
_NAMED = re.compile(r"[^<>]*<([^<>]+)>")  # "Zoé Dupont <zoe@example.fr>"
SPACES = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
_PHONE_MARKS = re.compile(r"[\s.\-–/_()\u200b-\u200f\u202a-\u202e\ufeff]+")
_FRENCH = re.compile(r"(?:\+33|0033|33)?0?([1-9]\d{8})")


def read_email(text: str) -> str | None:
    """Return the address trimmed, in lower case; None when it is not one (RFC 5321, as mail servers take it)."""
    text = text.strip().removeprefix("mailto:")
    named = _NAMED.fullmatch(text)
    address = SPACES.sub(" ", named[1] if named else text).strip().lower()
    return address if _EMAIL.fullmatch(address) else None


@lru_cache(maxsize=4096)
def read_phone(text: str, country: str = "FR") -> str | None:
    """Return the number in E.164; None when it is not one.

    One that names no country is read as one of `country` (ISO 3166), or else as a French one.
    """
    bare = _PHONE_MARKS.sub("", text.replace("(0)", "")).removesuffix(".0")
    if country != "FR" and not bare.startswith(("+", "00")) and (national := _valid(bare, country)):
        return national
    french = _FRENCH.fullmatch(bare)
    return f"+33{french[1]}" if french else _valid(f"+{bare[2:]}" if bare.startswith("00") else bare, "FR")


def _valid(bare: str, country: str) -> str | None:
    try:
        number = phonenumbers.parse(bare, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number) or number.extension:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@lru_cache(maxsize=4096)
def spaced(phone: str) -> str:
    """Return a number in E.164 as people read it out: "+33 6 12 34 56 78"."""
    number = phonenumbers.parse(phone)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def written(name: str) -> str:
    """Return a name with one space between words, and capitals where shouting or haste left none: "Jean-Pierre", "D'Almeida"."""
    name = SPACES.sub(" ", name).strip()[:100]
    if name.isupper() or name.islower():
        return re.sub(r"[^\W\d_]+", lambda word: word[0][0].title() + word[0][1:].lower(), name)
    return name
