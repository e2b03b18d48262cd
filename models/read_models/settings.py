"""A person's own settings, as services return them."""

from datetime import date

from models.rules.mornings.paces import Pace
from models.rules.mornings.quiet import QuietHours
from models.rules.rituals.workdays import USUAL, WorkingWeek
from models.value import Value


class PersonalSettings(Value):
    """What a person wishes of the bot; ``timezone`` is Slack's word. ``away_until`` is the last day away."""

    timezone: str
    quiet: QuietHours | None = None
    away_until: date | None = None
    pace: Pace = Pace.STANDARD
    week: WorkingWeek = USUAL
