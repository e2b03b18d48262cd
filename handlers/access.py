"""Who is asking: looked up, remembered, and welcomed or politely refused."""

from datetime import timedelta
from uuid import uuid4

from handlers.asks import Ask
from handlers.kit import DirectoryDown, Kit, NobodyThere
from models.errors import DrumbeatError, Invalid
from models.read_models import Actor, PersonRef
from models.services.people import FALLBACK_ZONE

PROFILE_LIFETIME = timedelta(hours=24)
_NOBODY = "Choose somebody of your own team; Slack doesn't know that person here."


class Unwelcome(DrumbeatError):
    """A guest, a bot, or a person of another team used a command that is for the team itself."""


def identify(kit: Kit, ask: Ask) -> Actor:
    """Return the person who is asking. Raises Unwelcome, DirectoryDown."""
    if ask.home_team_id is not None and ask.home_team_id != ask.team_id:
        raise Unwelcome
    try:
        actor = _fresh(kit, ask, ask.user_id, _found(kit, ask))
    except NobodyThere:
        raise Unwelcome from None
    if not actor.is_full_member:
        raise Unwelcome
    return actor


def whoever(kit: Kit, ask: Ask) -> Actor:
    """Return whoever asks, also a guest or somebody of another team: for what was put to them by name.

    Somebody whom nothing was ever put to is not remembered for it. Raises Unwelcome, DirectoryDown.
    """
    workspace_id = kit.workspace_id(ask.enterprise_id, ask.team_id)
    known = kit.people.find(workspace_id, ask.user_id)
    if known is None:
        unknown = PersonRef(uuid4(), ask.user_id, "")
        return Actor(unknown, workspace_id, FALLBACK_ZONE, is_full_member=False)
    try:
        return _fresh(kit, ask, ask.user_id, known)
    except NobodyThere:
        raise Unwelcome from None


def person(kit: Kit, ask: Ask, slack_user_id: str, field: str = "owner_id") -> PersonRef:
    """Return somebody the asker named in that field, remembering them when they are new.

    Raises DirectoryDown, Invalid.
    """
    known = kit.people.find(kit.workspace_id(ask.enterprise_id, ask.team_id), slack_user_id)
    try:
        return _fresh(kit, ask, slack_user_id, known).person
    except NobodyThere:
        raise Invalid({field: _NOBODY}) from None


def _found(kit: Kit, ask: Ask) -> Actor | None:
    """Return whoever asks as they are remembered, with the project of the channel that they ask in."""
    workspace_id = kit.workspace_id(ask.enterprise_id, ask.team_id)
    if ask.channel_id:
        return kit.people.find_here(workspace_id, ask.user_id, ask.channel_id)
    return kit.people.find(workspace_id, ask.user_id)


def _fresh(kit: Kit, ask: Ask, slack_user_id: str, known: Actor | None) -> Actor:
    """Return somebody as Slack described them within a day. Raises NobodyThere, DirectoryDown."""
    now = kit.clock()
    if (
        known is not None
        and known.profile_checked_at is not None
        and known.profile_checked_at > now - PROFILE_LIFETIME
    ):
        return known
    try:
        profile = kit.directory.profile(slack_user_id)
    except DirectoryDown:
        if known is None:
            raise
        return known
    workspace_id = kit.workspace_id(ask.enterprise_id, ask.team_id)
    return kit.people.remember(workspace_id, ask.team_id, profile, now=now)
