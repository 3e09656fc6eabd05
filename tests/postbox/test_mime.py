"""The bytes of a letter, read back by a reader that is not ours."""

import asyncio
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.postbox.mime import Envelope, Sender, build
from portal.postbox.rendering import Rendered
from tests.cast import NOW
from tests.sink import calendar_of, html_of, text_of

HOUSE = Sender("localhost", 25, "maison@vivier.example", "La Maison d’à côté", reply_to="bonjour@vivier.example")
ID = "<3f0c2f6e-9f3e-4e58-8f8e-2b7c0a0a5a11@vivier.example>"


def letter(text: str = "Bonjour\n", html: str = "<p>Bonjour</p>", sender: Sender = HOUSE, **more: Any) -> EmailMessage:
    about = {"address": "zoe@candidat.example", "subject": "Bonjour", "message_id": ID, "at": NOW} | more
    raw = asyncio.run(build(sender, Envelope(**about), Rendered(text, html)))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998  # RFC 5322, 2.1.1
    read = message_from_bytes(raw, policy=policy.default)
    assert isinstance(read, EmailMessage)
    assert not read.defects
    return read


def test_the_plain_part_comes_first_and_both_are_whole() -> None:
    read = letter("Êtes-vous à l’écoute ?\n.\nFrom Claire\n", "<p>Êtes-vous à l’écoute ?</p>")
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
    assert text_of(read) == "Êtes-vous à l’écoute ?\n.\nFrom Claire\n"
    assert html_of(read).strip() == "<p>Êtes-vous à l’écoute ?</p>"


def test_each_header_stands_once_and_says_what_it_should() -> None:
    read = letter(unsubscribe="https://talents.example.org/u/abc")
    assert len(read.keys()) == len(set(read.keys()))
    assert read["Message-ID"] == ID
    assert read["From"].addresses[0].display_name == "La Maison d’à côté"
    assert read["From"].addresses[0].addr_spec == "maison@vivier.example"
    assert read["Reply-To"] == "bonjour@vivier.example"
    assert read["Date"].datetime == NOW
    assert read["List-Unsubscribe"] == "<https://talents.example.org/u/abc>"
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert read["Auto-Submitted"] == "auto-generated"


def test_a_letter_someone_asked_for_has_no_unsubscribe() -> None:
    assert letter()["List-Unsubscribe"] is None


def test_a_house_with_quotes_in_its_name_keeps_them() -> None:
    sender = Sender("localhost", 25, "maison@vivier.example", 'Dupont, "Fils" & Cie')
    assert letter(sender=sender)["From"].addresses[0].display_name == 'Dupont, "Fils" & Cie'


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_an_invitation_says_what_it_is(method: str) -> None:
    calendar = f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nSUMMARY:Entretien, été\r\nEND:VCALENDAR\r\n"
    read = letter(calendar=calendar)
    (part,) = (part for part in read.walk() if part.get_content_type() == "text/calendar")
    assert part.get_param("method") == method
    assert part.get_filename() == "invitation.ics"
    assert calendar_of(read) == calendar


@given(st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), min_size=1, max_size=200))
def test_any_subject_arrives_as_it_was_written(subject: str) -> None:
    assert " ".join(letter(subject=subject)["Subject"].split()) == " ".join(subject.split())


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1, max_size=300))
def test_any_words_arrive_as_they_were_written(words: str) -> None:
    (plain, _) = letter(text=words).iter_parts()
    assert plain.get_payload(decode=True).decode().replace("\r\n", "\n") == words


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Are you open to an offer? Yes = one click.\n", "quoted-printable"),
        ("Êtes-vous à l’écoute d’une proposition de poste en ce moment ?\n", "quoted-printable"),
        ("Вы ищете работу?\n", "base64"),
        ("x" * 4000 + "\n.\nFrom Claire \n", "quoted-printable"),
    ],
)
def test_words_that_are_nearly_ascii_stand_nearly_as_they_are(words: str, encoding: str) -> None:
    read = letter(text=words, calendar="BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n")
    plain, _, calendar = read.iter_parts()
    assert plain["Content-Transfer-Encoding"] == encoding
    assert plain.get_payload(decode=True).decode().replace("\r\n", "\n") == words
    assert calendar["Content-Transfer-Encoding"] == "quoted-printable"
    assert max(len(line) for line in str(plain.get_payload()).splitlines()) <= 77


@pytest.mark.parametrize(
    "name",
    [
        "Zoe Martin",
        "Zoé Martin",
        'Jean "Jo" O’Brien, Jr',
        "Łukasz 李",
        "é" * 57,
        "a@b.example",
        "Ana\nBcc: x@y.example",
    ],
)
def test_a_letter_names_whom_it_is_for(name: str) -> None:
    read = letter(name=name)
    (to,) = read["To"].addresses
    assert to.addr_spec == "zoe@candidat.example"
    # Two encoded words are one with nothing between (RFC 2047, 6.2), which our reader does not know.
    assert to.display_name.replace(" ", "") == name.replace("\n", "").replace(" ", "")
    assert read["Bcc"] is None


def test_nobody_known_by_name_is_written_to_by_address_alone() -> None:
    assert letter()["To"] == "zoe@candidat.example"


def test_a_letter_of_a_thread_names_the_last_and_all_before_it() -> None:
    read = letter(before=("<a@vivier.example>", "<b@vivier.example>"))
    assert read["In-Reply-To"] == "<b@vivier.example>"
    assert read["References"].split() == ["<a@vivier.example>", "<b@vivier.example>"]


def test_what_a_person_wrote_is_not_said_to_be_generated() -> None:
    assert letter(by_hand=True)["Auto-Submitted"] is None


@pytest.mark.parametrize("name", ["Claire Besson", "Zoë d’Arc, RH", "李"])
def test_whoever_signs_is_who_writes_and_who_is_answered(name: str) -> None:
    house = Sender("localhost", 25, "maison@vivier.example", "La Maison")
    read = letter(sender=house.signed_by(name, "claire@vivier.example"))
    assert read["From"].addresses[0].display_name == f"{name}, La Maison"
    assert read["Reply-To"].addresses[0].display_name == name
    assert read["Reply-To"].addresses[0].addr_spec == "claire@vivier.example"
    assert letter(sender=house.signed_by(name, None))["Reply-To"] is None
    assert letter(sender=HOUSE.signed_by(name, "claire@vivier.example"))["Reply-To"] == "bonjour@vivier.example"


def test_a_subject_cannot_add_a_header() -> None:
    read = letter(subject="Bonjour\r\nBcc: tout@le-monde.example")
    assert read["Bcc"] is None
    assert read["Subject"] == "Bonjour Bcc: tout@le-monde.example"


@pytest.mark.parametrize(
    "address",
    ["a@b.example, c@d.example", "a@b.example>\r\nRCPT TO:<c@d.example", "zoé@b.example", "", "nobody", "<a@b>"],
)
def test_an_address_is_one_mailbox_or_nothing(address: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        letter(address=address)


def test_a_house_name_with_a_line_break_is_refused() -> None:
    with pytest.raises(ValueError, match="control character"):
        letter(sender=Sender("localhost", 25, "maison@vivier.example", "La\nMaison"))
