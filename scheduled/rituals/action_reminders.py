"""Action reminders: to whoever has to do something, the day before, on its day, and three days after."""

from scheduled.rituals import for_mornings

RITUAL = for_mornings(
    "action_reminders",
    "Action reminders",
    "Reminds whoever owns an action the day before, on its day, and three days after, in their "
    "morning message.",
)
