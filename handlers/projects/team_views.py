"""What people see of a project's team: who does what, the forms that change it, and what became of it."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from handlers.answers import Answer, again, say
from handlers.blocks import (
    Block,
    Element,
    actions,
    button,
    confirmation,
    context,
    day,
    escape,
    modal,
    option,
    plain,
    section,
)
from handlers.callback_ids import CallbackId
from handlers.forms import pack
from handlers.ids import ActionId
from handlers.inputs import OWN_TEAM, field, person_select, radio, select
from handlers.projects import words
from handlers.projects.team_line import TeamLine
from handlers.typed.text import TOKEN_END, TOKEN_START, given_back, readable
from models.read_models import (
    Actor,
    MarkedGuest,
    ProjectTeam,
    ProjectView,
    RoleHolder,
    TeamChange,
    TeamOutcome,
)
from models.rules.access import ProjectRole
from models.rules.projects.roles import ROLE_WORDS

ROWS = 30
"""People shown with a button each: a message holds fifty blocks."""

HOLDER, DEPUTY = "holder", "deputy"


def team(found: ProjectTeam, *, note: str = "", replaces: bool = False) -> Answer:
    """Show who does what, with what the reader may do about it."""
    project = found.project
    blocks = [section(note)] if note else []
    blocks.append(section(f"{words.headline(project)}\nWho does what"))
    blocks += list(_people(found)) if found.may_assign else [section(_in_lines(project.roles))]
    blocks += list(_guests(found))
    if buttons := list(_buttons(found)):
        blocks.append(actions(buttons))
    shows = again(ActionId.TEAM_SHOW, project.id)
    text, title = f"{project.key}: who does what", f"{project.key}: team"
    return Answer(text=text, blocks=tuple(blocks), replaces=replaces, title=title, again=shows)


def _sorted(holders: Sequence[RoleHolder]) -> list[RoleHolder]:
    return sorted(holders, key=lambda each: (list(ProjectRole).index(each.role), each.is_deputy))


def _line(holder: RoleHolder) -> str:
    return f"*{escape(holder.person.name)}* · {words.role(holder)}"


def _in_lines(holders: Sequence[RoleHolder]) -> str:
    return "\n".join(_line(holder) for holder in _sorted(holders)) or "Nobody yet."


def _people(found: ProjectTeam) -> Iterator[Block]:
    holders = _sorted(found.project.roles)
    if not holders:
        yield section("Nobody yet.")
    for holder in holders[:ROWS]:
        yield section(_line(holder), _remove(found.project, holder))
    if len(holders) > ROWS:
        yield section(_in_lines(holders[ROWS:]))


def _remove(project: ProjectView, holder: RoleHolder) -> Element:
    question = confirmation(
        f"No longer {words.role(holder)}?",
        f"{holder.person.name} hears no more of {project.key} in that role. You can add them again.",
        "Remove",
    )
    value = f"{project.id}:{holder.person.id}:{holder.role}"
    return button("Remove", ActionId.TEAM_REMOVE, value, confirm=question)


def _guests(found: ProjectTeam) -> Iterator[Block]:
    if not found.guests:
        return
    yield context(
        "Guests who count as colleagues here. They read all that I post in the project's own channel."
    )
    for guest in found.guests:
        marked = f"guest, marked by {escape(guest.marked_by)} {day(guest.marked_at.date())}"
        line = f"*{escape(guest.person.name)}* · {marked}"
        yield section(line, _unmark(found.project, guest) if found.may_mark else None)


def _unmark(project: ProjectView, guest: MarkedGuest) -> Element:
    question = confirmation(
        "No colleague any more?",
        f"While {guest.person.name} reads the channel, what is confidential goes to the leads directly.",
        "Take the mark away",
    )
    value = f"{project.id}:{guest.person.id}"
    return button("Remove", ActionId.TEAM_UNMARK, value, confirm=question)


def _buttons(found: ProjectTeam) -> Iterator[Element]:
    value = str(found.project.id)
    if found.may_assign:
        yield button("Add somebody", ActionId.TEAM_ADD, value, style="primary")
        yield button("Hand over", ActionId.TEAM_HAND_OVER, value)
    if found.may_mark:
        yield button("Mark a guest", ActionId.TEAM_MARK, value)


def add_modal(project: ProjectView) -> Block:
    """Return the form that gives a role."""
    roles = [option(word.capitalize(), role) for role, word in ROLE_WORDS.items()]
    ways = [option("Holds it", HOLDER), option("Deputy: may do the same", DEPUTY)]
    blocks = [
        field("person", "Who", person_select("person", placeholder=OWN_TEAM), optional=False),
        field("role", "Role", select("role", roles, placeholder="Choose one"), optional=False),
        field("way", "How", radio("way", ways, chosen=HOLDER), optional=False),
    ]
    return _modal(CallbackId.TEAM_ADD, f"Add to {project.key}", blocks, "Add", project.id)


def hand_over_modal(project: ProjectView, actor: Actor, chosen: str = "") -> Block:
    """Return the form that names another project manager, or confirms one that was typed."""
    manager = project.project_manager
    now = f"{escape(manager.name)} manages {project.key} now, and stays on the team." if manager else ""
    if manager is not None and manager.id == actor.person.id:
        now = f"You manage {project.key} now, and stay on the team. Taking it back is up to them."
    who = person_select("person", placeholder=OWN_TEAM, chosen=chosen)
    blocks = [
        *([section(now)] if now else []),
        field("person", "Who manages it from now on?", who, optional=False),
    ]
    return _modal(CallbackId.TEAM_HAND_OVER, f"Hand over {project.key}", blocks, "Hand over", project.id)


def mark_modal(project: ProjectView) -> Block:
    """Return the form that marks a guest as a colleague, with what it means."""
    told = (
        f"Because guests read <#{project.internal_channel_id}>, what is confidential goes to the leads "
        "directly. A guest whom you mark as a colleague no longer stands in the way: *they will read risks, "
        "moods and money of this project.*"
    )
    who = person_select("person", placeholder="Choose a guest")
    blocks = [section(told), field("person", "Which guest?", who, optional=False)]
    return _modal(CallbackId.TEAM_MARK, "Mark a guest", blocks, "Mark as colleague", project.id)


def _modal(callback: CallbackId, title: str, blocks: Sequence[Block], submit: str, project_id: UUID) -> Block:
    return modal(callback, title, blocks, submit=submit, metadata=pack({"project": str(project_id)}))


def which_role(verb: str, project: ProjectView, line: TeamLine, likeliest: ProjectRole | None) -> Answer:
    """Ask which role a line means; each choice carries the line out with one, the likeliest first."""
    deputy = "deputy " if line.said.is_deputy and verb == "add" else ""
    carried = f"team {project.key} {verb} {TOKEN_START}@{line.slack_user_id}{TOKEN_END} {deputy}"
    in_order = sorted(ROLE_WORDS, key=lambda role: role is not likeliest)
    choices = [
        option(f"{deputy}{ROLE_WORDS[role]}".capitalize(), carried + ROLE_WORDS[role]) for role in in_order
    ]
    chosen = select(ActionId.PROJECT_MEANT, choices, placeholder="Choose a role")
    there_are = ", ".join(f"`{ROLE_WORDS[role]}`" for role in in_order)
    said = escape(readable(line.said.words))
    typed = given_back(f"team {line.text}")
    text = f"I don't know the role “{said}”, so nothing was changed. There are {there_are}."
    return say(f"{text}{typed}", section("*Which one is meant?*", chosen))


def changed(change: TeamChange, role: str = "") -> Answer:
    """Say what became of it, with the way back where there is one."""
    back = _back(change)
    return say(sentence(change, role), *([actions([back])] if back else []))


def done(change: TeamChange, role: str = "") -> Block:
    """Return what a form says once it is done."""
    return {
        "type": "modal",
        "title": plain("Done"),
        "close": plain("Close"),
        "blocks": [section(sentence(change, role))],
    }


def _back(change: TeamChange) -> Element | None:
    if change.outcome is not TeamOutcome.MARKED:
        return button("Show the team", ActionId.TEAM_SHOW, str(change.project.id))
    return button("Undo", ActionId.TEAM_UNMARK, f"{change.project.id}:{change.person.id}")


def sentence(change: TeamChange, role: str = "") -> str:
    """Return what became of it, in one sentence."""
    return _SENTENCES[change.outcome, bool(role)].format(
        name=f"*{escape(change.person.name)}*",
        key=change.project.key,
        role=role,
        channel=f"<#{change.project.internal_channel_id}>",
    )


_ALWAYS = {
    TeamOutcome.GIVEN: "✓ {name} is on {key} now as {role}.",
    TeamOutcome.HANDED_OVER: "✓ {name} manages {key} now.",
    TeamOutcome.MARKED: "✓ {name} counts as a colleague on {key}, and reads all that I post in {channel}.",
    TeamOutcome.UNMARKED: (
        "✓ {name} counts as a guest on {key} again: what is confidential goes to the leads directly."
    ),
    TeamOutcome.HAD_ALREADY: "{name} had that already, so nothing changed.",
    TeamOutcome.NOT_HELD: "{name} didn't have that on {key}, so there is nothing to take away.",
    TeamOutcome.DONE_BEFORE: "✓ Done.",
}
_SENTENCES = {
    (outcome, has_role): text for outcome, text in _ALWAYS.items() for has_role in (True, False)
} | {
    (TeamOutcome.TAKEN, True): "✓ {name} is no longer {role} of {key}.",
    (TeamOutcome.TAKEN, False): "✓ {name} is off {key} now.",
}
"""By what became of it, and whether a role was named."""
