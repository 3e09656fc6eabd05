"""Fields as people fill them: which there are on a page, what each takes, and how it is typed."""

from datetime import date, timedelta

from playwright.sync_api import Locator, expect

NOT_TYPED = ("hidden", "checkbox", "radio", "file", "submit", "search")
# What is typed in, as it stands on the page now: not what is ticked, sent as a file or looked for, and no finder of a list.
TYPED = (
    f"input{''.join(f':not([type={kind}])' for kind in NOT_TYPED)}:not([role=combobox]):not(:disabled):visible, "
    "textarea:not(:disabled):visible"
)
CHOSEN = ", select:not(:disabled):visible"
# What is looked up: any words will not do.
LOOKED_UP = {
    "place": "Lyon",
    "place_name": "Lyon",
    "zone": "Europe/Brussels",
    "field-km": "45",
    "field-days": "47",
    "collected_on": "2026-09-01",  # a day past
}
# What is typed key by key; longer words come as from a keyboard that guesses.
SHORT = 20


def another(field: Locator) -> str:
    """Return something this field takes and does not hold."""
    if _is_a_list(field):
        offered = [one.get_attribute("value") or "" for one in field.locator("option").all()]
        return next(one for one in reversed(offered) if one != field.input_value())
    kind, now = field.get_attribute("type") or "text", field.input_value()
    most = int(field.get_attribute("maxlength") or 200)
    taken = {
        "number": str(int(now) - 1 if kind == "number" and now and int(now) > 1 else 7),
        "date": (date.fromisoformat(now if kind == "date" and now else "2027-03-01") + timedelta(days=1)).isoformat(),
        "time": f"{(int(now[:2]) + 1) % 24:02}:15" if kind == "time" else "",
        "email": "autre.adresse@candidat.example",
        "tel": "+33612345678",
    }.get(kind, f"{now[: most - 9]} autrement".strip())
    if known := LOOKED_UP.get(field.get_attribute("name") or ""):
        return known
    if field.get_attribute("inputmode") == "numeric" and kind == "text":
        number = int(now or 30_000)
        return str(number + (1_000 if number >= 1_000 else 1))
    return taken


def _is_a_list(field: Locator) -> bool:
    return bool(field.evaluate("it => it.tagName === 'SELECT'"))


def type_in(field: Locator, value: str) -> None:
    if _is_a_list(field):
        field.select_option(value)
    elif field.get_attribute("type") in {"date", "time"}:
        field.fill(value)
    else:
        field.click()
        field.press("Control+a")
        if len(value) > SHORT:
            field.page.keyboard.insert_text(value)
        else:
            field.press_sequentially(value)
    field.press("Tab")
    expect(field).to_have_value(value)
