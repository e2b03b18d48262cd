"""Whose holidays are proposed where a ritual keeps to a zone's clock."""

import pytest

from models.services.rituals.countries import country_in, country_of


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Berlin", "Germany"),
        ("Europe/Copenhagen", "Denmark"),
        ("Europe/London", "United Kingdom"),
        ("America/Los_Angeles", "United States"),
        ("Asia/Calcutta", "India"),
        ("US/Pacific", "United States"),
        ("UTC", ""),
        ("CET", ""),
        ("Etc/GMT+5", ""),
        ("Nowhere/At_All", ""),
    ],
)
def test_a_zone_belongs_to_a_country_or_to_none(zone: str, country: str) -> None:
    assert country_in(zone) == country
    assert not country or country_of(country) is not None
