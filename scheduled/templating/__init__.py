"""Texts from templates. What people typed is escaped once, where it is put in, and nowhere else.

A template defines the blocks ``summary`` and ``text``, and ``small`` where there is small print. Lines that
are empty once filled in are left out. A template of the same name in a folder of one's own takes our place.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PackageLoader, StrictUndefined, Template
from jinja2.exceptions import TemplateRuntimeError
from jinja2.sandbox import SandboxedEnvironment

from models.value import Value

SUFFIX = ".txt.j2"


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
        moment: Callable[[datetime], str],
        mention: Callable[[str], str],
        link: Callable[[str, str], str],
        prefix: str = "",
        folder: Path | None = None,
    ) -> None:
        """Take what makes user text harmless, names a channel or calls a person by id, and says an instant.

        ``link`` makes one of an address and a label; ``prefix`` stands before each command's name;
        ``folder`` has own texts.
        """
        ours: BaseLoader = PackageLoader("scheduled")
        self._escape = escape
        # The output is no HTML: ``finalize`` escapes for the chat program instead.
        self._environment = SandboxedEnvironment(
            loader=ChoiceLoader([FileSystemLoader(folder), ours]) if folder else ours,
            undefined=StrictUndefined,
            finalize=self._finalize,
            autoescape=False,
        )
        self._environment.filters["command"] = lambda typed: Safe(f"`/{prefix}{typed}`")
        self._environment.filters["moment"] = lambda at: Safe(moment(at))
        self._environment.filters["person"] = lambda person_id: Safe(mention(person_id))
        self._environment.filters["link"] = lambda url, label: Safe(link(url, label))
        self._environment.filters["channel"] = lambda channel_id: Safe(channel_link(channel_id))

    @property
    def environment(self) -> SandboxedEnvironment:
        """Return what reads and fills them in."""
        return self._environment

    def render(self, name: str, values: Mapping[str, object]) -> Words:
        """Fill in the template of that name. Raises jinja2.TemplateError when it does not fit the values."""
        template = self._environment.get_template(f"{name}{SUFFIX}")
        return Words(
            summary=" ".join(_block(template, "summary", values).split()),
            text=_block(template, "text", values),
            small=_block(template, "small", values),
        )

    def _finalize(self, value: object) -> str:
        if isinstance(value, Safe):
            return value
        if value is None:
            msg = "a template puts in a value that is not known; it must ask with {% if %} first"
            raise TemplateRuntimeError(msg)
        return self._escape(str(value))


def _block(template: Template, name: str, values: Mapping[str, object]) -> str:
    block = template.blocks.get(name)
    if block is None:
        return ""
    filled = "".join(block(template.new_context(dict(values))))
    return "\n".join(line.strip() for line in filled.splitlines() if line.strip())
