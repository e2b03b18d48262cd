"""A role in one line, as people type it."""

import pytest

from handlers.drumbeat.roles import read_role_line
from models.rules.access import OrganisationRole

JO = "\x02@U1|jo\x03"


@pytest.mark.parametrize(
    ("text", "gives", "who", "role"),
    [
        (f"add {JO} delivery manager", True, "U1", OrganisationRole.DELIVERY_MANAGER),
        (f"Give {JO} delivery_manager", True, "U1", OrganisationRole.DELIVERY_MANAGER),
        (f"make {JO} an admin", True, "U1", OrganisationRole.ADMIN),
        (f"add delivery lead to {JO}", True, "U1", OrganisationRole.DELIVERY_MANAGER),
        (f"{JO} leader", True, "U1", OrganisationRole.LEADER),
        (f"remove {JO} administrator", False, "U1", OrganisationRole.ADMIN),
        (f"take leader from {JO}", False, "U1", OrganisationRole.LEADER),
        ("add delivery manager", True, None, OrganisationRole.DELIVERY_MANAGER),
        (f"add {JO}", True, "U1", None),
        (f"add {JO} king", True, "U1", None),
    ],
)
def test_a_line_is_read(text: str, who: str | None, role: OrganisationRole | None, *, gives: bool) -> None:
    line = read_role_line(text)
    assert (line.gives, line.slack_user_id, line.role) == (gives, who, role)
