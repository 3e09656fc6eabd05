"""Assembles the web app."""

import reflex as rx


def hello() -> rx.Component:
    return rx.el.main(rx.el.h1("Vivier"), rx.el.p("Bonjour."))


app = rx.App()
app.add_page(hello, route="/", title="Vivier")
