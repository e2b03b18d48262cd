"""Texts from templates. What people typed is escaped once, where it is put in, and nowhere else.

A template defines the blocks ``summary`` and ``text``, and ``small`` where there is small print. Lines that
are empty once filled in are left out, and so is a full stop behind what has ended already. A template of the
same name in a folder of one's own takes the place of ours, unless it cannot be filled in: then ours says it.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from logging import getLogger
from pathlib import Path
from traceback import walk_tb
from typing import cast

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    Template,
    TemplateSyntaxError,
)
from jinja2.exceptions import TemplateRuntimeError
from jinja2.sandbox import SandboxedEnvironment

from models.rules.sentences import is_ended, listed
from models.value import Value

log = getLogger(__name__)

SUFFIX = ".txt.j2"
ENDLESS = 50_000
"""More characters than any message has room for: whoever gets here would go on for ever."""
_LOOKS_BACK = 3
"""Parts of a text: what was put in, and what closes it, such as the end of bold print."""


class Safe(str):
    """Text that is marked up already and passes as it is."""

    __slots__ = ()


class Words(Value):
    """A template's blocks, filled in."""

    summary: str
    text: str
    small: str


class Templates:
    """Fills in templates.

    Avoid macros and ``super()`` in them: what they return would be escaped a second time.
    """

    def __init__(
        self,
        *,
        escape: Callable[[str], str],
        channel_link: Callable[[str], str],
        moment: Callable[..., str],
        mention: Callable[[str], str],
        link: Callable[[str, str], str],
        prefix: str = "",
        folder: Path | None = None,
    ) -> None:
        """Take what makes user text harmless, names a channel or calls a person by id, and says an instant.

        ``link`` makes one of an address and a label; ``prefix`` stands before each command's name;
        ``folder`` has own texts.
        """
        self._escape = escape
        filters: dict[str, Callable[..., str]] = {
            "command": lambda typed: Safe(f"`/{prefix}{typed}`"),
            "moment": lambda at: Safe(moment(at)),
            "weekday_moment": lambda at: Safe(moment(at, weekday=True)),
            "person": lambda person_id: Safe(mention(person_id)),
            "link": lambda url, label: Safe(link(url, label)),
            "channel": lambda channel_id: Safe(channel_link(channel_id)),
            "listed": listed,
        }
        ours = PackageLoader("scheduled")
        self._ours = self._reading(ours, filters)
        self._own = (
            None if folder is None else self._reading(ChoiceLoader([FileSystemLoader(folder), ours]), filters)
        )

    def _reading(self, loader: BaseLoader, filters: Mapping[str, Callable[..., str]]) -> SandboxedEnvironment:
        # The output is no HTML: ``finalize`` escapes for the chat program instead.
        environment = SandboxedEnvironment(
            loader=loader, undefined=StrictUndefined, finalize=self._finalize, autoescape=False
        )
        environment.filters.update(filters)
        return environment

    @property
    def environment(self) -> SandboxedEnvironment:
        """Return what reads and fills in ours."""
        return self._ours

    def render(self, name: str, values: Mapping[str, object]) -> Words:
        """Fill in the template of that name. Raises jinja2.TemplateError where ours does not fit them."""
        if self._own is None:
            return _words(self._ours, name, values)
        try:
            return _words(self._own, name, values)
        except Exception as error:  # noqa: BLE001 - A text of one's own may do anything; the message goes out.
            words = _words(self._ours, name, values)
            file, line = where(error)
            # What went wrong in words may hold what a person typed.
            log.error(  # noqa: TRY400 - as above, and a trace says nothing to whoever wrote the text.
                "your own text of %s cannot be filled in, so Drumbeat's own was used: %s at %s:%s; "
                "`drumbeat templates check` says more",
                name,
                type(error).__name__,
                file,
                line,
            )
            return words

    def _finalize(self, value: object) -> str:
        if isinstance(value, Safe):
            return value
        if value is None:
            msg = "a template puts in a value that is not known; it must ask with {% if %} first"
            raise TemplateRuntimeError(msg)
        return self._escape(str(value))


def _words(environment: SandboxedEnvironment, name: str, values: Mapping[str, object]) -> Words:
    template = environment.get_template(f"{name}{SUFFIX}")
    return Words(
        summary=" ".join(block_of(template, "summary", values).split()),
        text=block_of(template, "text", values),
        small=block_of(template, "small", values),
    )


def block_of(template: Template, name: str, values: Mapping[str, object]) -> str:
    """Return a block filled in; nothing where the template has none of the name."""
    block = template.blocks.get(name)
    if block is None:
        return ""
    filled: list[str] = []
    length = 0
    parts = cast("Generator[str]", block(template.new_context(dict(values))))
    for part in parts:
        filled.append(part[1:] if _is_one_stop_too_many(part, filled) else part)
        length += len(part)
        if length > ENDLESS:
            msg = f"a template goes on and on: its block {name} has more than {ENDLESS:,} characters"
            parts.throw(TemplateRuntimeError(msg))  # There, so that its line is known.
    return "\n".join(line.strip() for line in "".join(filled).splitlines() if line.strip())


def _is_one_stop_too_many(part: str, before: Sequence[str]) -> bool:
    """Tell whether it goes on with a full stop although what was put in before it has ended."""
    return part.startswith(".") and not part[1:2].strip() and is_ended("".join(before[-_LOOKS_BACK:]))


def where(error: BaseException) -> tuple[str | None, int | None]:
    """Return the file and the line of the template in which it went wrong, as far as they are known."""
    if isinstance(error, TemplateSyntaxError):
        return error.filename, error.lineno
    if isinstance(error, OSError):
        return error.filename, None
    found: tuple[str | None, int | None] = (None, None)
    for frame, line in walk_tb(error.__traceback__):
        template = frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            found = (template.filename, template.get_corresponding_lineno(line))
    return found
