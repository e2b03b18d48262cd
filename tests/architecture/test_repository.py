"""What is kept in the repository fits every machine: no package index, no path of one computer, no secret."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GIT = ["git", "-C", str(ROOT)]

ELSEWHERE = {
    "a package index": re.compile(r"(?:pypi\.org|pythonhosted\.org|--(?:extra-)?index-url|find-links)"),
    "a path of one computer": re.compile(r"(?<![\w.])/(?:(?:home|Users|root)/\w+|tmp/tmp\w{8})"),
    "a real token": re.compile(r"xox[bpa]-\d{9,}-\d{9,}-\w{20,}"),
}
BINARY = {".png", ".jpg", ".gif", ".ico", ".woff2", ".webp"}


def tracked() -> list[Path]:
    listed = subprocess.run([*GIT, "ls-files", "-z"], capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="a copy without its history lists no files")
@pytest.mark.parametrize("what", ELSEWHERE)
def test_no_tracked_file_names(what: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path.suffix not in BINARY and path != Path(__file__)
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), start=1)
        if ELSEWHERE[what].search(line)
    ]
    assert found == []


def test_every_python_file_opens_with_a_sentence() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix == ".py" and not re.match(r'"""[^\n]+[.?]', path.read_text() or '"""Empty."""')
    ]
    assert silent == []


_SPELT_OUT = re.compile(r"%-?d %b|%a |\.day\} \{|:%b %Y")
_DAYS = "models/rules/days.py"


def test_people_read_days_as_one_place_writes_them() -> None:
    layers = ("handlers", "models", "scheduled")
    found = [
        f"{name}:{number}"
        for path in tracked()
        if (name := path.relative_to(ROOT).as_posix()).startswith(layers)
        and path.suffix == ".py"
        and name not in {_DAYS, "models/rules/rituals/recurrence_words.py"}
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if _SPELT_OUT.search(line)
    ]
    assert found == []
