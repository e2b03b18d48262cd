"""What people do with a status, and what is kept of it."""

from datetime import timedelta

from models.rules.statuses.rag import Colour
from models.tables import status_versions
from tests.scenarios.records import rows
from tests.scenarios.studio import Studio


def last(company: Studio, who: str, where: str = "acme") -> str:
    return company.sees(who, where)[-1].replace("*", "")


def title(company: Studio, who: str) -> str:
    return str(company.modal(who).view["title"]["text"])


def declared(company: Studio) -> list[Colour]:
    """Return the overall colours of what was written since the story began, oldest first."""
    beginning = company.clock() - timedelta(hours=1)
    found = rows(company.application.database, status_versions)
    new = sorted((row for row in found if row["written_at"] > beginning), key=lambda row: row["written_at"])
    return [row["declared"] for row in new]


def close(company: Studio, who: str) -> None:
    gestures, view = company.served.demo.gestures, company.modal(who)
    company.served.do(gestures.close(company.user(who), view.id))
