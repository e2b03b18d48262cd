"""The folders are the architecture: who may import whom is a contract in pyproject.toml, kept here."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from models.rules.delivery import NoticeKind

ROOT = Path(__file__).parents[2]


def test_the_import_contracts_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    exit_code = lint_imports(config_filename=str(ROOT / "pyproject.toml"))
    assert exit_code == 0, capsys.readouterr().out


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize(
    "path", sorted((ROOT / "handlers").rglob("*views.py")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_a_view_is_a_pure_function(path: Path) -> None:
    able = [
        name
        for name in imports(path)
        if name.startswith(("models.services", "slack_", "handlers.kit", "logging"))
    ]
    assert able == [], "a view turns values into blocks, and asks nobody"


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_notice_is_one_file_and_one_template(kind: NoticeKind) -> None:
    assert (ROOT / "scheduled" / "notices" / f"{kind}.py").is_file()
    # What a ritual's step says stands in the ritual's own template.
    is_ritual = kind is NoticeKind.RITUAL_STEP
    assert is_ritual or (ROOT / "scheduled" / "templates" / f"{kind}.txt.j2").is_file()


def commits(path: Path) -> bool:
    """Tell whether the file opens a write transaction, or commits one."""
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in {"commit", "write", "begin"}
        and "database" in ast.unparse(node)
        for node in ast.walk(ast.parse(path.read_text()))
    )


def test_only_services_open_transactions() -> None:
    elsewhere = [
        str(path.relative_to(ROOT))
        for folder in ("bot", "handlers", "scheduled")
        for path in (ROOT / folder).rglob("*.py")
        if commits(path)
    ]
    assert elsewhere == []


def test_no_table_is_mapped_to_a_class() -> None:
    taken = {
        alias.name
        for folder in ("bot", "handlers", "models", "scheduled")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy.orm")
        for alias in node.names
    }
    assert taken == {"Session"}, "mapping classes makes every start wait"


def is_frozen(decorator: ast.expr) -> bool:
    """Tell whether it makes a frozen dataclass that needs nothing but that."""
    return ast.unparse(decorator) in {"dataclass(frozen=True)", "dataclass(frozen=True, kw_only=True)"}


def test_what_is_frozen_is_a_value() -> None:
    dear = {
        node.name
        for folder in ("bot", "handlers", "models", "scheduled")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef) and any(is_frozen(each) for each in node.decorator_list)
    }
    # Its fields are checked against one another, which takes a dataclass.
    assert dear == {"Timing"}, "derive it from models.value.Value: the start pays for each (docs/adr/0025)"
