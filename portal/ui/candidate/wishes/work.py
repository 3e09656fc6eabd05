"""What they do, and what they wish for."""

import reflex as rx

from portal.kit.i18n import N_
from portal.talents.labels import msgid
from portal.talents.vocabulary import Contract, Environment, Experience, Interest
from portal.ui.candidate.wishes.fields import counted, kept, kept_as_typed, one_of, picked, some_of, typed
from portal.ui.candidate.wishes.parts import section
from portal.ui.candidate.wishes.state import Wishes
from portal.ui.components import area_field, button, icon, more
from portal.ui.own_fields import NOW
from portal.ui.words import word


def work() -> rx.Component:
    """Draw their work, in their own words."""
    levels = [(each.value, word(msgid(each))) for each in Experience]
    return section(
        N_("What"),
        rx.el.div(
            typed("job_text", word("Your job")),
            rx.cond(Wishes.seen.job_read != "", rx.el.p(Wishes.seen.job_read, class_name="hint")),
            class_name="stack tight",
        ),
        picked("other_jobs", word("Other jobs you could do"), word("A few letters are enough, then pick yours.")),
        _does(),
        one_of("experience", word("Experience in this job"), levels, across=True),
        picked("skills", word("What you know how to do"), word("One skill at a time: a machine, a method, a licence.")),
        picked("languages", word("Languages you work in"), word("With a level if you know it: “English B2”.")),
        some_of(
            "contracts",
            word("Contracts you accept"),
            [(each.value, word(msgid(each))) for each in Contract],
            Wishes.seen.contracts,
        ),
        _salary(),
    )


def _salary() -> rx.Component:
    """Draw the floor; an amount that is nobody's for a year is asked about, and one press makes it a year's."""
    asked = rx.el.div(
        rx.el.p(Wishes.seen.pay_asked),
        rx.el.div(button(Wishes.seen.pay_meant, on_click=Wishes.mean_a_year(NOW)), class_name="buttons"),
        class_name="callout todo",
    )
    return rx.el.div(
        counted(
            "salary_floor",
            word("Not below"),
            unit=word("€ gross a year"),
            hint=word("We propose nothing that pays less. Leave it empty if it depends."),
        ),
        rx.el.div(rx.cond(Wishes.seen.pay_asked != "", asked), aria_live="polite"),
        class_name="stack tight",
        data_home="salary_floor",
    )


def _does() -> rx.Component:
    """Draw the phrase of letters: an example, how theirs will read, and what had better stay out."""
    hints = rx.el.ul(
        rx.foreach(Wishes.seen.hints, lambda told: rx.el.li(icon("warn", 18), told, class_name="marked")), role="status"
    )
    return rx.el.div(
        area_field(
            "does",
            word("What you do, in your own words"),
            most=300,
            hint=word("One line, as it may stand in our letters. For example: you weld stainless steel in a shipyard."),
            error=Wishes.wrong["does"],
            default_value=Wishes.seen.held["does"],
            **kept_as_typed("does"),
        ),
        rx.cond(
            Wishes.seen.letter != "",
            rx.el.p(word("In our letters:"), " ", rx.el.q(Wishes.seen.letter), class_name="hint"),
        ),
        rx.el.p(
            word("Your work only: nothing about health, family, origin, opinions. Nobody may ask you for it."),
            class_name="hint",
        ),
        rx.cond(Wishes.seen.hints.length() > 0, hints),
        kept("does"),
        class_name="stack tight",
    )


def more_wishes() -> rx.Component:
    """Draw what makes the difference; long lists stay closed until opened."""
    interests = [(each.value, word(msgid(each))) for each in Interest]
    environments = [(each.value, word(msgid(each))) for each in Environment]
    hints = rx.el.ul(
        rx.foreach(Wishes.seen.refusing, lambda told: rx.el.li(icon("warn", 18), told, class_name="marked")),
        role="status",
    )
    return rx.el.div(
        rx.el.div(
            typed(
                "refuses",
                word("What you do not want"),
                hint=word("Nights, long trips, a kind of employer: recruiters read it before they write."),
                max_length=300,
            ),
            rx.cond(Wishes.seen.refusing.length() > 0, hints),
            class_name="stack tight",
        ),
        more(
            word("What would make you move"),
            some_of("interests", word("What counts for you"), interests, Wishes.seen.interests),
        ),
        more(
            word("Where you like to work"),
            some_of("environments", word("Kinds of workplace"), environments, Wishes.seen.environments),
        ),
    )
