"""The many ways in which people say a mood: a figure, a face, a word."""

import difflib
import re

from models.rules.moods.mood import MOOD_MARKS, MOOD_WORDS, VALUES
from models.value import Value

_MORE_WORDS = {
    1: ("very unhappy", "furious", "livid", "terrible", "awful"),
    2: ("not happy", "bad", "sad", "annoyed", "disappointed", "dissatisfied", "frustrated", "upset"),
    3: ("so-so", "so so", "ok", "okay", "mixed", "meh", "indifferent"),
    4: ("good", "satisfied", "pleased", "content"),
    5: ("very happy", "great", "excellent", "thrilled", "enthusiastic"),
}
_MORE_FACES = {
    1: (":rage:", "😠", ":angry:"),
    2: (":slightly_frowning_face:", "☹", ":white_frowning_face:", "😞", ":disappointed:"),
    3: (":neutral_face:", "😑", ":expressionless:"),
    4: (":slightly_smiling_face:", "😊", ":blush:"),
    5: (":grinning:", "😃", ":smiley:", "😄", ":smile:"),
}
WORDS = {word.lower(): value for value, word in MOOD_WORDS.items()} | {
    word: value for value, words in _MORE_WORDS.items() for word in words
}
FACES = {face: value for value, face in MOOD_MARKS.items()} | {
    face: value for value, faces in _MORE_FACES.items() for face in faces
}
_VARIATION = "\ufe0f"
_CLOSE_ENOUGH = 0.8
_SHORTEST_SLIP = 4

_FIGURE = re.compile(r"(?P<figure>\d+(?:[.,]\d+)?)(?:\s*/\s*5)?(?=$|[\s:;,.–—-])")
_FACE = re.compile("|".join(re.escape(face) for face in sorted(FACES, key=len, reverse=True)))
_GOES_ON = ("about", "after", "because", "over", "since", "that", "when", "with")
"""What follows a word that says how the client is; before anything else it may say how something else is."""
_WORD = re.compile(
    rf"(?P<word>{'|'.join(re.escape(word) for word in sorted(WORDS, key=len, reverse=True))})"
    rf"(?:$|\s*[:;,.!–—]|\s+-\s|(?P<goes_on>\s+(?:{'|'.join(_GOES_ON)})\b))",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"^[\s:;,.!–—-]+")


class Said(Value):
    """A mood at the beginning of a line, and the sentence after it. None where there is no mood."""

    value: int | None
    sentence: str
    problem: str = ""


def read_value(text: str) -> Said:
    """Take the mood off the line's beginning, where it is sure that it is one.

    A word that the sentence goes on from stays a part of it.
    """
    text = text.replace(_VARIATION, "").strip()
    if (found := _FIGURE.match(text)) is not None:
        return _of_figure(found, text)
    if (found := _FACE.match(text)) is not None:
        return Said(FACES[found[0]], _rest(text, found))
    if (found := _WORD.match(text)) is not None:
        value = WORDS[found["word"].lower()]
        return Said(value, text if found["goes_on"] else _rest(text, found))
    return Said(None, text)


def meant_word(text: str) -> str | None:
    """Return the word that the mistyped first one probably stands for."""
    first = text.split(maxsplit=1)[0].lower().strip(":;,.") if text.split() else ""
    if len(first) < _SHORTEST_SLIP or first in WORDS:
        return None
    found = difflib.get_close_matches(first, WORDS, n=1, cutoff=_CLOSE_ENOUGH)
    return found[0] if found else None


def _of_figure(found: re.Match[str], text: str) -> Said:
    figure = found["figure"]
    if figure.isdigit() and int(figure) in VALUES:
        return Said(int(figure), _rest(text, found))
    problem = f"A mood goes from 1, angry, to 5, delighted, in whole steps; {figure} can't be right."
    return Said(None, text, problem)


def _rest(text: str, found: re.Match[str]) -> str:
    return _SEPARATOR.sub("", text[found.end() :])
