"""The form of rituals, for scenarios."""

from tests.scenarios.studio import Studio


def field_of(company: Studio, name: str) -> str:
    """Return how the modal's block of that field is called just now."""
    found = (block.get("block_id", "") for block in company.modal("dana").view["blocks"])
    return next(str(block_id) for block_id in found if block_id.partition("~")[0] == name)
