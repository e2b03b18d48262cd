"""Which greens nobody has explained, though something inside says otherwise, told from a version's row."""

from typing import Any

from models.rules.statuses.inside import Inside


def is_unexplained(row: Any, *, with_restricted: bool) -> bool:  # noqa: ANN401 - a row with those columns.
    """Tell whether a green still wants an answer, as far as the reader may know what speaks against it."""
    return not row.justification and is_flagged(row, with_restricted=with_restricted)


def is_flagged(row: Any, *, with_restricted: bool) -> bool:  # noqa: ANN401 - a row with those columns.
    """Tell whether something inside a green says otherwise, as far as the reader may know of it."""
    return row.inside is Inside.FLAGGED and any(
        each["data"] and (with_restricted or not each["restricted"]) for each in row.findings
    )
