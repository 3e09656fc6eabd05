"""The parts of Today."""

from typing import Any

import reflex as rx

from portal.ui.components import (
    area_field,
    badge,
    block,
    button,
    callout,
    empty,
    figure,
    form,
    go,
    group,
    line,
    link,
    moment,
    or_not_now,
    problem,
    row,
    row_link,
    rows,
    spark,
    stack,
)
from portal.ui.recruiter.today.hands import Hand, Hands
from portal.ui.recruiter.today.state import Appointment, Chores, Pulse, Starving
from portal.ui.recruiter.today.troubles import Troubled, Troubles
from portal.ui.recruiter.today.waiting import Inbox, Waits
from portal.ui.words import word


def to_do() -> rx.Component:
    """Draw what only a person can do, most urgent first; or that nothing is."""
    nothing = (
        (Inbox.waiting.length() == 0)
        & (Inbox.finding.length() == 0)
        & (Chores.starving.length() == 0)
        & (Troubles.troubled.length() == 0)
        & (Chores.meetings.length() == 0)
        & (Chores.doubts == 0)
        & (Troubles.mail_down == "")
        & (Hands.changed.length() == 0)
    )
    return rx.el.div(
        rx.foreach(Troubles.failing, _fails),
        rx.cond(Troubles.mail_down != "", _mail_is_down()),
        rx.cond(nothing, _quiet()),
        _when(Inbox.waiting, _answers()),
        _when(Inbox.finding, _find_a_time()),
        _when(Chores.starving, _offer_times()),
        _when(Troubles.troubled, _letters()),
        rx.cond(Chores.doubts > 0, _doubts()),
        _when(Chores.meetings, _meetings()),
        _when(Hands.changed, _hands()),
        rx.cond(Inbox.elsewhere != "", rx.el.p(Inbox.elsewhere, class_name="quiet-text")),
        class_name="stack loose",
    )


def _hands() -> rx.Component:
    label = word("Conversations that changed hands or ended")
    return group(label, Hands.changed.length(), rows(Hands.changed, _hand, label))


def _hand(one: Hand) -> rx.Component:
    return row(
        row_link(one.name, to="/pool/" + one.talent_id.to_string()),
        rx.el.p(one.told),
        moment(one.when, one.exactly),
    )


def _when(rows_: Any, part: rx.Component) -> rx.Component:
    return rx.cond(rows_.length() > 0, part)


def _quiet() -> rx.Component:
    return empty(
        word("Nothing waits for you"),
        rx.el.p(
            word(
                "Nobody is owed an answer, no letter is in trouble, no meeting is near. A good day to wake the pool up."
            )
        ),
        go(word("Look at the pool"), to="/pool"),
    )


def _answers() -> rx.Component:
    label = word("They wait for an answer")
    return group(label, Inbox.waiting.length(), rows(Inbox.waiting, _answer, label), todo=True)


def _answer(one: Waits) -> rx.Component:
    return row(
        row_link(one.name, to="/pool/" + one.talent_id.to_string()),
        rx.el.p(one.said),
        rx.cond(one.for_whom != "", rx.el.p(one.for_whom, class_name="quiet-text")),
        moment(one.when, one.exactly),
        rx.cond(Inbox.answering == one.talent_id, _reply()),
        side=[
            button(
                word("Answer"),
                on_click=Inbox.begin(one.talent_id),
                aria_expanded=rx.cond(Inbox.answering == one.talent_id, "true", "false"),
                data_edit="",
            ),
            button(word("Dealt with"), kind="link", on_click=Inbox.deal_with(one.conversation_id)),
        ],
        todo=True,
    )


def _reply() -> rx.Component:
    return form(
        problem(Inbox.problem),
        area_field("answer", word("Your answer"), most=4000, auto_focus=True),
        or_not_now(button(word("Send the answer"), kind="primary", type="submit"), Inbox.begin(Inbox.answering)),
        on_submit=Inbox.reply,
        no_validate=True,
        class_name="form in-row",
    )


def _find_a_time() -> rx.Component:
    label = word("Neither time suited: find one together")
    return group(label, Inbox.finding.length(), rows(Inbox.finding, _found, label), todo=True)


def _found(one: Waits) -> rx.Component:
    return row(
        row_link(one.name, to="/pool/" + one.talent_id.to_string()),
        rx.el.p(word("Two offers did not suit. Call or write, and agree on a time."), class_name="quiet-text"),
        moment(one.when, one.exactly),
        side=[button(word("Dealt with"), on_click=Inbox.deal_with(one.conversation_id), data_edit="")],
        todo=True,
    )


def _offer_times() -> rx.Component:
    label = word("Launches that wait for times")
    return group(label, Chores.starving.length(), rows(Chores.starving, _starving, label), todo=True)


def _starving(one: Starving) -> rx.Component:
    return row(
        rx.el.span(one.launch, class_name="row-title"),
        rx.el.p(one.told),
        side=[go(word("Offer times"), to="/availability", data_row="")],
        todo=True,
    )


def _fails(one: rx.Var) -> rx.Component:
    return callout(
        rx.el.strong(word("The house does not do all it owes")),
        rx.el.p(one[0]),
        rx.el.p(one[1], class_name="when"),
        tone="todo",
        role="status",
    )


def _mail_is_down() -> rx.Component:
    return callout(
        rx.el.strong(word("The mail is down")),
        rx.el.p(Troubles.mail_down),
        rx.el.p(Troubles.mail_because, class_name="when"),
        tone="todo",
        role="status",
    )


def _uncertain() -> rx.Component:
    return callout(
        rx.el.p(Troubles.uncertain),
        line(
            button(word("Send them all again"), on_click=Troubles.send_all_again),
            button(word("Count them all as sent"), on_click=Troubles.count_all),
        ),
        tone="todo",
    )


def _letters() -> rx.Component:
    label = word("Letters in trouble")
    listed = rows(Troubles.troubled, _troubled, label)
    more = rx.cond(Troubles.more_troubled != "", rx.el.p(Troubles.more_troubled, class_name="quiet-text"))
    all_at_once = rx.cond(Troubles.uncertain != "", _uncertain())
    return group(label, Troubles.troubled.length(), stack(all_at_once, listed, more), todo=True)


def _troubled(one: Troubled) -> rx.Component:
    words = rx.cond(one.words != "", rx.el.p(one.words, class_name="when"))
    return row(
        row_link(one.name, to="/pool/" + one.talent_id.to_string()),
        rx.el.p(one.subject, " · ", rx.el.span(one.when, class_name="when")),
        rx.el.p(one.told),
        words,
        side=[
            rx.cond(
                one.unknown,
                rx.fragment(
                    button(word("Count as sent"), on_click=Troubles.settle(one.letter_id), data_edit=""),
                    button(word("Send again"), kind="link", on_click=Troubles.send_again(one.letter_id)),
                ),
                button(word("Dealt with"), on_click=Troubles.settle(one.letter_id), data_edit=""),
            ),
            rx.cond(
                one.doubtful,
                button(word("Write there no more"), kind="link", on_click=Troubles.stop_writing(one.letter_id)),
            ),
        ],
        todo=True,
    )


def _doubts() -> rx.Component:
    one = row(row_link(Chores.doubts_told, to="/doubts"), todo=True)
    return group(word("They may be one person"), Chores.doubts, rx.el.ul(one, class_name="rows"), todo=True)


def _meetings() -> rx.Component:
    label = word("Meetings, today and the next days")
    return group(label, Chores.meetings.length(), rows(Chores.meetings, _meeting, label))


def _meeting(one: Appointment) -> rx.Component:
    return row(
        row_link(one.name, to="/pool/" + one.talent_id.to_string()),
        rx.cond(one.about != "", rx.el.p(one.about, class_name="quiet-text")),
        side=[badge(one.when, shade="good", title=one.exactly)],
    )


def pulse() -> rx.Component:
    """Draw how alive the pool is, what leaves today, and who waits on their rhythm."""
    return rx.fragment(
        rx.el.section(
            rx.el.h2(word("How alive the pool is")),
            rx.el.div(
                _number(Pulse.people, word("people"), "/pool"),
                _number(Pulse.fresh, word("gave a sign within six months"), "/pool?sign=fresh"),
                _number(Pulse.with_basis, word("with a legal ground for our letters"), "/pool?standing=valid"),
                class_name="stack tight",
            ),
            rx.cond(
                Pulse.path != "", stack(spark(Pulse.path, Pulse.path_told), rx.el.p(Pulse.path_told, class_name="when"))
            ),
            link(word("Portrait of the pool"), to="/pool/portrait"),
            class_name="stack",
        ),
        block(rx.el.h2(word("Letters")), rx.el.p(Pulse.leaving)),
        rx.cond(Pulse.resting.length() > 0, block(rx.el.h2(word("Rhythm")), rx.el.p(Pulse.resting_told), _resting())),
    )


def _number(value: Any, label: Any, to: str) -> rx.Component:
    return link(figure(value, label), to=to, class_name="plain")


def _resting() -> rx.Component:
    def one(who: Appointment) -> rx.Component:
        return rx.el.li(link(who.name, to="/pool/" + who.talent_id.to_string()), " ", moment(who.when, who.exactly))

    return rx.el.ul(rx.foreach(Pulse.resting, one), aria_label=word("Rhythm"))
