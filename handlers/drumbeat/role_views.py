"""What people see of roles in the organisation."""

from collections.abc import Iterator, Sequence

from handlers.answers import Answer, say
from handlers.blocks import (
    Block,
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
from handlers.ids import ActionId
from handlers.inputs import OWN_TEAM, field, person_select, radio
from models.read_models import OrganisationView, RoleChange, RoleHeld, RoleOutcome
from models.rules.access import OrganisationRole
from models.rules.organisation import ROLE_MEANING, ROLE_WORDS, RoleReason

ROWS = 30
"""People shown with a button each: a message holds fifty blocks."""

_HEADINGS = {
    OrganisationRole.ADMIN: "Admins",
    OrganisationRole.DELIVERY_MANAGER: "Delivery managers",
    OrganisationRole.LEADER: "Leaders",
}
_WHY = {RoleReason.NAMED: "named in `DRUMBEAT_ADMINS`", RoleReason.SLACK: "administers this Slack workspace"}
_NONE = {
    OrganisationRole.ADMIN: "Whoever administers this Slack workspace, once they have used Drumbeat.",
    OrganisationRole.DELIVERY_MANAGER: "Nobody yet: grave risks wait for somebody who may approve them.",
    OrganisationRole.LEADER: "Nobody yet.",
}


def people(view: OrganisationView) -> Answer:
    """Show each role with whoever holds it, and why."""
    return Answer(text="Who has which role", blocks=tuple(_people(view)))


def _people(view: OrganisationView) -> Iterator[Block]:
    shown = view.held[:ROWS]
    for role in OrganisationRole:
        holders = [held for held in shown if held.role is role]
        yield from _group(role, holders, view)
    if len(view.held) > ROWS:
        yield context(f"And {len(view.held) - ROWS} more.")
    if view.may_grant:
        yield actions([button("Give a role", ActionId.ROLE_NEW, style="primary")])
    else:
        yield context("Admins change this, with `/drumbeat role add @jo delivery manager`.")


def _group(role: OrganisationRole, holders: Sequence[RoleHeld], view: OrganisationView) -> Iterator[Block]:
    heading = f"*{_HEADINGS[role]}* · {ROLE_MEANING[role]}"
    unmet = view.unmet_admins if role is OrganisationRole.ADMIN else ()
    fixed = [_line(held) for held in holders if not _may_go(held, view)]
    fixed += [f"<@{slack_user_id}> · {_WHY[RoleReason.NAMED]}, not met yet" for slack_user_id in unmet]
    nobody = [] if holders or unmet else [_NONE[role]]
    yield section("\n".join([heading, *fixed, *nobody]))
    for held in holders:
        if _may_go(held, view):
            yield section(_line(held), _take_away(held))


def _may_go(held: RoleHeld, view: OrganisationView) -> bool:
    return view.may_grant and held.reason is RoleReason.GIVEN


def _line(held: RoleHeld) -> str:
    why = _WHY.get(held.reason) or (f"since {day(held.since.date())}" if held.since else "")
    return f"{escape(held.person.name)} · {why}"


def _take_away(held: RoleHeld) -> Block:
    word = ROLE_WORDS[held.role]
    return button(
        "Remove",
        ActionId.ROLE_TAKE,
        f"{held.role.value}:{held.person.id}",
        confirm=confirmation(
            f"No longer a {word}?" if held.role is not OrganisationRole.ADMIN else "No longer an admin?",
            f"{held.person.name} keeps everything else, and you can give the role again.",
            "Remove",
        ),
    )


def changed(change: RoleChange, *, replaces: bool = False) -> Answer:
    """Say what became of it, with the way back."""
    value = f"{change.role.value}:{change.person.id}"
    back = {
        RoleOutcome.GIVEN: button("Undo", ActionId.ROLE_TAKE, value),
        RoleOutcome.TAKEN: button("Undo", ActionId.ROLE_GIVE, value),
    }.get(change.outcome)
    return say(_sentence(change), *([actions([back])] if back else []), replaces=replaces)


def _sentence(change: RoleChange) -> str:
    name, role = f"*{escape(change.person.name)}*", _a(change.role)
    match change.outcome:
        case RoleOutcome.GIVEN:
            return f"✓ {name} is {role} now: {ROLE_MEANING[change.role]}."
        case RoleOutcome.HAD_ALREADY:
            return f"{name} is {role} already."
        case RoleOutcome.TAKEN:
            return f"✓ {name} is {role} no longer."
        case RoleOutcome.NOT_HELD:
            return f"{name} is not {role}, so there is nothing to take away."
        case RoleOutcome.INNATE:
            return (
                f"{name} was not made {role} here, but by this Slack workspace or by `DRUMBEAT_ADMINS`. "
                "Whoever runs Drumbeat can change that setting."
            )


def _a(role: OrganisationRole) -> str:
    return f"an {ROLE_WORDS[role]}" if role is OrganisationRole.ADMIN else f"a {ROLE_WORDS[role]}"


def give_modal() -> Block:
    """Return the form that gives a role."""
    choices = [
        option(f"{ROLE_WORDS[role].capitalize()}: {ROLE_MEANING[role]}", role.value)
        for role in (OrganisationRole.DELIVERY_MANAGER, OrganisationRole.LEADER, OrganisationRole.ADMIN)
    ]
    return modal(
        CallbackId.ROLE_GIVE,
        "Give a role",
        [
            field("person", "Who", person_select("person", placeholder=OWN_TEAM), optional=False),
            field(
                "role",
                "Role",
                radio("role", choices, chosen=OrganisationRole.DELIVERY_MANAGER.value),
                optional=False,
            ),
            context("It counts in the whole workspace. A project's own roles are given in the project."),
        ],
        submit="Give role",
        metadata="",
    )


def done(change: RoleChange) -> Block:
    """Return what the form says once it is carried out."""
    blocks = [section(_sentence(change)), context("`/drumbeat people` shows everybody with a role.")]
    return {"type": "modal", "title": plain("Done"), "close": plain("Close"), "blocks": blocks}
