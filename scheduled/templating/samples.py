"""Values to try a template with where no message is at hand: with everything said, and with nothing."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any, Union, get_args, get_origin, get_type_hints

from jinja2 import nodes

from scheduled.wording.actions import ActionWords
from scheduled.wording.moods import MoodWords
from scheduled.wording.raid import RaidWords
from scheduled.wording.retros import RetroWords
from scheduled.wording.risks import RiskWords
from scheduled.wording.statuses import PlanWords, StatusWords

KINDS: Mapping[str, type] = {
    "risk": RiskWords,
    "action": ActionWords,
    "item": RaidWords,
    "mood": MoodWords,
    "since": MoodWords,
    "status": StatusWords,
    "plan": PlanWords,
    "retro": RetroWords,
}
"""What a template usually finds under a name."""

_A_FEW = 2
_MOMENT = datetime(2026, 1, 14, 15, tzinfo=UTC)


class Something(str):
    """A text of which nothing is known: it reads as its name, and so does each part of it."""

    __slots__ = ()

    def __getattr__(self, name: str) -> "Something":
        """Return a part of it."""
        if name.startswith("_"):
            raise AttributeError(name)
        return Something(name)


def parts(kind: type) -> frozenset[str]:
    """Return what may stand after the dot."""
    return frozenset(each.name for each in fields(kind))


def values(tree: nodes.Template, names: frozenset[str], *, says_all: bool) -> dict[str, Any]:
    """Return a value for each name, of the shape in which the template uses it."""
    return {name: _value(tree, name, says_all=says_all) for name in names}


def kind_of(tree: nodes.Template, name: str) -> type | None:
    """Return what the template finds under the name; None where it is nothing with known parts."""
    kind = KINDS.get(name)
    return kind if kind is not None and used_parts(tree, name) <= parts(kind) else None


def used_parts(tree: nodes.Template, name: str) -> frozenset[str]:
    """Return what stands after the dot behind the name."""
    return frozenset(each.attr for each in tree.find_all(nodes.Getattr) if _is_name(each.node, name))


def _value(tree: nodes.Template, name: str, *, says_all: bool) -> Any:  # noqa: ANN401 - whatever it is used as.
    kind = kind_of(tree, name)
    if kind is not None and used_parts(tree, name):
        return sample(kind, says_all=says_all)
    for loop in tree.find_all(nodes.For):
        if _is_name(loop.iter, name):
            return [_one(loop.target)] * _A_FEW
    return _A_FEW if _counts(tree, name) else Something(name)


def _one(target: nodes.Node) -> Any:  # noqa: ANN401 - as above.
    if isinstance(target, nodes.Tuple):
        return tuple(_one(each) for each in target.items)
    return Something(getattr(target, "name", "one"))


def _counts(tree: nodes.Template, name: str) -> bool:
    """Tell whether the name stands for a number: it is compared with one, or added to one."""
    for compared in tree.find_all(nodes.Compare):
        if _is_name(compared.expr, name) and any(_is_number(each.expr) for each in compared.ops):
            return True
    return any(
        _is_name(side, name)
        for each in tree.find_all((nodes.Add, nodes.Sub))
        for side in (each.left, each.right)
    )


def _is_name(node: nodes.Node, name: str) -> bool:
    return isinstance(node, nodes.Name) and node.name == name


def _is_number(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, int)


def sample(kind: type, *, says_all: bool) -> Any:  # noqa: ANN401 - of that kind.
    """Return a value of a kind: with everything said, or with no more than there always is."""
    hints = get_type_hints(kind)
    return kind(**{each.name: _of(hints[each.name], each.name, says_all=says_all) for each in fields(kind)})


def _of(hint: Any, name: str, *, says_all: bool) -> Any:  # noqa: ANN401 - any type, and a value of it.
    options = get_args(hint)
    if get_origin(hint) in (Union, types.UnionType):
        return _of(options[0], name, says_all=says_all) if says_all else None
    if get_origin(hint) is tuple:
        return (sample(options[0], says_all=says_all),) * _A_FEW
    if is_dataclass(hint) and isinstance(hint, type):
        return sample(hint, says_all=says_all)
    if hint is bool:
        return says_all
    if hint is datetime:
        return _MOMENT
    return _A_FEW if hint is int else name
