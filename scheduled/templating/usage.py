"""How a text uses what it is given: what it asks for first, compares, counts, and goes through."""

from collections import defaultdict
from collections.abc import Iterator

from jinja2 import nodes

Path = tuple[str, ...]
"""A name, and what stands after its dots."""

_OF_MANY = frozenset({"join", "listed", "length", "count", "first", "last", "sort", "list"})
"""Filters that want more than one thing."""


class Usage:
    """What a tree does with each path."""

    def __init__(self, tree: nodes.Template) -> None:
        """Look through the tree."""
        self.asked: set[Path] = set()
        """What stands in a condition by itself, and so may be missing."""
        self.counted: set[Path] = set()
        """What is compared with a number, or added to something."""
        self.listed: dict[Path, nodes.Node | None] = {}
        """What is gone through, and what one of it is called there."""
        self.words: defaultdict[Path, tuple[str, ...]] = defaultdict(tuple)
        """What it is compared with, and a word that is none of these."""
        self._parts: defaultdict[Path, set[str]] = defaultdict(set)
        for test in _tests(tree):
            self.asked.update(_asked(test))
        for part in tree.find_all(nodes.Getattr):
            self._parts[_path(part.node)].add(part.attr)
        for taken in tree.find_all(nodes.Filter):
            if taken.name in _OF_MANY:
                self.listed.setdefault(_path(taken.node), None)
        for loop in tree.find_all(nodes.For):
            self.listed[_path(loop.iter)] = loop.target
        for sum_ in (*tree.find_all(nodes.Add), *tree.find_all(nodes.Sub)):
            self.counted.update((_path(sum_.left), _path(sum_.right)))
        compares = list(tree.find_all(nodes.Compare))
        for compare in compares:
            self._compared(compare)
        for compare in compares:
            self._alike(compare)

    def parts(self, path: Path) -> frozenset[str]:
        """Return what stands after the dot behind it."""
        return frozenset(self._parts[path])

    def compare_as(self, other: "Usage") -> None:
        """Know the words with which the other compares as well."""
        for path, words in other.words.items():
            self.words[path] += words

    def _compared(self, compare: nodes.Compare) -> None:
        path = _path(compare.expr)
        constants = [constant for operand in compare.ops for constant in _constants(operand.expr)]
        if any(isinstance(constant, int) for constant in constants):
            self.counted.add(path)
        if path:
            self.words[path] += (*(each for each in constants if isinstance(each, str)), f"no_{path[-1]}")

    def _alike(self, compare: nodes.Compare) -> None:
        """Where one of two is a number, so is the other; two words are the same now and then."""
        path = _path(compare.expr)
        for other in (_path(operand.expr) for operand in compare.ops):
            if path and other:
                self.counted.update({path, other} if {path, other} & self.counted else ())
                self.words[path] += (other[-1],)


def _tests(tree: nodes.Template) -> Iterator[nodes.Node]:
    yield from (each.test for each in tree.find_all(nodes.If))
    yield from (each.test for each in tree.find_all(nodes.CondExpr))
    yield from (each.test for each in tree.find_all(nodes.For) if each.test)


def _asked(test: nodes.Node) -> Iterator[Path]:
    if isinstance(test, (nodes.And, nodes.Or)):
        yield from _asked(test.left)
        yield from _asked(test.right)
    elif isinstance(test, (nodes.Not, nodes.Test)):
        yield from _asked(test.node)
    elif path := _path(test):
        yield path


def _path(node: nodes.Node | None) -> Path:
    """Return where it comes from, whichever part of a list is taken; nothing where that is unknown."""
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Getattr):
        before = _path(node.node)
        return (*before, node.attr) if before else ()
    if isinstance(node, nodes.Getitem) or (isinstance(node, nodes.Filter) and node.name in _OF_MANY):
        return _path(node.node)
    return ()


def _constants(node: nodes.Node) -> Iterator[object]:
    if isinstance(node, nodes.Const):
        # Whoever compiles a tree makes one constant of a tuple of them.
        yield from node.value if isinstance(node.value, tuple) else (node.value,)
    for each in node.iter_child_nodes():
        yield from _constants(each)
