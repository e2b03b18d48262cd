"""What people type after ``/project team``, and what it means."""

import pytest

from handlers.projects.team_line import TeamVerb, read_team_line
from models.rules.access import ProjectRole

LEE = "\x02@U01LEE|lee\x03"


@pytest.mark.parametrize(
    ("text", "verb", "role", "is_deputy"),
    [
        ("", TeamVerb.SHOW, None, False),
        ("list", TeamVerb.SHOW, None, False),
        (f"add {LEE} engineering lead", TeamVerb.ADD, ProjectRole.ENGINEERING_LEAD, False),
        (f"add {LEE} as Engineering-Lead deputy", TeamVerb.ADD, ProjectRole.ENGINEERING_LEAD, True),
        (f"add {LEE} as deputy pm", TeamVerb.ADD, ProjectRole.PROJECT_MANAGER, True),
        (f"add {LEE} deputy", TeamVerb.ADD, ProjectRole.PROJECT_MANAGER, True),
        (f"{LEE} PO", TeamVerb.ADD, ProjectRole.PRODUCT_OWNER, False),
        (f"add {LEE}", TeamVerb.ADD, None, False),
        (f"remove {LEE}", TeamVerb.REMOVE, None, False),
        (f"take {LEE} from account manager", TeamVerb.REMOVE, ProjectRole.ACCOUNT_MANAGER, False),
        (f"handover to {LEE}", TeamVerb.HAND_OVER, None, False),
        (f"hand over to {LEE}", TeamVerb.HAND_OVER, None, False),
        (f"colleague {LEE}", TeamVerb.MARK, None, False),
        (f"mark {LEE} as colleague", TeamVerb.MARK, None, False),
        (f"add {LEE} as a colleague", TeamVerb.MARK, None, False),
        (f"colleague remove {LEE}", TeamVerb.UNMARK, None, False),
        (f"remove {LEE} as colleague", TeamVerb.UNMARK, None, False),
        (f"unmark {LEE}", TeamVerb.UNMARK, None, False),
        ("add", TeamVerb.ADD, None, False),
        ("ad somebody", None, None, False),
    ],
)
def test_it_is_read_as_it_is_meant(
    text: str, verb: TeamVerb | None, role: ProjectRole | None, *, is_deputy: bool
) -> None:
    line = read_team_line(text)
    assert line.verb is verb
    assert line.slack_user_id == ("U01LEE" if LEE in text else None)
    if verb in {TeamVerb.ADD, TeamVerb.REMOVE}:
        assert (line.said.role, line.said.is_deputy) == (role, is_deputy)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (f"handover ACME {LEE}", "ACME"),
        (f"hand over acme to {LEE}", "acme"),
        (f"add ACME {LEE} engineering lead", "ACME"),
        (f"remove {LEE} ACME", "ACME"),
        (f"colleague acme {LEE}", "acme"),
        ("show ACME", "ACME"),
        (f"add {LEE} ENGINEERING LEAD", ""),
        (f"add {LEE} enginering lead", ""),
        (f"remove {LEE} as colleague", ""),
    ],
)
def test_a_projects_name_behind_the_verb_is_no_role(text: str, key: str) -> None:
    line = read_team_line(text)
    assert line.key == key
    assert key.lower() not in line.said.words or not key


def test_a_role_that_nobody_knows_keeps_its_words() -> None:
    line = read_team_line(f"add {LEE} enginering lead")
    assert (line.said.role, line.said.words) == (None, "enginering lead")
