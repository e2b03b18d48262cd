"""Files: announced, then sent, then shared; until that is done nobody sees anything of them."""

import secrets
from collections.abc import Callable, Iterable
from mimetypes import guess_type

from bot.demo.errors import Code, SlackError
from models.value import Value, replace

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif"})
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_SIZE = slice(16, 24)


class File(Value, kw_only=True):
    """A file with its bytes; ``created`` is in seconds since 1970."""

    id: str
    name: str
    title: str
    alt_text: str
    user_id: str
    created: int
    content: bytes

    @property
    def mimetype(self) -> str:
        """Return the kind of its content, by its name."""
        return guess_type(self.name)[0] or "application/octet-stream"

    @property
    def is_picture(self) -> bool:
        """Tell whether a browser may show it."""
        return self.mimetype in PICTURES

    @property
    def pixels(self) -> tuple[int, int] | None:
        """Return width and height where the content says so at its beginning, as PNG does."""
        if not self.content.startswith(_PNG):
            return None
        size = self.content[_PNG_SIZE]
        return int.from_bytes(size[:4]), int.from_bytes(size[4:])


class _Announced(Value):
    file: File
    length: int


class Files:
    """All files of the workspace, and those that are still on their way."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Take the clock, in seconds since 1970."""
        self._clock = clock
        self._announced: dict[str, _Announced] = {}
        self._shared: dict[str, File] = {}

    def announce(self, name: str, length: int, alt_text: str, user_id: str) -> tuple[str, str]:
        """Expect so many bytes; return the new file's id, and the secret under which they are to come."""
        file_id = "F" + secrets.token_hex(5).upper()
        file = File(
            id=file_id,
            name=name,
            title=name,
            alt_text=alt_text,
            user_id=user_id,
            created=int(self._clock()),
            content=b"",
        )
        ticket = secrets.token_urlsafe(24)
        self._announced[ticket] = _Announced(file, length)
        return file_id, ticket

    def receive(self, ticket: str, content: bytes) -> bool:
        """Take the bytes, which may come again; False where they are not those that were announced."""
        announced = self._announced.get(ticket)
        if announced is None or len(content) != announced.length:
            return False
        self._announced[ticket] = replace(announced, file=replace(announced.file, content=content))
        return True

    def arrived(self, file_id: str) -> File:
        """Find a file of which all has come and which is not shared yet; raises SlackError."""
        waiting = (each.file for each in self._announced.values() if each.file.id == file_id)
        found = next(waiting, None)
        if found is None or not found.content:
            raise SlackError(Code.FILE_NOT_FOUND, [file_id])
        return found

    def share(self, file: File) -> None:
        """Put the file where it can be seen; its address takes nothing any more."""
        self._announced = {
            ticket: each for ticket, each in self._announced.items() if each.file.id != file.id
        }
        self._shared[file.id] = file

    def find(self, file_id: str) -> File | None:
        """Find a shared file."""
        return self._shared.get(file_id)

    @property
    def all(self) -> Iterable[File]:
        """Return all shared files."""
        return self._shared.values()

    def restore(self, files: Iterable[File]) -> None:
        """Take up the files of an earlier run."""
        self._shared = {file.id: file for file in files}
