"""``/project team …``: who does what, typed, clicked and submitted."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from handlers.access import identify, person
from handlers.answers import Answer, ClickAnswer, CommandAnswer, OpenModal, SubmissionAnswer, UpdateModal, say
from handlers.asks import Ask, Click, Submission
from handlers.blocks import escape
from handlers.forms import beside_fields, identifier, metadata, raw_values, reading
from handlers.grammar import nearest
from handlers.kit import Kit
from handlers.origins import origin
from handlers.projects import team_views as views
from handlers.projects.finding import by_key, find
from handlers.projects.lists import elsewhere
from handlers.projects.team_line import TEAM_WORDS, TeamLine, TeamVerb, read_team_line
from handlers.typed.text import readable
from models.errors import Invalid
from models.read_models import Actor, ProjectView, TeamChange
from models.rules.access import Capability, ProjectRole
from models.rules.projects.roles import ROLE_NAMES, ROLE_WORDS, read_project_role
from models.services.projects.changing import require_active
from models.services.standing import leads, require, standing

Change = Callable[[Actor, UUID, UUID], TeamChange]
"""Changes the team of that project for that person."""

_FIELDS = {"person_id": "person"}
_CAPABILITIES = {TeamVerb.MARK: Capability.MARK_COLLEAGUE}


def typed(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    """Show the team, or change it in one line; open the form where the line leaves something out."""
    project, words = find(kit, ask, actor, rest)
    line = read_team_line(words)
    if line.key:
        project = by_key(kit, actor, line.key)
        if project is None:
            return say(
                f"I don't know a project or a role “{escape(readable(line.key))}”, so nothing was changed."
            )
    if project is None:
        return elsewhere(kit, ask, actor, verb="team")
    if line.verb is None:
        return _unknown(line)
    if line.verb is TeamVerb.SHOW:
        return views.team(kit.teams.view(actor, project.id))
    if line.slack_user_id is None or line.verb is TeamVerb.HAND_OVER:
        # Who hands a project over can't take it back, so that is asked once more.
        return _form(actor, project, line.verb, line.slack_user_id or "")
    return _carried_out(kit, ask, actor, project, line)


def shown(kit: Kit, click: Click) -> ClickAnswer:
    """Show the team."""
    return views.team(kit.teams.view(identify(kit, click), identifier(click.value)))


def asked(verb: TeamVerb) -> Callable[[Kit, Click], ClickAnswer]:
    """Return what a button that opens a form does."""

    def open_form(kit: Kit, click: Click) -> ClickAnswer:
        actor = identify(kit, click)
        return _form(actor, kit.projects.get(actor, identifier(click.value)), verb)

    return open_form


def removed(kit: Kit, click: Click) -> ClickAnswer:
    """Take the role that stands beside the button, and show the team as it is now."""
    actor = identify(kit, click)
    project_id, person_id, role = _carried(click.value)
    change = kit.teams.remove(actor, project_id, person_id, role, origin=origin(kit, click), now=kit.clock())
    note = views.sentence(change, ROLE_WORDS[role] if role else "")
    return views.team(kit.teams.view(actor, project_id), note=note, replaces=True)


def unmarked(kit: Kit, click: Click) -> ClickAnswer:
    """Take a guest's mark away, and show the team as it is now."""
    actor = identify(kit, click)
    project_id, person_id, _ = _carried(click.value)
    change = kit.colleagues.unmark(actor, project_id, person_id, origin=origin(kit, click), now=kit.clock())
    return views.team(kit.teams.view(actor, project_id), note=views.sentence(change), replaces=True)


def add_submitted(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Give the role that was chosen."""
    values = raw_values(sent.view)
    role, is_deputy = _chosen_role(values)

    def give(actor: Actor, project_id: UUID, person_id: UUID) -> TeamChange:
        return kit.teams.assign(
            actor,
            project_id,
            person_id,
            role,
            is_deputy=is_deputy,
            origin=origin(kit, sent),
            now=kit.clock(),
        )

    return _submitted(kit, sent, give, _role_words(role, is_deputy=is_deputy))


def hand_over_submitted(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Name the project manager that was chosen."""
    return _submitted(
        kit,
        sent,
        lambda actor, project_id, person_id: kit.teams.hand_over(
            actor, project_id, person_id, origin=origin(kit, sent), now=kit.clock()
        ),
    )


def mark_submitted(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Mark the guest that was chosen."""
    return _submitted(
        kit,
        sent,
        lambda actor, project_id, person_id: kit.colleagues.mark(
            actor, project_id, person_id, origin=origin(kit, sent), now=kit.clock()
        ),
    )


def _submitted(kit: Kit, sent: Submission, change: Change, role: str = "") -> SubmissionAnswer:
    actor = identify(kit, sent)
    project_id, slack_user_id = _filled_in(sent.view)
    try:
        chosen = person(kit, sent, slack_user_id, "person_id")
        return UpdateModal(views.done(change(actor, project_id, chosen.id), role))
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, _FIELDS)


def _form(actor: Actor, project: ProjectView, verb: TeamVerb, chosen: str = "") -> CommandAnswer:
    """Open the form for whoever may use it. Raises NotAllowed, Invalid."""
    capability = _CAPABILITIES.get(verb, Capability.ASSIGN_ROLE)
    require(standing(actor, project), capability, leads(project.roles))
    require_active(project)
    if verb is TeamVerb.ADD:
        return OpenModal(views.add_modal(project))
    if verb is TeamVerb.HAND_OVER:
        return OpenModal(views.hand_over_modal(project, actor, chosen))
    if verb is TeamVerb.MARK:
        return OpenModal(views.mark_modal(project))
    return say("Say who: type @ and choose them from Slack's list.")


def _carried_out(kit: Kit, ask: Ask, actor: Actor, project: ProjectView, line: TeamLine) -> CommandAnswer:
    chosen = person(kit, ask, line.slack_user_id or "", "person_id").id
    came_from, now = origin(kit, ask), kit.clock()
    match line.verb:
        case TeamVerb.MARK:
            return views.changed(kit.colleagues.mark(actor, project.id, chosen, origin=came_from, now=now))
        case TeamVerb.UNMARK:
            return views.changed(kit.colleagues.unmark(actor, project.id, chosen, origin=came_from, now=now))
        case TeamVerb.REMOVE:
            return _remove_typed(kit, ask, actor, project, chosen, line)
        case _:
            return _add_typed(kit, ask, actor, project, chosen, line)


def _add_typed(
    kit: Kit, ask: Ask, actor: Actor, project: ProjectView, chosen: UUID, line: TeamLine
) -> CommandAnswer:
    if line.said.words and line.said.role is None:
        return _unknown_role("add", project, line)
    role = line.said.role or ProjectRole.MEMBER
    change = kit.teams.assign(
        actor,
        project.id,
        chosen,
        role,
        is_deputy=line.said.is_deputy,
        origin=origin(kit, ask),
        now=kit.clock(),
    )
    return views.changed(change, _role_words(role, is_deputy=line.said.is_deputy))


def _remove_typed(
    kit: Kit, ask: Ask, actor: Actor, project: ProjectView, chosen: UUID, line: TeamLine
) -> CommandAnswer:
    if line.said.words and line.said.role is None:
        return _unknown_role("remove", project, line)
    role = line.said.role
    change = kit.teams.remove(actor, project.id, chosen, role, origin=origin(kit, ask), now=kit.clock())
    return views.changed(change, ROLE_WORDS[role] if role else "")


def _role_words(role: ProjectRole, *, is_deputy: bool) -> str:
    return f"deputy {ROLE_WORDS[role]}" if is_deputy else ROLE_WORDS[role]


def _unknown(line: TeamLine) -> Answer:
    meant = nearest(line.word, TEAM_WORDS) or "add"
    usage = f"`/project team {meant} @…`"
    return say(f"I don't know “{escape(readable(line.word))}”. Did you mean {usage}?")


def _unknown_role(verb: str, project: ProjectView, line: TeamLine) -> Answer:
    """Ask which role is meant: each choice carries the line out with one, the likeliest first."""
    meant = nearest(line.said.words, ROLE_NAMES)
    likeliest = read_project_role(meant).role if meant else None
    return views.which_role(verb, project, line, likeliest)


@reading()
def _carried(value: str) -> tuple[UUID, UUID, ProjectRole | None]:
    """Return project, person and role that a button carries. Raises Unreadable."""
    project, person_id, *role = value.split(":")
    return UUID(project), UUID(person_id), ProjectRole(role[0]) if role else None


@reading()
def _filled_in(view: Mapping[str, Any]) -> tuple[UUID, str]:
    """Return which project, and who was chosen. Raises Unreadable."""
    return UUID(metadata(view)["project"]), str(raw_values(view)["person"] or "")


@reading()
def _chosen_role(values: Mapping[str, str | None]) -> tuple[ProjectRole, bool]:
    """Return the role, and whether as a deputy. Raises Unreadable."""
    return ProjectRole(values["role"] or ""), values["way"] == views.DEPUTY
