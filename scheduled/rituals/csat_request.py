"""A client is asked how satisfied they are, twice a year; and at the end, and after accepted milestones."""

from datetime import time

from models.rules.rituals.steps import Preset, RitualSort, StepRule
from models.services.surveys.requesting import request_due
from models.services.surveys.survey_rows import KIND
from scheduled.posts import Post
from scheduled.rituals import Ritual, RitualOccasion

_TUESDAY = frozenset({1})
_HALF_A_YEAR = 26
"""Weeks."""


def render(_occasion: RitualOccasion) -> Post | None:
    """Say nothing: whoever runs the project is asked by direct message."""
    return None


RITUAL = Ritual(
    RitualSort(
        kind=KIND,
        name="Client survey",
        says="Reminds whoever runs a project to ask the client how satisfied they are: at the end, after "
        "accepted milestones, and every half year.",
        steps=(StepRule("request", operation=None, is_main=True),),
        needs_channel=False,
        presets=(
            Preset(
                "Client survey",
                "every half year, a Tuesday at 10:00",
                _TUESDAY,
                time(10),
                interval=_HALF_A_YEAR,
            ),
        ),
        counted_as="asked",
        is_only_one=True,
    ),
    render=render,
    acts={"request": request_due},
)
