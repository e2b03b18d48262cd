"""What ``--keep`` keeps of the workspace: what was said and read, as JSON in a file, and files beside it."""

import json
from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path

from bot.demo.state.files import File
from bot.demo.state.workspace import Workspace
from bot.demo.values import JsonObject, Message

_FORMAT = 1
_FILES = "files"
_FIELDS = frozenset(field.name for field in fields(Message))


def save(workspace: Workspace, path: Path) -> None:
    """Write the file, whole or not at all. As in Slack, ephemeral messages and open modals are not kept."""
    kept = [asdict(message) for message in workspace.messages() if message.ephemeral_to is None]
    read = [[*who_and_where, ts] for who_and_where, ts in workspace.read_marks.items()]
    files = [_described(file) for file in workspace.files.all]
    content = {"format": _FORMAT, "messages": kept, "read": read, "files": files}
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
    messages = [Message(**_known(message)) for message in content["messages"]]
    workspace.restore(messages, {(user, where): ts for user, where, ts in content["read"]})
    workspace.files.restore(_files(content.get("files", []), path.parent / _FILES))
    return True


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
