"""Reads the plain part of YAML that compose.yaml keeps to, and refuses everything else."""

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

Node = dict[str, "Node"] | list["Node"] | str
"""Mappings, lists and texts: all there is in the file."""

_KEY = re.compile(r"([A-Za-z0-9_.-]+):(?: (.+))?")
_UNREAD = re.compile(r"[&*|>!%@`{]")
"""How anchors, tags, block texts and flow mappings begin."""


class _Line(NamedTuple):
    number: int
    indent: int
    text: str


def read(document: str) -> Node:
    """Return what the document holds. Raises ValueError, with the line, where it is not plain."""
    lines = [*_lines(document)]
    node, rest = _block(lines, 0)
    if rest:
        raise _refused(rest[0])
    return node


def _lines(document: str) -> Iterator[_Line]:
    for number, line in enumerate(document.splitlines(), start=1):
        text = line.strip()
        if text and not text.startswith("#"):
            yield _Line(number, len(line) - len(line.lstrip(" ")), line.strip(" "))


def _block(lines: list[_Line], indent: int) -> tuple[Node, list[_Line]]:
    """Read the lines of one indentation; return them with the lines that follow."""
    if lines and lines[0].text.startswith("- "):
        items: list[Node] = []
        while lines and lines[0].indent == indent and lines[0].text.startswith("- "):
            items.append(_scalar(lines[0], lines[0].text[2:]))
            lines = lines[1:]
        return items, lines
    mapping: dict[str, Node] = {}
    while lines and lines[0].indent == indent:
        line, *lines = lines
        match = _KEY.fullmatch(line.text)
        if match is None or match[1] in mapping:
            raise _refused(line)
        if match[2] is not None:
            mapping[match[1]] = _scalar(line, match[2])
        elif lines and lines[0].indent > indent:
            mapping[match[1]], lines = _block(lines, lines[0].indent)
        else:
            mapping[match[1]] = ""
    return mapping, lines


def _scalar(line: _Line, text: str) -> Node:
    if text.startswith(('"', "[")):
        read: Node = json.loads(text)
        return read
    if _UNREAD.match(text) or ": " in text or " #" in text:
        raise _refused(line)
    return text


def _refused(line: _Line) -> ValueError:
    return ValueError(f"line {line.number} is not plain: {line.text}")
