"""What the doctor finds: one line each, with what it means and how to mend it."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from enum import StrEnum

from models.value import Value


class Severity(StrEnum):
    """How bad it is: a problem keeps something from working, a warning may be meant so."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


class Subject(StrEnum):
    """What was looked at."""

    SETTINGS = "settings"
    DATABASE = "database"
    SCHEMA = "schema"
    TOKEN = "token"  # noqa: S105 - It is a word, not a token.
    SCOPES = "scopes"
    SOCKET = "socket"
    SECRET = "secret"  # noqa: S105 - As above.
    CLOCK = "clock"
    COMMANDS = "commands"
    EVENTS = "events"
    LISTENING = "listening"
    ADDRESS = "address"
    PEOPLE = "people"
    CHANNELS = "channels"
    MESSAGES = "messages"


class Finding(Value):
    """One line of the report. It never holds a secret, nor anything that people wrote."""

    subject: Subject
    severity: Severity
    what: str
    mend: str = ""

    def __str__(self) -> str:
        """Return the line."""
        line = f"{self.severity:<8} {self.subject:<9} {self.what}"
        return f"{line} → {self.mend}" if self.mend else line


def ok(subject: Subject, what: str) -> Finding:
    """Return a finding that needs nothing."""
    return Finding(subject, Severity.OK, what)


def warning(subject: Subject, what: str, mend: str) -> Finding:
    """Return a finding that somebody should know of."""
    return Finding(subject, Severity.WARNING, what, mend)


def problem(subject: Subject, what: str, mend: str) -> Finding:
    """Return a finding that must be mended."""
    return Finding(subject, Severity.PROBLEM, what, mend)


def is_sound(findings: Iterable[Finding]) -> bool:
    """Tell whether nothing must be mended."""
    return all(finding.severity is not Severity.PROBLEM for finding in findings)


def summary(findings: Iterable[Finding]) -> str:
    """Return the last line: how many of which."""
    found = [finding.severity for finding in findings]
    problems, warnings = found.count(Severity.PROBLEM), found.count(Severity.WARNING)
    if not problems and not warnings:
        return "All is well."
    return f"{_counted(problems, 'problem')}, {_counted(warnings, 'warning')}."


def as_json(findings: Iterable[Finding]) -> str:
    """Return the report for a program."""
    found = list(findings)
    report = {"sound": is_sound(found), "findings": [asdict(finding) for finding in found]}
    return json.dumps(report, indent=2, ensure_ascii=False)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
