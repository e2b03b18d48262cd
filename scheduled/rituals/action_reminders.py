"""Action reminders: to whoever has to do something, the day before, on its day, and three days after."""

from datetime import time

from models.rules.rituals import Preset, RitualSort, StepRule
from scheduled.posts import Post
from scheduled.rituals import Ritual, RitualOccasion


def render(_: RitualOccasion) -> Post | None:
    """Say nothing in a channel: people's mornings have it."""
    return None


RITUAL = Ritual(
    RitualSort(
        kind="action_reminders",
        name="Action reminders",
        says="Reminds whoever owns an action the day before, on its day, and three days after, in their "
        "morning message.",
        steps=(StepRule("morning", operation=None, is_main=True),),
        needs_project=False,
        needs_channel=False,
        presets=(
            Preset(
                "Action reminders",
                "every working day, in each owner's morning message",
                frozenset(range(5)),
                time(9),
            ),
        ),
        counted_as="came round",
    ),
    render=render,
)
