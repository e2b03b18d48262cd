"""What the tests of reports begin with."""

import pytest

from models.database import Database
from models.reports.home import Homes


@pytest.fixture
def homes(database: Database) -> Homes:
    """Return what draws up each person's Home."""
    return Homes(database)
