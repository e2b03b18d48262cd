"""What is asked before, and offered around, a mood: the five buttons, and the question before deleting."""

from handlers.blocks import Element, button, confirmation
from handlers.ids import ActionId
from handlers.moods.words import label
from models.rules.moods.mood import VALUES

PICKS = {value: ActionId(f"mood_pick_{value}") for value in VALUES}
"""Each of the five buttons has a name of its own, as Slack wants it in one row."""
WHAT_DELETING_DOES = "It goes from every list and average, and an alert that rests on it ends."


def five_buttons(project_id: str) -> list[Element]:
    """Return a button for each mood; a press opens the form with that one chosen."""
    return [button(label(value), action, project_id) for value, action in PICKS.items()]


def delete_question() -> Element:
    """Return the question before a reading is deleted in its form, which only its author got to see."""
    return confirmation("Delete this reading?", WHAT_DELETING_DOES, "Delete it")
