"""A status as the client may read it: what is only for us is left out, not only hidden."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from handlers.answers import Answer, say
from handlers.blocks import Block, context, day, escape, preformatted, section
from handlers.statuses import words
from models.read_models import ClientCopy, StatusView
from models.rules.sentences import listed
from models.rules.statuses.client_copy import (
    SHOWN,
    ClientLines,
    first_names,
    for_client,
    speaks_of_mood,
    without_people,
)
from models.rules.statuses.rag import Colour
from models.rules.statuses.words import criteria_words

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
    plans = list(_plans(copy))
    text = "\n".join(_lines(copy, plans, parts))
    return say(
        "*For the client*",
        preformatted(text),
        *_still_named(first_names(text, ours.people)),
        *_worth_a_word(status, has_plans=bool(plans)),
        context(f"{_left_out(sum(said.left_out for _, said in parts))}{_LEFT_OUT}"),
    )


def _still_named(names: Sequence[str]) -> Iterator[Block]:
    """Yield what only a person can tell: a first name of ours may be somebody else's, or a word."""
    if names:
        yield section(
            f"⚠️ Still in it: {escape(listed(names))}. If that is one of us, say it without the name."
        )


def _worth_a_word(status: StatusView, *, has_plans: bool) -> Iterator[Block]:
    """Yield what the client would wonder about: words on their own mood, and a colour without its reason."""
    if speaks_of_mood(status.headline):
        yield section("⚠️ The headline says how the client feels. Say it as you would to them.")
    colour = status.rag.declared
    if colour is not Colour.GREEN and not has_plans:
        yield section(f"⚠️ Nothing here tells the client why it is {colour.word}. Add a line of your own.")


def _left_out(lines: int) -> str:
    """Return how many lines came of our own meetings, retrospectives, calls or restricted records."""
    if not lines:
        return ""
    return f"{lines} {'line is' if lines == 1 else 'lines are'} only for us, and not in it. "


def _lines(copy: ClientCopy, plans: Sequence[str], parts: Sequence[tuple[str, ClientLines]]) -> Iterator[str]:
    status = copy.found.status
    yield f"{status.project_name}, {status.period.name}: {status.rag.declared.word}"
    yield without_people(status.headline, copy.ours.people)
    yield from plans
    for title, found in parts:
        if found.lines:
            yield f"\n{title}"
            yield from (f"- {line}" for line in found.lines)


def _plans(copy: ClientCopy) -> Iterator[str]:
    """Yield what is done about each side of the project that the client is told of and isn't green."""
    status, people = copy.found.status, copy.ours.people
    written_on = status.written_at.astimezone(ZoneInfo(status.timezone)).date()
    said = {each.dimension: each for each in status.dimensions}
    for dimension in SHOWN:
        each = said.get(dimension)
        if each is None or not each.colour.wants_plan:
            continue
        name = words.name(status.project_kind, dimension)
        by = f", by {day(each.due_on, written_on)}" if each.due_on else ""
        until = f", {day(each.green_by, written_on)}" if each.green_by else ""
        step = without_people(each.step, people).rstrip(".")
        criteria = criteria_words(without_people(each.criteria, people))
        yield f"{name} {each.colour.word}: {step}{by}. Green when {criteria}{until}."
