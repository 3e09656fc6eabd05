"""When, where, how often, and who they are."""

import reflex as rx

from portal.kit.i18n import N_
from portal.talents.labels import msgid
from portal.talents.rules import AddressForm
from portal.talents.vocabulary import Availability, Remote
from portal.ui.candidate.wishes.address import address
from portal.ui.candidate.wishes.fields import counted, dated, kept, listed, one_of, own, picked, some_of_these, typed
from portal.ui.candidate.wishes.shown import Found
from portal.ui.candidate.wishes.state import Wishes
from portal.ui.components import button, icon, link, more
from portal.ui.own_fields import NOW
from portal.ui.words import word

FORMS = {
    AddressForm.NEUTRAL: N_("As you do now, without a gender"),
    AddressForm.FEMININE: N_("In the feminine"),
    AddressForm.MASCULINE: N_("In the masculine"),
}
MOVES = (("yes", word(N_("Yes"))), ("no", word(N_("No"))))
FREE = {
    Availability.NOW: N_("Right away"),
    Availability.FROM_DATE: N_("From a date"),
    Availability.NOTICE: N_("After a notice period"),
    Availability.NOT_LOOKING: N_("I am not looking at the moment"),
}


def section(title: str, *inside: rx.Component, name: str = "") -> rx.Component:
    """Draw one part of the page."""
    anchor = {"id": name} if name else {}
    return rx.el.section(rx.el.h2(word(title)), *inside, class_name="block stack", **anchor)


def when() -> rx.Component:
    """Draw when they could start."""
    day = rx.cond(
        Wishes.seen.held["availability"] == Availability.FROM_DATE.value,
        dated("available_from", word("I could start on")),
    )
    notice = rx.cond(
        Wishes.seen.held["availability"] == Availability.NOTICE.value,
        listed("notice_days", word("My notice"), Wishes.seen.notices),
    )
    choices = [(each.value, word(told)) for each, told in FREE.items()]
    return section(N_("When"), one_of("availability", word("When could you start?"), choices), day, notice)


def where() -> rx.Component:
    """Draw where they would work: never where they live."""
    remote = [(each.value, word(msgid(each))) for each in Remote]
    regions = some_of_these("regions", word("Regions I would work in"), Wishes.seen.all_regions, Wishes.seen.regions)
    return section(
        N_("Where I would work"),
        _place(),
        picked("other_places", word("Other places"), word("Several towns? Add them one by one.")),
        counted(
            "radius_km",
            word("How far around"),
            unit=word("km"),
            hint=word("As the crow flies, from each of your places."),
            min="1",
            max="1000",
        ),
        one_of("remote", word("Working from home"), remote),
        one_of("relocation", word("Would you move house for the right job?"), MOVES, across=True),
        more(word("Whole regions"), regions),
    )


def _place() -> rx.Component:
    search = rx.el.input(
        id="place",
        name="place",
        type="search",
        placeholder=word("A town or a postcode"),
        on_change=lambda text: Wishes.look_for_place(text).debounce(250),
        auto_complete="off",
        class_name="input",
        aria_describedby="place-hint",
    )
    now = rx.cond(
        Wishes.seen.place != "",
        rx.el.div(
            rx.el.strong(Wishes.seen.place),
            button(word("Remove"), kind="link", on_click=Wishes.keep("place_code", "", NOW)),
            class_name="line",
        ),
    )
    return rx.el.div(
        rx.el.label(word("Place of work"), html_for="place", class_name="label"),
        rx.el.p(
            word("Where you would like to work. Not your home: we do not ask for it."),
            id="place-hint",
            class_name="hint",
        ),
        now,
        search,
        rx.el.p(Wishes.place_told, class_name="hint", aria_live="polite"),
        rx.cond(
            Wishes.places.length() > 0,
            rx.el.ul(rx.foreach(Wishes.places, _found), class_name="stack tight", aria_label=word("Places found")),
        ),
        kept("place_code"),
        class_name="field",
        data_home="place",
    )


def _found(one: rx.Var[Found]) -> rx.Component:
    return rx.el.li(button(one.name, class_name="wide", on_click=Wishes.pick_place(one.code)))


def house_fields() -> rx.Component:
    """Draw what this house asks beside the rest."""
    return rx.cond(
        Wishes.seen.own.length() > 0,
        section(N_("What this house also asks"), rx.fragment(rx.foreach(Wishes.seen.own, own))),
    )


def rhythm() -> rx.Component:
    """Draw how often we may write: theirs to lower."""
    return section(
        N_("How often we write"),
        listed(
            "rhythm_days",
            word("Letters you did not ask for"),
            Wishes.seen.rhythms,
            hint=word("All recruiters together. Answers to your own questions always reach you."),
        ),
        dated(
            "paused_until",
            word("Pause until"),
            hint=word("Nothing new before that day. Empty the field to end the pause."),
        ),
        rx.el.p(link(word("Stop everything"), to="/me/consents"), class_name="small"),
        name="rhythm",
    )


def me() -> rx.Component:
    """Draw who they are and how they like to be spoken to."""
    forms = [(each.value, word(told)) for each, told in FORMS.items()]
    return section(
        N_("You"),
        typed("first_name", word("First name"), auto_complete="given-name"),
        typed("last_name", word("Name"), auto_complete="family-name"),
        address(),
        typed(
            "phone",
            word("Telephone"),
            type="tel",
            auto_complete="tel",
            hint=word("For the talks you agreed to, nothing else."),
        ),
        listed(
            "zone",
            word("Your time zone"),
            Wishes.zones,
            hint=word("The hours of your talks are told in it, and we never write to you at night there."),
        ),
        one_of("locale", word("Language of our letters"), [("fr", "Français"), ("en", "English")], across=True),
        one_of(
            "address_form",
            word("How we speak of you"),
            forms,
            hint=word("Only for the grammar of our letters. Nobody can be searched by it."),
        ),
        icon_note(),
    )


def icon_note() -> rx.Component:
    """Draw what happens to what they say."""
    told = word("Your recruiters see what you say here, and when you said it. Nobody is ranked by it.")
    return rx.el.p(icon("privacy", 18), told, class_name="quiet-text small marked")
