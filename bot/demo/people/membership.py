"""What people do with channels and accounts: invite, remove, archive, share, change a zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfoNotFoundError

from bot.demo.people.outcomes import GONE, Outcome
from bot.demo.state.workspace import Workspace
from bot.demo.values import Conversation, ConversationKind, Person
from bot.demo.zones import offset_at
from models.value import Value, replace

_NO_GUESTS = "Guests can't do this."


class Account(Value):
    """What may be changed about a person."""

    timezone: str
    is_guest: bool


class Membership:
    """Changes who is where; what comes of it shows in the channel and reaches the app as events."""

    def __init__(self, workspace: Workspace) -> None:
        """Take the state."""
        self._workspace = workspace

    def invite(self, by: Person, conversation: Conversation, user_id: str) -> Outcome:
        """Take a person or the app into the channel."""
        person = self._workspace.person(user_id)
        refusal = _refusal(by, conversation)
        if person is None or refusal:
            return refusal or GONE
        if person.id in conversation.member_ids:
            return Outcome(ok=False, error=f"{person.real_name} is already in this channel.")
        if person.team_id != self._workspace.team.id and not conversation.is_ext_shared:
            return Outcome(ok=False, error=f"{person.real_name} is from another company; share the channel.")
        self._workspace.directory.join(conversation, person, by)
        self._workspace.report(
            conversation.id, person.id, "channel_join", f"<@{person.id}> has joined the channel", by.id
        )
        return Outcome(ok=True)

    def remove(self, by: Person, conversation: Conversation, user_id: str) -> Outcome:
        """Take a person or the app out of the channel."""
        person = self._workspace.person(user_id)
        refusal = _refusal(by, conversation)
        if refusal:
            return refusal
        if person is None or person.id not in conversation.member_ids:
            return Outcome(ok=False, error="They are not in this channel.")
        if conversation.is_general:
            return Outcome(ok=False, error="Nobody can be removed from #general.")
        self._workspace.report(
            conversation.id, person.id, "channel_leave", f"<@{person.id}> has left the channel"
        )
        self._workspace.directory.leave(conversation, person, by)
        return Outcome(ok=True)

    def archive(self, by: Person, conversation: Conversation) -> Outcome:
        """Close the channel, or open it again."""
        refusal = _refusal(by, replace(conversation, is_archived=False))
        if refusal:
            return refusal
        if conversation.is_general:
            return Outcome(ok=False, error="#general can't be archived.")
        directory = self._workspace.directory
        if conversation.is_archived:
            directory.unarchive(conversation, by)
            self._workspace.report(
                conversation.id, by.id, "channel_unarchive", f"<@{by.id}> un-archived the channel"
            )
        else:
            self._workspace.report(
                conversation.id, by.id, "channel_archive", f"<@{by.id}> archived the channel"
            )
            directory.archive(conversation, by)
        return Outcome(ok=True)

    def share(self, by: Person, conversation: Conversation) -> Outcome:
        """Share the channel with the other company there is, or end that."""
        refusal = _refusal(by, conversation)
        if refusal:
            return refusal
        directory = self._workspace.directory
        other = next(team for team in self._workspace.teams if team != self._workspace.team.id)
        if conversation.is_ext_shared:
            directory.unshare(conversation, other, by)
        else:
            directory.share(conversation, other, by)
        return Outcome(ok=True)

    def change_account(self, user_id: str, account: Account) -> Outcome:
        """Change a person's time zone, and whether they are a guest."""
        person = self._workspace.person(user_id)
        if person is None or person.is_bot:
            return GONE
        try:
            offset = offset_at(account.timezone, datetime.fromtimestamp(self._workspace.clock(), UTC))
        except (ZoneInfoNotFoundError, ValueError):
            return Outcome(ok=False, error=f"There is no time zone {account.timezone}.")
        changed = replace(person, tz=account.timezone, tz_offset=offset, is_guest=account.is_guest)
        self._workspace.directory.change_person(changed)
        return Outcome(ok=True)


def _refusal(by: Person, conversation: Conversation) -> Outcome | None:
    """Return why the person may not change the channel, if so."""
    if conversation.kind is ConversationKind.IM:
        return Outcome(ok=False, error="This works in channels only.")
    if conversation.is_archived:
        return Outcome(ok=False, error="This channel has been archived.")
    if by.is_guest or by.is_ultra_guest:
        return Outcome(ok=False, error=_NO_GUESTS)
    return None
