"""Roles in the organisation: ``/drumbeat people``, ``/drumbeat role …``, their buttons and their form."""

import re
from uuid import UUID

from handlers.access import identify, person
from handlers.answers import Answer, ClickAnswer, CommandAnswer, OpenModal, SubmissionAnswer, UpdateModal, say
from handlers.asks import Ask, Click, Submission
from handlers.blocks import escape
from handlers.callback_ids import CallbackId
from handlers.drumbeat import role_views as views
from handlers.edge.routes import Routes
from handlers.forms import beside_fields, raw_values, reading
from handlers.grammar import nearest
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.origins import origin
from handlers.typed.text import PERSON, readable
from models.errors import Invalid
from models.read_models import Actor
from models.rules.access import Capability, OrganisationRole, may
from models.rules.organisation import ROLE_NAMES, read_role
from models.services.standing import require, standing
from models.value import Value

_GIVE = frozenset({"add", "give", "grant", "make", "set"})
_TAKE = frozenset({"remove", "take", "revoke", "delete", "drop"})
_PERSON = re.compile(PERSON)


class RoleLine(Value):
    """What was typed after ``role``; None and "" where it is not said."""

    gives: bool
    slack_user_id: str | None
    role: OrganisationRole | None
    said: str
    """The words that should have named the role."""


def read_role_line(text: str) -> RoleLine:
    """Read ``add @jo delivery manager``, in any order that people may choose."""
    found = _PERSON.search(text)
    words = _PERSON.sub(" ", text).split()
    takes = bool(words) and words[0].lower() in _TAKE
    if words and words[0].lower() in _GIVE | _TAKE:
        words = words[1:]
    said = " ".join(word for word in words if word.lower() not in {"to", "from"})
    return RoleLine(
        gives=not takes, slack_user_id=found["id"] if found else None, role=read_role(said), said=said
    )


def register(routes: Routes) -> None:
    """Register the buttons and the form; the verbs belong to ``/drumbeat``."""
    routes.clicks({ActionId.ROLE_NEW: _new, ActionId.ROLE_GIVE: _give, ActionId.ROLE_TAKE: _take})
    routes.submissions({CallbackId.ROLE_GIVE: _submitted})


def people(kit: Kit, ask: Ask, _rest: str) -> CommandAnswer:
    """Show who holds which role, and why."""
    return views.people(kit.organisation.view(identify(kit, ask)))


def typed(kit: Kit, ask: Ask, rest: str) -> CommandAnswer:
    """Give or take a role in one line; open the form where nothing is said."""
    actor = identify(kit, ask)
    _require_admin(kit, actor)
    if not rest.strip():
        return OpenModal(views.give_modal())
    line = read_role_line(rest)
    if line.role is None:
        return _unknown_role(line)
    if line.slack_user_id is None:
        return say(
            "Say who: type @ and choose them from Slack's list, as in "
            "`/drumbeat role add @jo delivery manager`."
        )
    chosen = person(kit, ask, line.slack_user_id, "person_id")
    change = kit.organisation.grant if line.gives else kit.organisation.revoke
    return views.changed(change(actor, chosen.id, line.role, origin=origin(kit, ask), now=kit.clock()))


def _require_admin(kit: Kit, actor: Actor) -> None:
    """Raise NotAllowed, naming the admins, before a form opens for nothing."""
    if not may(standing(actor), Capability.GRANT_ROLE):
        require(standing(actor), Capability.GRANT_ROLE, kit.organisation.admins(actor.workspace_id))


def _unknown_role(line: RoleLine) -> Answer:
    verb = "add" if line.gives else "remove"
    meant = nearest(line.said, ROLE_NAMES) if line.said else None
    if meant is not None:
        return say(f"Did you mean `/drumbeat role {verb} @… {meant}`?")
    wrong = f"I don't know the role “{escape(readable(line.said))}”." if line.said else "Say which role."
    return say(f"{wrong} There are `delivery manager`, `leader` and `admin`.")


def _new(kit: Kit, click: Click) -> ClickAnswer:
    _require_admin(kit, identify(kit, click))
    return OpenModal(views.give_modal())


def _give(kit: Kit, click: Click) -> ClickAnswer:
    actor, (role, person_id) = identify(kit, click), _carried(click.value)
    return views.changed(
        kit.organisation.grant(actor, person_id, role, origin=origin(kit, click), now=kit.clock()),
        replaces=True,
    )


def _take(kit: Kit, click: Click) -> ClickAnswer:
    actor, (role, person_id) = identify(kit, click), _carried(click.value)
    return views.changed(
        kit.organisation.revoke(actor, person_id, role, origin=origin(kit, click), now=kit.clock()),
        replaces=True,
    )


@reading()
def _carried(value: str) -> tuple[OrganisationRole, UUID]:
    """Return what a button carries. Raises Unreadable."""
    role, _, person_id = value.partition(":")
    return OrganisationRole(role), UUID(person_id)


def _submitted(kit: Kit, sent: Submission) -> SubmissionAnswer:
    actor = identify(kit, sent)
    slack_user_id, role = _filled_in(sent)
    try:
        chosen = person(kit, sent, slack_user_id, "person_id")
        change = kit.organisation.grant(actor, chosen.id, role, origin=origin(kit, sent), now=kit.clock())
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, {"person_id": "person"})
    return UpdateModal(views.done(change))


@reading()
def _filled_in(sent: Submission) -> tuple[str, OrganisationRole]:
    """Return who is to have which role. Raises Unreadable."""
    values = raw_values(sent.view)
    return str(values["person"] or ""), OrganisationRole(values["role"] or "")
