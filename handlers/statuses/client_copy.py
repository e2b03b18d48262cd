"""A status as the client may read it: what is only for us is left out, not only hidden."""

from collections.abc import Iterator, Sequence

from handlers.answers import Answer, say
from handlers.blocks import Block, context, day, escape, preformatted, section
from handlers.statuses import words
from models.read_models import ClientCopy
from models.rules.sentences import listed
from models.rules.statuses.client_copy import SHOWN, ClientLines, first_names, for_client, without_people

_LEFT_OUT = (
    "Left out: money, people, how we see the client, decisions, what we looked into, and who does what. "
    "Read it once more before you send it: the lines are yours."
)


def answer(copy: ClientCopy) -> Answer:
    """Return the text, ready to be copied."""
    status, ours = copy.found.status, copy.ours
    parts = [
        (title, for_client(text, ours)) for title, text in (("Done", status.done), ("Next", status.coming))
    ]
    text = "\n".join(_lines(copy, parts))
    return say(
        "*For the client*",
        preformatted(text),
        *_still_named(first_names(text, ours.people)),
        context(f"{_left_out(sum(said.left_out for _, said in parts))}{_LEFT_OUT}"),
    )


def _still_named(names: Sequence[str]) -> Iterator[Block]:
    """Yield what only a person can tell: a first name of ours may be somebody else's, or a word."""
    if names:
        yield section(
            f"⚠️ Still in it: {escape(listed(names))}. If that is one of us, say it without the name."
        )


def _left_out(lines: int) -> str:
    """Return how many lines came of our own meetings, retrospectives, calls or restricted records."""
    if not lines:
        return ""
    return f"{lines} {'line is' if lines == 1 else 'lines are'} only for us, and not in it. "


def _lines(copy: ClientCopy, parts: Sequence[tuple[str, ClientLines]]) -> Iterator[str]:
    status, people = copy.found.status, copy.ours.people
    yield f"{status.project_name}, {status.period.name}: {status.rag.declared.word}"
    yield without_people(status.headline, people)
    said = {each.dimension: each for each in status.dimensions}
    for dimension in SHOWN:
        each = said.get(dimension)
        if each is None or not each.colour.wants_plan:
            continue
        name = words.name(status.project_kind, dimension)
        until = f", {day(each.green_by)}" if each.green_by else ""
        step, criteria = (without_people(text, people).rstrip(".") for text in (each.step, each.criteria))
        yield f"{name} {each.colour.word}: {step}. Green when {criteria}{until}."
    for title, found in parts:
        if found.lines:
            yield f"\n{title}"
            yield from (f"- {line}" for line in found.lines)
