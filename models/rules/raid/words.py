"""The kinds of records beside risks: what has happened, is believed, is waited for, or is to be decided."""

from enum import StrEnum

from models.rules.references import Marker


class RaidKind(StrEnum):
    """What kind of record it is; each is numbered by itself in its project."""

    ISSUE = "issue"
    """It has happened, and needs somebody."""
    ASSUMPTION = "assumption"
    """We believe it without having checked."""
    DEPENDENCY = "dependency"
    """We get it from others, or give it to them."""
    DECISION = "decision"
    """Somebody decides it, and it is written down."""

    @property
    def marker(self) -> Marker:
        """Return the letters that stand for it in a reference."""
        return Marker[self.name]

    @property
    def a_thing(self) -> str:
        """Return "an issue", "a decision"."""
        return self.marker.a_thing

    @property
    def things(self) -> str:
        """Return "issues", "dependencies"."""
        return f"{self.value.removesuffix('y')}ies" if self.value.endswith("y") else f"{self.value}s"


class Direction(StrEnum):
    """Which way a dependency goes."""

    GET = "get"
    GIVE = "give"


BAD_FROM = 4
"""An issue as bad as this, of 1 to 5, is told to the whole project, once."""


def kind_of(marker: Marker) -> RaidKind | None:
    """Return the kind that those letters stand for; None for a risk's."""
    return next((kind for kind in RaidKind if kind.marker is marker), None)
