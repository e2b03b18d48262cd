"""Statuses as messages to whoever asked: how a project stands, and which projects wait."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.answers import Answer, again, say
from handlers.blocks import Block, Element, actions, button, context, escape, moment, quote, section
from handlers.ids import ActionId
from handlers.statuses import words
from handlers.typed.text import given_back
from models.read_models import MissingPage, OwedStatus, StatusDetails, StatusVersionView, StatusView
from models.rules.statuses.inside import Inside
from models.rules.statuses.rag import Colour
from models.rules.statuses.words import LOOK_WORDS


def status(details: StatusDetails, now: datetime) -> Answer:
    """Show a status with all that belongs to it."""
    found = details.found
    shown = found.status
    blocks = [
        section("\n".join(_lines(details, now))),
        *_inside(details),
        *_notes(shown.done, "Done"),
        *_notes(shown.coming, "Next"),
        context(_origin(details)),
        actions(list(_buttons(details))),
    ]
    anew = again(ActionId.STATUS_SHOW, shown.id)
    return Answer(text=f"{shown.reference}: {shown.rag.words}", blocks=tuple(blocks), again=anew)


def _lines(details: StatusDetails, now: datetime) -> Iterator[str]:
    found = details.found
    shown = found.status
    late = " · late" if shown.is_late else ""
    headline = words.headline(shown, with_restricted=details.may_see_inside)
    yield f"{headline} {words.moved(found)}".rstrip() + late
    yield escape(shown.headline)
    if shown.override_reason:
        yield f"Set by hand: {escape(shown.override_reason)}"
    today = now.astimezone(ZoneInfo(shown.timezone)).date()
    for each in shown.dimensions:
        if each.colour is not Colour.GREEN:
            yield words.plan(shown.project_kind, each, today)
    green = [
        words.name(shown.project_kind, each.dimension)
        for each in shown.dimensions
        if each.colour is Colour.GREEN
    ]
    if green:
        yield f"🟢 Green: {', '.join(green)}"
    if shown.decision:
        yield f"*Decide:* {escape(shown.decision)}"


def _inside(details: StatusDetails) -> Iterator[Block]:
    shown = details.found.status
    told = words.findings(shown, with_restricted=details.may_see_inside)
    if details.may_see_inside and shown.without_data:
        lacking = ", ".join(LOOK_WORDS[look] for look in shown.without_data)
        yield context(f"Looked behind the green; no data on {lacking}.")
    if shown.inside is not Inside.FLAGGED or not told:
        return
    answer = f"“{escape(shown.justification)}”" if shown.justification else "nobody has said yet why"
    yield section(f"👀 Green, but {escape(told)}: {answer}")


def _notes(text: str, title: str) -> Iterator[Block]:
    if text:
        yield section(f"*{title}*")
        yield quote(text)


def _origin(details: StatusDetails) -> str:
    shown = details.found.status
    told = f"{escape(shown.author.name)}, {moment(shown.written_at)}"
    return told if shown.version == 1 else f"{told} · version {shown.version}"


def _buttons(details: StatusDetails) -> Iterator[Element]:
    shown = details.found.status
    if details.may_edit and shown.wants_answer:
        yield button("Explain or recolour", ActionId.STATUS_EXPLAIN, str(shown.id), style="primary")
    if details.may_edit:
        yield button("Edit", ActionId.STATUS_OPEN, words.encode(shown.project_id, shown.period))
    yield button("History", ActionId.STATUS_HISTORY, str(shown.project_id))
    if shown.version > 1:
        yield button("Versions", ActionId.STATUS_VERSIONS, str(shown.id))
    yield button("Copy for the client", ActionId.STATUS_COPY, str(shown.id))


def owed(found: Sequence[OwedStatus], *, headline: str = "") -> Answer:
    """Show the projects in whose name the person submits, those that wait first; a typed headline is kept."""
    if not found:
        return say(
            "You run no project, so you owe no status. `/weekly show ACME` shows how any project stands."
        )
    blocks = [section("*Which project?*")]
    waiting = [each for each in found if not each.is_in]
    first = waiting[0] if waiting else None
    for each in [*waiting, *(each for each in found if each.is_in)]:
        label = "Edit" if each.is_in else "Update"
        style = "primary" if each is first else None
        carried = words.encode(each.project_id, each.period, headline)
        press = button(label, ActionId.STATUS_OPEN, carried, style=style)
        blocks.append(section(words.owed(each), press))
    if not waiting:
        blocks.append(context("All are in. Thank you."))
    return Answer(text="Which project?", blocks=tuple(blocks))


def none_owed(headline: str) -> Answer:
    """Say to whoever posts no status where they read those of others; what was typed is given back."""
    others = "`/weekly show ACME` shows how a project stands, `/weekly history all` how all do."
    return say(f"No weekly status is yours to post. {others}{given_back(headline) if headline else ''}")


def versions(shown: StatusView, found: Sequence[StatusVersionView]) -> Answer:
    """Show all versions of a status in short."""
    title = f"{words.title(shown.project_key, shown.period)}: {len(found)} versions"
    lines = [
        f"{each.number}. {each.rag.declared.mark} {each.rag.words} · {escape(each.headline)} · "
        f"{escape(each.author.name)}, {moment(each.written_at)}"
        for each in found
    ]
    return say(f"*{title}*", section("\n".join(lines)))


def missing(page: MissingPage, *, only_mine: bool) -> Answer:
    """Show the projects whose status was due and isn't in."""
    if not page.asked:
        whose = (
            "No weekly status is yours to post" if only_mine else "No project is asked for a weekly status"
        )
        others = "`/weekly missing all` shows everybody's. " if only_mine else ""
        return say(f"{whose}, so none is missing. {others}`/ritual` switches that on.")
    if not page.lines:
        whose = "All of yours are in." if only_mine else "All are in."
        return say(f"✓ {whose} `/weekly history all` shows how everything stands.")
    blocks = [
        section(f"*{page.total} {'status was' if page.total == 1 else 'statuses were'} due and not in*")
    ]
    for each in page.lines:
        open_form = button("Fill in", ActionId.STATUS_OPEN, words.encode(each.project_id, each.period))
        blocks.append(section(words.missing(each), open_form if each.may_submit else None))
    if more := page.total - len(page.lines):
        blocks.append(context(f"… and {more} more."))
    return Answer(text="Missing statuses", blocks=tuple(blocks))
