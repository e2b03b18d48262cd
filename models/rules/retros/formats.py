"""The formats of a retrospective: what is asked, column by column.

Source: Start/Stop/Continue, 4Ls, Mad/Sad/Glad, Sailboat and Starfish as published in retrospective handbooks;
the delivery principles are those of agile delivery: user needs, iterate, improve the team, fail fast, keep
planning.
"""

from collections.abc import Mapping
from enum import StrEnum

from models.value import Value


class RetroFormat(StrEnum):
    """Which questions a retrospective asks."""

    START_STOP_CONTINUE = "start_stop_continue"
    FOUR_LS = "four_ls"
    MAD_SAD_GLAD = "mad_sad_glad"
    SAILBOAT = "sailboat"
    STARFISH = "starfish"
    PRINCIPLES = "principles"


class Column(Value):
    """One thing that a format asks; ``key`` is kept with each card, and never changes."""

    key: str
    title: str
    prompt: str


class FormatOf(Value):
    """A format as people see it. ``words`` are other names that they type."""

    name: str
    question: str
    columns: tuple[Column, ...]
    words: tuple[str, ...] = ()

    def asks_for(self, name: str) -> Column | None:
        """Return the column that people call so, if there is one."""
        wanted = name.strip().lower()
        for column in self.columns:
            if wanted in (column.key, column.title.lower(), column.title.split()[0].lower()):
                return column
        return None

    def column(self, key: str) -> Column | None:
        """Return the column of that key, if there is one."""
        return next((column for column in self.columns if column.key == key), None)


_F = RetroFormat

FORMATS: Mapping[RetroFormat, FormatOf] = {
    _F.START_STOP_CONTINUE: FormatOf(
        "Start, stop, continue",
        "What should we start, stop, continue?",
        (
            Column("start", "Start", "What should we begin to do?"),
            Column("stop", "Stop", "What should we no longer do?"),
            Column("continue", "Continue", "What works, and should stay?"),
        ),
        ("start", "ssc", "continue"),
    ),
    _F.FOUR_LS: FormatOf(
        "Four Ls",
        "What did we like, learn, lack, long for?",
        (
            Column("liked", "Liked", "What was good?"),
            Column("learned", "Learned", "What do we know now that we didn't?"),
            Column("lacked", "Lacked", "What was missing?"),
            Column("longed", "Longed for", "What do you wish we had?"),
        ),
        ("4ls", "4l", "ls", "fourls"),
    ),
    _F.MAD_SAD_GLAD: FormatOf(
        "Mad, sad, glad",
        "What made you mad, sad, glad?",
        (
            Column("mad", "Mad", "What drove you up the wall?"),
            Column("sad", "Sad", "What let you down?"),
            Column("glad", "Glad", "What made your day?"),
        ),
        ("mad", "msg", "glad"),
    ),
    _F.SAILBOAT: FormatOf(
        "Sailboat",
        "What drives us on, holds us back, lies ahead?",
        (
            Column("wind", "Wind", "What drives us on?"),
            Column("anchor", "Anchor", "What holds us back?"),
            Column("rocks", "Rocks", "What may we run into?"),
            Column("island", "Island", "Where do we want to get?"),
        ),
        ("boat", "sail", "ship"),
    ),
    _F.STARFISH: FormatOf(
        "Starfish",
        "What should we do more of, less of, keep, start, stop?",
        (
            Column("keep", "Keep", "What should stay as it is?"),
            Column("more", "More of", "What should we do more often?"),
            Column("less", "Less of", "What should we do less often?"),
            Column("start", "Start", "What should we begin to do?"),
            Column("stop", "Stop", "What should we no longer do?"),
        ),
        ("star",),
    ),
    _F.PRINCIPLES: FormatOf(
        "Delivery principles",
        "How well did we keep to how we want to deliver?",
        (
            Column("users", "User needs", "Did we build what users need? How do we know?"),
            Column("iterate", "Iterate", "Did we ship small steps, and learn from each?"),
            Column("team", "The team", "What would make us work better together?"),
            Column("fail", "Fail fast", "What did we find out too late?"),
            Column("plan", "Keep planning", "Where did the plan stop being true?"),
        ),
        ("delivery", "principle", "agile"),
    ),
}


def format_named(text: str) -> RetroFormat | None:
    """Return the format that people mean by these words, None where they mean none."""
    wanted = _plain(text)
    for kind, spec in FORMATS.items():
        if wanted in {_plain(name) for name in (kind.value, spec.name, *spec.words)}:
            return kind
    return None


def _plain(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())
