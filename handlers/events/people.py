"""People: Slack says that somebody's name, zone or standing changed, or that they left."""

from contextlib import suppress

from handlers.asks import Happening
from handlers.forms import reading
from handlers.kit import DirectoryDown, Kit, NobodyThere


def changed(kit: Kit, happening: Happening) -> None:
    """Describe somebody whom we know as Slack does now; everybody else is none of our business.

    A delivery may be old by the time it comes, so where it brings news Slack is asked how things stand.
    Most bring none: they come with each change of somebody's status line.
    """
    with reading():
        told = kit.directory.described(happening.part("user"))
    workspace_id = kit.workspace_id(happening.enterprise_id, happening.team_id)
    if not kit.people.is_news(workspace_id, told):
        return
    with suppress(DirectoryDown, NobodyThere):
        told = kit.directory.profile(told.slack_user_id)
    kit.people.remember(workspace_id, happening.team_id, told, now=kit.clock())
