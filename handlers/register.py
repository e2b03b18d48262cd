"""Puts every listener on the Bolt app."""

from slack_bolt import App

from handlers.actions import listeners as actions
from handlers.agendas import listeners as agendas
from handlers.drumbeat import listeners as drumbeat
from handlers.edge.routes import Routes
from handlers.edge.unknown import Unknown
from handlers.events import listeners as events
from handlers.home import listeners as home
from handlers.kit import Kit
from handlers.moods import listeners as moods
from handlers.mornings import listeners as mornings
from handlers.plans import listeners as plans
from handlers.projects import listeners as projects
from handlers.raid import listeners as raid
from handlers.retros import listeners as retros
from handlers.risks import listeners as risks
from handlers.rituals import listeners as rituals
from handlers.statuses import listeners as statuses
from handlers.surveys import listeners as surveys


def register(app: App, kit: Kit) -> None:
    """Register the commands, and each feature's buttons and modals."""
    commands = {
        "risk": risks.command,
        "raid": raid.command,
        "weekly": statuses.command,
        "mood": moods.command,
        "csat": surveys.command,
        "agenda": agendas.command,
        "retro": retros.command,
        "project": projects.command,
        "ritual": rituals.command,
    }
    routes = Routes(kit)
    drumbeat.register(routes, commands)
    risks.register(routes)
    raid.register(routes)
    actions.register(routes)
    home.register(routes)
    moods.register(routes)
    mornings.register(routes)
    agendas.register(routes)
    plans.register(routes)
    statuses.register(routes)
    surveys.register(routes)
    retros.register(routes)
    rituals.register(routes)
    events.register(routes)
    go_on = {
        "": projects.after_project,
        "project": projects.after_project,
        "risk": risks.after_project,
        "raid": raid.after_project,
        "mood": moods.after_project,
        "retro": retros.after_project,
        "weekly": statuses.after_project,
    }
    projects.register(routes, go_on)
    app.use(routes)
    app.use(Unknown(kit))
