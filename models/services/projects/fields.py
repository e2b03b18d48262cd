"""Checks what people say of a project, and tells what differs; touches no database."""

from collections.abc import Iterator

from models.commands import NAME_LENGTH, NewProject, ProjectProfile
from models.errors import Invalid
from models.read_models import FieldChange, ProjectView
from models.rules.projects.kinds import LINK_LENGTH, ends_before_it_starts, is_link, may_change_key
from models.rules.references import is_key
from models.services.texts import clean, clean_line, is_zone, too_long
from models.value import replace

LINKS = ("board_url", "jira_url", "notes_url")
AUDITED = (
    "name",
    "key",
    "client_name",
    "internal_channel_id",
    "client_channel_id",
    "timezone",
    "kind",
    "delivery_mode",
    "starts_on",
    "planned_end_on",
    *LINKS,
)
"""The fields whose changes the audit trail keeps."""

_KEPT_KEY = (
    "{} stays: risks and such are numbered after it, in messages and in people's notes. "
    "Change the name instead."
)


def checked_new(command: NewProject) -> NewProject:
    """Return a new project's fields as they are kept. Raises Invalid."""
    cleaned = replace(
        command,
        name=clean_line(command.name),
        key=clean_line(command.key).upper(),
        client_name=clean_line(command.client_name),
    )
    _raise(_basics(cleaned))
    return cleaned


def checked_profile(profile: ProjectProfile) -> ProjectProfile:
    """Return the fields as they are kept. Raises Invalid with a sentence for each that can't stand."""
    cleaned = replace(
        profile,
        name=clean_line(profile.name),
        key=clean_line(profile.key).upper(),
        client_name=clean_line(profile.client_name),
        client_channel_id=profile.client_channel_id or None,
        board_url=clean(profile.board_url),
        jira_url=clean(profile.jira_url),
        notes_url=clean(profile.notes_url),
    )
    _raise(_profile_problems(cleaned))
    return cleaned


def require_key(project: ProjectView, key: str) -> None:
    """Raise Invalid where the key is another one and may not change any more."""
    if key != project.key and not may_change_key(project.numbered):
        raise Invalid({"key": _KEPT_KEY.format(project.key)})


def changes(before: ProjectView, after: ProjectProfile) -> tuple[FieldChange, ...]:
    """Return what differs, as the audit trail keeps it."""
    old, new = _plain(profile_of(before)), _plain(after)
    return tuple(FieldChange(name, old[name], new[name]) for name in AUDITED if old[name] != new[name])


def profile_of(project: ProjectView) -> ProjectProfile:
    """Return all that a person may set on the project, as it is."""
    return ProjectProfile(
        name=project.name,
        key=project.key,
        client_name=project.client.name,
        internal_channel_id=project.internal_channel_id,
        timezone=project.timezone,
        client_channel_id=project.client_channel_id,
        kind=project.kind,
        delivery_mode=project.delivery_mode,
        starts_on=project.starts_on,
        planned_end_on=project.planned_end_on,
        board_url=project.links.board,
        jira_url=project.links.jira,
        notes_url=project.links.notes,
    )


def _plain(profile: ProjectProfile) -> dict[str, str | None]:
    values = {name: getattr(profile, name) for name in AUDITED}
    return {name: _as_text(value) for name, value in values.items()}


def _as_text(value: object) -> str | None:
    """Return a value as the audit trail keeps it."""
    return None if value is None or value == "" else str(value)


def _raise(problems: Iterator[tuple[str, str]]) -> None:
    found = dict(problems)
    if found:
        raise Invalid(found)


def _basics(said: NewProject | ProjectProfile) -> Iterator[tuple[str, str]]:
    if not said.name:
        yield "name", "Give the project a name."
    if not said.client_name:
        yield "client_name", "Say which client it is for; your own company will do."
    for field, text in (("name", said.name), ("client_name", said.client_name)):
        for problem in too_long(text, NAME_LENGTH):
            yield field, problem
    if not is_key(said.key):
        yield "key", "Use 2 to 10 letters or digits, with a letter first, such as ACME."
    if not is_zone(said.timezone):
        yield "timezone", "Choose a time zone such as Europe/Berlin."


def _profile_problems(profile: ProjectProfile) -> Iterator[tuple[str, str]]:
    yield from _basics(profile)
    if not profile.internal_channel_id:
        yield "internal_channel_id", "Choose your team's own channel."
    if profile.client_channel_id == profile.internal_channel_id:
        yield "client_channel_id", "That is your team's own channel. Choose the one with the client, or none."
    if ends_before_it_starts(profile.starts_on, profile.planned_end_on):
        yield "planned_end_on", "It can't end before it starts."
    for field in LINKS:
        link = getattr(profile, field)
        if link and not is_link(link):
            yield (
                field,
                f"Paste the whole address, beginning with https:// ({LINK_LENGTH} characters at most).",
            )
