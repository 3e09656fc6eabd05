"""One talent: who they are; what was said and happened; what is next."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import thirds, when_loaded
from portal.ui.doors import RECRUITERS
from portal.ui.pages import Place, page
from portal.ui.recruiter.agreeing import agreeing
from portal.ui.recruiter.talent import parts
from portal.ui.recruiter.talent.editing import editing
from portal.ui.recruiter.talent.middle import middle
from portal.ui.recruiter.talent.state import TalentPage
from portal.ui.recruiter.talent.talking import TalentTalk


@page(
    "/pool/[talent_id]",
    Place.POOL,
    N_("Talent"),
    audience=RECRUITERS,
    on_load=TalentPage.open,
    heading=parts.name,
    actions=parts.actions,
    in_rail=False,
)
def talent() -> rx.Component:
    """Draw three columns, and the form that corrects the first."""
    three = thirds(parts.profile(), middle(), parts.side())
    return rx.fragment(when_loaded(TalentPage.loaded & TalentTalk.loaded, three), editing(), agreeing())
