"""A status as the client may read it: what is only for us is left out, not only hidden."""

from collections.abc import Iterator

from handlers.answers import Answer, say
from handlers.blocks import context, day, preformatted
from handlers.statuses import words
from models.read_models import StatusInRow
from models.rules.statuses.rag import Dimension

SHOWN = (Dimension.SCHEDULE, Dimension.SCOPE, Dimension.QUALITY)
"""What a client is told of; budget, people and how we see the client are ours alone."""
_LEFT_OUT = (
    "Left out: money, people, how we see the client, decisions, what we looked into, and who does what. "
    "Read it once more before you send it: the lines are yours."
)


def answer(found: StatusInRow) -> Answer:
    """Return the text, ready to be copied."""
    return say("*For the client*", preformatted("\n".join(_lines(found))), context(_LEFT_OUT))


def _lines(found: StatusInRow) -> Iterator[str]:
    status = found.status
    yield f"{status.project_name}, {status.period.name}: {status.rag.declared.word}"
    yield status.headline
    said = {each.dimension: each for each in status.dimensions}
    for dimension in SHOWN:
        each = said.get(dimension)
        if each is None or not each.colour.wants_plan:
            continue
        name = words.name(status.project_kind, dimension)
        until = f", {day(each.target_on)}" if each.target_on else ""
        step, criteria = each.step.rstrip("."), each.criteria.rstrip(".")
        yield f"{name} {each.colour.word}: {step}. Green when {criteria}{until}."
    for title, text in (("Done", status.done), ("Next", status.coming)):
        if text:
            yield f"\n{title}"
            yield from (
                f"- {line.strip().lstrip('-•').strip()}" for line in text.splitlines() if line.strip()
            )
