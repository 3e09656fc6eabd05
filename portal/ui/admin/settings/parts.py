"""The parts of the settings page."""

import reflex as rx

from portal.access.house import LONGEST_CONTACT
from portal.talents.rules import SourceKind
from portal.ui.admin.settings.state import ROLES, HouseRules, Member, Team
from portal.ui.components import (
    area_field,
    badge,
    block,
    button,
    checks,
    form,
    go,
    group,
    link,
    loading,
    number_field,
    or_not_now,
    problem,
    radios,
    row,
    rows,
    select_field,
    state_dialog,
    text_field,
)
from portal.ui.words import word

SOURCES = {
    SourceKind.APPLICATION: "They applied for a job here",
    SourceKind.PORTAL: "They came by the portal",
    SourceKind.REFERRAL: "Someone recommended them",
    SourceKind.LINKEDIN: "LinkedIn",
    SourceKind.EVENT: "They came to an event",
    SourceKind.ATS_EXPORT: "An export of our recruiting software",
    SourceKind.OTHER: "Somewhere else",
}


def rules() -> rx.Component:
    """Draw the rules of the house as one form."""
    return rx.cond(
        HouseRules.loaded,
        form(
            text_field(
                "name",
                word("Name of the house"),
                hint=word("Candidates read it in every letter."),
                default_value=HouseRules.name,
                required=True,
            ),
            *_who_we_are(),
            *_pace(),
            *_keeping(),
            radios(
                "address_form",
                word("How letters address people"),
                (("vous", word("Vous")), ("tu", word("Tu"))),
                chosen=HouseRules.address_form,
                hint=word("In French only."),
                across=True,
            ),
            checks(
                "interest_for",
                word("Where legitimate interest may be our basis"),
                [(kind.value, word(told)) for kind, told in SOURCES.items()],
                chosen=HouseRules.interest_for,
                hint=word("For people from anywhere else, only their consent allows a letter."),
            ),
            problem(HouseRules.problem),
            rx.el.div(button(word("Save the rules"), kind="primary", type="submit"), class_name="buttons"),
            on_submit=HouseRules.save,
            no_validate=True,
        ),
        loading(5),
    )


def _who_we_are() -> list[rx.Component]:
    return [
        area_field(
            "controller_contact",
            word("Where the house is reached"),
            hint=word("Postal or e-mail address of the controller; it stands in every information text (GDPR 13, 14)."),
            default_value=HouseRules.controller_contact,
            rows=3,
            most=LONGEST_CONTACT,
        ),
        area_field(
            "dpo_contact",
            word("Where the data protection officer is reached"),
            hint=word("An address people can write to; a change makes a new version of each information text."),
            default_value=HouseRules.dpo_contact,
            rows=2,
            most=LONGEST_CONTACT,
        ),
        text_field(
            "zone",
            word("Time zone of the house"),
            hint=word("Like Europe/Paris: for dates that are shown, and hours when letters may leave."),
            default_value=HouseRules.zone,
            auto_complete="off",
        ),
    ]


def _pace() -> list[rx.Component]:
    return [
        number_field(
            "rhythm_days",
            word("At most one letter every"),
            unit=word("days"),
            hint=word("Over all recruiters and chains. A person may ask for less, never for more."),
            default_value=HouseRules.rhythm_days,
        ),
        rx.el.div(
            text_field("quiet_from", word("No letters from"), type="time", default_value=HouseRules.quiet_from),
            text_field("quiet_to", word("until"), type="time", default_value=HouseRules.quiet_to),
            class_name="line",
        ),
    ]


def _keeping() -> list[rx.Component]:
    return [
        number_field(
            "hold_hours",
            word("Offered slots are held for"),
            unit=word("hours"),
            default_value=HouseRules.hold_hours,
        ),
        number_field(
            "notice_hours",
            word("A talk is booked at the latest"),
            unit=word("hours before"),
            hint=word("Candidates are shown no time nearer than that."),
            default_value=HouseRules.notice_hours,
        ),
        number_field(
            "retention_months",
            word("Records are kept for"),
            unit=word("months"),
            hint=word("After the last act of the person themself. Our own letters do not count; 24 is the most."),
            default_value=HouseRules.retention_months,
        ),
    ]


def team() -> rx.Component:
    """Draw who works here, and the way in."""
    listed = group(word("Who works here"), Team.members.length(), rows(Team.members, _member, word("Who works here")))
    entries = rx.el.p(link(word("Who came in, and who was refused"), to="/entries"))
    return rx.fragment(rx.cond(Team.loaded, rx.fragment(listed, entries), loading(4)), _own_fields(), _invitation())


def _own_fields() -> rx.Component:
    return block(
        rx.el.h2(word("Fields of the house")),
        rx.el.p(word("What you need to know of people that has no place here yet."), class_name="quiet-text"),
        rx.el.div(go(word("Fields of the house"), to="/settings/fields"), class_name="buttons"),
    )


def invite_button() -> rx.Component:
    """Draw the page's one primary button."""
    return button(word("Invite someone"), kind="primary", on_click=Team.open_invitation)


def _member(one: Member) -> rx.Component:
    closed = rx.cond(one.closed, badge(word("No longer comes in"), shade="outline"))
    press = rx.cond(
        one.closed,
        button(word("Let in again"), on_click=Team.reopen(one.id), data_edit="", data_row=""),
        button(word("Close access"), on_click=Team.close(one.id), data_edit="", data_row=""),
    )
    return row(
        rx.el.span(one.name, class_name="row-title"),
        rx.el.p(one.email, " · ", one.role, " · ", one.since, class_name="quiet-text"),
        side=[closed, rx.cond(one.me, badge(word("You")), press)],
    )


def _roles() -> list[tuple[str, rx.Var[str]]]:
    return [(role.value, word(told)) for role, told in ROLES.items()]


def _invitation() -> rx.Component:
    return state_dialog(
        "invitation",
        word("Invite someone"),
        form(
            problem(Team.problem),
            text_field("name", word("First name and name"), id="invited-name", auto_complete="off"),
            text_field("email", word("E-mail address"), type="email", auto_complete="off"),
            select_field("role", word("What they do here"), _roles()),
            or_not_now(button(word("Invite"), kind="primary", type="submit"), Team.close_invitation),
            on_submit=Team.invite,
            no_validate=True,
        ),
        shown=Team.inviting,
        on_close=Team.close_invitation,
    )
