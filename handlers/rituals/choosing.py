"""Finds which of the rituals that there are a line means: its kind, or a preset of it."""

import re
from collections.abc import Iterator, Sequence

from handlers.answers import Answer, say
from handlers.blocks import actions, button, escape
from handlers.grammar import nearest
from handlers.ids import ActionId
from handlers.rituals.form_timing import NTH
from handlers.rituals.what import ANY, what_of
from handlers.typed.text import readable
from models.rules.rituals.steps import RitualSort
from models.value import Value, replace

_WORD = re.compile(r"\w+")
_SAYS_NOTHING = frozenset({"a", "an", "the", "our", "on", "for", "in", "ritual"})
_RHYTHMS = {"weekly": "w1", "biweekly": "w2", "fortnightly": "w2", "monthly": NTH, "quarterly": "w13"}
"""Words that say how often, as the form has it."""
_LEAST = 2
"""Letters of a word that say enough of it."""


class Choice(Value):
    """A kind of ritual, or a preset of it by its number."""

    sort: RitualSort
    number: int
    often: str = ""
    """How often somebody said that it comes round, as the form has it; "" for as often as usual."""

    @property
    def name(self) -> str:
        """Return how it is offered."""
        presets = self.sort.presets
        return presets[self.number].name if presets else self.sort.name

    def comes(self, often: str) -> bool:
        """Tell whether it usually comes so often."""
        return bool(self.sort.presets) and f"w{self.sort.presets[self.number].interval}" == often

    @property
    def words(self) -> frozenset[str]:
        """Return the words by which it goes, also run together."""
        names = [_words(name) for name in (self.name, self.sort.name, self.sort.kind.replace("_", " "))]
        return frozenset(word for name in names for word in (*name, "".join(name)))


def chosen(text: str, sorts: Sequence[RitualSort]) -> Choice | None:
    """Return what the line names first, or None: all of its words, or else as many as name something.

    A word for how often names something only where no other does: a weekly retro is a retrospective.
    """
    said = [word for word in _words(text) if word not in _SAYS_NOTHING]
    often = next((_RHYTHMS[word] for word in said if word in _RHYTHMS), "")
    nouns = [word for word in said if word not in _RHYTHMS]
    found = _named(nouns, often, sorts) or _named(said, often, sorts)
    return found and replace(found, often=often)


def _named(said: Sequence[str], often: str, sorts: Sequence[RitualSort]) -> Choice | None:
    known = {word for each in _choices(sorts) for word in each.words}
    begun = [said[place:] for place, word in enumerate(said) if not place or word in known]
    for named in (words[:number] for words in begun for number in range(len(words), 0, -1)):
        fitting = [each for each in _choices(sorts) if _fits(named, each)]
        if fitting:
            return max(
                fitting, key=lambda each: (sum(word in each.words for word in named), each.comes(often))
            )
    return None


def unknown(text: str, sorts: Sequence[RitualSort]) -> Answer:
    """Say that there is no such ritual, and offer the one that is probably meant, or all of them."""
    every = list(_choices(sorts))
    by_word = {word: each for each in reversed(every) for word in (*each.words, each.name.lower())}
    meant = next((by_word[near] for word in (text, *_words(text)) if (near := nearest(word, by_word))), None)
    told = f"I know no ritual “{escape(readable(text))}” that could be switched on."
    if meant is not None:
        yes = button(
            f"Yes: {meant.name}", ActionId.RITUAL_NEW, what_of(meant.sort.kind, meant.number), style="primary"
        )
        see_all = button("Show me all", ActionId.RITUAL_NEW, ANY)
        return say(f"{told} Did you mean *{escape(meant.name)}*?", actions([yes]), actions([see_all]))
    names = ", ".join(escape(sort.name.lower()) for sort in sorts)
    return say(
        f"{told} There are: {names}.",
        actions([button("Choose one", ActionId.RITUAL_NEW, ANY, style="primary")]),
    )


def _choices(sorts: Sequence[RitualSort]) -> Iterator[Choice]:
    for sort in sorts:
        for number in range(max(1, len(sort.presets))):
            yield Choice(sort, number)


def _fits(said: Sequence[str], choice: Choice) -> bool:
    """Tell whether each word is one of its words, or how one begins."""
    return all(
        word in choice.words or (len(word) >= _LEAST and any(each.startswith(word) for each in choice.words))
        for word in said
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
