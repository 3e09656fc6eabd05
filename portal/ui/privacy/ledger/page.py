"""The ledger: a table one can trust."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import button, icon, leave, problem, when_loaded
from portal.ui.desk import tabs
from portal.ui.doors import DPOS
from portal.ui.pages import Place, page
from portal.ui.privacy import desk
from portal.ui.privacy.ledger import parts
from portal.ui.privacy.ledger.state import Ledger, Proof
from portal.ui.words import word


def _actions() -> rx.Component:
    return rx.fragment(
        button(word("Verify again"), on_click=Proof.verify),
        button(word("Print"), on_click=rx.call_script("window.print()")),
        leave(word("Export the ledger"), href="/privacy/ledger.jsonl", kind="primary", download=True),
    )


@page(
    "/privacy",
    Place.PRIVACY,
    N_("Consent ledger"),
    audience=DPOS,
    on_load=[Ledger.load, Proof.load],
    actions=_actions,
)
def ledger() -> rx.Component:
    """Draw what the chain is worth, then what stands in it."""
    whole = rx.el.p(icon("check", 20), rx.el.strong(Proof.top), class_name="marked proof")
    bad = rx.cond(Proof.checked, problem(Proof.top), rx.el.p(Proof.top, class_name="line proof"))
    head = rx.el.p(word("Head of the chain:"), " ", rx.el.code(Proof.head), class_name="quiet-text small")
    return rx.el.div(
        tabs("/privacy"),
        rx.el.div(
            rx.el.div(rx.cond(Proof.whole, whole, bad), aria_live="polite", class_name="proof-box"),
            head,
            rx.el.p(
                word("Note it elsewhere now and then: with it, a verification also notices a cut end."),
                class_name="quiet-text small unprinted",
            ),
            class_name="stack tight",
        ),
        parts.filters(),
        when_loaded(Ledger.loaded, parts.listed(), desk.turns(Ledger)),
        class_name="stack",
    )
