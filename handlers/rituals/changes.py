"""What becomes of a ritual, typed and clicked: it rests, goes on, ends, or is held once more."""

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from handlers.answers import Answer, CommandAnswer, say
from handlers.blocks import escape
from handlers.rituals import step_modals, views, words
from handlers.rituals.target import Target
from handlers.rituals.times import put_off, skip, undo
from handlers.typed.dates import no_such_day, read_date
from handlers.typed.text import readable
from models.read_models import RitualView
from models.services.agendas.meetings import KIND as MEETING
from models.services.retros.ritual import KIND as RETROSPECTIVE
from models.services.rituals.known import require_known


def pause(on: Target, rest: str) -> CommandAnswer:
    """Let it rest, until a day where the line says one."""
    until = rest.removeprefix("until").strip()
    today = on.now.astimezone(ZoneInfo(on.card().setup.ritual.timezone)).date()
    found = read_date(until, today) if until else None
    if until and found is None:
        unknown = f"I don't know the day “{escape(readable(until))}”. Type `/ritual pause … until 3 jan`."
        return say(no_such_day(until, today) or unknown)
    setup = on.kit.rituals.pause(on.actor, on.ritual_id, found, origin=on.origin, now=on.now)
    return on.tell(words.paused(setup, on.today))


def resume(on: Target, _rest: str) -> CommandAnswer:
    """Have it come round again."""
    setup = on.kit.rituals.resume(on.actor, on.ritual_id, origin=on.origin, now=on.now)
    return on.tell(f"✓ {words.name(setup)} comes round again.")


def end(on: Target, rest: str) -> CommandAnswer:
    """End it with the reason typed; ask for one where there is none."""
    if not rest:
        return on.form(step_modals.end_modal(on.editable()))
    setup = on.kit.rituals.end(on.actor, on.ritual_id, readable(rest), origin=on.origin, now=on.now)
    return on.tell(words.ended(setup))


def run(on: Target, _rest: str) -> CommandAnswer:
    """Ask whether it is to be held once more, now: what is posted is not taken back."""
    setup = on.editable()
    require_known(on.kit.ritual_sorts, setup)
    if _is_running(on, setup.ritual):
        return say(f"{words.name(setup)}: the last one still collects cards, so no other begins.")
    return views.run_question(setup, has_topics=setup.ritual.kind == MEETING)


def ran(on: Target) -> Answer:
    """Hold it once more, now."""
    setup = on.kit.ritual_times.run_now(on.actor, on.ritual_id, origin=on.origin, now=on.now)
    return on.tell(f"✓ {words.name(setup)} takes place now, once more. Its regular times stay.")


def _is_running(on: Target, ritual: RitualView) -> bool:
    """Tell whether it is a retrospective, and the project's last one is not closed."""
    if ritual.kind != RETROSPECTIVE or ritual.project_id is None:
        return False
    screen = on.kit.retros.show(on.actor, ritual.project_id, now=on.now)
    return screen is not None and screen.retro.closed_at is None


VERBS: Mapping[str, Callable[[Target, str], CommandAnswer]] = {
    "pause": pause,
    "resume": resume,
    "end": end,
    "skip": skip,
    "undo": undo,
    "snooze": put_off,
    "run": run,
}
"""What is done to one ritual, by its verb."""
