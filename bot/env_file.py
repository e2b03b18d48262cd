"""Variables from a file, read as ``docker run --env-file`` reads it, for a bot without Docker."""

import os
import re
from pathlib import Path

_LINE = re.compile(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)")
_QUOTES = ('"', "'")


class UnreadableFile(ValueError):
    """The file cannot be read, or a line of it is no variable; the message shows no value."""


def load(file: Path) -> None:
    """Add the file's variables to the environment; what is set there already stays. Raises UnreadableFile."""
    for name, value in variables(file).items():
        if not os.environ.get(name):
            os.environ[name] = value


def variables(file: Path) -> dict[str, str]:
    """Return what the file sets: a value is all that follows the ``=``, without quotes around it.

    No character in it means anything, as a shell would have it. Raises UnreadableFile.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(_text(file).splitlines(), start=1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        matched = _LINE.fullmatch(stripped)
        if matched is None:
            msg = f"Line {number} of {file} is no NAME=value, and no comment that begins with #."
            raise UnreadableFile(msg)
        name, value = matched.groups()
        found[name] = _without_quotes(value)
    return found


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        msg = f"{file} cannot be read: {error.strerror}."
    except UnicodeDecodeError:
        msg = f"{file} is no text in UTF-8."
    raise UnreadableFile(msg)


def _without_quotes(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] in _QUOTES and value[-1] == value[0]
    return value[1:-1] if is_quoted else value
