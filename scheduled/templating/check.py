"""Checks texts of one's own, and ours, against the messages that are made of them."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from traceback import walk_tb

from jinja2 import Environment, Template, TemplateError, TemplateSyntaxError, meta, nodes

import scheduled
from models.value import Value
from scheduled.templating import SUFFIX, Templates
from scheduled.templating.samples import kind_of, parts, used_parts, values

OURS = Path(scheduled.__file__).parent / "templates"
BLOCKS = ("summary", "text", "small")
ALWAYS = frozenset({"step", "name", "starts_at", "is_late"})
"""What every text of a ritual is given."""


class Finding(Value):
    """What is wrong with a file, and where; ``line`` is None where it is the whole of it."""

    file: Path
    line: int | None
    message: str

    def __str__(self) -> str:
        """Return it as editors and people read it: file, line, message."""
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


class _Original(Value):
    """A text of ours: what it puts in is what its message has."""

    name: str
    environment: Environment

    @cached_property
    def tree(self) -> nodes.Template:
        """Return it with what it includes."""
        tree = self.environment.parse(_source(self.environment, self.name))
        included = [
            self.environment.parse(_source(self.environment, each.removesuffix(SUFFIX)))
            for each in meta.find_referenced_templates(tree)
            if each is not None
        ]
        tree.body.extend(part for each in included for part in each.body)
        return tree

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the names of what it puts in."""
        return frozenset(meta.find_undeclared_variables(self.tree))

    @cached_property
    def blocks(self) -> frozenset[str]:
        """Return the names of its blocks."""
        return frozenset(each.name for each in self.tree.find_all(nodes.Block))


class TemplateCheck:
    """Checks the texts in a folder, or our own."""

    def __init__(self, templates: Templates, rituals: Iterable[str]) -> None:
        """Take templates without a folder of one's own, and the names of the rituals' texts."""
        self._environment = templates.environment
        self._rituals = frozenset(rituals)
        self.names = tuple(sorted(each.name.removesuffix(SUFFIX) for each in OURS.glob(f"*{SUFFIX}")))

    def folder(self, folder: Path = OURS) -> tuple[Finding, ...]:
        """Return what is wrong with the files of a folder, file by file."""
        found = [self._file(each) for each in self.own(folder)]
        return tuple(finding for findings in found for finding in findings)

    def own(self, folder: Path) -> tuple[Path, ...]:
        """Return the folder's files, but for hidden ones."""
        return tuple(each for each in sorted(folder.iterdir()) if each.is_file() and each.name[0] != ".")

    def _file(self, file: Path) -> Iterator[Finding]:
        name = file.name.removesuffix(SUFFIX)
        if name not in self.names or name == file.name:
            yield Finding(file, None, self._no_such_name(file))
            return
        try:
            source = file.read_text(encoding="utf-8")
            self._environment.compile(source, filename=str(file))
        except UnicodeDecodeError:
            yield Finding(file, None, "is not UTF-8 text; save it as such")
            return
        except TemplateSyntaxError as error:
            yield Finding(file, error.lineno, f"can't be read: {error.message}")
            return
        original = _Original(name, self._environment)
        tree = self._environment.parse(source)
        missing = [*_blocks(file, tree, original), *self._names(file, tree, original)]
        yield from missing
        # What is not known at all would only be found a second time.
        if not missing:
            yield from self._tried(file, source, original)

    def _no_such_name(self, file: Path) -> str:
        stem = file.name.partition(".")[0]
        near = get_close_matches(stem, self.names, n=1, cutoff=0.5)
        told = f"no message of mine is called {stem!r}" if stem not in self.names else "never used"
        return f"{told}; {f'rename it {near[0]}{SUFFIX}' if near else 'docs/templates.md has the names'}"

    def _names(self, file: Path, tree: nodes.Template, original: _Original) -> Iterator[Finding]:
        """Yield what is put in and is not there, by the line on which it stands."""
        known = original.names | (ALWAYS if original.name in self._rituals else frozenset())
        unknown = meta.find_undeclared_variables(tree) - known
        for each in tree.find_all(nodes.Name):
            if each.ctx == "load" and each.name in unknown:
                yield Finding(file, each.lineno, _not_there(each.name, known))
        for part in tree.find_all(nodes.Getattr):
            if isinstance(part.node, nodes.Name) and part.node.name in known:
                yield from _part(file, part, part.node.name, original)

    def _tried(self, file: Path, source: str, original: _Original) -> Iterator[Finding]:
        """Yield what goes wrong when it is filled in with all that may be said, and with the least."""
        for says_all in (True, False):
            given = values(original.tree, original.names | ALWAYS, says_all=says_all)
            ours = _source(self._environment, original.name)
            if _failure(self._environment, ours, original.name, given) is not None:
                continue
            failure = _failure(self._environment, source, str(file), given)
            if failure is not None:
                line, message = failure
                yield Finding(file, line, message)
                return


def _source(environment: Environment, name: str) -> str:
    if environment.loader is None:
        raise LookupError(name)
    return environment.loader.get_source(environment, f"{name}{SUFFIX}")[0]


def _blocks(file: Path, tree: nodes.Template, original: _Original) -> Iterator[Finding]:
    theirs = {each.name: each.lineno for each in tree.find_all(nodes.Block)}
    for name in BLOCKS:
        if name in original.blocks and name not in theirs:
            yield Finding(
                file,
                None,
                f"has no block {name}, so nothing is said there; add {{% block {name} %}}{{% endblock %}}",
            )
    for name, line in theirs.items():
        if name not in BLOCKS:
            yield Finding(file, line, f"nobody looks at a block {name}; there are {', '.join(BLOCKS)}")


def _part(file: Path, part: nodes.Getattr, name: str, original: _Original) -> Iterator[Finding]:
    kind = kind_of(original.tree, name)
    known = parts(kind) if kind is not None else used_parts(original.tree, name)
    if part.attr not in known and not hasattr(str, part.attr):
        yield Finding(file, part.lineno, _not_there(part.attr, known, of=name))


def _not_there(name: str, known: frozenset[str], of: str = "") -> str:
    place = f"{of} has no {name}" if of else f"{name} is not known in this message"
    near = get_close_matches(name, known, n=1)
    if near:
        return f"{place}; did you mean {near[0]}?"
    return f"{place}; there {'are' if len(known) != 1 else 'is'} {', '.join(sorted(known)) or 'nothing'}"


def _failure(
    environment: Environment, source: str, filename: str, given: dict[str, object]
) -> tuple[int | None, str] | None:
    """Return where and how filling in a text goes wrong; None where it does not."""
    code = environment.compile(source, filename=filename)
    template = Template.from_code(environment, code, environment.make_globals(None))
    try:
        for name in BLOCKS:
            block = template.blocks.get(name)
            if block is not None:
                "".join(block(template.new_context(given)))
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        lines = [line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == filename]
        return (template.get_corresponding_lineno(lines[-1]) if lines else None), str(error)
    return None
