"""Action reminders: to whoever has to do something, the day before, on its day, and three days after."""

from models.services.actions.mornings import KIND
from scheduled.rituals import for_mornings

RITUAL = for_mornings(
    KIND,
    "Action reminders",
    "Reminds whoever owns an action the day before, on its day, and three days after, in their "
    "morning message.",
)
