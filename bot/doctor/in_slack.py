"""The doctor inside the running bot, for whoever asks in Slack: what can be looked at in three seconds."""

import re
from collections.abc import Generator, Iterator
from uuid import UUID

from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import DBAPIError

from bot.clock import Clock, utc_now
from bot.database_address import UNUSABLE
from bot.doctor.channel_check import REFUSALS
from bot.doctor.database_check import MAY_WRITE
from bot.doctor.examination import guarded
from bot.doctor.findings import Finding, Severity, Subject, ok, problem, warning
from bot.doctor.message_check import examine_messages
from bot.doctor.people_check import examine_people
from bot.doctor.settings_check import examine_settings
from bot.doctor.slack_check import code_of, examine_slack
from bot.settings import Settings
from bot.slack.client import SlackClient
from bot.slack.directory import OwnChannel, own_channels
from handlers.kit import Gravity, Symptom
from models.database import Database
from models.errors import DatabaseBusy
from models.migrations import SchemaState
from models.services.diagnosis import Diagnosis, Installed, ProjectChannel
from scheduled.ports import Refusal

_GRAVITY = {Severity.OK: Gravity.WELL, Severity.WARNING: Gravity.WARNING, Severity.PROBLEM: Gravity.PROBLEM}
_CHANNEL = re.compile(r"\b(in|for) ([CG][A-Z0-9]{6,})\b")
_PERSON = re.compile(r"\b(in|for) ([UW][A-Z0-9]{6,})\b")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class DoctorInSlack:
    """Examines one workspace; what the command line's doctor looks at longer is left to that."""

    def __init__(self, settings: Settings, database: Database, client: SlackClient, clock: Clock) -> None:
        """Take what the bot runs with, and a client with a short deadline."""
        self._settings = settings
        self._diagnosis = Diagnosis(database)
        self._client = client
        self._clock = clock

    def examine(self, workspace_id: UUID) -> tuple[Symptom, ...]:
        """Return what was found, gravest first. Raises nothing."""
        found = sorted(self._findings(workspace_id), key=lambda each: _ORDER.index(each.severity))
        return tuple(
            Symptom(_GRAVITY[each.severity], in_slack(each.what), in_slack(each.mend)) for each in found
        )

    def _findings(self, workspace_id: UUID) -> Iterator[Finding]:
        yield from examine_settings(())
        # Signatures go by the machine's own clock, whatever day it is in the demo.
        yield from guarded(Subject.TOKEN, examine_slack(self._settings, utc_now))
        yield from guarded(Subject.SCHEMA, self._schema())
        try:
            installed = self._diagnosis.workspace(workspace_id)
        except (DBAPIError, DatabaseBusy) as error:
            yield problem(
                Subject.DATABASE,
                f"the database does not answer ({type(error).__name__})",
                "Ask whoever runs it",
            )
            return
        people = examine_people(self._diagnosis, installed, self._settings.drumbeat_admins)
        yield from guarded(Subject.PEOPLE, people)
        yield from guarded(Subject.CHANNELS, self._channels(installed))
        messages = examine_messages(self._diagnosis, self._clock(), workspace_id)
        yield from guarded(Subject.MESSAGES, messages)

    def _schema(self) -> Generator[Finding, None, None]:
        state = self._diagnosis.schema()
        if not self._diagnosis.may_write():
            yield problem(Subject.DATABASE, "the database may only be read", MAY_WRITE)
        elif state is SchemaState.CURRENT:
            yield ok(
                Subject.SCHEMA,
                "the database can be written, and its tables are those that are needed",
            )
        elif state in UNUSABLE:
            yield problem(Subject.SCHEMA, *UNUSABLE[state])
        else:
            yield problem(
                Subject.SCHEMA, "the tables are not those that this version needs", "Run `drumbeat migrate`"
            )

    def _channels(self, installed: Installed) -> Generator[Finding, None, None]:
        if not installed.projects:
            yield ok(Subject.CHANNELS, "no project yet; `/risk` in a channel offers to make it one")
            return
        try:
            mine = own_channels(self._client)
        except SlackApiError as error:
            why = code_of(error)
            yield warning(
                Subject.CHANNELS, f"the channels could not be looked at ({why})", "See the line on scopes"
            )
            return
        sound = 0
        for project in installed.projects:
            refusal = _refusal(mine.get(project.channel_id))
            if refusal is None:
                sound += 1
            else:
                yield _finding(project, refusal)
        if sound:
            yield ok(Subject.CHANNELS, f"I am in {sound} of {len(installed.projects)} projects' channels")


_ORDER = [Severity.PROBLEM, Severity.WARNING, Severity.OK]


def _refusal(channel: OwnChannel | None) -> Refusal | None:
    if channel is None:
        return Refusal.NOT_IN_CHANNEL
    if channel.is_archived:
        return Refusal.ARCHIVED
    return Refusal.EXTERNAL if channel.is_shared else None


def _finding(project: ProjectChannel, refusal: Refusal) -> Finding:
    severity, what, mend = REFUSALS[refusal]
    return Finding(Subject.CHANNELS, severity, f"{project.key} in {project.channel_id}: {what}", mend)


def in_slack(text: str) -> str:
    """Return a finding as Slack shows it: nothing in it is markup but links to the channels and people."""
    safe = text.translate(_ENTITIES)
    return _PERSON.sub(r"\1 <@\2>", _CHANNEL.sub(r"\1 <#\2>", safe))
