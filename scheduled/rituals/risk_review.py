"""Risk review: to whoever owns a risk, when it is to be looked at again; to the lead, while nobody does."""

from models.services.risks.mornings import KIND
from scheduled.rituals import for_mornings

RITUAL = for_mornings(
    KIND,
    "Risk review",
    "Reminds whoever owns a risk when it is to be looked at again, the graver the more often, in "
    "their morning message; and whoever leads a project while a scored risk there is nobody's.",
)
