"""The parts of the pool's page."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import (
    badge,
    empty,
    filter_bar,
    go,
    leave,
    moment,
    more,
    paging,
    row_link,
    search_box,
    select_field,
    table,
)
from portal.ui.recruiter.pool.acts import acts, choosing
from portal.ui.recruiter.pool.narrowing import AVAILABILITIES, KM, REACHES, SIGNS, SORTS, SOURCES, STANDINGS
from portal.ui.recruiter.pool.state import PoolList, PoolRow
from portal.ui.recruiter.pool.views import kept_views
from portal.ui.words import word

Choices = tuple[tuple[str, str], ...]
ANY = ""
# Without a word of its own the pool opens with the view one chose.
EVERYONE = "/pool?sort=name"


def import_button() -> rx.Component:
    """Draw the page's one primary button."""
    return go(word("Import people"), to="/imports/new", kind="primary")


def listed() -> rx.Component:
    """Draw the search, the filters and the people found."""
    return rx.el.div(
        filter_bar(
            search_box(
                word("Search a name, a job, a skill, a note"), value=PoolList.asked_for["q"], on_change=PoolList.search
            ),
            _closed("sort", word("Sort by"), SORTS, anything=False),
        ),
        more(word("Filters"), _filters(), open=PoolList.narrowed),
        kept_views(),
        rx.el.p(PoolList.many, class_name="quiet-text", role="status"),
        rx.cond(PoolList.rows.length() > 0, acts()),
        rx.cond(PoolList.rows.length() > 0, _people(), _nobody()),
        class_name="stack tight",
    )


def _filters() -> rx.Component:
    return filter_bar(
        _open("job", word("Line of work")),
        _open("place", word("Place of work near")),
        rx.cond(PoolList.asked_for["place"] != ANY, _radius()),
        _closed("availability", word("Availability"), AVAILABILITIES),
        _closed("standing", word("Agreement to our letters"), STANDINGS),
        _closed("source", word("Source"), SOURCES),
        _closed("sign", word("Last sign from them"), SIGNS),
        _open("answer", word("Last answer")),
        _open("reason", word("Why they said no")),
        rx.cond(PoolList.choices["tag"].length() > 1, _open("tag", word("Tag"))),
        rx.cond(PoolList.choices["segment"].length() > 1, _open("segment", word("In the segment"))),
        rx.cond(PoolList.asked_for["segment"] != ANY, _open("also", word("And in the segment"))),
        rx.cond(PoolList.asked_for["segment"] != ANY, _open("without", word("And not in the segment"))),
        _closed("reach", word("Letter today"), REACHES),
        rx.cond(PoolList.narrowed, leave(word("Clear the filters"), href=EVERYONE, kind="link")),
    )


def _closed(name: str, label: rx.Var[str], choices: Choices, *, anything: bool = True) -> rx.Component:
    told = [(value, word(sentence)) for value, sentence in choices]
    return select_field(
        name,
        label,
        [(ANY, word(N_("Any"))), *told] if anything else told,
        value=PoolList.asked_for[name],
        on_change=PoolList.narrow(name),
    )


def _open(name: str, label: rx.Var[str]) -> rx.Component:
    return select_field(
        name, label, PoolList.choices[name], value=PoolList.asked_for[name], on_change=PoolList.narrow(name)
    )


def _radius() -> rx.Component:
    return select_field(
        "km",
        word("within"),
        [(km, f"{km} km") for km in KM],
        value=PoolList.asked_for["km"],
        on_change=PoolList.narrow("km"),
    )


def _people() -> rx.Component:
    columns = [
        (word("Name"), _name),
        (word("Line of work"), lambda one: one.job),
        (word("Place of work"), lambda one: one.place),
        (word("Availability"), _availability),
        (word("Agreement"), _agreement),
        (word("Last sign"), lambda one: moment(one.contact, one.contact_exactly)),
        (word("Letter today"), lambda one: badge(one.reach, shade=one.reach_shade)),
    ]
    return rx.fragment(
        table(word("People in the pool"), columns, PoolList.rows),
        paging(
            PoolList.told,
            has_before=PoolList.has_before,
            has_after=PoolList.has_after,
            before=PoolList.before,
            after=PoolList.after,
        ),
    )


def _agreement(one: PoolRow) -> rx.Component:
    owed = rx.el.p(one.to_inform, class_name="quiet-text small")
    return rx.el.div(badge(one.standing, shade=one.standing_shade), rx.cond(one.to_inform != "", owed))


def _name(one: PoolRow) -> rx.Component:
    worn = rx.cond(one.tags != "", rx.el.div(one.tags, class_name="when"))
    return rx.el.div(choosing(one), row_link(one.name, to="/pool/" + one.id.to_string()), worn)


def _availability(one: PoolRow) -> rx.Component:
    said = rx.cond(one.availability_said != "", rx.el.div(one.availability_said, class_name="when"))
    return rx.cond(one.availability != "", rx.el.div(one.availability, said))


def _nobody() -> rx.Component:
    return rx.cond(
        PoolList.nobody_yet,
        empty(
            word("Nobody is in the pool yet"),
            rx.el.p(word("Bring the people you know: an export of your recruiting software is enough to begin.")),
            go(word("Import people"), to="/imports/new", kind="quiet"),
        ),
        empty(
            word("Nobody matches"),
            rx.el.p(word("Take a filter away, or search with fewer words.")),
            leave(word("Show everyone"), href=EVERYONE),
        ),
    )
