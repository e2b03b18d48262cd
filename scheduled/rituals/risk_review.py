"""Risk review: to whoever owns a risk, on the day it is to be looked at again, and while nobody does."""

from datetime import time

from models.rules.rituals import Preset, RitualSort, StepRule
from scheduled.posts import Post
from scheduled.rituals import Ritual, RitualOccasion


def render(_: RitualOccasion) -> Post | None:
    """Say nothing in a channel: people's mornings have it."""
    return None


RITUAL = Ritual(
    RitualSort(
        kind="risk_review",
        name="Risk review",
        says="Reminds whoever owns a risk when it is to be looked at again, the graver the more often, in "
        "their morning message.",
        steps=(StepRule("morning", operation=None, is_main=True),),
        needs_project=False,
        needs_channel=False,
        presets=(
            Preset(
                "Risk review",
                "every working day, in each owner's morning message",
                frozenset(range(5)),
                time(9),
            ),
        ),
        counted_as="came round",
    ),
    render=render,
)
