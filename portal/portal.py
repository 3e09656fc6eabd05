"""Assembles the web app."""

import reflex as rx

from portal.ui.caching import caching


def hello() -> rx.Component:
    return rx.el.main(rx.el.h1("Vivier"), rx.el.p("Bonjour."))


app = rx.App(api_transformer=[caching])
app.add_page(hello, route="/", title="Vivier")
