"""Puts every listener on the Bolt app."""

from slack_bolt import App

from handlers.actions import listeners as actions
from handlers.drumbeat import listeners as drumbeat
from handlers.drumbeat import roles, settings
from handlers.events import listeners as events
from handlers.home import listeners as home
from handlers.kit import Kit
from handlers.moods import listeners as moods
from handlers.plans import listeners as plans
from handlers.projects import listeners as projects
from handlers.raid import listeners as raid
from handlers.risks import listeners as risks
from handlers.statuses import listeners as statuses
from handlers.unknown import Unknown


def register(app: App, kit: Kit) -> None:
    """Register the commands, and each feature's buttons and modals."""
    commands = {
        "risk": risks.command,
        "raid": raid.command,
        "weekly": statuses.command,
        "mood": moods.command,
        "project": projects.command,
    }
    drumbeat.register(app, kit, commands)
    app.use(Unknown(kit))
    roles.register(app, kit)
    settings.register(app, kit)
    risks.register(app, kit)
    raid.register(app, kit)
    actions.register(app, kit)
    home.register(app, kit)
    moods.register(app, kit)
    plans.register(app, kit)
    statuses.register(app, kit)
    events.register(app, kit)
    go_on = {
        "": projects.after_project,
        "project": projects.after_project,
        "risk": risks.after_project,
        "raid": raid.after_project,
        "mood": moods.after_project,
        "weekly": statuses.after_project,
    }
    projects.register(app, kit, go_on)
