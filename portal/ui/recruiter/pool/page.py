"""Pool: everyone, searched and narrowed."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import when_loaded
from portal.ui.doors import RECRUITERS
from portal.ui.pages import Place, page
from portal.ui.recruiter.pool import parts
from portal.ui.recruiter.pool.state import PoolList


@page("/pool", Place.POOL, N_("Pool"), audience=RECRUITERS, on_load=PoolList.load, actions=parts.import_button)
def pool() -> rx.Component:
    """Draw the list once it is there."""
    return when_loaded(PoolList.loaded, parts.listed(), lines=12)
