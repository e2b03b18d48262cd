"""Values to try a template with where no message is at hand: each branch is met, each thing missing once."""

import types
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any, Self, Union, get_args, get_origin, get_type_hints

from jinja2 import nodes

from scheduled.templating.usage import Usage
from scheduled.wording.actions import ActionWords
from scheduled.wording.moods import MoodWords
from scheduled.wording.raid import RaidWords
from scheduled.wording.retros import RetroWords
from scheduled.wording.risks import RiskWords
from scheduled.wording.statuses import PlanWords, StatusWords

KINDS: Mapping[str, type] = {
    "risk": RiskWords,
    "alike": RiskWords,
    "action": ActionWords,
    "item": RaidWords,
    "mood": MoodWords,
    "since": MoodWords,
    "status": StatusWords,
    "plan": PlanWords,
    "retro": RetroWords,
}
"""What a template usually finds under a name."""

TOGETHER = {"levels": "score"}
"""Parts that are missing only where another one is."""

EXAMPLES = 1600
"""Enough to meet each branch of ours, many times over."""

_A_FEW = (1, 2, 3)
_MOMENT = datetime(2026, 1, 14, 15, tzinfo=UTC)


class Something(str):
    """A text of which little is known: it reads as its name, and so does each part of it."""

    __slots__ = ("__dict__",)

    def __new__(cls, name: str, parts: Mapping[str, object] = types.MappingProxyType({})) -> Self:
        """Return it with the parts that are something else than their names."""
        made = super().__new__(cls, name)
        made.__dict__.update(parts)
        return made

    def __getattr__(self, name: str) -> object:
        """Return a part of which nothing is known either."""
        if name.startswith("_"):
            raise AttributeError(name)
        return Something(name)


def parts(kind: type) -> frozenset[str]:
    """Return what may stand after the dot."""
    return frozenset(each.name for each in fields(kind))


def kind_of(tree: nodes.Template, name: str) -> type | None:
    """Return what the template finds under the name; None where it is nothing with known parts."""
    return _kind(Usage(tree), (name,))


def used_parts(tree: nodes.Template, name: str) -> frozenset[str]:
    """Return what stands after the dot behind the name."""
    return Usage(tree).parts((name,))


def examples(
    ours: nodes.Template, theirs: nodes.Template, names: frozenset[str]
) -> Iterator[Mapping[str, Any]]:
    """Yield values for the names: all that may be said, the least, and then one mixture after the other.

    What may be missing, and which shape a value has, is told by our text; theirs may compare with words of
    its own.
    """
    dice = Random(0)  # noqa: S311 - the same each time, and no secret.
    usage = Usage(ours)
    usage.compare_as(Usage(theirs))
    for likely in (1.0, 0.0, *(dice.choice((0.2, 0.5, 0.8)) for _ in range(EXAMPLES))):
        draw = _Draw(usage, dice, likely)
        yield {name: draw.value((name,)) for name in sorted(names)}


def sample(kind: type, *, says_all: bool) -> Any:  # noqa: ANN401 - of that kind.
    """Return a value of a kind: with everything said, or with no more than there always is."""
    draw = _Draw(Usage(nodes.Template([])), Random(0), float(says_all))  # noqa: S311 - as above.
    return draw.record(kind, ())


def _kind(usage: Usage, path: tuple[str, ...]) -> type | None:
    kind = KINDS.get(path[-1])
    return kind if kind is not None and usage.parts(path) <= parts(kind) else None


class _Draw:
    """One example: what may be missing is there with a likelihood."""

    def __init__(self, usage: Usage, dice: Random, likely: float) -> None:
        self._usage = usage
        self._dice = dice
        self._likely = likely

    def value(self, path: tuple[str, ...]) -> Any:  # noqa: ANN401 - whatever it is used as.
        """Return something of the shape in which our text uses it."""
        used = self._usage
        if path in used.asked and not self._is_there():
            return self._nothing(path)
        kind = _kind(used, path)
        if kind is not None and used.parts(path):
            return self.record(kind, path)
        if path in used.listed:
            return [self._one(used.listed[path]) for _ in range(self._few())]
        if path in used.counted:
            return self._few() if path in used.asked else self._dice.choice((0, *_A_FEW))
        known = {part: self.value((*path, part)) for part in sorted(used.parts(path))}
        return Something(self._word(path), known)

    def record(self, kind: type, path: tuple[str, ...]) -> Any:  # noqa: ANN401 - of that kind.
        """Return a value of a kind, which stands at the path."""
        hints = get_type_hints(kind)
        said = {each.name: self._of(hints[each.name], (*path, each.name)) for each in fields(kind)}
        for part, other in TOGETHER.items():
            if part in said:
                said[part] = part if said[other] is not None else None
        return kind(**said)

    def _nothing(self, path: tuple[str, ...]) -> object:
        """Return what the message has where there is none of it."""
        if path in self._usage.listed:
            return []
        return 0 if path in self._usage.counted else None

    def _few(self) -> int:
        return self._dice.choice(_A_FEW)

    def _one(self, target: nodes.Node | None) -> Any:  # noqa: ANN401 - as above.
        if isinstance(target, nodes.Tuple):
            return tuple(self._one(each) for each in target.items)
        return self.value((target.name,)) if isinstance(target, nodes.Name) else Something("one")

    def _of(self, hint: Any, path: tuple[str, ...]) -> Any:  # noqa: ANN401 - any type, and a value of it.
        options = get_args(hint)
        if get_origin(hint) in (Union, types.UnionType):
            return self._of(options[0], path) if self._is_there() else None
        if get_origin(hint) is tuple:
            target = self._usage.listed.get(path)
            one = (target.name,) if isinstance(target, nodes.Name) else path
            many = self._few() if path not in self._usage.asked or self._is_there() else 0
            return tuple(self.record(options[0], one) for _ in range(many))
        if is_dataclass(hint) and isinstance(hint, type):
            return self.record(hint, path)
        return self._plain(hint, path)

    def _plain(self, hint: type, path: tuple[str, ...]) -> object:
        if hint is bool:
            return self._is_there()
        if hint is datetime:
            return _MOMENT
        if path in self._usage.asked and not self._is_there():
            return hint()
        return self._few() if hint is int else self._word(path)

    def _word(self, path: tuple[str, ...]) -> str:
        """Return its name, or what it is compared with."""
        return self._dice.choice((path[-1], *self._usage.words.get(path, ())))

    def _is_there(self) -> bool:
        return self._dice.random() < self._likely
