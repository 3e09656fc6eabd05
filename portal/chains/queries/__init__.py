"""What a recruiter reads of chains and launches."""

from portal.chains.queries.board import Board, Count, LatestAnswer, board, latest_answers
from portal.chains.queries.lists import (
    ChainRow,
    ChainView,
    LaunchRow,
    SurveyChoice,
    VersionRow,
    chain_for,
    chains,
    launch_for,
    launches,
    surveys_to_send,
    version_for,
)
from portal.chains.queries.people import PersonRow, people_at
from portal.chains.queries.stages import Stage

__all__ = [
    "Board",
    "ChainRow",
    "ChainView",
    "Count",
    "LatestAnswer",
    "LaunchRow",
    "PersonRow",
    "Stage",
    "SurveyChoice",
    "VersionRow",
    "board",
    "chain_for",
    "chains",
    "latest_answers",
    "launch_for",
    "launches",
    "people_at",
    "surveys_to_send",
    "version_for",
]
