"""Checks what people say of a risk; touches no database."""

from collections.abc import Iterator

from models.commands import TEXT_LENGTH, TITLE_LENGTH, URL_LENGTH, RiskFields
from models.errors import Invalid
from models.rules.risks.scoring import LEVELS
from models.rules.risks.words import ResponseStrategy, RiskKind, fits
from models.services.texts import clean, clean_line, is_address, too_long
from models.value import replace

_KINDS = {RiskKind.THREAT: "a threat", RiskKind.OPPORTUNITY: "an opportunity"}


def checked(fields: RiskFields) -> RiskFields:
    """Return the fields as they are kept. Raises Invalid with a sentence for each that can't stand."""
    cleaned = replace(
        fields, title=clean_line(fields.title), cause=clean(fields.cause), effect=clean(fields.effect)
    )
    problems = dict(_problems(cleaned))
    if problems:
        raise Invalid(problems)
    return cleaned


def check_levels(probability: int | None, impact: int | None) -> None:
    """Raise Invalid unless each is 1 to 5 or not known."""
    problems = dict(_level_problems(probability, impact))
    if problems:
        raise Invalid(problems)


def check_strategy(kind: RiskKind, strategy: ResponseStrategy) -> None:
    """Raise Invalid where the strategy does not answer that kind of risk."""
    if not fits(kind, strategy):
        raise Invalid({"strategy": f"That doesn't answer {_KINDS[kind]}. Choose another."})


def _problems(fields: RiskFields) -> Iterator[tuple[str, str]]:
    if not fields.title:
        yield "title", "Say in a few words what might happen."
    texts = (
        ("title", fields.title, TITLE_LENGTH),
        ("cause", fields.cause, TEXT_LENGTH),
        ("effect", fields.effect, TEXT_LENGTH),
    )
    for name, text, longest in texts:
        for problem in too_long(text, longest):
            yield name, problem
    if fields.source_url is not None and not is_address(fields.source_url, URL_LENGTH):
        yield "source_url", "I can't read where this came from. Log it without, or try again."
    yield from _level_problems(fields.probability, fields.impact)
    if fields.strategy is not None and not fits(fields.kind, fields.strategy):
        yield "strategy", f"That doesn't answer {_KINDS[fields.kind]}. Choose another."


def _level_problems(probability: int | None, impact: int | None) -> Iterator[tuple[str, str]]:
    for name, level in (("probability", probability), ("impact", impact)):
        if level is not None and level not in LEVELS:
            yield name, "Choose a number from 1 to 5."
