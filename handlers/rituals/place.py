"""Which page of which list of rituals is shown, as its buttons carry it."""

from typing import Self

from models.value import Value

_COUNTS = "kept"


class ListPlace(Value):
    """A page of a list of rituals."""

    project_key: str
    """"" for all projects."""
    is_ended: bool = False
    number: int = 1
    shows_adherence: bool = False
    """Whether it says how well each was kept, and not when it comes next."""

    def encode(self) -> str:
        """Return it as a button carries it."""
        told = f"{self.project_key}:{int(self.is_ended)}:{self.number}"
        return f"{told}:{_COUNTS}" if self.shows_adherence else told

    @classmethod
    def read(cls, carried: str) -> Self:
        """Return what a button carries. Raises ValueError."""
        key, is_ended, number, *rest = carried.split(":")
        return cls(key, bool(int(is_ended)), int(number), _COUNTS in rest)
