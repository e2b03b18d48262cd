"""Checks texts of one's own, and ours, against the messages that are made of them."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, Template, TemplateSyntaxError, meta, nodes

import scheduled
from models.value import Value
from scheduled.templating import SUFFIX, Templates, block_of, where
from scheduled.templating.samples import examples, kind_of, parts, used_parts

OURS = Path(scheduled.__file__).parent / "templates"
CUT_AT = {"summary": 4000, "text": 3000, "small": 2000}
"""The blocks of a text, and how many characters Slack takes of each."""
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


class Original(Value):
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

    def compiled(self, text: str | nodes.Template, filename: str = "") -> Template:
        """Return a text in its place; what is put into other texts has no blocks, so it becomes one."""
        if isinstance(text, str):
            text = self.environment.parse(text)
        if not self.blocks and text.find(nodes.Block) is None:
            text.body = [nodes.Block("text", text.body, False, False)]  # noqa: FBT003 - jinja's own order.
        code = self.environment.compile(text, filename=filename)
        return Template.from_code(self.environment, code, self.environment.make_globals(None))


class TemplateCheck:
    """Checks the texts in a folder, or our own."""

    def __init__(self, templates: Templates, rituals: Iterable[str]) -> None:
        """Take templates without a folder of one's own, and the names of the rituals' texts."""
        self._environment = templates.environment
        self._rituals = frozenset(rituals)
        self.names = tuple(sorted(each.name.removesuffix(SUFFIX) for each in OURS.glob(f"*{SUFFIX}")))

    def folder(self, folder: Path = OURS) -> tuple[Finding, ...]:
        """Return what is wrong with the files of a folder, file by file."""
        try:
            found = [self._file(each) for each in self.own(folder)]
        except OSError as error:
            return (Finding(folder, None, _unreadable(error)),)
        return tuple(finding for findings in found for finding in findings)

    def own(self, folder: Path) -> tuple[Path, ...]:
        """Return the folder's texts: files that are not hidden, and not something else altogether."""
        files = (each for each in sorted(folder.iterdir()) if each.is_file() and each.name[0] != ".")
        return tuple(each for each in files if each.name.endswith(".j2") or self._nearest(each))

    def _file(self, file: Path) -> Iterator[Finding]:
        name = file.name.removesuffix(SUFFIX)
        if name not in self.names or name == file.name:
            yield Finding(file, None, self._no_such_name(file))
            return
        try:
            source = file.read_text(encoding="utf-8")
            self._environment.compile(source, filename=str(file))
        except OSError as error:
            yield Finding(file, None, _unreadable(error))
            return
        except UnicodeDecodeError:
            yield Finding(file, None, "is not UTF-8 text; save it as such")
            return
        except TemplateSyntaxError as error:
            yield Finding(file, error.lineno, f"can't be read: {error.message}")
            return
        original = Original(name, self._environment)
        tree = self._environment.parse(source)
        missing = [*_blocks(file, tree, original), *self._names(file, tree, original)]
        yield from missing
        # What is not known at all would only be found a second time, and a copy of ours has been tried.
        if not missing and source != _source(self._environment, name):
            yield from self._tried(file, source, original)

    def _no_such_name(self, file: Path) -> str:
        stem = file.name.partition(".")[0]
        near = self._nearest(file)
        told = f"no message of mine is called {stem!r}" if stem not in self.names else "never used"
        return f"{told}; {f'rename it {near}{SUFFIX}' if near else 'docs/templates.md has the names'}"

    def _nearest(self, file: Path) -> str | None:
        """Return the message that its name may have meant; a note's only if it is nearly the same."""
        cutoff = 0.6 if file.name.endswith(".j2") else 0.8
        return next(
            iter(get_close_matches(file.name.partition(".")[0], self.names, n=1, cutoff=cutoff)), None
        )

    def _names(self, file: Path, tree: nodes.Template, original: Original) -> Iterator[Finding]:
        """Yield what is put in and is not there, by the line on which it stands."""
        known = original.names | (ALWAYS if original.name in self._rituals else frozenset())
        unknown = meta.find_undeclared_variables(tree) - known
        for each in tree.find_all(nodes.Name):
            if each.ctx == "load" and each.name in unknown:
                yield Finding(file, each.lineno, _not_there(each.name, known))
        for part in tree.find_all(nodes.Getattr):
            if isinstance(part.node, nodes.Name) and part.node.name in known:
                yield from _part(file, part, part.node.name, original)

    def _tried(self, file: Path, source: str, original: Original) -> Iterator[Finding]:
        """Yield the first that goes wrong when it is filled in with whatever ours can be filled in with."""
        our_template = original.compiled(_source(self._environment, original.name))
        their_template = original.compiled(source, str(file))
        tree = self._environment.parse(source)
        for given in examples(original.tree, tree, original.names | ALWAYS):
            ours = drawn(our_template, given)
            if isinstance(ours, Exception):
                continue
            theirs = drawn(their_template, given)
            if isinstance(theirs, Exception):
                _, line = where(theirs)
                yield Finding(file, line, str(theirs) or type(theirs).__name__)
                return
            for name, limit in CUT_AT.items():
                if len(theirs[name]) > limit >= len(ours[name]):
                    told = f"{len(theirs[name]):,} characters, where Slack takes {limit:,}"
                    yield Finding(file, None, f"its block {name} gets too long: {told}")
                    return


def _source(environment: Environment, name: str) -> str:
    if environment.loader is None:
        raise LookupError(name)
    return environment.loader.get_source(environment, f"{name}{SUFFIX}")[0]


def _blocks(file: Path, tree: nodes.Template, original: Original) -> Iterator[Finding]:
    theirs = {each.name: each.lineno for each in tree.find_all(nodes.Block)}
    for name in CUT_AT:
        if name in original.blocks and name not in theirs:
            yield Finding(
                file,
                None,
                f"has no block {name}, so nothing is said there; add {{% block {name} %}}{{% endblock %}}",
            )
    for name, line in theirs.items():
        if name not in CUT_AT:
            yield Finding(file, line, f"nobody looks at a block {name}; there are {', '.join(CUT_AT)}")


def _part(file: Path, part: nodes.Getattr, name: str, original: Original) -> Iterator[Finding]:
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


def drawn(template: Template, given: Mapping[str, object]) -> Mapping[str, str] | Exception:
    """Return the blocks filled in, or what goes wrong."""
    try:
        return {name: block_of(template, name, given) for name in CUT_AT}
    except Exception as error:  # noqa: BLE001 - A text may do anything; whatever it is, it is told.
        return error


def _unreadable(error: OSError) -> str:
    return f"cannot be read: {(error.strerror or type(error).__name__).lower()}"
