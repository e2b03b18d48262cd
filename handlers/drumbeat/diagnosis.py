"""``/drumbeat doctor``: what is wrong with the installation, for whoever can have it mended."""

from collections.abc import Iterator, Sequence

from handlers.access import identify
from handlers.answers import Answer, CommandAnswer
from handlers.asks import Ask
from handlers.blocks import Block, context, section
from handlers.kit import Gravity, Kit, Symptom
from models.rules.access import Capability, may
from models.services.standing import require, standing

SHOWN = 20
"""Findings shown one by one."""

_WORDS = {Gravity.PROBLEM: "Problem", Gravity.WARNING: "Look at this"}


def run(kit: Kit, ask: Ask, _rest: str) -> CommandAnswer:
    """Examine this workspace. Raises NotAllowed."""
    actor = identify(kit, ask)
    if not may(standing(actor), Capability.RUN_DOCTOR):
        require(standing(actor), Capability.RUN_DOCTOR, kit.organisation.admins(actor.workspace_id))
    return report(kit.doctor.examine(actor.workspace_id))


def report(symptoms: Sequence[Symptom]) -> Answer:
    """Show what is wrong first, then in small print what is well."""
    return Answer(text="What the doctor found", blocks=tuple(_blocks(symptoms)))


def _blocks(symptoms: Sequence[Symptom]) -> Iterator[Block]:
    ill = [each for each in symptoms if each.gravity is not Gravity.WELL]
    yield section("*What the doctor found*" if ill else "*All is well.*")
    for each in ill[:SHOWN]:
        yield section(f"*{_WORDS[each.gravity]}* · {each.what}\n→ {each.mend}")
    if len(ill) > SHOWN:
        yield context(f"And {len(ill) - SHOWN} more.")
    well = [each.what for each in symptoms if each.gravity is Gravity.WELL]
    if well:
        yield context("In order: " + " · ".join(well))
    yield context("`drumbeat doctor` on the machine where I run looks further: guests, locks, the address.")
