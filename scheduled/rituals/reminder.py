"""A reminder: a team's own words, in its channel, whenever it wants them."""

from datetime import time

from models.rules.rituals.steps import Preset, RitualSort, Setting, SettingInput, StepRule
from scheduled.posts import Post, Quote, Small, Text
from scheduled.rituals import Ritual, RitualOccasion


def render(occasion: RitualOccasion) -> Post | None:
    """Say what the team wanted to be told."""
    text = str(occasion.step.ritual.settings.get("text", ""))
    words = occasion.words(text=text, owner=occasion.step.ritual.owner.name)
    sections = (Text(words.text), Quote(text), Small(words.small))
    return Post(words.summary, tuple(section for section in sections if section.text))


RITUAL = Ritual(
    RitualSort(
        kind="reminder",
        name="Reminder",
        says="Posts your own words in a channel, as often as you like.",
        steps=(StepRule("post", is_main=True),),
        needs_project=False,
        fields=(Setting("text", "What shall I say?", SettingInput.TEXT, is_required=True),),
        presets=(Preset("Stand-up notes", "every working day at 9:30", frozenset(range(5)), time(9, 30)),),
    ),
    render=render,
)
