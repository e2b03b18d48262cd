"""Every text names a command in backticks, for only there it gets what stands before its name."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from handlers.grammar import COMMANDS

ROOT = Path(__file__).parents[2]
_NAMES = "|".join(command.name for command in COMMANDS)
_BARE = re.compile(rf"(?<![`\w/.])/(?:{_NAMES})\b")


def _bare_commands() -> Iterator[str]:
    for folder in ("handlers", "models", "scheduled"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if (
                    isinstance(node, ast.Constant)
                    and isinstance(node.value, str)
                    and _BARE.search(node.value)
                ):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}"


def test_no_text_names_a_command_without_backticks() -> None:
    assert list(_bare_commands()) == []


def test_templates_leave_the_name_of_a_command_to_their_filter() -> None:
    named = re.compile(rf"/(?:{_NAMES})\b")
    templates = (ROOT / "scheduled" / "templates").glob("*.j2")
    assert [path.name for path in templates if named.search(path.read_text())] == []
