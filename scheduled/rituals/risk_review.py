"""Risk review: to whoever owns a risk, on the day it is to be looked at again, and while nobody does."""

from scheduled.rituals import for_mornings

RITUAL = for_mornings(
    "risk_review",
    "Risk review",
    "Reminds whoever owns a risk when it is to be looked at again, the graver the more often, in "
    "their morning message.",
)
