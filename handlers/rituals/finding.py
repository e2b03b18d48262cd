"""Finds the ritual that a line names: by its name, or by as much of it as tells it apart."""

import re
from collections.abc import Sequence
from uuid import UUID

from handlers.grammar import nearest
from models.read_models import RitualName
from models.value import Value

_WORD = re.compile(r"\w+")
_GAP = re.compile(r"(?:[\s:,]|[–-](?!\s*\d))+")
"""What parts a name from the words behind it; before a number a dash is a minus, which must not get lost."""
_LEAST = 3
"""Letters that say enough of a name."""


class Meant(Value):
    """Which rituals a line may mean, best first, and the words that follow the name."""

    rituals: tuple[RitualName, ...]
    rest: str


def meant(text: str, rituals: Sequence[RitualName], here: UUID | None) -> Meant:
    """Read the line: a project's short name first, if any, then a ritual's name, then anything else.

    Of several that fit equally well, those of the project ``here`` are meant.
    """
    key, rest = _key(text, rituals)
    among = [each for each in rituals if not key or each.project_key.lower() == key]
    lengths = {each.id: _fits(rest, each.name) for each in among}
    longest = max(lengths.values(), default=0)
    if not longest:
        run_together = tuple(each for each in among if _begins(rest, each.name))
        if run_together:
            return Meant(_nearest(run_together, here, is_only=True), _after(rest, 1))
        found = among if key else []
        return Meant(_nearest(found, here, is_only=bool(key)), rest)
    found = [each for each in among if lengths[each.id] == longest]
    whole = [each for each in found if len(_words(each.name)) == longest]
    return Meant(_nearest(whole or found, here, is_only=True), _after(rest, longest))


def alike(text: str, rituals: Sequence[RitualName]) -> tuple[RitualName, ...]:
    """Return those that a mistyped name probably stands for: their first words read alike."""
    firsts = {each.id: next(iter(_words(each.name)), "") for each in rituals}
    meant_word = nearest(next(iter(_words(text)), ""), firsts.values())
    return tuple(each for each in rituals if meant_word and firsts[each.id] == meant_word)


def _nearest(found: Sequence[RitualName], here: UUID | None, *, is_only: bool) -> tuple[RitualName, ...]:
    ours = [each for each in found if here is not None and each.project_id == here]
    return tuple(ours if ours and is_only else found)


def _key(text: str, rituals: Sequence[RitualName]) -> tuple[str, str]:
    first, _, rest = text.strip().partition(" ")
    keys = {each.project_key.lower() for each in rituals if each.project_key}
    return (first.lower(), rest.strip()) if first.lower() in keys else ("", text.strip())


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _fits(text: str, name: str) -> int:
    """Return how many words of the name the text begins with."""
    number = 0
    for said, word in zip(_words(text), _words(name), strict=False):
        if said != word:
            break
        number += 1
    return number


def _begins(text: str, name: str) -> bool:
    """Tell whether the text's first word is how the name begins, its words run together: "standup"."""
    said = next(iter(_words(text)), "")
    return len(said) >= _LEAST and "".join(_words(name)).startswith(said)


def _after(text: str, words: int) -> str:
    """Return what follows so many words."""
    found = list(_WORD.finditer(text))
    if not words:
        return text
    rest = text[found[words - 1].end() :]
    gap = _GAP.match(rest)
    return rest[gap.end() if gap else 0 :].rstrip(" \t–-:,")
