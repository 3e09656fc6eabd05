"""What a mail server's answer says of an address: read where it stands."""

import pytest

from portal.postbox.answers import Answer, legible, nameless, without
from portal.postbox.rules import Refusal

ZOE = "zoe.martin@candidat.example"


@pytest.mark.parametrize("status", ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"])
def test_six_answers_say_that_an_address_is_gone(status: str) -> None:
    assert Answer(550, f"{status} no such user").of_address() is Refusal.GONE


@pytest.mark.parametrize(
    "message",
    [
        "5.7.1 Service unavailable; Client host [185.1.20.30] blocked using zen.example.org",
        "5.7.1 5.1.1 is what you would like to read",
        "Client host [5.1.1.30] blocked",
        "5.7.26 unauthenticated",
        "5.7.515 access denied",
        "5.1.100 unheard of",
        "5.1.1.9 is a version",
        "5.1.7 bad sender's mailbox address syntax",
        "5.2.2 mailbox full",
        "5.4.1 Recipient address rejected: Access denied",
        "4.1.1 later",
    ],
)
def test_no_other_answer_does(message: str) -> None:
    assert Answer(550, message).of_address() is not Refusal.GONE


@pytest.mark.parametrize(("code", "says"), [(550, Refusal.PERHAPS), (553, Refusal.PERHAPS), (554, Refusal.OTHER)])
def test_a_refusal_without_a_status_says_perhaps_where_it_speaks_of_a_mailbox(code: int, says: Refusal) -> None:
    assert Answer(code, "User unknown").of_address() is says


@pytest.mark.parametrize(
    "lines",
    [
        "5.1.1 The account does not exist.\n5.1.1 Please check for typing errors.\n5.1.1 gsmtp",
        "The account does not exist.\n5.1.1 gsmtp",
        "5.1.1 The account does not exist.\nsee https://mail.example/5.7.1",
    ],
)
def test_of_several_lines_any_may_bear_the_status(lines: str) -> None:
    assert Answer(550, lines).of_address() is Refusal.GONE


def test_the_first_status_counts() -> None:
    assert Answer(550, "5.7.1 blocked\n5.1.1 no such user").of_address() is Refusal.OTHER


ALIKE = (
    "550 5.1.1 <{address}>: Recipient address rejected: User unknown",
    "550 5.1.1 <{local}> no such user here",
    "550 5.1.1 {Address} unknown, q{number}-2002a5d.12",
    "550 {domain} takes no mail from 10.0.0.{number}",
    "550 User unknown",
)


@pytest.mark.parametrize("words", ALIKE)
def test_two_refusals_are_alike_when_only_the_address_differs(words: str) -> None:
    told = [
        without(
            words.format(
                address=address,
                Address=address.upper(),
                local=address.partition("@")[0],
                domain=address.partition("@")[2],
                number=number,
            ),
            address,
        )
        for number, address in enumerate((ZOE, "mia@elsewhere.example", "x9@post.example"))
    ]
    assert len(set(told)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("550 5.1.1 unknown", "550 5.7.1 unknown"), ("550 unknown", "554 unknown"), ("550 mailbox full", "550 unknown")],
)
def test_and_are_not_when_the_server_says_something_else(one: str, other: str) -> None:
    assert without(one, ZOE) != without(other, ZOE)


def test_what_is_shown_names_nobody_and_keeps_the_servers_words() -> None:
    assert (
        nameless(f"550 5.1.1 <{ZOE.upper()}>: Host [185.1.20.30] says no", ZOE)
        == "550 5.1.1 … Host [185.1.20.30] says no"
    )


def test_words_no_database_could_keep_are_made_legible() -> None:
    latin = "bo\udceete pleine\x00\x07"
    assert legible(latin) == "bo?te pleine  "
