"""The file of settings: each value is taken as it stands, and none is ever shown."""

import os
from pathlib import Path

import pytest

from bot.cli import REFUSED, main
from bot.env_file import UnreadableFile, load, variables

ADDRESS = "postgresql://jo:p$x%40@db/north?sslmode=require&connect_timeout=5"


def written(folder: Path, text: str) -> Path:
    file = folder / "drumbeat.env"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_value_is_all_that_follows(tmp_path: Path) -> None:
    text = f"\ufeff# ours\n\n DATABASE_URL={ADDRESS}\r\nexport PORT = 3001 \n"
    text += "A=\"x 'y'\"\nB='#1'\nC=a#b # c\nD=\n"
    assert variables(written(tmp_path, text)) == {
        "DATABASE_URL": ADDRESS,
        "PORT": "3001",
        "A": "x 'y'",
        "B": "#1",
        "C": "a#b # c",
        "D": "",
    }


def test_what_the_environment_has_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "3005")
    monkeypatch.setenv("HOST", "")
    monkeypatch.setenv("DATABASE_URL", "")
    load(written(tmp_path, f"PORT=3001\nHOST=0.0.0.0\nDATABASE_URL={ADDRESS}\n"))
    names = ("PORT", "HOST", "DATABASE_URL")
    assert [os.environ[name] for name in names] == ["3005", "0.0.0.0", ADDRESS]  # noqa: S104, TID251 - what it is about.


def test_what_cannot_be_read_is_told_without_a_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UnreadableFile, match=r"Line 2 of .*drumbeat\.env is no NAME=value") as refused:
        variables(written(tmp_path, "PORT=3001\nxoxb-secret\n"))
    assert "secret" not in str(refused.value)
    (tmp_path / "drumbeat.env").write_bytes(b"A=\xff\n")
    with pytest.raises(UnreadableFile, match="is no text"):
        variables(tmp_path / "drumbeat.env")
    for command in (
        ["serve"],
        ["migrate"],
        ["doctor"],
        ["manifest"],
        ["backup", "x"],
        ["templates", "check"],
    ):
        assert main([*command, "--env-file", str(tmp_path / "none.env")]) == REFUSED
        assert capsys.readouterr().err == f"{tmp_path}/none.env cannot be read: No such file or directory.\n"
