"""What a project's success is measured by, and what kind of good it does the client.

Source: delivery organisations set success measures at a start, and name at least one outcome for the
client's own business: less risk, sustainability, revenue or efficiency.
"""

from collections.abc import Mapping
from enum import StrEnum


class Outcome(StrEnum):
    """What the client's business gets out of it."""

    REVENUE = "revenue"
    EFFICIENCY = "efficiency"
    LESS_RISK = "less_risk"
    SUSTAINABILITY = "sustainability"


OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.REVENUE: "more revenue",
    Outcome.EFFICIENCY: "efficiency",
    Outcome.LESS_RISK: "less risk",
    Outcome.SUSTAINABILITY: "people and planet",
}
