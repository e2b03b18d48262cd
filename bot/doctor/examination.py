"""The whole examination, in the order in which one thing rests on another."""

import sys
from collections.abc import Generator, Iterator
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

from bot.clock import Clock, utc_now
from bot.database_address import UNREADABLE, WRITE_IT_SO, is_sqlite
from bot.doctor.address_check import examine_address, examine_listening
from bot.doctor.channel_check import ChannelDoctor
from bot.doctor.database_check import address_of, examine_database, examine_file, opened
from bot.doctor.database_troubles import troubled
from bot.doctor.findings import Finding, Subject, as_json, is_sound, ok, problem, summary, warning
from bot.doctor.message_check import examine_messages
from bot.doctor.people_check import examine_people
from bot.doctor.settings_check import (
    examine_commands,
    examine_events,
    examine_secret,
    examine_settings,
    examine_templates,
    read_settings,
)
from bot.doctor.slack_check import Introduction, client_of, examine_slack
from bot.doctor.socket_check import examine_socket
from bot.setting_shapes import SLACK
from bot.settings import Settings
from bot.slack.messenger import SlackMessenger
from models.database import Database
from models.errors import DatabaseBusy
from models.services.diagnosis import Diagnosis
from models.services.people import People

ILL = 1
"""The exit code when something must be mended."""

T = TypeVar("T")
Findings = Generator[Finding, None, T]


def doctor(*, in_json: bool) -> int:
    """Print the report line by line, or as JSON at the end; return the exit code."""
    found: list[Finding] = []
    for finding in examine():
        found.append(finding)
        if not in_json:
            _say(str(finding))
    _say(as_json(found) if in_json else f"\n{summary(found)}")
    return 0 if is_sound(found) else ILL


def examine(clock: Clock = utc_now) -> Iterator[Finding]:
    """Look at everything that can be looked at, whatever else is wrong. Raises nothing."""
    settings, wrong = read_settings()
    unusable = {each.name for each in wrong}
    yield from examine_settings(wrong)
    if settings.slack_app_token is None and "SLACK_SIGNING_SECRET" not in unusable:
        yield from examine_secret(settings)
    if "COMMAND_PREFIX" not in unusable:
        yield from examine_commands(settings)
        yield from examine_events(settings)
    if settings.templates_dir is not None:
        yield from guarded(Subject.SETTINGS, examine_templates(settings.templates_dir))
    known = None
    if not unusable & {"SLACK_BOT_TOKEN", "SLACK_API_URL"}:
        known = yield from guarded(Subject.TOKEN, examine_slack(settings, clock))
    is_served: bool | None = False
    if not unusable & {"HOST", "PORT"}:
        is_served = yield from guarded(Subject.LISTENING, examine_listening(settings.host, settings.port))
    if settings.slack_app_token is None:
        if "PUBLIC_URL" not in unusable:
            is_slack = settings.slack_api_url == SLACK
            yield from guarded(Subject.ADDRESS, examine_address(settings.public_url or "", is_slack=is_slack))
    elif not unusable & {"SLACK_APP_TOKEN", "SLACK_API_URL"}:
        app_token = settings.slack_app_token.get_secret_value()
        yield from guarded(Subject.SOCKET, examine_socket(settings, app_token))
    if "DATABASE_URL" not in unusable:
        yield from guarded(Subject.DATABASE, _database(settings, known, clock, is_served=bool(is_served)))


def _database(
    settings: Settings, introduction: Introduction | None, clock: Clock, *, is_served: bool
) -> Findings[None]:
    try:
        url = address_of(settings.database_url.get_secret_value())
    except ValueError:
        yield problem(Subject.DATABASE, UNREADABLE, WRITE_IT_SO)
        return
    if is_sqlite(url) and not (yield from examine_file(url, is_served=is_served)):
        return
    with opened(url) as database:
        if not (yield from examine_database(url, database)):
            return
        yield from guarded(Subject.MESSAGES, examine_messages(Diagnosis(database), clock()))
        if introduction is not None:
            messenger = SlackMessenger(client_of(settings))
            yield from guarded(
                Subject.CHANNELS,
                _channels(database, introduction, messenger, clock, settings.drumbeat_admins),
            )


def _channels(
    database: Database,
    introduction: Introduction,
    messenger: SlackMessenger,
    clock: Clock,
    admins: frozenset[str],
) -> Findings[None]:
    installation = (introduction.enterprise_id, introduction.team_id)
    diagnosis = Diagnosis(database)
    installed = diagnosis.installed(*installation)
    if installed is not None:
        yield from examine_people(diagnosis, installed, admins)
        people = People(database)
        yield from ChannelDoctor(messenger, people, introduction.team_id, installed, clock()).examine()
    elif diagnosis.other_workspaces(*installation):
        yield warning(
            Subject.CHANNELS,
            f"the database knows other workspaces, and not {introduction.team_id}, which the token is of",
            "Right for a new workspace; otherwise DATABASE_URL and SLACK_BOT_TOKEN do not belong together",
        )
    else:
        yield ok(Subject.CHANNELS, "nobody has used Drumbeat here yet; type `/risk` in a project's channel")


def guarded(subject: Subject, findings: Findings[T]) -> Findings[T | None]:
    """Pass the findings on; what breaks a check becomes a finding itself, and the others go on."""
    try:
        return (yield from findings)
    except (DBAPIError, DatabaseBusy) as error:
        yield troubled(subject, "the database", error)
    except Exception as error:  # noqa: BLE001 - The edge: a doctor who collapses helps nobody.
        yield problem(
            subject,
            f"this could not be looked at ({type(error).__name__})",
            "Mend the other lines first; if it stays, it is a mistake in Drumbeat: please report it",
        )
    return None


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
