"""The projects' channels: can the bot post there, and may everybody who reads there read what it posts."""

from collections.abc import Generator, Mapping
from dataclasses import field
from datetime import datetime

from bot.doctor.findings import Finding, Severity, Subject, ok, warning
from models.read_models import Profile
from models.services.diagnosis import Installed, ProjectChannel
from models.services.people import People
from models.value import Value
from scheduled.ports import Messenger, NotSent, RateLimited, Refusal, Refused, Unclear
from scheduled.visibility import PEOPLE_ASKED_AT_ONCE, PEOPLE_KNOWN_FOR

NAMED = 3
"""Guests named in one line."""

_TOLD_INSTEAD = "its announcements go to the project's leads instead"
_MOVE = "Give the project an internal channel, or leave it so"
_WITHOUT_GUESTS = "Take the guests out of the channel, or leave it so"
_ASKS_FIRST = "Nothing to do: the bot asks Slack about them before it posts"

REFUSALS: Mapping[Refusal, tuple[Severity, str, str]] = {
    Refusal.NOT_IN_CHANNEL: (
        Severity.PROBLEM,
        "the bot is not in the channel",
        "In the channel: `/invite @Drumbeat`",
    ),
    Refusal.CHANNEL_NOT_FOUND: (
        Severity.PROBLEM,
        "the channel is gone, or private without the bot",
        "In the channel: `/invite @Drumbeat`; if it was deleted, give the project another one",
    ),
    Refusal.ARCHIVED: (
        Severity.WARNING,
        "the channel is archived",
        "Unarchive it in Slack, or give the project another one",
    ),
    Refusal.EXTERNAL: (Severity.WARNING, "another company reads the channel too", _MOVE),
    Refusal.PENDING_EXTERNAL: (Severity.WARNING, "another company was invited to the channel", _MOVE),
    Refusal.GUEST: (Severity.WARNING, "guests read the channel", _WITHOUT_GUESTS),
    Refusal.LOOK_UP_FAILED: (
        Severity.WARNING,
        "the channel could not be looked at",
        "Run this again in a minute",
    ),
}


class ChannelDoctor(Value):
    """Looks at one workspace's channels."""

    messenger: Messenger
    people: People
    team_id: str
    installed: Installed
    now: datetime
    _met: dict[str, Profile] = field(default_factory=dict)

    def examine(self) -> Generator[Finding, None, None]:
        """Yield a line for each channel with trouble, and one for all the others."""
        projects = self.installed.projects
        sound = 0
        for position, project in enumerate(projects):
            try:
                finding = self._look(project)
            except RateLimited:
                left = len(projects) - position
                what = f"Slack asks for patience; channels not looked at: {left}"
                yield warning(Subject.CHANNELS, what, "Run this again in a minute")
                break
            if finding is None:
                sound += 1
            else:
                yield finding
        if not projects:
            yield ok(Subject.CHANNELS, "no project yet; `/risk` in a channel offers to make it one")
        elif sound:
            yield ok(Subject.CHANNELS, f"in order: {sound} of {len(projects)} projects' channels")

    def _look(self, project: ProjectChannel) -> Finding | None:
        """Return what is wrong with the channel. Raises RateLimited."""
        try:
            facts = self.messenger.channel_facts(project.channel_id)
            if facts.refusal is None:
                return self._examine_members(project, facts.member_ids)
            refusal = facts.refusal
        except Refused as refused:
            if refused.refusal is None:
                return _not_seen(project, refused.code)
            refusal = refused.refusal
        except (NotSent, Unclear) as failure:
            return _not_seen(project, str(failure))
        severity, what, mend = REFUSALS[refusal]
        return Finding(Subject.CHANNELS, severity, f"{_name(project)}: {what}; {_TOLD_INSTEAD}", mend)

    def _examine_members(self, project: ProjectChannel, members: frozenset[str]) -> Finding | None:
        fresh_since = self.now - PEOPLE_KNOWN_FOR
        check = self.people.guests_among(
            self.installed.id, members, fresh_since=fresh_since, channel_id=project.channel_id
        )
        asked = [*sorted(check.guests), *sorted(check.unknown)][:PEOPLE_ASKED_AT_ONCE]
        profiles = [self._profile(each) for each in asked]
        marked = self.people.colleagues_in(self.installed.id, project.channel_id)
        outsiders = [each.name for each in profiles if self._is_outsider(each, marked)]
        if outsiders:
            more = f" and {len(outsiders) - NAMED} more" if len(outsiders) > NAMED else ""
            what = f"guests read the channel ({', '.join(outsiders[:NAMED])}{more}); {_TOLD_INSTEAD}"
            return warning(Subject.CHANNELS, f"{_name(project)}: {what}", _WITHOUT_GUESTS)
        unmet = len(check.guests | check.unknown) - len(asked)
        if unmet:
            what = f"whether a guest reads the channel is unknown, for {unmet} of its members are"
            return warning(Subject.CHANNELS, f"{_name(project)}: {what}", _ASKS_FIRST)
        return None

    def _is_outsider(self, profile: Profile, marked: frozenset[str]) -> bool:
        is_guest = profile.is_guest and profile.slack_user_id not in marked
        return is_guest or profile.team_id != self.team_id

    def _profile(self, slack_user_id: str) -> Profile:
        """Ask about each person once, in however many channels they are."""
        if slack_user_id not in self._met:
            self._met[slack_user_id] = self.messenger.profile(slack_user_id)
        return self._met[slack_user_id]


def _name(project: ProjectChannel) -> str:
    return f"{project.key} ({project.channel_id})"


def _not_seen(project: ProjectChannel, why: str) -> Finding:
    what = f"{_name(project)}: the channel could not be looked at ({why}); {_TOLD_INSTEAD}"
    return warning(
        Subject.CHANNELS, what, "See the lines on token and scopes; else run this again in a minute"
    )
