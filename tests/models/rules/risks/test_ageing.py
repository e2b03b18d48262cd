"""How long a risk has been on the register."""

import pytest

from models.rules.risks.ageing import AgeBucket, age_bucket


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (0, AgeBucket.NEW),
        (30, AgeBucket.NEW),
        (31, AgeBucket.MONTH),
        (60, AgeBucket.MONTH),
        (61, AgeBucket.TWO_MONTHS),
        (90, AgeBucket.TWO_MONTHS),
        (91, AgeBucket.OLD),
        (1000, AgeBucket.OLD),
    ],
)
def test_an_age_falls_in_one_bucket(days: int, bucket: AgeBucket) -> None:
    assert age_bucket(days) is bucket
