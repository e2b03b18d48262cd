"""How likely times how bad: a risk's score and the band it falls in.

Source: PRINCE2 practice; the band limits and review cadences are our defaults.
"""

from enum import StrEnum
from functools import cache

from models.value import Value

LEVELS = range(1, 6)
"""Probability and impact are whole numbers from 1 to 5."""

PROBABILITY_WORDS = {1: "Rare", 2: "Unlikely", 3: "Possible", 4: "Likely", 5: "Almost certain"}
IMPACT_WORDS = {1: "Negligible", 2: "Minor", 3: "Noticeable", 4: "Major", 5: "Severe"}


class SeverityBand(StrEnum):
    """How serious a score is, from least to most."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """Position from 0 (low) to 3 (critical), for comparing bands."""
        return _RANKS[self]

    @property
    def word(self) -> str:
        """The band as people read it, such as "High"."""
        return self.value.capitalize()


_RANKS = {band: place for place, band in enumerate(SeverityBand)}


class BandPolicy(Value):
    """One row of the policy: the lowest score of a band and how often its risks are reviewed."""

    band: SeverityBand
    lowest_score: int
    review_days: int


BAND_POLICY = (
    BandPolicy(SeverityBand.CRITICAL, 15, 7),
    BandPolicy(SeverityBand.HIGH, 8, 14),
    BandPolicy(SeverityBand.MODERATE, 4, 30),
    BandPolicy(SeverityBand.LOW, 1, 60),
)
REVIEW_DAYS = {policy.band: policy.review_days for policy in BAND_POLICY}

WORST_IMPACT = 5
WORST_IMPACT_BAND = SeverityBand.HIGH
"""The worst impact is at least this band, however unlikely."""

GRAVE_FROM = SeverityBand.HIGH
"""A risk of this band or above is accepted only with a delivery manager."""

ANNOUNCED_FROM = SeverityBand.MODERATE
"""A risk of this band or above is announced in the project's channel."""


def score(probability: int, impact: int) -> int:
    """Return probability × impact, 1 to 25. Raises ValueError outside 1 to 5."""
    if probability not in LEVELS or impact not in LEVELS:
        msg = f"probability and impact are 1 to 5, not {probability} and {impact}"
        raise ValueError(msg)
    return probability * impact


@cache
def band(probability: int, impact: int) -> SeverityBand:
    """Return the severity band. Raises ValueError outside 1 to 5."""
    points = score(probability, impact)
    by_score = next(policy.band for policy in BAND_POLICY if points >= policy.lowest_score)
    if impact == WORST_IMPACT and by_score.rank < WORST_IMPACT_BAND.rank:
        return WORST_IMPACT_BAND
    return by_score
