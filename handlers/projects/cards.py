"""A project at a glance, and its history."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from handlers.answers import Answer, again
from handlers.blocks import (
    Element,
    actions,
    button,
    context,
    escape,
    moment,
    option,
    overflow,
    section,
)
from handlers.home.words import client, standing
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.origins import today as today_of
from handlers.plans import glance
from handlers.projects import health_checks, words
from handlers.surveys.words import in_a_line
from models.read_models import Actor, ProjectCard, ProjectHistory, ProjectView
from models.read_models.home import ProjectStanding
from models.rules.access import LEADING_ROLES

HISTORY_SHOWN = 15


def card(
    found: ProjectCard,
    today: date,
    stands: ProjectStanding | None = None,
    *,
    note: str = "",
    replaces: bool = False,
) -> Answer:
    """Show the project and how it stands, if given; ``note`` says what just became of it."""
    project = found.project
    blocks = [section(note)] if note else []
    blocks.append(section("\n".join(_facts(found, today, stands))))
    blocks.append(actions(list(_buttons(found, today))))
    shows = again(ActionId.PROJECT_SHOW, project.id)
    text = f"{project.key} at a glance"
    return Answer(text=text, blocks=tuple(blocks), replaces=replaces, title=project.key, again=shows)


def _facts(found: ProjectCard, today: date, stands: ProjectStanding | None) -> Iterator[str]:
    project = found.project
    yield words.headline(project)
    if project.is_archived:
        yield f"🗄️ Archived: {escape(project.archiving_reason)}" if project.archiving_reason else "🗄️ Archived"
    elif stands is not None:
        yield f"{standing(stands)} · {client(stands)}"
    facts = (glance.stay(found.stay, today), words.nature(project), words.dates(project, today))
    yield " · ".join(filter(None, facts))
    leads = [holder for holder in project.roles if holder.role in LEADING_ROLES]
    yield words.team(leads) or "*Nobody manages it.*"
    yield " · ".join(filter(None, [words.channels(project), words.links(project.links)]))
    yield f"Open risks: {words.open_risks(found.per_band)}"
    if told := in_a_line(found.satisfaction, found.latest_answer, today):
        yield f"Client satisfaction: {told}"
    yield from filter(None, (glance.plan(found, today), glance.parts(found)))
    if check := health_checks.told(found, today):
        yield check
    if told := glance.success(found.measures, is_over=project.is_archived):
        yield told


def _buttons(found: ProjectCard, today: date) -> Iterator[Element]:
    value, may = str(found.project.id), found.permissions
    if found.project.is_archived:
        if may.may_archive:
            yield button("Reopen", ActionId.PROJECT_REOPEN, value)
        yield button("History", ActionId.PROJECT_HISTORY, value)
        return
    if may.may_edit:
        yield button("Edit", ActionId.PROJECT_EDIT, value)
    if may.may_edit and health_checks.check_of(found, today):
        yield button("Health check …", ActionId.HEALTH_CHECK, value)
    yield button("Team", ActionId.TEAM_SHOW, value)
    yield button("Milestones", ActionId.PLAN_SHOW, f"milestones:show:{value}")
    yield button("Risks", ActionId.RISK_LIST, f'{{"project":"{value}"}}')
    steps = [
        option("Phase", f"phase:{value}"),
        option("Success measures", f"measures:{value}"),
        option("Deliverables", f"deliverables:{value}"),
        option("History", f"history:{value}"),
    ]
    if may.may_archive:
        steps.append(option("Archive …", f"archive:{value}"))
    yield overflow(ActionId.PROJECT_NEXT, steps)


def shown(kit: Kit, actor: Actor, project_id: UUID, *, note: str = "", replaces: bool = False) -> Answer:
    """Show the project as it is now; see ``card``. Raises NotFound, NotAllowed."""
    found = kit.profiles.card(actor, project_id)
    stands = kit.standings.of(actor, [project_id], now=kit.clock())
    return card(found, today_of(kit, actor), stands.get(project_id), note=note, replaces=replaces)


def history(found: ProjectHistory) -> Answer:
    """Show what was done to the project, newest first."""
    shown = found.entries[:HISTORY_SHOWN]
    lines = [f"{moment(entry.at)} {words.happened(entry)}" for entry in shown]
    earlier = len(found.entries) - len(shown)
    if earlier:
        lines.append(f"… and {earlier} earlier")
    first = section(f"{words.headline(found.project)}\nWhat was changed, newest first")
    return Answer(text=f"{found.project.key}: history", blocks=(first, context("\n".join(lines))))


def archived(project: ProjectView, *, replaces: bool = False) -> Answer:
    """Say that a project is archived now, with the way back."""
    text = (
        f"✓ *{project.key} is archived.* It is off every list and takes no new risks; "
        "all that was kept about it stays."
    )
    back = actions([button("Reopen", ActionId.PROJECT_REOPEN, str(project.id))])
    return Answer(text=f"{project.key} is archived", blocks=(section(text), back), replaces=replaces)
