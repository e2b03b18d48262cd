"""What the status's modal says once it is sent: done, what else is owed, or what others may wonder about."""

from collections.abc import Iterator, Sequence

from handlers.blocks import Block, actions, button, context, escape, modal, notice, plain, section
from handlers.callback_ids import CallbackId
from handlers.forms import pack
from handlers.ids import ActionId
from handlers.inputs import field, text_input
from handlers.statuses import words
from models.commands.statuses import REASON_LENGTH
from models.read_models import OwedStatus, StatusInRow
from models.rules.statuses.inside import Inside
from models.rules.statuses.plans import is_worth_a_talk
from models.rules.statuses.words import slip_words

OFFERED = 5
"""Projects offered next, and steps named; the others come after these."""

_REFUSED = {
    "guest": "guests were in it",
    "external": "it was shared with another company",
    "pending_external": "another company was invited to it",
    "not_in_channel": "I wasn't a member of it",
}
"""Why a channel did not get the last message meant for it."""


def done(found: StatusInRow, owed: Sequence[OwedStatus]) -> Block:
    """Return what the modal says when all is well, with the next project that waits."""
    status = found.status
    lines = [f"✓ {words.headline(status)} {words.moved(found)}".rstrip()]
    lines.append(_whereto(found))
    blocks = [section("\n".join(lines)), *_closed(found), *_worth_a_look(found), *_next(owed)]
    return notice("Sent", blocks)


def _whereto(found: StatusInRow) -> str:
    """Return where it goes, as far as anybody knows before it is sent: who reads a channel may change."""
    channel = f"<#{found.status.channel_id}>"
    why = _REFUSED.get(found.refused)
    if why is None:
        return f"On its way to {channel}. If it can't go there, you hear why."
    return (
        f"{channel} may not get it: when I last looked, {why}. While that is so, the leads get it directly."
    )


def _closed(found: StatusInRow) -> Iterator[Block]:
    """Yield the steps that were closed along, though nobody has said that they are done."""
    for action in found.closed[:OFFERED]:
        told = f"Closed with it: {escape(action.title)} ({escape(action.owner.name)})"
        yield section(told, button("Keep it", ActionId.ACTION_REOPEN, str(action.id)))


def _worth_a_look(found: StatusInRow) -> Iterator[Block]:
    status = found.status
    if status.inside is Inside.CHECK:
        yield context(f"Worth a look: {escape(words.findings(status, with_restricted=True))}.")
    for each in status.dimensions:
        if is_worth_a_talk(each.slips):
            name = words.name(status.project_kind, each.dimension)
            yield context(f"{name}: the day for green {slip_words(each.slips)}, so it is worth a talk.")


def _next(owed: Sequence[OwedStatus]) -> Iterator[Block]:
    if not owed:
        yield context("That was the last one. Thank you.")
        return
    yield section("*Next project*")
    for place, each in enumerate(owed[:OFFERED]):
        style = None if place else "primary"
        carried = words.encode(each.project_id, each.period)
        press = button("Update", ActionId.STATUS_OPEN, carried, style=style)
        yield section(words.owed(each), press)


def green_but(found: StatusInRow) -> Block:
    """Return the question that a green status raises: change it, or say why it is green all the same."""
    status = found.status
    why = escape(words.findings(status, with_restricted=True))
    reason = text_input(
        "justification",
        max_length=REASON_LENGTH,
        multiline=True,
        placeholder="The fallback is tested, so the risk can't move the release",
    )
    carried = words.encode(status.project_id, status.period)
    blocks = [
        section(f"✓ *{words.title(status.project_key, status.period)}* is in. *It is green, but {why}.*"),
        section(
            "You know more than I do. Say why it is green all the same, so that nobody wonders; "
            "or change the colour."
        ),
        field("justification", "Why is it green all the same?", reason, optional=False),
        *_closed(found),
        actions([button("Change the colour", ActionId.STATUS_OPEN, carried)], block_id="recolour"),
        context("Until then it waits on your home, and reads “Green, but not explained yet”."),
    ]
    metadata = pack({"status": str(status.id), "version": status.version})
    asked = modal(
        CallbackId.STATUS_JUSTIFY, "Green, but …", blocks, submit="Keep it green", metadata=metadata
    )
    return asked | {"close": plain("Later")}
