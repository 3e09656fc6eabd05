"""What a recruiter reads of chains and launches."""

from portal.chains.queries.board import Board, Count, LatestAnswer, board, latest_answers
from portal.chains.queries.choices import (
    Choice,
    Outlook,
    SurveyChoice,
    opportunities_to_choose,
    outlook,
    segments_to_choose,
    surveys_to_send,
)
from portal.chains.queries.clocks import Apart, apart
from portal.chains.queries.lists import (
    GOING_ON,
    ChainRow,
    ChainView,
    LaunchRow,
    VersionRow,
    chain_for,
    chains,
    launch_for,
    launches,
    version_for,
)
from portal.chains.queries.newer import Newer, newer_version
from portal.chains.queries.people import PersonRow, people_at
from portal.chains.queries.river import Reach
from portal.chains.queries.stages import Stage
from portal.chains.queries.twins import Confirmation, confirmation, runs_already

__all__ = [
    "GOING_ON",
    "Apart",
    "Board",
    "ChainRow",
    "ChainView",
    "Choice",
    "Confirmation",
    "Count",
    "LatestAnswer",
    "LaunchRow",
    "Newer",
    "Outlook",
    "PersonRow",
    "Reach",
    "Stage",
    "SurveyChoice",
    "VersionRow",
    "apart",
    "board",
    "chain_for",
    "chains",
    "confirmation",
    "latest_answers",
    "launch_for",
    "launches",
    "newer_version",
    "opportunities_to_choose",
    "outlook",
    "people_at",
    "runs_already",
    "segments_to_choose",
    "surveys_to_send",
    "version_for",
]
