"""What comes round by the clock: one file for each kind of ritual, found by its name.

A file has ``RITUAL``: what the ritual is, and how each of its steps is drawn. A template of the same name has
its words.
"""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import time
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from models.read_models import DueStep
from models.rules.delivery import Operation
from models.rules.rituals.steps import LATE_AFTER, Preset, RitualSort, StepRule
from models.rules.rituals.workdays import WORKING_WEEK
from models.services.rituals.adherence import OutcomeOf
from models.services.rituals.correcting import Correct
from models.services.rituals.running import Act, Acts
from models.value import Value
from scheduled.notices import Drawn, Occasion
from scheduled.templating import Words


class RitualOccasion(Value):
    """The message of a step that is about to be sent."""

    message: Occasion
    step: DueStep

    @property
    def is_late(self) -> bool:
        """Tell whether it goes out noticeably after it was due; a correction never does."""
        is_new = self.message.operation is not Operation.UPDATE
        return is_new and self.message.now > self.step.due_at + LATE_AFTER

    def words(self, **values: object) -> Words:
        """Fill in this kind's template; it also knows the step, the ritual's name and whether it is late."""
        return self.words_of(self.step.ritual.kind, **values)

    def words_of(self, template: str, **values: object) -> Words:
        """Fill in another template, for a step that says something else altogether."""
        return self.message.desk.templates.render(
            template,
            {
                "step": self.step.kind,
                "name": self.step.ritual.name,
                "starts_at": self.step.occurrence.starts_at,
                "is_late": self.is_late,
                **values,
            },
        )


class Ritual(Value):
    """One kind of ritual."""

    sort: RitualSort
    render: Callable[[RitualOccasion], Drawn | None]
    """Draws a step's message as things stand when it is sent; None when there is nothing to say."""
    acts: Mapping[str, Act] = field(default_factory=dict)
    """What steps do besides, by their kind."""
    correct: Correct | None = None
    """Corrects what was said of a time that somebody skips, brings back or puts off."""
    outcome: OutcomeOf | None = None
    """Tells what came of past times, where that is more than whether they came round."""


def for_mornings(
    kind: str, name: str, says: str, *, when: str = "every working day, in each owner's morning message"
) -> Ritual:
    """Return a ritual that posts nothing: it has people's mornings say something, every working day."""
    preset = Preset(name, when, frozenset(range(WORKING_WEEK)), time(9))
    return Ritual(
        RitualSort(
            kind=kind,
            name=name,
            says=says,
            steps=(StepRule("morning", operation=None, is_main=True),),
            needs_project=False,
            needs_channel=False,
            presets=(preset,),
            counted_as="came round",
            is_only_one=True,
        ),
        render=lambda _: None,
    )


@cache
def discover() -> Mapping[str, Ritual]:
    """Return every kind of ritual: each module of this package has one as ``RITUAL``, of its own name."""
    found: dict[str, Ritual] = {}
    for module in iter_modules(__path__):
        ritual = import_module(f"{__name__}.{module.name}").RITUAL
        if not isinstance(ritual, Ritual) or ritual.sort.kind != module.name:
            msg = f"{__name__}.{module.name} has no RITUAL of its own kind"
            raise TypeError(msg)
        found[module.name] = ritual
    return found


def sorts() -> Mapping[str, RitualSort]:
    """Return what each kind of ritual is."""
    return {kind: ritual.sort for kind, ritual in discover().items()}


def ritual_outcomes() -> Mapping[str, OutcomeOf]:
    """Return how the kinds that know it tell what came of their times."""
    return {kind: ritual.outcome for kind, ritual in discover().items() if ritual.outcome is not None}


def corrections() -> Mapping[str, Correct]:
    """Return what corrects what was said of a time, of the kinds that say something before it."""
    return {kind: ritual.correct for kind, ritual in discover().items() if ritual.correct is not None}


def acts() -> Acts:
    """Return what the steps of all kinds do besides their messages."""
    return {(kind, step): act for kind, ritual in discover().items() for step, act in ritual.acts.items()}
