"""The weekly status: asked for in the morning of its day, with one nudge two hours before it is due."""

from datetime import time, timedelta

from models.rules.rituals.steps import Preset, RitualSort, StepRule
from models.services.statuses.deadlines import KIND
from models.services.statuses.keeping import what_came
from models.services.statuses.nudging import nudge
from scheduled.posts import Post
from scheduled.rituals import Ritual, RitualOccasion

NUDGE_BEFORE = timedelta(hours=2)


def render(_: RitualOccasion) -> Post | None:
    """Say nothing in a channel: people's mornings ask, and so does the nudge."""
    return None


RITUAL = Ritual(
    RitualSort(
        kind=KIND,
        name="Weekly status",
        says="Asks how the project stands: in the morning message of the day it is due, and once more two "
        "hours before. Delivery managers hear what is late; leaders how the week ended.",
        steps=(
            StepRule("nudge", after=-NUDGE_BEFORE, grace=NUDGE_BEFORE, operation=None),
            StepRule("due", operation=None, is_main=True),
        ),
        needs_channel=False,
        presets=(Preset("Weekly status", "every Thursday at 17:00", frozenset({3}), time(17)),),
        counted_as="submitted",
        keeps_its_week=True,
        is_only_one=True,
    ),
    render=render,
    acts={"nudge": nudge},
    outcome=what_came,
)
