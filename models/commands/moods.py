"""What people say of a client's mood."""

from datetime import date

from models.rules.moods.words import MoodSource
from models.rules.risks.words import Visibility
from models.value import Value


class MoodFields(Value):
    """All that a person may say of a client's mood. None and "" mean "not known"; no day means today."""

    value: int
    insight: str = ""
    observed_on: date | None = None
    source: MoodSource | None = None
    client_role: str = ""
    request: str = ""
    opportunity: str = ""
    follow_up: str = ""
    visibility: Visibility = Visibility.TEAM


INSIGHT_LENGTH = 500
"""Characters of the sentence about a mood, and of what was heard along."""

CLIENT_ROLE_LENGTH = 80
"""Characters of who it was at the client."""
