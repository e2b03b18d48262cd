"""Texts of one's own are checked against the messages that are made of them, by file and line."""

import re
import types
from dataclasses import fields
from pathlib import Path
from typing import Union, get_args, get_origin, get_type_hints

import pytest
from jinja2 import nodes

from scheduled.rituals import sorts
from scheduled.templating import SUFFIX, Templates
from scheduled.templating.check import ALWAYS, OURS, Original, TemplateCheck, drawn
from scheduled.templating.samples import KINDS, examples, sample

DOCS = Path(__file__).parents[2] / "docs" / "templates.md"
UNREADABLE = Path("/proc/self/mem")
SMALL = "{% block small %}{% endblock %}"


@pytest.fixture
def check() -> TemplateCheck:
    return TemplateCheck(
        Templates(
            escape=str, channel_link=str, mention=str, moment=lambda at, **_: str(at), link=lambda url, _: url
        ),
        sorts(),
    )


def told(check: TemplateCheck, folder: Path, name: str, *lines: str) -> list[tuple[int | None, str]]:
    """Write a file, and return what is said of it: line and message."""
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    found = check.folder(folder)
    assert {finding.file.name for finding in found} <= {name}
    return [(finding.line, finding.message) for finding in found]


def test_ours_fit(check: TemplateCheck) -> None:
    assert [str(finding) for finding in check.folder()] == []


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
        ("mood_alert.j2", "rename it mood_alert.txt.j2"),
        ("a-note.txt.j2", "docs/templates.md has the names"),
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


@pytest.mark.parametrize("name", [".gitignore", "notes.txt", "README.md"])
def test_hidden_files_and_notes_are_left_alone(check: TemplateCheck, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("*", encoding="utf-8")
    assert check.folder(tmp_path) == ()
    assert check.own(tmp_path) == ()


@pytest.mark.skipif(not UNREADABLE.exists(), reason="there is no file here that even root cannot read")
def test_a_file_that_cannot_be_read_is_told_by_its_name(check: TemplateCheck, tmp_path: Path) -> None:
    (tmp_path / "mood_alert.txt.j2").symlink_to(UNREADABLE)
    (finding,) = check.folder(tmp_path)
    assert str(finding) == f"{tmp_path / 'mood_alert.txt.j2'}: cannot be read: input/output error"
    assert check.folder(tmp_path / "nowhere")[0].message == "cannot be read: no such file or directory"


@pytest.mark.parametrize("name", sorted(each.name.removesuffix(SUFFIX) for each in OURS.glob(f"*{SUFFIX}")))
def test_the_examples_meet_each_branch_of_ours(check: TemplateCheck, name: str) -> None:
    original = Original(name, check._environment)
    tree = check._environment.parse((OURS / f"{name}{SUFFIX}").read_text(encoding="utf-8"))
    left: set[str] = set()
    ifs = list(tree.find_all(nodes.If))
    elifs = {id(each) for whole in ifs for each in whole.elif_}
    for each in ifs:
        for branch in (each.body, *([] if id(each) in elifs else [each.else_])):
            left.add(mark := f"\x02{each.lineno}-{len(left)}\x03")
            branch.append(nodes.Output([nodes.TemplateData(mark)]))
    marked = original.compiled(tree)
    for given in examples(original.tree, tree, original.names | ALWAYS):
        blocks = drawn(marked, given)
        if not isinstance(blocks, Exception):
            left = {mark for mark in left if not any(mark in block for block in blocks.values())}
        if not left:
            break
    assert left == set()


BY_THE_BRANCH = """
{% block summary %}{{ risk.title }}{% endblock %}
{% block text %}
{% if outcome %}{{ outcome }}{% else %}
WHAT
{% endif %}
{% endblock %}
{% block small %}{% endblock %}
"""


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("{{ risk.owner }}", "a template puts in a value that is not known; it must ask"),
        ("{% if risk.status == 'proposed' %}{{ risk.score }}{% endif %}", "a template puts in a value"),
        ("{% if not risk.owner %}{{ risk.reason }}{% endif %}", "a template puts in a value that is not"),
        ("{{ self.__init__.__globals__ }}", "access to attribute '__init__'"),
        ("{% for each in range(10000000) %}x{% endfor %}", "Range too big"),
        (
            "{% for one in range(9999) %}{% for other in range(9999) %}x{% endfor %}{% endfor %}",
            "a template goes",
        ),
        ("{% include 'risk_proposed.txt.j2' %}", None),
        ("{% if risk.score %}{{ risk.score }} {{ risk.levels }}{% endif %}", None),
    ],
)
def test_each_branch_is_tried_without_what_may_be_missing(
    check: TemplateCheck, tmp_path: Path, what: str, message: str | None
) -> None:
    said = told(check, tmp_path, "risk_proposed.txt.j2", *BY_THE_BRANCH.replace("WHAT", what).splitlines())
    assert [(line, text[: len(message or "")]) for line, text in said] == ([(5, message)] if message else [])


def test_what_is_put_into_other_texts_is_tried_as_well(check: TemplateCheck, tmp_path: Path) -> None:
    ((line, said),) = told(check, tmp_path, "what_is_missing.txt.j2", "what", "you missed, {{ name }}")
    assert (line, said.partition(";")[0]) == (2, "a template puts in a value that is not known")
    assert told(check, tmp_path, "what_is_missing.txt.j2", "{% if name %}{{ name }}{% endif %}") == []


def test_what_slack_would_cut_off_is_told(check: TemplateCheck, tmp_path: Path) -> None:
    ((_, said),) = told(
        check, tmp_path, "risk_proposed.txt.j2", *BY_THE_BRANCH.replace("WHAT", "x" * 5000).splitlines()
    )
    assert said == "its block text gets too long: 5,000 characters, where Slack takes 3,000"


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
        if name in {"since", "alike"}:
            continue
        hints = get_type_hints(kind)
        expected = {each.name: _may_be_missing(hints[each.name]) for each in fields(kind)}
        found = {part: bool(mark) for part, mark in re.findall(r"`(\w+)`(\?)?", rows[name])}
        assert found == expected, name


def _may_be_missing(hint: object) -> bool:
    return get_origin(hint) in (Union, types.UnionType) and type(None) in get_args(hint)
