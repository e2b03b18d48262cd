"""What ``--keep`` keeps: what was said and read, and who is what and where, as JSON; and files beside it."""

import json
from collections.abc import Iterator
from dataclasses import asdict, fields
from datetime import UTC, datetime
from pathlib import Path

from bot.demo.state.files import File
from bot.demo.state.workspace import Workspace
from bot.demo.values import Conversation, JsonObject, Message, Person
from bot.demo.zones import offset_at
from models.value import replace

_FORMAT = 1
_FILES = "files"
_ACCOUNT = ("id", "tz", "is_guest")
_PLACE = ("id", "member_ids", "is_ext_shared", "is_archived")
"""What may change about people and conversations; all else is the story's."""
_FIELDS = frozenset(field.name for field in fields(Message))


def save(workspace: Workspace, path: Path) -> None:
    """Write the file, whole or not at all. As in Slack, ephemeral messages and open modals are not kept."""
    kept = [asdict(message) for message in workspace.messages() if message.ephemeral_to is None]
    read = [[*who_and_where, ts] for who_and_where, ts in workspace.read_marks.items()]
    files = [_described(file) for file in workspace.files.all]
    people = [{name: getattr(person, name) for name in _ACCOUNT} for person in workspace.people]
    places = [{name: getattr(each, name) for name in _PLACE} for each in workspace.directory.conversations]
    content = {
        "format": _FORMAT,
        "messages": kept,
        "read": read,
        "files": files,
        "people": people,
        "conversations": places,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    _save_bytes(workspace, path.parent / _FILES)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(path)


def restore(workspace: Workspace, path: Path) -> bool:
    """Take up where the file left off; False when there is none that this version can read."""
    if not path.exists():
        return False
    content: JsonObject = json.loads(path.read_text(encoding="utf-8"))
    if content.get("format") != _FORMAT:
        return False
    people, places = _people(workspace, content), _conversations(workspace, content)
    workspace.directory.restore(people, places)
    messages = [Message(**_known(message)) for message in content["messages"]]
    workspace.restore(messages, {(user, where): ts for user, where, ts in content["read"]})
    workspace.files.restore(_files(content.get("files", []), path.parent / _FILES))
    return True


def _people(workspace: Workspace, content: JsonObject) -> Iterator[Person]:
    """Yield those who are still of the cast, with what was changed about them."""
    now = datetime.fromtimestamp(workspace.clock(), UTC)
    for kept in content.get("people", []):
        person = workspace.person(kept["id"])
        if person is not None:
            yield replace(person, **kept, tz_offset=offset_at(kept["tz"], now))


def _conversations(workspace: Workspace, content: JsonObject) -> Iterator[Conversation]:
    """Yield the conversations that still are, with who was in them."""
    for kept in content.get("conversations", []):
        conversation = workspace.conversation(kept["id"])
        if conversation is not None:
            members = tuple(each for each in kept["member_ids"] if workspace.person(each))
            yield replace(conversation, **{**kept, "member_ids": members})


def _described(file: File) -> JsonObject:
    return {name: value for name, value in asdict(file).items() if name != "content"}


def _save_bytes(workspace: Workspace, folder: Path) -> None:
    """Write the files that are not there yet."""
    for file in workspace.files.all:
        folder.mkdir(exist_ok=True)
        place = folder / file.id
        if not place.exists():
            place.write_bytes(file.content)


def _files(described: list[JsonObject], folder: Path) -> Iterator[File]:
    for each in described:
        place = folder / each["id"]
        if place.exists():
            yield File(**each, content=place.read_bytes())


def _known(message: JsonObject) -> JsonObject:
    return {name: value for name, value in message.items() if name in _FIELDS}
