"""Pool: everyone, searched and narrowed."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import when_loaded
from portal.ui.doors import RECRUITERS
from portal.ui.pages import Place, page
from portal.ui.recruiter.pool import acts, parts, views
from portal.ui.recruiter.pool.acting import PoolActs
from portal.ui.recruiter.pool.state import PoolList
from portal.ui.recruiter.pool.viewing import PoolViews


@page(
    "/pool",
    Place.POOL,
    N_("Pool"),
    audience=RECRUITERS,
    on_load=[PoolList.load, PoolViews.load, PoolActs.load],
    actions=parts.import_button,
)
def pool() -> rx.Component:
    """Draw the list once it is there."""
    return rx.fragment(when_loaded(PoolList.loaded, parts.listed(), lines=12), views.dialogs(), acts.dialogs())
