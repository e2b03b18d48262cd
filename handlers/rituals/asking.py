"""Asks which ritual is meant, where a line may mean several or none."""

from collections.abc import Sequence
from datetime import date
from math import ceil

from handlers.answers import Answer, say
from handlers.blocks import actions, button, context, escape, section
from handlers.ids import ActionId
from handlers.projects.views import KEPT_LENGTH
from handlers.rituals import words
from handlers.typed.dates import read_date
from handlers.typed.text import readable
from handlers.views.paging import turning
from models.read_models import RitualName
from models.value import Value

OFFERED = 6
"""Rituals on one page."""

_ALL_OF_US = words.EVERYBODY.capitalize()
_DO = {"show": "see", "run": "run now", "undo": "bring back", "snooze": "put off"}
_NONE_FITS = {"resume": "No ritual is paused.", "undo": "Nothing to come is skipped or put off."}
_BEFORE_TIMES = frozenset({"until", "till", "to", "for", "by", "next", "this", "in", "on", "at", "the"})


class Question(Value):
    """Which ritual something is to be done to: what was typed behind the verb, and which page is shown."""

    verb: str
    typed: str
    page: int = 1
    replaces: bool = False
    """Whether the question stands there already, on another page."""

    def turned_to(self, page: int) -> str:
        """Return it as the button to another page carries it."""
        return f"{self.verb} {page} {self.typed[:KEPT_LENGTH]}".strip()


def fitting(verb: str, found: Sequence[RitualName]) -> Sequence[RitualName]:
    """Return those to which that can be done: what is not paused, nobody resumes."""
    if verb == "resume":
        return [each for each in found if each.is_paused]
    if verb == "undo":
        return [each for each in found if each.has_changed_time]
    return found


def which(asked: Question, found: Sequence[RitualName], rest: str, text: str = "") -> Answer:
    """Ask which ritual is meant, on as many pages as it takes to name them all."""
    if not found:
        return say(_NONE_FITS[asked.verb])
    text = text or _question(asked)
    pages = max(1, ceil(len(found) / OFFERED))
    page = min(asked.page, pages)
    blocks = [
        section(
            f"{each.project_key or _ALL_OF_US} · *{escape(each.name)}*",
            button("This one", ActionId.RITUAL_WHICH, f"{asked.verb} {each.id} {rest}".strip()),
        )
        for each in found[(page - 1) * OFFERED : page * OFFERED]
    ]
    if pages > 1:
        turns = (ActionId.RITUAL_WHICH_BACK, ActionId.RITUAL_WHICH_ON)
        blocks.append(context(f"Page {page} of {pages}, or type its name behind the word."))
        blocks.append(actions(list(turning(page, pages, turns, asked.turned_to))))
    return Answer(text=text, blocks=(section(text), *blocks), replaces=asked.replaces)


def unnamed(asked: Question, today: date) -> str:
    """Return the question, and that nothing is called what was typed; "" where that names a time instead."""
    first, *_ = [*asked.typed.lower().split(), ""]
    is_time = first in _BEFORE_TIMES or not first.isalpha() or read_date(first, today) is not None
    return "" if is_time else f"I know no ritual “{escape(readable(asked.typed))}”. {_question(asked)}"


def _question(asked: Question) -> str:
    return f"Which one do you want to {_DO.get(asked.verb, asked.verb)}?"


def unknown(asked: Question, found: Sequence[RitualName]) -> Answer:
    """Say that no ritual is called so, and offer to show those that may be meant."""
    unknown_one = f"I know no ritual “{escape(readable(asked.typed))}”."
    if not found:
        return say(f"{unknown_one} `/ritual list all` shows what there is.")
    return which(
        asked, found, "", f"{unknown_one} Did you mean {'this' if len(found) == 1 else 'one of these'}?"
    )
