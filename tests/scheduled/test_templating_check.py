"""Texts of one's own are checked against the messages that are made of them, by file and line."""

import re
import types
from dataclasses import fields
from pathlib import Path
from typing import Union, get_args, get_origin, get_type_hints

import pytest

from scheduled.rituals import sorts
from scheduled.templating import SUFFIX, Templates
from scheduled.templating.check import OURS, TemplateCheck
from scheduled.templating.samples import KINDS, sample

DOCS = Path(__file__).parents[2] / "docs" / "templates.md"
SMALL = "{% block small %}{% endblock %}"


@pytest.fixture
def check() -> TemplateCheck:
    return TemplateCheck(
        Templates(escape=str, channel_link=str, mention=str, moment=str, link=lambda url, _: url), sorts()
    )


def told(check: TemplateCheck, folder: Path, name: str, *lines: str) -> list[tuple[int | None, str]]:
    """Write a file, and return what is said of it: line and message."""
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    found = check.folder(folder)
    assert {finding.file.name for finding in found} <= {name}
    return [(finding.line, finding.message) for finding in found]


def test_ours_fit(check: TemplateCheck) -> None:
    assert [str(finding) for finding in check.folder()] == []


@pytest.mark.parametrize("name", sorted(each.name for each in OURS.glob(f"*{SUFFIX}")))
def test_a_copy_of_ours_fits(check: TemplateCheck, tmp_path: Path, name: str) -> None:
    assert told(check, tmp_path, name, (OURS / name).read_text(encoding="utf-8")) == []


def test_other_words_with_all_that_there_is_of_a_risk_fit(check: TemplateCheck, tmp_path: Path) -> None:
    text = "{% block text %}{% if risk.due %}{{ risk.due.upper() }}{% endif %}{% endblock %}"
    name = "risk_announced.txt.j2"
    assert told(check, tmp_path, name, "{% block summary %}Hm{% endblock %}", text, SMALL) == []


@pytest.mark.parametrize(
    ("line", "text", "message"),
    [
        (3, "{{ rsk.title }}", "rsk is not known in this message; did you mean risk?"),
        (3, "{{ risk.titel }}", "risk has no titel; did you mean title?"),
        (
            3,
            "{{ risk.owner }}",
            "a template puts in a value that is not known; it must ask with {% if %} first",
        ),
        (3, "{{ risk.title | shout }}", "can't be read: No filter named 'shout'."),
        (4, "{% if risk.owner %}", "can't be read: Encountered unknown tag 'endblock'"),
        (3, "{{ risk.__class__ }}", "access to attribute '__class__'"),
        (3, "{{ risk.title + 1 }}", "can only concatenate str"),
    ],
)
def test_what_does_not_fit_is_told_by_its_line(
    check: TemplateCheck, tmp_path: Path, line: int, text: str, message: str
) -> None:
    lines = ("{% block summary %}x{% endblock %}", "{% block text %}", text, "{% endblock %}" + SMALL)
    ((found, said),) = told(check, tmp_path, "risk_announced.txt.j2", *lines)
    assert found == line
    assert said.startswith(message)


def test_blocks_that_are_missing_or_that_nobody_looks_at_are_named(
    check: TemplateCheck, tmp_path: Path
) -> None:
    said = told(
        check,
        tmp_path,
        "risk_owned.txt.j2",
        "{% block sumary %}x{% endblock %}",
        "{% block text %}{% endblock %}",
    )
    assert [message.partition(",")[0].partition(";")[0] for _, message in said] == [
        "has no block summary",
        *(["has no block small"] if "block small" in (OURS / "risk_owned.txt.j2").read_text() else []),
        "nobody looks at a block sumary",
    ]


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("risk_confirmd.txt.j2", "rename it risk_confirmed.txt.j2"),
        ("risk_confirmed.txt", "rename it risk_confirmed.txt.j2"),
        ("Mood-Alert.txt.j2", "rename it mood_alert.txt.j2"),
        ("zzz.txt.j2", "docs/templates.md has the names"),
    ],
)
def test_a_file_that_is_no_messages_gets_the_nearest_name(
    check: TemplateCheck, tmp_path: Path, name: str, nearest: str
) -> None:
    ((line, message),) = told(check, tmp_path, name, "Hello")
    assert line is None
    assert message.endswith(nearest)


def test_a_file_in_another_encoding_is_told(check: TemplateCheck, tmp_path: Path) -> None:
    (tmp_path / "mood_alert.txt.j2").write_bytes("Gr\u00fc\u00dfe".encode("latin-1"))
    (finding,) = check.folder(tmp_path)
    assert "UTF-8" in str(finding)


def test_hidden_files_are_left_alone(check: TemplateCheck, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*", encoding="utf-8")
    assert check.folder(tmp_path) == ()


@pytest.mark.parametrize("kind", set(KINDS.values()))
def test_there_is_a_sample_of_everything_with_parts(kind: type) -> None:
    full, bare = sample(kind, says_all=True), sample(kind, says_all=False)
    assert all(getattr(full, each.name) is not None for each in fields(kind))
    assert isinstance(bare, kind)


def test_the_page_for_editors_names_all_that_there_is() -> None:
    rows = dict(
        re.findall(r"^\| `(\w+)`[^|]*\| (`.*`\??) \|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    )
    for name, kind in KINDS.items():
        if name == "since":
            continue
        hints = get_type_hints(kind)
        expected = {each.name: _may_be_missing(hints[each.name]) for each in fields(kind)}
        found = {part: bool(mark) for part, mark in re.findall(r"`(\w+)`(\?)?", rows[name])}
        assert found == expected, name


def _may_be_missing(hint: object) -> bool:
    return get_origin(hint) in (Union, types.UnionType) and type(None) in get_args(hint)
