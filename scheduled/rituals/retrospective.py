"""A retrospective by cadence: when it comes round, cards are collected; it goes on by itself from there."""

from datetime import time

from models.rules.retros.formats import FORMATS
from models.rules.rituals.steps import Preset, RitualSort, Setting, SettingInput, StepRule
from models.services.retros.ritual import (
    ANONYMOUS,
    ASKED_FIRST,
    AT_ONCE,
    FORMAT,
    KIND,
    NAMED,
    NAMES,
    SAFETY,
    open_due,
)
from scheduled.posts import Post
from scheduled.rituals import Ritual, RitualOccasion

_THURSDAY = frozenset({3})


def render(_occasion: RitualOccasion) -> Post | None:
    """Say nothing: the retrospective that begins says what there is to say."""
    return None


RITUAL = Ritual(
    RitualSort(
        kind=KIND,
        name="Retrospective",
        says="Asks a team for cards, and shows them two working days later; at the end of a project, too.",
        steps=(StepRule("open", operation=None, is_main=True),),
        needs_channel=False,
        fields=(
            Setting(
                FORMAT,
                "What do you ask?",
                SettingInput.CHOICE,
                choices={kind.value: spec.name for kind, spec in FORMATS.items()},
            ),
            Setting(
                NAMES,
                "Cards",
                SettingInput.CHOICE,
                choices={ANONYMOUS: "Without names", NAMED: "With names"},
            ),
            Setting(
                SAFETY,
                "Ask first how free people feel to speak?",
                SettingInput.CHOICE,
                choices={AT_ONCE: "No", ASKED_FIRST: "Yes, from 1 to 5"},
            ),
        ),
        presets=(
            Preset(
                "Retro every two weeks", "every second Thursday at 10:00", _THURSDAY, time(10), interval=2
            ),
            Preset(
                "Retro every four weeks", "every fourth Thursday at 10:00", _THURSDAY, time(10), interval=4
            ),
            Preset("Retro every week", "every Thursday at 10:00", _THURSDAY, time(10)),
        ),
        counted_as="begun",
    ),
    render=render,
    acts={"open": open_due},
)
