"""How long a risk has been on the register, in the four buckets that reports use."""

from enum import StrEnum


class AgeBucket(StrEnum):
    """A span of days since a risk was raised; the value is how people read it."""

    NEW = "0–30 days"
    MONTH = "31–60 days"
    TWO_MONTHS = "61–90 days"
    OLD = "over 90 days"


_LAST_DAYS = ((30, AgeBucket.NEW), (60, AgeBucket.MONTH), (90, AgeBucket.TWO_MONTHS))


def age_bucket(days: int) -> AgeBucket:
    """Return the bucket of an age in whole days."""
    return next((bucket for last, bucket in _LAST_DAYS if days <= last), AgeBucket.OLD)
